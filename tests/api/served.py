"""A server with workers in a process of its own, asked over HTTP."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVE = "from fogline.cli.main import main; main()"
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

    def processes(self) -> list[int]:
        """All of the server: its own, the one that holds the ledger, and the workers."""
        return [self.process.pid, *children(self.process.pid), *self.workers()]

    def workers(self) -> list[int]:
        """The processes that answer: the children of the one that holds the ledger."""
        return [pid for holder in children(self.process.pid) for pid in children(holder)]


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in told.read_text().split()] if told.exists() else []


@contextmanager
def serving(location: str | Path, folder: Path) -> Iterator[Served]:
    """A server of the ledger there, with two workers, behind tokens; nothing of it is left afterwards."""
    tokens = folder / "tokens"
    tokens.write_text(f"Koval {TOKEN} reviewer\n")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = ["serve", "--ledger", location, "--port", str(port), "--workers", "2", "--tokens", tokens, "--metrics"]
    with subprocess.Popen([sys.executable, "-c", SERVE, *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            assert any("2 processes answer" in line for line in process.stderr)
            one = Served(port, process)
            until(lambda: reached(port))
            yield one
            every = one.processes()[1:]
            assert len(every) == 4
        finally:
            process.kill()
    until(lambda: all(is_ended(pid) for pid in every))  # nothing is left, however the server came to its end


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


def is_ended(pid: int) -> bool:
    """Whether a process has ended, and only waits for somebody to note it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
