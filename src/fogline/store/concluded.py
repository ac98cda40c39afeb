"""What was concluded, as rows of the ledger's tables, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import repeat
from struct import Struct
from typing import Any

from sqlalchemy import Connection, Table, case, func, select

from fogline.errors import LedgerError
from fogline.model import (
    Amendment,
    Answer,
    ClaimGrade,
    Conclusions,
    Control,
    Family,
    Grounds,
    Link,
    Matter,
    Reason,
    Relation,
    SourceGrade,
    SpeakerType,
    Stretch,
)
from fogline.store import schema
from fogline.store.encoding import from_json, to_json
from fogline.store.rows import Row

_REASONS = tuple[Reason, ...]
_ANSWERS = tuple[Answer, ...]
_IDS = tuple[str, ...]
_BELIEF = Mapping[str, float]
_states: Callable[[str], tuple[str, ...]] = lru_cache(16)(lambda told: from_json(_IDS, told))
"""The states of a control, which are those of most others."""


def to_rows(conclusions: Conclusions, grounds: Grounds | None) -> Iterator[tuple[Table, Iterable[Row]]]:
    """The rows of every table of conclusions, tables that are pointed to first; ``position`` keeps the order."""
    placed = repeat((None, None)) if grounds is None else grounds.links
    keys = repeat(None) if grounds is None else grounds.matters
    yield schema.families, (_family(n, family) for n, family in enumerate(conclusions.families))
    yield schema.family_members, _members(conclusions.families)
    yield (
        schema.links,
        (_link(n, link, *at) for n, (link, at) in enumerate(zip(conclusions.links, placed, strict=False))),
    )
    yield (
        schema.matters,
        (_matter(n, one, key) for n, (one, key) in enumerate(zip(conclusions.matters, keys, strict=False))),
    )
    yield schema.source_grades, (_source(n, grade) for n, grade in enumerate(conclusions.sources))
    yield schema.claim_grades, (_grade(n, grade) for n, grade in enumerate(conclusions.grades))
    yield schema.control, (_control(n, control) for n, control in enumerate(conclusions.control))
    yield schema.control_stretches, _stretches(conclusions.control)


def to_rows_after(connection: Connection, amendment: Amendment) -> Iterator[tuple[Table, Iterable[Row]]]:
    """The rows that an amendment adds, numbered behind those that are there."""

    def first(table: Table) -> int:
        highest = connection.execute(select(func.max(table.c.position))).scalar()
        return 0 if highest is None else int(highest) + 1

    at = first(schema.families)
    yield schema.families, (_family(n, family) for n, family in enumerate(amendment.families, at))
    yield schema.family_members, _members(amendment.families, at)
    links = enumerate(amendment.links, first(schema.links))
    yield schema.links, (_link(n, one.link, one.block, one.matter) for n, one in links)
    yield schema.matters, (_matter(n, *one) for n, one in enumerate(amendment.matters, first(schema.matters)))
    yield (
        schema.source_grades,
        (_source(n, one) for n, one in enumerate(amendment.sources, first(schema.source_grades))),
    )
    yield schema.claim_grades, (_grade(n, one) for n, one in enumerate(amendment.grades, first(schema.claim_grades)))
    at = first(schema.control)
    yield schema.control, (_control(n, control) for n, control in enumerate(amendment.control, at))
    yield schema.control_stretches, _stretches(amendment.control, at)


def from_rows(connection: Connection, amended: bool) -> Conclusions:
    """The conclusions as they stand for this connection's transaction; where they were ``amended`` they are put in order."""
    found = Conclusions(
        families=_families(connection),
        links=tuple(to_link(row) for row in _in_order(connection, schema.links)),
        matters=tuple(to_matter(row) for row in _in_order(connection, schema.matters)),
        sources=tuple(to_source(row) for row in _in_order(connection, schema.source_grades)),
        grades=tuple(to_grade(row) for row in _in_order(connection, schema.claim_grades)),
        control=_controls(connection),
    )
    return _ordered(connection, found) if amended else found


