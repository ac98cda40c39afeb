"""Whether two ledgers hold the same, wherever they are kept: both as JSON lines sorted by id, byte for byte.

Every part of a ledger is asked for in the order of its ids and compared line by line as it comes, so that memory stays
bounded. The database's own small numbers of rows are not part of what a ledger says: in their place stand the ids of
what they point to. Bytes (what was fetched, the belief of each day) stand as their SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Select, Table, func, select

from fogline.ports import Ledger, Progress
from fogline.store import schema
from fogline.store.copying import in_database

_LINES_AT_ONCE = 2_000

NOT_COMPARED = (schema.about, schema.points, *schema.GROUNDS)
"""Which fogline wrote it and how often; pairs of coordinates, which stand with the places that have them; and what conclusions rest
on, which is worked out from what is compared."""

_WHEN_READ: Mapping[Table, str] = {schema.runs: "started_at", schema.readings: "at"}
"""What differs between two builds of the same reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line that is not in both: of which part, under which id, and what is wrong with it."""

    part: str
    id: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What comparing found: how many lines, the SHA-256 of the first ledger's, and at most so many differences."""

    lines: int
    sha256: str
    different: int
    differences: tuple[Difference, ...]


_OWN = frozenset({"number", "position", "block", "matter", "key"})
"""Numbers of rows, and of what conclusions rest on."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A table as it is compared: what names a line, and what does not stand in it.

    Of lines with one name the one of the lower ``then`` comes first.
    """

    key: tuple[ColumnElement[Any], ...]
    left_out: frozenset[str] = _OWN
    joins: tuple[tuple[Table, ColumnElement[bool]], ...] = ()
    then: tuple[ColumnElement[Any], ...] = ()


_R, _N, _C, _P = schema.readings.c, schema.runs.c, schema.claims.c, schema.claim_places.c
_F, _M, _K, _S = schema.families.c, schema.family_members.c, schema.control.c, schema.control_stretches.c
_J = schema.judgements.c
_HEARD = ((schema.readings, _R.number == _C.reading), (schema.runs, _N.ordinal == _R.run))
_SETTLEMENT = (_K.place.label("settlement"), func.coalesce(_K.geonameid, -1).label("geonames"))

_PARTS: Mapping[Table, _Part] = {
    schema.readings: _Part(
        (_R.article_id, _N.id.label("read_by")),
        frozenset({"number", "run"}),
        ((schema.runs, _N.ordinal == _R.run),),
    ),
    schema.claims: _Part(
        (_C.id, _R.article_id.label("article"), _N.id.label("heard_by")), frozenset({"number", "reading"}), _HEARD
    ),
    schema.claim_places: _Part(
        (_C.id.label("of"), _R.article_id.label("article"), _N.id.label("heard_by"), _P.position),
        frozenset({"number", "claim", "point"}),
        ((schema.claims, _C.number == _P.claim), *_HEARD),
    ),
    schema.family_members: _Part(
        (_F.id.label("of"), _M.position), frozenset({"family"}), ((schema.families, _F.position == _M.family),)
    ),
    schema.source_grades: _Part((schema.source_grades.c.name,), then=(schema.source_grades.c.position,)),
    schema.claim_grades: _Part((schema.claim_grades.c.claim,), then=(schema.claim_grades.c.position,)),
    schema.control: _Part(_SETTLEMENT, then=(_K.position,)),
    schema.control_stretches: _Part(
        (*_SETTLEMENT, _S.position),
        frozenset({"control"}),
        ((schema.control, _K.position == _S.control),),
        (_S.control,),
    ),
    # In the order in which they were taken: which of one moment came last decides.
    schema.judgements: _Part((_J.at_utc,), then=(_J.number,)),
}
"""What cannot be told from a table's own columns. Elsewhere ``id`` names a line, or else the primary key."""


