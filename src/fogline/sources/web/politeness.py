"""When a host may be asked: a pause between two requests, longer ones after errors, and what Retry-After says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from fogline.errors import NotFetched
from fogline.sources.web.client import Exchange
from fogline.sources.web.state import State

PAUSE = 1.0
"""Seconds between two requests to a host, where its robots.txt asks for no more."""

LONGEST_PAUSE = 60.0
"""A site that asks for more than a minute between two requests gets a minute."""

FIRST_BACK_OFF, LONGEST_BACK_OFF = 60.0, 21_600.0
"""Seconds a host is left alone after a first failure, doubled with each further one in a row, up to six hours."""

PATIENCE = 30.0
"""A wait of up to so many seconds is waited out; a longer one ends the request, and is remembered."""

Chance = Callable[[], float]
"""A number from 0 to below 1."""


class Politeness:
    """``now`` gives the time (UTC), ``sleep`` waits, ``chance`` keeps several clients from coming at once."""

    def __init__(
        self, state: State, *, now: Callable[[], datetime], sleep: Callable[[float], None], chance: Chance
    ) -> None:
        self._state, self._now, self._sleep, self._chance = state, now, sleep, chance
        self._last: dict[str, float] = {}

    def wait(self, host: str, asked: float = 0.0) -> None:
        """Wait until the host may be asked; ``asked`` is the pause its rules ask for.

        Raises ``NotFetched`` where the host is to be left alone for longer than ``PATIENCE``.
        """
        now = self._now().timestamp()
        not_before, _ = self._state.host(host)
        if not_before - now > PATIENCE:
            when = datetime.fromtimestamp(not_before, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            raise NotFetched(f"{host}: it is left alone until {when}, as it failed or asked for it.", "Run again then.")
        pause = max(PAUSE, min(asked, LONGEST_PAUSE))
        due = max(not_before, self._last.get(host, 0.0) + pause)
        if due > now:
            self._sleep(due - now)
        self._last[host] = self._now().timestamp()

    def answered(self, host: str, exchange: Exchange) -> None:
        """Note what a server answered: 429 and 5xx put the host off, all else ends a row of failures."""
        if exchange.status == 429 or exchange.status >= 500:
            self.failed(host, retry_after(exchange.header("retry-after"), self._now()))
        elif self._state.host(host) != (0.0, 0):
            self._state.hold(host, 0.0, 0)

    def failed(self, host: str, seconds: float | None = None) -> None:
        """Put a host off: for as long as it said, else for a time that doubles with each failure, give or take a quarter."""
        _, failures = self._state.host(host)
        if seconds is None:
            back_off = min(FIRST_BACK_OFF * 2.0 ** min(failures, 20), LONGEST_BACK_OFF)
            seconds = back_off * (0.75 + 0.5 * self._chance())
        self._state.hold(host, self._now().timestamp() + min(seconds, 4 * LONGEST_BACK_OFF), failures + 1)


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` asks for, in either of its forms; nothing where it says nothing.

    >>> retry_after("120", datetime(2025, 1, 1, tzinfo=UTC)), retry_after("soon", datetime(2025, 1, 1, tzinfo=UTC))
    (120.0, None)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now.timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
