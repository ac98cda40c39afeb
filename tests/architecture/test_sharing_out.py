"""What the tests of one process share is known to whoever shares the tests out."""

import re
from pathlib import Path

from tests.sharing_out import RAY, ByFile

TESTS = Path(__file__).parents[1]


def test_the_files_that_start_ray_are_known() -> None:
    asking = {
        path.relative_to(TESTS.parent).as_posix()
        for path in TESTS.rglob("test_*.py")
        if re.search(r"\bray_(here|door|started)\b", path.read_text("utf-8")) and path != Path(__file__)
    }
    assert asking == set(RAY)


def test_files_go_to_one_process_as_a_whole_and_those_with_ray_together() -> None:
    scheduler = ByFile.__new__(ByFile)  # nothing is run, so it needs no session

    def process(file: str, test: str) -> str:
        return scheduler._split_scope(f"{file}::{test}")

    assert process("tests/a.py", "test_one") == process("tests/a.py", "test_two") != process("tests/b.py", "test_one")
    assert len({process(file, "test_one") for file in RAY}) == 1
