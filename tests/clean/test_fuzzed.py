"""A fixed count of coverage-guided runs over cleaning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNS = 1_000


def test_no_exception_but_ours_escapes_from_cleaning(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is made for Linux alone")
    # What is found to reach new code is written into the first folder.
    command = [
        *(
            sys.executable,
            "-m",
            "tests.fuzz.cleaning",
            f"-runs={RUNS}",
            "-seed=1",
            "-max_len=2000",
            "-rss_limit_mb=0",
        ),  # it would count this process too
        *(f"-artifact_prefix={tmp_path}/", str(tmp_path), str(ROOT / "tests" / "fuzz" / "seeds")),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
