"""What type of event a text tells of, by ACLED's names of sub-events and five that other coders add.

A transparent scorer: each type has signals (``lexicon/events.toml``), patterns with a weight, written from the definitions
in ACLED's codebook ("ACLED Codebook", 2023), not learned from its data. The type with the highest sum is taken, if it
reaches ``LEAST``; otherwise the answer is "", which is no event that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from fogline.extract.lexicon import read
from fogline.model import Codes

LEAST = 2.0
"""The least score of a type: one telling signal."""

TOLD_BY = 5
"""Letters at the beginning of a word by which a sentence that may tell of a special type is known."""

LATER = 0.5
"""What a signal counts that stands after the first sentence: news puts the event first. Set on half of CASE's snippets."""

FIRST = re.compile(r"(?<=[a-z\d\"”)])[.!?](?=\s+[A-Z\"“])")
"""Where the first sentence may end."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern and what it adds to its type's score."""

    weight: float
    pattern: re.Pattern[str]


@cache
def _types() -> tuple[tuple[str, tuple[Signal, ...]], ...]:
    lexicon = read("events")
    groups = lexicon["groups"]

    def filled(pattern: str) -> re.Pattern[str]:
        for name, words in groups.items():
            pattern = pattern.replace("{" + name + "}", words)
        return re.compile(pattern)

    return tuple((t["name"], tuple(Signal(w, filled(p)) for w, p in t["signals"])) for t in lexicon["type"])


def event_type(text: str) -> str:
    """The type of event the text mainly tells of, or "".

    >>> event_type("Two suicide bombers blew themselves up at a checkpoint.")
    'Suicide bomb'
    >>> event_type("The weather was mild.")
    ''
    """
    return best(event_scores(text))


@lru_cache(maxsize=4096)
def event_codes(text: str) -> Codes:
    """The codes of the event a text mainly tells of, by PLOVER, CAMEO and ACLED; empty where none or where ACLED has no name.

    >>> event_codes("Gunmen abducted twelve villagers.").acled
    'Abduction/forced disappearance'
    """
    if _telling().isdisjoint(word[:TOLD_BY] for word in text.lower().split()):
        return Codes()
    found = event_type(text)
    return next((c for name, c in _codes() if name == found), Codes())


@cache
def _telling() -> frozenset[str]:
    return frozenset(read("events")["telling"])


@cache
def _codes() -> tuple[tuple[str, Codes], ...]:
    types = read("events")["type"]
    return tuple(
        (t["name"], Codes(plover=t["plover"], cameo=t["cameo"], acled=t["name"])) for t in types if "plover" in t
    )


def event_scores(text: str) -> tuple[tuple[str, float], ...]:
    """Each type with its score, in the lexicon's order."""
    end = FIRST.search(text, 40)
    first = len(text) if end is None else end.end()
    small = text.lower()
    small = small if len(small) == len(text) else text  # a few capitals have longer small forms
    return tuple((name, _score(signals, small, first)) for name, signals in _types())


def best(scores: Sequence[tuple[str, float]]) -> str:
    """The name with the highest score, the earlier one of equals; "" where none reaches the least."""
    name, score = max(scores, key=lambda pair: pair[1])
    return name if score >= LEAST else ""


def _score(signals: Sequence[Signal], text: str, first: int) -> float:
    total = 0.0
    for signal in signals:
        found = signal.pattern.search(text)
        if found:
            total += signal.weight * (1.0 if found.start() < first else LATER)
    return total
