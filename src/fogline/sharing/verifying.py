"""All claims of a ledger checked against its bytes, some documents at a time, on as many processes as there is work for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from fogline.clean.cleaning import text_of
from fogline.config import Settings
from fogline.engine.serial import SerialEngine
from fogline.errors import UsageError
from fogline.model import Lost
from fogline.ports import Ledger, Progress
from fogline.publish.verify import Broken, Checked, HandsOver, verify_some
from fogline.reading import engine_of, parted

SHARD = 100
"""Documents checked at once: with the bytes and claims of so many in memory a process stays small."""


def verified(ledger: Ledger, settings: Settings, progress: Progress, location: str = "") -> Checked:
    """Check every claim of the ledger, here or on processes of this machine that open it at its location themselves.

    Memory is bounded by some hundreds of documents a process. Raises ``UsageError`` for a store that hands nothing over.
    """
    handing = handing_over(ledger)
    documents = handing.current()
    # On this machine, whatever engine builds: the workers of a cluster may not reach the ledger.
    here = replace(settings, engine="", workers=settings.workers if location else 1)
    engine = engine_of(here, len(documents))
    alone = isinstance(engine, SerialEngine)
    function = partial(verify_some, handing, text_of) if alone else partial(_verify_there, location)
    claims, done, broken = 0, 0, list[Broken]()
    for outcome in parted(engine, function, _shards(documents)):
        found = _deadly(outcome) if isinstance(outcome, Lost) else outcome
        claims, done = claims + found.claims, done + found.documents
        broken += found.broken
        progress("checking", done, len(documents))
    return Checked(documents=done, claims=claims, broken=tuple(broken))


def handing_over(ledger: Ledger) -> HandsOver:
    """The ledger as one that hands over what was read; raises ``UsageError`` for another."""
    if not isinstance(ledger, HandsOver):
        raise UsageError(
            f"A {type(ledger).__name__} does not hand over what was read, so that it cannot be checked.",
            "Copy it into a file first: fogline copy FROM TO",
        )
    return ledger


def _verify_there(location: str, documents: Sequence[str]) -> Checked:
    return verify_some(handing_over(_opened(location)), text_of, documents)


@cache
def _opened(location: str) -> Ledger:
    """The ledger, opened once a worker."""
    from fogline.store.opening import open_ledger

    return open_ledger(location, read_only=True)


def _shards(documents: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(documents[first : first + SHARD]) for first in range(0, len(documents), SHARD))


def _deadly(lost: Lost[tuple[str, ...]]) -> Checked:
    (name,) = lost.shard
    problem = f"decoding its bytes ended the process, {lost.deaths} times"
    return Checked(documents=1, claims=0, broken=(Broken(number=0, claim="", document=name, problem=problem),))
