"""Judging while something else writes the ledger: it waits its time, and then says when to try again."""

from pathlib import Path
from threading import Timer

import pytest
from fastapi.testclient import TestClient
from tests.api.conftest import filled
from tests.publish.world import THEATRE, World

from fogline import flow
from fogline.api.app import make
from fogline.api.reviewing import Desk
from fogline.cli.ledgers import writing
from fogline.config import Settings
from fogline.store.locking import WriterLock
from fogline.store.sqlite import SqliteLedger


def ask(path: Path, wait: float, opened: SqliteLedger) -> TestClient:
    settings = Settings(wait_seconds=wait)
    return TestClient(
        make(opened, settings, desk=Desk(lambda: writing(path, settings))),
        raise_server_exceptions=False,
        base_url="http://localhost",
    )


def test_judging_waits_for_a_build_and_then_says_when_to_try_again(
    made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as ledger:
        filled(made, ledger)
    monkeypatch.setattr(flow, "theatre_of", lambda *_: THEATRE)
    build = WriterLock(path)
    build.acquire(0)
    with SqliteLedger(path, read_only=True) as opened:
        claim = made.claims[0].id
        told = {"decision": "accept", "subject": claim, "reason": "as it stands", "by": "A. Reader"}
        busy = ask(path, 0.2, opened).post("/v1/judgements", json=told)
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) > 0
        assert "waited 0.2 s" in busy.json()["detail"]
        patient = ask(path, 60, opened)
        release = Timer(0.3, build.release)
        release.start()
        assert patient.post("/v1/judgements", json=told).status_code == 201
        release.join()
