"""One Ray for all tests that need it, as it takes some seconds to start, with a token of its own, and a door for clients."""

import os
import secrets
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_socket import enable_socket


@pytest.fixture(scope="session")
def ray_started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Ray on this machine, with two cores."""
    enable_socket()
    with running(tmp_path_factory.mktemp("ray"), 2):
        yield


@pytest.fixture
def ray_here(ray_started: None, socket_enabled: None) -> None:
    """Ray, with which one speaks over sockets of this machine."""


@pytest.fixture(scope="session")
def ray_door(ray_started: None) -> Iterator[str]:
    """The address at which that Ray takes clients in: what ``--engine`` is given."""
    enable_socket()
    with door() as address:
        yield address


@contextmanager
def running(folder: Path, cores: int) -> Iterator[None]:
    """This process in a Ray of its own, whose token is kept in the folder; clients find it by the environment."""
    token = folder / "token"
    token.touch(mode=0o600)
    token.write_text(secrets.token_hex(32), "utf-8")
    # At Ray's own niceness its workers come to nothing on a machine full of other work.
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_worker_niceness": "0"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray

        for _ in range(3):  # it gives itself half a minute to start, which a machine full of work may not have for it
            try:
                ray.init(
                    address="local", num_cpus=cores, include_dashboard=False, log_to_driver=False, logging_level="ERROR"
                )
                break
            except Exception:
                ray.shutdown()
    yield
    ray.shutdown()


@contextmanager
def door() -> Iterator[str]:
    """The address at which the Ray that this process is in takes clients in."""
    import ray

    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ray.util.client.server", "--mode", "specific-server"]
    command += ["--address", ray.get_runtime_context().gcs_address, "--host", "localhost", "--port", str(port)]
    patient = {**os.environ, "TIMEOUT_FOR_SPECIFIC_SERVER_S": "100000"}  # between two clients
    with subprocess.Popen(command, env=patient, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None and not _opens(port):
                time.sleep(0.05)
            yield f"ray://localhost:{port}"
        finally:
            server.kill()


def _opens(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True
