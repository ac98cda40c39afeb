"""Families, links and grades of made claims: does the work grow in proportion to the claims, and how much memory does it take?

Each size is measured in a process of its own, in processor time, making the claims left out. The full sizes take some
minutes (``--full``: 100,000 and 1,000,000); by default a tenth of them is measured.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

FULL = (100_000, 1_000_000)
SHORT = (10_000, 100_000)
SEED = 7
MOST = 1.15
"""Processor time a claim on the large set over that on the small one."""

NOISE = 0.35
"""Granted above it: other work on the machine slows a long run more than a short one, and the same 100,000 claims took 27 s
of a quiet and 49 s of a busy one."""

MEMORY = 8.0
"""The most memory, in KB, that a claim may take from being made to being linked."""


def main() -> int:
    """Measure both sizes, print them, and fail where time or memory grows faster than the claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100,000 and 1,000,000 claims")
    parser.add_argument("--measure", type=int)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(_measure(given.measure)))
        return 0
    small, large = (_apart(count) for count in (FULL if given.full else SHORT))
    for row in (small, large):
        print(
            f"{row['claims']:9,.0f} claims: {row['seconds']:7.1f} s, {row['each']:6.1f} µs a claim "
            f"({row['graded']:.1f} of it for grades), "
            f"{row['links']:9,.0f} links, {row['families']:9,.0f} families, {row['peak']:6.0f} MB"
        )
    growth, memory = large["each"] / small["each"], 1000 * large["peak"] / large["claims"]
    holds = growth <= MOST + NOISE and memory <= MEMORY
    print(
        f"linking: growth {growth:.2f} of at most {MOST} (noise {NOISE}), {memory:.1f} KB a claim of at most {MEMORY}: "
        f"{'holds' if holds else 'BREACH'}"
    )
    return 0 if holds else 1


def _apart(count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.linking", "--measure", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _measure(count: int) -> dict[str, float]:
    from benchmarks.claims import documents
    from fogline.appraise.weighing import weigh
    from fogline.concluding import undisturbed
    from fogline.link.comparing import compare
    from fogline.theatres.loading import load

    theatre, sources, claims = load("ukraine"), {}, []
    for document, own in documents(count, SEED):
        sources[document.id] = document
        claims += own
    with undisturbed():  # as flow concludes
        begun = time.process_time()
        families, links, _ = compare(claims, sources, theatre)
        linked = time.process_time() - begun
        weigh(claims, sources, families, links, theatre)
        seconds = time.process_time() - begun
    return {
        "claims": len(claims),
        "seconds": seconds,
        "each": 1e6 * seconds / len(claims),
        "graded": 1e6 * (seconds - linked) / len(claims),
        "links": len(links),
        "families": len(families),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


if __name__ == "__main__":
    sys.exit(main())
