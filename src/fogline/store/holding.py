"""Reading a ledger's claims into columns, and reading only what is new into columns that are held already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, literal_column, select

from fogline.ports import Progress
from fogline.store import revising, schema
from fogline.store.columns import FACETS, Columns
from fogline.store.indexes import Numbers, Places, Standing, key, spot
from fogline.store.ranked import NO_DAY, ranked

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


def held(connection: Connection, before: Columns | None, progress: Progress | None = None) -> Columns:
    """The columns as they stand for this connection's transaction; what ``before`` has is not read again."""
    count = revising.count(connection)
    if before is not None and before.count == count:
        return before
    number = int(before.numbers[-1]) if before is not None and len(before.numbers) else 0
    known = {} if before is None else {name: {w: n for n, w in enumerate(before.words[name])} for name in FACETS}
    last = connection.execute(select(func.max(_C.number))).scalar() or 0
    outdated = _outdated(connection)
    if before is not None and last == number and len(outdated) == before.outdated:
        return replace(before, count=count)  # no more was written than what people decided, or what was concluded
    added, words = _claims(connection, number, known, lambda done: progress and progress("claims", done, last))
    base = added if before is None else _joined(before, added)
    current = np.isin(base["readings"], outdated, invert=True)
    sorter = _sorter(base["ids"], before)
    keys = key(base["ids"])
    keyed = np.argsort(keys, kind="stable").astype(np.int32)
    order = _order(base, before, sorter)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    ahead = order[current[order]]
    coded = {name: base[name] for name in FACETS}
    return Columns(
        count=count,
        outdated=len(outdated),
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
        falling=-base["published"][order],
        standing={name: _standing(own[ahead], rank[ahead], len(order)) for name, own in coded.items()},
        by_rank=ranked(
            current[order],
            {name: own[order] for name, own in coded.items()},
            words,
            *(base[name][order] for name in ("published", "start", "end", "timed")),
        ),
        sorter=sorter,
        keys=keys[keyed],
        keyed=keyed,
        places=_places(connection, number, base["numbers"], None if before is None else before.places),
    )


