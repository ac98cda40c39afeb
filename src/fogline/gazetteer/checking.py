"""Cells of a table of places, checked: what is wrong is said in words, with the line."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of a source that could not be taken: which file, which line, and what is wrong with it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """The sentence to show.

        >>> str(Problem("a.csv", 3, "lat 95 is no latitude"))
        'a.csv, line 3: lat 95 is no latitude'
        """
        return f"{self.file}, line {self.line}: {self.what}"


def latitude(cell: str) -> float:
    """Degrees north; raises ``ValueError`` with a sentence for anything but a number from -90 to 90."""
    return _degrees(cell, "latitude", 90.0)


def longitude(cell: str) -> float:
    """Degrees east; raises ``ValueError`` with a sentence for anything but a number from -180 to 180."""
    return _degrees(cell, "longitude", 180.0)


def _degrees(cell: str, what: str, most: float) -> float:
    try:
        found = float(cell)
    except ValueError:
        raise ValueError(f"{cell.strip()!r} is no {what}") from None
    if not isfinite(found) or abs(found) > most:
        raise ValueError(f"{cell.strip()!r} is no {what}: it goes from -{most:.0f} to {most:.0f}")
    return found


def point(lat: str, lon: str) -> tuple[float | None, float | None]:
    """Both coordinates, or neither where both cells are empty; raises ``ValueError`` where only one is given.

    >>> point("49.71", "37.61"), point("", " ")
    ((49.71, 37.61), (None, None))
    """
    if not lat.strip() and not lon.strip():
        return None, None
    if not lat.strip() or not lon.strip():
        raise ValueError("it has one coordinate without the other")
    return latitude(lat), longitude(lon)


def whole_number(cell: str, what: str, least: int = 0) -> int:
    """A whole number; raises ``ValueError`` with a sentence for anything else, or one under ``least``."""
    try:
        found = int(cell)
    except ValueError:
        raise ValueError(f"{cell.strip()!r} is no {what}: it must be a whole number") from None
    if not least <= found < 2**63:
        raise ValueError(f"{what} cannot be {found}")
    return found
