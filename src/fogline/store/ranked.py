"""Claims in the order of pages as narrow columns: to look through and to count them, memory is read from end to end.

About 16 bytes a claim, and at most as much again for the counts of what stands before each block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from fogline.store.indexes import Bools, Numbers

NO_DAY = 0
"""The ordinal that stands for no day; real days begin at 1."""
SHORT, LONG = ("kind", "side", "certainty"), ("speaker", "outlet")
"""Facets of few words, which are counted as one number, and those of many."""
_KIND, _MONTH = "kind, side and certainty", "month and side"
_BLOCK = 16_384
_NEVER = 2**31 - 1
_EPOCH = 719_163
"""The ordinal of 1970-01-01."""
Block = slice | Numbers


@dataclass(frozen=True, slots=True)
class Filters:
    """What claims have to have: a code for each facet that is asked for, -1 where no claim has the word; days as ordinals."""

    codes: Mapping[str, int]
    since: int | None
    until: int | None

    @property
    def many(self) -> int:
        """How many conditions there are."""
        return len(self.codes) + (self.since is not None) + (self.until is not None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Claims of the ranks from ``low`` on and before ``high``: those at ``ranks``, or with ``others`` all but those."""

    low: int
    high: int
    ranks: Numbers
    others: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of every claim, by rank, and how often each number stands before each block. A claim not counted has the last."""

    codes: Numbers
    width: int
    block: int
    before: NDArray[np.int32]

    @classmethod
    def of(cls, codes: Numbers, width: int, counts: Bools) -> Counted:
        """Of numbers below ``width``, of which those count that are said to."""
        narrow = np.where(counts, codes, width).astype(np.min_scalar_type(width))
        block = max(_BLOCK, width)
        each = [np.bincount(narrow[at : at + block], minlength=width + 1) for at in range(0, len(narrow), block)]
        return cls(narrow, width, block, np.cumsum([np.zeros(width + 1, np.int64), *each], axis=0).astype(np.int32))

    def among(self, chosen: Chosen) -> Numbers:
        """How many of the chosen have each number."""
        some = np.bincount(self.codes[chosen.ranks], minlength=self.width + 1)
        found = self._upto(chosen.high) - self._upto(chosen.low) - some if chosen.others else some
        return found[: self.width]

    def _upto(self, rank: int) -> Numbers:
        at = rank // self.block
        rest = np.bincount(self.codes[at * self.block : rank], minlength=self.width + 1)
        counted: Numbers = self.before[at] + rest
        return counted


@dataclass(frozen=True, slots=True)
class Ranked:
    """The columns, of current claims alone: one that is not meets no filter and is not counted."""

    shape: tuple[int, int, int]
    """How many words each short facet has."""
    counted: Mapping[str, Counted]
    months: Sequence[str]
    first: Numbers
    """The first day spoken of, or else published: ``NO_DAY`` where it is open, and no day at all behind every day."""
    last: Numbers
    """The last one, behind every day where it is open; no day at all is before every day."""

    def wanted(self, block: Block, filters: Filters) -> Bools:
        """Which claims of a block of ranks meet the filters."""
        kept = [self.counted[name].codes[block] == filters.codes[name] for name in LONG if name in filters.codes]
        if filters.since is not None:
            kept.append(self.last[block] >= filters.since)
        if filters.until is not None:
            kept.append(self.first[block] <= filters.until)
        if not kept or not filters.codes.keys().isdisjoint(SHORT):  # all other conditions leave out what is not current
            kept.append(self._meeting(filters)[self.counted[_KIND].codes[block]])
        return reduce(np.logical_and, kept)

    def choose(self, filters: Filters, low: int, high: int, ranks: Numbers | None) -> Chosen:
        """The claims that meet the filters: of some ranks, which rise, or of all from ``low`` on and before ``high``."""
        if ranks is not None:
            some = ranks[slice(*np.searchsorted(ranks, [low, high]))]
            return Chosen(low, high, some[self.wanted(some, filters)] if filters.many else some, False)
        if not filters.many:
            return Chosen(low, high, np.zeros(0, np.int64), True)
        wanted = self.wanted(slice(low, high), filters)
        others = 2 * int(np.count_nonzero(wanted)) > high - low
        return Chosen(low, high, low + np.flatnonzero(~wanted if others else wanted), others)

    def facets(self, chosen: Chosen) -> dict[str, Numbers]:
        """How many of the chosen have each word, facet by facet."""
        short = self.counted[_KIND].among(chosen).reshape(self.shape)
        axes = {name: tuple(other for other in range(len(SHORT)) if other != n) for n, name in enumerate(SHORT)}
        found = {name: short.sum(axis=own) for name, own in axes.items()}
        return found | {name: self.counted[name].among(chosen) for name in LONG}

    def by_month(self, chosen: Chosen) -> list[tuple[str, int, int]]:
        """Months of publication, codes of sides, and how many of the chosen these have."""
        many = self.counted[_MONTH].among(chosen)
        sides = self.shape[SHORT.index("side")]
        return [(self.months[n // sides], n % sides, int(many[n])) for n in np.flatnonzero(many).tolist()]

    def _meeting(self, filters: Filters) -> Bools:
        """For each number of short facets whether it meets the filters; that of claims which do not count does not."""
        table = np.zeros(self.counted[_KIND].width + 1, bool)
        if -1 not in filters.codes.values():
            there = tuple(filters.codes.get(name, slice(None)) for name in SHORT)
            table[:-1].reshape(self.shape)[there] = True
        return table


def ranked(
    current: Bools, coded: Mapping[str, Numbers], words: Mapping[str, Sequence[str]], published: Numbers,
    start: Numbers, end: Numbers, timed: Bools,
) -> Ranked:  # fmt: skip
    """The columns from those of all claims, each in the order of pages, in which days of publication fall."""
    kinds, sides, certainties = (len(words[name]) for name in SHORT)
    short = (coded["kind"].astype(np.int64) * sides + coded["side"]) * certainties + coded["certainty"]
    month, months = _months(published)
    by_month = month * sides + coded["side"]
    counted = {
        _KIND: Counted.of(short, kinds * sides * certainties, current),
        **{name: Counted.of(coded[name], len(words[name]), current) for name in LONG},
        _MONTH: Counted.of(by_month, len(months) * sides, current & (published != NO_DAY)),
    }
    known = timed & current
    return Ranked(
        shape=(kinds, sides, certainties),
        counted=counted,
        months=months,
        first=np.where(known, start, _NEVER).astype(np.int32),
        last=np.where(known, np.where(end == NO_DAY, _NEVER, end), -1).astype(np.int32),
    )


def _months(published: Numbers) -> tuple[Numbers, Sequence[str]]:
    """The number of each claim's month of publication, of the months that there are; days fall from claim to claim."""
    turns = np.flatnonzero(np.diff(published, prepend=-1))
    days = (published[turns].astype(np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    months, which = np.unique(days, return_inverse=True)
    spans = np.diff(np.append(turns, len(published)))
    return np.repeat(which, spans), [str(month) for month in months]
