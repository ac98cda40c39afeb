"""``fogline export``: the files, what it says, and what it refuses."""

import csv
import io
import json

import pytest

from fogline import exporting, flow
from fogline.gazetteer.entry import Entry, Feature


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch):
    monkeypatch.setattr(flow, "units_within", lambda claims, theatre: {})


def test_a_table_goes_to_a_file_and_to_the_screen(fogline, ledger, tmp_path):
    out = tmp_path / "claims.csv"
    code, shown, said = fogline("export", "claims.csv", "--ledger", ledger, "-o", out)
    assert (code, shown) == (0, "")
    assert "claims.csv" in said
    _, shown, _ = fogline("export", "claims.csv", "--ledger", ledger)
    assert shown.encode() == out.read_bytes()


def test_two_exports_of_a_ledger_are_the_same_bytes(fogline, ledger, tmp_path):
    for name in ("a", "b"):
        assert fogline("export", "stix", "--ledger", ledger, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_only_what_was_published_by_the_day_is_exported(fogline, ledger):
    _, shown, _ = fogline("export", "claims.csv", "--ledger", ledger, "--known-by", "2025-02-25")
    lines = list(csv.DictReader(io.StringIO(shown)))[1:]
    assert {line["document"] for line in lines} == {"first.txt"}
    _, shown, _ = fogline("export", "links.jsonl", "--ledger", ledger, "--known-by", "2025-02-25")
    assert "third.txt" not in shown


def test_only_the_place_asked_for_is_exported(fogline, ledger, monkeypatch):
    monkeypatch.setattr(
        flow, "place_meant", lambda *_: Entry(name="Dubrova", feature=Feature.SETTLEMENT, number=1, geonameid=7)
    )
    _, shown, _ = fogline("export", "claims.jsonl", "--ledger", ledger, "--place", "dubrova")
    rows = [json.loads(line) for line in shown.splitlines()]
    assert rows
    assert all("Dubrova" in row["places"] for row in rows)


def test_an_unknown_format_is_refused_with_those_there_are(fogline, ledger):
    code, _, said = fogline("export", "claims.xls", "--ledger", ledger)
    assert code == 2
    assert "claims.csv" in said
    assert "stix" in said
    assert exporting.exporter("claims.csv").ending == "csv"
