"""The questions that claims answer, and the answers with their independent voices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fogline.link.date import APART
from fogline.link.explanation import purposes
from fogline.link.facets import Facet
from fogline.link.facets import place_key as key_of
from fogline.link.independent import Voices
from fogline.model import CONTESTED, Answer, Family, Link, Matter, Modality, Relation

AROUND = 14
"""Claims of who holds a place answer one question where they lie within so many days."""

Group = tuple[str, str, str, int]
"""What the links of one matter of number or purpose share: aspect, place, actor, stretch of time."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """A claim as an answer: ``order`` is its place in reading order, ``said`` the ordinal of the day it was published."""

    id: str
    order: int
    said: int | None
    kind: str
    value: str


Origin = str | Group
"""What a matter follows from: all claims of a place (its key), or the links of a group."""


def gather(
    facets: Sequence[Facet], families: Sequence[Family], links: Sequence[Link], owners: Mapping[str, str]
) -> tuple[tuple[Matter, Origin], ...]:
    """The matters of all claims: who holds a place around a day, when it was taken, how many, and why; each with its origin.

    Questions of number and purpose are asked only where links say that voices answer them; by place, then question.
    ``owners`` gives the owner of an outlet by its folded name: outlets of one owner are one voice.
    """
    voices = Voices.of(facets, families, owners)
    by_place: dict[str, list[Facet]] = defaultdict(list)
    for facet in facets:
        for place in asks(facet):
            by_place[place].append(facet)
    found: list[tuple[Matter, Origin]] = []
    for place, block in by_place.items():
        found += ((matter, place) for matter in of_place(place, block, voices))
    by_id = {facet.id: facet for facet in facets}
    for group, own in grouped(links, by_id).items():
        found.append((of_group(group, own, by_id, voices), group))
    return tuple(sorted(found, key=lambda one: (one[0].place, one[0].aspect, one[0].question, one[0].id)))


def grouped(links: Iterable[Link], by_id: Mapping[str, Facet]) -> Mapping[Group, list[Link]]:
    """The links that matters of number and purpose follow from, by matter."""
    groups: dict[Group, list[Link]] = defaultdict(list)
    for link in links:
        group = group_of(link, by_id)
        if group is not None:
            groups[group].append(link)
    return groups


def asks(facet: Facet) -> tuple[str, ...]:
    """The places of which a claim says who holds them: what it answers of each follows from the claims of that place alone."""
    return facet.points if facet.states and facet.modality is Modality.ACTUAL else ()


def of_place(place: str, block: Sequence[Facet], voices: Voices) -> Iterator[Matter]:
    """The matters of who holds a place and when it was taken; ``block`` are all claims that ``asks`` it, in reading order."""
    name = min((p.name for p in block[0].claim.places if key_of(p) == place), default=place[1:].title())
    dated = [f for f in block if f.start is not None]
    for group in _windows(dated):
        told = [f for f in group if (f.end or 0) - (f.start or 0) <= AROUND] or group
        day = told[len(told) // 2].end or 0
        question = f"Who holds {name} around {_spell(day)}?"
        yield _matter(question, name, "control", [_given(f, _holder) for f in group], voices)
    undated = [f for f in block if f.start is None]
    if undated:
        asked = f"Who holds {name}, at a time that is not told?"
        yield _matter(asked, name, "control", [_given(f, _holder) for f in undated], voices)
    takings = [f for f in dated if f.takes and f.dated]
    for holder in sorted({f.holder for f in takings}):
        others = sorted((f.start or 0) for f in takings if f.holder != holder)
        for group in _events([f for f in takings if f.holder == holder], others):
            yield _matter(f"When did {holder} take {name}?", name, "date", [_given(f, _date) for f in group], voices)


def _windows(dated: Sequence[Facet]) -> Iterator[list[Facet]]:
    """Claims in stretches of at most ``AROUND`` days, by the last day they speak of.

    A claim dated to more than that ("in September") answers the nearest stretch within it, and asks its own question
    only where there is none.
    """
    groups: list[list[Facet]] = []
    ordered = sorted(dated, key=lambda f: (f.end or 0, f.order))
    wide = [f for f in ordered if (f.end or 0) - (f.start or 0) > AROUND]
    for facet in (f for f in ordered if (f.end or 0) - (f.start or 0) <= AROUND):
        if not groups or (facet.end or 0) - (groups[-1][0].end or 0) > AROUND:
            groups.append([])
        groups[-1].append(facet)
    alone: list[list[Facet]] = []
    for facet in wide:
        within = [g for g in groups if (facet.start or 0) <= (g[0].end or 0) <= (facet.end or 0)]
        if within:
            max(within, key=lambda g: g[0].end or 0).append(facet)
        elif alone and (facet.end or 0) - (alone[-1][0].end or 0) <= AROUND:
            alone[-1].append(facet)
        else:
            alone.append([facet])
    yield from sorted((*groups, *alone), key=lambda g: (g[0].end or 0, g[0].order))


def _events(takings: Sequence[Facet], others: Sequence[int]) -> Iterator[list[Facet]]:
    """Captures by one side, a new event where the dates are far apart or another side took the place between."""
    ordered = sorted(takings, key=lambda f: (f.start or 0, f.end or 0, f.order))
    group = ordered[:1]
    for before, after in pairwise(ordered):
        first, last = before.end or 0, after.start or 0
        if last - first > APART or any(first < day < last for day in others):
            yield group
            group = []
        group.append(after)
    if group:
        yield group


def group_of(link: Link, by_id: Mapping[str, Facet]) -> Group | None:
    """The matter of number or purpose to which a link belongs; ``None`` for links of other aspects."""
    if link.relation is Relation.REPEATS or link.aspect not in ("quantity", "explanation"):
        return None
    a, b = by_id[link.a], by_id[link.b]
    around = ((a.start or a.said or 0) // AROUND) if link.aspect == "quantity" else 0
    return link.aspect, _shared_name(a, b), a.claim.actor or b.claim.actor, around


def of_group(group: Group, links: Iterable[Link], by_id: Mapping[str, Facet], voices: Voices) -> Matter:
    """The matter of number or purpose that these links, all of one group, hold together."""
    names = {name for link in links for name in (link.a, link.b)}
    return of_answers(group, [answering(group[0], by_id[name]) for name in names], voices)


def answering(aspect: str, facet: Facet) -> Given:
    """A claim as it answers a question of number or purpose."""
    return _given(facet, _purpose if aspect == "explanation" else _amount)


def of_answers(group: Group, answers: Iterable[Given], voices: Voices) -> Matter:
    """The matter of number or purpose that these claims answer."""
    aspect, place, actor, _ = group
    given = sorted(answers, key=lambda one: one.order)
    if aspect == "explanation":
        asked = f"What does {actor} want at {place}?" if actor else f"What is the action at {place} for?"
        return _matter(asked, place, aspect, given, voices)
    return _matter(f"How many or how much, {place} ({given[0].kind})?", place, aspect, given, voices)


def _shared_name(a: Facet, b: Facet) -> str:
    """The name of a place of both: as the gazetteer has it, or else as they write it."""
    shared = sorted(set(a.areas) & set(b.areas))
    known = [p.name for p in a.claim.places if key_of(p) in shared]
    return min(known, default=shared[0][1:].title())


def _given(facet: Facet, value: Callable[[Facet], str]) -> Given:
    return Given(facet.id, facet.order, facet.said, facet.claim.kind.value, value(facet))


def _matter(question: str, place: str, aspect: str, given: Iterable[Given], voices: Voices) -> Matter:
    answers: dict[str, list[Given]] = defaultdict(list)
    for one in sorted(given, key=lambda one: one.order):
        answers[one.value].append(one)
    return Matter(
        question=question,
        place=place,
        aspect=aspect,
        answers=tuple(
            Answer(
                value=answer,
                claims=tuple(one.id for one in members),
                families=tuple(dict.fromkeys(voices.family[one.id] for one in members)),
                sides=voices.by_side([one.id for one in members]),
                first=_day(members, min),
                last=_day(members, max),
            )
            for answer, members in sorted(answers.items())
        ),
    )


def _day(members: Sequence[Given], pick: Callable[[list[int]], int]) -> date | None:
    said = [one.said for one in members if one.said is not None]
    return date.fromordinal(pick(said)) if said else None


def _holder(facet: Facet) -> str:
    if facet.states == {CONTESTED}:
        return f"{facet.holder} in part" if facet.holder != CONTESTED and facet.partial else CONTESTED
    holder = facet.holder.removeprefix("~")
    negative = facet.denied or facet.holder not in facet.states
    return f"not {holder}" if negative else holder


def _date(facet: Facet) -> str:
    return facet.claim.when.edtf or date.fromordinal(facet.start or 1).isoformat()


def _amount(facet: Facet) -> str:
    return "; ".join(q.text for q in facet.claim.quantities)


def _purpose(facet: Facet) -> str:
    return ", ".join(sorted(purposes(facet.claim.quote))).replace("_", " ")


def _spell(day: int) -> str:
    when = date.fromordinal(day)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
