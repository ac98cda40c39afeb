import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest

from fogline import flow
from fogline.publish.rows import schema

TABLES = {"claims": "claim", "matters": "matter", "disputes": "dispute", "sources": "source"}


@pytest.mark.parametrize(("command", "shape"), TABLES.items())
def test_rows_are_clean_on_standard_output_and_of_the_published_shape(fogline, ledger, command, shape):
    code, out, err = fogline(command, "--ledger", ledger, "--format", "jsonl")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert found
    for row in found:
        jsonschema.Draft202012Validator(schema(shape)).validate(row)
    code, out, _ = fogline(command, "--ledger", ledger, "--format", "json")
    assert json.loads(out) == found
    code, out, _ = fogline(command, "--ledger", ledger, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(found)
    code, out, _ = fogline(command, "--ledger", ledger)
    assert code == 0
    assert f"{len(found)}" in out


def test_filters_reach_the_rows(fogline, ledger):
    def names(*filters):
        _, out, _ = fogline("claims", "--ledger", ledger, "--format", "jsonl", *filters)
        return {json.loads(line)["attribution"]["chain"][0]["name"] for line in out.splitlines()}

    assert names("--side", "SO") == {"Colonel Elm"}
    assert names("--speaker", "oak") == {"General Oak"}
    assert names("--kind", "indicator", "--kind", "assessment") == {"Harbour Times", "Dr Reed"}
    assert names("--since", "2025-03-02") == {"Harbour Times", "Dr Reed"}
    assert names("--until", "2025-02-21") == {"Colonel Elm", "Southern Sun"}
    assert names("--place", "Dubrova", "--side", "third", "--kind", "control") == {"Harbour Times", "Dr Reed"}


def test_the_ledger_may_come_from_the_environment(fogline, ledger, monkeypatch):
    monkeypatch.setenv("FOGLINE_LEDGER", str(ledger))
    code, out, _ = fogline("disputes", "--format", "jsonl")
    assert code == 0
    assert out


def test_rows_go_to_a_file_whole(fogline, ledger, tmp_path):
    target = tmp_path / "new" / "claims.csv"
    code, out, err = fogline("claims", "--ledger", ledger, "--format", "csv", "-o", target)
    assert (code, out) == (0, "")
    assert "claims.csv" in err
    assert target.read_bytes().startswith(b"id,kind,holder")
    assert [one.name for one in target.parent.iterdir()] == ["claims.csv"]


def test_control_prints_the_timeline(fogline, ledger):
    code, out, err = fogline("control", "dubrova", "--ledger", ledger, "--format", "json")
    row = json.loads(out)
    jsonschema.Draft202012Validator(schema("control")).validate(row)
    assert (code, err, row["place"]) == (0, "", "Dubrova")
    code, out, _ = fogline("control", "Dubrova", "--ledger", ledger, "--format", "csv")
    assert out.splitlines()[0] == "place,known_by,from,to,status,belief,claims"
    code, out, _ = fogline("control", "Dubrova", "--ledger", ledger)
    assert "in hindsight" in out


def test_control_on_a_day_says_what_is_assessed_apart_from_what_is_claimed(fogline, ledger):
    code, out, _ = fogline("control", "Dubrova", "--on", "2025-03-01", "--ledger", ledger)
    assert code == 0
    assessed, _, claimed = out.partition("Claimed by Norland")
    assert "very likely (82 %) that Sudland held Dubrova on 1 March 2025" in assessed
    assert "Norland took Dubrova" in claimed
    assert "claim-" in claimed
    _, out, _ = fogline("control", "Dubrova", "--on", "2025-03-01", "--ledger", ledger, "--format", "json")
    (stretch,) = json.loads(out)["timeline"]
    assert (stretch["from"], stretch["to"], stretch["status"]) == ("2025-03-01", "2025-03-01", "SO")


def test_control_before_the_first_evidence_is_not_known(fogline, ledger):
    _, out, _ = fogline("control", "Dubrova", "--on", "2001-01-01", "--ledger", ledger, "--format", "json")
    (stretch,) = json.loads(out)["timeline"]
    assert (stretch["status"], stretch["claims"]) == ("unknown", [])


def test_tables_say_what_is_denied_and_whose_claims_control_rests_on(fogline, ledger, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    _, out, _ = fogline("claims", "--ledger", ledger)
    assert " says " in out
    assert " control NO " in out
    _, out, _ = fogline("control", "Dubrova", "--ledger", ledger)
    assert "claim-" not in out
    assert " claim" in out


def test_an_empty_timeline_says_that_nothing_can_be_assessed_and_what_is_claimed(fogline, ledger, made, monkeypatch):
    nothing = replace(made.control, timeline=(), daily=(), start=None)
    monkeypatch.setattr(flow, "control", lambda *_, **__: nothing)
    code, out, _ = fogline("control", "Dubrova", "--ledger", ledger)
    assert code == 0
    assert out.startswith("Dubrova, in hindsight")
    assert "Nothing can be assessed" in out
    assert "Claimed by Norland" in out
    assert "Nothing found" not in out
    _, out, _ = fogline("control", "Dubrova", "--ledger", ledger, "--format", "json")
    assert json.loads(out)["timeline"] == []


def test_sources_of_a_side_are_of_that_side_themselves(fogline, ledger):
    for side in ("NO", "SO"):
        _, out, _ = fogline("sources", "--side", side, "--ledger", ledger, "--format", "jsonl")
        found = [json.loads(line) for line in out.splitlines()]
        assert {row["side"] for row in found} == {side}
    _, out, _ = fogline("sources", "--speaker", "elm", "--ledger", ledger, "--format", "jsonl")
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["Colonel Elm"]


@pytest.mark.parametrize("command", ["claims", "matters", "disputes", "sources"])
def test_a_place_that_nobody_knows_is_an_error_that_says_how_to_look(fogline, ledger, command):
    code, out, err = fogline(command, "--place", "Qzwxq", "--ledger", ledger)
    assert (code, out) == (2, "")
    assert "No place called 'Qzwxq' is known" in err
    assert "Try another spelling" in err
    _, _, err = fogline(command, "--place", "Kharkof", "--ledger", ledger)
    assert "Nearest: Kharkiv" in err


def test_commands_leave_nothing_beside_the_ledger(fogline, ledger):
    for command in ("claims", "matters", "disputes", "sources"):
        fogline(command, "--ledger", ledger)
    beside = {one.name.removeprefix(ledger.name) for one in ledger.parent.iterdir()}
    assert beside <= {"", ".lock"}
