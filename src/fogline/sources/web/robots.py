"""What a site's robots.txt allows (RFC 9309), by protego."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fogline.errors import InputError, NotFetched, Refused
from fogline.sources.making import needs
from fogline.sources.web.client import AGENT, Client, Exchange

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 512_000
"""Of a robots.txt that are read; RFC 9309 asks for at least 500 kibibytes."""

KEPT_SECONDS = 86_400.0
"""For so long rules hold before they are asked for again (RFC 9309)."""

_CLOSED = "User-agent: *\nDisallow: /\n"


class Robots:
    """The rules of the sites that were asked, each fetched once a day."""

    def __init__(self, client: Client, clock: Callable[[], float], keep: Callable[[Exchange], object]) -> None:
        self._client, self._clock, self._keep = client, clock, keep
        self._rules: dict[str, tuple[float, Protego, str]] = {}

    def check(self, url: str) -> float:
        """The seconds the site asks to leave between two requests (0 where it asks none).

        Raises ``Refused`` where its rules forbid the address, or where they cannot be had: a site without
        robots.txt allows all, one that fails to give it allows nothing for now.
        """
        rules, trouble = self._of(url)
        if not rules.can_fetch(url, AGENT):
            if trouble:
                raise Refused(f"{url}: the site's robots.txt cannot be had ({trouble}).", "Try later.")
            raise Refused(f"{url}: the site's robots.txt forbids it.", "Ask the outlet, or save the page by hand.")
        return float(rules.crawl_delay(AGENT) or 0.0)

    def _of(self, url: str) -> tuple[Protego, str]:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        until, rules, trouble = self._rules.get(site, (0.0, None, ""))
        if rules is None or self._clock() >= until:
            text, trouble = self._fetched(f"{site}/robots.txt")
            try:
                from protego import Protego
            except ImportError as error:
                raise needs("protego", "Fetching") from error
            rules = Protego.parse(text)
            self._rules[site] = (self._clock() + (600.0 if trouble else KEPT_SECONDS), rules, trouble)
        return rules, trouble

    def _fetched(self, url: str) -> tuple[str, str]:
        """The rules as text, and why they could not be had where that is so."""
        try:
            exchanges = []
            for exchange in self._client.get(url, most=MOST_BYTES):
                self._keep(exchange)
                exchanges.append(exchange)
        except NotFetched as error:
            return _CLOSED, error.message
        last = exchanges[-1]
        if last.status >= 500 or last.status == 429:
            return _CLOSED, f"the server answered {last.status}"
        if last.status != 200:
            return "", ""
        try:
            raw = last.content(MOST_BYTES)
        except InputError:  # packed and cut at the limit, or a bomb
            return _CLOSED, "it is packed and too large"
        return raw.decode("utf-8", "replace"), ""
