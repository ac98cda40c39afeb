"""When a page says it was published. A day counts only if the page writes it out: year, month and day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import chain, islice

from fogline.clean import dated_elements, days
from fogline.clean.told import NOTHING, Told
from fogline.clean.tree import HtmlElement
from fogline.model import KnownFrom

_FROM = r"(?:article|og|rnews|video|cxenseparse:recs|sailthru|parsely|dc|dcterms|dcterm|citation|bt|ptime|shareaholic)?[:._-]?"
_PUBLISHED = re.compile(
    _FROM + r"(?:article_)?(?:date[._-]?(?:published|issued|available)|published?[._-]?(?:time|date|at|on)?|"
    r"pub[._-]?date|publication[._-]?(?:time|date)|publishtime|publish[._-]?date|issued|pubdate|"
    r"article_date_original|release_date|dateposted|datepublished)",
    re.IGNORECASE,
)
_CREATED = re.compile(_FROM + r"(?:article_)?(?:date(?:[._-]?created)?|created|datecreated)", re.IGNORECASE)
_MODIFIED = re.compile(r".*(?:modified|updated)[._-]?(?:time|date)?|date[._-]?modified", re.IGNORECASE)
_ANY = re.compile(r".*(?:date|time|publish|issued|created|modified|updated).*", re.IGNORECASE)
_JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_JSON_CREATED = re.compile(r'"(?:dateCreated|uploadDate)"\s*:\s*"([^"]{8,40})"')
_JSON_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_JSON_ANY = re.compile(r'"(?:datePublished|dateCreated|uploadDate|dateModified)"\s*:\s*"([^"]{8,40})"')
_IN_URL = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d{1,2})(?![\da-z])",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

NEAREST = 3
"""Elements for dates among which the day of the place is looked for."""

MAX_STATED = 20
"""Statements of metadata that are compared."""

MAX_ELEMENTS = 20_000
"""Elements among which one that tells the last change is looked for; the largest of 102 news pages has 1,584."""


def published(tree: HtmlElement, url: str) -> Told:
    """The ISO 8601 day the page says it was published, and what says so.

    What says so outright comes first (metadata, JSON-LD), then the address, then elements for a date near the article,
    then when it was last changed: the text as it stands came out that day. Where the elements name several days htmldate
    decides between them, and never alone: it completes a date that lacks a day.
    """
    in_url = in_address(url)
    language = (tree.get("lang") or "").strip().replace("_", "-").lower()
    stated = list(islice(_stated(tree, language), MAX_STATED))
    if stated:
        outright, _ = stated[0]
        # Metadata often give the day in UTC, the address that of the place.
        if in_url and days.apart(in_url, outright.value) <= 1:
            return outright if in_url == outright.value else Told(in_url, KnownFrom.URL)
        return _of_the_place(tree, stated, language) or outright
    if in_url:
        return Told(in_url, KnownFrom.URL)
    near = list(dict.fromkeys(dated_elements.near(tree, language)))
    if near:
        found = _by_htmldate(tree, url) if len(near) > 1 and near[0] != near[-1] else ""
        return Told(found if found in near[:NEAREST] else near[0], KnownFrom.ELEMENT)
    under = dated_elements.under_the_title(tree, language)
    return Told(under, KnownFrom.ELEMENT) if under else modified(tree)


def _of_the_place(tree: HtmlElement, stated: Sequence[tuple[Told, str]], language: str) -> Told:
    """The day at the place where a moment is stated in UTC alone; nothing where the page does not tell another one.

    It is told by another statement of the same moment that is not in UTC, by the time zone in which the page writes other
    moments, or by an element for dates near the title.
    """
    day = stated[0][0].value
    written = next((text for told, text in stated if told.value == day and days.beside(day, text)), "")
    aside = days.beside(day, written)
    # The same time of day in UTC and in another zone is one of them mislabelled, and tells nothing.
    local = [text for told, text in stated if told.value == day and days.offset(text)]
    if not aside or any(not days.in_utc(written) or days.clock(text) != days.clock(written) for text in local):
        return NOTHING
    other = next((told for told, text in stated if told.value == aside and not days.in_utc(text)), NOTHING)
    if other:
        return other
    moments = chain(_metadata(tree, _ANY), _json(tree, _JSON_ANY))
    zone = next((zone for text in moments if (zone := days.offset(text))), None)
    if zone is not None and not local and days.in_utc(written) and days.in_zone(day, written, zone) == aside:
        return Told(aside, stated[0][0].known_from)
    near = islice(dated_elements.near(tree, language), NEAREST)
    if aside in near or dated_elements.says(tree, aside, NEAREST):
        return Told(aside, KnownFrom.ELEMENT)
    return NOTHING


def _stated(tree: HtmlElement, language: str) -> Iterator[tuple[Told, str]]:
    """The days that metadata say outright, with how they write them, the surest first."""
    for values, known_from in (
        (_metadata(tree, _PUBLISHED), KnownFrom.META),
        (_metadata(tree, _CREATED), KnownFrom.META),
        (_json(tree, _JSON_PUBLISHED), KnownFrom.JSON_LD),
        (_json(tree, _JSON_CREATED), KnownFrom.JSON_LD),
    ):
        for written in values:
            if day := days.day(written, language):
                yield Told(day, known_from), written


def in_address(url: str) -> str:
    """The ISO 8601 day in a URL: "/2023/05/12/", "/2023-05-12-", "/2023/may/12/"; or nothing.

    >>> in_address("https://vc.example/war/2023/may/12/bridge"), in_address("https://vc.example/2023/05/bridge")
    ('2023-05-12', '')
    """
    match = _IN_URL.search(url)
    if match is None:
        return ""
    month = match[2].lower()
    return days.valid(match[1], str(_MONTHS.index(month) + 1) if month in _MONTHS else month, match[3])


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
    for values, known_from in (
        (_metadata(tree, _MODIFIED), KnownFrom.META),
        (_json(tree, _JSON_MODIFIED), KnownFrom.JSON_LD),
    ):
        for written in values:
            if day := days.day(written):
                return Told(day, known_from)
    for element in islice(tree.iter("time", "span", "div", "p"), MAX_ELEMENTS):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if dated_elements.CHANGED.search(marks) and not dated_elements.is_elsewhere(element):
            stated = days.day(element.get("datetime") or element.get("content") or "")
            if day := stated or days.day(dated_elements.text_of(element)):
                return Told(day, KnownFrom.ELEMENT)
    return NOTHING


def _metadata(tree: HtmlElement, names: re.Pattern[str]) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if len(name) < 60 and names.fullmatch(name):
            yield meta.get("content") or ""


def _json(tree: HtmlElement, names: re.Pattern[str]) -> Iterator[str]:
    for script in tree.iter("script"):
        if "json" in (script.get("type") or ""):
            yield from names.findall(script.text or "")
