"""The text of an article."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fogline.model.identity import fingerprint
from fogline.model.span import Span
from fogline.model.when import UNKNOWN_WHEN, When


class FurnitureKind(StrEnum):
    """What a stretch of page furniture is."""

    MENU = "menu"
    TITLE = "title"
    BYLINE = "byline"
    CAPTION = "caption"
    HEADING = "heading"
    RELATED = "related"
    FORM = "form"
    NOTICE = "notice"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """A marked stretch that is no part of the report's prose; marked, never cut."""

    span: Span
    kind: FurnitureKind


class KnownFrom(StrEnum):
    """What told something about a document."""

    GIVEN = "given"
    JSON_LD = "JSON-LD"
    META = "meta element"
    ELEMENT = "element for dates or names"
    URL = "URL"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How each thing that is known about a document is known."""

    title: KnownFrom = KnownFrom.UNKNOWN
    outlet: KnownFrom = KnownFrom.UNKNOWN
    authors: KnownFrom = KnownFrom.UNKNOWN
    published: KnownFrom = KnownFrom.UNKNOWN
    modified: KnownFrom = KnownFrom.UNKNOWN


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a live blog or digest: from its stamp to the next, with the day it came out; ``time`` is its "14:05"."""

    span: Span
    published: When
    time: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of paragraphs in one language, an ISO 639 code; empty where it cannot be told."""

    span: Span
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The decoded text of an article with its furniture marked.

    ``published`` is a day where one is known. Where the report bears none it is an open interval that starts at the
    latest past date the text speaks of (``end`` is ``None``), or unknown. ``text`` of a plain-text article is the file
    as decoded, so offsets hold in the file.
    """

    article_id: str
    name: str
    text: str
    outlet: str = ""
    title: str = ""
    language: str = ""
    published: When = UNKNOWN_WHEN
    url: str = ""
    furniture: tuple[Furniture, ...] = ()
    cleaner: str = ""
    authors: tuple[str, ...] = ()
    modified: When = UNKNOWN_WHEN
    domain: str = ""
    """The host of its URL, without ``www.``."""
    outlet_known: bool = False
    """Whether the outlet is one of the theatre's; else its name is what the page calls itself."""
    origins: Origins = Origins()
    parts: tuple[Part, ...] = ()
    """The entries of a live blog, in the order of the text; empty for a report of one piece."""
    passages: tuple[Passage, ...] = ()
    """Where paragraphs are in several languages, which is where; empty where all is in ``language``."""

    id: str = field(init=False, compare=False)
    """The document's name by content."""

    def __post_init__(self) -> None:
        """Name the document once; the text may be long."""
        marks = ",".join(f"{piece.kind}:{piece.span.start}-{piece.span.end}" for piece in self.furniture)
        about = (self.outlet, self.title, self.language, self.published.edtf, self.published.basis)
        more = tuple(f"{part.span.start}-{part.span.end} {part.published.edtf} {part.time}" for part in self.parts)
        object.__setattr__(
            self, "id", fingerprint("document", self.article_id, self.cleaner, self.text, *about, marks, *more)
        )

    def published_at(self, position: int) -> When:
        """When what stands at that place of the text came out: a live blog's entries have days of their own."""
        at = bisect_right(self.parts, position, key=lambda part: part.span.start) - 1
        if at >= 0 and position < self.parts[at].span.end and self.parts[at].published.known:
            return self.parts[at].published
        return self.published

    def is_furniture(self, span: Span) -> bool:
        """Whether the stretch touches anything but prose; inline marks of a markup language stand within prose."""
        marks = (piece.span for piece in self.furniture if piece.kind is not FurnitureKind.MARKUP)
        return any(mark.overlaps(span) for mark in marks)


def was_out(document: Document, day: date) -> bool:
    """Whether a document had been published by a day: of one without a date that is not known."""
    start = document.published.start
    return start is not None and start <= day
