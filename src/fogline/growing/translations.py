"""Which documents of a ledger are put beside each other as translations, as far as new documents can change that."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from fogline.link.facets import in_order, said_day
from fogline.model import Document
from fogline.ports import KeepsGrounds, Translations

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
Pair = tuple[str, str]


class Translated:
    """What proposers say of the documents around some days, as it was and as it is; without proposers, nothing.

    ``new`` are documents that are not concluded yet, ``gone`` those that no longer count.
    """

    def __init__(
        self,
        ledger: KeepsGrounds,
        new: Mapping[str, Document],
        gone: Collection[str],
        proposers: Sequence[Translations],
    ) -> None:
        self._ledger, self._proposers = ledger, proposers
        self._new, self._gone = set(new), set(gone)
        self._read = dict(new)
        self._concluded: set[str] = set()
        self._days: dict[tuple[int, int], frozenset[str]] = {}

    def turned(self) -> set[str]:
        """The documents that are put beside others than before."""
        if not self._proposers:
            return set()
        self._take(self._gone)
        near = self._around(self._new | self._gone)
        beside = self._around(near)
        was, now = (self._proposed(near, beside & there) for there in (self._concluded, self._now))
        return {name for pair in was ^ now for name in pair}

    def pairs(self, names: Collection[str]) -> list[Pair]:
        """The pairs of which one is among these documents, in reading order."""
        if not self._proposers:
            return []
        self._take(set(names) - self._new)
        found = self._proposed(names, self._around(names) & self._now)
        return sorted(found, key=lambda pair: [in_order(self._read[name]) for name in pair])

    @property
    def _now(self) -> set[str]:
        return (self._concluded | self._new) - self._gone

    def _take(self, concluded: Collection[str]) -> None:
        self._concluded |= set(concluded)
        self._read |= self._ledger.whole(set(concluded) - self._read.keys())

    def _around(self, names: Collection[str]) -> set[str]:
        """These documents, and those that came out on the days that bear on what is proposed of them."""
        days = {said_day(self._read[name]) for name in names} - {None}
        spans = {one.around(day) for one in self._proposers for day in days if day is not None}
        return set(names).union(*(self._published(first, last) for first, last in spans))

    def _published(self, first: int, last: int) -> frozenset[str]:
        if (first, last) not in self._days:
            ends = (date.fromordinal(min(max(day, _FIRST), _LAST)) for day in (first, last))
            own = self._ledger.published(*ends)
            self._take(own)
            new = {name for name in self._new if first <= (said_day(self._read[name]) or _FIRST - 1) <= last}
            self._days[first, last] = own | new
        return self._days[first, last]

    def _proposed(self, names: Collection[str], there: Collection[str]) -> set[Pair]:
        """The pairs proposed among the documents that are there, of which one is among those named."""
        told = sorted((self._read[name] for name in there), key=in_order)
        place = {document.id: n for n, document in enumerate(told)}
        found = {pair for one in self._proposers for pair in one.propose(told) if not set(pair).isdisjoint(names)}
        return {(a, b) if place[a] < place[b] else (b, a) for a, b in found}
