"""Ledgers in every kind of database, filled with one of everything: what copies and backups are tried with."""

from __future__ import annotations

from tests.contracts.readings import FIRST, LYPOVE, NOON, NOWHERE, SECOND, conclusions, judgement, reading

from fogline.model import Reading
from fogline.ports import Ledger
from fogline.store.database import DatabaseLedger
from fogline.store.opening import open_ledger

KINDS = ("sqlite", "postgresql")


def readings() -> list[Reading]:
    odd = reading("odd\x00name.txt", "NUL \x00 and SUB \x1a0.", "'Quoted', “so” and \\so.", places=(LYPOVE, NOWHERE))
    return [odd, *(reading(f"{n}.txt", f"Sentence {n} speaks of the bridge.", f"Word {n}.") for n in range(40))]


def fill(ledger: Ledger) -> None:
    """One of everything: two runs, of which the later speaks; judgements of one moment; conclusions."""
    every = readings()
    ledger.add(FIRST, every, NOON)
    ledger.add(SECOND, every[:5], NOON.replace(hour=13))
    ledger.conclude(conclusions(ledger.claims()))
    for word in ("zebra", "apple", "mole"):
        ledger.judge(judgement(word))


def opened(place: str, read_only: bool = False) -> DatabaseLedger:
    ledger = open_ledger(place, read_only=read_only)
    assert isinstance(ledger, DatabaseLedger)
    return ledger


def silent(stage: str, done: int, total: int) -> None:
    pass
