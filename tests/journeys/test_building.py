"""Building a ledger: twice, in parts, beside a changed extractor, and killed at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.journeys.conftest import NOW, REPORTS, SETTINGS, build, copied, lines

from fogline import reading
from fogline.config import Settings
from fogline.model import Extractor
from fogline.store.sqlite import SqliteLedger

pytestmark = pytest.mark.journey


def test_building_twice_adds_nothing(demonstration: Path, kept: str) -> None:
    copied(demonstration, kept)
    before = lines(kept)
    again = build([REPORTS], kept)
    assert (again.read, again.failures) == (0, ())
    assert again.known == again.documents > 20
    assert lines(kept) == before == lines(demonstration)


def test_more_files_add_only_themselves_and_the_end_is_the_same(demonstration: Path, kept: str, tmp_path: Path) -> None:
    part = tmp_path / "part"
    shutil.copytree(REPORTS, part)
    for path in sorted(part.glob("1*")):
        path.unlink()
    meta = (part / "meta.csv").read_text("utf-8").splitlines()
    (part / "meta.csv").write_text("\n".join(m for m in meta if not m.startswith("1")) + "\n", "utf-8")
    first = build([part], kept)
    second = build([REPORTS], kept)
    assert first.failures == second.failures == ()
    assert second.known == first.read
    assert second.documents == first.read + second.read
    assert lines(kept) == lines(demonstration)


def test_a_pool_of_processes_gives_the_same_ledger(demonstration: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    build([REPORTS], ledger, replace(SETTINGS, workers=2))
    assert lines(ledger) == lines(demonstration)


def test_a_changed_extractor_makes_a_new_run_beside_the_old(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Path(shutil.copy(demonstration, tmp_path / "ledger.sqlite"))
    monkeypatch.setattr(reading.extractor_of("ukraine"), "label", Extractor(name="english-rules", version="next"))
    summary = build([REPORTS], ledger)
    assert summary.read == summary.documents
    store = SqliteLedger(ledger, read_only=True)
    try:
        versions = [run.version for run, _ in store.runs()]
        assert len(versions) == 2
        assert versions[-1] == "next"
        assert {claim.extractor.version for claim in store.claims()} == {"next"}
    finally:
        store.close()


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # 3.12 warns of forks beside threads; the child is killed anyway
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a build that has its models loaded")
def test_killed_at_any_moment_a_rerun_ends_the_same(
    demonstration: Path, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Callable[[str], str]
) -> None:
    monkeypatch.setattr(reading, "SHARD", 3)
    # Reading touches no ledger, and takes most of the time: what was read before is remembered, so that kills fall on the rest.
    monkeypatch.setattr(reading, "read_shard", cache(reading.read_shard))
    chance = random.Random(20220227)
    build([REPORTS], tmp_path / "first.sqlite")
    begun = time.perf_counter()
    build([REPORTS], tmp_path / "undisturbed.sqlite")
    whole = time.perf_counter() - begun
    killed = 0
    tries, least = (25, 5) if "://" not in kept else (8, 2)
    for _ in range(tries):
        child = os.fork()
        if child == 0:
            build([REPORTS], kept)
            os._exit(0)
        time.sleep(chance.uniform(0.0, whole))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        if not os.WIFSIGNALED(status):  # it was done: what is left to kill is a build from the beginning
            kept = place("postgresql" if "://" in kept else "sqlite")
    assert killed >= least
    build([REPORTS], kept)
    assert lines(kept) == lines(demonstration)


def test_a_report_without_a_date_keeps_its_claims(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "note.txt").write_text(
        "Russian troops captured the village of Dvorichna, Ukrainian officers said.\n", "utf-8"
    )
    ledger = tmp_path / "ledger.sqlite"
    summary = build([folder], ledger)
    store = SqliteLedger(ledger, read_only=True)
    try:
        assert summary.claims >= 1
        assert all(not claim.when.known for claim in store.claims())
    finally:
        store.close()


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    text = "Російські війська відступили. Ukrainian forces recaptured the town of Balakliia, the General Staff said."
    (folder / "good.txt").write_text(text, "utf-8")
    (folder / "utf16.txt").write_text(text, "utf-16")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "quotes.txt").write_text('“We hold Borova," said Colonel Petro Bondar. "They lost the road.\n', "utf-8")
    (folder / "large.txt").write_text("word " * 1000, "utf-8")
    summary = build([folder], tmp_path / "ledger.sqlite", Settings(theatre="ukraine", workers=1, max_bytes=4000))
    assert {failure.name for failure in summary.failures} == {"empty.txt", "binary.txt", "large.txt"}
    assert all(failure.problem and failure.remedy for failure in summary.failures)
    assert summary.read == 3


def test_the_same_input_gives_the_same_bytes_in_another_process(demonstration: Path, tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys; from pathlib import Path; from tests.journeys.conftest import build, lines, REPORTS;"
        "build([REPORTS], Path(sys.argv[1])); print(*lines(Path(sys.argv[1])), sep='\\n')"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "ledger.sqlite")],
        capture_output=True, text=True, check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert done.stdout.splitlines() == [line for text in lines(demonstration) for line in text.splitlines()]


def test_now_is_kept_as_the_time_of_the_run(demonstration: Path) -> None:
    store = SqliteLedger(demonstration, read_only=True)
    try:
        assert [at for _, at in store.runs()] == [NOW]
    finally:
        store.close()
