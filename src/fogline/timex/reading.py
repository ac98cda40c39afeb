"""What the words of a date say before it is known when they were written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from fogline.model import When
from fogline.timex.tokens import Tokens

Move = Callable[[date], When | None]
"""From a day of reference to a value; must never run backwards, so that an interval can be moved by its two ends."""
Change = Callable[[When], When]
"""From a value to a value: "early", "since", "around"."""


class To(Enum):
    """What a relative expression is relative to."""

    PUBLICATION = "publication"
    TEXT = "another date in the text"
    YEAR = "the year last named in the text"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs nothing more."""

    when: When


@dataclass(frozen=True, slots=True)
class Partial:
    """A date by year, month, day or season, each ``None`` where not named. A missing year comes from elsewhere."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """A move from the day of publication or from the date spoken of last."""

    to: To
    move: Move


@dataclass(frozen=True, slots=True)
class Displaced:
    """A move from a date that stands beside it ("two days after 10 September")."""

    core: Core
    move: Move


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A time told from an event whose day is not known ("two days after the attack")."""


Core = Fixed | Partial | Shifted | Displaced | Unplaced


@dataclass(frozen=True, slots=True)
class Reading:
    """A temporal expression: tokens ``first`` up to ``last``, a core or a range of two, and what changes it.

    ``ahead``: whether the text speaks of it as yet to come, ``None`` where no word tells. ``lone``: a mere year or an
    adjective, no date to carry on from.
    """

    first: int
    last: int
    core: Core
    to: Core | None = None
    changes: tuple[Change, ...] = ()
    ahead: bool | None = None
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A core, or a range of two, and its tokens: ``first`` up to ``last``."""

    first: int
    last: int
    core: Core
    to: Core | None = None
    lone: bool = False
    changes: tuple[Change, ...] = ()


Rule = Callable[[Tokens, int], Found | None]
"""Reads the expression whose leading word is token ``i``; ``None`` where there is none."""
