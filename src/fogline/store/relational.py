"""A ledger in a relational database: all that is the same whichever database it is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select, tuple_, update

from fogline.model import Article, Claim, Conclusions, Document, Judgement, Reading, Run
from fogline.store import concluded, growing, revising, rows, schema
from fogline.store.grounds import CHANGED, chunks, told
from fogline.store.growing import GrowsConclusions
from fogline.store.handing import HandsOverTables
from fogline.store.placewise import PlacewiseTables
from fogline.store.reading import check, distinct
from fogline.store.turning import TurnsOfTables

_READINGS_AT_ONCE = 200
_ROWS_AT_ONCE = 5_000
_DOCUMENTS_AT_ONCE = 500
_POINTS_AT_ONCE = 500


class Since(NamedTuple):
    """The first numbers of what one go adds."""

    document: int
    claim: int
    point: int


class RelationalLedger(PlacewiseTables, GrowsConclusions, TurnsOfTables, HandsOverTables):
    """``ports.Ledger`` over the tables of ``schema``; a database adds how it is opened, locked and searched.

    Rows of ``readings``, ``claims`` and so on are numbered by the writer, so that a claim and its places go in together
    in bulk; ``_writing`` therefore lets one transaction in at a time.
    """

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """The one writing transaction: all or nothing."""

    @abstractmethod
    def _insert_new(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        """Insert the rows but those whose key is there already."""

    def _insert(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        connection.execute(insert(table), some)

    def start(self, run: Run, at: datetime) -> None:
        """See ``ports.WritesLedger``."""
        with self._writing() as connection:
            revising.turn(connection, concludes=False)
            _ordinal(connection, run, at)

    def add(self, run: Run, readings: Iterable[Reading], at: datetime) -> int:
        """See ``ports.WritesLedger``; the readings are taken a few hundred at a time, in one transaction.

        Raises ``LedgerError`` for a reading whose article, document and claims do not belong together.
        """
        added = 0
        with self._writing() as connection:
            revising.turn(connection, concludes=False)
            ordinal = _ordinal(connection, run, at)
            for some in chunks(readings, _READINGS_AT_ONCE):
                new = _unread(connection, ordinal, some)
                self._store(connection, ordinal, new, at)
                added += len(new)
        return added

    def judge(self, judgement: Judgement) -> None:
        """See ``ports.WritesLedger``; a judgement that is there already is not added twice."""
        with self._writing() as connection:
            revising.turn(connection, concludes=False)
            growing.overturned(connection)
            number = _next(connection, schema.judgements.c.number)
            self._insert_new(connection, schema.judgements, [rows.of_judgement(judgement, number)])

    def has(self, run: Run, article_id: str) -> bool:
        """See ``ports.ReadsLedger``."""
        read = (
            select(schema.readings.c.number)
            .join(schema.runs, schema.runs.c.ordinal == schema.readings.c.run)
            .where(schema.readings.c.article_id == article_id, schema.runs.c.id == run.id)
        )
        with self._reading() as connection:
            return connection.execute(read).first() is not None

    def article(self, article_id: str) -> Article:
        """See ``ports.ReadsLedger``."""
        kept = (
            select(schema.articles, schema.contents.c.raw)
            .join(schema.contents, schema.contents.c.sha256 == schema.articles.c.sha256)
            .where(schema.articles.c.id == article_id)
        )
        with self._reading() as connection:
            row = connection.execute(kept).first()
        if row is None:
            raise KeyError(article_id)
        return rows.to_article(row)

    def documents(self) -> tuple[Document, ...]:
        """See ``ports.ReadsLedger``."""
        current = (
            select(schema.documents.c.id, schema.documents.c.text, schema.documents.c.body)
            .join(schema.readings, schema.readings.c.document_id == schema.documents.c.id)
            .where(schema.readings.c.current)
            .order_by(schema.documents.c.name, schema.documents.c.id)
        )
        with self._reading() as connection:
            return tuple(rows.to_document(row) for row in connection.execute(current))

    def claims(self) -> tuple[Claim, ...]:
        """See ``ports.ReadsLedger``."""
        with self._reading() as connection:
            return tuple(current_claims(connection))

    def conclusions(self) -> Conclusions:
        """See ``ports.ReadsLedger``."""
        with self._reading() as connection:
            return concluded.from_rows(connection, amended=told(connection).get(CHANGED, "0") != "0")

    def runs(self) -> tuple[tuple[Run, datetime], ...]:
        """See ``ports.KeepsHistory``."""
        with self._reading() as connection:
            found = connection.execute(select(schema.runs).order_by(schema.runs.c.ordinal))
            return tuple(rows.to_run(row) for row in found)

    def judgements(self) -> tuple[Judgement, ...]:
        """See ``ports.KeepsHistory``; those of one moment in the order in which they were added."""
        oldest = select(schema.judgements).order_by(schema.judgements.c.at_utc, schema.judgements.c.number)
        with self._reading() as connection:
            return tuple(rows.to_judgement(row) for row in connection.execute(oldest))

    @abstractmethod
    def _index(self, connection: Connection, since: Since) -> None:
        """Make what was added findable by its words and by where it points."""

    def _store(self, connection: Connection, ordinal: int, new: Sequence[Reading], at: datetime) -> None:
        if not new:
            return
        since = Since(
            *(_next(connection, table.c.number) for table in (schema.documents, schema.claims, schema.points))
        )
        articles = [rows.of_article(reading.article) for reading in new]
        self._insert_new(connection, schema.contents, [content for content, _ in articles])
        self._insert_new(connection, schema.articles, [article for _, article in articles])
        documents = [rows.of_document(reading.document, since.document + n) for n, reading in enumerate(new)]
        self._insert_new(connection, schema.documents, documents)
        read = _reading_rows(connection, ordinal, new, at)
        self._insert(connection, schema.readings, read)
        heard, pointed = _claim_rows(connection, zip(read, new, strict=True), _points(connection, new, since.point))
        for table, made in ((schema.claims, heard), (schema.claim_places, pointed)):
            for some in chunks(made, _ROWS_AT_ONCE):
                self._insert(connection, table, some)
        self._index(connection, since)


def _ordinal(connection: Connection, run: Run, at: datetime) -> int:
    """The run's place among the runs; a run that is new gets the next."""
    known = connection.execute(select(schema.runs.c.ordinal).where(schema.runs.c.id == run.id)).scalar()
    if known is not None:
        return int(known)
    ordinal = _next(connection, schema.runs.c.ordinal)
    connection.execute(insert(schema.runs), [rows.of_run(run, ordinal, at)])
    return ordinal


