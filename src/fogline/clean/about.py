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
from fogline.clean.naming import people
from fogline.clean.told import NOTHING, Told
from fogline.model import UNKNOWN_WHEN, Basis, Furniture, FurnitureKind, Given, KnownFrom, Precision, Theatre, When

_LABELLED = re.compile(
    r"\W*(?:first |date |last )?(?:published|posted|updated|date|опубл|оновл|обновл|дата)", re.IGNORECASE
)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified|оновл|обновл|востаннє)", re.IGNORECASE)
_WRITTEN_BY = re.compile(
    r"\W*(?i:written by|by|автор|від|от)[:,]?\s+((?:[^\W\d_a-zа-яіїєґё][\w.'’-]*(?:\s+|$|(?=\s?[,|/]))(?:(?:and|&|та|і|и)\s+)?){2,8})"
)
_OF_A_DAY = re.compile(
    r"\b(?:assessment|bulletin|briefing|digest|flash update|overview|sitrep|situation (?:report|update)|summary|takeaways|update"
    r"|зведення|сводка|підсумки|итоги)\b",
    re.IGNORECASE,
)
"""Words for a report that tells of the day in its title."""
_BARE = re.compile(r"\d{1,2}\D|\d{4}-|[^\W\d_]+\.? \d")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?!\d).*)?)?", re.DOTALL)


def title(text: str, furniture: Sequence[Furniture]) -> str:
    """The first line that is marked as a title; nothing where there is none."""
    found = next((piece for piece in furniture if piece.kind is FurnitureKind.TITLE), None)
    return " ".join(found.span.of(text).strip("# \t=").split()) if found else ""


def outlet(given: Given, page: Told, heading: str, text: str, furniture: Sequence[Furniture], theatre: Theatre) -> Told:
    """Who published it and what says so: as given; else by its URL if the theatre knows that; else as the page calls it;
    else by its URL, masthead, dateline, byline, title or copyright; or nothing.
    """
    if given.outlet:
        return Told(given.outlet, KnownFrom.GIVEN)
    at = outlets.at(given.url, theatre) if given.url else ""
    if at and (not page or outlets.known(at, theatre)):
        return Told(at, KnownFrom.URL)
    if page:
        return Told(outlets.known(page.value, theatre) or page.value, page.known_from)
    found = _named_in(heading, text, furniture, theatre)
    return Told(found, KnownFrom.TEXT) if found else NOTHING


def _named_in(heading: str, text: str, furniture: Sequence[Furniture], theatre: Theatre) -> str:
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


def published(
    given: str, page: Told, text: str, furniture: Sequence[Furniture], theatre: Theatre
) -> tuple[When, KnownFrom]:
    """When the text came out, and what says so: as given, else as the page or the text says, else after the latest past
    day it speaks of, else unknown.
    """
    for told in (Told(given, KnownFrom.GIVEN), page):
        day = stated(told.value)
        if day.known:
            return day, told.known_from
    for line in _dated(text, furniture):
        day = timex.publication(line)
        if day.known:
            return day, KnownFrom.TEXT
    day = _in_title(title(text, furniture))
    if day.known:
        return day, KnownFrom.TEXT
    # A date that stands over a paragraph is furniture, and yet the text speaks of that day.
    told_of = blank(text, (piece for piece in furniture if piece.kind is not FurnitureKind.BYLINE))
    latest = timex.latest_past(timex.find(told_of, published=UNKNOWN_WHEN, anchors=theatre.anchors))
    if latest is None:
        return UNKNOWN_WHEN, KnownFrom.UNKNOWN
    return When(start=latest, edtf=f"{latest.isoformat()}/..", precision=Precision.INTERVAL), KnownFrom.TEXT


def _in_title(heading: str) -> When:
    """The day at the end of a title, or in that of a report for a day: "Front line – evening summary, 3 March 2022"."""
    for found in timex.find(heading, published=UNKNOWN_WHEN, anchors=()):
        when = found.when
        apart = found.span.end == len(heading.rstrip(" .)")) and heading[: found.span.start].rstrip()[-1:] in (
            ",",
            "–",
            "—",
            "-",
            "|",
            ":",
            "(",
        )
        if when.precision is Precision.DAY and when.basis is Basis.STATED and (apart or _OF_A_DAY.search(heading)):
            return when
    return UNKNOWN_WHEN


def modified(page: Told, text: str, furniture: Sequence[Furniture]) -> tuple[When, KnownFrom]:
    """When the text was last changed: as the page says, else as a line does ("Updated: 12 May 2023"); else unknown."""
    day = stated(page.value)
    if day.known:
        return day, page.known_from
    bylines = (piece.span.of(text) for piece in furniture if piece.kind is FurnitureKind.BYLINE)
    for line in bylines:
        if _UPDATED.match(line) and (day := timex.publication(line)).known:
            return day, KnownFrom.TEXT
    return UNKNOWN_WHEN, KnownFrom.UNKNOWN


def authors(text: str, furniture: Sequence[Furniture]) -> tuple[str, ...]:
    """Who wrote it by its bylines: "By Jane Roe, Valley Courier"."""
    bylines = (piece.span.of(text) for piece in furniture if piece.kind is FurnitureKind.BYLINE)
    named = (match[1] for line in bylines if (match := _WRITTEN_BY.match(line)))
    return people(named)


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
