"""A server with workers over PostgreSQL: each process has connections of its own, and a server that is away may come back."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, combinations
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi.testclient import TestClient
from tests import postgres_server
from tests.api.served import ADDRESSES, Served, serving, until

from fogline.api import forking
from fogline.api.app import make
from fogline.config import Settings
from fogline.errors import LedgerAway
from fogline.store.copying import copy
from fogline.store.postgres import PostgresLedger
from fogline.store.sqlite import SqliteLedger

COUNT = 600
NOT_ASKED_BEFORE = (
    *(f"/v1/claims?limit={many}" for many in range(10, 20)), "/v1/search?q=bridge", "/v1/disputes?limit=3",
    "/v1/matters?limit=5&known_by=2024-03-01",
)  # fmt: skip
"""What no answer is remembered of."""
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes are found in /proc"),
]


@pytest.fixture(scope="module")
def own() -> Iterator[postgres_server.Cluster]:
    """A server that can be stopped without any other test missing it."""
    if why := postgres_server.missing():
        if postgres_server.ASKED == "required":
            pytest.fail(why)
        pytest.skip(why)
    with postgres_server.cluster() as running:
        yield running


def test_workers_over_postgresql(own: postgres_server.Cluster, tmp_path: Path) -> None:
    address, file = own.address(own.create()), tmp_path / "ledger.sqlite"
    made = world(COUNT)
    with SqliteLedger(file) as ledger:
        ledger.add(RUN, list(readings(made, COUNT)), AT)
        ledger.conclude(conclusions(made))
        with PostgresLedger(address) as target:
            copy(ledger, target, lambda stage, done, total: None)
    with serving(address, tmp_path) as served:
        _answers_as_over_a_file(served, file, ADDRESSES)
        _shares_no_connection(served)
        workers = served.workers()
        _tells_that_its_server_is_away(served, own)
        until(lambda: served.ask("/v1/facets?kind=control")[0] == 200)
        _answers_as_over_a_file(served, file, NOT_ASKED_BEFORE)
        _shares_no_connection(served)
        assert served.workers() == workers


def _answers_as_over_a_file(served: Served, file: Path, addresses: Sequence[str]) -> None:
    with SqliteLedger(file, read_only=True) as ledger:
        alone = TestClient(make(ledger, Settings()), base_url=f"http://localhost:{served.port}")
        told = {one: alone.get(one) for one in addresses}
    # Many at once, and in turns, so that every worker is asked while others are.
    asked = list(chain.from_iterable([address] * 3 for address in told))
    with ThreadPoolExecutor(8) as many:
        for address, (status, headers, body) in zip(asked, many.map(served.ask, asked), strict=True):
            expected = told[address]
            assert (status, body) == (expected.status_code, expected.content), address
            assert headers.get("etag") == expected.headers.get("etag"), address


def _shares_no_connection(served: Served) -> None:
    """No socket is held by two processes: what a copy of a process brought along was let go of first."""
    every = [_sockets(pid) for pid in served.processes()]
    assert len(every) == 5
    assert all(every)
    assert not any(one & other for one, other in combinations(every, 2))


def _sockets(pid: int) -> set[str]:
    links = [str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir() if one.is_symlink()]
    return {link for link in links if link.startswith("socket:")}


def _tells_that_its_server_is_away(served: Served, own: postgres_server.Cluster) -> None:
    own.stop()
    try:
        for address in ("/v1/claims?limit=40", "/v1/claims?limit=9", "/v1/matters?known_by=2024-02-01"):
            status, headers, body = served.ask(address)
            assert (status, headers["content-type"]) == (503, "application/problem+json"), body
            assert headers["retry-after"]
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert json.loads(body)["title"] == "LedgerAway"
            assert "Start the server" in json.loads(body)["hint"]
    finally:
        own.start()


def test_workers_are_made_anew_only_once_the_ledger_can_be_read() -> None:
    def refresh() -> None:
        if away.pop():
            raise LedgerAway("The server went away.")

    away, made = [False, True], list[str]()
    held, crew = SimpleNamespace(refresh=refresh), SimpleNamespace(make=lambda: made.append("anew"))
    assert [forking._renewed(held, crew), list(made)] == [False, []]
    assert [forking._renewed(held, crew), list(made)] == [True, ["anew"]]
