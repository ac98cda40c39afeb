"""Furniture in plain text: the texts of whole pages as people save them, against what of each people marked as its article.

A line is of the article where it stands in it, in its letters; one of under twenty letters only where it is prose, as short
ones stand in both. The halves are the pages at even and at odd places in order of name; rules were made by the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evals.extraction_html import Page, load
from fogline.clean.decoding import decode
from fogline.clean.furniture import find
from fogline.clean.lines import Line, split
from fogline.clean.pruning import letters
from fogline.model import Furniture
from fogline.sources.fragments import text_of

FEWEST = 20
"""Letters from which on a line that is no prose is told by them."""

_NOT_TEXT = re.compile(r"<(script|style|noscript|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body", re.IGNORECASE)


def figures(shared: Path) -> dict[str, float]:
    """Share of the characters of articles that are left unmarked, and of those around them that are marked, by half."""
    counts = [_counted(page) for page in load(shared)]
    found: dict[str, float] = {}
    for half, name in ((counts[::2], "tuned"), (counts[1::2], "judged")):
        article, wrong, around, right = (sum(count[n] for count in half) for n in range(4))
        found |= {f"{name}_kept": 1 - wrong / article, f"{name}_marked": right / around}
    return found


def _counted(page: Page) -> tuple[int, int, int, int]:
    """Characters of the article, of these marked; characters around it, of these marked."""
    text, article = _text(page.raw), letters(page.article)
    furniture = find(text)
    counts = [0, 0, 0, 0]
    for line, marked in _marked(text, furniture):
        own = letters(line.text)
        inside = own in article
        if own and (not inside or len(own) >= FEWEST or line.prose):
            counts[0 if inside else 2] += len(line.text)
            counts[1 if inside else 3] += marked
    return counts[0], counts[1], counts[2], counts[3]


def _text(raw: bytes) -> str:
    """The text of a page's body, a block a line, as a browser copies it."""
    markup = _NOT_TEXT.sub("", decode(raw, markup=True))
    begins = _BODY.search(markup)
    return text_of(markup[begins.start() :] if begins else markup)


def _marked(text: str, furniture: tuple[Furniture, ...]) -> Iterator[tuple[Line, int]]:
    for line in split(text):
        pieces = (piece.span for piece in furniture if piece.span.overlaps(line.span))
        yield line, sum(min(p.end, line.span.end) - max(p.start, line.span.start) for p in pieces)
