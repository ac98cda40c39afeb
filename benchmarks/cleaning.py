"""Speed and memory of cleaning made pages, beside trafilatura alone on the same pages, in one run.

The ratio is of processor time in one process, turn and turn about, and the median over the turns. Memory is that of two
worker processes on ``N`` pages and on a fifth of them: it must not grow with the number of pages.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from benchmarks.pages import pages

LEAST = 0.85
"""Pages a second over trafilatura's, extraction and metadata, as it comes."""

NOISE = 0.05
TURNS = 5
IN_A_TURN = 40

GROWTH = 1.25
"""Highest memory of a worker on all pages over that on a fifth of them."""

SHARD = 32


def main() -> int:
    """Measure, print, and fail where the ratio is under its floor or memory grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000, help="N (default 2000)")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(_cleaned(given.measure)))
        return 0
    rates = _turns()
    ours, alone = (statistics.median(rate[n] for rate in rates) for n in (0, 1))
    ratio = statistics.median(rate[0] / rate[1] for rate in rates)
    print(f"{'processor time, turn about':32}{'pages/s':>9}")
    print(f"{'fogline, bytes to document':32}{ours:9.0f}")
    print(f"{'trafilatura alone':32}{alone:9.0f}")
    few, all_of_them = _apart(given.pages // 5), _apart(given.pages)
    print(
        f"two processes: {all_of_them['pages']:,.0f} pages in {all_of_them['seconds']:.0f} s, {all_of_them['rate']:.0f} pages/s"
    )
    growth = all_of_them["peak"] / few["peak"]
    print(f"peak of a process {all_of_them['peak']:.0f} MB, {few['peak']:.0f} MB on a fifth of the pages")
    holds = ratio >= LEAST - NOISE
    print(f"fogline over trafilatura: {ratio:.2f}, floor {LEAST}, noise {NOISE}: {'holds' if holds else 'BREACH'}")
    bounded = growth <= GROWTH
    print(f"memory on five times the pages: {growth:.2f} times, at most {GROWTH}: {'holds' if bounded else 'BREACH'}")
    return 0 if holds and bounded else 1


def _turns() -> list[tuple[float, float]]:
    """Pages a second of fogline and of trafilatura; the first turn, which warms up, is left out."""
    from trafilatura import bare_extraction

    def alone(raw: bytes) -> None:
        bare_extraction(raw, with_metadata=True, include_comments=False)

    taken = []
    for number in range(TURNS + 1):
        made = list(pages(IN_A_TURN, seed=number))
        taken.append((_rate(_clean, made), _rate(alone, made)))
    return taken[1:]


def _rate(work: Callable[[bytes], None], made: Sequence[bytes]) -> float:
    begun = time.process_time()
    for raw in made:
        work(raw)
    return len(made) / (time.process_time() - begun)


def _clean(raw: bytes) -> None:
    from fogline.clean.cleaning import clean
    from fogline.model import Article, Theatre

    clean(Article(name="page.html", raw=raw, media_type="text/html"), Theatre(name="world"))


def clean_shard(shard: Sequence[bytes]) -> int:
    """Clean some pages; how many."""
    for raw in shard:
        _clean(raw)
    return len(shard)


def _cleaned(count: int) -> dict[str, float]:
    from fogline.engine.pool import PoolEngine

    begun = time.perf_counter()
    done = sum(PoolEngine(2).map(clean_shard, _shards(pages(count, seed=count))))
    seconds = time.perf_counter() - begun
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"pages": done, "seconds": seconds, "rate": done / seconds, "peak": max(own, children)}


def _shards(made: Iterator[bytes]) -> Iterator[tuple[bytes, ...]]:
    while shard := tuple(islice(made, SHARD)):
        yield shard


def _apart(count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.cleaning", "--measure", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


if __name__ == "__main__":
    sys.exit(main())
