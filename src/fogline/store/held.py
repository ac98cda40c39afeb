"""What a server holds of a ledger between questions, brought up to date by what was written meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, or_, select

from fogline.model import Asked, Claim, Mark, Page
from fogline.ports import Progress
from fogline.store import doubts, ends, holding, revising, rows, schema
from fogline.store.columns import Columns
from fogline.store.ends import Ends
from fogline.store.indexes import Numbers
from fogline.store.looking import Look
from fogline.store.words import holds, phrases

Doubtful = tuple[Numbers, NDArray[np.float64]]
"""Rows in doubt, the most urgent first; and by row how much a claim moves an assessment."""


class Finds(Protocol):
    """Finds the claims that have words: a database's own part of it."""

    def matching(self, words: str) -> Select[Any]:
        """The question for their numbers."""

    def expected(self, connection: Connection, words: str) -> int | None:
        """About how many there are, where the database can tell without looking for them."""

    def having(self, connection: Connection, words: str, most: int | None = None) -> Numbers:
        """Their numbers, in no order, of at most so many."""


_C, _P = schema.claims.c, schema.claim_places.c
_CLAIMS, _QUOTES = Look(select(_C.number, _C.id, _C.body), _C.number), Look(select(_C.number, _C.quote), _C.number)
_MANY, _FAR = 20_000, 4_000
"""Words that so many claims have are common; so many texts are read at most to find a page of them."""
_PROBED = 20_000
"""So many of the claims added last are looked at first: what is common among them is taken to be common."""
_SEARCHES = 64
"""Found rows of so many searches are kept: a page behind the first, and the facets beside it, ask for the same words."""


class Held:
    """Columns, and what was found for words, as they stood at the last question; shared by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Columns | None = None
        self._ends: Ends | None = None
        self._common: dict[tuple[int, str], bool] = {}
        self._doubting = Lock()
        self._doubts: NDArray[np.int8] = np.zeros(0, np.int8)
        self._doubtful: tuple[tuple[int, int, frozenset[str]], Doubtful] | None = None
        self._found: OrderedDict[tuple[int, str], Numbers] = OrderedDict()

    def view(self, connection: Connection, finds: Finds, progress: Progress | None = None) -> View:
        """The columns as they stand for this connection's transaction."""
        columns = self._columns
        count = revising.count(connection)
        if columns is None or columns.count != count:
            with self._lock:
                columns = holding.held(connection, self._older(count), progress)
                if self._columns is None or self._columns.count <= count:
                    self._columns = columns
        return View(connection, columns, finds, self)

    def _older(self, count: int) -> Columns | None:
        """What is held, if the transaction is not older than it: what was added later is no part of that one's ledger."""
        return self._columns if self._columns is not None and self._columns.count <= count else None

    def ends(self, view: View) -> Ends:
        """Where conclusions meet claims, as they stand for the view's transaction."""
        concluded = revising.concluded(view.connection)
        with self._lock:
            self._ends = ends.held(view.connection, view.columns, concluded, self._ends)
            return self._ends

    def doubtful(self, view: View, wanted: doubts.Doubted) -> Doubtful:
        """The rows in doubt in their order, and how much each claim moves an assessment; remembered until the ledger changes."""
        key = (view.columns.count, revising.concluded(view.connection), wanted.out)
        with self._doubting:
            if self._doubtful is None or self._doubtful[0] != key:
                counts = doubts.counted(view, self._doubts[: len(view.columns.numbers)], wanted)
                self._doubts = max(self._doubts, counts, key=len)
                self._doubtful = key, doubts.ordered(view, counts, wanted)
            return self._doubtful[1]

    def is_common(self, view: View, words: str) -> bool:
        """Whether very many claims have the words, and it is not known which; where few have them they are remembered."""
        key = (view.columns.count, words)
        if key not in self._common:
            common = view.looks_common(words)
            if not common:
                some = view.having(words, _MANY)
                common = len(some) == _MANY
                if not common:
                    self._keep(key, some)
            self._common[key] = common
            while len(self._common) > _SEARCHES:
                self._common.pop(next(iter(self._common)), None)
        return self._common.get(key, False) and key not in self._found

    def _keep(self, key: tuple[int, str], made: Numbers) -> None:
        with self._lock:
            self._found[key] = made
            while len(self._found) > _SEARCHES:
                self._found.popitem(last=False)

    def found(self, view: View, words: str) -> Numbers:
        """The rows whose quotation has the words, remembered until the ledger changes."""
        key = (view.columns.count, words)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = view.having(words)
        self._keep(key, made)
        return made


