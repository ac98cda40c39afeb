"""Building into PostgreSQL when something goes wrong: the server goes away or its disk is full, two build at once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.journeys.conftest import NOW
from tests.journeys.forking import Forked
from tests.postgres_server import Cluster, unprivileged
from tests.store.places import silent

from fogline import bulk, flow, reading
from fogline.cli.main import run
from fogline.config import Settings
from fogline.model import Failure, Reading
from fogline.store import differing
from fogline.store.opening import open_ledger

pytestmark = pytest.mark.journey

TOWNS = ("Dvorichna", "Vovchansk", "Borova", "Izium", "Balakliia", "Kupiansk")


def write_reports(folder: Path) -> Path:
    """Six short reports of as many days, in a new folder."""
    folder.mkdir()
    meta = ["name,outlet,url,title,published"]
    for day, town in enumerate(TOWNS, 1):
        text = (
            f"KHARKIV, {day} May 2024. Ukrainian forces recaptured {town}, regional governor Ivan Melnyk said.\n\n"
            f"Russia's defence ministry said its troops had captured {town} and destroyed {day + 2} tanks.\n"
        )
        (folder / f"{day}-{town}.txt").write_text(text, "utf-8")
        meta.append(f"{day}-{town}.txt,Harbour Times,,The front on {day} May,2024-05-{day:02}")
    (folder / "meta.csv").write_text("\n".join(meta) + "\n", "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports")


@pytest.fixture
def undisturbed(folder: Path, tmp_path: Path) -> Path:
    """The ledger that an undisturbed build makes of them."""
    ledger = tmp_path / "undisturbed.sqlite"
    with closing(open_ledger(str(ledger))) as kept:
        flow.build([folder], kept, Settings(theatre="ukraine", workers=1), now=NOW)
    return ledger


def command(folder: Path, ledger: str) -> list[str]:
    return ["build", str(folder), "--ledger", ledger, "--theatre", "ukraine", "--workers", "1"]


def the_same(one: Path, other: str) -> differing.Compared:
    with closing(open_ledger(str(one), read_only=True)) as a, closing(open_ledger(other, read_only=True)) as b:
        return differing.compared(a, b, silent, times=False)


def test_a_server_that_goes_away_midway_and_the_same_command_again(
    folder: Path, undisturbed: Path, place: Callable[[str], str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    address = place("postgresql")
    monkeypatch.setattr(reading, "SHARD", 1)
    whole = bulk.heard

    def interrupted(*given: object) -> Iterator[tuple[Reading | Failure, ...]]:
        for number, batch in enumerate(whole(*given)):  # type: ignore[arg-type]
            if number == 3:
                cluster.stop()
            yield batch

    with monkeypatch.context() as cut:
        cut.setattr(bulk, "heard", interrupted)
        try:
            assert run(command(folder, address)) == 1
        finally:
            cluster.start()
    told = capsys.readouterr().err
    assert "went away" in told or "no server listens" in told
    assert "Run the same command again" in told or "Start the server" in told
    with closing(open_ledger(address, read_only=True)) as kept:
        assert len(kept.documents()) == 3
    assert run(command(folder, address)) == 0
    assert "Read 3 new, 3 known before" in capsys.readouterr().err
    assert the_same(undisturbed, address).differences == ()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # 3.12 warns of forks beside threads; these end by themselves
def test_two_builders_at_once_neither_lose_nor_double_a_claim(
    folder: Path, undisturbed: Path, place: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = place("postgresql")
    monkeypatch.setenv("FOGLINE_WAIT_SECONDS", "300")
    reports = sorted(folder.glob("*.txt"))
    parts = (reports[:4], reports[2:])
    words = [["build", *map(str, part), *command(folder, address)[2:]] for part in parts]
    builders = [Forked(partial(run, each)) for each in words]
    assert [builder.wait() for builder in builders] == [0, 0]
    assert the_same(undisturbed, address).differences == ()


@pytest.fixture
def small_server_disk(cluster: Cluster) -> Iterator[str]:
    """An empty ledger on a disk of the server's that has a few megabytes left; its database's name."""
    user = unprivileged()
    if os.geteuid() != 0 or user is None or not (shutil.which("mount") and shutil.which("umount")):
        pytest.skip("only root may mount a small disk")
    disk = cluster.folder / "small"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        (disk / "table").mkdir()
        for path in (disk, disk / "table"):
            os.chown(path, user.pw_uid, user.pw_gid)
        cluster.tell(
            "postgres",
            f"CREATE TABLESPACE small LOCATION '{disk / 'table'}'",
            "CREATE DATABASE small TEMPLATE made TABLESPACE small",
        )
        yield "small"
        cluster.tell("postgres", "DROP DATABASE small WITH (FORCE)", "DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_server_whose_disk_is_full_loses_nothing_and_goes_on_when_there_is_room(
    folder: Path, undisturbed: Path, cluster: Cluster, small_server_disk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = cluster.address(small_server_disk)
    assert run(command(sorted(folder.glob("*.txt"))[0], address)) == 0
    with closing(open_ledger(address, read_only=True)) as kept:
        before = kept.claims()
    cluster.tell(small_server_disk, "CHECKPOINT")
    ballast = cluster.folder / "small" / "ballast"
    ballast.write_bytes(b"x" * shutil.disk_usage(ballast.parent).free)
    capsys.readouterr()
    assert run(command(folder, address)) == 1
    told = capsys.readouterr().err
    assert "the server's disk is full" in told
    assert "what was stored before is safe" in told
    with closing(open_ledger(address, read_only=True)) as kept:
        assert set(kept.claims()) >= set(before)
    ballast.unlink()
    assert run(command(folder, address)) == 0
    assert the_same(undisturbed, address).differences == ()
