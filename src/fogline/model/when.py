"""The time a claim speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """How a date is known."""

    STATED = "stated"
    PUBLICATION_RELATIVE = "relative to publication"
    ANCHOR_RELATIVE = "relative to an anchor event"
    PUBLICATION = "publication date itself"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How fine a date is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An EDTF interval, both ends included; an open end is ``None`` and nothing is invented to fill it.

    ``edtf`` is the ISO 8601-2 (EDTF) form, ``text`` the words it was read from (empty where the publication date
    stands in).
    """

    start: date | None = None
    end: date | None = None
    edtf: str = ""
    precision: Precision = Precision.UNKNOWN
    text: str = ""
    basis: Basis = Basis.UNKNOWN

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it starts."""
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the time."""
        return self.start is not None or self.end is not None

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in the interval; an unknown time covers no day."""
        return self.known and (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: When) -> bool:
        """Whether the two intervals can share a day; an unknown time overlaps nothing."""
        if not (self.known and other.known):
            return False
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
            self.end or date.max
        )


UNKNOWN_WHEN = When()
"""A time of which nothing is known."""
