"""Reviewing from the command line: what is decided changes what is concluded, and undoing brings it back."""

import json
import shutil

import pytest

from fogline.cli.main import run


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--output", str(folder)]) == 0
    return folder / "ledger.sqlite"


@pytest.fixture
def ledger(built, tmp_path):
    return str(shutil.copy(built, tmp_path / "ledger.sqlite"))


def asked(capsys, *words):
    capsys.readouterr()
    assert run(list(words)) == 0
    return capsys.readouterr().out


def timeline(capsys, ledger):
    return json.loads(asked(capsys, "control", "Kupiansk", "--format", "json", "--ledger", ledger))["moved_by"]


def test_rejecting_what_moved_an_assessment_takes_it_away_and_undo_brings_it_back(capsys, ledger):
    before = timeline(capsys, ledger)
    claim = before[0]["claims"][0]
    words = ("--by", "Koval", "--reason", "the text says otherwise", "--ledger", ledger)
    told = asked(capsys, "review", "reject", claim, "--preview", *words)
    assert told.strip()
    assert timeline(capsys, ledger) == before
    asked(capsys, "review", "reject", claim, *words)
    after = timeline(capsys, ledger)
    assert claim not in [name for one in after for name in one["claims"]]
    (row,) = map(json.loads, asked(capsys, "review", "history", "--format", "jsonl", "--ledger", ledger).splitlines())
    assert (row["by"], row["holds"]) == ("Koval", "yes")
    asked(capsys, "review", "undo", row["judgement"], *words)
    assert timeline(capsys, ledger) == before


def test_a_corrected_place_moves_the_claim_and_every_citation_still_holds(capsys, ledger):
    claim = timeline(capsys, ledger)[0]["claims"][0]
    words = ("--by", "Koval", "--reason", "it speaks of the other town", "--ledger", ledger)
    assert "Vovchansk" in asked(capsys, "review", "correct", claim, "place", "Vovchansk", "--preview", *words)
    asked(capsys, "review", "correct", claim, "place", "Vovchansk", *words)
    assert claim not in [name for one in timeline(capsys, ledger) for name in one["claims"]]
    lines = asked(capsys, "claims", "--place", "Vovchansk", "--format", "jsonl", "--ledger", ledger).splitlines()
    (row,) = [row for row in map(json.loads, lines) if row["id"] == claim]
    (noted,) = row["corrections"]
    assert (noted["was"], noted["now"], noted["by"]) == ("Kupiansk", "Vovchansk", "Koval")
    assert "place = Vovchansk" in asked(capsys, "review", "history", "--format", "csv", "--ledger", ledger)
    asked(capsys, "verify", ledger)


def test_an_overruled_grade_shows_with_its_reason(capsys, ledger):
    words = ("--by", "Koval", "--reason", "two retractions", "--ledger", ledger)
    asked(capsys, "review", "regrade", "Meridian Newswire (demonstration)", "e", *words)
    rows = map(json.loads, asked(capsys, "sources", "--format", "jsonl", "--ledger", ledger).splitlines())
    (found,) = [row for row in rows if row["name"] == "Meridian Newswire (demonstration)"]
    assert found["grade"] == "E"
    assert "two retractions" in json.dumps(found["reasons"])


def test_the_queue_shrinks_as_people_decide(capsys, ledger):
    def queue():
        found = asked(capsys, "review", "queue", "--limit", "500", "--format", "jsonl", "--ledger", ledger)
        return [json.loads(line)["claim"] for line in found.splitlines()]

    before = queue()
    assert before
    asked(capsys, "review", "accept", before[0], "--by", "Koval", "--reason", "as it stands", "--ledger", ledger)
    assert queue() == before[1:]


def test_voices_and_links_are_ruled_and_come_back(capsys, ledger):
    words = ("--by", "Koval", "--reason", "read both", "--ledger", ledger)

    def disputes():
        return asked(capsys, "disputes", "--format", "jsonl", "--ledger", ledger)

    before = disputes()
    clash = json.loads(before.splitlines()[0])
    a, b = clash["a"]["id"], clash["b"]["id"]
    told = asked(capsys, "review", "relate", a, b, "unrelated", "--preview", *words)
    assert "disputes" in told
    assert disputes() == before
    assert asked(capsys, "review", "relate", a, b, "unrelated", *words) == told
    assert {a, b} not in [{row["a"]["id"], row["b"]["id"]} for row in map(json.loads, disputes().splitlines())]
    claims = asked(capsys, "claims", "--format", "jsonl", "--ledger", ledger)
    families = {}
    for row in map(json.loads, claims.splitlines()):
        families.setdefault(row["family"], []).append(row["id"])
    copies = next(own for own in families.values() if len(own) > 1)
    assert "voices" in asked(capsys, "review", "split", copies[0], "--preview", *words)
    asked(capsys, "review", "split", copies[0], *words)
    assert run(["review", "merge", a, b, *words]) == 2
    assert "say different things" in capsys.readouterr().err
    asked(capsys, "review", "merge", copies[0], copies[1], *words)
    lines = asked(capsys, "review", "history", "--format", "jsonl", "--ledger", ledger).splitlines()
    for row in map(json.loads, lines):
        asked(capsys, "review", "undo", row["judgement"], *words)
    assert disputes() == before
    assert asked(capsys, "claims", "--format", "jsonl", "--ledger", ledger) == claims


@pytest.mark.parametrize(
    "words",
    [
        ["reject", "claim-none", "--by", "K", "--reason", "x"],
        ["correct", "claim-none", "holder", "UA", "--by", "K", "--reason", "x"],
        ["regrade", "Nobody", "B", "--by", "K", "--reason", "x"],
        ["undo", "judgement-none", "--by", "K", "--reason", "x"],
    ],
)
def test_what_is_not_there_cannot_be_judged(capsys, ledger, words):
    assert run(["review", *words, "--ledger", ledger]) == 2
    assert "ledger has no" in (err := capsys.readouterr().err) or "No source is named" in err
