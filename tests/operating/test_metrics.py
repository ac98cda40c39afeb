"""Metrics: of a build as a file, of a server at an address; in the format that Prometheus reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.operating.told import samples, value

from fogline.cli.main import run
from fogline.errors import FoglineError, UsageError
from fogline.flow import Summary
from fogline.model import Failure
from fogline.operating import metrics
from fogline.operating.metrics import BuildMetrics


def test_a_build_tells_what_it_did_and_how_long_each_stage_took(tmp_path: Path) -> None:
    file = tmp_path / "build.prom"
    clock = iter([100.0, 101.0, 105.0, 106.5, 107.0]).__next__
    measured = BuildMetrics(file, clock)
    seen: list[str] = []
    progress = measured.watched(lambda stage, done, total: seen.append(stage))
    for stage in ("reading", "reading", "comparing"):
        progress(stage, 1, 0)
    failure = Failure(name="x", problem="p", remedy="r")
    measured.came_to(Summary(read=3, known=2, failures=(failure,), documents=5, claims=40, families=30, disputes=1))
    measured.write(1_700_000_000.0)
    assert seen == ["reading", "reading", "comparing"]
    text = file.read_text("utf-8")
    assert value(text, "fogline_build_seconds", stage="reading") == 4.0
    assert value(text, "fogline_build_seconds", stage="comparing") == 1.5
    assert value(text, "fogline_build_seconds", stage="all") == 7.0
    assert [value(text, "fogline_build_reports", outcome=each) for each in ("read", "known", "failed")] == [3, 2, 1]
    assert value(text, "fogline_build_ledger", what="claims") == 40
    assert value(text, "fogline_build_success") == 1
    assert value(text, "fogline_build_end_timestamp_seconds") == 1_700_000_000
    assert value(text, "fogline_build_peak_memory_bytes") > 10_000_000
    assert [each.name for each in tmp_path.iterdir()] == ["build.prom"]


def test_a_build_that_breaks_off_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "build.prom"
    folder = tmp_path / "folder.sqlite"
    folder.mkdir()
    assert run(["build", str(tmp_path), "--ledger", str(folder), "--metrics", str(file)]) == 1
    text = file.read_text("utf-8")
    assert value(text, "fogline_build_success") == 0
    assert not any(name == "fogline_build_ledger" for name, _ in samples(text))


def test_a_build_at_the_command_line_writes_its_metrics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    file = tmp_path / "build.prom"
    ledger = tmp_path / "x.sqlite"
    assert run(["build", str(tmp_path / "empty.txt"), "--ledger", str(ledger), "--metrics", str(file)]) == 3
    assert value(file.read_text("utf-8"), "fogline_build_success") == 1
    assert value(file.read_text("utf-8"), "fogline_build_reports", outcome="failed") == 1


def test_metrics_that_cannot_be_written_and_a_library_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FoglineError, match="cannot be written"):
        BuildMetrics(tmp_path / "no" / "build.prom").write(0.0)
    monkeypatch.setattr(metrics, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="not installed") as caught:
        BuildMetrics(tmp_path / "build.prom")
    assert "fogline[metrics]" in caught.value.hint
