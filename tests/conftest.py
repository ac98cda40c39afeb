"""What all tests share: hypothesis profiles, and a PostgreSQL server where one can be had, Ray, and a server that speaks S3."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests import postgres_server
from tests.demonstration import demonstration
from tests.ray_here import ray_door, ray_here, ray_started
from tests.s3 import bucket, s3_server
from tests.sharing_out import ByFile, long_first

__all__ = ["bucket", "demonstration", "ray_door", "ray_here", "ray_started", "s3_server"]

os.environ.pop("COLUMNS", None)  # the width of a terminal, which a process of ``pytest -n`` inherits and does not have

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Where several processes share the tests, see ``sharing_out``."""
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, see ``sharing_out``."""
    if hasattr(config, "workerinput"):
        long_first(items)


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres_server.Cluster]:
    """A throw-away PostgreSQL server with a database ``made`` that is an empty ledger."""
    if why := postgres_server.missing():
        if postgres_server.ASKED == "required":
            pytest.fail(why)
        pytest.skip(why)
    from fogline.store.postgres import PostgresLedger

    with postgres_server.cluster() as running:
        running.tell("postgres", "CREATE DATABASE made")
        PostgresLedger(running.address("made")).close()
        yield running


@pytest.fixture
def postgres(cluster: postgres_server.Cluster) -> Iterator[str]:
    """The address of an empty ledger in PostgreSQL; a test that spoils its tables makes a database of its own."""
    yield cluster.address("made")
    cluster.tell("made", postgres_server.EMPTY, "DELETE FROM about WHERE name <> 'fogline'")


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes a new place for a ledger, by the kind of database: a file's path, or the address of an empty ledger."""
    made: list[str] = []
    numbers = count()

    def new(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{next(numbers)}.sqlite")
        server: postgres_server.Cluster = request.getfixturevalue("cluster")
        made.append(server.create("made"))
        return server.address(made[-1])

    yield new
    for name in made:
        request.getfixturevalue("cluster").tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")
