"""Who signed a quotation ("... the town.” — Olena Bondar") or is its label in a transcript (“BONDAR: We hold ...”)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fogline.model import Span

_WORD = r"[^\W\d_a-z](?:[\w’'-]*\w|\.)?"
_SIGNED = re.compile(
    rf"\s*(?P<mark>[―—–]|--?)\s*(?P<name>{_WORD}(?:[ \u00a0](?:(?:of|the|de|van|von|der|den|bin|al)[ \u00a0]){{0,2}}{_WORD}){{0,4}}?)"
    rf"(?=\.?\s*(?:\n|\Z)|,[^.!?\n]{{1,80}}\.?\s*(?:\n|\Z))"
)
_LABEL = re.compile(
    r"[\"“”„«»'‘]?(?P<name>[^\W\d_a-z][^\W\d_a-z.'’-]*(?: [^\W\d_a-z][^\W\d_a-z.'’-]*){0,3})(?P<mark>:)\s+"
)
_SHORTEST_LABEL = 3
"""Letters of a label: two are rather an abbreviation ("PS:", "UN:")."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who says a quotation, what shows it, and where its words begin."""

    source: Span
    cue: Span
    start: int


def signed(text: str, quotation: Span) -> Signed | None:
    """The name that signs a quotation behind a dash, at the end of its line; or that labels it, in capitals; else ``None``.

    >>> found = signed("“They left.” — Olena Bondar, a teacher", Span(0, 12))
    >>> found.source.of("“They left.” — Olena Bondar, a teacher")
    'Olena Bondar'
    """
    behind = _SIGNED.match(text, quotation.end)
    if behind:
        return Signed(Span(*behind.span("name")), Span(*behind.span("mark")), quotation.start)
    before = _LABEL.match(text, quotation.start, quotation.end)
    if before and len(before["name"]) >= _SHORTEST_LABEL:
        return Signed(Span(*before.span("name")), Span(*before.span("mark")), before.end())
    return None
