"""A server with workers answers as one without: what people decide counts at once, and a worker that ends is replaced."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi import Request
from fastapi.testclient import TestClient
from tests.api.served import ADDRESSES, Served, serving, until

from fogline.api.app import make
from fogline.api.crew import LONG, SHORT, Crew, Reply, lane
from fogline.api.frames import HEAD, joined
from fogline.api.keeping import Given, Kept
from fogline.api.problems import Unanswered
from fogline.config import Settings
from fogline.store.sqlite import SqliteLedger

COUNT = 600


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, path = world(COUNT), tmp_path_factory.mktemp("crew") / "ledger.sqlite"
    with SqliteLedger(path) as ledger:
        ledger.add(RUN, list(readings(made, COUNT)), AT)
        ledger.conclude(conclusions(made))
    return path


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Served]:
    with serving(path, path.parent) as one:
        yield one


pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes are found in /proc"),
]


def test_a_server_with_workers_is_one_server(served: Served, path: Path) -> None:
    assert len(served.workers()) == 3  # two for short questions, one for long ones
    with SqliteLedger(path, read_only=True) as ledger:
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
