"""What has to be remembered between two visits: what a page's server said of its version, and when a host may be asked again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from fogline.sources.evidence.unread import Mark

STATE = "state.sqlite"

_LAYOUT = """
create table if not exists pages (url text primary key, etag text not null, modified text not null, done integer not null);
create table if not exists hosts (host text primary key, not_before real not null, failures integer not null);
create table if not exists feeds (url text primary key, due real not null);
create table if not exists told (alert text primary key);
create table if not exists shown (alert text primary key, at text not null, line text not null);
create table if not exists reads (ledger text primary key, run text not null, number integer not null, hash text not null);
create table if not exists held (place integer primary key, status text not null);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page's server said of the version last kept; ``done`` says that it was kept whole."""

    etag: str = ""
    modified: str = ""
    done: bool = False


class State:
    """A small file of its own beside the evidence; every change is on the disk when the call returns."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(folder / STATE, isolation_level=None)
        self._file.executescript(_LAYOUT)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def page(self, url: str) -> Page:
        """What is known of a page; an empty one where it was never asked for."""
        row = self._file.execute("select etag, modified, done from pages where url = ?", (url,)).fetchone()
        return Page(etag=row[0], modified=row[1], done=bool(row[2])) if row else Page()

    def saw(self, url: str, page: Page) -> None:
        """Remember a page: to be called after its bytes are safe, as a server that is told of them sends none again."""
        row = (url, page.etag, page.modified, page.done)
        self._file.execute("insert or replace into pages values (?, ?, ?, ?)", row)

    def host(self, host: str) -> tuple[float, int]:
        """The time (seconds since 1970) before which a host is not asked, and how often it failed in a row."""
        row = self._file.execute("select not_before, failures from hosts where host = ?", (host,)).fetchone()
        return (row[0], row[1]) if row else (0.0, 0)

    def hold(self, host: str, not_before: float, failures: int) -> None:
        """Remember when a host may be asked again."""
        self._file.execute("insert or replace into hosts values (?, ?, ?)", (host, not_before, failures))

    def due(self, url: str) -> float:
        """The time (seconds since 1970) at which a feed is to be asked next."""
        row = self._file.execute("select due from feeds where url = ?", (url,)).fetchone()
        return float(row[0]) if row else 0.0

    def plan(self, url: str, due: float) -> None:
        """Remember when a feed is to be asked next."""
        self._file.execute("insert or replace into feeds values (?, ?)", (url, due))

    def told(self, alert: str) -> bool:
        """Whether an alert was delivered."""
        return self._file.execute("select 1 from told where alert = ?", (alert,)).fetchone() is not None

    def tell(self, alert: str) -> None:
        """Remember that an alert was delivered."""
        self._file.execute("insert or ignore into told values (?)", (alert,))

    def show(self, alert: str, at: str, line: str) -> None:
        """Keep an alert, as it was first told, for the feed of alerts."""
        self._file.execute("insert or ignore into shown values (?, ?, ?)", (alert, at, line))

    def shown(self, limit: int) -> list[tuple[str, str]]:
        """The last alerts, newest first, each with when it was told."""
        rows = self._file.execute("select at, line from shown order by at desc, rowid desc limit ?", (limit,))
        return [(str(at), str(line)) for at, line in rows]

    def held(self) -> dict[int, str]:
        """The assessed status that each place, by GeoNames id, was last told to have."""
        return {int(place): str(status) for place, status in self._file.execute("select place, status from held")}

    def holds(self, place: int, status: str) -> None:
        """Remember the status that was told of a place."""
        self._file.execute("insert or replace into held values (?, ?)", (place, status))

    def read_to(self, ledger: str, run: str) -> Mark:
        """How far the evidence was read into a ledger by a run; its beginning where it was not."""
        asked = "select number, hash from reads where ledger = ? and run = ?"
        row = self._file.execute(asked, (ledger, run)).fetchone()
        return Mark(int(row[0]), str(row[1])) if row else Mark()

    def has_read(self, ledger: str, run: str, mark: Mark) -> None:
        """Remember how far it was read: to be called after what was read is in the ledger."""
        self._file.execute("insert or replace into reads values (?, ?, ?, ?)", (ledger, run, mark.number, mark.hash))
