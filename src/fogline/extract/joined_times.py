"""When what is joined to a sentence's first verb took place: on the day the sentence opens with, or later."""

from __future__ import annotations

from collections.abc import Sequence

from fogline.extract.syntax import Word
from fogline.extract.triggers import clause
from fogline.model import When
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
