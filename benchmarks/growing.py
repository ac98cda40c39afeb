"""One new report in a large ledger beside the same in a small one and in an empty one: what adding it costs, in processor time.

Concluding alone: ledgers are made (``benchmarks.claims``) and concluded as ``fogline build`` does it; then reports that neither has
are added one by one to both, turn and turn about, and concluded each by itself. The figure is the median of what each costs.

The whole command: ``fogline build REPORT --ledger FILE``, process and all, on an empty ledger and on the large one. By default small
ledgers are measured; the full sizes take long to make (``--full``: 10,000 and 1,000,000). ``--ledger`` takes ledgers that are there,
as ``python -m benchmarks.big FILE --concluded`` makes them; they are copied, and left as they are.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.claims import documents
from fogline.concluding import settle, settled_anew
from fogline.model import Article, Reading, Theatre
from fogline.reading import way_of_reading
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

FULL, SHORT = (10_000, 1_000_000), (2_000, 12_000)
SEED, NEW_SEED = 7, 99
ADDED = 15
AT = datetime(2026, 1, 1, tzinfo=UTC)
THEATRE = "ukraine"
MOST = 2.0
"""Processor time of a report in the large ledger over that in the small one."""

NOISE = 0.5
"""Granted above it: the reports tell of other places in each, and some places are told of ten times as often."""

TIMES, PLUS = 1.5, 0.5
"""Processor time of the whole command on a large ledger: at most so many times that on an empty one, and so many seconds."""

REPORT = """{town}: shelling, and a claim of capture

KYIV, {day} March 2025 - Russian forces captured {town} on {day} March 2025, the Russian Defence Ministry said.
"Our troops hold {other}, and the enemy was pushed back," the regional governor said.

The General Staff said that Russian troops attacked {other} and that {day} people were killed in {town}.
A spokesman said that Ukrainian forces withdrew from {town}.
"""
TOWNS = (("Kupiansk", "Kharkiv"), ("Lyman", "Sumy"), ("Pokrovsk", "Kyiv"))


def main() -> int:
    """Measure, print, and fail where a report costs more than it may in a large ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 and 1,000,000 claims")
    parser.add_argument("--folder", type=Path, help="where ledgers are kept, and taken up again")
    parser.add_argument(
        "--ledger", type=Path, action="append", default=[], help="measure the whole command on this one alone"
    )
    parser.add_argument(
        "--towns",
        action="append",
        default=[],
        help="two towns, TOWN,OTHER, of which a report tells in the place of the most told",
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        if given.ledger:
            towns = [tuple(pair.split(",")) for pair in given.towns] or TOWNS
            return _commands(given.ledger, Path(scratch), towns)
        folder, theatre = given.folder or Path(scratch), load(THEATRE)
        sizes = FULL if given.full else SHORT
        made = [_made(folder / f"{count}.sqlite", count, theatre) for count in sizes]
        whole = _commands(made[-1:], Path(scratch), TOWNS if given.full else TOWNS[:1])
        costs = [_cost(path, count, theatre) for path, count in zip(made, sizes, strict=True)]
    for count, (each, highest) in zip(sizes, costs, strict=True):
        print(
            f"{count:9,} claims: {1000 * each:6.0f} ms a report (median of {ADDED}), {1000 * highest:6.0f} ms at most"
        )
    growth = costs[1][0] / costs[0][0]
    print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    holds = growth <= MOST + NOISE
    print(f"growing: {growth:.2f} of at most {MOST} (noise {NOISE}): {'holds' if holds else 'BREACH'}")
    return 0 if holds and not whole else 1


def _commands(ledgers: Sequence[Path], scratch: Path, towns: Sequence[Sequence[str]]) -> int:
    """The whole command on each of the ledgers beside an empty one, a report of each of the pairs of towns: 1 where it costs more
    than it may.
    """
    reports = [_report(scratch, number, *pair) for number, pair in enumerate(towns)]
    empty = [_command(scratch / f"empty-{report.stem}.sqlite", report) for report in reports]
    base, breached = statistics.median(empty), 0
    print(f"    empty ledger: {base:6.2f} s the whole command (median of {len(reports)})")
    for ledger in ledgers:
        copy = scratch / f"copy-{ledger.name}"
        shutil.copyfile(ledger, copy)
        costs = [_command(copy, report) for report in reports]
        with SqliteLedger(copy) as grown:
            told = grown.tally()
        copy.unlink()
        cost, most = statistics.median(costs), TIMES * base + PLUS
        each = ", ".join(f"{one:.2f}" for one in costs)
        print(f"{told['claims']:9,} claims: {cost:6.2f} s ({each}), {cost / base:.2f} times the empty one")
        breached |= cost > most
        print(f"growing, whole command: {cost:.2f} of at most {most:.2f} s: {'BREACH' if cost > most else 'holds'}")
    return breached


def _report(scratch: Path, number: int, town: str, other: str) -> Path:
    report = scratch / f"report-{number}.txt"
    report.write_text(REPORT.format(town=town, other=other, day=11 + number), encoding="utf-8")
    return report


def _command(ledger: Path, report: Path) -> float:
    """Processor seconds of building one report into a ledger, in a process of its own."""
    if not ledger.exists():
        SqliteLedger(ledger).close()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fogline = Path(sys.executable).with_name("fogline")
    call = [str(fogline), "build", str(report), "--ledger", str(ledger), "--theatre", THEATRE]
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(call, check=True, capture_output=True, env=one_thread)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _made(path: Path, count: int, theatre: Theatre) -> Path:
    if not path.exists():
        run = way_of_reading(THEATRE)
        with SqliteLedger(path) as ledger:
            ledger.start(run, AT)
            ledger.add(run, _readings(count, SEED), AT)
            settled_anew(ledger, theatre, run)
    return path


def _cost(path: Path, count: int, theatre: Theatre) -> tuple[float, float]:
    """The median and the highest cost of concluding one more report; the first, which loads what is loaded once, is left out."""
    costs, run = [], way_of_reading(THEATRE)
    with SqliteLedger(path) as ledger:
        for reading in islice(_readings(count, NEW_SEED), ADDED + 1):
            begun = time.process_time()
            ledger.add(run, [reading], AT)
            settle(ledger, theatre, run)
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
