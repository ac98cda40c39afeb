"""Whose page it is, who wrote it and what it is called, as its JSON-LD and its ``meta`` elements say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from fogline.clean.pruning import letters
from fogline.clean.told import NOTHING, Told
from fogline.clean.tree import HtmlElement
from fogline.model import KnownFrom

MAX_JSON = 500_000
"""Characters of the longest JSON-LD that is parsed; an article's has some thousands."""

MAX_AUTHORS = 12
MAX_NAME = 80
"""Characters of the longest name of an author."""

_PUBLISHER = re.compile(
    r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*'
    r'("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,100}")'
)
_ARTICLE = re.compile(r"Article|Posting|Report|NewsArticle|CreativeWork|WebPage")
_AUTHOR_METAS = frozenset(
    ("author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl")
)
_BETWEEN = re.compile(r"\s*(?:;|,| and | & | та | і | и )\s*")
_BY = re.compile(r"^(?:by|автор|від|от)\s*:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"://|^@|\d|^(?:admin|editor|staff|news ?desk|редакция|редакція|автор)$", re.IGNORECASE)


def title(tree: HtmlElement, found: str) -> Told:
    """The title that was found, with whether metadata bear it."""
    own = " ".join(found.split())
    if not own:
        return NOTHING
    wanted = letters(own)
    if any(wanted == letters(str(entry.get("headline") or "")) for entry in _linked(tree)):
        return Told(own, KnownFrom.JSON_LD)
    metas = (meta.get("content") or "" for meta in tree.iter("meta") if "title" in _name(meta))
    # A page's own name often stands behind that of its article.
    borne = any(wanted and letters(content).startswith(wanted) for content in metas)
    return Told(own, KnownFrom.META if borne else KnownFrom.ELEMENT)


def headline(tree: HtmlElement) -> Told:
    """The headline of the page's article by its JSON-LD, where its ``title`` element says the same; else nothing.

    A page's JSON-LD may speak of other articles, too.
    """
    named = letters("".join(text for element in islice(tree.iter("title"), 1) for text in element.itertext()))
    for entry in _linked(tree):
        own = " ".join(str(entry.get("headline") or "").encode("utf-8", "replace").decode("utf-8").split())
        if (wanted := letters(own)) and _ARTICLE.search(str(entry.get("@type"))) and named.startswith(wanted):
            return Told(own, KnownFrom.JSON_LD)
    return NOTHING


def outlet(tree: HtmlElement, sitename: str, host: str) -> Told:
    """What the page calls its site, else who publishes it by its JSON-LD; its ``host`` is no name."""
    own = " ".join(sitename.split())
    if own and own.lower().removeprefix("www.") != host:
        return Told(own, KnownFrom.META)
    for script in _scripts(tree):
        if match := _PUBLISHER.search(script):
            name = str(json.loads(match[1]))
            return Told(" ".join(name.encode("utf-8", "replace").decode("utf-8").split()), KnownFrom.JSON_LD)
    return NOTHING


def authors(tree: HtmlElement, found: str) -> tuple[tuple[str, ...], KnownFrom]:
    """Who wrote the article, and what says so; ``found`` is what trafilatura found, names parted by semicolons."""
    linked = (name for entry in _linked(tree) if _ARTICLE.search(str(entry.get("@type"))) for name in _people(entry))
    metas = (meta.get("content") or "" for meta in tree.iter("meta") if _name(meta) in _AUTHOR_METAS)
    for told, known_from in (
        (linked, KnownFrom.JSON_LD),
        (metas, KnownFrom.META),
        (iter([found]), KnownFrom.ELEMENT),
    ):
        if names := people(told):
            return names, known_from
    return (), KnownFrom.UNKNOWN


def people(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in bylines: "By Jane Roe and John Doe"; without what is no person's name.

    >>> people(["By Jane Roe and John Doe", "https://vc.example/jane"])
    ('Jane Roe', 'John Doe')
    """
    names: dict[str, None] = {}
    for line in lines:
        clean = _BY.sub("", " ".join(line.encode("utf-8", "replace").decode("utf-8").split()))
        if "://" in clean:
            continue
        for name in _BETWEEN.split(clean[: MAX_NAME * MAX_AUTHORS]):
            if 2 <= len(name) <= MAX_NAME and not _NO_NAME.search(name) and any(map(str.isalpha, name)):
                names.setdefault(name)
    return tuple(names)[:MAX_AUTHORS]


def _people(entry: dict[str, Any]) -> Iterator[str]:
    told = entry.get("author")
    for one in told if isinstance(told, list) else [told]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


def _linked(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects at the top of the page's JSON-LD; what is broken is passed over."""
    for script in _scripts(tree):
        try:
            held = json.loads(script) if len(script) <= MAX_JSON else None
        except (ValueError, RecursionError):
            continue
        graph = held.get("@graph") if isinstance(held, dict) else held
        for entry in [held, *(graph if isinstance(graph, list) else [])]:
            if isinstance(entry, dict):
                yield entry


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if "json" in (script.get("type") or "") and script.text:
            yield script.text


def _name(meta: HtmlElement) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
