"""RSS, Atom and JSON Feed: one feed, many articles; and the addresses that a feed tells of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from fogline.errors import BadFeed, InputError
from fogline.model import Article, Failure
from fogline.sources.confined import confined
from fogline.sources.fragments import text_of
from fogline.sources.making import made, needs
from fogline.sources.metadata import iso
from fogline.sources.opening import failure, head, load, shown

SUFFIXES = (".rss", ".atom", ".rdf")
"""Endings that only feeds have; ``.xml`` and ``.json`` are told by what is in them."""

MOST_ENTRIES = 10_000
"""Of one feed; those of newspapers have ten to a hundred."""

LARGE = 100_000
"""Bytes from which on a feed is parsed where it can be ended: an element of 50,000 attributes (500 KB) takes half a minute."""

SECONDS = 20
"""Of processor time for one large feed; one of 20,000 entries (1.2 MB) takes two."""

_XML_ROOT = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?>|\s)*<(?:\w+:)?(rss|feed|RDF)\b",
    re.DOTALL,
)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version')
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,100}?\sencoding\s*=")
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_HINT = "Save the feed again as the site gives it (RSS, Atom or JSON Feed)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one report; empty where it says nothing. ``text`` is what the feed itself carries of it."""

    number: int
    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""


class FeedSource:
    """Reads feeds of at most ``max_bytes``: each entry an article, of the text that the feed itself carries."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the ending is a feed's, or the file begins as one."""
        suffix = path.suffix.lower()
        return suffix in SUFFIXES or (suffix in (".xml", ".json") and is_feed(head(path)))

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles in the feed's order; an entry without text comes as a failure and the others go on."""
        name = shown(path.name)
        try:
            yield from articles(name, load(path, self._max_bytes))
        except InputError as error:
            yield failure(name, error)


def is_feed(beginning: bytes) -> bool:
    """Whether bytes begin as a feed does, in UTF-8 or a one-byte encoding."""
    return bool(_XML_ROOT.match(beginning) or _JSON_FEED.search(beginning))


def declares_entities(raw: bytes) -> bool:
    """Whether XML declares entities of its own; a bomb written in UTF-16 is one all the same."""
    return bool(_ENTITY.search(raw.replace(b"\0", b"")))


def in_utf8(raw: bytes, charset: str) -> bytes:
    """A feed's bytes in UTF-8 where only the header that came with them says in which ``charset`` they are."""
    if not charset or raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or _DECLARATION.match(raw):
        return raw
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return raw.decode(charset, "replace").encode()
        except (LookupError, ValueError):
            return raw
    return raw


def articles(name: str, raw: bytes) -> Iterator[Article | Failure]:
    """The articles in a feed's bytes, of the text in the feed; raises ``BadFeed`` where it is none."""
    for entry in entries(name, raw):
        about = {"title": entry.title, "outlet": entry.outlet, "url": entry.url, "published": entry.published}
        yield from made(f"{name}:{entry.number}", entry.text, about)


def entries(name: str, raw: bytes) -> tuple[Entry, ...]:
    """What a feed tells of; raises ``BadFeed``, naming it, for bytes that are no feed or declare entities of their own."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _of_json(name, raw)
    if declares_entities(raw):
        raise BadFeed(f"{name}: it declares entities, which can make a few bytes into gigabytes.", _HINT)
    if len(raw) > LARGE:
        return tuple(Entry(**json.loads(line)) for line in confined(name, "fogline.sources.feeds:apart", raw, SECONDS))
    return _of_xml(name, raw)


def apart(raw: bytes) -> list[str]:
    """The entries of XML, each as JSON: run where it is confined. Raises whatever the parser raises."""
    return [json.dumps(asdict(entry)) for entry in _of_xml("the feed", raw)]


def _of_xml(name: str, raw: bytes) -> tuple[Entry, ...]:
    try:
        import feedparser
    except ImportError as error:
        raise needs("feedparser", "Reading a feed") from error
    try:
        # Nothing in it is shown as HTML, so nothing is sanitised; and bytes are never taken for an address.
        parsed = feedparser.parse(_Bytes(raw), sanitize_html=False, resolve_relative_uris=True)
    except Exception as error:  # the parser's own faults on broken input are of every kind
        raise BadFeed(f"{name}: the feed cannot be parsed ({type(error).__name__}).", _HINT) from error
    if not parsed.entries and (not parsed.get("version") or parsed.get("bozo")):
        reason = " ".join(str(parsed.get("bozo_exception") or "no entries").split())
        raise BadFeed(f"{name}: it is no feed that can be read ({reason[:120]}).", _HINT)
    outlet = _plain(parsed.feed.get("title"))
    return tuple(_xml_entry(number, entry, outlet) for number, entry in enumerate(parsed.entries[:MOST_ENTRIES], 1))


class _Bytes:
    """Bytes as a file: the parser takes what is no file for an address or a path, and opens it."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def read(self, *_: int) -> bytes:
        raw, self._raw = self._raw, b""
        return raw


def _xml_entry(number: int, entry: Any, outlet: str) -> Entry:
    bodies = [str(content.get("value") or "") for content in entry.get("content") or ()]
    texts = [text_of(body) for body in (*bodies, str(entry.get("summary") or ""))]
    source = entry.get("source") or {}
    return Entry(
        number=number,
        text=max(texts, key=len, default="") or _plain(entry.get("title")),
        title=_plain(entry.get("title")),
        outlet=_plain(source.get("title")) or outlet,
        url=_address(entry.get("link")),
        # Its own get() warns that an update may stand in for what is missing.
        published=stated_date(dict.get(entry, "published") or dict.get(entry, "updated")),
    )


def _of_json(name: str, raw: bytes) -> tuple[Entry, ...]:
    try:
        feed = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadFeed(f"{name}: it is not JSON ({str(error)[:120]}).", _HINT) from error
    listed = feed.get("items")
    if not isinstance(listed, list):
        raise BadFeed(f"{name}: it is no JSON Feed: it has no list of items.", _HINT)
    outlet = _plain(feed.get("title"))
    known = [(number, entry) for number, entry in enumerate(listed[:MOST_ENTRIES], 1) if isinstance(entry, dict)]
    return tuple(_json_entry(number, entry, outlet) for number, entry in known)


def _json_entry(number: int, entry: dict[str, Any], outlet: str) -> Entry:
    plain, markup = entry.get("content_text"), entry.get("content_html")
    text = plain if isinstance(plain, str) and plain.strip() else text_of(markup) if isinstance(markup, str) else ""
    return Entry(
        number=number,
        text=text or _plain(entry.get("summary")) or _plain(entry.get("title")),
        title=_plain(entry.get("title")),
        outlet=outlet,
        url=_address(entry.get("url")) or _address(entry.get("external_url")),
        published=stated_date(entry.get("date_published") or entry.get("date_modified")),
    )


def _plain(value: Any) -> str:
    return " ".join(text_of(value).split()) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    value = value.strip() if isinstance(value, str) else ""
    return value if value.lower().startswith(("http://", "https://")) else ""


def stated_date(value: Any) -> str:
    """A date of a feed or sitemap as ISO 8601 in its own time zone; as it stands where it is none, so that it is reported."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or iso(text):
        return iso(text) if text else ""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text
