"""A throw-away PostgreSQL cluster for the tests, on a Unix socket in a folder of its own, as an unprivileged user."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

ASKED = os.environ.get("FOGLINE_TEST_POSTGRES", "")
"""``required``: a test that needs the server fails, not skips, where none can be had."""

EMPTY = """DO $$ BEGIN EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
WHERE schemaname = 'public' AND tablename NOT IN ('about', 'alembic_version', 'spatial_ref_sys')); END $$"""
"""Takes everything out of a ledger but its layout."""

# Not synchronous_commit=off: a server that is killed here must still hold every commit, as a real one does.
_QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB", "listen_addresses=")


def missing() -> str:
    """Why no server can be had here; empty where one can."""
    if not programs():
        return "PostgreSQL 15 or later is not installed (on Debian: apt install postgresql-15 postgresql-15-postgis-3)"
    if os.geteuid() == 0 and not unprivileged():
        return "PostgreSQL does not run as the superuser, and there is no user 'postgres' or 'nobody' to run it as"
    return ""


@cache
def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl`` of the newest PostgreSQL."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    found = [path for path in debian if (path / "initdb").exists()]
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def unprivileged() -> pwd.struct_passwd | None:
    """A user of this machine who is not the superuser."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Cluster:
    """A running server; ``create`` makes a database and gives its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def address(self, database: str, user: str = "fogline", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A new database and its name."""
        name = f"ledger_{next(self._numbers)}"
        self.tell("postgres", f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return name

    def tell(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements as the superuser; the rows of the last."""
        import psycopg

        found: list[tuple[object, ...]] = []
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                told = connection.execute(statement.encode())
                found = told.fetchall() if told.description else []
        return found

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the unprivileged user."""
        folder = programs()
        assert folder is not None
        user = unprivileged() if os.geteuid() == 0 else None
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        subprocess.run(
            [str(folder / program), *arguments],
            check=True,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **who,  # type: ignore[arg-type]
        )

    def start(self) -> None:
        options = " ".join(f"-c {each}" for each in (*_QUICK, f"unix_socket_directories={self.folder}"))
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "stop", "-w", "-m", mode, "-D", str(self.folder / "data"))


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new cluster, stopped and removed afterwards."""
    # Not below pytest's folder: a socket's path may have a hundred characters, and only its owner gets in there.
    folder = Path(tempfile.mkdtemp(prefix="fogline-pg-", dir="/tmp"))
    try:
        user = unprivileged() if os.geteuid() == 0 else None
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        made = Cluster(folder)
        data = str(folder / "data")
        made.run("initdb", "-D", data, "-U", "fogline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run a cluster until interrupted, and say where."""
    if why := missing():
        sys.exit(why)
    with cluster() as running:
        sys.stdout.write(
            f"Ready, and gone with all it holds when you press Ctrl-C: {running.address(running.create())}\n"
        )
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
