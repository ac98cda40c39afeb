"""A builder that is killed at any moment loses nothing, and finishes when it is run again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 25


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the builders are forked")
def test_after_random_kills_the_ledger_is_as_if_undisturbed(tmp_path: Path) -> None:
    known = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [
        sys.executable,
        "-W",
        "error",
        str(ROOT / "tests" / "store" / "killing.py"),
        str(tmp_path),
        str(KILLS),
        "7",
    ]
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    undisturbed, *disturbed = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(kills for kills, _ in disturbed) >= KILLS
    for _, content in disturbed:
        assert content == undisturbed[1]
