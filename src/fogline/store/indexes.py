"""What columns are found by: which claims speak of a place, and where those that have a word stand in the order of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]


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
    """The number of the spelling: the place by a name and a point."""
    spelt: tuple[tuple[int, str, float | None, float | None], ...]
    words: Mapping[str, int]
    """The number of each name of a place and of each wording of it, also of places that the gazetteer does not have."""
    worded: Numbers
    """The number of a word for each time that a claim has it, rising."""
    wording: Numbers
    """The claim that has it."""

    def of(self, geonameid: int) -> Numbers:
        """The claims that speak of a place, in no order; none twice."""
        own = self.span(geonameid)
        return self.claims[own][self.first[own]]

    def called(self, word: str) -> Numbers:
        """The claims that have a place of that name or wording, each once."""
        low, high = spot(self.worded, self.words.get(word, -1))
        return np.unique(self.wording[low:high])

    def span(self, geonameid: int) -> slice:
        """Where the entries of a place are."""
        at = int(np.searchsorted(self.geonameids, geonameid))
        if at == len(self.geonameids) or self.geonameids[at] != geonameid:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def spelt_of(self, geonameid: int) -> list[tuple[str, Numbers]]:
        """The names that claims have for a place, each with its claims."""
        own = self.span(geonameid)
        found: dict[str, list[Numbers]] = {}
        for spelling in np.unique(self.spellings[own]).tolist():
            rows = self.claims[own][self.spellings[own] == spelling]
            found.setdefault(self.spelt[spelling][1], []).append(rows)
        return [(name, np.concatenate(rows)) for name, rows in found.items()]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What belongs to each claim: one entry for each, by the claim's row and then by what belongs to it."""

    rows: Numbers
    entries: Numbers

    def of(self, row: int) -> Numbers:
        """What belongs to a claim, rising."""
        low, high = spot(self.rows, row)
        return self.entries[low:high]

    def of_all(self, rows: Numbers) -> Numbers:
        """What belongs to any of these claims, rising and each once."""
        rows = np.unique(rows).astype(self.rows.dtype)
        low, high = (np.searchsorted(self.rows, rows, side=side) for side in ("left", "right"))
        return np.unique(self.entries[spread(low, high - low)])


def spot(rising: Numbers, number: int) -> tuple[int, int]:
    """Where a number begins and ends among rising ones. It is made of their kind: else NumPy makes all of them of its kind first."""
    one = rising.dtype.type(number)
    return int(np.searchsorted(rising, one, side="left")), int(np.searchsorted(rising, one, side="right"))


def paired(rows: Numbers, entries: Numbers) -> Pairs:
    """The entries by the rows they belong to."""
    order = np.lexsort((entries, rows))
    return Pairs(rows[order], entries[order])


def spread(begins: Numbers, lengths: Numbers) -> Numbers:
    """The numbers from each of these on, so many of each.

    >>> spread(np.array([5, 9]), np.array([3, 2])).tolist()
    [5, 6, 7, 9, 10]
    """
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + lengths, lengths)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the claims that have each word of a facet stand in the order of pages."""

    entries: NDArray[np.int64]
    """For each word and claim that has it: the word's number times how many ranks there are, and the claim's rank; rising."""
    ranks: int

    def of(self, code: int) -> Numbers:
        """The ranks of the claims that have a word, rising; none for no word."""
        return self.entries[self._span(code)] - code * self.ranks

    def many(self, code: int) -> int:
        """How many claims have a word."""
        own = self._span(code)
        return int(own.stop - own.start)

    def _span(self, code: int) -> slice:
        if code < 0:
            return slice(0, 0)
        return slice(*np.searchsorted(self.entries, [code * self.ranks, (code + 1) * self.ranks]).tolist())


def key(ids: NDArray[np.bytes_]) -> NDArray[np.uint64]:
    """A number for each id, the same for the same id: its last eight letters, which name a claim nearly alone."""
    wide = np.ascontiguousarray(ids).astype(f"S{max(ids.dtype.itemsize, 8)}")
    letters = wide.view(np.uint8).reshape(len(ids), wide.dtype.itemsize)
    ends = np.maximum(np.char.str_len(ids), 8)
    if (ends == letters.shape[1]).all():
        tails = np.ascontiguousarray(letters[:, -8:])
    else:
        tails = letters[np.arange(len(ids))[:, None], ends[:, None] - np.arange(8, 0, -1)]
    return np.ascontiguousarray(tails).view(np.uint64).reshape(-1)
