"""The contradictions in the order of pages: how many a question finds is known, and a page of them is a slice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fogline.model import Asked, Relation
from fogline.store.columns import FACETS, Columns
from fogline.store.indexes import Bools, Numbers, Standing
from fogline.store.linked import Links


@dataclass(frozen=True, slots=True)
class Disputes:
    """Contradictions between current claims, the latest first: as late as the later of the two ends in the order of pages of
    claims, then by position. Claims that are added do not change that order. About 100 bytes each.
    """

    links: Links
    order: Numbers
    """Which of the links each is."""
    a: Numbers
    b: Numbers
    standing: Mapping[str, Standing]
    """For each facet where the contradictions stand of which an end has each word."""

    def page(
        self, columns: Columns, asked: Asked, among: Numbers | None, out: Numbers, after: int | None, limit: int
    ) -> tuple[list[int], int]:
        """The positions of contradictions with an end that is asked for, both published by its day and none ``out``; and how many.

        ``among`` are the rows that may be chosen. ``after`` is the position of the one that they stand behind; raises
        ``KeyError`` where it is none of a contradiction.
        """
        found = self._chosen(columns, asked, among)
        if len(out):
            found = found[~(np.isin(self.a[found], out) | np.isin(self.b[found], out))]
        first = 0 if after is None else int(np.searchsorted(found, self._behind(columns, after)))
        page: list[int] = self.links.positions[self.order[found[first : first + limit]]].tolist()
        return page, len(found)

    def has(self, columns: Columns, position: int) -> bool:
        """Whether that is the position of one of them."""
        link = self.links.at(position)
        if link < 0 or not self.links.are(Relation.CONTRADICTS, slice(link, link + 1))[0]:
            return False
        return bool(columns.current[self.links.a[link]] and columns.current[self.links.b[link]])

    def _chosen(self, columns: Columns, asked: Asked, among: Numbers | None) -> Numbers:
        """Where those stand that a question finds."""
        words = [(name, str(getattr(asked, name))) for name in FACETS if getattr(asked, name)]
        some = [self.standing[name].of(columns.code(name, word)) for name, word in words]
        found = min(some, key=len, default=np.arange(len(self.order)))
        a, b = self.a[found], self.b[found]
        if asked.known_by is not None:
            known = columns.known(a, asked.known_by) & columns.known(b, asked.known_by)
            found, a, b = found[known], a[known], b[known]
        plain = asked.since is None and asked.until is None
        if among is None and plain and len(words) < 2:
            return found
        within = None if among is None else _mask(among, len(columns.current))
        # One end has to have all that is asked for.
        chosen: Bools = _chosen(columns, asked, within, a) | _chosen(columns, asked, within, b)
        return found[chosen]

    def _behind(self, columns: Columns, position: int) -> int:
        """The first rank behind a contradiction, which may be of a claim that is not current any more."""
        link = self.links.at(position)
        if link < 0 or not self.links.are(Relation.CONTRADICTS, slice(link, link + 1))[0]:
            raise KeyError(position)

        def lateness(one: int) -> tuple[int, int]:
            a, b = int(self.links.a[one]), int(self.links.b[one])
            return min(int(columns.rank[a]), int(columns.rank[b])), one

        return bisect_right(self.order, lateness(link), key=lambda one: lateness(int(one)))


def ordered(links: Links, columns: Columns) -> Disputes:
    """The contradictions of the links."""
    counts = links.are(Relation.CONTRADICTS) & columns.current[links.a] & columns.current[links.b]
    order = np.flatnonzero(counts)
    ranks = np.minimum(columns.rank[links.a[order]], columns.rank[links.b[order]])
    order = order[np.argsort(ranks, kind="stable")].astype(np.int32)
    a, b = links.a[order], links.b[order]
    standing = {name: _standing(columns.coded[name], a, b) for name in FACETS}
    return Disputes(links=links, order=order, a=a, b=b, standing=standing)


def _standing(codes: Numbers, a: Numbers, b: Numbers) -> Standing:
    ranks = np.arange(len(a))
    entries = [codes[ends].astype(np.int64) * len(a) + ranks for ends in (a, b)]
    return Standing(np.unique(np.concatenate(entries)), len(a))


def _mask(rows: Numbers, size: int) -> Bools:
    made = np.zeros(size, bool)
    made[rows] = True
    return made


def _chosen(columns: Columns, asked: Asked, within: Bools | None, rows: Numbers) -> Bools:
    found = columns.meets(rows, replace(asked, known_by=None))
    return found if within is None else found & within[rows]
