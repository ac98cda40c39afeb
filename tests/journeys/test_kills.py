"""A few deaths in the middle of a build in bulk; ``kills`` has many more, by hand."""

from pathlib import Path

import pytest
from benchmarks import made
from tests import postgres_server
from tests.journeys.kills import Stage, Toll, found, survive, wanted


@pytest.mark.journey
@pytest.mark.slow
def test_the_bytes_are_the_same_whoever_was_killed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made.write_short(tmp_path, 32, seed=3)
    reports = tmp_path / "made-000.jsonl"
    victims = [(1, "worker"), (2, "writer")]
    server, ledger = None, str(tmp_path / "ledger.sqlite")
    if not postgres_server.missing():
        server = request.getfixturevalue("own_cluster")
        ledger = server.address(server.create())
        victims += [(3, "server")]
    toll = Toll()
    survive(
        Stage(reports=reports, ledger=ledger, shards=tmp_path / "shards", engine="pool", server=server), victims, toll
    )
    assert toll.killed["worker"] + toll.killed["writer"] >= 1
    assert found(ledger) == wanted(reports)


@pytest.fixture
def own_cluster():
    """A server that may be killed: the other tests have theirs."""
    with postgres_server.cluster() as running:
        yield running
