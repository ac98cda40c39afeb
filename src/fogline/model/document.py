"""The text of an article."""

from __future__ import annotations

from dataclasses import dataclass, field
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

    id: str = field(init=False, compare=False)
    """The document's name by content."""

    def __post_init__(self) -> None:
        """Name the document once; the text may be long."""
        marks = ",".join(f"{piece.kind}:{piece.span.start}-{piece.span.end}" for piece in self.furniture)
        about = (self.outlet, self.title, self.language, self.published.edtf, self.published.basis)
        object.__setattr__(self, "id", fingerprint("document", self.article_id, self.cleaner, self.text, *about, marks))

    def is_furniture(self, span: Span) -> bool:
        """Whether the stretch touches anything but prose; inline marks of a markup language stand within prose."""
        marks = (piece.span for piece in self.furniture if piece.kind is not FurnitureKind.MARKUP)
        return any(mark.overlaps(span) for mark in marks)
