"""Every benchmark that is held to a floor, as ``make bench`` runs them: ``python -m benchmarks``.

Those that keep one core busy are measured two at a time: what they are held to is a ratio of processor time within one
process, and both sides of it are slowed alike. Those that need two cores run after them, one by one, and so does the path: beside
another it fell to .79 of its peer where it is .88 alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

ONE_CORE = ("linking", "growing", "families")
"""The longest first."""

BOTH_CORES = ("path", "cleaning", "serving", "control", "engines")

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def main() -> int:
    """Run all of them, print what each says, and fail where one does."""
    failed = []
    for names, at_once in ((ONE_CORE, 2), (BOTH_CORES, 1)):
        with ThreadPoolExecutor(at_once) as running:
            for name, (code, said, seconds) in zip(names, running.map(_told, names), strict=True):
                print(f"-- {name}, {seconds:.0f} s\n{said}", flush=True)
                failed += [name] if code else []
    print(f"benchmarks that failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def _told(name: str) -> tuple[int, str, float]:
    """The exit code of a benchmark, what it said, and how many seconds it took by the clock."""
    begun = time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout, time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main())
