"""What holds of every format: the same bytes, nothing lost on hostile words, nothing at all from an empty ledger."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from tests.publish.exports.made import account, hostile, nothing

from fogline import registry

FORMATS = registry.names("export")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", [account, hostile, nothing])
def test_the_same_account_gives_the_same_bytes(name, made):
    writer = registry.pick("export", name)()
    first = writer.write(made())
    assert first == writer.write(made())
    assert first or made is nothing


def test_the_order_of_hashes_does_not_show():
    text = (
        "import hashlib\n"
        "from fogline import registry\n"
        "from tests.publish.exports.made import account\n"
        "made = account()\n"
        "for name in registry.names('export'):\n"
        "    print(name, hashlib.sha256(registry.pick('export', name)().write(made)).hexdigest())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", text],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_how_it_is_named_and_called(name):
    writer = registry.pick("export", name)()
    assert writer.ending
    assert "/" in writer.media_type


def test_no_library_of_a_format_is_imported_before_it_is_asked_for():
    heavy = [name for name in ("pyarrow", "docx", "typst", "mcp", "stix2", "prov") if find_spec(name)]
    text = f"import fogline.exporting, sys; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    assert not subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, text=True).stdout.strip()
