"""What was concluded, as rows of the ledger's tables, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import Any

from sqlalchemy import Connection, Table, select

from fogline.errors import LedgerError
from fogline.model import (
    Answer,
    ClaimGrade,
    Conclusions,
    Control,
    Family,
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


def to_rows(conclusions: Conclusions) -> Iterator[tuple[Table, Iterable[Row]]]:
    """The rows of every table of conclusions, tables that are pointed to first; ``position`` keeps the order."""
    yield schema.families, (_family(n, family) for n, family in enumerate(conclusions.families))
    yield schema.family_members, _members(conclusions.families)
    yield schema.links, (_link(n, link) for n, link in enumerate(conclusions.links))
    yield schema.matters, (_matter(n, matter) for n, matter in enumerate(conclusions.matters))
    yield schema.source_grades, (_source(n, grade) for n, grade in enumerate(conclusions.sources))
    yield schema.claim_grades, (_grade(n, grade) for n, grade in enumerate(conclusions.grades))
    yield schema.control, (_control(n, control) for n, control in enumerate(conclusions.control))
    yield schema.control_stretches, _stretches(conclusions.control)


def from_rows(connection: Connection) -> Conclusions:
    """The conclusions as they stand for this connection's transaction."""
    return Conclusions(
        families=_families(connection),
        links=tuple(_to_link(row) for row in _in_order(connection, schema.links)),
        matters=tuple(_to_matter(row) for row in _in_order(connection, schema.matters)),
        sources=tuple(_to_source(row) for row in _in_order(connection, schema.source_grades)),
        grades=tuple(_to_grade(row) for row in _in_order(connection, schema.claim_grades)),
        control=_controls(connection),
    )


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


def _members(families: Iterable[Family]) -> Iterator[Row]:
    for number, family in enumerate(families):
        for position, claim in enumerate(family.members):
            yield {"family": number, "position": position, "claim": claim}


def _families(connection: Connection) -> tuple[Family, ...]:
    members: dict[int, list[str]] = defaultdict(list)
    for row in _in_order(connection, schema.family_members):
        members[row.family].append(row.claim)
    return tuple(
        Family(root=row.root, members=tuple(members[row.position]), reasons=from_json(_REASONS, row.reasons))
        for row in _in_order(connection, schema.families)
    )


def _link(position: int, link: Link) -> Row:
    return {
        "position": position,
        "id": link.id,
        "a": link.a,
        "b": link.b,
        "relation": link.relation.value,
        "aspect": link.aspect,
        "reasons": to_json(link.reasons),
    }


def _to_link(row: Any) -> Link:
    reasons = from_json(_REASONS, row.reasons)
    return Link(a=row.a, b=row.b, relation=Relation(row.relation), aspect=row.aspect, reasons=reasons)


def _matter(position: int, matter: Matter) -> Row:
    return {
        "position": position,
        "id": matter.id,
        "question": matter.question,
        "place": matter.place,
        "aspect": matter.aspect,
        "answers": to_json(matter.answers),
    }


def _to_matter(row: Any) -> Matter:
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


def _to_source(row: Any) -> SourceGrade:
    return SourceGrade(
        name=row.name,
        type=SpeakerType(row.type),
        side=row.side,
        claims=row.claims,
        reliability=row.reliability,
        grade=row.grade,
        reasons=from_json(_REASONS, row.reasons),
    )


def _grade(position: int, grade: ClaimGrade) -> Row:
    return {
        "position": position,
        "claim": grade.claim,
        "credibility": grade.credibility,
        "reasons": to_json(grade.reasons),
    }


def _to_grade(row: Any) -> ClaimGrade:
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


def _stretches(controls: Iterable[Control]) -> Iterator[Row]:
    for number, control in enumerate(controls):
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
        timelines[row.control].append(
            Stretch(
                start=row.start,
                end=row.end,
                belief=from_json(_BELIEF, row.belief),
                status=row.status,
                claims=from_json(_IDS, row.claims),
            )
        )
    return tuple(_to_control(row, timelines[row.position]) for row in _in_order(connection, schema.control))


def _to_control(row: Any, timeline: Sequence[Stretch]) -> Control:
    states = from_json(_IDS, row.states)
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
