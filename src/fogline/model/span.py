"""Stretches of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a document's text, in characters.

    Raises ``ValueError`` for a stretch that ends before it starts or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a stretch that cannot be cut from any text."""
        if self.start < 0 or self.end < self.start:
            raise ValueError(f"no such stretch of a text: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words of ``text`` in this stretch."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two stretches share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this stretch."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]
"""Several stretches in text order: a quotation may be split around its speaker."""


def merge(spans: Iterable[Span]) -> Spans:
    """The same characters in as few stretches as possible, in text order.

    >>> merge([Span(5, 9), Span(0, 3), Span(8, 12)])
    (Span(start=0, end=3), Span(start=5, end=12))
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
