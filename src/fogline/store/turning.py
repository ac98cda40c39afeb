"""What was said, document by document in reading order, for a reader that cannot hold all of it: ``sharing.taking.TellsInTurn``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy import Connection, case, func, select

from fogline.model import Claim, Document
from fogline.store import rows, schema
from fogline.store.encoding import from_json
from fogline.store.grounds import chunks, ends

_DOCUMENTS_AT_ONCE = 500
_Heard = tuple[str, Document, tuple[Claim, ...]]


class TurnsOfTables(ABC):
    """``sharing.taking.TellsInTurn`` over the tables of ``schema``, but for whole documents."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def size(self) -> int:
        """See ``sharing.taking.TellsInTurn``."""
        current = select(schema.readings.c.number).where(schema.readings.c.current)
        with self._reading() as connection:
            counted = select(func.count()).where(schema.claims.c.reading.in_(current))
            return int(connection.execute(counted).scalar_one())

    def in_turn(self) -> Iterator[_Heard]:
        """See ``sharing.taking.TellsInTurn``; a few hundred documents are in memory at a time."""
        document = schema.documents.c
        day = case((document.published_end.is_(None), None), else_=document.published_start)
        order = (
            select(schema.readings.c.number)
            .join(schema.documents, document.id == schema.readings.c.document_id)
            .where(schema.readings.c.current)
            .order_by(day.is_(None), day, document.name, document.id)
        )
        with self._reading() as connection:
            numbers = connection.execute(order).scalars().all()
            for some in chunks(numbers, _DOCUMENTS_AT_ONCE):
                yield from _heard(connection, some)


def _heard(connection: Connection, readings: Sequence[int]) -> Iterator[_Heard]:
    document, reading = schema.documents.c, schema.readings.c
    asked = (
        select(reading.number, document.id, document.body, ends(document.text).label("ends"))
        .join(schema.documents, document.id == reading.document_id)
        .where(reading.number.in_(readings))
    )
    read = {row.number: row for row in connection.execute(asked)}
    claim, own = schema.claims.c, defaultdict[int, list[Claim]](list)
    told = select(claim.id, claim.reading, claim.body).where(claim.reading.in_(readings))
    for row in connection.execute(told.order_by(claim.reading, claim.start, claim.end, claim.id)):
        own[row.reading].append(rows.to_claim(row))
    for number in readings:
        if number in own:
            row = read[number]
            yield row.id, replace(from_json(Document, row.body), text=row.ends), tuple(own[number])
