"""Finding the temporal expressions of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from fogline.model import AnchorEvent, Document, Span, When
from fogline.timex.absolute import at_month, at_number
from fogline.timex.anchored import Anchors
from fogline.timex.durations import at_length, date_at
from fogline.timex.framing import with_lead, with_range
from fogline.timex.lexicon import ANY_MONTH, ANY_WEEKDAY, DAY_WORDS, SEASONS, UNITS, words
from fogline.timex.lists import listed
from fogline.timex.numbers import ORDINAL_ENDINGS, ORDINALS, WORDS
from fogline.timex.parts import at_day_of, at_event, at_part
from fogline.timex.reading import Found, Reading, Shifted, To
from fogline.timex.relative import (
    AHEAD,
    at_day_alone,
    at_day_word,
    at_daytime,
    at_overnight,
    at_told_month,
    at_unit,
    at_weekday,
    with_told_year,
)
from fogline.timex.resolving import resolve
from fogline.timex.tokens import Tokens, tokenise
from fogline.timex.years import at_century, at_decade_word, at_season, at_year

_DAYTIMES = frozenset({"night", "morning", "evening", "afternoon"})
_PARTS = frozenset({*ORDINALS, "last", "final", "closing", "opening", "early", "earliest", "initial"})
_VAGUE = frozenset({"few", "several", "couple"})
_DECADES = frozenset(["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"])
_TRIGGERS = frozenset(
    {*ANY_MONTH, *ANY_WEEKDAY, *DAY_WORDS, *SEASONS, *UNITS, *WORDS, *_PARTS, *_VAGUE, *_DAYTIMES, *_DECADES}
    | {"overnight", "century", "eve"}
)
_AHEAD = words("ahead")
_BEHIND = words("behind")
_MARKS = frozenset({"-", ".", "/"})
_NEAR = 12
"""Tokens after a number in which a word of the calendar may make it a date: "6, 7, 8, 9 and 10 September"."""
_WILL = frozenset({"will", "shall", "ll"})
_REACH = 12
"""Tokens beside a date in which a word like "will" or "was" tells whether it is to come; chosen, not tuned."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression and its value; ``ahead``: the text speaks of it as yet to come."""

    span: Span
    when: When
    ahead: bool = False


def find(text: str, *, published: When, anchors: Sequence[AnchorEvent]) -> tuple[Timex, ...]:
    """The temporal expressions of a text in English (absolute dates in Ukrainian and Russian too), in text order.

    Values are EDTF (ISO 8601-2:2019). What is told from publication stays unknown where ``published`` is unknown, and
    is an open interval where only the start of ``published`` is known. A day is never invented.

    >>> from datetime import date
    >>> from fogline.model import When
    >>> day = When(start=date(2022, 9, 12), end=date(2022, 9, 12), edtf="2022-09-12")
    >>> [t.when.edtf for t in find("Taken in September 2022, held since yesterday.", published=day, anchors=())]
    ['2022-09', '2022-09-11/..']
    """
    tokens = tokenise(text)
    readings = _read(tokens, _indexed(tuple(anchors)))
    whens = resolve(readings, tokens, published)
    return tuple(
        Timex(tokens.span(reading.first, reading.last), when, bool(reading.ahead) or _to_come(when, published))
        for reading, when in zip(readings, whens, strict=True)
    )


def of_document(document: Document, anchors: Sequence[AnchorEvent]) -> tuple[Timex, ...]:
    """The temporal expressions of a document; those in the entries of a live blog are told from the entry's own day."""
    found: list[Timex] = []
    position = 0
    for part in document.parts:
        found += _within(document, position, part.span.start, document.published, anchors)
        published = part.published if part.published.known else document.published
        found += _within(document, part.span.start, part.span.end, published, anchors)
        position = part.span.end
    return (*found, *_within(document, position, len(document.text), document.published, anchors))


def _within(
    document: Document, start: int, end: int, published: When, anchors: Sequence[AnchorEvent]
) -> tuple[Timex, ...]:
    found = find(document.text[start:end], published=published, anchors=anchors)
    if not start:
        return found
    return tuple(replace(t, span=Span(t.span.start + start, t.span.end + start)) for t in found)


@lru_cache(maxsize=16)
def _indexed(anchors: tuple[AnchorEvent, ...]) -> Anchors:
    """The anchors of a theatre, made ready once: documents of one theatre bring the same."""
    return Anchors.of(anchors)


def _to_come(when: When, published: When) -> bool:
    """Whether a value lies after the day of publication."""
    return when.start is not None and published.end is not None and when.start > published.end


def expressions(tokens: Tokens) -> list[Reading]:
    """The temporal expressions of a text, not yet given a value: for those who only ask where they are."""
    return _read(tokens, Anchors.of(()))


def _read(tokens: Tokens, anchors: Anchors) -> list[Reading]:
    readings: list[Reading] = []
    done = 0
    for i in _hits(tokens, _TRIGGERS.union(anchors.by_word)):
        if i < done:
            continue
        ahead = _is_ahead(tokens, i)
        many = listed(tokens, i)
        for found in many or _one(tokens, i, anchors, ahead):
            if found.first < done:
                continue
            first, changes = with_lead(tokens, found)
            first = max(first, done)
            coming = ahead or _told_coming(tokens, found) or ahead
            readings.append(Reading(first, found.last, found.core, found.to, changes, coming, found.lone))
            done = found.last
    return readings


