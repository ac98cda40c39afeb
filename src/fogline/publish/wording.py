"""How doubt, days and sides are put into words: the same words in every output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from fogline.model import (
    CONTESTED,
    THIRD,
    UNKNOWN_SIDE,
    UNKNOWN_STATUS,
    Basis,
    Precision,
    Speaker,
    SpeakerType,
    Theatre,
    When,
    likelihood_of,
    whole_percent,
)

PERCENT = "\N{NO-BREAK SPACE}%"
"""Percent as it follows a number: a line never breaks between the two."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A probability as ICD 203 words it, with the number that the word always comes with."""

    word: str
    number: str

    def that(self, clause: str) -> str:
        """The sentence start: "it is very likely (87 %) that ..." as English has it for each band."""
        if self.word == "almost no chance":
            return f"there is almost no chance ({self.number}) that {clause}"
        if self.word == "roughly even chance":
            return f"there is a roughly even chance ({self.number}) that {clause}"
        return f"it is {self.word} ({self.number}) that {clause}"


def likelihood(probability: float) -> Likelihood:
    """The ICD 203 word for a probability; the word is chosen by the rounded number, so that the two never disagree.

    >>> likelihood(0.874)
    Likelihood(word='very likely', number='87\\xa0%')
    """
    percent = whole_percent(probability)
    word = likelihood_of(probability).value
    if probability > 0.99:
        return Likelihood(word, f"over 99{PERCENT}")
    if probability < 0.01:
        return Likelihood(word, f"under 1{PERCENT}")
    return Likelihood(word, f"{percent}{PERCENT}")


def day(value: date) -> str:
    """A day in words: 9 October 2023."""
    return f"{value.day} {value:%B} {value.year}"


def time(when: When) -> str:
    """A time in words, as fine as it is known and no finer.

    >>> time(When(start=date(2022, 9, 1), end=date(2022, 9, 30), edtf="2022-09", precision=Precision.MONTH))
    'September 2022'
    """
    start, end = when.start, when.end
    if start is None and end is None:
        return "date unknown"
    if start is None:
        return f"by {day(end)}" if end else "date unknown"
    if end is None:
        return f"after {day(start)}"
    if start == end:
        return day(start)
    if when.precision is Precision.MONTH and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B} {start.year}"
    if when.precision is Precision.YEAR and start.year == end.year:
        return str(start.year)
    return f"{day(start)} to {day(end)}"


def on(when: When) -> str:
    """A time with its preposition: "on 9 October 2023", "in September 2022", "after 27 February 2022"."""
    words = time(when)
    if not when.known or when.start is None or when.end is None:
        return words
    if when.start == when.end:
        return f"on {words}"
    return (
        f"in {words}"
        if when.precision in (Precision.MONTH, Precision.YEAR)
        else f"between {words}".replace(" to ", " and ")
    )


def published(when: When) -> str:
    """When a report came out, in words; an undated one says what it says of itself and no more."""
    if not when.known:
        return "undated"
    if when.start is not None and when.end is None:
        return f"undated, after {day(when.start)}"
    return time(when)


def side(code: str, theatre: Theatre) -> str:
    """The name of a side code: the theatre's, or plain words for outsiders, for not known and for contested."""
    found = theatre.side(code)
    if found is not None:
        return found.name
    plain = {THIRD: "third parties", UNKNOWN_SIDE: "side not known", CONTESTED: "contested", "": "nobody named"}
    return plain.get(code, code)


def state(status: str, theatre: Theatre) -> str:
    """A status as a short noun: "Ukraine", "contested", "not known"."""
    return "not known" if status == UNKNOWN_STATUS else side(status, theatre)


def named(text: str, theatre: Theatre) -> str:
    """A text with the codes of the sides in it written as names; only whole words that are codes are replaced."""
    return _coded(theatre.codes).sub(lambda word: side(word[0], theatre), text)


@cache
def _coded(codes: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words that are codes of sides; nothing where there are none."""
    words = [re.escape(code) for code in sorted(codes, key=len, reverse=True) if re.fullmatch(r"\w+", code)]
    return re.compile(rf"\b(?:{'|'.join(words)})\b" if words else r"(?!)")


def speaker(voice: Speaker, theatre: Theatre, *, with_side: bool = True) -> str:
    """Who speaks, with role and side where they are known: "Ivan Ivanenko (mayor; Ukraine)"."""
    about = [voice.role] if voice.role and voice.role.casefold() not in voice.name.casefold() else []
    if voice.affiliation and voice.affiliation.casefold() not in f"{voice.name} {voice.role}".casefold():
        about.append(voice.affiliation)
    if with_side and theatre.side(voice.side):
        about.append(side(voice.side, theatre))
    return f"{voice.name} ({'; '.join(about)})" if about else voice.name


def chain(voices: Sequence[Speaker], theatre: Theatre) -> str:
    """The chain in words, speaker first: "X (mayor), through Agency, in Outlet"; an outlet alone speaks for itself."""
    first, *relays = voices
    if not relays:
        own = first.type is SpeakerType.OUTLET
        return f"{first.name}, in its own words" if own else speaker(first, theatre)
    through = "".join(f", through {voice.name}" for voice in relays[:-1])
    return f"{speaker(first, theatre)}{through}, in {relays[-1].name}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 report", "14 reports"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def reports_and_voices(reports: int, voices: int) -> str:
    """Copies folded: "14 reports, 2 voices"."""
    return f"{count(reports, 'report')}, {count(voices, 'voice')}"


def basis(when: When) -> str:
    """How a date is known, for a reader; empty for a date that the passage states."""
    if when.basis is Basis.STATED or not when.known:
        return ""
    return {
        Basis.PUBLICATION: "date of the report",
        Basis.PUBLICATION_RELATIVE: "counted from the date of the report",
        Basis.ANCHOR_RELATIVE: "counted from a known event",
    }.get(when.basis, "")


def joined(words: Sequence[str], last: str = "and") -> str:
    """A list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
