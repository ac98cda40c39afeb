"""What is concluded of a made ledger: families of copies, links and matters by place and month, made grades, inferred control."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from benchmarks.big import SEED, Told, World
from fogline.control.inferring import infer
from fogline.model import (
    Answer,
    ClaimGrade,
    Conclusions,
    Family,
    Kind,
    Link,
    Matter,
    Reason,
    Relation,
    SourceGrade,
    SpeakerType,
)
from fogline.theatres.loading import load as theatre_named

_WITH_MATTERS = frozenset({Kind.CONTROL, Kind.LOSSES, Kind.FORCES, Kind.ADVANCE, Kind.WITHDRAWAL, Kind.FORECAST})
_FAR_DAYS = 10
"""Claims of one question further apart than this are not linked."""


def conclusions(made: World) -> Conclusions:
    """All that follows from what was told, in one order each time."""
    chance = random.Random(SEED + 2)
    families = tuple(_families(made.told))
    root = {member: family for family in families for member in family.members}
    questions: dict[tuple[str, Kind, str], list[Told]] = defaultdict(list)
    for one in made.told:
        if one.kind in _WITH_MATTERS:
            questions[one.place.name, one.kind, f"{one.day:%Y-%m}"].append(one)
    sources = tuple(_sources(made.told, chance))
    return Conclusions(
        families=families,
        links=tuple(_links(families, questions.values())),
        matters=tuple(_matter(key, told, root) for key, told in questions.items()),
        sources=sources,
        grades=tuple(_grade(one, chance) for one in made.told),
        control=infer(made.of_control, made.documents, families, sources, theatre_named("ukraine")),
    )


def _families(told: Iterable[Told]) -> Iterator[Family]:
    members: dict[str, list[str]] = defaultdict(list)
    for one in told:
        members[one.original].append(one.id)
    why = (Reason(name="same words", detail="one text, word for word", weight=1.0),)
    for root, own in members.items():
        yield Family(root=root, members=tuple(own), reasons=why if len(own) > 1 else ())


def _links(families: Iterable[Family], questions: Iterable[list[Told]]) -> Iterator[Link]:
    for family in families:
        for copy in family.members[1:]:
            yield _link(family.root, copy, Relation.REPEATS, "wording")
    for told in questions:
        near = sorted((one for one in told if one.original == one.id), key=lambda one: (one.day, one.id))
        for a, b in (*pairwise(near), *zip(near, near[2:], strict=False)):
            if (b.day - a.day).days <= _FAR_DAYS:
                relation = Relation.CORROBORATES if a.answer == b.answer else Relation.CONTRADICTS
                yield _link(a.id, b.id, relation, a.kind.value)


def _link(a: str, b: str, relation: Relation, aspect: str) -> Link:
    why = Reason(name="made", detail=f"two made claims: {relation.value}", claims=(a, b))
    return Link(a=a, b=b, relation=relation, aspect=aspect, reasons=(why,))


def _matter(key: tuple[str, Kind, str], told: list[Told], root: dict[str, Family]) -> Matter:
    place, kind, month = key
    answers: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        answers[one.answer].append(one)
    return Matter(
        question=f"{kind.value} of {place} around {month}",
        place=place,
        aspect=kind.value,
        answers=tuple(_answer(value, own, root) for value, own in sorted(answers.items())),
    )


def _answer(value: str, told: list[Told], root: dict[str, Family]) -> Answer:
    families = tuple(dict.fromkeys(root[one.id].id for one in told))
    sides = Counter({one.original: one.speaker.side for one in told}.values())
    return Answer(
        value=value,
        claims=tuple(one.id for one in told),
        families=families,
        sides=tuple(sorted(sides.items())),
        first=min(one.day for one in told),
        last=max(one.day for one in told),
    )


def _sources(told: Iterable[Told], chance: random.Random) -> Iterator[SourceGrade]:
    counted: Counter[tuple[str, SpeakerType, str]] = Counter()
    for one in told:
        counted[one.speaker.name, one.speaker.type, one.speaker.side] += 1
        counted[one.outlet, SpeakerType.OUTLET, "unknown"] += 1
    for (name, kind, side), claims in sorted(counted.items()):
        right = round(chance.uniform(0.5, 0.95), 4)
        why = tuple(
            Reason(
                name=name, detail=f"made: {chance.randrange(90)} of {claims}", weight=round(chance.uniform(-1, 1), 3)
            )
            for name in ("prior", "agreement", "own interest")
        )
        grade = "ABCDE"[int((0.95 - right) / 0.45 * 4.99)]
        yield SourceGrade(name=name, type=kind, side=side, claims=claims, reliability=right, grade=grade, reasons=why)


def _grade(one: Told, chance: random.Random) -> ClaimGrade:
    why = (Reason(name="voices", detail="made: one voice alone", weight=0.5, claims=(one.id,)),)
    return ClaimGrade(claim=one.id, credibility=chance.randrange(1, 7), reasons=why)
