"""Which documents may be translations of one another: a proposal by what a translation keeps, without any dictionary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from fogline.gazetteer.spelling import sound
from fogline.link.facets import said_day
from fogline.model import Document

_NAME = re.compile(r"(?<![.!?…»”\"'’] )(?<!^)(?<!\n)\b[^\W\d_a-zа-яіїєґё](?:[^\W\d_A-ZА-ЯІЇЄҐЁ]|['’ʼ](?=\w)){3,}")
"""A capitalised word that does not begin a sentence."""
_NUMBER = re.compile(r"\b\d[\d  ,.]*\d\b")
_PREFIX = 5
"""Letters of a name's sound by which it is known in every language and case: "Kupiansk", "Купянск" and "Куп'янську" share five."""
WITHIN = 3
"""Days between a text and its translation. This and the two shares below are set by judgement on a few made texts."""
_SHARED, _KEPT = 4, 0.5
"""A translation shares so many names and numbers, and so large a part of those of the text that has fewer."""
_TOO_COMMON = 50
"""A name or number in more texts of one stretch of days than this proposes nothing."""


class SharedNames:
    """``ports.Translations`` by names as they sound, by numbers, and by the days on which the documents came out."""

    def around(self, day: int) -> tuple[int, int]:
        """See ``ports.Translations``."""
        stretch = day // (WITHIN + 1)
        return (stretch - 1) * (WITHIN + 1), (stretch + 2) * (WITHIN + 1) - 1

    def propose(self, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
        """Pairs of documents (ids) in two languages, published within ``WITHIN`` days, that keep each other's names and numbers."""
        if len({document.language for document in documents} - {""}) < 2:
            return
        marks = [kept(document.text) if document.language else frozenset() for document in documents]
        days = [said_day(document) for document in documents]
        for i, j in _meeting(marks, days):
            one, other = documents[i], documents[j]
            first, last = days[i], days[j]
            if one.language == other.language or first is None or last is None or abs(first - last) > WITHIN:
                continue
            shared = len(marks[i] & marks[j])
            if shared >= _SHARED and shared >= _KEPT * min(len(marks[i]), len(marks[j])):
                yield one.id, other.id


@lru_cache(maxsize=1 << 12)
def kept(text: str) -> frozenset[str]:
    """The numbers of a text, and its names by their sound: what a translator leaves as it is.

    >>> sorted(kept("On Monday 1,200 people left Kupiansk.")) == sorted(kept("У Monday 1 200 людей покинули Куп'янськ."))
    True
    """
    numbers = (re.sub(r"\D", "", found) for found in _NUMBER.findall(text))
    names = (sound(found)[:_PREFIX] for found in _NAME.findall(text))
    return frozenset((*numbers, *(name for name in names if len(name) == _PREFIX)))


def _meeting(marks: Sequence[Iterable[str]], days: Sequence[int | None]) -> list[tuple[int, int]]:
    """The documents, by number, that share a mark in one stretch of days or in two that follow each other."""
    held: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n, (own, day) in enumerate(zip(marks, days, strict=True)):
        if day is not None:
            for mark in own:
                for stretch in {day // (WITHIN + 1), day // (WITHIN + 1) + 1}:
                    held[mark, stretch].append(n)
    few = (members for members in held.values() if 1 < len(members) <= _TOO_COMMON)
    return sorted({pair for members in few for pair in combinations(members, 2)})
