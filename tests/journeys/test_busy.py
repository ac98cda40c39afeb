"""A build beside a busy server: nothing is lost, nobody is stopped, and every answer is of whole transactions."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.journeys.building import AT_ONCE, COUNT, FIRST, build

from fogline.store.sqlite import SqliteLedger

SERVE = "from fogline.cli.main import main; main()"
ADDRESSES = (
    "/v1/facets", "/v1/claims?limit=30", "/v1/search?q=forces", "/v1/places?limit=50", "/v1/disputes?limit=20",
    "/v1/matters?limit=20", "/v1/sources?limit=20", "/v1/documents?limit=20", "/v1/control?place=Kyiv", "/v1/matrix?place=Kyiv",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    build(tmp_path / "ledger.sqlite", 0, FIRST)
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def port(path: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        number = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--ledger", path, "--port", str(number), "--read-only"]
    )
    try:
        while True:
            assert server.poll() is None
            try:
                ask(number, "/v1/runs")
                break
            except ConnectionError:
                time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait()


def ask(port: int, address: str) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("localhost", port)
    connection.request("GET", address)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    return answer.status, told


@pytest.mark.enable_socket
def test_nothing_is_lost_and_nobody_is_stopped(path: Path, port: int, tmp_path: Path) -> None:
    builder = subprocess.Popen([sys.executable, "-m", "tests.journeys.building", path])

    def read(client: int) -> list[int]:
        totals, turn = [], client
        while builder.poll() is None or turn < client + len(ADDRESSES):
            address = ADDRESSES[turn % len(ADDRESSES)]
            status, told = ask(port, address)
            assert status == 200, (address, told)
            if address == "/v1/facets":
                totals.append(int(str(told["total"])))
            turn += 1
        return totals

    with ThreadPoolExecutor(4) as clients:
        seen = list(clients.map(read, range(4)))
    assert builder.returncode == 0
    whole = {10 * min(FIRST + AT_ONCE * n, COUNT // 10) for n in range(COUNT)}
    for totals in seen:
        assert totals
        assert totals == sorted(totals)
        assert whole.issuperset(totals)

    build(tmp_path / "alone.sqlite", 0, FIRST)
    build(tmp_path / "alone.sqlite", FIRST, None)
    with (
        SqliteLedger(path, read_only=True) as beside,
        SqliteLedger(tmp_path / "alone.sqlite", read_only=True) as alone,
    ):
        assert beside.claims() == alone.claims()
        assert beside.documents() == alone.documents()
        assert beside.conclusions() == alone.conclusions()
        assert len(beside.claims()) == COUNT
    assert ask(port, "/v1/facets")[1]["total"] == COUNT
