"""A server with workers answers as one without: what people decide counts at once, and a worker that ends is replaced."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi import Request
from fastapi.testclient import TestClient

from fogline.api.app import make
from fogline.api.crew import LONG, SHORT, Crew, Reply, lane
from fogline.api.frames import HEAD, joined
from fogline.api.keeping import Given, Kept
from fogline.api.problems import Unanswered
from fogline.config import Settings
from fogline.store.sqlite import SqliteLedger

SERVE = "from fogline.cli.main import main; main()"
COUNT = 600
TOKEN = "a-long-random-token-of-letters"
ADDRESSES = (
    "/v1/overview", "/v1/claims?limit=40", "/v1/claims?kind=control&side=RU", "/v1/facets", "/v1/search?q=forces",
    "/v1/documents?limit=30", "/v1/disputes?limit=20", "/v1/matters?limit=20&known_by=2024-01-01", "/v1/places?limit=500",
    "/v1/matrix", "/v1/runs", "/v1/sources", "/v1/claims/none", "/v1/claims?limit=501", "/v1/disputes?after=none",
    "/v1/collections", "/v1/collections/control/items?limit=3", "/v1/control?place=Nowhereville-on-Sea", "/v1/exports/csv",
    "/v1/openapi.json", "/v1/none",
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    path: Path
    port: int
    process: "subprocess.Popen[str]"

    def ask(
        self, address: str, method: str = "GET", body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        told = {"Authorization": f"Bearer {TOKEN}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = None if body is None else json.dumps(body)
        connection.request(method, address, sent, told | ({"Content-Type": "application/json"} if sent else {}))
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def workers(self) -> list[int]:
        """The processes that answer: the children of the one that holds the ledger."""
        return [pid for holder in _children(self.process.pid) for pid in _children(holder)]


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in told.read_text().split()] if told.exists() else []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made, path = world(COUNT), tmp_path_factory.mktemp("crew") / "ledger.sqlite"
    with SqliteLedger(path) as ledger:
        ledger.add(RUN, list(readings(made, COUNT)), AT)
        ledger.conclude(conclusions(made))
    tokens = path.with_name("tokens")
    tokens.write_text(f"Koval {TOKEN} reviewer\n")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = ["serve", "--ledger", path, "--port", str(port), "--workers", "2", "--tokens", tokens, "--metrics"]
    with subprocess.Popen([sys.executable, "-c", SERVE, *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            assert any("2 processes answer" in line for line in process.stderr)
            one = Served(path, port, process)
            until(lambda: reached(port))
            yield one
            every = [*_children(process.pid), *one.workers()]
            assert len(every) == 4
        finally:
            process.kill()
    until(lambda: all(_is_ended(pid) for pid in every))  # nothing is left, however the server came to its end


def reached(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port)).close()
    except OSError:
        return False
    return True


def until(holds: Callable[[], object]) -> None:
    """Wait until it is so: at most a minute, on however busy a machine."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes are found in /proc"),
]


def test_a_server_with_workers_is_one_server(served: Served) -> None:
    assert len(served.workers()) == 3  # two for short questions, one for long ones
    with SqliteLedger(served.path, read_only=True) as ledger:
        alone = TestClient(make(ledger, Settings()), base_url=f"http://localhost:{served.port}")
        for address in ADDRESSES:
            status, headers, body = served.ask(address)
            expected = alone.get(address)
            assert (status, body) == (expected.status_code, expected.content), address
            assert headers["content-type"] == expected.headers["content-type"], address
            assert headers.get("etag") == expected.headers.get("etag"), address
            assert headers["content-security-policy"].startswith("default-src 'none'"), address
            assert served.ask(address)[2] == body, address  # remembered now
            if status == 200:
                assert served.ask(address, If_None_Match=headers["etag"])[0] == 304
    assert served.ask("/v1/claims", Authorization="Bearer another-token-of-some-length")[0] == 401
    assert b'route="/v1/claims/{claim_id}"' in served.ask("/metrics")[2]


def test_what_people_decide_counts_at_once_and_sessions_hold(served: Served) -> None:
    status, headers, body = served.ask("/v1/session", "POST")
    assert status == 201
    cookie, check = headers["set-cookie"].partition(";")[0], json.loads(body)["check"]
    before = [served.ask("/v1/claims?limit=3") for _ in range(4)]
    claim = json.loads(before[0][2])["rows"][0]["id"]
    wanted = {"decision": "correct", "subject": claim, "field": "holder", "value": "UA", "reason": "misread"}
    session = {"Cookie": cookie, "Authorization": ""}
    assert served.ask("/v1/judgements", "POST", wanted, **session)[0] == 403  # without the session's check
    assert served.ask("/v1/judgements", "POST", wanted, **session, X_CSRF_Token=check)[0] == 201
    for turn in range(8):  # every worker, and not what was remembered
        after = json.loads(served.ask(f"/v1/claims?limit=3&turn={turn}")[2])["rows"][0]
        assert after["corrections"], after
    assert json.loads(served.ask("/v1/claims?limit=3")[2])["rows"][0]["corrections"]
    assert served.ask("/v1/me", **session)[0] == 200


