"""Build the container by its own file, read reports in it and serve from it, with buildah, which needs no daemon.

    python -m tests.deploy.container

The images that its stages start from are made here, under the names that the file gives: Debian, with this machine's Python,
or its Node, where those images have theirs. Nothing of it stays. Where it cannot be tried, the reason is told; with
``FOGLINE_TEST_CONTAINER=required`` that is a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "Containerfile"
REPORTS = ROOT / "examples" / "kupiansk" / "reports"
DEBIAN = "http://deb.debian.org/debian"
INCLUDED = "ca-certificates,netbase,tzdata,libffi8,libsqlite3-0,libreadline8,libncursesw6"
"""What the images of Python hold beside Debian's least: their Python is linked to it."""

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
TOKEN = "7" * 40
PORT = 8400
PATIENCE = 60.0
"""Seconds in which the server has to answer, and in which it has to end."""


class NotHere(Exception):
    """Why the container cannot be built on this machine."""


@dataclass(frozen=True)
class Images:
    """Images in a folder of their own, and what buildah does with them."""

    folder: Path

    def command(self, *arguments: str) -> list[str]:
        """A command over these images alone."""
        where = ["--root", str(self.folder / "images"), "--runroot", str(self.folder / "run")]
        return ["buildah", *where, "--storage-driver", "overlay", *arguments]

    def inside(self, container: str, *line: str, shared: Mapping[Path, str] | None = None) -> list[str]:
        """A command in a container, as its user and in its folder."""
        volumes = [word for here, there in (shared or {}).items() for word in ("--volume", f"{here}:{there}")]
        return self.command("run", "--isolation", "chroot", *volumes, container, "--", *line)

    def tell(self, *arguments: str) -> str:
        """What a command over these images prints."""
        return told(self.command(*arguments))


def told(command: list[str]) -> str:
    """What a command prints; what it says on standard error is seen."""
    return subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()


def main() -> int:
    """Try it, and say what was tried."""
    begun = time.monotonic()
    try:
        with images() as made:
            for name in sorted(set(re.findall(r"^FROM (\S+/\S+)", FILE.read_text("utf-8"), re.M))):
                make_base(made, name)
            options = ["--isolation", "chroot", "--pull-never", "--format", "docker"]
            said = made.tell("bud", *options, "--file", str(FILE), "--tag", "fogline", ".")
            serve(made)
    except NotHere as error:
        print(f"container: skipped: {error}")
        return 1 if os.environ.get("FOGLINE_TEST_CONTAINER") == "required" else 0
    steps = len(re.findall(r"\bSTEP \d+/\d+:", said))
    print(f"the container is built in {steps} steps, reads, serves and is well: {time.monotonic() - begun:.0f} s")
    return 0


