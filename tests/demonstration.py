"""The ledger of the demonstration reports. Reading them takes seconds, so it is made once for all processes that share the tests."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from tests.journeys.conftest import REPORTS, build


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the demonstration; nobody writes to it."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    ledger = folder / "demonstration.sqlite"
    with FileLock(folder / "demonstration.lock"):
        if not ledger.exists():
            build([REPORTS], folder / "making.sqlite")
            (folder / "making.sqlite").rename(ledger)
    return ledger
