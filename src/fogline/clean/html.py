"""From a page to the text of its article and what the page says about it: trafilatura and htmldate at the core."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fogline.clean.depth import deepest
from fogline.errors import EmptyInput, TooLarge

MAX_DEPTH = 250
"""Elements open at once: the parser below (libxml2) gives up at 256, and nobody writes pages that deep."""

MAX_CHARACTERS = 10_000_000
"""Characters of one page; the largest of 102 news pages has under two million."""

_LATEST = "2100-01-01"
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article of a page: ``text`` with a paragraph a line, and what its metadata say; empty where they say nothing.

    ``published`` is an ISO 8601 date.
    """

    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""


def read(markup: str, url: str = "") -> Page:
    """The article of a page; ``url`` is where it was found, if that is known.

    Raises ``TooLarge`` for a page too long or nested too deep to be parsed safely, ``EmptyInput`` for one without text.
    """
    _refuse_hostile(markup)
    # Imported here: it takes a second, and plain text needs none of it.
    from trafilatura import bare_extraction, load_html

    # trafilatura takes what does not say at its beginning that it is HTML for something else.
    tree = load_html(markup if "html" in markup[:50].lower() else f"<html>{markup}")
    if tree is None:
        raise EmptyInput("The page holds no HTML elements.", "Save the page again, or its text as .txt.")
    found = bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        # The day of the run must not decide what a page's date is, and only what the page says is its date counts.
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "outputformat": "%Y-%m-%d",
            "max_date": _LATEST,
        },
    )
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    if found is None or isinstance(found, dict) or not text.strip():
        raise EmptyInput("No article was found on the page.", "Save the article's text as .txt.")
    return Page(
        text=text,
        title=" ".join((found.title or "").split()),
        outlet=" ".join((found.sitename or "").split()),
        url=url or found.url or "",
        published=found.date or "",
    )


def _refuse_hostile(markup: str) -> None:
    if len(markup) > MAX_CHARACTERS:
        raise TooLarge(
            f"The page has {len(markup):,} characters; the limit for HTML is {MAX_CHARACTERS:,}.",
            "Save the article's text as .txt.",
        )
    if deepest(markup, MAX_DEPTH) > MAX_DEPTH:
        raise TooLarge(f"The page nests its elements more than {MAX_DEPTH} deep.", "Save the article's text as .txt.")
