"""The numbers of a statement, whatever they count, with the words that follow them: days and years are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from fogline.link import act

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})? (?:of )?(?:{_MONTH})\b|\b(?:{_MONTH}) \d{{1,2}}\b"
    r"|\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|\b\d{1,2}[:.]\d\d\b"
)
_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_][\w'’-]*|%")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS: Mapping[str, float] = {
    **{word: float(n) for n, word in enumerate(_UNITS.split())},
    **{word: 10.0 * n for n, word in enumerate(_TENS.split(), 2)},
    "dozen": 12.0,
}
_TIMES: Mapping[str, float] = {"hundred": 100.0, "thousand": 1000.0, "million": 1_000_000.0}
_AFTER = 3
"""The counted thing stands within so many words behind its number."""


@lru_cache(maxsize=1 << 12)
def read(text: str) -> Mapping[float, frozenset[str]]:
    """Each number with the stems of the words behind it; "one" is mostly no number and left out.

    >>> sorted(read("Twenty-one drones and 1,200 shells on 3 May."))
    [21.0, 1200.0]
    """
    tokens = _TOKEN.findall(_THOUSANDS.sub("", _DAY.sub(" ", text)))
    found: dict[float, set[str]] = {}
    at = 0
    while at < len(tokens):
        value, at = _number(tokens, at)
        if value is not None:
            behind = (token.casefold() for token in tokens[at : at + _AFTER])
            found.setdefault(value, set()).update(
                act.stem(w) for w in behind if w == "%" or (len(w) > 3 and w.isalpha())
            )
    return {value: frozenset(of) for value, of in found.items()}


def _number(tokens: list[str], at: int) -> tuple[float | None, int]:
    """The number that begins at a token, if one does, and where the next token is."""
    value = _single(tokens[at])
    at += 1
    if value is None:
        return None, at
    while at < len(tokens) and tokens[at].casefold() in _TIMES:
        value *= _TIMES[tokens[at].casefold()]
        at += 1
    alone = value == 1 and not tokens[at - 1].isdigit()
    return (None if alone else value), at


def _single(token: str) -> float | None:
    if token[0].isdigit():
        return float(token)
    folded = token.casefold()
    tens, _, units = folded.partition("-")
    if units and tens in _WORDS and units in _WORDS:
        return _WORDS[tens] + _WORDS[units]
    return _WORDS.get(folded)