def _ordered(connection: Connection, found: Conclusions) -> Conclusions:
    """The conclusions in the order in which concluding everything gives them."""
    order = _reading_order(connection)
    return Conclusions(
        families=tuple(sorted(found.families, key=lambda one: order[one.members[0]])),
        links=tuple(sorted(found.links, key=lambda one: (order[one.a], order[one.b], one.aspect))),
        matters=tuple(sorted(found.matters, key=lambda one: (one.place, one.aspect, one.question, one.id))),
        sources=tuple(sorted(found.sources, key=lambda one: (one.name, one.type))),
        grades=tuple(sorted(found.grades, key=lambda one: one.claim)),
        control=tuple(sorted(found.control, key=lambda one: one.geonameid or 0)),
    )


def _reading_order(connection: Connection) -> Mapping[str, int]:
    """The place of each claim in reading order: by day published, those without one last, then name and place in the text."""
    claim, document = schema.claims.c, schema.documents.c
    day = case((document.published_end.is_(None), None), else_=document.published_start)
    asked = (
        select(claim.id)
        .join(schema.documents, document.id == claim.document_id)
        .order_by(day.is_(None), day, document.name, claim.start, claim.end, claim.id)
    )
    return {name: at for at, name in enumerate(dict.fromkeys(connection.execute(asked).scalars()))}


def _in_order(connection: Connection, table: Table) -> Iterator[Any]:
    yield from connection.execute(select(table).order_by(*table.primary_key.columns))


def _family(position: int, family: Family) -> Row:
    return {
        "position": position,
        "id": family.id,
        "root": family.root,
        "size": len(family.members),
        "reasons": to_json(family.reasons),
    }


def _members(families: Iterable[Family], first: int = 0) -> Iterator[Row]:
    for number, family in enumerate(families, first):
        for position, claim in enumerate(family.members):
            yield {"family": number, "position": position, "claim": claim}


def _families(connection: Connection) -> tuple[Family, ...]:
    members: dict[int, list[str]] = defaultdict(list)
    for row in _in_order(connection, schema.family_members):
        members[row.family].append(row.claim)
    return tuple(to_family(row, members[row.position]) for row in _in_order(connection, schema.families))


def to_family(row: Any, members: Sequence[str]) -> Family:
    """The family of a row of ``families``, with its members in order."""
    return Family(root=row.root, members=tuple(members), reasons=from_json(_REASONS, row.reasons))


def _link(position: int, link: Link, block: int | None, matter: int | None) -> Row:
    return {
        "position": position,
        "id": link.id,
        "a": link.a,
        "b": link.b,
        "relation": link.relation.value,
        "aspect": link.aspect,
        "reasons": to_json(link.reasons),
        "block": block,
        "matter": matter,
    }


def to_link(row: Any) -> Link:
    """The link of a row of ``links``."""
    reasons = from_json(_REASONS, row.reasons)
    return Link(a=row.a, b=row.b, relation=Relation(row.relation), aspect=row.aspect, reasons=reasons)


def _matter(position: int, matter: Matter, key: int | None) -> Row:
    return {
        "position": position,
        "id": matter.id,
        "question": matter.question,
        "place": matter.place,
        "aspect": matter.aspect,
        "answers": to_json(matter.answers),
        "key": key,
    }


def to_matter(row: Any) -> Matter:
    """The matter of a row of ``matters``."""
    answers = from_json(_ANSWERS, row.answers)
    return Matter(question=row.question, place=row.place, aspect=row.aspect, answers=answers)


def _source(position: int, source: SourceGrade) -> Row:
    return {
        "position": position,
        "name": source.name,
        "type": source.type.value,
        "side": source.side,
        "claims": source.claims,
        "reliability": source.reliability,
        "grade": source.grade,
        "reasons": to_json(source.reasons),
    }


def to_source(row: Any) -> SourceGrade:
    """The grade of a row of ``source_grades``."""
    return replace(to_letter(row), reasons=from_json(_REASONS, row.reasons))


def to_letter(row: Any) -> SourceGrade:
    """The grade of a row of ``source_grades`` without its reasons."""
    return SourceGrade(
        name=row.name, type=SpeakerType(row.type), side=row.side, claims=row.claims, reliability=row.reliability,
        grade=row.grade, reasons=(),
    )  # fmt: skip


def _grade(position: int, grade: ClaimGrade) -> Row:
    return {
        "position": position,
        "claim": grade.claim,
        "credibility": grade.credibility,
        "reasons": to_json(grade.reasons),
    }


