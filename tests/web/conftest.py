"""The web of these tests, and a world in which nobody waits: time goes on when somebody sleeps."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_socket
from tests.web.server import Web, serving

from fogline.sources.web.client import Client, Limits
from fogline.sources.web.fetching import Fetcher, World

LOOP = socket.inet_ntoa(b"\x7f\x00\x00\x01")
START = datetime(2024, 5, 5, 12, 0, tzinfo=UTC)


@dataclass
class Time:
    """A clock that goes on by what is slept."""

    now: datetime = START
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def web() -> Iterator[Web]:
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts([LOOP])
    try:
        with serving() as made:
            yield made
    finally:
        pytest_socket._remove_restrictions()
        pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture
def times() -> Time:
    return Time()


def resolve(host: str, port: int) -> Sequence[str]:
    """Names of these tests: what ends in ``.example`` is this machine, as are the traps that resolve to private addresses."""
    traps = {"inside.example": "10.1.2.3", "meta.example": "169.254.169.254", "six.example": "fd00::1"}
    if host in traps:
        return [traps[host]]
    if host == "both.example":
        return ["9.9.9.9", "192.168.0.1"]
    if host.endswith(".example"):
        return [LOOP]
    return [host] if host[0].isdigit() or ":" in host else []


@pytest.fixture
def world(times: Time) -> World:
    return World(
        now=lambda: times.now,
        clock=time.monotonic,
        sleep=times.sleep,
        chance=lambda: 0.5,
        resolve=resolve,
        loopback=True,
    )


@pytest.fixture
def client(world: World) -> Client:
    limits = Limits(sent=1_000_000, unpacked=1_000_000, connect=1.0, read=0.5, whole=1.0)
    return Client(limits, now=world.now, resolve=world.resolve, loopback=True)


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def fetcher(evidence: Path, world: World) -> Iterator[Fetcher]:
    made = Fetcher(evidence, world, Limits(sent=1_000_000, unpacked=1_000_000, connect=1.0, read=0.5, whole=1.0))
    yield made
    made.close()
