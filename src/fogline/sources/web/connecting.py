"""Connections that go to a checked address alone, and end at a deadline whatever the server does."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from fogline.sources.web.addresses import Resolve, permitted

Clock = Callable[[], float]
"""Seconds that only go up."""


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks what came of it, and connects to that address; of TLS the name stays the one asked for."""

    def __init__(self, resolve: Resolve, *, loopback: bool, clock: Clock, deadline: float) -> None:
        self._resolve, self._loopback, self._clock, self._deadline = resolve, loopback, clock, deadline
        self._inner = httpcore.SyncBackend()
        self.address = ""
        """The address last connected to."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the host's checked address; raises ``Refused`` before a packet is sent where there is none."""
        try:
            self.address = permitted(host, port, self._resolve, loopback=self._loopback)
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved ({error})") from error
        within = _left(self._clock, self._deadline, timeout)
        stream = self._inner.connect_tcp(self.address, port, within, local_address, socket_options)
        return _Stream(stream, self._clock, self._deadline)


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline: a server that sends a byte now and then gains no time by it."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock, deadline: float) -> None:
        self._inner, self._clock, self._deadline = inner, clock, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._clock, self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._clock, self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = _left(self._clock, self._deadline, timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, within), self._clock, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(clock: Clock, deadline: float, timeout: float | None) -> float:
    left = deadline - clock()
    if left <= 0:
        raise httpcore.ReadTimeout("the answer took longer than allowed as a whole")
    return left if timeout is None else min(timeout, left)
