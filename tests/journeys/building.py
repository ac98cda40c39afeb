"""A builder in a process of its own, for tests: adds made readings to a ledger, a few at a time, and concludes."""

import sys
from pathlib import Path

from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions

from fogline.store.sqlite import SqliteLedger

COUNT, FIRST, AT_ONCE = 900, 10, 4
"""Claims in all, and documents that are there before the builder comes and that it adds in one transaction."""


def build(path: Path, first: int, last: int | None) -> None:
    """Add the documents from one to another, and conclude from all of them."""
    made = world(COUNT)
    told = list(readings(made, COUNT))
    with SqliteLedger(path) as ledger:
        for start in range(first, last or len(told), AT_ONCE):
            ledger.add(RUN, told[start : min(start + AT_ONCE, last or len(told))], AT)
        ledger.conclude(conclusions(made))


if __name__ == "__main__":
    build(Path(sys.argv[1]), FIRST, None)