def _next(connection: Connection, number: Any) -> int:
    return (connection.execute(select(func.max(number))).scalar() or 0) + 1


def _unread(connection: Connection, ordinal: int, some: Sequence[Reading]) -> list[Reading]:
    """The readings of articles that the run has not read, each article once."""
    asked = [reading.article.id for reading in some]
    found = connection.execute(
        select(schema.readings.c.article_id).where(
            schema.readings.c.run == ordinal, schema.readings.c.article_id.in_(asked)
        )
    )
    seen = {row.article_id for row in found}
    new = []
    for reading in some:
        if reading.article.id not in seen:
            seen.add(reading.article.id)
            check(reading)
            new.append(reading)
    return new


def _reading_rows(connection: Connection, ordinal: int, new: Sequence[Reading], at: datetime) -> list[rows.Row]:
    """The rows of ``readings``; those of earlier runs stop being current where a later one comes to speak."""
    ids = [reading.article.id for reading in new]
    of_these = schema.readings.c.article_id.in_(ids)
    later = connection.execute(select(schema.readings.c.article_id).where(of_these, schema.readings.c.run > ordinal))
    outdated = {row.article_id for row in later}
    earlier = (of_these, schema.readings.c.run < ordinal)
    spoke = (
        connection.execute(select(schema.readings.c.number).where(*earlier, schema.readings.c.current)).scalars().all()
    )
    connection.execute(update(schema.readings).where(*earlier).values(current=False))
    first = _next(connection, schema.readings.c.number)
    growing.unconcluded(connection, [*spoke, *range(first, first + len(new))])
    return [
        {
            "number": first + n,
            "run": ordinal,
            "article_id": reading.article.id,
            "document_id": reading.document.id,
            "at": at.isoformat(),
            "current": reading.article.id not in outdated,
        }
        for n, reading in enumerate(new)
    ]


def _points(connection: Connection, new: Iterable[Reading], first: int) -> Mapping[rows.Point, int]:
    """The numbers of all points that the readings point to; points that are new get the next."""
    asked: dict[rows.Point, None] = {}
    for reading in new:
        places = (place for claim in reading.claims for place in claim.places)
        asked.update(((place.lat, place.lon), None) for place in places if rows.is_point(place))
    point = schema.points.c
    known: dict[rows.Point, int] = {}
    for some in chunks(asked, _POINTS_AT_ONCE):
        found = connection.execute(select(schema.points).where(tuple_(point.lat, point.lon).in_(some)))
        known.update(((row.lat, row.lon), row.number) for row in found)
    fresh = {at: first + n for n, at in enumerate(at for at in asked if at not in known)}
    if fresh:
        made = [{"number": number, "lat": lat, "lon": lon} for (lat, lon), number in fresh.items()]
        connection.execute(insert(schema.points), made)
    return known | fresh


def _claim_rows(
    connection: Connection, read: Iterable[tuple[rows.Row, Reading]], points: Mapping[rows.Point, int]
) -> tuple[list[rows.Row], list[rows.Row]]:
    """The rows of ``claims`` and of ``claim_places``."""
    number = _next(connection, schema.claims.c.number)
    place = _next(connection, schema.claim_places.c.number)
    heard, pointed = list[rows.Row](), list[rows.Row]()
    for row, reading in read:
        for claim in distinct(reading):
            heard.append(rows.of_claim(claim, number, row["number"], reading.document.published.start))
            pointed.extend(rows.of_places(claim, number, place, points))
            number += 1
            place += len(claim.places)
    return heard, pointed


def current_claims(connection: Connection) -> Iterator[Claim]:
    """The current claims in their order, a few hundred documents' worth in memory at a time."""
    current = (
        select(schema.readings.c.number)
        .join(schema.documents, schema.documents.c.id == schema.readings.c.document_id)
        .where(schema.readings.c.current)
        .order_by(schema.documents.c.name, schema.documents.c.id)
    )
    order = [row.number for row in connection.execute(current)]
    for some in chunks(order, _DOCUMENTS_AT_ONCE):
        found = connection.execute(
            select(schema.claims.c.id, schema.claims.c.reading, schema.claims.c.body)
            .where(schema.claims.c.reading.in_(some))
            .order_by(schema.claims.c.reading, schema.claims.c.start, schema.claims.c.end, schema.claims.c.id)
        )
        heard = {
            reading: [rows.to_claim(row) for row in group] for reading, group in groupby(found, attrgetter("reading"))
        }
        for reading in some:
            yield from heard.get(reading, ())
