"""The entries of live blogs and digests: each is a part with a day, and where it says so a time, of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from fogline import timex
from fogline.clean.credits import stamp
from fogline.clean.lines import split
from fogline.clean.pruning import letters
from fogline.clean.tree import HtmlElement
from fogline.model import UNKNOWN_WHEN, Basis, Furniture, FurnitureKind, Part, Precision, Span, When

FEWEST = 3
"""Stamps from which on a text is a row of entries; a report has the day it came out and that of its last change."""

MAX_UP = 5
"""Steps from an entry's element for its time up to the element of the entry."""

MAX_TIMES = 2_000
"""Elements for a time that are looked at."""

LEAST_SAME = 20
"""Letters of a paragraph by which an entry is found again in the text."""

_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.:])\s?(?:([ap])\.?m\b\.?)?", re.IGNORECASE)
_INLINE = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m\.?)?\s{0,2}(?:[–—|:-]\s{0,2}|\s)(?=[^\W\d_a-zа-яіїєґ])")
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")


def stamps(text: str) -> tuple[Furniture, ...]:
    """The times at the head of lines where these are a row of entries: "14:05 — Shells fell on the town".

    >>> len(stamps("14:05 — Shells fell.\\n13:40 — A road was cut.\\n12:10 — Trains stopped."))
    3
    """
    found = [(line, match) for line in split(text) if (match := _INLINE.match(line.text))]
    if len(found) < FEWEST:
        return ()
    return tuple(
        Furniture(Span(line.start, line.start + len(match[0].rstrip(" –—|:-"))), FurnitureKind.BYLINE)
        for line, match in found
    )


def parts(text: str, furniture: Sequence[Furniture], published: When) -> tuple[Part, ...]:
    """The entries that bear stamps, from each stamp to the next; none where fewer than three have prose behind them.

    A stamp without a day is of the day of the one above it; above the first day, of the day of publication; where times
    run over midnight a day is added, or taken off where the newest entry stands first.
    """
    heads = [piece.span for piece in furniture if piece.kind is FurnitureKind.BYLINE and stamp(piece.span.of(text))]
    if len(heads) < FEWEST:
        return ()
    ends = [*(span.start for span in heads[1:]), len(text)]
    marked = [(span, end) for span, end in zip(heads, ends, strict=True) if _has_prose(text, furniture, span.end, end)]
    if len(marked) < FEWEST:
        return ()
    words = [span.of(text) for span, _ in marked]
    days = _days(words, published)
    return tuple(
        Part(Span(span.start, end), when, clock(told))
        for (span, end), when, told in zip(marked, days, words, strict=True)
    )


def parts_of_page(tree: HtmlElement, text: str) -> tuple[Part, ...]:
    """The entries of a page that are elements of one kind, each with an element for its time; found again in the text."""
    starts: dict[str, int] = {}
    position = 0
    for line in text.split("\n"):
        starts.setdefault(letters(line), position)
        position += len(line) + 1
    found = sorted(
        (starts[first], told) for told, first in _timed(tree) if len(first) >= LEAST_SAME and first in starts
    )
    entries = [entry for n, entry in enumerate(found) if not n or entry[0] != found[n - 1][0]]
    if len(entries) < FEWEST:
        return ()
    ends = [*(start - 1 for start, _ in entries[1:]), len(text)]
    return tuple(
        Part(Span(start, end), _on(date.fromisoformat(day)), time)
        for (start, (day, time)), end in zip(entries, ends, strict=True)
    )


def clock(told: str) -> str:
    """The time of day in a stamp, of 24 hours: "2:05 pm" is "14:05"; nothing where there is none.

    >>> clock("10 May 2023, 2:05 pm")
    '14:05'
    """
    match = _TIME.search(told)
    if match is None:
        return ""
    half = (match[3] or "").lower()
    hour = int(match[1])
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{match[2]}"


def _timed(tree: HtmlElement) -> list[tuple[tuple[str, str], str]]:
    """Day and time of each entry, and the letters of its first paragraph that is long enough to be found again."""
    found: list[tuple[tuple[str, str], HtmlElement]] = []
    for n, element in enumerate(tree.iter("time")):
        match = _WITH_TIME.search(element.get("datetime") or "") if n < MAX_TIMES else None
        entry = _entry(element) if match and _is_day(match[1]) else None
        if match and entry is not None:
            found.append(((match[1], match[2]), entry))
    kinds = Counter((entry.tag, entry.get("class") or "") for _, entry in found)
    return [(told, _first(entry)) for told, entry in found if kinds[entry.tag, entry.get("class") or ""] >= FEWEST]


def _entry(element: HtmlElement) -> HtmlElement | None:
    for above, _ in zip(element.iterancestors(), range(MAX_UP), strict=False):
        if next(above.iter("p"), None) is not None:
            # One that holds several times is the list of the entries.
            return above if sum(1 for _ in above.iter("time")) == 1 else None
    return None


def _first(entry: HtmlElement) -> str:
    paragraphs = (letters("".join(p.itertext())) for p in entry.iter("p"))
    return next((own for own in paragraphs if len(own) >= LEAST_SAME), "")


def _days(words: Sequence[str], published: When) -> list[When]:
    stated = [timex.publication(told).start for told in words]
    times = [clock(told) for told in words]
    steps = [_step(one, other) for one, other in pairwise(times)]
    backwards = sum(_nearest(one, other) for one, other in pairwise(times)) < 0
    known = published.start if published.start and published.start == published.end else None
    first = next((n for n, day in enumerate(stated) if day), None)
    days = list(stated)
    if known and first is None:
        # A live blog bears the day on which it began.
        first = len(days) - 1 if backwards else 0
        days[first] = known
    if first is None:
        return [UNKNOWN_WHEN] * len(days)
    for n in range(first + 1, len(days)):
        days[n] = days[n] or _after(days[n - 1], steps[n - 1], backwards)
    for n in range(first - 1, -1, -1):
        days[n] = days[n] or _after(days[n + 1], -steps[n], not backwards)
    return [UNKNOWN_WHEN if day is None else _on(day) for day in days]


def _step(one: str, other: str) -> int:
    return (other > one) - (other < one) if one and other else 0


def _nearest(one: str, other: str) -> int:
    """Whether the next entry is the later or the earlier one, by the shorter way round the clock."""
    if not _step(one, other):
        return 0
    minutes = [60 * int(time[:2]) + int(time[3:]) for time in (one, other)]
    return 1 if (minutes[1] - minutes[0]) % 1440 <= 720 else -1


def _after(day: date | None, step: int, backwards: bool) -> date | None:
    """The day of the next entry: another one where its time runs against the order of the others."""
    if day is None:
        return None
    try:
        if backwards:
            return day - timedelta(days=1) if step > 0 else day
        return day + timedelta(days=1) if step < 0 else day
    except OverflowError:
        return None


def _on(day: date) -> When:
    return When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=Basis.STATED)


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _has_prose(text: str, furniture: Sequence[Furniture], start: int, end: int) -> bool:
    inside = sum(piece.span.end - piece.span.start for piece in furniture if start <= piece.span.start < end)
    return len(text[start:end].strip(" \n\r–—|:-")) - inside >= LEAST_SAME
