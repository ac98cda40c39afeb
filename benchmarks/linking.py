"""Families, links, matters and grades of made claims, in shards: does the work grow with the claims, and how much memory does it take?

    python -m benchmarks.linking [--full] [--engine pool]

Each size is measured in a process of its own, in processor time of it and of its workers, making the claims left out. The full
sizes take some minutes (``--full``: 100,000 and 1,000,000); by default a twentieth of them is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from benchmarks.again import at_best
from fogline.model import Claim, Document
from fogline.store.encoding import from_json, to_json

FULL = (100_000, 1_000_000)
SHORT = (5_000, 50_000)
WARM = 500
"""Claims that are concluded first, so that what is loaded once is left out."""
SEED = 7
MOST = 1.15
"""Processor time a claim on the large set over that on the small one."""

NOISE = 0.35
"""Granted above it: other work on the machine slows a long run more than a short one, and the same 100,000 claims took 27 s
of a quiet and 49 s of a busy one."""

BASE, EACH = 300.0, 0.7
"""The most memory that the writer may take: so many MB, and so many KB a claim."""
WORKER = 300.0
"""The most memory, in MB, that a worker may take, however many claims there are."""


_AT_ONCE = 500


class Spool:
    """Made documents with their claims, in a file, as a ledger hands them over in turn (``sharing.taking.TellsInTurn``)."""

    def __init__(self, path: Path, count: int) -> None:
        from benchmarks.claims import documents
        from fogline.link.facets import in_order

        self._path, self._count = path, count
        self.spent = 0.0
        """Processor seconds of reading them back, which is no part of linking."""
        places: list[tuple[tuple[int, str, str], int]] = []
        with path.open("wb") as file:
            for document, own in documents(count, SEED):
                places.append((in_order(document), file.tell()))
                file.write("\n".join([to_json(document), *map(to_json, own)]).encode() + b"\n\n")
        self._places = [place for _, place in sorted(places)]

    def size(self) -> int:
        """How many claims there are."""
        return self._count

    def in_turn(self) -> Iterator[tuple[str, Document, tuple[Claim, ...]]]:
        """All documents, in reading order."""
        left = iter(self._places)
        with self._path.open("rb") as file:
            while places := list(islice(left, _AT_ONCE)):
                begun = time.process_time()
                some = [_heard(file, place) for place in places]
                self.spent += time.process_time() - begun
                yield from some

    def whole(self, ids: Collection[str]) -> Mapping[str, Document]:
        """Documents by id: no text is in them, so that any does for any."""
        return {name: Document(article_id=name, name=name, text="") for name in ids}


def _heard(file: BinaryIO, place: int) -> tuple[str, Document, tuple[Claim, ...]]:
    file.seek(place)
    lines = iter(file.readline, b"\n")
    document: Document = from_json(Document, next(lines).decode())
    return document.id, document, tuple(from_json(Claim, line.decode()) for line in lines)


def main() -> int:
    """Measure both sizes, print them, and fail where time or memory grows faster than the claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100,000 and 1,000,000 claims")
    parser.add_argument("--engine", default="serial")
    parser.add_argument("--measure", type=int)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(_measure(given.measure, given.engine)))
        return 0
    sizes = FULL if given.full else SHORT
    return 0 if at_best(lambda: _holds(sizes, given.engine)) else 1


def _holds(sizes: tuple[int, int], engine: str) -> bool:
    small, large = (_apart(count, engine) for count in sizes)
    for row in (small, large):
        print(
            f"{row['claims']:9,.0f} claims: {row['seconds']:7.1f} s of a core, {row['each']:6.1f} µs a claim "
            f"({row['writer']:.1f} of it the writer's), {row['links']:9,.0f} links, {row['families']:9,.0f} families, "
            f"{row['peak']:6.0f} MB, worker {row['worker']:.0f} MB"
        )
    growth = large["each"] / small["each"]
    most = BASE + EACH * large["claims"] / 1000
    holds = growth <= MOST + NOISE and large["peak"] <= most and large["worker"] <= WORKER
    print(
        f"linking: growth {growth:.2f} of at most {MOST} (noise {NOISE}), {large['peak']:.0f} MB of at most {most:.0f}: "
        f"{'holds' if holds else 'BREACH'}"
    )
    return bool(holds)


def _apart(count: int, engine: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.linking", "--measure", str(count), "--engine", engine]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _measure(count: int, name: str) -> dict[str, float]:
    from fogline import registry
    from fogline.engine.serial import SerialEngine
    from fogline.sharing.concluding import concluded
    from fogline.theatres.loading import load

    theatre, engine = load("ukraine"), registry.pick("engine", name)(2, "")
    with TemporaryDirectory() as place:
        warm, spool = (Spool(Path(place) / f"claims-{many}", many) for many in (WARM, count))
        with concluded(warm, theatre, "", SerialEngine(), _quiet):
            pass
        before = os.times()
        with concluded(spool, theatre, "", engine, _quiet) as (found, _):
            links, families = sum(1 for _ in found.links), sum(1 for _ in found.families)
            graded = sum(1 for _ in found.grades)
            assert graded >= count, f"of {count} claims {graded} are graded"
            assert sum(1 for _ in found.matters), "nothing is asked of them"
            spent = [now - then for now, then in zip(os.times(), before, strict=True)]
    seconds = sum(spent[:4]) - spool.spent
    return {
        "claims": count,
        "seconds": seconds,
        "each": 1e6 * seconds / count,
        "writer": 1e6 * (sum(spent[:2]) - spool.spent) / count,
        "links": links,
        "families": families,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
    }


def _quiet(*_: Any) -> None:
    return


if __name__ == "__main__":
    sys.exit(main())
