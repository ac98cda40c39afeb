"""What a text says about itself: title, outlet, when it was published, language."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from fogline import timex
from fogline.clean import outlets
from fogline.clean.blanking import blank
from fogline.clean.credits import dateline
from fogline.model import UNKNOWN_WHEN, Basis, Furniture, FurnitureKind, Given, Precision, Theatre, When

_LABELLED = re.compile(
    r"\W*(?:first |date |last )?(?:published|posted|updated|date|опубл|оновл|обновл|дата)", re.IGNORECASE
)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified|оновл|обновл|востаннє)", re.IGNORECASE)
_BARE = re.compile(r"\d{1,2}\D|\d{4}-|[^\W\d_]+\.? \d")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?!\d).*)?)?", re.DOTALL)


def title(text: str, furniture: Sequence[Furniture]) -> str:
    """The first line that is marked as a title; nothing where there is none."""
    found = next((piece for piece in furniture if piece.kind is FurnitureKind.TITLE), None)
    return " ".join(found.span.of(text).strip("# \t=").split()) if found else ""


def outlet(given: Given, heading: str, text: str, furniture: Sequence[Furniture], theatre: Theatre) -> str:
    """Who published it: as given, else by its URL, masthead, dateline, byline, title or copyright, or nothing."""
    if given.outlet:
        return given.outlet
    if given.url and (found := outlets.at(given.url, theatre)):
        return found
    bylines = [piece.span.of(text) for piece in furniture if piece.kind is FurnitureKind.BYLINE]
    # A line with its own name says who prints it; a dateline may be that of the agency it was taken from.
    for line in bylines:
        if line[0] not in "([" and (found := outlets.named(line, theatre)):
            return found
    for line in bylines:
        # What follows the dateline tells it from another line: it was cut off with the furniture.
        filed = dateline(f"{line} Text")
        if filed and filed[1] and (found := outlets.in_dateline(filed[1], theatre)):
            return found
    for line in bylines:
        if found := outlets.in_byline(line, theatre):
            return found
    notices = (piece.span.of(text) for piece in furniture if piece.kind is FurnitureKind.NOTICE)
    return outlets.in_title(heading, theatre) or outlets.in_rights(notices, theatre)


def published(given: str, text: str, furniture: Sequence[Furniture], theatre: Theatre) -> When:
    """When the text came out: as given, else as it says, else after the latest past day it speaks of, else unknown."""
    day = stated(given)
    if day.known:
        return day
    for line in _dated(text, furniture):
        day = timex.publication(line)
        if day.known:
            return day
    # A date that stands over a paragraph is furniture, and yet the text speaks of that day.
    told = blank(text, (piece for piece in furniture if piece.kind is not FurnitureKind.BYLINE))
    latest = timex.latest_past(timex.find(told, published=UNKNOWN_WHEN, anchors=theatre.anchors))
    if latest is None:
        return UNKNOWN_WHEN
    return When(start=latest, edtf=f"{latest.isoformat()}/..", precision=Precision.INTERVAL)


def _dated(text: str, furniture: Sequence[Furniture]) -> list[str]:
    """The lines that can say when the text came out, the likeliest first.

    Those above the prose, the dateline, and below it those that say what their date is. A bare date between paragraphs
    belongs to what follows it, and where there are several such the first one does so too.
    """
    prose = blank(text, furniture)
    first, last = len(prose) - len(prose.lstrip()), len(prose.rstrip())
    bylines = [piece.span for piece in furniture if piece.kind is FurnitureKind.BYLINE]
    above = [span.of(text) for span in bylines if span.start <= first]
    below = [span.of(text) for span in bylines if span.start >= last and _LABELLED.match(span.of(text))]
    between = [span for span in bylines if first < span.start < last and _BARE.match(span.of(text))]
    if between:
        above = [line for line in above if not _BARE.match(line)]
    return sorted([*above, *below], key=lambda line: _UPDATED.match(line) is not None)


def stated(iso: str) -> When:
    """An ISO 8601 year, month, day or date-time as the time it covers; unknown for anything else.

    >>> stated("2022-09").end
    datetime.date(2022, 9, 30)
    """
    match = _DAY.fullmatch(iso.strip())
    if match is None:
        return UNKNOWN_WHEN
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        start = date(year or 0, month or 1, day or 1)
    except ValueError:
        return UNKNOWN_WHEN
    last = start.replace(month=month or 12)
    end = start if day else last.replace(day=monthrange(last.year, last.month)[1])
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    edtf = start.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7}.get(precision, 4)]
    return When(start=start, end=end, edtf=edtf, precision=precision, text=iso.strip(), basis=Basis.STATED)
