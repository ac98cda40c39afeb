"""Quotation marks to quotations, whatever the marks are and however badly they are paired.

Double marks in every shape (“ ” „ « » " '' ``) and single ones (‘ ’ '). A mark's shape is a hint only: what stands
before and after it decides whether it can open or close, so that a missing or turned mark loses no quotation. A
quotation that is still open at the end of a paragraph goes on where the next paragraph starts with a mark, as news
style has it; otherwise it ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fogline.model import Span

_DOUBLE = re.compile(r"''|``|[“”„«»\"]")
_SINGLE = re.compile(r"[‘’']")
_OPENING = frozenset("“„«") | {"``"}
_CLOSING = frozenset("”»")
_TERMINAL = re.compile(r"[.!?…][\"”»’')\]]*\s+")
_SPEECH_END = frozenset(",.!?…—–-")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch with its marks, in document offsets.

    ``opened`` and ``closed`` say whether both marks are there; ``goes_on`` that the next paragraph continues it.
    """

    span: Span
    opened: bool = True
    closed: bool = True
    goes_on: bool = False
    single: bool = False


def quotations(text: str, paragraphs: list[Span]) -> list[list[Quotation]]:
    """For each paragraph its quotations in text order.

    >>> text = 'He said: “We hold the town.”'
    >>> [q.span.of(text) for q in quotations(text, [Span(0, len(text))])[0]]
    ['“We hold the town.”']
    """
    found = []
    for here, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        goes_on = following is not None and _DOUBLE.match(text, following.start) is not None
        doubles = list(_doubles(text, here, goes_on))
        singles = list(_singles(text, here, doubles))
        found.append(sorted(doubles + singles, key=lambda q: q.span))
    return found


def _doubles(text: str, here: Span, goes_on: bool) -> Iterator[Quotation]:
    open_at = -1
    last = here.start
    for match in _DOUBLE.finditer(text, here.start, here.end):
        mark, start, end = match.group(), match.start(), match.end()
        opens, closes = _can_open(text, here, start, end), _can_close(text, here, start, end)
        if open_at < 0:
            if closes and not opens and (mark not in _OPENING or mark == "“"):
                if not text[start - 1].isdigit() or mark != '"':  # a digit before it: inches
                    orphan = _orphan(text, last, start, end)
                    if orphan is not None:
                        yield orphan
                        last = end
            elif mark not in _CLOSING or opens:
                open_at = start
        elif opens and not closes and mark != "„":
            # A second opening mark: the first quotation was never closed.
            if mark not in _OPENING or "\n" in text[open_at:start]:
                yield Quotation(Span(open_at, _before(text, open_at, start)), closed=False)
                open_at = start
        else:
            yield Quotation(Span(open_at, end))
            open_at, last = -1, end
    if open_at >= 0 and here.end - open_at > 1:
        yield Quotation(Span(open_at, here.end), closed=False, goes_on=goes_on)


def _singles(text: str, here: Span, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Quotations in single marks outside the double ones; an apostrophe neither opens nor closes one."""
    open_at, last = -1, here.start
    for match in _SINGLE.finditer(text, here.start, here.end):
        start, end = match.span()
        inside = next((q for q in doubles if q.span.start <= start < q.span.end), None)
        if inside is not None:
            open_at, last = -1, inside.span.end
            continue
        opens, closes = _can_open(text, here, start, end), _can_close(text, here, start, end)
        if open_at < 0 and opens and not closes:
            open_at = start if text[end : end + 1].isalpha() else -1
        elif open_at >= 0 and closes and not opens:
            if start - open_at > 2:
                yield Quotation(Span(open_at, end), single=True)
            open_at, last = -1, end
        elif open_at < 0 and closes and not opens and text[start - 1] in ",.!?" and end < here.end:
            orphan = _orphan(text, last, start, end)
            if orphan is not None:
                yield Quotation(orphan.span, opened=False, single=True)
                last = end


def _orphan(text: str, last: int, start: int, end: int) -> Quotation | None:
    """A closing mark without an opening one ends a quotation that began with its sentence."""
    if text[start - 1 : start] not in _SPEECH_END:
        return None
    begins = last
    for match in _TERMINAL.finditer(text, last, start - 1):
        begins = match.end()
    while begins < start and text[begins].isspace():
        begins += 1
    return Quotation(Span(begins, end), opened=False) if start - begins > 10 else None


def _before(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _can_open(text: str, here: Span, start: int, end: int) -> bool:
    before = text[start - 1] if start > here.start else " "
    after = text[end] if end < here.end else " "
    return (before.isspace() or before in "([{—–-:“\"‘'/" or not before.isprintable()) and not after.isspace()


def _can_close(text: str, here: Span, start: int, end: int) -> bool:
    before = text[start - 1] if start > here.start else " "
    after = text[end] if end < here.end else " "
    return not before.isspace() and before not in "([{" and not after.isalnum()
