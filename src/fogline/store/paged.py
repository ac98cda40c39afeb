"""The small questions that a server asks of a ledger's tables: no answer reads more than it shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, select

from fogline.model import Asked, Claim, Document, Mark, Page, PlaceClaims
from fogline.ports import Progress
from fogline.store import paging, revising, rows, schema
from fogline.store.looking import Look
from fogline.store.selecting import claims_where

if TYPE_CHECKING:
    from fogline.store.held import Held, View
    from fogline.store.indexes import Numbers


_FM, _F = schema.family_members.c, schema.families.c
_FAMILIES = Look(select(_FM.claim, _F.id).join(schema.families, _F.position == _FM.family), _FM.claim)


class PagedTables(ABC):
    """``ports.PagesClaims`` and ``ports.HoldsColumns`` over the tables of ``schema``."""

    _held: Held | None = None

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees the ledger as it stood at its first look, whatever is written meanwhile."""

    @abstractmethod
    def _matching(self, words: str) -> Select[Any]:
        """The numbers of the claims whose quotation has all these words; of none where no word is among them."""

    def matching(self, words: str) -> Select[Any]:
        """See ``held.Finds``."""
        return self._matching(words)

    def expected(self, connection: Connection, words: str) -> int | None:
        """See ``held.Finds``."""
        return None

    def having(self, connection: Connection, words: str, most: int | None = None) -> Numbers:
        """See ``held.Finds``."""
        from fogline.store import holding

        return holding.numbers(connection, self._matching(words).limit(most))

    def _having(self, words: str) -> ColumnElement[bool] | None:
        return schema.claims.c.number.in_(self._matching(words)) if words else None

    def hold(self, progress: Progress | None = None) -> None:
        """See ``ports.HoldsColumns``."""
        from fogline.store.held import Held

        made = self._held or Held()
        with self._reading() as connection:
            made.view(connection, self, progress)
        self._held = made

    def revision(self) -> str:
        """See ``ports.PagesClaims``."""
        with self._reading() as connection:
            return revising.revision(connection)

    def page(self, asked: Asked, *, after: Mark | None = None, limit: int = 100) -> Page:
        """See ``ports.PagesClaims``; words that hold no letter or digit ask for nothing, and nothing is found."""
        if self._held is None:
            with self._reading() as connection:
                return paging.page(connection, asked, after, limit, self._having(asked.words))
        with self._view() as view:
            return view.page(asked, after, limit)

    def places(self, known_by: date | None = None) -> tuple[PlaceClaims, ...]:
        """See ``ports.PagesClaims``."""
        if self._held is None:
            with self._reading() as connection:
                return paging.places(connection, known_by)
        with self._view() as view:
            return view.columns.counted_places(known_by)

    def counts(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """See ``ports.PagesClaims``."""
        if self._held is None:
            with self._reading() as connection:
                return paging.counts(connection, asked, self._having(asked.words))
        with self._view() as view:
            return view.counts(asked)

    def months(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """See ``ports.PagesClaims``."""
        if self._held is None:
            with self._reading() as connection:
                return paging.months(connection, asked, self._having(asked.words))
        with self._view() as view:
            return view.columns.months(asked, view.among(asked))

    def claim(self, claim_id: str) -> Claim:
        """See ``ports.PagesClaims``."""
        with self._reading() as connection:
            row = connection.execute(claims_where(schema.claims.c.id == claim_id)).first()
        if row is None:
            raise KeyError(claim_id)
        return rows.to_claim(row)

    def document(self, document_id: str) -> Document:
        """See ``ports.PagesClaims``."""
        current = (
            select(schema.documents.c.id, schema.documents.c.text, schema.documents.c.body)
            .join(schema.readings, schema.readings.c.document_id == schema.documents.c.id)
            .where(schema.readings.c.current, schema.documents.c.id == document_id)
        )
        with self._reading() as connection:
            row = connection.execute(current).first()
        if row is None:
            raise KeyError(document_id)
        return rows.to_document(row)

    def families(self, claim_ids: Sequence[str]) -> Mapping[str, str]:
        """See ``ports.PagesClaims``."""
        with self._reading() as connection:
            return {row.claim: row.id for row in _FAMILIES.rows(connection, claim_ids)}

    @contextmanager
    def _view(self) -> Iterator[View]:
        """What is held, as it stands for one transaction; while none is held it is read first."""
        if self._held is None:
            self.hold()
        assert self._held is not None
        with self._reading() as connection:
            yield self._held.view(connection, self)
