"""When a page says it was published. A day counts only if the page writes it out: year, month and day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import islice
from typing import Any

from fogline import timex
from fogline.clean.told import NOTHING, Told
from fogline.model import KnownFrom

HtmlElement = Any
"""An element of lxml, which has no types of its own."""

_PUBLISHED = re.compile(
    r"(?:article|og|rnews|video|cxenseparse:recs|sailthru|parsely|dc|dcterms|dcterm|citation|bt|ptime|shareaholic)?"
    r"[:._-]?(?:article_)?(?:date[._-]?(?:published|issued|created|available)?|published?[._-]?(?:time|date|at|on)?|"
    r"pub[._-]?date|publication[._-]?(?:time|date)|publishtime|publish[._-]?date|issued|created|pubdate|"
    r"article_date_original|release_date|dateposted|datecreated|datepublished)",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r".*(?:modified|updated)[._-]?(?:time|date)?|date[._-]?modified", re.IGNORECASE)
_JSON_PUBLISHED = re.compile(r'"(?:datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]{8,40})"')
_JSON_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_DATED_CLASS = re.compile(r"date|publish|posted|time(?!line)|byline|dateline|created|meta", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|footer|widget|popular|latest|trending|teaser|promo", re.IGNORECASE
)
_NOT_OURS = frozenset(("aside", "footer", "nav"))
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_IN_URL = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d{1,2})(?![\da-z])",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_IN_UTC = re.compile(r"\d[T ](\d\d):\d\d(?::\d\d)?(?:\.\d+)?(?:Z|\+00:?00)?$")

WEST, EAST = 9, 21
"""Hours of UTC before which it is still yesterday, and from which it is tomorrow already, somewhere news is made."""

NEAREST = 3
"""Elements for dates among which the day of the place is looked for."""

MAX_TEXT = 120
"""Characters in the longest element that is read as a date."""

_CHANGED_CLASS = re.compile(r"modified|updated", re.IGNORECASE)

MAX_ELEMENTS = 20_000
"""Elements among which one that tells the last change is looked for; the largest of 102 news pages has 1,584."""

MAX_LOOKED_AT = 300
"""Dated elements looked at: an archive page has thousands, and none of them is its own."""


def published(tree: HtmlElement, url: str) -> Told:
    """The ISO 8601 day the page says it was published, and what says so.

    What says so outright comes first (metadata, JSON-LD), then the address, then elements for a date near the article,
    then when it was last changed: the text as it stands came out that day. Where the elements name several days htmldate
    decides between them, and never alone: it completes a date that lacks a day.
    """
    in_url = in_address(url)
    outright, written = _said(tree, _PUBLISHED, _JSON_PUBLISHED)
    if outright:
        # Metadata often give the day in UTC, the address that of the place.
        if in_url and _days_apart(in_url, outright.value) <= 1:
            return outright if in_url == outright.value else Told(in_url, KnownFrom.URL)
        of_the_place = _beside(outright.value, written)
        if of_the_place and of_the_place in islice(_near(tree), NEAREST):
            return Told(of_the_place, KnownFrom.ELEMENT)
        return outright
    if in_url:
        return Told(in_url, KnownFrom.URL)
    near = list(dict.fromkeys(_near(tree)))
    if near:
        found = _by_htmldate(tree, url) if len(near) > 1 else ""
        return Told(found if found in near else near[0], KnownFrom.ELEMENT)
    return modified(tree)


def in_address(url: str) -> str:
    """The ISO 8601 day in a URL: "/2023/05/12/", "/2023-05-12-", "/2023/may/12/"; or nothing.

    >>> in_address("https://vc.example/war/2023/may/12/bridge"), in_address("https://vc.example/2023/05/bridge")
    ('2023-05-12', '')
    """
    match = _IN_URL.search(url)
    if match is None:
        return ""
    month = match[2].lower()
    return _valid(match[1], str(_MONTHS.index(month) + 1) if month in _MONTHS else month, match[3])


def _by_htmldate(tree: HtmlElement, url: str) -> str:
    from htmldate import find_date

    # The day of the run must not decide what the date of a page is, and only what stands in its head or in elements for
    # dates is looked at. A copy: it cuts the tree.
    return (
        find_date(deepcopy(tree), url=url or None, extensive_search=False, original_date=True, max_date="2100-01-01")
        or ""
    )


def modified(tree: HtmlElement) -> Told:
    """The ISO 8601 day the page says it was last changed, by its metadata or an element that says so."""
    said, _ = _said(tree, _MODIFIED, _JSON_MODIFIED)
    if said:
        return said
    for element in islice(tree.iter("time", "span", "div", "p"), MAX_ELEMENTS):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _CHANGED_CLASS.search(marks) and not _is_elsewhere(element):
            day = _day(element.get("datetime") or element.get("content") or "") or _day(_text(element))
            if day:
                return Told(day, KnownFrom.ELEMENT)
    return NOTHING


def _said(tree: HtmlElement, names: re.Pattern[str], keys: re.Pattern[str]) -> tuple[Told, str]:
    """The first day that metadata say outright, and how they write it."""
    for values, known_from in ((_metadata(tree, names), KnownFrom.META), (_json(tree, keys), KnownFrom.JSON_LD)):
        for written in values:
            if day := _day(written):
                return Told(day, known_from), written
    return NOTHING, ""


def _beside(day: str, written: str) -> str:
    """The other day that it can have been where a time in UTC was written: "01:30Z" is still yesterday in America,
    "22:30Z" tomorrow already in Kyiv, Moscow and Khartoum.
    """
    match = _IN_UTC.search(written)
    hour = int(match[1]) if match else 12
    aside = -1 if hour < WEST else 1 if hour >= EAST else 0
    try:
        return (date.fromisoformat(day) + timedelta(days=aside)).isoformat() if aside else ""
    except OverflowError:
        return ""


def _metadata(tree: HtmlElement, names: re.Pattern[str]) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if len(name) < 60 and names.fullmatch(name):
            yield meta.get("content") or ""


def _json(tree: HtmlElement, names: re.Pattern[str]) -> Iterator[str]:
    for script in tree.iter("script"):
        if "json" in (script.get("type") or ""):
            yield from names.findall(script.text or "")


def _near(tree: HtmlElement) -> Iterator[str]:
    """The days named by elements made for dates, those that say they are the date of publication first."""
    looked_at = 0
    weak: list[str] = []
    for element in tree.iter("time", "abbr", "span", "div", "p", "small", "li", "em", "b", "font", "td", "a"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and not _DATED_CLASS.search(marks):
            continue
        if _CHANGED_CLASS.search(marks) and "publish" not in marks.lower():
            continue
        looked_at += 1
        if looked_at > MAX_LOOKED_AT:
            break
        day = _day(element.get("datetime") or element.get("content") or "") or _day(_text(element))
        if not day or _is_elsewhere(element):
            continue
        if "datePublished" in marks or element.get("pubdate") is not None or "publish" in marks.lower():
            yield day
        else:
            weak.append(day)
    yield from weak


def _text(element: HtmlElement) -> str:
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > MAX_TEXT:
            return ""
    return " ".join(" ".join(pieces).split())


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element belongs to another article, a comment or the page's frame."""
    for above in (element, *element.iterancestors()):
        marks = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag in _NOT_OURS or (above.tag != "body" and above.tag != "html" and _ELSEWHERE.search(marks)):
            return True
    return False


def _day(text: str) -> str:
    text = text.strip()
    if not text or not any(character.isdigit() for character in text):
        return ""
    match = _ISO_DAY.search(text[:60])
    if match:
        return _valid(*match.groups())
    when = timex.publication(text[:MAX_TEXT])
    return when.start.isoformat() if when.start and when.start == when.end else ""


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _valid(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
