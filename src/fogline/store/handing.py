"""What was read of some documents: bytes, text and claims, as they were stored under their names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from fogline.model import Claim, Reading
from fogline.store import rows, schema
from fogline.store.looking import Look

_A, _C, _D, _R = schema.articles.c, schema.claims.c, schema.documents.c, schema.readings.c
_READ = Look(select(_R.number, _R.article_id, _R.document_id).where(_R.current), _R.document_id)
_DOCUMENTS = Look(select(_D.id, _D.text, _D.body), _D.id)
_ARTICLES = Look(
    select(
        _A.id, _A.name, _A.media_type, _A.given_outlet, _A.given_url, _A.given_title, _A.given_published,
        schema.contents.c.raw,
    ).join(schema.contents, schema.contents.c.sha256 == _A.sha256),
    _A.id,
)  # fmt: skip
_CLAIMS = Look(
    select(_C.id, _C.reading, _C.body).order_by(_C.reading, _C.start, _C.end, _C.id),
    _C.reading,
)


class HandsOverTables(ABC):
    """``publish.verify.HandsOver`` over the tables of ``schema``."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def current(self) -> Sequence[str]:
        """See ``publish.verify.HandsOver``; a document whose row is gone is named all the same."""
        asked = (
            select(_R.document_id)
            .join(schema.documents, _D.id == _R.document_id, isouter=True)
            .where(_R.current)
            .order_by(_D.name, _R.document_id)
        )
        with self._reading() as connection:
            return connection.execute(asked).scalars().all()

    def readings(self, documents: Iterable[str]) -> Mapping[str, Reading]:
        """See ``publish.verify.HandsOver``."""
        with self._reading() as connection:
            read = {row.document_id: row for row in _READ.rows(connection, documents)}
            texts = {row.id: rows.to_document(row) for row in _DOCUMENTS.rows(connection, read)}
            of = [row.article_id for row in read.values()]
            articles = {row.id: rows.to_article(row) for row in _ARTICLES.rows(connection, of)}
            heard = defaultdict[int, list[Claim]](list)
            for row in _CLAIMS.rows(connection, [row.number for row in read.values()]):
                heard[row.reading].append(rows.to_claim(row))
        return {
            name: Reading(article=articles[row.article_id], document=texts[name], claims=tuple(heard[row.number]))
            for name, row in read.items()
            if name in texts and row.article_id in articles
        }
