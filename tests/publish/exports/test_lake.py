"""A lake is the same bytes for the same ledger, is whole by its manifest, and answers the recipes of its page."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from tests.docs.pages import ROOT
from tests.publish.exports.made import account, hostile, nothing

from fogline import exporting
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.publish.exports.lake import MANIFEST, PART, UNDATED, files
from fogline.store.sqlite import SqliteLedger

RECIPES = dict(
    re.findall(r"^### (.+?)\n+```sql\n(.*?)```", (ROOT / "docs" / "lake.md").read_text("utf-8"), re.M | re.S)
)


@pytest.fixture(scope="module")
def lake(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's lake, in a folder of that name."""
    folder = tmp_path_factory.mktemp("made")
    ledger = SqliteLedger(demonstration, read_only=True)
    exporting.lake(ledger, Settings(), folder / "lake")
    ledger.close()
    return folder / "lake"


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("made", [account, hostile, nothing])
def test_the_same_account_gives_the_same_bytes(made) -> None:
    first = dict(files(made()))
    assert first == dict(files(made()))
    assert list(first)[-1] == MANIFEST
    told = json.loads(first[MANIFEST])
    assert [table["name"] for table in told["tables"]] == [
        "claims", "documents", "families", "links", "answers", "control", "sources"
    ]  # fmt: skip
    for table in told["tables"]:
        for part in table["files"]:
            raw = first[part["path"]]
            assert (len(raw), hashlib.sha256(raw).hexdigest()) == (part["bytes"], part["sha256"])
            assert pyarrow.parquet.read_metadata(pyarrow.BufferReader(raw)).num_rows == part["rows"]


def test_the_order_of_hashes_does_not_show() -> None:
    text = (
        "import hashlib\nfrom fogline.publish.exports.lake import files\nfrom tests.publish.exports.made import account\n"
        "print([(path, hashlib.sha256(raw).hexdigest()) for path, raw in files(account())])"
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


def test_every_claim_and_link_is_in_it(lake: Path) -> None:
    made = account()
    told = json.loads(dict(files(made))[MANIFEST])
    rows = {table["name"]: table["rows"] for table in told["tables"]}
    assert rows["claims"] == len(made.claims)
    assert rows["documents"] == len(made.documents)
    assert rows["links"] == len(made.conclusions.links)
    assert rows["families"] == len(made.conclusions.families)
    demonstration = json.loads((lake / MANIFEST).read_text("utf-8"))
    assert all(table["rows"] for table in demonstration["tables"])
    months = {path.parent.name for path in lake.glob("claims/*/*.parquet")}
    assert len(months) > 1
    assert all(re.fullmatch(rf"month=(\d{{4}}-\d\d|{UNDATED})", month) for month in months)


@pytest.mark.parametrize("question", RECIPES)
def test_a_recipe_of_the_page_answers(question: str, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lake.parent)
    asked = duckdb.sql(RECIPES[question])
    answers = [dict(zip(asked.columns, row, strict=True)) for row in asked.fetchall()]
    assert answers
    ANSWERED[question](answers, lake)


def _by_side(answers, lake) -> None:
    told = json.loads((lake / MANIFEST).read_text("utf-8"))
    assert sum(row["claims"] for row in answers) == told["tables"][0]["rows"]
    assert {"RU", "UA"} <= {row["side"] for row in answers}
    assert all(0 < row["voices"] <= row["claims"] for row in answers)


def _voices(answers, _) -> None:
    assert all(row["voices"] >= 2 for row in answers)


def _changes(answers, _) -> None:
    assert all(row["before"] != row["status"] and 0 <= row["doubt"] <= 1 for row in answers)


def _copies(answers, _) -> None:
    assert all(row["outlet"] != row["copies_from"] for row in answers)


def _first(answers, _) -> None:
    assert len({(row["place"], row["holder"]) for row in answers}) == len(answers)


def _contradictions(answers, _) -> None:
    assert any({row["side"], row["other"]} == {"RU", "UA"} for row in answers)


def _whole(answers, lake) -> None:
    assert answers[0]["files"] == len(held(lake)) - 1


ANSWERED = {
    "Claims by side and month": _by_side,
    "What independent voices bear out": _voices,
    "Changes of control": _changes,
    "Outlets that copy": _copies,
    "Who said it first": _first,
    "Where the sides contradict each other": _contradictions,
    "Is the lake whole": _whole,
}


def test_every_recipe_is_tried() -> None:
    assert set(RECIPES) == set(ANSWERED)


def test_a_lake_is_replaced_as_a_whole_and_nothing_else_is(lake: Path, demonstration: Path, tmp_path: Path) -> None:
    before = held(lake)
    (lake / "control" / "part-0009.parquet").write_bytes(b"left over")
    ledger = SqliteLedger(demonstration, read_only=True)
    try:
        exporting.lake(ledger, Settings(), lake)
        assert held(lake) == before
        assert [path.name for path in lake.parent.iterdir()] == ["lake"]
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.txt").write_text("years of work")
        with pytest.raises(UsageError, match="something else than a lake"):
            exporting.lake(ledger, Settings(), tmp_path / "mine")
        with pytest.raises(UsageError, match="cannot be written"):
            exporting.lake(ledger, Settings(), tmp_path / "mine" / "thesis.txt" / "lake")
    finally:
        ledger.close()


def test_a_large_table_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PART >= 10_000
    monkeypatch.setattr("fogline.publish.exports.lake.PART", 2)
    paths = [path for path, _ in files(account()) if path.startswith("claims/")]
    assert paths == sorted(paths)
    assert any(path.endswith("part-0001.parquet") for path in paths)