def test_a_worker_that_ends_is_replaced(served: Served) -> None:
    before = served.workers()
    for pid in before[:2]:
        os.kill(pid, signal.SIGKILL)
    for turn in range(20):
        status, _, body = served.ask(f"/v1/facets?turn={turn}")
        assert status == 200, body
    until(lambda: len(served.workers()) == 3 and not set(before[:2]) & set(served.workers()))
    assert served.ask("/v1/facets?turn=last")[0] == 200


def _is_ended(pid: int) -> bool:
    """Whether a process has ended, and only waits for somebody to note it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_long_questions_have_a_worker_of_their_own() -> None:
    short = ("/v1/claims", "/v1/claims/claim-1/standing", "/v1/places", "/v1/disputes", "/v1/collections/places/items")
    assert {lane(path, "limit=5") for path in short} == {SHORT}
    assert {lane(path, "known_by=2024-01-01") for path in short[1:]} == {LONG}
    assert {lane(f"/v1/{name}", "") for name in ("briefs", "exports/csv", "review", "collections/control/items")} == {
        LONG
    }
    assert {lane(f"/v1/{name}", "known_by=2024-01-01") for name in ("facets", "months")} == {SHORT}


@pytest.mark.parametrize(("deaths", "orphaned"), [(1, False), (2, False), (1, True)])
def test_a_question_over_which_the_only_worker_ended_never_comes_back_to_the_server(
    deaths: int, orphaned: bool
) -> None:
    assert asyncio.run(_asked_of_one(deaths, orphaned)) == (b"found" if deaths == 1 and not orphaned else None)


async def _asked_of_one(deaths: int, orphaned: bool) -> bytes | None:
    """What is answered where a second worker follows the first, and so many end over the question; ``None``: that they did."""
    ours, control = socket.socketpair()
    crew, request = (
        Crew(ours),
        Request({"type": "http", "scheme": "http", "path": "/v1/briefs", "query_string": b"", "headers": []}),
    )
    taken = 0

    async def ask() -> Reply:
        while (reply := await crew.ask(request, "1")) is None:
            assert not taken, "the server was to answer by itself"
            await asyncio.sleep(0)
        return reply

    asking = asyncio.ensure_future(ask())
    for turn in range(1 if orphaned else 2):
        server, worker = socket.socketpair()
        worker.setblocking(False)
        socket.send_fds(control, [LONG + HEAD.pack(1)], [server.fileno()])
        server.close()
        taking = asyncio.ensure_future(asyncio.get_running_loop().sock_recv(worker, 1_000))
        await asyncio.wait({taking, asking}, return_when=asyncio.FIRST_COMPLETED)
        assert not asking.done(), asking.exception()
        taken += 1
        if turn >= deaths:
            worker.sendall(joined(orjson.dumps([200, "/v1/briefs", []]), b"found"))
        worker.close()
        for _ in range(10):  # the end is noticed before anybody follows
            await asyncio.sleep(0)
    control.close()
    try:
        return (await asking).body
    except Unanswered:
        return None
    finally:
        crew.close()
        await asyncio.sleep(0)


def test_answers_are_kept_up_to_a_size_and_the_oldest_go_first() -> None:
    kept = Kept(most=10_000)
    for n in range(4):
        kept.keep(f"tag-{n}", "here", Given((), "/", bytes(2_000)))
        kept.find("tag-0", "here")
    assert [n for n in range(4) if kept.find(f"tag-{n}", "here")] == [0, 2, 3]
    assert kept.find("tag-0", "there") is None
    kept.keep("large", "here", Given((), "/", bytes(9_001)))
    assert kept.find("large", "here") is None
    assert kept.find("tag-3", "here") is not None


def test_what_is_kept_beside_an_empty_answer_counts_too() -> None:
    kept = Kept(most=10_000)
    for n in range(100):
        kept.keep(f"tag-{n}", "here", Given((), "/", b""))
    assert sum(kept.find(f"tag-{n}", "here") is not None for n in range(100)) == 10
