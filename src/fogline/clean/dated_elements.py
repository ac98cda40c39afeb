"""Elements of a page that are made for dates, or hold nothing else, and belong to its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from fogline.clean.days import MAX_TEXT, day
from fogline.clean.tree import HtmlElement

MAX_LOOKED_AT = 300
"""Dated elements looked at: an archive page has thousands, and none of them is its own."""

MAX_WORDS = 9
"""Words of an element that tells a date alone, as "Published: Monday, November 18th, 2019 at 11:08 a.m. EST" does."""

MAX_BETWEEN = 60
"""Elements between the title and the first prose among which one that is nothing but a date is looked for."""

ALONE = 60
"""Characters in the longest element that is nothing but a date."""

PROSE = 80
"""Characters from which on a paragraph is prose."""

CHANGED = re.compile(r"modified|updated", re.IGNORECASE)

_DATED_CLASS = re.compile(r"date|publish|posted|time(?!line)|byline|dateline|created|meta", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|footer|widget|popular|latest|trending|teaser|promo", re.IGNORECASE
)
_NOT_OURS = frozenset(("aside", "footer", "nav"))
_LABEL = re.compile(
    r"\W*(?:(?:first |originally |date )?(?:published|posted)|publication date|опубликован|опубліковано|дата публикации|"
    r"дата публікації|veröffentlicht|publiziert|publié|publicado|pubblicato|opublikowan)",
    re.IGNORECASE,
)
_TAGS = ("time", "abbr", "span", "div", "p", "small", "li", "em", "b", "strong", "font", "td", "a")
_CLOCK = re.compile(r"\d[:.]\d\d")
_WORD = re.compile(r"[^\W\d_]+")


def near(tree: HtmlElement, language: str) -> Iterator[str]:
    """The days named by elements for dates, first those that say it is the day of publication.

    Those in a sentence ("said on 13 October 2019 in a letter to the editor") count where there are no others.
    """
    sure = False
    weak: list[str] = []
    vague: list[str] = []
    for element, marks in _dated(tree):
        text = text_of(element)
        stated = day(element.get("datetime") or element.get("content") or "", language)
        told = stated or day(text, language)
        if not told or is_elsewhere(element):
            continue
        if not stated and len(_WORD.findall(text)) > MAX_WORDS:
            vague.append(told)
        elif element.get("pubdate") is not None or "publish" in marks.lower() or _labelled(element):
            sure = True
            yield told
        else:
            weak.append(told)
    yield from weak if sure or weak else vague


def says(tree: HtmlElement, told: str, among: int) -> bool:
    """Whether one of the first elements for dates names the day with a time, without its year: "Posted Nov 18, 8:19 PM"."""
    then = date.fromisoformat(told)
    month = then.strftime("%b")
    named = re.compile(rf"\b(?:{month}\w*\.? {then.day}|{then.day} {month}\w*)\b", re.IGNORECASE)
    texts = (text_of(element) for element, _ in _dated(tree) if not is_elsewhere(element))
    dated = (text for text in texts if _CLOCK.search(text))
    return any(named.search(text) for text in islice(dated, among))


def under_the_title(tree: HtmlElement, language: str) -> str:
    """The day that stands alone between the page's only first-level heading and its first prose; nothing where none does."""
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return ""
    for element in headings[0].xpath(f"following::*[position() <= {MAX_BETWEEN}]"):
        if element.tag == "p" and len("".join(element.itertext()).strip()) >= PROSE:
            return ""
        text = text_of(element)
        if len(text) <= ALONE and len(_WORD.findall(text)) <= MAX_WORDS and (told := day(text, language)):
            return "" if is_elsewhere(element) else told
    return ""


def text_of(element: HtmlElement) -> str:
    """The text of an element, white space as one space; nothing where it is too long for a date."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > MAX_TEXT:
            return ""
    return " ".join(" ".join(pieces).split())


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element belongs to another article, a comment or the page's frame."""
    for above in (element, *element.iterancestors()):
        marks = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag in _NOT_OURS or (above.tag != "body" and above.tag != "html" and _ELSEWHERE.search(marks)):
            return True
    return False


def _dated(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements that are for dates, not of the last change, with their classes; as many as are looked at."""
    looked_at = 0
    for element in tree.iter(*_TAGS):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and not _DATED_CLASS.search(marks) and not _labelled(element):
            continue
        if CHANGED.search(marks) and "publish" not in marks.lower():
            continue
        looked_at += 1
        if looked_at > MAX_LOOKED_AT:
            return
        yield element, marks


def _labelled(element: HtmlElement) -> bool:
    return _LABEL.match((element.text or "")[:MAX_TEXT]) is not None
