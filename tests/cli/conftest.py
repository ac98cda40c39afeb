"""A ledger of the made war on disk, and a flow that needs no language model."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.publish.world import THEATRE, World, redecode, world

from fogline import flow
from fogline.cli.main import run
from fogline.config import Settings
from fogline.errors import UnknownPlace
from fogline.model import Control, Reading, Run
from fogline.store.opening import open_ledger


@pytest.fixture(scope="session")
def made() -> World:
    return world()


@pytest.fixture
def ledger(tmp_path: Path, made: World) -> Path:
    path = tmp_path / "made.sqlite"
    store = open_ledger(str(path))
    way = Run(extractor="by-hand", version="1", cleaner="by-hand", theatre="made")
    now = datetime(2025, 4, 1, tzinfo=UTC)
    store.start(way, now)
    readings = []
    for article in made.articles:
        document = redecode(article)
        own = tuple(claim for claim in made.claims if claim.document_id == document.id)
        readings.append(Reading(article=article, document=document, claims=own))
    store.add(way, readings, now)
    store.conclude(made.conclusions)
    store.close()
    return path


@pytest.fixture
def fogline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made: World):
    """Runs a command line on the made war; gives exit code, standard output and standard error."""

    def control(ledger: object, place: str, settings: Settings, *, day: date | None = None) -> Control:
        if place.casefold() != "dubrova":
            raise UnknownPlace(f"No place called {place!r} is known.", "Look for another spelling of it.")
        return made.control

    def brief(ledger: object, place: str, settings: Settings, *, start=None, end=None, day=None, foresight=None):
        control(ledger, place, settings)
        return made.brief(start=start, end=end, known_by=day)

    monkeypatch.setattr(flow, "theatre_of", lambda *_: THEATRE)
    monkeypatch.setattr(flow, "control", control)
    monkeypatch.setattr(flow, "brief", brief)
    monkeypatch.delenv("FOGLINE_LEDGER", raising=False)
    monkeypatch.delenv("FOGLINE_DEBUG", raising=False)

    def go(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return go