def compared(a: Ledger, b: Ledger, progress: Progress, *, times: bool = True, most: int = 20) -> Compared:
    """Compare two ledgers; without ``times``, when something was read does not count, as of two builds of the same reports.

    ``most`` is how many differences are told; all are counted.
    """
    digest, count, different = sha256(), 0, 0
    told: list[Difference] = []
    with in_database(a).snapshot() as one, in_database(b).snapshot() as other:
        for table in _tables():
            asked, stage = _asked(table, times), f"comparing {table.name}"
            total = one.execute(select(func.count()).select_from(table)).scalar_one()
            both = _side_by_side(_rows(one, asked), _rows(other, asked))
            progress(stage, 0, total)
            for done, (key, mine, theirs) in enumerate(both, 1):
                line = _line(asked, mine)
                digest.update(line.encode() + b"\n" if line else b"")
                if done % _LINES_AT_ONCE == 0:
                    progress(stage, done, total)
                count += 1
                if mine == theirs and not asked.measures:
                    continue
                others = _line(asked, theirs)
                if line == others:
                    continue
                different += 1
                if len(told) < most:
                    name = " ".join(str(part) for part in key)
                    told.append(Difference(part=table.name, id=name, problem=_problem(line, others)))
            progress(stage, total, total)
    return Compared(lines=count, sha256=digest.hexdigest(), different=different, differences=tuple(told))


def lines(ledger: Ledger, *, times: bool = True) -> Iterator[tuple[str, str]]:
    """All that a ledger holds as pairs of a part's name and a line of JSON, sorted by part and then by id."""
    with in_database(ledger).snapshot() as connection:
        for table in _tables():
            asked = _asked(table, times)
            for _, values in _rows(connection, asked):
                yield table.name, _line(asked, values)


def parts() -> tuple[str, ...]:
    """The names of what is compared."""
    return tuple(table.name for table in _tables())


def _tables() -> Iterator[Table]:
    return (table for table in schema.metadata.sorted_tables if table not in NOT_COMPARED)


Values = tuple[Any, ...]
Row = tuple[Values, Values]
"""What names a line, and what stands in it."""


@dataclass(frozen=True, slots=True)
class _Question:
    """The rows of a table in the order of what names them, which their first ``width`` columns do; the others' ``names`` are sorted.

    With ``measures`` some are written in more than one way: values are equal where -0.0 and 0.0, or 1 and 1.0, are.
    """

    rows: Select[Any]
    width: int
    names: tuple[str, ...]
    measures: bool


def _rows(connection: Connection, asked: _Question) -> Iterator[Row]:
    width = asked.width
    with connection.execute(asked.rows.execution_options(yield_per=_LINES_AT_ONCE)) as found:
        for some in found.partitions():
            for row in some:
                yield row[:width], row[width:]


def _asked(table: Table, times: bool) -> _Question:
    own = (table.c.id,) if "id" in table.c else tuple(table.primary_key.columns)
    part = _PARTS.get(table) or _Part(own)
    left_out = part.left_out if times else part.left_out | {_WHEN_READ.get(table, "")}
    key = [column.label(f"key_{n}") for n, column in enumerate(part.key)]
    shown = [column for column in table.c if column.name not in left_out]
    beside = [column for column in part.key if column.name not in table.c]
    in_order = sorted([*shown, *beside], key=lambda column: str(column.name))
    asked = select(*key, *in_order).select_from(table).order_by(*part.key, *part.then)
    for joined, on in part.joins:
        asked = asked.join(joined, on)
    measures = any(isinstance(column.type, Float) for column in table.c)
    return _Question(asked, len(key), tuple(str(column.name) for column in in_order), measures)


def _line(asked: _Question, values: Values | None) -> str:
    """The values as a line of JSON; empty for none."""
    return "" if values is None else _JSON(dict(zip(asked.names, values, strict=True)))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return f"sha256:{sha256(bytes(value)).hexdigest()}"


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain).encode
"""Made once, since that costs as much as a line."""


def _side_by_side(a: Iterator[Row], b: Iterator[Row]) -> Iterator[tuple[Values, Values | None, Values | None]]:
    """Two sorted streams by key: what both have together, and what one has alone."""
    mine, theirs = next(a, None), next(b, None)
    while mine is not None or theirs is not None:
        if theirs is None or (mine is not None and mine[0] < theirs[0]):
            assert mine is not None
            yield mine[0], mine[1], None
            mine = next(a, None)
        elif mine is None or theirs[0] < mine[0]:
            yield theirs[0], None, theirs[1]
            theirs = next(b, None)
        else:
            yield mine[0], mine[1], theirs[1]
            mine, theirs = next(a, None), next(b, None)


def _problem(mine: str, theirs: str) -> str:
    if not mine or not theirs:
        return "only in the first" if mine else "only in the second"
    one, other = json.loads(mine), json.loads(theirs)
    return f"differs in {', '.join(name for name in sorted(one) if one[name] != other.get(name))}"