def _claims(
    connection: Connection, number: int, known: Mapping[str, Mapping[str, int]], told: Callable[[int], object]
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The columns of claims numbered behind ``number``, and the words of the facets, those ``known`` first."""
    asked = (
        select(_C.number, _C.id, _C.reading, _C.published, _C.when_start, _C.when_end, *(_C[name] for name in FACETS))
        .where(_C.number > number)
        .order_by(_C.number)
    )
    days, coders, parts = _Days(), {name: _Coder(known.get(name, {})) for name in FACETS}, [_batch((), _Days(), {})]
    for some in plain(connection, asked, many=True):
        parts.append(_batch(some, days, coders))
        told(some[-1][0])
    made = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    untimed = (
        select(_C.number, _D.published_start, _D.published_end)
        .join(schema.documents, _D.id == _C.document_id)
        .where(_C.number > number, _C.when_start.is_(None), _C.when_end.is_(None))
    )
    for some in plain(connection, untimed, many=True):
        rows = np.searchsorted(made["numbers"], [one[0] for one in some])
        made["start"][rows] = [days[one[1]] for one in some]
        made["end"][rows] = [days[one[2]] for one in some]
    made["timed"] = (made["start"] != NO_DAY) | (made["end"] != NO_DAY)
    return made, {name: tuple(coder) for name, coder in coders.items()}


def _batch(some: Sequence[Any], days: _Days, coders: Mapping[str, _Coder]) -> dict[str, Any]:
    """Rows as columns: numbers take a tenth of the room of what the database gives."""
    many = len(some)
    columns = list(zip(*some, strict=True)) if some else [()] * (6 + len(FACETS))
    published, first, last = (np.fromiter((days[one] for one in columns[n]), np.int32, many) for n in (3, 4, 5))
    coded = {
        name: np.fromiter((coders[name][word] for word in columns[6 + n]), np.int32, many)
        for n, name in enumerate(FACETS)
    }
    return {
        "numbers": np.array(columns[0], np.int64),
        "ids": np.array([name.encode() for name in columns[1]] or [b""], "S")[:many],
        "readings": np.array(columns[2], np.int64),
        "published": published,
        "start": first,
        "end": last,
        "day": np.where(last != NO_DAY, last, first),
        **coded,
    }


def plain(connection: Connection, asked: Any, many: bool = False) -> Iterator[Sequence[Any]]:
    """The rows as the driver gives them: a million dates are made into numbers faster than into dates.

    ``many`` is for rows that are better taken from the server as they are asked for: its driver would else hold all of them.
    """
    told = str(asked.compile(connection, compile_kwargs={"literal_binds": True}))
    if many and connection.dialect.supports_server_side_cursors:
        yield from connection.exec_driver_sql(told, execution_options={"yield_per": _AT_ONCE}).partitions()
        return
    found = connection.exec_driver_sql(told)
    while some := found.cursor.fetchmany(_AT_ONCE):
        yield some
    found.close()


def numbers(connection: Connection, asked: Select[Any]) -> Numbers:
    """The numbers that a question of one column finds.

    As one value: a row each would take the driver longer than the database takes to find them.
    """
    found = asked.subquery()
    if connection.dialect.name != "postgresql":
        told = connection.execute(select(func.group_concat(found.c[0]))).scalar()
        return np.fromstring(told, np.int64, sep=",") if told else np.zeros(0, np.int64)
    one = func.string_agg(func.int8send(found.c[0]), literal_column("''::bytea"))
    return np.frombuffer(connection.execute(select(one)).scalar() or b"", ">i8").astype(np.int64)


def _joined(before: Columns, added: Mapping[str, Any]) -> dict[str, Any]:
    names = ("numbers", "readings", "ids", "published", "start", "end", "timed", "day")
    plain_ones = {name: np.concatenate([getattr(before, name), added[name]]) for name in names}
    return plain_ones | {name: np.concatenate([before.coded[name], added[name]]) for name in FACETS}


def _outdated(connection: Connection) -> Numbers:
    asked = select(_R.number).where(_R.current.is_(False))
    return np.array([row.number for row in connection.execute(asked)], np.int64)


def _sorter(ids: NDArray[np.bytes_], before: Columns | None) -> Numbers:
    """Rows by id."""
    old = 0 if before is None else len(before.sorter)
    new = np.argsort(ids[old:], kind="stable").astype(np.int32) + np.int32(old)
    if before is None or not old:
        return new
    return np.insert(before.sorter, np.searchsorted(ids[:old], ids[new], sorter=before.sorter), new)


def _order(base: Mapping[str, Any], before: Columns | None, sorter: Numbers) -> Numbers:
    """Rows by day of publication and id, both falling; rows that are new are put where they belong among the old."""
    published, ids = base["published"], base["ids"]
    if before is None or not len(before.order):
        return sorter[np.argsort(published[sorter], kind="stable")][::-1].copy()
    old = len(before.order)
    new = np.lexsort((ids[old:], published[old:]))[::-1].astype(np.int32) + np.int32(old)
    falling = -published[before.order]
    spots = [_spot(before, falling, int(published[row]), ids[row]) for row in new.tolist()]
    return np.insert(before.order, spots, new)


def _standing(codes: Numbers, ranks: Numbers, every: int) -> Standing:
    """Where words stand, from the code and the rank of each current claim."""
    return Standing(np.sort(codes.astype(np.int64) * every + ranks), every)


def _spot(before: Columns, falling: Numbers, day: int, name: bytes) -> int:
    low, high = spot(falling, -day)
    while low < high:
        middle = (low + high) // 2
        if before.ids[before.order[middle]] < name:
            high = middle
        else:
            low = middle + 1
    return low


def _places(connection: Connection, number: int, numbers: Numbers, before: Places | None) -> Places:
    asked = (
        select(_P.geonameid, _P.claim, _P.name, _P.lat, _P.lon, _P.text).where(_P.claim > number).order_by(_P.number)
    )
    spellings = _Coder() if before is None else _Coder({one: n for n, one in enumerate(before.spelt)})
    words = _Coder() if before is None else _Coder(before.words)
    parts = [_pointing((), numbers, spellings, words)]
    for some in plain(connection, asked, many=True):
        parts.append(_pointing(some, numbers, spellings, words))
    place, row, spelling, worded, wording = (np.concatenate(each) for each in zip(*parts, strict=True))
    if before is not None:
        place = np.concatenate([np.repeat(before.geonameids, np.diff(before.starts)), place])
        row, spelling = np.concatenate([before.claims, row]), np.concatenate([before.spellings, spelling])
        worded, wording = np.concatenate([before.worded, worded]), np.concatenate([before.wording, wording])
    by_word = np.argsort(worded, kind="stable")
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
        words=dict(words),
        worded=worded[by_word],
        wording=wording[by_word],
    )


def _pointing(some: Sequence[Any], numbers: Numbers, spellings: _Coder, words: _Coder) -> tuple[Numbers, ...]:
    """Of rows of ``claim_places``: place, claim and spelling of those in the gazetteer; word and claim of all, name and wording."""
    rows = np.searchsorted(numbers, np.array([one[1] for one in some], np.int64)).astype(np.int32)
    known = np.array([one[0] is not None for one in some], bool)
    own = [one for one in some if one[0] is not None]
    named = [words[one[2]] for one in some]
    worded = [(words[one[5]], row) for one, row in zip(some, rows.tolist(), strict=True) if one[5] != one[2]]
    return (
        np.array([one[0] for one in own], np.int64),
        rows[known],
        np.array([spellings[one[:1] + one[2:5]] for one in own], np.int32),
        np.array(named + [word for word, _ in worded], np.int32),
        np.concatenate([rows, np.array([row for _, row in worded], np.int32)]),
    )
