"""What can be asked in an address, each parameter with its bounds, and the marks at which pages go on."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Query
from pydantic import BeforeValidator

from fogline.errors import UsageError
from fogline.model import Asked, Certainty, Kind, Mark

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST_ID = 2**53 - 1
"""The largest integer that every JSON reader keeps exact."""


def day(text: Any) -> Any:
    """A day written YEAR-MONTH-DAY; raises ``ValueError`` for anything else."""
    if text is None or isinstance(text, date):
        return text
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError("write a day as YEAR-MONTH-DAY")
    return date.fromisoformat(text)


Day = Annotated[date | None, BeforeValidator(day)]
KnownBy = Annotated[Day, Query(description="Only what had been published by this day; left out: all.")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many rows.")]
Many = Annotated[int, Query(ge=1, le=5000, description="At most so many places: a map shows them at once.")]
After = Annotated[str, Query(max_length=200, description="`next` of the page before.")]
Name = Annotated[str, Query(max_length=200)]
Words = Annotated[str, Query(max_length=200, description="Words, all of which have to be in the quotation.")]
PlaceId = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="GeoNames id.")]


async def asked(
    geonameid: PlaceId = None,
    place: Name = "",
    kind: Kind | None = None,
    side: Name = "",
    speaker: Name = "",
    outlet: Name = "",
    certainty: Certainty | None = None,
    since: Annotated[Day, Query(description="First day spoken of, or else published.")] = None,
    until: Annotated[Day, Query(description="Last day spoken of, or else published.")] = None,
    known_by: KnownBy = None,
) -> Asked:
    """The claims that a question is about."""
    return Asked(
        geonameid=geonameid,
        place=place,
        kind=kind,
        side=side,
        speaker=speaker,
        outlet=outlet,
        certainty=certainty.value if certainty else "",
        since=since,
        until=until,
        known_by=known_by,
    )


def shown(mark: Mark | None) -> str | None:
    """A mark as it stands in an address."""
    if mark is None:
        return None
    told = f"{mark.published.isoformat() if mark.published else ''}|{mark.claim}"
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def meant(after: str) -> Mark | None:
    """The mark that ``shown`` was given; raises ``UsageError`` for anything else."""
    if not after:
        return None
    try:
        told = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True).decode()
        first, bar, claim = told.partition("|")
        if not bar:
            raise ValueError(told)
        return Mark(day(first) if first else None, claim)
    except ValueError as error:
        raise UsageError(f"{after!r} is not the mark of a page.", "Give `next` of the page before.") from error


def turned(rows: Iterable[T], name: Callable[[T], str], after: str, limit: int) -> tuple[list[T], str | None]:
    """The page of rows that bear names, from behind the one named ``after``, and where the next goes on.

    Raises ``UsageError`` where no row bears that name.
    """
    every = list(rows)
    first = 0
    if after:
        first = next((n for n, row in enumerate(every, 1) if name(row) == after), 0)
        if not first:
            raise UsageError(f"{after!r} is not the mark of a page.", "Begin again without `after`.")
    page = every[first : first + limit]
    return page, name(page[-1]) if first + limit < len(every) else None


def box(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees; raises ``UsageError`` for anything else."""
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise UsageError(f"{text!r} is not a box.", "Write bbox as west,south,east,north.") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError(f"{text!r} is no box on earth.", "Write bbox as west,south,east,north, in degrees.")
    return west, south, east, north


def boxed(lon: float, lat: float, box: tuple[float, float, float, float]) -> bool:
    """Whether a point lies in a box of west, south, east, north, which may reach over the line of 180 degrees."""
    west, south, east, north = box
    return south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)


def interval(text: str) -> tuple[date | None, date | None]:
    """First and last day of an OGC ``datetime``, ``None`` where open; raises ``UsageError`` for anything else."""
    first, slash, last = text.partition("/")
    return moment(first), moment(last if slash else first)


def moment(text: str) -> date | None:
    """The last day of an OGC ``datetime``: a day, or an interval of days; raises ``UsageError`` for anything else."""
    last = text.rpartition("/")[2]
    if last in ("", ".."):
        return None
    try:
        return date.fromisoformat(last[:10])
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a day or an interval.", "Write 2025-11-21 or 2025-11-01/2025-11-21."
        ) from error
