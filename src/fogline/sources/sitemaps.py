"""Sitemaps, and those for news: addresses with titles and dates, to be fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fogline.errors import BadFeed, InputError, NotReadable
from fogline.model import Article, Failure
from fogline.sources.feeds import Entry, declares_entities, stated_date
from fogline.sources.opening import failure, head, load, shown

MOST_ADDRESSES = 50_000
"""Of one sitemap, as the protocol allows."""

_ROOT = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b")
_HINT = "Save the sitemap again as the site gives it."


class SitemapSource:
    """Knows sitemaps, of at most ``max_bytes``, for what they are: they hold addresses and no text."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the ending is ``.xml`` and the file begins as a sitemap."""
        return path.suffix.lower() == ".xml" and is_sitemap(head(path))

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """One failure, that says how to fetch what the sitemap names."""
        name = shown(path.name)
        try:
            pages, further = addresses(name, load(path, self._max_bytes))
            count = len(pages) + len(further)
            raise NotReadable(
                f"{name}: it names {count} addresses and holds no text.", f"Fetch them: fogline fetch {name}"
            )
        except InputError as error:
            yield failure(name, error)


def is_sitemap(beginning: bytes) -> bool:
    """Whether bytes begin as a sitemap, or a list of sitemaps, does."""
    return bool(_ROOT.search(beginning[:2000]))


def addresses(name: str, raw: bytes) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The pages a sitemap names, newest first where dates are given, and the further sitemaps it names.

    Raises ``BadFeed`` for what is none. Of a page without a news date that of its last change is not taken for one.
    """
    from lxml import etree

    if declares_entities(raw):
        raise BadFeed(f"{name}: it declares entities, which can make a few bytes into gigabytes.", _HINT)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed(f"{name}: it is not XML ({str(error)[:120]}).", _HINT) from error
    if root is None or _kind(root) not in ("urlset", "sitemapindex"):
        raise BadFeed(f"{name}: it is no sitemap.", _HINT)
    pages, further = [], []
    for number, element in enumerate(root, 1):
        if number > MOST_ADDRESSES or not isinstance(element.tag, str):
            continue
        said = {_kind(e): (e.text or "").strip() for e in reversed(list(element.iter("{*}*")))}
        address = said.get("loc", "")
        if not address.lower().startswith(("http://", "https://")):
            continue
        if _kind(element) == "sitemap":
            further.append(address)
            continue
        date = stated_date(said.get("publication_date", ""))
        entry = Entry(
            number=number,
            text="",
            title=said.get("title", ""),
            outlet=said.get("name", ""),
            url=address,
            published=date,
        )
        pages.append(entry)
    pages.sort(key=lambda entry: entry.published, reverse=True)
    return tuple(pages), tuple(further)


def _kind(element: Any) -> str:
    """The name without its namespace; lxml's own way to it fails where a name has several colons."""
    return str(element.tag).rpartition("}")[2]
