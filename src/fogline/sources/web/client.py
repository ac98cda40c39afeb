"""Asks one address, follows its redirects hop by hop, and reads no more and no longer than allowed."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from fogline.errors import FoglineError, NotFetched, Refused, TooLarge
from fogline.sources import media
from fogline.sources.making import needs
from fogline.sources.web.addresses import Resolve, checked, system
from fogline.sources.web.unpacking import unpacked

AGENT = "fogline"
"""What the client calls itself, to servers and in robots.txt."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of an answer is read (bytes as sent, bytes unpacked), and how long it may take (seconds)."""

    sent: int = 20_000_000
    unpacked: int = 20_000_000
    connect: float = 10.0
    read: float = 20.0
    whole: float = 120.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, as they went over the wire; ``body`` is as sent, without chunking."""

    url: str
    at: datetime
    asked: tuple[tuple[str, str], ...]
    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    address: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def media_type(self) -> str:
        """The media type in lower case, without its parameters."""
        return media.kind(self.header("content-type"))

    def content(self, limit: int) -> bytes:
        """The body unpacked; raises ``TooLarge`` over the limit, ``NotFetched`` for one that was cut off."""
        return unpacked(self.url, self.body, self.header("content-encoding"), limit)


class Client:
    """Asks public addresses by GET. ``now`` and ``clock`` tell the time, ``resolve`` gives a name's addresses.

    ``loopback`` lets it ask this machine: for a server of one's own, off by default.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        resolve: Resolve = system,
        loopback: bool = False,
        agent: str = AGENT,
    ) -> None:
        self.limits = limits
        self._now, self._clock, self._resolve, self._loopback, self._agent = now, clock, resolve, loopback, agent

    def get(self, url: str, headers: Mapping[str, str] | None = None, most: int | None = None) -> Iterator[Exchange]:
        """The exchanges of one request, a redirect each, the answer last; ``headers`` go with the first alone.

        ``most`` cuts the body after so many bytes; without it a body over the limit is ``TooLarge``. Every hop is checked before
        it is asked: raises ``Refused`` for an address that must not be, ``NotFetched`` for a server that cannot be reached, stops
        half-way, takes too long or redirects in a circle.
        """
        seen: list[str] = []
        more = dict(headers or {})
        address = checked(url)
        while True:
            if address in seen or len(seen) > self.limits.redirects:
                what = "redirects in a circle" if address in seen else f"redirects over {self.limits.redirects} times"
                raise NotFetched(f"{url}: it {what} (at {address[:200]}).", "Give the address of the page itself.")
            seen.append(address)
            exchange = self._once(address, more, most)
            yield exchange
            target = exchange.header("location")
            if exchange.status not in _REDIRECTS or not target:
                return
            more = {}
            address = _redirected(url, address, target)

    def _once(self, url: str, more: Mapping[str, str], most: int | None) -> Exchange:
        try:
            import httpcore

            from fogline.sources.web.connecting import CheckedBackend
        except ImportError as error:
            raise needs("httpcore", "Fetching") from error
        asked = {
            "Host": urlsplit(url).netloc,
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **more,
        }
        limits, at = self.limits, self._now()
        deadline = self._clock() + limits.whole
        backend = CheckedBackend(self._resolve, loopback=self._loopback, clock=self._clock, deadline=deadline)
        waits = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend, http1=True) as pool,
                pool.stream("GET", url, headers=list(asked.items()), extensions={"timeout": waits}) as response,
            ):
                body = _body(url, response.iter_stream(), limits.sent, most)
                headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)
                reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
        except FoglineError:
            raise
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise NotFetched(
                f"{url}: the server took too long ({_reason(error)}).", "Try later, or raise the limits."
            ) from error
        except Exception as error:  # protocol and TLS errors of several libraries
            if untrusted := _untrusted(error):
                raise NotFetched(
                    f"{url}: its certificate is not trusted ({untrusted}).",
                    "Check the address and this machine's clock; an authority of your own is named in SSL_CERT_FILE.",
                ) from error
            raise NotFetched(
                f"{url}: it cannot be fetched ({_reason(error)}).", "Check the address, or try later."
            ) from error
        return Exchange(
            url=url,
            at=at,
            asked=tuple(asked.items()),
            status=response.status,
            reason=reason,
            headers=headers,
            body=body,
            address=backend.address,
        )


def _body(url: str, chunks: Iterator[bytes], limit: int, most: int | None) -> bytes:
    pieces, size = [], 0
    for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if most is not None and size >= most:
            return b"".join(pieces)[:most]
        if size > limit:
            raise TooLarge(f"{url}: it is over {limit:,} bytes.", "Raise the setting max_bytes if it is a report.")
    return b"".join(pieces)


def _redirected(url: str, here: str, target: str) -> str:
    try:
        # Servers write addresses in UTF-8; a header is read as Latin-1.
        return checked(urljoin(here, target.encode("latin-1", "replace").decode("utf-8", "replace")))
    except (Refused, ValueError) as error:
        reason = error.message if isinstance(error, Refused) else str(error)
        raise Refused(f"{url}: it redirects to what must not be asked ({reason})", "Give another address.") from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def _untrusted(error: BaseException | None) -> str:
    """What is wrong with a server's certificate, where that is what went wrong; else nothing."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error.verify_message.rstrip(".") if error else ""
