"""When a thing took place that has no time of its own: told by its sentence's opening, its paragraph's, or the heading's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fogline.extract.syntax import Word
from fogline.extract.triggers import clause
from fogline.model import Precision, Spans, When
from fogline.timex import Timex

OPENING = 12
"""Characters from the start of a sentence within which a time opens it: "On the night of", "By early"."""


def is_joined(trigger: Word) -> bool:
    """Whether a trigger is a verb joined to another one and has no subject of its own: "attacked and *took* the town"."""
    head = clause(trigger)
    return head.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children)


def leading(inside: Sequence[Timex], start: int, first: int) -> When | None:
    """The known time among those ``inside`` a sentence that opens it at ``start``, before its ``first`` trigger."""
    times = (t.when for t in inside if t.when.known and t.span.end <= first and t.span.start - start <= OPENING)
    return next(times, None)


def is_later(words: Sequence[Word]) -> bool:
    """Whether a clause says that it tells of a later time than the one before: "and later", "then"."""
    return any(t.lower_ in ("later", "subsequently", "then", "afterwards") and t.dep_ == "advmod" for t in words)


@dataclass(frozen=True, slots=True)
class Leads:
    """The dates that head entries of a chronology, by where each begins to hold; ``None`` where it ceases to."""

    starts: tuple[int, ...] = ()
    whens: tuple[When | None, ...] = ()

    def at(self, position: int) -> When | None:
        """The date that the entry at a place in the text stands under."""
        number = bisect_right(self.starts, position) - 1
        return self.whens[number] if number >= 0 else None


_LEAD_ENDS = re.compile(r"\s*(?::|[–—]|-(?=\s))\s*(?=\S)")
LONGEST_HEADING = 70
"""Characters of a line that can be a heading, if no full stop ends it."""
_LEAD_PRECISIONS = (Precision.DAY, Precision.MONTH, Precision.INTERVAL)


def leads(text: str, paragraphs: Spans, timexes: Sequence[Timex]) -> Leads:
    """The dates that paragraphs open with ("3 July: ...") or that stand alone in the line above them.

    A date that opens a paragraph holds in it; one alone in its line, where it is not the only one, up to the next such
    line or to a heading that tells no date and is not its entry's own, right below it.
    """
    starts: list[int] = []
    whens: list[When | None] = []
    standing: When | None = None
    at = {t.span.start: t for t in timexes if t.when.precision in _LEAD_PRECISIONS and t.when.known}
    lines = {
        span: at[span.start].when
        for span in paragraphs
        if span.start in at and not text[at[span.start].span.end : span.end].strip(" .:")
    }
    for above, span in zip((None, *paragraphs), paragraphs, strict=False):
        found = at.get(span.start)
        if span in lines:
            standing = lines[span] if len(lines) > 1 else None
        elif found is None and above not in lines and _is_heading(span.of(text)):
            standing = None
        when = standing
        if found is not None and span not in lines and _LEAD_ENDS.match(text, found.span.end, span.end):
            when = found.when
        starts.append(span.start)
        whens.append(when)
    return Leads(tuple(starts), tuple(whens))


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and line[-1] not in '.!?:;,"”»’)'
