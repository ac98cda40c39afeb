"""Whether two statements are one statement told twice: one mouth or one source that both name, and mostly one content.

Asked only of two statements that a person puts side by side. Whoever is reported twice is worded twice: "launched over 1,200
strike drones" is "sent more than 1,200 attack drones". One named mouth within a few days, and numbers or telling words in common,
make the two one statement; a statement that cites the outlet of the other repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fogline.link import act, speakers
from fogline.link.facets import Facet
from fogline.link.near_duplicates import words
from fogline.link.one_voice import FEW_DAYS
from fogline.model import Document

_SHARED = 0.3
"""The least share of the shorter statement's telling words that both must have. This and the next were set by hand on the plain
part of the blind pairs."""
_WITH_NUMBER = 0.2
"""The same where both give one number that says much."""
_TELLING_NUMBER = 10
"""Smaller numbers are shared by chance."""
_UNMISTAKABLE = 30
"""So large a number of one mouth in a few days is the same number."""
_CITING = (
    r"(?:according to|citing|cited by|quot(?:ed|ing)(?: by)?|report(?:ed)? by|told|via|as reported by|news agency)"
)
_SAID = r"(?:reported|reports|said|says|wrote|writes|quoted|cited)"


def is_retold(a: Sequence[Facet], b: Sequence[Facet], documents: tuple[Document, Document]) -> bool:
    """Whether two statements, each with all its claims, are one: one mouth or one cited outlet, and one content."""
    if not a or not b or a[0].said is None or b[0].said is None or abs(a[0].said - b[0].said) > FEW_DAYS:
        return False
    one, other = documents
    if one.outlet.casefold() == other.outlet.casefold() or not _one_place(a, b):
        return False
    mouth = any(speakers.one_mouth(x, y) for x in a for y in b)
    if not (mouth or cites(one, other) or cites(other, one)):
        return False
    named = frozenset(act.stem(w) for f in (*a, *b) for w in (*words(f.claim.speaker.name), *f.party))
    own, others = _telling(one.text) - named, _telling(other.text) - named
    least = min(len(own), len(others))
    shared = len(own & others) / least if least else 0.0
    numbers = _numbers(a), _numbers(b)
    if not mouth and shared < _SHARED:
        return False
    common = numbers[0] & numbers[1]
    if mouth and any(number >= _UNMISTAKABLE for number in common):
        return True
    if common:
        return shared >= _WITH_NUMBER
    return shared >= _SHARED and not (numbers[0] and numbers[1])


def _one_place(a: Sequence[Facet], b: Sequence[Facet]) -> bool:
    """Whether the statements name a place in common, or one of them names none."""
    own, others = ({area for facet in some for area in facet.areas} for some in (a, b))
    return not own or not others or bool(own & others)


def cites(one: Document, other: Document) -> bool:
    """Whether one statement names the other's outlet as where it has this from.

    >>> import re
    >>> bool(re.search(rf"{_CITING} (?:the )?AFP", "The camp was shelled, according to AFP."))
    True
    """
    if not one.outlet or not other.outlet or one.outlet.casefold() == other.outlet.casefold():
        return False
    name = re.escape(other.outlet.removeprefix("The "))
    return bool(re.search(rf"\b{_CITING}[^.,;]{{0,30}}\b{name}\b|\b{name}\b[^.,;]{{0,20}} {_SAID}\b", one.text))


@lru_cache(maxsize=1 << 10)
def _telling(text: str) -> frozenset[str]:
    """The stems of a statement's words that are none of every report's."""
    return (
        frozenset(act.stem(word) for word in words(text) if len(word) > 3 and not word.isdigit()) - act.common_stems()
    )


def _numbers(facets: Sequence[Facet]) -> frozenset[float]:
    """The amounts of a statement that are too large to be shared by chance."""
    counted = (q for facet in facets for q in facet.claim.quantities if not q.unit)
    return frozenset(
        size for q in counted if (size := q.low if q.low is not None else q.high or 0.0) >= _TELLING_NUMBER
    )
