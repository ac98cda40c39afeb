"""Claims as columns of numbers, held in memory by a server: any page, count or place is found without reading the rest.

A database finds a page quickly where one index gives it, and slowly where filters meet that seldom meet in a claim, or
where all has to be counted. Here every filter is one comparison of whole columns, and the order of pages is kept sorted;
only the rows that are shown are then read. About 110 bytes a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from fogline.model import MOST_COUNTED, Asked, Mark, PlaceClaims
from fogline.store.asking import nested
from fogline.store.indexes import Bools, Numbers, Places, Standing, key, spot
from fogline.store.ranked import NO_DAY, Block, Chosen, Filters, Ranked

FACETS = ("kind", "side", "speaker", "outlet", "certainty")
_FIRST_BLOCK, _BLOCK = 256, 16_384
"""So many claims are looked through at once, in the order of pages, until a page is full: twice as many each time."""
_READ_FIRST = 64
"""The same where texts have to be read to know: a common word is in one of a few."""
_FEW = 16
"""A choice of less than one claim in so many is sorted by itself; a larger one is looked through in order."""


class Ids(Sequence[str]):
    """The ids of some rows, made out when they are looked at: of thousands an answer looks at a few."""

    def __init__(self, columns: Columns, rows: Numbers) -> None:
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._columns.names(self._rows[at]) if isinstance(at, slice) else self._columns.name(int(self._rows[at]))

    def __iter__(self) -> Iterator[str]:
        for begin in range(0, len(self._rows), _FIRST_BLOCK):
            yield from self[begin : begin + _FIRST_BLOCK]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as they stood at one revision; row ``n`` of each is one claim, by the ledger's own numbers."""

    count: int
    """The ledger's count of writings at which they were read."""
    outdated: int
    """How many readings were outdated then: one never becomes current again."""
    numbers: Numbers
    readings: Numbers
    ids: NDArray[np.bytes_]
    current: Bools
    published: Numbers
    start: Numbers
    """First day spoken of, or else published; ``NO_DAY`` where it is open."""
    end: Numbers
    timed: Bools
    """Whether there is any such day."""
    day: Numbers
    """The last day spoken of, or else the first."""
    coded: Mapping[str, Numbers]
    words: Mapping[str, tuple[str, ...]]
    order: Numbers
    """Rows in the order of pages: by day of publication, the latest first and those without one last, then by id."""
    rank: Numbers
    """Where each row stands in ``order``."""
    falling: Numbers
    """Less the day of publication of each row in ``order``, so that it rises."""
    standing: Mapping[str, Standing]
    """For each facet where the current claims that have each word stand in ``order``."""
    by_rank: Ranked
    """What claims are looked through and counted by."""
    sorter: Numbers
    """Rows by id."""
    keys: NDArray[np.uint64]
    """``key`` of each id, rising: numbers are looked up many times faster than words."""
    keyed: Numbers
    """The row of each of these."""
    places: Places

    def page(
        self,
        asked: Asked,
        among: Numbers | None,
        after: Mark | None,
        limit: int,
        having: Callable[[Numbers], Numbers] | None = None,
    ) -> tuple[list[int], Mark | None]:
        """The rows of a page, at most ``limit``, and where the next page goes on.

        ``among`` are rows that may be chosen; ``having`` keeps of some rows those that have what columns do not tell.
        """
        found: list[int] = []
        filters, (first, behind) = self._filters(asked), self._out(asked.known_by)
        first = first if after is None else max(first, self._behind(after))
        size = _FIRST_BLOCK if having is None else _READ_FIRST
        for ranks in self._through(self.ranked(asked, among), first, behind, size):
            kept = self.order[ranks][self.by_rank.wanted(ranks, filters)]
            if having is not None:
                kept = having(kept)
            found += kept[: limit + 1 - len(found)].tolist()
            if len(found) > limit:
                last = found[limit - 1]
                return found[:limit], self._mark(last)
        return found, None

    def counts(self, asked: Asked, among: Numbers | None) -> dict[str, dict[str, int]]:
        """See ``ports.PagesClaims.counts``."""
        found = self.by_rank.facets(self._chosen(asked, among))
        return {name: self._most(name, found[name]) for name in FACETS}

    def months(self, asked: Asked, among: Numbers | None) -> dict[str, dict[str, int]]:
        """See ``ports.PagesClaims.months``."""
        sides = self.words["side"]
        found = self.by_rank.by_month(self._chosen(asked, among))
        return nested((month, sides[side], many) for month, side, many in found)

    def _chosen(self, asked: Asked, among: Numbers | None) -> Chosen:
        filters, (low, high) = self._filters(asked), self._out(asked.known_by)
        ranks = self.ranked(asked, among)
        if among is None and ranks is not None and filters.many == 1:
            filters = Filters({}, None, None)  # these ranks are those that meet it
        return self.by_rank.choose(filters, low, high, ranks)

    def _filters(self, asked: Asked) -> Filters:
        codes = {name: self.code(name, str(getattr(asked, name))) for name in FACETS if getattr(asked, name)}
        since, until = (day.toordinal() if day else None for day in (asked.since, asked.until))
        return Filters(codes, since, until)

    def counted_places(self, known_by: date | None) -> tuple[PlaceClaims, ...]:
        """See ``ports.PagesClaims.places``."""
        own = self.places
        entries = self.known(own.claims, known_by) & self.current[own.claims]
        each: Any = np.add.reduceat((entries & own.first).astype(np.int64), own.starts[:-1]) if len(own.claims) else []
        spelt: dict[int, list[tuple[str, float | None, float | None]]] = {}
        for number in np.flatnonzero(np.bincount(own.spellings[entries], minlength=len(own.spelt))).tolist():
            geonameid, name, lat, lon = own.spelt[number]
            spelt.setdefault(geonameid, []).append((name, lat, lon))
        return tuple(
            PlaceClaims(
                geonameid=geonameid,
                name=min(name for name, _, _ in spelt[geonameid]),
                lat=min((lat for _, lat, _ in spelt[geonameid] if lat is not None), default=None),
                lon=min((lon for _, _, lon in spelt[geonameid] if lon is not None), default=None),
                claims=many,
            )
            for geonameid, many in zip(own.geonameids.tolist(), np.asarray(each).tolist(), strict=True)
            if many
        )

    def at(self, numbers: Numbers) -> Numbers:
        """The rows of claims by the ledger's numbers."""
        return np.searchsorted(self.numbers, numbers)

    def latest(self, kind: str, known_by: date | None, geonameid: int | None) -> dict[tuple[int, str], Ids]:
        """By place and side the ids of claims of a kind, by the day they speak of and then by id, the latest first."""
        own = self.places
        span = slice(None) if geonameid is None else own.span(geonameid)
        rows = own.claims[span]
        kept = own.first[span] & self.current[rows] & (self.coded["kind"][rows] == self.code("kind", kind))
        kept &= self.known(rows, known_by)
        rows = rows[kept]
        place = (
            np.repeat(own.geonameids, np.diff(own.starts))[kept] if geonameid is None else np.full(len(rows), geonameid)
        )
        side = self.coded["side"][rows]
        falling = np.lexsort((self._id_ranks(rows), self.day[rows], side, place))[::-1]
        rows, place, side = rows[falling], place[falling], side[falling]
        begins = np.flatnonzero(
            np.concatenate([[True], (place[1:] != place[:-1]) | (side[1:] != side[:-1])])[: len(rows)]
        )
        ends = [*begins[1:].tolist(), len(rows)]
        return {
            (int(place[a]), self.words["side"][side[a]]): Ids(self, rows[a:b])
            for a, b in zip(begins.tolist(), ends, strict=False)
        }

    def _id_ranks(self, rows: Numbers) -> Any:
        """What sorts rows by id: their ids where they are few, else where these stand among all."""
        if len(rows) * _FEW < len(self.ids):
            return self.ids[rows]
        ranks = np.empty(len(self.sorter), np.int32)
        ranks[self.sorter] = np.arange(len(self.sorter), dtype=np.int32)
        return ranks[rows]

    def rows_of(self, ids: Sequence[str]) -> Numbers:
        """The row of each claim, the current one where several have that id; -1 where there is none."""
        rows = np.full(len(ids), -1, np.int64)
        if not len(self.ids) or not ids:
            return rows
        wanted = np.array([name.encode() for name in ids])
        keys = key(wanted)
        low, high = (np.searchsorted(self.keys, keys, side=side) for side in ("left", "right"))
        sole = high - low == 1
        one = self.keyed[low[sole]]
        rows[sole] = np.where(self.ids[one] == wanted[sole], one, -1)
        for n in np.flatnonzero(high - low > 1).tolist():
            alike = [row for row in self.keyed[low[n] : high[n]].tolist() if self.ids[row] == wanted[n]]
            rows[n] = next((row for row in alike if self.current[row]), alike[0] if alike else -1)
        return rows

    def renewed(self, rows: Numbers) -> Numbers:
        """The rows by now of the claims that had these: a claim that was read again is another row."""
        old = np.flatnonzero((rows >= 0) & ~self.current[rows])
        found = rows.copy()
        found[old] = self.rows_of(self.names(rows[old]))
        return found

    def named(self, ids: Iterable[str]) -> Numbers:
        """The rows of those of the claims that are current."""
        rows = self.rows_of(list(ids))
        rows = rows[rows >= 0]
        return rows[self.current[rows]]

    def name(self, row: int) -> str:
        """The id of a row's claim."""
        return str(self.ids[row].decode())

    def names(self, rows: Numbers) -> list[str]:
        """The ids of rows' claims."""
        return [name.decode() for name in self.ids[rows].tolist()]

    def ranked(self, asked: Asked, among: Numbers | None) -> Numbers | None:
        """Where the claims stand among which all that are asked for are, rising; ``None`` for all.

        With no rows to choose among and one word asked for, these are the claims that have it.
        """
        fewest = self._fewest(asked)
        if among is None:
            return fewest
        if fewest is not None and len(fewest) < len(among):
            chosen = np.zeros(len(self.order), bool)
            chosen[self.rank[among]] = True
            return fewest[chosen[fewest]]
        if len(among) * _FEW < len(self.order):
            return np.sort(self.rank[among])
        chosen = np.zeros(len(self.order), bool)
        chosen[self.rank[among]] = True
        return np.flatnonzero(chosen)

    def _fewest(self, asked: Asked) -> Numbers | None:
        """Where the claims stand that have the rarest of the words asked for; ``None`` where most claims have it."""
        words = [(name, str(getattr(asked, name))) for name in FACETS if getattr(asked, name)]
        some = [(self.standing[name], self.code(name, word)) for name, word in words]
        standing, code = min(some, key=lambda one: one[0].many(one[1]), default=(None, -1))
        if standing is None or 2 * standing.many(code) > len(self.order):
            return None
        return standing.of(code)

    def _through(self, ranks: Numbers | None, first: int, behind: int, size: int) -> Iterator[Block]:
        """Ranks from one on and before another, in blocks that grow."""
        begin, end = (first, behind) if ranks is None else np.searchsorted(ranks, [first, behind]).tolist()
        while begin < end:
            block = slice(begin, min(begin + size, end))
            yield block if ranks is None else ranks[block]
            begin, size = begin + size, min(2 * size, _BLOCK)

    def _out(self, day: date | None) -> tuple[int, int]:
        """The first rank of what had been published by a day, and the first behind it; all of it without a day."""
        if day is None:
            return 0, len(self.order)
        return self._falls(day.toordinal())[0], self._falls(NO_DAY)[0]

    def _falls(self, day: int) -> tuple[int, int]:
        """The first rank of a day of publication, and the first behind it."""
        return spot(self.falling, -day)

    def _behind(self, after: Mark) -> int:
        """Where in ``order`` the rows behind a mark begin."""
        day = after.published.toordinal() if after.published else NO_DAY
        low, high = self._falls(day)
        name = after.claim.encode()
        while low < high:
            middle = (low + high) // 2
            if self.ids[self.order[middle]] < name:
                high = middle
            else:
                low = middle + 1
        return low

    def _mark(self, row: int) -> Mark:
        day = int(self.published[row])
        return Mark(date.fromordinal(day) if day else None, self.name(row))

    def meets(self, rows: Numbers | slice, asked: Asked) -> Bools:
        """Which of the rows are asked for; place, words and document are chosen before."""
        kept = [self.current[rows], self.known(rows, asked.known_by)]
        for name in FACETS:
            word = getattr(asked, name)
            if word:
                kept.append(self.coded[name][rows] == self.code(name, str(word)))
        if asked.since is not None or asked.until is not None:
            kept.append(self.timed[rows])
        if asked.since is not None:
            end = self.end[rows]
            kept.append((end == NO_DAY) | (end >= asked.since.toordinal()))
        if asked.until is not None:
            kept.append(self.start[rows] <= asked.until.toordinal())
        return reduce(np.logical_and, kept)

    def has(self, facet: str, word: str, rows: Numbers) -> Bools:
        """Which of the rows have a word in a facet."""
        found: Bools = self.coded[facet][rows] == self.code(facet, word)
        return found

    def known(self, rows: Numbers | slice, day: date | None) -> Any:
        """Which of the rows had been published by a day."""
        if day is None:
            return np.True_
        published = self.published[rows]
        return (published != NO_DAY) & (published <= day.toordinal())

    def code(self, name: str, word: str) -> int:
        """The number of a word in a facet; -1 where no claim has it."""
        try:
            return self.words[name].index(word)
        except ValueError:
            return -1

    def _most(self, name: str, many: Any) -> dict[str, int]:
        """The words that most claims have, with how many."""
        words = self.words[name]
        most = np.argsort(-many, kind="stable")
        least = many[most[min(MOST_COUNTED, len(most) - 1)]] if len(most) else 0
        ranked = sorted((-int(many[n]), words[n]) for n in np.flatnonzero((many > 0) & (many >= least)) if words[n])
        return {word: -n for n, word in ranked[:MOST_COUNTED]}
