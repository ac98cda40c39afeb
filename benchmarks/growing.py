"""One new report in a large ledger beside the same in a small one: what concluding it costs, in processor time.

The ledgers are made (``benchmarks.claims``) and concluded as ``fogline build`` does it; then reports that neither has are added
one by one to both, turn and turn about, and concluded each by itself. The figure is the median of what each costs. Reading a report
is left out: it does not depend on the ledger. The full sizes take long to make (``--full``: 10,000 and 1,000,000); by default
small ledgers are measured.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.claims import documents
from fogline.concluding import settle, settled_anew
from fogline.model import Article, Reading, Run, Theatre
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

FULL, SHORT = (10_000, 1_000_000), (2_000, 14_000)
SEED, NEW_SEED = 7, 99
ADDED = 15
AT = datetime(2026, 1, 1, tzinfo=UTC)
RUN = Run(extractor="made", version="1", cleaner="made", theatre="ukraine")
MOST = 2.0
"""Processor time of a report in the large ledger over that in the small one."""

NOISE = 0.5
"""Granted above it: the reports tell of other places in each, and some places are told of ten times as often."""


def main() -> int:
    """Measure both sizes, print them, and fail where a report costs more in the large ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 and 1,000,000 claims")
    parser.add_argument("--folder", type=Path, help="where ledgers are kept, and taken up again")
    given = parser.parse_args()
    theatre = load("ukraine")
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        sizes = FULL if given.full else SHORT
        costs = [_cost(_made(folder / f"{count}.sqlite", count, theatre), count, theatre) for count in sizes]
    for count, (each, whole) in zip(sizes, costs, strict=True):
        print(f"{count:9,} claims: {1000 * each:6.0f} ms a report (median of {ADDED}), {1000 * whole:6.0f} ms at most")
    growth = costs[1][0] / costs[0][0]
    print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    holds = growth <= MOST + NOISE
    print(f"growing: {growth:.2f} of at most {MOST} (noise {NOISE}): {'holds' if holds else 'BREACH'}")
    return 0 if holds else 1


def _made(path: Path, count: int, theatre: Theatre) -> Path:
    if not path.exists():
        with SqliteLedger(path) as ledger:
            ledger.start(RUN, AT)
            ledger.add(RUN, _readings(count, SEED), AT)
            settled_anew(ledger, theatre, RUN)
    return path


def _cost(path: Path, count: int, theatre: Theatre) -> tuple[float, float]:
    """The median and the highest cost of concluding one more report; the first, which loads what is loaded once, is left out."""
    costs = []
    with SqliteLedger(path) as ledger:
        for reading in islice(_readings(count, NEW_SEED), ADDED + 1):
            begun = time.process_time()
            ledger.add(RUN, [reading], AT)
            settle(ledger, theatre, RUN)
            costs.append(time.process_time() - begun)
    return statistics.median(costs[1:]), max(costs[1:])


def _readings(count: int, seed: int) -> Iterator[Reading]:
    """The made reports with their text, as they would have been read."""
    for document, own in documents(count, seed):
        text = ". ".join(claim.quote for claim in own)
        article = Article(name=f"{document.name}-{seed}", raw=text.encode())
        named = replace(document, article_id=article.id, name=article.name, text=text)
        claims = tuple(replace(claim, document_id=named.id) for claim in own)
        yield Reading(article=article, document=named, claims=claims)


if __name__ == "__main__":
    sys.exit(main())
