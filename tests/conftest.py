"""What all tests share: hypothesis profiles, and a PostgreSQL server where one can be had, Ray, and a server that speaks S3."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from tests import postgres_server
from tests.ray_here import ray_here, ray_started
from tests.s3 import bucket, s3_server

__all__ = ["bucket", "ray_here", "ray_started", "s3_server"]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


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
