"""What one step of reading hears, as rows: spans of attributions, place names, time expressions, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol

from fogline.model import Document, Place, Quantity, Span, When
from fogline.publish.rows import Row, iso, spans


class Speech(Protocol):
    """Spans of one attribution."""

    @property
    def source(self) -> Sequence[Span]:
        """Where the speaker is named."""

    @property
    def cue(self) -> Sequence[Span]:
        """The words that say that somebody speaks."""

    @property
    def content(self) -> Sequence[Span]:
        """What is said."""


class Toponym(Protocol):
    """One place name as resolved."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def use(self) -> str:
        """Literal, metonymic or other."""

    @property
    def place(self) -> Place:
        """What it was resolved to."""

    @property
    def score(self) -> float:
        """How sure the resolution is."""


class Timex(Protocol):
    """One time expression as read."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def when(self) -> When:
        """The time it stands for."""


class Amount(Protocol):
    """One amount as read."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def quantity(self) -> Quantity:
        """The amount it stands for."""


def stem(document: Document) -> str:
    """The document's file name without its last ending: what the scoring of annotated texts goes by."""
    return PurePosixPath(document.name).stem


def attribution_row(document: Document, speech: Speech) -> Row:
    """One attribution's spans."""
    return {
        "doc": stem(document),
        "source": spans(speech.source),
        "cue": spans(speech.cue),
        "content": spans(speech.content),
    }


def toponym_row(document: Document, toponym: Toponym) -> Row:
    """One place name, with the gazetteer's coordinates or null."""
    place = toponym.place
    return {
        "doc": stem(document),
        "start": toponym.span.start,
        "end": toponym.span.end,
        "text": toponym.text,
        "use": str(toponym.use),
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "score": round(toponym.score, 4),
    }


def timex_row(document: Document, timex: Timex) -> Row:
    """One time expression as an EDTF interval with its bounds."""
    when = timex.when
    return {
        "doc": stem(document),
        "start": timex.span.start,
        "end": timex.span.end,
        "text": timex.span.of(document.text),
        "edtf": when.edtf or None,
        "start_date": iso(when.start),
        "end_date": iso(when.end),
        "precision": when.precision.value,
        "basis": when.basis.value,
    }


def amount_row(document: Document, amount: Amount) -> Row:
    """One amount as a range."""
    quantity = amount.quantity
    return {
        "doc": stem(document),
        "start": amount.span.start,
        "end": amount.span.end,
        "text": amount.span.of(document.text),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "of": quantity.of or None,
        "approximate": quantity.approximate,
    }