def to_grade(row: Any) -> ClaimGrade:
    """The grade of a row of ``claim_grades``."""
    return ClaimGrade(claim=row.claim, credibility=row.credibility, reasons=from_json(_REASONS, row.reasons))


def _control(position: int, control: Control) -> Row:
    return {
        "position": position,
        "place": control.place,
        "geonameid": control.geonameid,
        "known_by": control.known_by,
        "states": to_json(control.states),
        "start": control.start,
        "days": len(control.daily),
        "daily": pack(control.daily, len(control.states)),
        "reasons": to_json(control.reasons),
    }


def _stretches(controls: Iterable[Control], first: int = 0) -> Iterator[Row]:
    for number, control in enumerate(controls, first):
        for position, stretch in enumerate(control.timeline):
            yield {
                "control": number,
                "position": position,
                "start": stretch.start,
                "end": stretch.end,
                "status": stretch.status,
                "belief": to_json(stretch.belief),
                "claims": to_json(stretch.claims),
            }


def _controls(connection: Connection) -> tuple[Control, ...]:
    timelines: dict[int, list[Stretch]] = defaultdict(list)
    for row in _in_order(connection, schema.control_stretches):
        timelines[row.control].append(to_stretch(row))
    return tuple(to_control(row, timelines[row.position]) for row in _in_order(connection, schema.control))


def to_stretch(row: Any) -> Stretch:
    """The stretch of a row of ``control_stretches``."""
    return Stretch(
        start=row.start,
        end=row.end,
        belief=from_json(_BELIEF, row.belief),
        status=row.status,
        claims=from_json(_IDS, row.claims),
    )


def on_day(row: Any, stretch: Stretch, day: date | None) -> Control:
    """The control of a row of ``control`` cut to one day of a stretch, its last where none is given, without reasons."""
    states = _states(row.states)
    width, at = 8 * len(states), ((day or stretch.end) - row.start).days
    daily = unpack(bytes(row.daily[width * at : width * (at + 1)]), len(states), 1)
    return Control(
        place=row.place, geonameid=row.geonameid, known_by=row.known_by, states=states, start=day or stretch.end,
        daily=daily, timeline=(stretch,),
    )  # fmt: skip


def cut_to(row: Any, stretch: Stretch) -> Control:
    """The control of a row of ``control`` cut to one stretch, without daily beliefs and reasons."""
    return Control(
        place=row.place, geonameid=row.geonameid, known_by=row.known_by, states=_states(row.states), start=None,
        daily=(), timeline=(stretch,),
    )  # fmt: skip


def to_control(row: Any, timeline: Sequence[Stretch]) -> Control:
    """The control of a row of ``control`` with its stretches."""
    states = _states(row.states)
    return Control(
        place=row.place,
        geonameid=row.geonameid,
        known_by=row.known_by,
        states=states,
        start=row.start,
        daily=unpack(row.daily, len(states), row.days),
        timeline=tuple(timeline),
        reasons=from_json(_REASONS, row.reasons),
    )


def pack(daily: Sequence[Sequence[float]], width: int) -> bytes:
    """Beliefs day by day as little-endian doubles, ``width`` a day.

    Raises ``LedgerError`` where a day does not have a belief for each state.

    >>> len(pack([(0.25, 0.75), (0.5, 0.5)], 2))
    32
    """
    day = Struct(f"<{width}d")
    wrong = next((n for n, beliefs in enumerate(daily) if len(beliefs) != width), None)
    if wrong is not None:
        raise LedgerError(
            f"Day {wrong} of a control timeline has {len(daily[wrong])} beliefs for {width} states.",
            "Each day needs one belief a state, in the order of the states.",
        )
    return b"".join(day.pack(*beliefs) for beliefs in daily)


def unpack(raw: bytes, width: int, days: int) -> tuple[tuple[float, ...], ...]:
    """The beliefs that ``pack`` was given.

    Raises ``LedgerError`` for bytes of another length than ``days`` times ``width`` doubles.

    >>> unpack(pack([(0.25, 0.75)], 2), 2, 1)
    ((0.25, 0.75),)
    """
    day = Struct(f"<{width}d")
    if len(raw) != day.size * days:
        raise LedgerError(
            f"A control timeline of {days} days and {width} states is {len(raw)} bytes long.",
            "The file was changed from outside or is damaged; build the ledger again.",
        )
    return tuple(day.iter_unpack(raw)) if width else ((),) * days
