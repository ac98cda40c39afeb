"""The questions that claims answer, and the answers with their independent voices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def gather(
    facets: Sequence[Facet], families: Sequence[Family], links: Sequence[Link], owners: Mapping[str, str]
) -> tuple[Matter, ...]:
    """The matters of all claims: who holds a place around a day, when it was taken, how many, and why.

    Questions of number and purpose are asked only where links say that voices answer them; by place, then question.
    ``owners`` gives the owner of an outlet by its folded name: outlets of one owner are one voice.
    """
    voices = Voices.of(facets, families, owners)
    by_place: dict[str, list[Facet]] = defaultdict(list)
    for facet in facets:
        if facet.states and facet.modality is Modality.ACTUAL:
            for place in facet.points:
                by_place[place].append(facet)
    found = [m for place in sorted(by_place) for m in _of_place(place, by_place[place], voices)]
    by_id = {facet.id: facet for facet in facets}
    found.extend(_linked(links, by_id, voices))
    return tuple(sorted(found, key=lambda matter: (matter.place, matter.aspect, matter.question, matter.id)))


def _of_place(place: str, block: Sequence[Facet], voices: Voices) -> Iterator[Matter]:
    name = min((p.name for p in block[0].claim.places if key_of(p) == place), default=place[1:].title())
    dated = [f for f in block if f.start is not None]
    for group in _windows(dated):
        told = [f for f in group if (f.end or 0) - (f.start or 0) <= AROUND] or group
        day = told[len(told) // 2].end or 0
        question = f"Who holds {name} around {_spell(day)}?"
        yield _matter(question, name, "control", group, voices, _holder)
    undated = [f for f in block if f.start is None]
    if undated:
        yield _matter(f"Who holds {name}, at a time that is not told?", name, "control", undated, voices, _holder)
    takings = [f for f in dated if f.takes and f.dated]
    for holder in sorted({f.holder for f in takings}):
        others = sorted((f.start or 0) for f in takings if f.holder != holder)
        for group in _events([f for f in takings if f.holder == holder], others):
            yield _matter(f"When did {holder} take {name}?", name, "date", group, voices, _date)


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


def _linked(links: Sequence[Link], by_id: Mapping[str, Facet], voices: Voices) -> Iterator[Matter]:
    """Matters of number and purpose: the claims that links of these aspects hold together."""
    groups: dict[tuple[str, str, str, int], dict[str, Facet]] = defaultdict(dict)
    for link in links:
        if link.relation is Relation.REPEATS or link.aspect not in ("quantity", "explanation"):
            continue
        a, b = by_id[link.a], by_id[link.b]
        place = _shared_name(a, b)
        around = ((a.start or a.said or 0) // AROUND) if link.aspect == "quantity" else 0
        actor = a.claim.actor or b.claim.actor
        group = groups[(link.aspect, place, actor, around)]
        group.update({a.id: a, b.id: b})
    for (aspect, place, actor, _), members in sorted(groups.items()):
        claims = sorted(members.values(), key=lambda f: f.order)
        if aspect == "explanation":
            asked = f"What does {actor} want at {place}?" if actor else f"What is the action at {place} for?"
            yield _matter(asked, place, aspect, claims, voices, _purpose)
        else:
            kind = claims[0].claim.kind.value
            yield _matter(f"How many or how much, {place} ({kind})?", place, aspect, claims, voices, _amount)


def _shared_name(a: Facet, b: Facet) -> str:
    """The name of a place of both: as the gazetteer has it, or else as they write it."""
    shared = sorted(set(a.areas) & set(b.areas))
    known = [p.name for p in a.claim.places if key_of(p) in shared]
    return min(known, default=shared[0][1:].title())


def _matter(
    question: str,
    place: str,
    aspect: str,
    group: Sequence[Facet],
    voices: Voices,
    value: Callable[[Facet], str],
) -> Matter:
    answers: dict[str, list[Facet]] = defaultdict(list)
    for facet in sorted(group, key=lambda f: f.order):
        answers[value(facet)].append(facet)
    return Matter(
        question=question,
        place=place,
        aspect=aspect,
        answers=tuple(
            Answer(
                value=answer,
                claims=tuple(f.id for f in members),
                families=tuple(dict.fromkeys(voices.family[f.id] for f in members)),
                sides=voices.by_side(members),
                first=_day(members, min),
                last=_day(members, max),
            )
            for answer, members in sorted(answers.items())
        ),
    )


def _day(members: Sequence[Facet], pick: Callable[[list[int]], int]) -> date | None:
    said = [facet.said for facet in members if facet.said is not None]
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
