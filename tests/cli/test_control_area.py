"""Many settlements at once, and both clocks, from the command line."""

import csv
import io
import json

import pytest

from fogline.cli.main import run
from fogline.publish import rows


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("area")
    assert run(["demo", "--output", str(folder)]) == 0
    return str(folder / "ledger.sqlite")


def test_an_area_has_a_row_a_settlement_with_claimed_beside_assessed(capsys, ledger):
    assert run(["control", "--area", "Kupiansk", "--area", "Sobolivka", "--format", "csv", "--ledger", ledger]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["place"] for row in found} >= {"Kupiansk", "Sobolivka"}
    sobolivka = next(row for row in found if row["place"] == "Sobolivka")
    assert (sobolivka["claimed by RU"], sobolivka["assessed"]) != ("RU", "RU")


def test_an_areas_rows_are_of_the_published_shape(capsys, ledger):
    jsonschema = pytest.importorskip("jsonschema")
    assert run(["control", "--box", "49,37,50.5,39", "--format", "jsonl", "--ledger", ledger]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    for line in lines:
        jsonschema.validate(json.loads(line), rows.schema("control"))


def test_both_clocks_in_one_call(capsys, ledger):
    assert run(["control", "Kupiansk", "--lag", "--format", "json", "--ledger", ledger]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["delays"]
    assert [one["change"]["after"] for one in row["delays"]] == [one["after"] for one in row["changes"]]
    assert any(one["days"] is not None for one in row["delays"])


@pytest.mark.parametrize("words", [[], ["Kupiansk", "--area", "Kharkiv"]])
def test_a_settlement_or_an_area_but_not_both_or_neither(capsys, ledger, words):
    assert run(["control", *words, "--ledger", ledger]) == 2
    assert "Which settlement?" in capsys.readouterr().err
