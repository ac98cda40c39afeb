"""Copied and translated documents of a whole ledger: texts are read as they are asked for, and what two share decides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import overload

import numpy as np

from fogline.link import one_voice
from fogline.link.copied import copies
from fogline.link.facets import NO_DAY, Facet
from fogline.link.one_voice import Pair
from fogline.model import Document
from fogline.ports import Translations
from fogline.sharing.columns import Columns
from fogline.sharing.families import Found, as_row
from fogline.sharing.taking import Taken, TellsInTurn

_PAGE, _KEPT = 200, 8
"""Documents that are read at once, and so many times that are kept."""

_CLAIMS = 10_000
"""Claims of copied documents that are held at once: as many as a worker holds of a shard."""


class Documents(Sequence[Document]):
    """The documents of a ledger that have claims, in reading order, read as they are asked for."""

    def __init__(self, ledger: TellsInTurn, names: Sequence[str]) -> None:
        self._ledger, self._names = ledger, names
        self._pages: OrderedDict[int, list[Document]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Document]: ...
    def __getitem__(self, at: int | slice) -> Document | Sequence[Document]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        page = at // _PAGE
        if page not in self._pages:
            names = self._names[page * _PAGE : (page + 1) * _PAGE]
            found = self._ledger.whole(names)
            self._pages[page] = [found[name] for name in names]
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page][at % _PAGE]


class Texts(Sequence[str]):
    """The texts of documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [one.text for one in self._documents[at]]
        return self._documents[at].text


def proposed(ledger: TellsInTurn, columns: Columns, proposers: Iterable[Translations]) -> set[tuple[int, int]]:
    """The documents (by place in reading order) that are proposed to be translations of one another.

    A proposer is shown the documents of a few days at once: those that bear on what it says of some day, and of what it says
    then only that is taken. Of documents of no known day nothing is proposed.
    """
    found: set[tuple[int, int]] = set()
    days = columns.said
    known = sorted({day for day in days if day != NO_DAY})
    for one in proposers:
        for (first, last), some in groupby(known, key=one.around):
            own = frozenset(some)
            start, end = bisect_left(days, first), bisect_right(days, min(last, NO_DAY - 1))
            shown = Documents(ledger, columns.documents[start:end])
            place = {name: at for at, name in enumerate(columns.documents[start:end], start=start)}
            pairs = ((place[a], place[b]) for a, b in one.propose(shown))
            found |= {(min(pair), max(pair)) for pair in pairs if not own.isdisjoint(days[at] for at in pair)}
    return found


def ties(ledger: TellsInTurn, taken: Taken, proposers: Iterable[Translations]) -> Iterator[Found]:
    """The ties of claims in documents that are copies, or translations, of one another."""
    documents, speaking = Documents(ledger, taken.columns.documents), _Speaking(taken)
    for read, pair, origins in speaking.each(sorted(copies(Texts(documents)))):
        yield from (as_row(tie, read) for tie in one_voice.of_copied_documents(read, [pair], origins))
    if len(taken.columns.languages - {""}) < 2:
        return
    for read, pair, origins in speaking.each(sorted(proposed(ledger, taken.columns, proposers))):
        yield from (as_row(tie, read) for tie in one_voice.of_translations(read, [pair], origins))


class _Speaking:
    """The claims of a document, by its place in reading order."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        of = np.array(taken.columns.document, dtype=np.int32)
        self._claims = np.argsort(of, kind="stable")
        self._starts = np.searchsorted(of[self._claims], np.arange(len(taken.columns.documents) + 1))

    def each(self, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[list[Facet], Pair, one_voice.Origins]]:
        """Of each pair of documents: their claims in reading order, the pair by number and names, and the origins of both.

        The documents of a pair lie far apart, so the claims of many pairs are read at once, from first to last.
        """
        columns, facets = self._taken.columns, self._taken.facets
        number = 0
        for some in self._together(pairs):
            asked = [sorted(self._of(i) + self._of(j)) for i, j in some]
            read = {claim: facets[claim] for claim in sorted({claim for claims in asked for claim in claims})}
            for (i, j), claims in zip(some, asked, strict=True):
                origins = {columns.documents[at]: columns.origins.values[columns.origin[at]] for at in (i, j)}
                yield [read[claim] for claim in claims], (number, columns.documents[i], columns.documents[j]), origins
                number += 1

    def _together(self, pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        """The pairs in lots of so many claims as are held at once."""
        some: list[tuple[int, int]] = []
        held = 0
        for pair in pairs:
            some.append(pair)
            held += sum(len(self._of(at)) for at in pair)
            if held >= _CLAIMS:
                yield some
                some, held = [], 0
        if some:
            yield some

    def _of(self, at: int) -> list[int]:
        claims: list[int] = self._claims[self._starts[at] : self._starts[at + 1]].tolist()
        return claims
