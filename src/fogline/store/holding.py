"""Reading a ledger's claims into columns, and reading only what is new into columns that are held already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from fogline.store import revising, schema
from fogline.store.columns import FACETS, NO_DAY, Columns, Numbers, Places

_C, _D, _P, _R = schema.claims.c, schema.documents.c, schema.claim_places.c, schema.readings.c
_AT_ONCE = 50_000


class _Coder(dict[Any, int]):
    """Gives each new word the next number."""

    def __missing__(self, word: Any) -> int:
        self[word] = number = len(self)
        return number


class _Days(dict[Any, int]):
    """Days as ordinals, from what databases give: a date, its ISO form, or nothing."""

    def __missing__(self, value: Any) -> int:
        day = value if isinstance(value, date) else None if value is None else date.fromisoformat(value)
        self[value] = ordinal = day.toordinal() if day else NO_DAY
        return ordinal


def held(connection: Connection, before: Columns | None) -> Columns:
    """The columns as they stand for this connection's transaction; what ``before`` has is not read again."""
    count = revising.count(connection)
    if before is not None and before.count == count:
        return before
    number = int(before.numbers[-1]) if before is not None and len(before.numbers) else 0
    added = _claims(connection, number)
    outdated = _outdated(connection)
    base = added if before is None or not number else _joined(before, added)
    coded, words = _coded(before, added)
    current = np.isin(base["readings"], outdated, invert=True)
    order = _order(base, before)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return Columns(
        count=count,
        numbers=base["numbers"],
        readings=base["readings"],
        ids=base["ids"],
        current=current,
        published=base["published"],
        start=base["start"],
        end=base["end"],
        timed=base["timed"],
        day=base["day"],
        coded=coded,
        words=words,
        order=order,
        rank=rank,
        places=_places(connection, number, base["numbers"], None if before is None else before.places),
    )


def _claims(connection: Connection, number: int) -> dict[str, Any]:
    """The columns of claims numbered behind ``number``; facets as words."""
    asked = (
        select(_C.number, _C.id, _C.reading, _C.published, _C.when_start, _C.when_end, *(_C[name] for name in FACETS))
        .where(_C.number > number)
        .order_by(_C.number)
    )
    days, parts = _Days(), []
    for some in plain(connection, asked):
        columns = list(zip(*some, strict=True))
        parts.append(columns)
    joined = [[value for part in parts for value in part[n]] for n in range(6 + len(FACETS))]
    many = len(joined[0])
    published, first, last = (np.fromiter((days[one] for one in joined[n]), np.int32, many) for n in (3, 4, 5))
    made: dict[str, Any] = {
        "numbers": np.array(joined[0], np.int64),
        "ids": np.array([name.encode() for name in joined[1]] or [b""], "S")[:many],
        "readings": np.array(joined[2], np.int64),
        "published": published,
        "start": first.copy(),
        "end": last.copy(),
        "day": np.where(last != NO_DAY, last, first),
        **{name: joined[6 + n] for n, name in enumerate(FACETS)},
    }
    untimed = (
        select(_C.number, _D.published_start, _D.published_end)
        .join(schema.documents, _D.id == _C.document_id)
        .where(_C.number > number, _C.when_start.is_(None), _C.when_end.is_(None))
    )
    for some in plain(connection, untimed):
        rows = np.searchsorted(made["numbers"], [one[0] for one in some])
        made["start"][rows] = [days[one[1]] for one in some]
        made["end"][rows] = [days[one[2]] for one in some]
    made["timed"] = (made["start"] != NO_DAY) | (made["end"] != NO_DAY)
    return made


def plain(connection: Connection, asked: Any) -> Iterator[Sequence[Any]]:
    """The rows as the driver gives them: a million dates are made into numbers faster than into dates."""
    told = asked.compile(connection, compile_kwargs={"literal_binds": True})
    found = connection.exec_driver_sql(str(told))
    while some := found.cursor.fetchmany(_AT_ONCE):
        yield some
    found.close()


def _joined(before: Columns, added: Mapping[str, Any]) -> dict[str, Any]:
    names = ("numbers", "readings", "ids", "published", "start", "end", "timed", "day")
    return {name: np.concatenate([getattr(before, name), added[name]]) for name in names}


def _coded(before: Columns | None, added: Mapping[str, Any]) -> tuple[dict[str, Numbers], dict[str, tuple[str, ...]]]:
    coded, words = {}, {}
    for name in FACETS:
        coder = _Coder() if before is None else _Coder({word: n for n, word in enumerate(before.words[name])})
        new = np.fromiter((coder[word] for word in added[name]), np.int32, len(added[name]))
        coded[name] = new if before is None else np.concatenate([before.coded[name], new])
        words[name] = tuple(coder)
    return coded, words


def _outdated(connection: Connection) -> Numbers:
    asked = select(_R.number).where(_R.current.is_(False))
    return np.array([row.number for row in connection.execute(asked)], np.int64)


def _order(base: Mapping[str, Any], before: Columns | None) -> Numbers:
    """Rows by day of publication and id, both falling; rows that are new are put where they belong among the old."""
    published, ids = base["published"], base["ids"]
    old = 0 if before is None else len(before.order)
    new = np.lexsort((ids[old:], published[old:]))[::-1].astype(np.int32) + np.int32(old)
    if before is None or not old:
        return new
    falling = -published[before.order]
    spots = []
    for row in new.tolist():
        low = int(np.searchsorted(falling, -published[row], side="left"))
        high = int(np.searchsorted(falling, -published[row], side="right"))
        while low < high:
            middle = (low + high) // 2
            if ids[before.order[middle]] < ids[row]:
                high = middle
            else:
                low = middle + 1
        spots.append(low)
    return np.insert(before.order, spots, new)


def _places(connection: Connection, number: int, numbers: Numbers, before: Places | None) -> Places:
    asked = (
        select(_P.geonameid, _P.claim, _P.name, _P.lat, _P.lon)
        .where(_P.claim > number, _P.geonameid.is_not(None))
        .order_by(_P.number)
    )
    spellings = _Coder() if before is None else _Coder({one: n for n, one in enumerate(before.spelt)})
    ids, claims, spelt = list[Any](), list[Any](), list[int]()
    for some in plain(connection, asked):
        ids += [row[0] for row in some]
        claims += [row[1] for row in some]
        spelt += [spellings[row[2], row[3], row[4]] for row in some]
    place = np.array(ids, np.int64)
    row = np.searchsorted(numbers, np.array(claims, np.int64)).astype(np.int32)
    spelling = np.array(spelt, np.int32)
    if before is not None:
        place = np.concatenate([np.repeat(before.geonameids, np.diff(before.starts)), place])
        row, spelling = np.concatenate([before.claims, row]), np.concatenate([before.spellings, spelling])
    by_place = np.lexsort((row, place))
    place, row, spelling = place[by_place], row[by_place], spelling[by_place]
    geonameids, starts = np.unique(place, return_index=True)
    first = np.ones(len(place), bool)
    first[1:] = (place[1:] != place[:-1]) | (row[1:] != row[:-1])
    return Places(
        geonameids=geonameids,
        starts=np.append(starts, len(place)),
        claims=row,
        first=first,
        spellings=spelling,
        spelt=tuple(spellings),
    )
