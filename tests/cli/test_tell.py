import json

import pytest


@pytest.mark.parametrize(("ending", "start"), [("md", "# Dubrova"), ("html", "<!doctype html>"), ("json", "{")])
def test_a_briefs_format_follows_its_file(fogline, ledger, tmp_path, ending, start):
    target = tmp_path / f"brief.{ending}"
    code, out, err = fogline("brief", "Dubrova", "--ledger", ledger, "-o", target)
    assert (code, out) == (0, "")
    assert "passages cited" in err
    assert target.read_text("utf-8").lstrip().startswith(start)


def test_a_brief_goes_to_standard_output_as_markdown(fogline, ledger):
    code, out, err = fogline("brief", "Dubrova", "--ledger", ledger)
    assert (code, err) == (0, "")
    assert out.startswith("# Dubrova")


@pytest.mark.parametrize("ending", ["md", "html", "json"])
def test_verify_finds_the_ledger_beside_the_brief(fogline, ledger, ending):
    target = ledger.parent / f"brief.{ending}"
    fogline("brief", "Dubrova", "--ledger", ledger, "-o", target)
    code, out, err = fogline("verify", target)
    assert (code, out) == (0, "")
    assert "still say what they are cited for" in err


def test_verify_fails_on_a_changed_passage_and_lists_it(fogline, ledger, tmp_path):
    target = tmp_path / "brief.html"
    fogline("brief", "Dubrova", "--ledger", ledger, "-o", target)
    target.write_text(target.read_text("utf-8").replace("still flies", "never flies"), "utf-8")
    code, out, err = fogline("verify", target, "--ledger", ledger)
    assert code == 1
    assert "third.txt" in out
    assert "no longer say" in err
    code, out, _ = fogline("verify", target, "--ledger", ledger, "--format", "json")
    assert code == 1
    assert json.loads(out)["broken"]


def test_verify_checks_a_ledger(fogline, ledger):
    code, _, err = fogline("verify", ledger)
    assert code == 0
    assert "all 12 citations" in err


def test_verify_without_a_ledger_says_how_to_name_one(fogline, ledger, tmp_path):
    folder = tmp_path / "elsewhere"
    fogline("brief", "Dubrova", "--ledger", ledger, "-o", folder / "brief.html")
    code, _, err = fogline("verify", folder / "brief.html")
    assert code == 2
    assert "it names made.sqlite, which is not beside it" in err
    assert "--ledger FILE" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("brief", "Dubrova", "--from", "2025-03-02", "--to", "2025-03-01"), "ends (2025-03-01) before it starts"),
        (("brief", "Dubrova", "-o", "brief.odt"), "cannot be written as .odt"),
        (("brief", "Atlantis"), "No place called 'Atlantis'"),
        (("brief", "Dubrova", "--known-by", "soon"), "'soon' is not a day"),
        (("verify", "none.html"), "there is no such file"),
    ],
)
def test_a_wrong_question_gets_a_sentence_and_exit_code_2(fogline, ledger, arguments, message):
    extra = () if arguments[0] == "verify" else ("--ledger", ledger)
    code, out, err = fogline(*arguments, *extra)
    assert (code, out) == (2, "")
    assert message in err
    assert "Hint:" in err
    assert "Traceback" not in err


def test_what_is_neither_brief_nor_ledger_is_refused(fogline, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    code, _, err = fogline("verify", path)
    assert code == 1
    assert "not a brief" in err
