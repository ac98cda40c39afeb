"""Titles, repeated titles and section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fogline.clean.lexicon import normal
from fogline.clean.lines import SHORT, Line
from fogline.model import Furniture, FurnitureKind, Span

MAX_TITLE = 180
MAX_TITLE_WORDS = 24
MAX_HEADING_WORDS = 14
MIN_HEAD_WORDS = 4
"""Words in the shortest title that is looked for at the head of a paragraph; a shorter one can be its subject."""

_SUFFIX = re.compile(r"\s+(?:[|–—]|-)\s+(?=[^|–—]*$)")
_NO_TITLE_END = tuple(".,;:")
_NO_HEADING_END = tuple(".,;:!…—–-")
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "'": "'", "‘": "’"}


def title(lines: Sequence[Line], marked: Sequence[bool]) -> int | None:
    """Which line is the title: the first that is not marked, where it looks like one and prose follows."""
    first = next((i for i, done in enumerate(marked) if not done), None)
    if first is None or not can_be_title(lines[first]):
        return None
    rest = [lines[i] for i in range(first + 1, len(lines)) if not marked[i]]
    if not rest or not any(line.prose for line in rest):
        return None
    # A sentence that runs on in the next line is no title.
    return first if rest[0].apart or not rest[0].text[0].islower() else None


def can_be_title(line: Line) -> bool:
    """Whether a line is built like a title."""
    text = line.text
    return (
        2 <= line.words <= MAX_TITLE_WORDS
        and len(text) <= MAX_TITLE
        and not text.endswith(_NO_TITLE_END)
        and not text[0].islower()
        and not line.bullet
        and line.sentences <= 2
        and _quotes_closed(text)
    )


def repeats(line: Line, titles: Sequence[str]) -> Furniture | None:
    """The part of a line that only says a title again: all of it, or its head, before a caption or a sentence."""
    plain = normal(line.text[: MAX_TITLE + 80])
    for words in titles:
        key = normal(words)
        if not key:
            continue
        if plain == key or (len(line.text) <= MAX_TITLE and plain in _shorter(words) and line.words >= 3):
            return Furniture(line.span, FurnitureKind.TITLE)
        if plain.startswith(key) and _only_suffixed(line.text, words):
            return Furniture(line.span, FurnitureKind.TITLE)
        end = _head(line.text, words)
        if end:
            return Furniture(Span(line.start, line.start + end), FurnitureKind.TITLE)
    return None


def _shorter(words: str) -> tuple[str, ...]:
    """The title without the outlet's name behind it."""
    match = _SUFFIX.search(words)
    if match is None:
        return ()
    head, tail = words[: match.start()], words[match.end() :]
    return (normal(head),) if head.count(" ") >= 2 and tail.count(" ") <= 5 else ()


def _only_suffixed(text: str, words: str) -> bool:
    match = _SUFFIX.match(text, len(words)) if text[: len(words)].casefold() == words.casefold() else None
    return match is not None and text.count(" ", match.end()) <= 5 and not text.endswith(".")


def _head(text: str, words: str) -> int:
    """Where a title at the head of a paragraph ends; 0 where the paragraph only begins with the same words."""
    if words.count(" ") + 1 < MIN_HEAD_WORDS or text[: len(words)].casefold() != words.casefold():
        return 0
    rest = text[len(words) :]
    return len(words) if re.match(r"\s+[\"“«(\[]?(?:[^\W\d_a-zа-яіїєґё]|\d)\S*\s+\S+\s+\S", rest) else 0


def headings(lines: Sequence[Line], marked: Sequence[bool]) -> tuple[int, ...]:
    """Which lines head a section: one or two short ones, no sentences, between prose and prose."""
    found: set[int] = set()
    for i in range(len(lines) - 2, -1, -1):
        after = i + 1
        if marked[i] or not _can_be_heading(lines[i]):
            continue
        if after in found:
            # A second one above a heading: only set apart, and only one.
            if after + 1 in found or not (lines[i].apart and lines[after].apart):
                continue
        elif marked[after] or not _opens(lines[after]):
            continue
        if _closes(lines, marked, i - 1) or _pair(lines, marked, i - 1):
            found.add(i)
    return tuple(sorted(found))


def _can_be_heading(line: Line) -> bool:
    text = line.text
    return (
        line.words <= MAX_HEADING_WORDS
        and len(text) <= SHORT
        and not text.endswith(_NO_HEADING_END)
        and not (line.bullet and not re.match(r"\d", text))
        and not text[0].islower()
        and (text[0].isalnum() or text[0] in _QUOTES)
        # "North: 5 attacks" is an entry of a table.
        and not re.search(r":.*\d", text)
        and any(character.isalpha() for character in text)
        and _quotes_closed(text)
        and (not text.endswith("?") or line.words <= 12)
    )


def _opens(line: Line) -> bool:
    """Whether the line can be the first below a heading."""
    return line.bullet or line.text[0] in _QUOTES or (line.prose and len(line.text) >= 40)


def _closes(lines: Sequence[Line], marked: Sequence[bool], i: int) -> bool:
    """Whether nothing is left open above a heading."""
    return i < 0 or marked[i] or lines[i].ends or (lines[i].prose and not lines[i].text.endswith(_NO_TITLE_END))


def _pair(lines: Sequence[Line], marked: Sequence[bool], i: int) -> bool:
    """Whether the line above is itself the first of two headings."""
    apart = lines[i].apart and lines[i + 1].apart
    return apart and not marked[i] and _can_be_heading(lines[i]) and _closes(lines, marked, i - 1)


def _quotes_closed(text: str) -> bool:
    """Whether a quotation that begins the line ends in it: else it is somebody's words."""
    close = _QUOTES.get(text[0])
    return close is None or close in text[1:]
