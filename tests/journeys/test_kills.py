"""A few deaths in the middle of a build in bulk; ``kills`` has many more, by hand."""

from pathlib import Path

import pytest
from benchmarks import made
from tests import postgres_server
from tests.journeys.kills import Stage, Toll, found, survive, wanted


@pytest.mark.journey
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # 3.12 warns of forks beside threads; these are killed anyway
def test_the_bytes_are_the_same_whoever_was_killed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made.write_short(tmp_path, 32, seed=3)
    reports = tmp_path / "made-000.jsonl"
    victims = [(1, "worker"), (2, "writer")]
    server, ledger = None, str(tmp_path / "ledger.sqlite")
    if not postgres_server.missing():
        server, ledger = request.getfixturevalue("cluster"), request.getfixturevalue("place")("postgresql")
        victims += [(3, "server")]
    toll, undisturbed = Toll(), wanted(reports)
    stage = Stage(reports=reports, ledger=ledger, shards=tmp_path / "shards", engine="pool", server=server, forks=True)
    survive(stage, victims, toll)
    assert toll.killed["worker"] + toll.killed["writer"] >= 1
    assert found(ledger) == undisturbed
