"""The demonstration reports, and ways to build and read back ledgers."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fogline import flow
from fogline.config import Settings
from fogline.publish.rows import claim_row
from fogline.store.copying import copy
from fogline.store.opening import open_ledger

REPORTS = Path(__file__).parents[2] / "examples" / "kupiansk" / "reports"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = Settings(theatre="ukraine", workers=1)


def build(paths: list[Path], ledger: Path | str, settings: Settings = SETTINGS) -> flow.Summary:
    """Build into the ledger and close it."""
    store = open_ledger(str(ledger), wait_seconds=5.0)
    try:
        return flow.build(paths, store, settings, now=NOW)
    finally:
        store.close()


def copied(ledger: Path | str, to: Path | str) -> None:
    """Copy a ledger whole, between stores of any two kinds."""
    with closing(open_ledger(str(ledger), read_only=True)) as source, closing(open_ledger(str(to))) as target:
        copy(source, target, flow.silent)


def lines(ledger: Path | str) -> list[str]:
    """The ledger's claims and conclusions as JSON lines: what must not differ, whatever was killed when, in any store."""
    store = open_ledger(str(ledger), read_only=True)
    try:
        conclusions = store.conclusions()
        documents = {document.id: document for document in store.documents()}
        families = {member: family.id for family in conclusions.families for member in family.members}
        claims = [claim_row(c, documents[c.document_id], families.get(c.id)) for c in store.claims()]
    finally:
        store.close()
    rest = [repr(part) for part in (conclusions.links, conclusions.matters, conclusions.sources, conclusions.grades)]
    return (
        [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in claims]
        + rest
        + [repr((c.place, c.timeline)) for c in conclusions.control]
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, place: Callable[[str], str]) -> str:
    """Where there is no ledger yet, in each store that keeps one."""
    return place(request.param)
