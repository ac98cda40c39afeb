"""Times told from an anchor event: "five days after the beginning of the full-scale invasion", "a month into the war"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fogline.model import AnchorEvent, Basis, Precision, When
from fogline.timex import bounds, values
from fogline.timex.lexicon import words
from fogline.timex.reading import Move
from fogline.timex.tokens import Tokens, tokenise

_STARTS = frozenset({"start", "beginning", "onset", "outbreak", "launch", "outset", "commencement", "opening"})
_FILL = 7
"""Words that may stand between "the" and an event's name: "the start of Russia's large full-scale invasion"."""
_FILLERS = words("event_fillers")
_BEGAN = frozenset({"began", "started", "commenced"})


@dataclass(frozen=True, slots=True)
class Anchors:
    """Anchor events by the first word of their phrases, longest phrase first."""

    by_word: dict[str, tuple[tuple[tuple[str, ...], date], ...]]

    @classmethod
    def of(cls, events: Sequence[AnchorEvent]) -> Anchors:
        """Index the phrases of the events."""
        table: dict[str, list[tuple[tuple[str, ...], date]]] = {}
        for event in events:
            for phrase in event.phrases:
                tokens = tokenise(phrase)
                phrase_words = tuple(tokens.words[: tokens.count])
                if phrase_words:
                    table.setdefault(phrase_words[0], []).append((phrase_words, event.day))
        ordered = {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}
        return cls(ordered)

    def phrase_at(self, tokens: Tokens, i: int) -> tuple[int, date] | None:
        """The event named at token ``i``: the token after its phrase, and its day."""
        for phrase, day in self.by_word.get(tokens.words[i], ()):
            if tuple(tokens.words[i : i + len(phrase)]) == phrase:
                return i + len(phrase), day
        return None

    def event_at(self, tokens: Tokens, i: int) -> tuple[int, date] | None:
        """The event spoken of from token ``i`` on, past "the start of", an article and adjectives."""
        for k in range(i, i + _FILL):
            found = self.phrase_at(tokens, k)
            if found is not None and _of_year(tokens, k, *found):
                end = found[0] + 1 if tokens.words[found[0]] in _BEGAN else found[0]
                return end, found[1]
            if not _fills(tokens, k):
                return None
        return None

    def named_at(self, tokens: Tokens, i: int) -> tuple[int, date, int] | None:
        """The event whose phrase is at token ``i``: the token after, its day, and the first word it is told with."""
        found = self.event_at(tokens, i) if self.phrase_at(tokens, i) is not None else None
        if found is None:
            return None
        first = i
        while i - first < _FILL and first > 0 and _fills(tokens, first - 1):
            first -= 1
        return found[0], found[1], first


def told_start(tokens: Tokens, first: int) -> bool:
    """Whether the words from ``first`` on speak of an event's start ("the beginning of")."""
    at = first + 1 if tokens.words[first] == "the" else first
    return tokens.words[at] in _STARTS and tokens.words[at + 1] in ("of", "to")


def _fills(tokens: Tokens, k: int) -> bool:
    """Whether a word may stand before an event's name: an article, adjective, year, owner, or "start of"."""
    word = tokens.words[k]
    if word in _FILLERS or word in _STARTS or (len(word) == 4 and word.isdecimal()):
        return True
    return (word == "of" and tokens.words[k - 1] in _STARTS) or tokens.capital(k)


def _of_year(tokens: Tokens, k: int, end: int, day: date) -> bool:
    """Whether no other year than the event's own stands beside its name ("the 2014 invasion", "the war of 2008")."""
    beside = (k - 1, k - 2, k - 3, end + 1) if tokens.words[end] in ("of", "in") else (k - 1, k - 2, k - 3)
    years = {tokens.number(j) for j in beside if len(tokens.words[j]) == 4} - {None}
    return not years or day.year in years


def moved(day: date, move: Move) -> When:
    """A move from an anchor event's day."""
    when = move(day)
    return anchored(when) if when is not None else When(basis=Basis.ANCHOR_RELATIVE)


def anchored(when: When) -> When:
    """The value, marked as told from an anchor event."""
    return replace(when, basis=Basis.ANCHOR_RELATIVE)


def ordinal_unit(day: date, number: int, unit: str) -> When:
    """The ``number``-th day, week, month or year from an event's day on: the first day is the event's own.

    >>> ordinal_unit(date(2022, 2, 24), 1, "week").edtf
    '2022-02-24/2022-03-02'
    """
    basis = Basis.ANCHOR_RELATIVE
    number = min(number, 40_000)
    if unit in ("day", "night", "hour"):
        return values.one_day(values.shift(day, number - 1 if unit != "hour" else 0), basis)
    if unit == "week":
        start = values.shift(day, 7 * (number - 1))
        return values.stretch(start, values.shift(start, 6), basis, Precision.WEEK)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 3)
    start = values.add_months(day, months * min(number - 1, 900))
    end = values.shift(values.add_months(day, months * min(number, 901)), -1)
    return values.stretch(start, max(start, end), basis)


def opening(day: date, days: int, *, about: bool) -> When:
    """The first days of an event: ``days`` of them."""
    return values.stretch(day, values.shift(day, max(days - 1, 0)), Basis.ANCHOR_RELATIVE, about=about)


def start_of(day: date) -> When:
    """The start of an event, told as a time: its day, approximately."""
    return bounds.around(values.one_day(day, Basis.ANCHOR_RELATIVE))
