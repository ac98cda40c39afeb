"""What sort of place the words directly around a name say that it is."""

from __future__ import annotations

import re

from fogline.gazetteer import Feature
from fogline.model import Span

_WATER_AFTER = re.compile(r"\s+(?:[Rr]ivers?|[Rr]eservoir|[Ss]ea)\b")
_WATER_BEFORE = re.compile(
    r"(?:\b(?:banks? of|along|across|crossing|crossed|cross|over|river|reservoir)\s+the\s+|"
    r"\b(?:[Rr]iver|річк\w+|рек[аиеу]|рекой|берез[іи]|берегу)\s+)$"
)
_ARTICLE_BEFORE = re.compile(r"\bthe\s+$")
_ALONE_AFTER = re.compile(r"\s*(?:[.,;:)\n]|$)|\s+(?:and|or|in|to|at|near|from|by|with|on)\b")
_REGION_BEFORE = re.compile(r"\b(?:region|regions|oblast|province|state) of\s+$")
_REGION_AFTER = re.compile(r"\s+(?:region|oblast|province|Region|Oblast|Province)\b")


def hint(text: str, span: Span) -> Feature | None:
    """What sort of place the words directly around the name say that it is."""
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 20]
    the_bare_name = _ARTICLE_BEFORE.search(before) and _ALONE_AFTER.match(after)
    if _WATER_AFTER.match(after) or _WATER_BEFORE.search(before) or the_bare_name:
        return Feature.WATER
    if _REGION_BEFORE.search(before) or _REGION_AFTER.match(after):
        return Feature.REGION
    return None
