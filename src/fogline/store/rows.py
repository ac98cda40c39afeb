"""What was said, as rows of the ledger's tables, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from fogline.errors import DamagedRow
from fogline.model import Article, Claim, Document, Given, Judgement, Place, Run, When
from fogline.store.encoding import from_json, to_json

Named = TypeVar("Named", Article, Document, Claim, Run, Judgement)

Row = dict[str, Any]
"""A row by column name."""

Point = tuple[float | None, float | None]
"""Latitude and longitude."""


def of_article(article: Article) -> tuple[Row, Row]:
    """The rows of ``contents`` and ``articles``: bytes that came under several names are kept once."""
    content = {"sha256": article.sha256, "size": len(article.raw), "raw": article.raw}
    given = article.given
    named = {
        "id": article.id,
        "sha256": article.sha256,
        "name": article.name,
        "media_type": article.media_type,
        "given_outlet": given.outlet,
        "given_url": given.url,
        "given_title": given.title,
        "given_published": given.published,
    }
    return content, named


def to_article(row: Any) -> Article:
    """The article of a row of ``articles`` joined with its bytes."""
    given = Given(outlet=row.given_outlet, url=row.given_url, title=row.given_title, published=row.given_published)
    article = Article(name=row.name, raw=bytes(row.raw), media_type=row.media_type, given=given)
    return _as_named(article, row.id)


def of_document(document: Document, number: int) -> Row:
    """The row of ``documents``; ``body`` is the whole document in JSON but for its text, which has a column."""
    published = document.published
    return {
        "number": number,
        "id": document.id,
        "article_id": document.article_id,
        "name": document.name,
        "outlet": document.outlet,
        "title": document.title,
        "language": document.language,
        "published_start": published.start,
        "published_end": published.end,
        "url": document.url,
        "cleaner": document.cleaner,
        "text": document.text,
        "body": to_json(replace(document, text="")),
    }


def to_document(row: Any) -> Document:
    """The document of a row of ``documents``."""
    document: Document = from_json(Document, row.body)
    return _as_named(replace(document, text=row.text), row.id)


def to_outline(row: Any) -> Document:
    """The document of a row of ``documents`` without its text, under its own name: what lists show of it."""
    document: Document = from_json(Document, row.body)
    object.__setattr__(document, "id", row.id)
    return document


def to_ends(row: Any) -> Document:
    """What comparing and weighing look at of the document of a row of ``documents``, from columns: its JSON takes longer."""
    published = When(start=row.published_start, end=row.published_end)
    document = Document(article_id="", name=row.name, text="", outlet=row.outlet, published=published)
    object.__setattr__(document, "id", row.id)
    object.__setattr__(document, "text", row.ends)
    return document


def of_claim(claim: Claim, number: int, reading: int, published: date | None) -> Row:
    """The row of ``claims``: columns for what is asked by, and the whole claim in JSON."""
    chain = claim.attribution.chain
    return {
        "number": number,
        "id": claim.id,
        "reading": reading,
        "document_id": claim.document_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "holder": claim.holder,
        "speaker": chain[0].name if chain else "",
        "side": chain[0].side if chain else "",
        "outlet": chain[-1].name if chain else "",
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        "published": published,
        "when_start": claim.when.start,
        "when_end": claim.when.end,
        "body": to_json(claim),
    }


def to_claim(row: Any) -> Claim:
    """The claim of a row of ``claims``."""
    claim: Claim = from_json(Claim, row.body)
    return _as_named(claim, row.id)


def of_places(claim: Claim, number: int, first: int, points: Mapping[Point, int]) -> Iterator[Row]:
    """The rows of ``claim_places`` of a claim, numbered from ``first`` on; ``points`` are the known points' numbers."""
    for position, place in enumerate(claim.places):
        yield {
            "number": first + position,
            "claim": number,
            "position": position,
            "name": place.name,
            "text": place.text,
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
            "point": points.get((place.lat, place.lon)) if is_point(place) else None,
            "precision": place.precision.value,
        }


def is_point(place: Place) -> bool:
    """Whether the place has coordinates."""
    return place.lat is not None and place.lon is not None


def of_run(run: Run, ordinal: int, at: datetime) -> Row:
    """The row of ``runs``."""
    return {
        "ordinal": ordinal,
        "id": run.id,
        "extractor": run.extractor,
        "version": run.version,
        "cleaner": run.cleaner,
        "theatre": run.theatre,
        "settings": run.settings,
        "started_at": at.isoformat(),
    }


def to_run(row: Any) -> tuple[Run, datetime]:
    """The run of a row of ``runs`` and when it first started."""
    run = Run(
        extractor=row.extractor, version=row.version, cleaner=row.cleaner, theatre=row.theatre, settings=row.settings
    )
    return _as_named(run, row.id), datetime.fromisoformat(row.started_at)


def of_judgement(judgement: Judgement, number: int) -> Row:
    """The row of ``judgements``; ``at`` is exact, ``at_utc`` is what they are sorted by."""
    return {
        "number": number,
        "id": judgement.id,
        "subject": judgement.subject,
        "decision": judgement.decision,
        "value": judgement.value,
        "person": judgement.person,
        "reason": judgement.reason,
        "at": judgement.at.isoformat(),
        "at_utc": moment(judgement.at),
    }


def to_judgement(row: Any) -> Judgement:
    """The judgement of a row of ``judgements``."""
    judgement = Judgement(
        subject=row.subject,
        decision=row.decision,
        value=row.value,
        person=row.person,
        reason=row.reason,
        at=datetime.fromisoformat(row.at),
    )
    return _as_named(judgement, row.id)


def moment(at: datetime) -> str:
    """A time as a text that sorts as time passes; a time without a zone is taken as UTC.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2025, 11, 20, 1, 0, tzinfo=timezone(timedelta(hours=2))))
    '2025-11-19T23:00:00.000000'
    """
    zoned = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    # Not astimezone: it overflows within a zone's width of the first and last moments that exist.
    offset = zoned.utcoffset()
    try:
        passed = zoned.replace(tzinfo=None) - offset if offset else zoned.replace(tzinfo=None)
    except OverflowError:
        passed = zoned.replace(tzinfo=None)
    return passed.isoformat(timespec="microseconds")


def _as_named(value: Named, name: str) -> Named:
    if value.id != name:
        raise DamagedRow(
            f"The ledger holds {name}, but what is stored under that name is {value.id}.",
            "The file was changed from outside or is damaged; restore a backup, or build the ledger again.",
        )
    return value