def _hits(tokens: Tokens, triggers: frozenset[str]) -> list[int]:
    """The tokens an expression may be led by; digits only near a word of the calendar or in the shape of a date."""
    words = tokens.words
    hits: list[int] = []
    last = tokens.count + _NEAR
    for i in range(tokens.count - 1, -1, -1):
        word = words[i]
        if word in triggers:
            last = i
            hits.append(i)
        elif word.isdecimal():
            mark = words[i + 1]
            shaped = mark in _MARKS and words[i + 3] == mark and words[i - 1] not in _MARKS
            lone = mark in ORDINAL_ENDINGS and words[i - 1] == "the"  # "on the 20th"
            if last - i <= _NEAR or shaped or len(word) == 4 or mark == "s" or lone:
                hits.append(i)
    hits.reverse()
    return hits


def _told_coming(tokens: Tokens, found: Found) -> bool:
    """Whether the expression itself says so: "the next 3-6 months", "the coming quarter"."""
    told = isinstance(found.core, Shifted) and found.core.to is To.PUBLICATION
    return told and tokens.words[found.first] in AHEAD


def _one(tokens: Tokens, i: int, anchors: Anchors, ahead: bool | None) -> tuple[Found, ...]:
    found = _core(tokens, i, anchors, ahead)
    if found is None:
        return ()
    told = with_told_year(tokens, found)
    return (told or with_range(tokens, found, date_at),)


def _core(tokens: Tokens, i: int, anchors: Anchors, ahead: bool | None) -> Found | None:
    """The expression whose leading word is token ``i``."""
    word = tokens.words[i]
    found: Found | None = None
    if word[0].isdecimal():
        return _digits(tokens, i, anchors, ahead)
    if word in ANY_WEEKDAY:
        found = at_weekday(tokens, i, ahead)
    if found is None and word in ANY_MONTH:
        found = at_told_month(tokens, i, ahead) or at_month(tokens, i)
    elif word in SEASONS:
        found = at_season(tokens, i)
    elif word in DAY_WORDS:
        found = at_day_word(tokens, i)
    elif word == "overnight":
        found = at_overnight(tokens, i)
    elif word == "century":
        found = at_century(tokens, i)
    elif word in _DECADES:
        found = at_decade_word(tokens, i)
    if found is None and word in _DAYTIMES:
        found = at_daytime(tokens, i)
    if found is None and word in _PARTS:
        found = at_part(tokens, i, anchors)
    if found is None and (word in UNITS or word == "eve"):
        found = at_day_of(tokens, i, anchors)
    if found is None and (word in UNITS or word in WORDS or word in _VAGUE):
        found = at_length(tokens, i, anchors, ahead)
    if found is None and word in UNITS:
        found = at_unit(tokens, i)
    if found is None and word in anchors.by_word:
        found = at_event(tokens, i, anchors)
    return found


def _digits(tokens: Tokens, i: int, anchors: Anchors, ahead: bool | None) -> Found | None:
    """The expression that begins with the digits at ``i``."""
    if len(tokens.words[i]) > 4:
        return None
    found = at_number(tokens, i) or at_day_alone(tokens, i, ahead)
    if found is None and (len(tokens.words[i]) == 4 or tokens.words[i + 1] == "s"):
        found = at_year(tokens, i)
    if found is None and len(tokens.words[i]) < 4:
        found = at_part(tokens, i, anchors)
    if found is None and tokens.words[i] in anchors.by_word:
        found = at_event(tokens, i, anchors)
    return found or at_length(tokens, i, anchors, ahead)


_MODALS = frozenset({"could", "may", "might", "would", "should", "must"})
_PAST = frozenset(
    {"took", "fell", "held", "left", "struck", "hit", "made", "began", "lost", "broke", "came", "went", "withdrew"}
)


def _looks_back(tokens: Tokens, k: int) -> bool:
    """Whether a word that mostly speaks of what is to come is one of doubt about what was: "may have taken", "likely took"."""
    word, after = tokens.words[k], tuple(tokens.words[k + 1 : k + 3])
    if word in _MODALS:
        return "have" in after or (word == "could" and after[:1] == ("not",)) or after[:2] == ("n", "t")
    return word == "likely" and bool(after) and (after[0] in _PAST or after[0].endswith("ed"))


def _is_ahead(tokens: Tokens, i: int) -> bool | None:
    """Whether the nearest telling word of the sentence, before token ``i`` or else after, speaks of what is to come."""
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        word = tokens.words[k]
        if word in _AHEAD:
            return not (word == "may" and tokens.capital(k)) and not _looks_back(tokens, k)
        if word in _BEHIND:
            return False
        if tokens.sentence_ends(k):
            break
    for k in range(i + 1, min(i + 1 + _REACH, tokens.count)):
        word = tokens.words[k]
        if word in _WILL or word in _BEHIND:
            return word in _WILL
        if tokens.sentence_ends(k):
            break
    return None
