"""What a server holds of a ledger between questions, brought up to date by what was written meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from sqlalchemy import ColumnElement, Connection, or_, select

from fogline.model import Asked, Claim, Mark, Page
from fogline.store import holding, revising, rows, schema
from fogline.store.columns import Columns, Numbers
from fogline.store.selecting import claims_where

Having = Callable[[str], ColumnElement[bool] | None]
_C, _P = schema.claims.c, schema.claim_places.c
_SEARCHES = 64
"""Found rows of so many searches are kept: a page behind the first, and the facets beside it, ask for the same words."""


class Held:
    """Columns, and what was found for words, as they stood at the last question; shared by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Columns | None = None
        self._found: OrderedDict[tuple[int, str], Numbers] = OrderedDict()

    def view(self, connection: Connection, having: Having) -> View:
        """The columns as they stand for this connection's transaction."""
        columns = self._columns
        count = revising.count(connection)
        if columns is None or columns.count != count:
            with self._lock:
                columns = holding.held(connection, self._older(count))
                if self._columns is None or self._columns.count <= count:
                    self._columns = columns
        return View(connection, columns, having, self)

    def _older(self, count: int) -> Columns | None:
        """What is held, if the transaction is not older than it: what was added later is no part of that one's ledger."""
        return self._columns if self._columns is not None and self._columns.count <= count else None

    def found(self, view: View, words: str, condition: ColumnElement[bool]) -> Numbers:
        """The rows whose quotation has the words, remembered until the ledger changes."""
        key = (view.columns.count, words)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = view.matching(condition)
        with self._lock:
            self._found[key] = made
            while len(self._found) > _SEARCHES:
                self._found.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class View:
    """The columns together with the transaction that they belong to."""

    connection: Connection
    columns: Columns
    having: Having
    held: Held

    def page(self, asked: Asked, after: Mark | None, limit: int) -> Page:
        """See ``ports.PagesClaims.page``."""
        numbers, mark = self.columns.page(asked, self.among(asked), after, limit)
        return Page(claims=self.claims(numbers), after=mark)

    def counts(self, asked: Asked) -> dict[str, dict[str, int]]:
        """See ``ports.PagesClaims.counts``."""
        return self.columns.counts(asked, self.among(asked))

    def claims(self, numbers: Sequence[int]) -> tuple[Claim, ...]:
        """The claims of these numbers, in this order."""
        asked = select(_C.number, _C.id, _C.body).where(_C.number.in_(numbers))
        found = {row.number: rows.to_claim(row) for row in self.connection.execute(asked)}
        return tuple(found[number] for number in numbers)

    def among(self, asked: Asked) -> Numbers | None:
        """The rows that place, words and document leave to choose from; ``None`` for all."""
        chosen: list[Numbers] = []
        if asked.geonameid is not None and not asked.place:
            chosen.append(self.columns.places.of(asked.geonameid))
        elif asked.place:
            named = or_(_P.name == asked.place, _P.text == asked.place)
            there = [] if asked.geonameid is None else [_P.geonameid == asked.geonameid]
            chosen.append(self._rows(select(_P.claim).where(named, *there)))
        if asked.document_id:
            chosen.append(self._rows(select(_C.number).where(_C.document_id == asked.document_id)))
        condition = self.having(asked.words)
        if condition is not None:
            chosen.append(self.held.found(self, asked.words, condition))
        if not chosen:
            return None
        first, *others = sorted(chosen, key=len)
        for other in others:
            first = first[np.isin(first, other)]
        return first

    def matching(self, condition: ColumnElement[bool]) -> Numbers:
        """The rows of claims that meet a condition."""
        return self._rows(select(_C.number).where(condition))

    def _rows(self, asked: object) -> Numbers:
        numbers = [row for some in holding.plain(self.connection, asked) for (row,) in some]
        return self.columns.at(np.unique(np.array(numbers, np.int64)))


def current_claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """The current claims of these ids, by id."""
    asked = claims_where(_C.id.in_(ids))
    return {row.id: rows.to_claim(row) for row in connection.execute(asked)}
