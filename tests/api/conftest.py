"""The API over the made war, in memory; the flow's gazetteer steps are the made war's own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.publish.world import THEATRE, World, redecode, world

from fogline import flow
from fogline.api.app import make
from fogline.config import Settings
from fogline.errors import UnknownPlace
from fogline.gazetteer.entry import Entry, Feature
from fogline.model import Reading, Run
from fogline.store.memory import MemoryLedger
from fogline.store.postgres import PostgresLedger


@pytest.fixture(scope="session")
def made() -> World:
    return world()


def filled(made: World, ledger: Any = None) -> Any:
    """The made war in a ledger: the one given, else a new one in memory."""
    ledger = ledger or MemoryLedger()
    way = Run(extractor="by-hand", version="1", cleaner="by-hand", theatre="made")
    now = datetime(2025, 4, 1, tzinfo=UTC)
    for article in made.articles:
        document = redecode(article)
        own = tuple(claim for claim in made.claims if claim.document_id == document.id)
        ledger.add(way, [Reading(article=article, document=document, claims=own)], now)
    ledger.conclude(made.conclusions)
    return ledger


OVER_POSTGRES = ("test_api", "test_reviewing")
"""Whose tests run over PostgreSQL as well: every question, and all that is written. Files and boards are the same code behind them."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say which stores a test of the API runs over."""
    if "ledger" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        stores = ("memory", "postgresql") if name in OVER_POSTGRES else ("memory",)
        metafunc.parametrize("ledger", stores, indirect=True)


@pytest.fixture
def ledger(
    made: World, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[MemoryLedger | PostgresLedger]:
    def control(ledger, place, settings, *, day=None):
        if place.casefold() != "dubrova":
            raise UnknownPlace(f"No place called {place!r} is known.", "Look for another spelling of it.")
        return made.control

    def brief(ledger, place, settings, *, start=None, end=None, day=None, foresight=None):
        control(ledger, place, settings)
        return made.brief(start=start, end=end, known_by=day)

    monkeypatch.setattr(flow, "theatre_of", lambda *_: THEATRE)

    def meant(name, claims, theatre):
        control(None, name, None)
        return Entry(name="Dubrova", feature=Feature.SETTLEMENT, number=1, geonameid=7)

    monkeypatch.setattr(flow, "control", control)
    monkeypatch.setattr(flow, "place_meant", meant)
    monkeypatch.setattr(flow, "place_spoken_of", meant)
    monkeypatch.setattr(flow, "units_within", lambda claims, theatre: {})
    monkeypatch.setattr(flow, "brief", brief)
    if request.param == "memory":
        yield filled(made)
        return
    with PostgresLedger(request.getfixturevalue("postgres")) as kept:
        yield filled(made, kept)


@pytest.fixture
def client(ledger: MemoryLedger) -> TestClient:
    return TestClient(make(ledger, Settings()), raise_server_exceptions=False, base_url="http://localhost")
