"""How ``pytest -n`` shares the tests out among its processes: file by file, so that what a file makes once is made once."""

import pytest
from xdist.scheduler import LoadFileScheduling

RAY = ("tests/engine/test_engines.py", "tests/journeys/test_bulk.py")
"""The files that start Ray: one after the other in one process, since one Ray is enough for a machine."""


class ByFile(LoadFileScheduling):
    """Gives each process one file after another; those that share what is dear count as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return RAY[0] if file in RAY else file


def long_first(items: list[pytest.Item]) -> None:
    """Put the files with long tests first, the others after them as they are: no process then ends long after the others."""
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("journey")}
    items.sort(key=lambda item: item.path not in long)
