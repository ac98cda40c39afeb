"""One Ray for all tests that need it: it takes some seconds to start."""

import os
import warnings
from collections.abc import Iterator

import pytest
from pytest_socket import enable_socket


@pytest.fixture(scope="session")
def ray_started() -> Iterator[None]:
    """Ray on this machine, with two cores."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    enable_socket()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray

        for _ in range(3):  # it gives itself half a minute to start, which a machine full of work may not have for it
            try:
                ray.init(
                    address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR"
                )
                break
            except Exception:
                ray.shutdown()
    yield
    ray.shutdown()


@pytest.fixture
def ray_here(ray_started: None, socket_enabled: None) -> None:
    """Ray, with which one speaks over sockets of this machine."""
