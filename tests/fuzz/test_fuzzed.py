"""A fixed count of coverage-guided runs over cleaning and over feeds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNS = {"cleaning": 1_000, "feeds": 2_000}
SEEDS = {"cleaning": "cleaned", "feeds": "fed"}


@pytest.mark.parametrize("what", RUNS)
def test_no_exception_but_ours_escapes(what: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is made for Linux alone")
    options = [f"-runs={RUNS[what]}", "-seed=1", "-max_len=2000"]
    options.append("-rss_limit_mb=0")  # it would count this process too
    # What is found to reach new code is written into the first folder.
    folders = [str(tmp_path), str(ROOT / "tests" / "fuzz" / SEEDS[what])]
    command = [sys.executable, "-m", f"tests.fuzz.{what}", *options, f"-artifact_prefix={tmp_path}/", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS[what]} runs" in done.stderr
