"""Every ``>>>`` example in the code runs and prints what it says."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import fogline

SOURCE = Path(fogline.__file__).parent
MODULES = sorted(
    ".".join(("fogline", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts and ">>>" in path.read_text("utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str):
    failed, run = doctest.testmod(import_module(module), optionflags=doctest.ELLIPSIS)
    assert run > 0
    assert failed == 0


def test_the_examples_are_found():
    assert len(MODULES) > 20
