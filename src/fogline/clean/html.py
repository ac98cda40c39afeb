"""From a page to the text of its article and what the page says about it: trafilatura and htmldate at the core."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from fogline.clean import dating, naming, outlets
from fogline.clean.depth import deepest
from fogline.clean.entries import parts_of_page
from fogline.clean.joining import join
from fogline.clean.posts import quote_posts
from fogline.clean.pruning import pruned
from fogline.clean.told import NOTHING, Told
from fogline.clean.tree import HtmlElement
from fogline.errors import EmptyInput, TooLarge
from fogline.model import KnownFrom, Part

MAX_DEPTH = 250
"""Elements open at once: the parser below (libxml2) gives up at 256, and nobody writes pages that deep."""

MAX_CHARACTERS = 10_000_000
"""Characters of one page; the largest of 102 news pages has under two million."""

LEAST_IN_LONG_LINES = 0.3
"""Share of an article's characters in lines of 80 or more; on 102 news pages any value from .1 to .7 does the same."""

_NO_DATE = {"extensive_search": False}
"""trafilatura cannot be asked for no date; days are looked for by ``dating``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article of a page: ``text`` with a paragraph a line, and what its metadata say; empty where they say nothing.

    ``published`` and ``modified`` are ISO 8601 days.
    """

    text: str
    title: Told = NOTHING
    outlet: Told = NOTHING
    published: Told = NOTHING
    modified: Told = NOTHING
    url: str = ""
    authors: tuple[str, ...] = ()
    authors_from: KnownFrom = KnownFrom.UNKNOWN
    parts: tuple[Part, ...] = ()


def read(markup: str, url: str = "") -> Page:
    """The article of a page; ``url`` is where it was found, if that is known.

    Raises ``TooLarge`` for a page too long or nested too deep to be parsed safely, ``EmptyInput`` for one without text.
    """
    refuse_hostile(markup)
    # Imported here: it takes a second, and plain text needs none of it.
    from trafilatura import load_html

    # trafilatura takes what does not say at its beginning that it is HTML for something else.
    tree = load_html(markup if "html" in markup[:50].lower() else f"<html>{markup}")
    if tree is None:
        raise EmptyInput("The page holds no HTML elements.", "Save the page again, or its text as .txt.")
    # Before the article is cut out: much of what says who and when is no part of it.
    page, summary = _about(tree, url)
    quote_posts(tree)
    lines = pruned(_main_text(tree).split("\n"), tree, page.title.value, summary)
    if not any(lines):
        raise EmptyInput("No article was found on the page.", "Save the article's text as .txt.")
    text = "\n".join(lines)
    return replace(page, text=text, parts=parts_of_page(tree, text))


def _about(tree: HtmlElement, url: str) -> tuple[Page, str]:
    """What the page says about its article, and its summary.

    The head alone is asked first: that takes a tenth of the time, and mostly tells all.
    """
    said = _told_in(_head(tree), url)
    title = naming.title(tree, said.title or "")
    if title.known_from not in (KnownFrom.META, KnownFrom.JSON_LD):
        title = naming.headline(tree)
    authors, authors_from = naming.authors(tree, "")
    if not title or not authors:
        said = _told_in(tree, url)
        title = title or naming.title(tree, said.title or "")
        authors, authors_from = naming.authors(tree, said.author or "")
    address = url or said.url or ""
    page = Page(
        text="",
        title=title,
        outlet=naming.outlet(tree, said.sitename or "", outlets.host(address)),
        published=dating.published(tree, address),
        modified=dating.modified(tree),
        url=address,
        authors=authors,
        authors_from=authors_from,
    )
    return page, said.description or ""


def _head(tree: HtmlElement) -> HtmlElement:
    page = tree.makeelement("html")
    page.extend(deepcopy(head) for head in tree.iter("head"))
    # An element that is made stays in its tree's document, all of which trafilatura's paths would search.
    return deepcopy(page)


def _told_in(tree: HtmlElement, url: str) -> Any:
    from trafilatura import extract_metadata

    return extract_metadata(tree, url or None, _NO_DATE)


def _main_text(tree: HtmlElement) -> str:
    """The article, a paragraph a line: by trafilatura's own rules, by its other algorithms where these find a menu.

    The others are run for every page by default; they replace a good text by all that lies around it more often than
    the reverse.
    """
    text = _extracted(tree, alone=True)
    if not text or _in_long_lines(text) < LEAST_IN_LONG_LINES:
        text = _extracted(tree, alone=False) or text
    if text and join(tree, text):
        text = max(text, _extracted(tree, alone=True), key=len)
    return text


def _extracted(tree: HtmlElement, *, alone: bool) -> str:
    from trafilatura import bare_extraction

    # It works on a copy of its own: what is cut from the tree is gone.
    found = bare_extraction(tree, include_comments=False, include_tables=True, fast=alone)
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _in_long_lines(text: str) -> float:
    return sum(len(line) for line in text.split("\n") if len(line) >= 80) / len(text)


def refuse_hostile(markup: str) -> None:
    """Raise ``TooLarge`` for a page too long, or nested too deep, to be parsed safely."""
    if len(markup) > MAX_CHARACTERS:
        raise TooLarge(
            f"The page has {len(markup):,} characters; the limit for HTML is {MAX_CHARACTERS:,}.",
            "Save the article's text as .txt.",
        )
    if deepest(markup, MAX_DEPTH) > MAX_DEPTH:
        raise TooLarge(f"The page nests its elements more than {MAX_DEPTH} deep.", "Save the article's text as .txt.")