@dataclass(frozen=True, slots=True)
class View:
    """The columns together with the transaction that they belong to."""

    connection: Connection
    columns: Columns
    finds: Finds
    held: Held

    def page(self, asked: Asked, after: Mark | None, limit: int) -> Page:
        """See ``ports.PagesClaims.page``."""
        found, mark = self.page_rows(asked, after, limit)
        return Page(claims=self.claims(self.columns.numbers[found].tolist()), after=mark)

    def page_rows(self, asked: Asked, after: Mark | None, limit: int) -> tuple[list[int], Mark | None]:
        """The rows of a page's claims, and where the next page goes on.

        Words that very many claims have are looked for in the texts themselves, from the first of the page on: some of
        the next claims will have them, and finding all would take longer than reading these.
        """
        if asked.words and self.held.is_common(self, asked.words):
            try:
                return self.columns.page(
                    asked, self.among(replace(asked, words="")), after, limit, _Reader(self, asked.words)
                )
            except _TooFar:
                pass
        return self.columns.page(asked, self.among(asked), after, limit)

    def quotes(self, rows: Numbers) -> list[str]:
        """The quotations of rows, in their order."""
        numbers = self.columns.numbers[rows].tolist()
        found = dict(_QUOTES.rows(self.connection, numbers))
        return [found[number] for number in numbers]

    def ends(self) -> Ends:
        """Where conclusions meet claims."""
        return self.held.ends(self)

    def counts(self, asked: Asked) -> dict[str, dict[str, int]]:
        """See ``ports.PagesClaims.counts``."""
        return self.columns.counts(asked, self.among(asked))

    def claims(self, numbers: Sequence[int]) -> tuple[Claim, ...]:
        """The claims of these numbers, in this order."""
        found = {row.number: rows.to_claim(row) for row in _CLAIMS.rows(self.connection, numbers)}
        return tuple(found[number] for number in numbers)

    def among(self, asked: Asked) -> Numbers | None:
        """The rows that place, words and document leave to choose from; ``None`` for all."""
        chosen: list[Numbers] = []
        if asked.geonameid is not None and not asked.place:
            chosen.append(self.columns.places.of(asked.geonameid))
        elif asked.geonameid is not None:
            named = or_(_P.name == asked.place, _P.text == asked.place)
            chosen.append(self._rows(select(_P.claim).where(named, _P.geonameid == asked.geonameid)))
        elif asked.place:
            chosen.append(self.columns.places.called(asked.place))
        if asked.document_id:
            chosen.append(self._rows(select(_C.number).where(_C.document_id == asked.document_id)))
        if asked.words:
            chosen.append(self.held.found(self, asked.words))
        if not chosen:
            return None
        first, *others = sorted(chosen, key=len)
        for other in others:
            first = first[np.isin(first, other)]
        return first

    def having(self, words: str, most: int | None = None) -> Numbers:
        """The rows of claims that have the words, at most so many."""
        return self.rows(self.finds.having(self.connection, words, most))

    def looks_common(self, words: str) -> bool:
        """Whether very many claims will have the words: as the database expects, or so many of those that were added last do."""
        expected = self.finds.expected(self.connection, words)
        if expected is not None:
            return expected > _MANY
        numbers = self.columns.numbers
        if len(numbers) <= max(_MANY, _PROBED):
            return False
        few, wanted = _PROBED * _MANY // len(numbers), self.finds.matching(words)
        found = wanted.where(wanted.selected_columns[0] > int(numbers[-_PROBED])).limit(few + 1)
        return sum(len(some) for some in holding.plain(self.connection, found)) > few

    def _rows(self, asked: Select[Any]) -> Numbers:
        return self.rows(holding.numbers(self.connection, asked))

    def rows(self, numbers: Numbers) -> Numbers:
        """The rows of claims by the ledger's numbers, each once."""
        rising = bool((numbers[1:] > numbers[:-1]).all())  # as an index of words gives them
        return self.columns.at(numbers if rising else np.unique(numbers))


class _TooFar(Exception):
    """So many texts were read without a page full of finds that all finds are better looked up."""


class _Reader:
    """Keeps the rows whose quotation has the words."""

    def __init__(self, view: View, words: str) -> None:
        self._view, self._wanted, self._left = view, phrases(words), _FAR

    def __call__(self, rows: Numbers) -> Numbers:
        self._left -= len(rows)
        if self._left < 0:
            raise _TooFar
        kept: Numbers = rows[np.array([holds(self._wanted, quote) for quote in self._view.quotes(rows)], bool)]
        return kept
