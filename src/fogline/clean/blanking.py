"""Furniture turned into spaces."""

from __future__ import annotations

from collections.abc import Iterable

from fogline.model import Furniture


def blank(text: str, pieces: Iterable[Furniture]) -> str:
    """The text with the pieces, which are in order and apart, turned into spaces: offsets hold.

    >>> from fogline.model import FurnitureKind, Span
    >>> blank("ua en. Text", [Furniture(Span(0, 6), FurnitureKind.MENU)])
    '       Text'
    """
    out: list[str] = []
    last = 0
    for piece in pieces:
        out += (text[last : piece.span.start], " " * (piece.span.end - piece.span.start))
        last = piece.span.end
    return "".join((*out, text[last:]))
