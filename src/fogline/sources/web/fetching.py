"""Fetch: addresses of pages, feeds and sitemaps into evidence, politely, and on again where it was stopped."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from fogline.errors import InputError, NotFetched, Refused
from fogline.model import Failure
from fogline.sources.evidence.archive import Evidence
from fogline.sources.evidence.manifest import Kept
from fogline.sources.feeds import Entry, entries, in_utf8, is_feed
from fogline.sources.media import charset
from fogline.sources.opening import failure
from fogline.sources.sitemaps import addresses, is_sitemap
from fogline.sources.web.addresses import Resolve, checked, system
from fogline.sources.web.client import Client, Exchange, Limits
from fogline.sources.web.politeness import Chance, Politeness
from fogline.sources.web.robots import Robots
from fogline.sources.web.state import Page, State

FIRST_PAUSE, LONGEST_PAUSE = 3_600.0, 86_400.0
"""Seconds before a page of a feed that was not there, or not allowed, is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a fetch takes from outside: time, waiting, chance, names. ``loopback`` lets this machine be asked."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Chance = random.random
    resolve: Resolve = system
    loopback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """A page that is as it was when it was last kept."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _PutOff:
    """A page that was not there, or not allowed, a while ago, and is not asked for yet."""

    url: str


class Fetcher:
    """Fetches into a folder of evidence, with what is remembered of earlier visits beside it."""

    def __init__(self, folder: Path, world: World, limits: Limits | None = None) -> None:
        self._world, self._limits = world, limits or Limits()
        self._evidence = Evidence(folder)
        self.state = State(folder)
        client = Client(self._limits, now=world.now, clock=world.clock, resolve=world.resolve, loopback=world.loopback)
        self._client = client
        self._robots = Robots(client, world.clock, self._evidence.keep)
        self._polite = Politeness(self.state, now=world.now, sleep=world.sleep, chance=world.chance)

    def close(self) -> None:
        """Let go of the folder."""
        self.state.close()
        self._evidence.close()

    def fetch(self, urls: Iterable[str], *, pages: int = 200) -> Iterator[Kept | Same | Failure]:
        """Fetch addresses: a page itself; of a feed or sitemap it and the pages it names, at most ``pages`` of each.

        Pages of a feed that were kept before are not asked for again; an address that was given itself is, by its
        version. One that fails comes as a failure, and the others go on.
        """
        for url in urls:
            yield from self._given(url, pages, deep=True)

    def _given(self, url: str, pages: int, *, deep: bool) -> Iterator[Kept | Same | Failure]:
        try:
            outcome, answer = self._one(url, {})
        except InputError as error:
            yield failure(url, error)
            return
        yield outcome
        if answer is None:
            return
        failed = False
        for found in self._named(url, answer, pages, deep=deep):
            failed = failed or isinstance(found, Failure | _PutOff)
            if not isinstance(found, _PutOff):
                yield found
        if not failed:
            # Only now may the server leave a feed out for being the same: a kill, or a page that failed, would lose what it names.
            self._saw(url, answer)

    def _named(
        self, url: str, answer: Exchange, pages: int, *, deep: bool
    ) -> Iterator[Kept | Same | Failure | _PutOff]:
        """What a feed or sitemap names, fetched; nothing for a page."""
        try:
            listed, further = self._listed(answer)
        except InputError as error:
            yield failure(url, error)
            return
        for entry in listed[:pages]:
            yield from self._entry(entry)
        for address in further[:pages] if deep else ():
            yield from self._given(address, pages, deep=False)

    def _listed(self, answer: Exchange) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        raw = answer.content(self._limits.unpacked)
        if is_sitemap(raw[:2000]):
            return addresses(answer.url, raw)
        return (
            (entries(answer.url, in_utf8(raw, charset(answer.header("content-type")))), ())
            if is_feed(raw[:4096])
            else ((), ())
        )

    def _entry(self, entry: Entry) -> Iterator[Kept | Same | Failure | _PutOff]:
        if not entry.url:
            return  # the feed's own text of it is in the evidence, and read from there
        about = {"title": entry.title, "published": entry.published}
        try:
            if self.state.page(checked(entry.url)).done:
                return
            if self.state.host(checked(entry.url))[0] > self._world.now().timestamp():
                yield _PutOff(url=entry.url)
                return
            if entry.published and _future(entry.published, self._world.now()):
                about["published"] = ""
                yield Failure(
                    name=entry.url,
                    problem=f"{entry.url}: its feed dates it in the future ({entry.published}); read without that date.",
                    remedy="Give its date in meta.csv if you know it.",
                )
            outcome, answer = self._one(entry.url, about)
            if answer is not None:
                self._saw(entry.url, answer)
            yield outcome
        except InputError as error:
            if isinstance(error, Refused):
                self._put_off(entry.url)
            yield failure(entry.url, error)

    def _put_off(self, url: str) -> None:
        """Leave a page of a feed that is not there, or not allowed, alone for an hour, and twice as long each time, up to a day."""
        try:
            url = checked(url)
        except InputError:
            return
        _, times = self.state.host(url)
        pause = min(FIRST_PAUSE * 2.0 ** min(times, 10), LONGEST_PAUSE)
        self.state.hold(url, self._world.now().timestamp() + pause, times + 1)

    def _one(self, url: str, about: dict[str, str]) -> tuple[Kept | Same, Exchange | None]:
        """One address asked for and kept; the answer where it was a new one."""
        url = checked(url)
        host = urlsplit(url).netloc
        known = self.state.page(url)
        self._polite.wait(host)
        self._polite.wait(host, self._robots.check(url))
        versions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        kept, answer = None, None
        try:
            for answer in self._client.get(url, {name: value for name, value in versions.items() if value}):
                self._polite.answered(urlsplit(answer.url).netloc, answer)
                kept = self._evidence.keep(answer, {**about, "asked": url} if answer.url != url else about)
                if answer.status in range(300, 400) and answer.status != 304:
                    self._next_hop(answer)
        except NotFetched:
            # A host that answered, and led in a circle or to one that does not answer, has not failed itself.
            if kept is None:
                self._polite.failed(host)
            raise
        if answer is None or kept is None or answer.status == 304:
            return Same(url=url), None
        if answer.status != 200:
            if 400 <= answer.status < 500 and answer.status != 429:
                self._put_off(url)
            raise NotFetched(
                f"{url}: the server answered {answer.status} {answer.reason}".rstrip() + ".", _remedy(answer)
            )
        answer.content(
            self._limits.unpacked
        )  # raises where it is a bomb or was cut off: it is kept, and asked for again
        return kept, answer

    def _saw(self, url: str, answer: Exchange) -> None:
        page = Page(etag=answer.header("etag"), modified=answer.header("last-modified"), done=True)
        url = checked(url)
        self.state.saw(url, page if answer.url == url else Page(done=True))

    def _next_hop(self, answer: Exchange) -> None:
        """The rules and the pause of the host a redirect leads to hold as well; the client checks the address itself."""
        from urllib.parse import urljoin

        try:
            target = checked(urljoin(answer.url, answer.header("location")))
        except InputError:
            return
        if urlsplit(target).netloc != urlsplit(answer.url).netloc:
            self._polite.wait(urlsplit(target).netloc, self._robots.check(target))


def _future(published: str, now: datetime) -> bool:
    """Whether a date lies over a day ahead: a day is what time zones and wrong clocks can make."""
    try:
        moment = datetime.fromisoformat(published if len(published) > 7 else f"{published}-01"[:10])
    except ValueError:
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) > now + timedelta(days=1)


def _remedy(answer: Exchange) -> str:
    if answer.status == 429 or answer.status >= 500:
        return "Run again later; the host is left alone until then."
    return "Check the address in a browser."
