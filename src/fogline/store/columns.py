"""Claims as columns of numbers, held in memory by a server: any page, count or place is found without reading the rest.

A database finds a page quickly where one index gives it, and slowly where filters meet that seldom meet in a claim, or
where all has to be counted. Here every filter is one comparison of whole columns, and the order of pages is kept sorted;
only the rows that are shown are then read. About 90 bytes a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fogline.model import Asked, Mark, PlaceClaims
from fogline.ports import MOST_COUNTED

Numbers = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

FACETS = ("kind", "side", "speaker", "outlet", "certainty")
NO_DAY = 0
"""The ordinal that stands for no day; real days begin at 1."""
_BLOCK = 8192
"""So many claims are looked through at once, in the order of pages, until a page is full."""
_FEW = 16
"""A choice of less than one claim in so many is sorted by itself; a larger one is looked through in order."""


@dataclass(frozen=True, slots=True)
class Places:
    """Which claims speak of which place of the gazetteer: one entry a claim and spelling, by GeoNames id."""

    geonameids: Numbers
    """Each place once, ascending."""
    starts: Numbers
    """Where each place's entries begin, and at last how many there are."""
    claims: Numbers
    """The claim's place in the columns."""
    first: Bools
    """Whether it is the claim's first entry for that place: a claim is counted once."""
    spellings: Numbers
    """The number of the spelling: name and point."""
    spelt: tuple[tuple[str, float | None, float | None], ...]

    def of(self, geonameid: int) -> Numbers:
        """The claims that speak of a place, in no order; none twice."""
        at = int(np.searchsorted(self.geonameids, geonameid))
        if at == len(self.geonameids) or self.geonameids[at] != geonameid:
            return self.claims[:0]
        own = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.claims[own][self.first[own]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as they stood at one revision; row ``n`` of each is one claim, by the ledger's own numbers."""

    count: int
    """The ledger's count of writings at which they were read."""
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
    places: Places

    def page(
        self, asked: Asked, among: Numbers | None, after: Mark | None, limit: int
    ) -> tuple[list[int], Mark | None]:
        """The rows' numbers, at most ``limit``, and where the next page goes on; ``among`` are rows that may be chosen."""
        found: list[int] = []
        for rows in self._through(among, 0 if after is None else self._behind(after)):
            kept = rows[self._wanted(rows, asked)]
            found += kept[: limit + 1 - len(found)].tolist()
            if len(found) > limit:
                last = found[limit - 1]
                return self.numbers[found[:limit]].tolist(), self._mark(last)
        return self.numbers[found].tolist(), None

    def counts(self, asked: Asked, among: Numbers | None) -> dict[str, dict[str, int]]:
        """See ``ports.PagesClaims.counts``."""
        kept = self.rows(asked, among)
        return {name: self._counted(name, kept) for name in FACETS}

    def rows(self, asked: Asked, among: Numbers | None) -> Numbers | slice:
        """The rows that are asked for, in no order."""
        wanted = self._wanted(slice(None) if among is None else among, asked)
        if among is not None:
            return among[wanted]
        return slice(None) if wanted.all() else np.flatnonzero(wanted)

    def counted_places(self, known_by: date | None) -> tuple[PlaceClaims, ...]:
        """See ``ports.PagesClaims.places``."""
        own = self.places
        entries = self._known(own.claims, known_by) & self.current[own.claims]
        each: Any = np.add.reduceat((entries & own.first).astype(np.int64), own.starts[:-1]) if len(own.claims) else []
        spelt: dict[int, list[tuple[str, float | None, float | None]]] = {}
        of = np.searchsorted(own.starts, np.flatnonzero(entries), side="right") - 1
        pairs = np.unique(np.stack([of, own.spellings[entries]]), axis=1) if len(of) else np.empty((2, 0), np.int64)
        for at, spelling in pairs.T.tolist():
            spelt.setdefault(at, []).append(own.spelt[spelling])
        return tuple(
            PlaceClaims(
                geonameid=int(own.geonameids[at]),
                name=min(name for name, _, _ in spelt[at]),
                lat=min((lat for _, lat, _ in spelt[at] if lat is not None), default=None),
                lon=min((lon for _, _, lon in spelt[at] if lon is not None), default=None),
                claims=int(many),
            )
            for at, many in enumerate(each)
            if many
        )

    def latest(self, rows: Numbers) -> Numbers:
        """The rows by the day they speak of and then by id, the latest first; those of no known day last."""
        return rows[np.lexsort((self.ids[rows], self.day[rows]))[::-1]]

    def at(self, numbers: Numbers) -> Numbers:
        """The rows of claims by the ledger's numbers."""
        return np.searchsorted(self.numbers, numbers)

    def by_id(self) -> Numbers:
        """The rows in the order of their ids."""
        return np.argsort(self.ids, kind="stable")

    def _through(self, among: Numbers | None, first: int) -> Iterator[Numbers]:
        if among is None:
            order = self.order
        elif len(among) * _FEW < len(self.order):
            ranks = np.sort(self.rank[among])
            order, first = self.order[ranks], int(np.searchsorted(ranks, first))
        else:
            chosen = np.zeros(len(self.order), dtype=bool)
            chosen[among] = True
            for rows in self._through(None, first):
                yield rows[chosen[rows]]
            return
        for begin in range(first, len(order), _BLOCK):
            yield order[begin : begin + _BLOCK]

    def _behind(self, after: Mark) -> int:
        """Where in ``order`` the rows behind a mark begin."""
        day = after.published.toordinal() if after.published else NO_DAY
        falling = -self.published[self.order]
        low = int(np.searchsorted(falling, -day, side="left"))
        high = int(np.searchsorted(falling, -day, side="right"))
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
        return Mark(date.fromordinal(day) if day else None, self.ids[row].decode())

    def _wanted(self, rows: Numbers | slice, asked: Asked) -> Bools:
        """Which of the rows are asked for; place, words and document are chosen before."""
        kept = [self.current[rows], self._known(rows, asked.known_by)]
        for name in FACETS:
            word = getattr(asked, name)
            if word:
                kept.append(self.coded[name][rows] == self._code(name, str(word)))
        if asked.since is not None or asked.until is not None:
            kept.append(self.timed[rows])
        if asked.since is not None:
            end = self.end[rows]
            kept.append((end == NO_DAY) | (end >= asked.since.toordinal()))
        if asked.until is not None:
            kept.append(self.start[rows] <= asked.until.toordinal())
        return reduce(np.logical_and, kept)

    def _known(self, rows: Numbers | slice, day: date | None) -> Any:
        if day is None:
            return np.True_
        published = self.published[rows]
        return (published != NO_DAY) & (published <= day.toordinal())

    def _code(self, name: str, word: str) -> int:
        try:
            return self.words[name].index(word)
        except ValueError:
            return -1

    def _counted(self, name: str, kept: Numbers | slice) -> dict[str, int]:
        words = self.words[name]
        many = np.bincount(self.coded[name][kept], minlength=len(words))
        most = np.argsort(-many, kind="stable")
        least = many[most[min(MOST_COUNTED, len(most) - 1)]] if len(most) else 0
        ranked = sorted((-int(many[n]), words[n]) for n in np.flatnonzero((many > 0) & (many >= least)) if words[n])
        return {word: -n for n, word in ranked[:MOST_COUNTED]}
