"""Menus, breadcrumbs and language switchers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fogline.clean.lexicon import lexicon, normal
from fogline.clean.lines import Line
from fogline.model import FurnitureKind

_SEPARATOR = re.compile(r"\s*[|•·›»>▸→⋅]\s*|\s+/\s+|\s{2,}|\t+")
_TOKENS = re.compile(r"[^\s|/·•,;:()\[\]-]+")

MAX_ITEM_WORDS = 4
MIN_ITEMS = 3
MIN_RUN = 4
"""Short lines in a row that make a menu; at least two in five must be known words."""


def switcher(line: Line) -> bool:
    """Whether the line offers the page in other languages: "ua en ru".

    One name alone can be a heading; two or more, and nothing else, cannot.
    """
    if len(line.text) > 150:
        return False
    tokens = [normal(token) for token in _TOKENS.findall(line.text)]
    return (
        len(tokens) >= 2 and len(set(tokens)) == len(tokens) and all(token in lexicon().languages for token in tokens)
    )


def bar(line: Line) -> bool:
    """Whether the line is a row of links: "Home | News | Contacts", "Home » War » Kharkiv"."""
    text = line.text
    if len(text) > 300 or line.ends:
        return False
    items = [item for item in _SEPARATOR.split(text) if item]
    if len(items) < MIN_ITEMS or any(item.count(" ") >= MAX_ITEM_WORDS for item in items):
        return False
    known = sum(_known(item) for item in items)
    return known * 3 >= len(items)


def words(line: Line) -> bool:
    """Whether the line is nothing but words of a menu, without marks between them: "Home News Politics Sport"."""
    if line.words < MIN_RUN or len(line.text) > 300 or line.ends:
        return False
    tokens = line.text.split()
    return sum(_known(token) for token in tokens) * 4 >= len(tokens) * 3


def run(lines: Sequence[Line], marked: Sequence[bool]) -> tuple[int, ...]:
    """The lines of a menu with one entry a line: short ones in a row, many of them known."""
    found: list[int] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _entry(lines[end]):
            end += 1
        known = sum(_known(line.text) for line in lines[start:end])
        if end - start >= MIN_RUN and known * 5 >= (end - start) * 2:
            found += [i for i in range(start, end) if not marked[i]]
        start = end + 1
    return tuple(found)


def _entry(line: Line) -> bool:
    return line.words <= MAX_ITEM_WORDS and len(line.text) <= 40 and not line.ends


def _known(item: str) -> bool:
    return lexicon().whole.get(normal(item)) is FurnitureKind.MENU
