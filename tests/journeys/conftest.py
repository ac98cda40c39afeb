"""The demonstration reports, and ways to build and read back ledgers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fogline import flow
from fogline.config import Settings
from fogline.publish.rows import claim_row
from fogline.store.sqlite import SqliteLedger

REPORTS = Path(__file__).parents[2] / "examples" / "kupiansk" / "reports"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = Settings(theatre="ukraine", workers=1)


def build(paths: list[Path], ledger: Path, settings: Settings = SETTINGS) -> flow.Summary:
    """Build into the ledger file and close it."""
    store = SqliteLedger(ledger, wait_seconds=5.0)
    try:
        return flow.build(paths, store, settings, now=NOW)
    finally:
        store.close()


def lines(ledger: Path) -> list[str]:
    """The ledger's claims and conclusions as JSON lines: what must not differ, whatever was killed when."""
    store = SqliteLedger(ledger, read_only=True)
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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the demonstration, built once."""
    ledger = tmp_path_factory.mktemp("demonstration") / "ledger.sqlite"
    build([REPORTS], ledger)
    return ledger