@contextmanager
def images() -> Iterator[Images]:
    """An empty folder for images with a Debian beside it, gone afterwards."""
    if os.geteuid() != 0:
        raise NotHere("only the superuser can put a system into a folder")
    for program in ("buildah", "debootstrap", "node", "make"):
        if shutil.which(program) is None:
            raise NotHere(f"{program} is not installed")
    if _answers():
        raise NotHere(f"port {PORT} of this machine, at which the container serves, is taken")
    made = Images(Path(tempfile.mkdtemp(prefix="fogline-container-")))
    made.folder.chmod(0o755)
    try:
        command = ["debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm"]
        done = subprocess.run(
            [*command, str(made.folder / "debian"), DEBIAN], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotHere(f"there is no Debian to be had: {done.stdout}{done.stderr}")
        yield made
    finally:
        subprocess.run(made.command("rm", "--all"), check=False, capture_output=True)
        subprocess.run(["umount", str(made.folder / "images" / "overlay")], check=False, capture_output=True)
        shutil.rmtree(made.folder)


def make_base(made: Images, name: str) -> None:
    """Make an image that stages start from: Debian, and beside it what the name promises."""
    beside = made.folder / "beside"
    shutil.copytree(Path(CERTIFICATES).parent, beside / "etc" / "ssl" / "certs")
    if version := re.search(r"/python:(\d+\.\d+)-", name):
        left_out = shutil.ignore_patterns("test", "tests", "idlelib", "config-*", "__pycache__")
        shutil.copytree(_python(version[1]), beside / "usr" / "local", symlinks=True, ignore=left_out)
    elif "/node:" in name:
        _put_node(beside / "usr" / "local")
    else:
        raise NotHere(f"nothing here knows how to make {name}")
    container = made.tell("from", "scratch")
    for folder in (made.folder / "debian", beside):
        made.tell("add", "--quiet", container, str(folder), "/")
    shutil.rmtree(beside)
    variables = (
        "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        f"PIP_CERT={CERTIFICATES}",
        f"NODE_EXTRA_CA_CERTS={CERTIFICATES}",
    )
    made.tell("config", *(word for each in variables for word in ("--env", each)), container)
    told(made.inside(container, "ldconfig"))
    made.tell("commit", "--quiet", "--rm", container, name)


def _python(version: str) -> str:
    """The folder of a Python of that version, which can be copied as a whole."""
    command = [f"python{version}", "-c", "import sys; print(sys.base_prefix)"]
    where = {**os.environ, "PYENV_VERSION": version}
    try:
        done = subprocess.run(command, env=where, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise NotHere(f"this machine has no Python {version}") from None
    if done.stdout.strip() == "/usr":
        raise NotHere(f"this machine's Python {version} is not in a folder of its own")
    return done.stdout.strip()


def _put_node(folder: Path) -> None:
    node, npm, make = (Path(shutil.which(program) or program).resolve() for program in ("node", "npm", "make"))
    (folder / "bin").mkdir(parents=True)
    for program in (node, make):
        shutil.copy2(program, folder / "bin")
    shutil.copytree(npm.parents[1], folder / "lib" / "node_modules" / "npm", symlinks=True)
    (folder / "bin" / "npm").symlink_to("../lib/node_modules/npm/bin/npm-cli.js")


def serve(made: Images) -> None:
    """Read reports by the image's own entry, start its own command, and ask what it serves, and whether it is well."""
    container = made.tell("from", "--pull-never", "fogline")
    config: dict[str, Any] = json.loads(made.tell("inspect", "--type", "image", "fogline"))["Docker"]["config"]
    entry, well = config["Entrypoint"], made.inside(container, *config["Healthcheck"]["Test"][1:])
    user = int(told(made.inside(container, "id", "-u")))
    state, tokens = made.folder / "state", made.folder / "tokens"
    state.mkdir()
    tokens.write_text(f"operator {TOKEN} reader\n", "utf-8")
    tokens.chmod(0o400)
    for one in (state, tokens):
        os.chown(one, user, user)
    # Not over the image's own volume: which of the two is mounted last is left to chance.
    shared = {state: "/ledger", tokens: "/run/secrets/tokens:ro", REPORTS: "/reports:ro"}
    ledger = ("--ledger", "/ledger/fogline.sqlite")
    told(made.inside(container, *entry, "build", "/reports", *ledger, shared=shared))
    assert subprocess.run(well, check=False, capture_output=True).returncode, "it is well before anybody serves"
    with subprocess.Popen(made.inside(container, *entry, *config["Cmd"], *ledger, shared=shared)) as server:
        try:
            _wait_for(lambda: _answers() or server.poll() is not None)
            _ask()
            subprocess.run(well, check=True)
            owners = {one.uids().real for one in _serving(server.pid)}
            assert owners == {user} != {0}, f"it serves as the users {owners}"
        finally:
            for one in _serving(server.pid):
                one.terminate()
    assert not _answers(), "it does not end"


def _ask() -> None:
    """The page for all, the ledger and the metrics for those who may read."""
    assert "<script" in _read("/"), "the page is not built"
    for path in ("/v1/claims", "/metrics"):
        assert _status(path) == 401, f"{path} is told to anybody"
    assert json.loads(_read("/v1/claims", TOKEN))["rows"], "there are no claims"
    assert 'fogline_requests_total{method="GET",route="/v1/claims",status="200"} 1.0' in _read("/metrics", TOKEN)


def _read(path: str, token: str = "") -> str:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urlopen(Request(f"http://localhost:{PORT}{path}", headers=headers), timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def _status(path: str) -> int:
    try:
        _read(path)
    except HTTPError as error:
        return error.code
    return 200


def _answers() -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("localhost", PORT)) == 0


def _wait_for(it: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not it() and time.monotonic() < deadline:
        time.sleep(0.1)


def _serving(pid: int) -> list[psutil.Process]:
    """The processes of fogline below one of buildah's."""
    below = psutil.Process(pid).children(recursive=True) if psutil.pid_exists(pid) else []
    return [one for one in below if any(word.endswith("/bin/fogline") for word in one.cmdline())]


if __name__ == "__main__":
    sys.exit(main())
