"""A statement as it is weighed against another: what was heard in it, and its words by what they tell.

The cues, opposites and concepts stand in ``features.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fogline.link import act, numbers
from fogline.link.facets import Facet
from fogline.link.near_duplicates import words
from fogline.model import Document

_CAPITAL = re.compile(r"\b[A-Z][\w-]{2,}")
_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)\b[A-Z][\w-]{2,}")
_MAY = re.compile(r"\bMay\b")
"""The month, which would be read as a doubt."""
_HYPHENS = re.compile(r"(?<=\w)-(?=\w)")
_AREA = "(?:region|oblast|province|state|district|sector|direction|axis|locality|territory|county|countryside)"
_BESIDE = re.compile(
    r"\b(?:near|outside|beside|around|(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)? of|close to)"
    r" (?:the )?(?:town of |city of |village of )?([A-Z][\w’-]+)"
    rf"|\bin (?:the )?([A-Z][\w’-]+)(?: [A-Z][\w’-]+)? {_AREA}\b"
    rf"|\b([A-Z][\w’-]+) {_AREA}\b"
)
"""By what a place is told from its namesakes."""
_HOURS = (
    re.compile(r"\b(?:early hours|dawn|daybreak|before sunrise|small hours|[1-5](?:[:.]\d\d)? ?a\.?m)\b"),
    re.compile(r"\b(?:morning|breakfast|[6-9](?:[:.]\d\d)? ?a\.?m|1[01](?:[:.]\d\d)? ?a\.?m)\b"),
    re.compile(r"\b(?:noon|midday|12 ?p\.?m)\b"),
    re.compile(r"\b(?:afternoon|[1-5](?:[:.]\d\d)? ?p\.?m)\b"),
    re.compile(r"\b(?:evening|dusk|nightfall|[6-9](?:[:.]\d\d)? ?p\.?m)\b"),
    re.compile(r"\b(?:by night|late at night|at night|midnight|tonight|1[01](?:[:.]\d\d)? ?p\.?m)\b"),
)
"""The parts of a day in their order."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its document, what was heard in it, and its words as they are weighed."""

    document: Document
    facets: tuple[Facet, ...]
    folded: str
    telling: frozenset[str]
    names: frozenset[str]
    capitals: frozenset[str]
    areas: frozenset[str]
    placed: frozenset[str]
    speakers: frozenset[str]
    beside: frozenset[str]
    hour: int
    cues: Mapping[str, int]
    act: act.Act
    concepts: frozenset[str]
    numbers: Mapping[float, frozenset[str]]

    def has(self, cue: str) -> bool:
        """Whether a cue of the group stands in it."""
        return self.cues[cue] > 0


def read(document: Document, facets: Sequence[Facet]) -> Statement:
    """A statement as it is weighed."""
    text = document.text
    folded = _MAY.sub("", text).casefold()
    spoken = {w for f in facets for s in f.claim.attribution.chain for w in words(s.name)}
    placed = {w for f in facets for p in f.claim.places for w in words(f"{p.name} {p.text}")}
    party = frozenset(w for f in facets for w in f.party) | _words("sides")
    dropped = {act.stem(w) for w in (*spoken, *placed, *party)} | _common()
    stems = {act.stem(w) for w in words(_HYPHENS.sub(" ", text)) if len(w) > 3 and not w.isdigit()}
    uncounted = {act.stem(w) for w in (*_words("sides"), *_words("grammar"), *_words("days"))}
    return Statement(
        document=document,
        facets=tuple(facets),
        folded=folded,
        telling=frozenset(stems - dropped),
        names=frozenset(map(str.casefold, _NAME.findall(text))) - _words("days") - party,
        capitals=frozenset(map(str.casefold, _CAPITAL.findall(text))) - _words("days") - party,
        areas=frozenset(area for facet in facets for area in facet.areas),
        placed=frozenset(placed),
        speakers=_spoken(facets),
        beside=frozenset(filter(None, (group for found in _BESIDE.findall(text) for group in found))),
        hour=max((n for n, pattern in enumerate(_HOURS, 1) if pattern.search(folded)), default=0),
        cues={name: len(pattern.findall(folded)) for name, pattern in cue_patterns().items()},
        act=act.read(text),
        concepts=frozenset(name for name, pattern in concept_patterns().items() if pattern.search(folded)),
        numbers={number: of - uncounted for number, of in numbers.read(text).items()},
    )


def _spoken(facets: Sequence[Facet]) -> frozenset[str]:
    """The words for who speaks first: name, office and whose, without grammar."""
    first = {f.claim.speaker for f in facets if len(f.claim.attribution.chain) > 1}
    told = (w for s in first for w in words(f"{s.name} {s.role} {s.affiliation}") if len(w) > 2)
    return frozenset(act.stem(w) for w in told) - {"the", "and", "for", "unknown"}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("fogline.link").joinpath("features.toml").read_text(encoding="utf-8"))


@cache
def cue_patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of the groups of cues."""
    return {name: _whole_words("|".join(cues)) for name, cues in _table()["cues"].items()}


@cache
def opposites() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Pairs of patterns that cannot both be said of one thing."""
    return {name: (_whole_words(x), _whole_words(y)) for name, (x, y) in _table()["opposites"].items()}


@cache
def concept_patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of the things that reports of war speak of."""
    return {
        name: re.compile(r"\b(?:" + "|".join(re.escape(stem) for stem in stems) + ")")
        for name, stems in _table()["concepts"].items()
    }


@cache
def products() -> tuple[tuple[str, str], ...]:
    """Pairs of features that count for more where both hold."""
    return tuple((one, other) for one, other in _table()["products"])


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(_table()["words"][group])


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


@cache
def _common() -> frozenset[str]:
    return act.common_stems() | frozenset(map(act.stem, _words("days") | _words("grammar")))
