import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.publish.world import on, redecode

from fogline import flow
from fogline.cli.console import emit, safe
from fogline.cli.main import run
from fogline.errors import FoglineError, LedgerBusy
from fogline.flow import Summary
from fogline.model import Failure, Reading, Span
from fogline.store.schema import LAYOUT

COMMANDS = (
    "demo",
    "build",
    "claims",
    "matters",
    "disputes",
    "sources",
    "control",
    "brief",
    "verify",
    "extract",
    "gazetteer",
    "gazetteer build",
    "gazetteer add",
    "gazetteer fetch",
    "serve",
    "doctor",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(capsys, command):
    assert run([*command.split(), "--help"]) == 0
    out = capsys.readouterr().out
    assert "Example: fogline" in " ".join(out.split())


def test_help_and_version_bring_in_nothing_heavy():
    code = (
        "import sys; from fogline.cli.main import run; run(['--version']);"
        "print(*sorted({'spacy','sqlalchemy','jinja2','numpy','trafilatura','dateparser'} & set(sys.modules)))"
    )
    source = str(Path(flow.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": source},
    )  # fmt: skip
    assert done.stdout.splitlines()[0].startswith("fogline ")
    assert done.stdout.splitlines()[1:] == [""]


def test_a_missing_ledger_says_how_to_make_one(fogline, tmp_path):
    code, out, err = fogline("claims", "--ledger", tmp_path / "none.sqlite")
    assert (code, out) == (1, "")
    assert "fogline build" in err


def test_a_wrong_option_is_exit_code_2_and_points_to_help(fogline):
    code, out, err = fogline("claims", "--nonsense")
    assert (code, out) == (2, "")
    assert "fogline claims --help" in err
    assert fogline("nonsense")[0] == 2
    assert fogline("claims", "--kind", "gossip")[0] == 2


def test_debug_shows_where_an_error_came_from(fogline, tmp_path):
    with pytest.raises(FoglineError):
        fogline("--debug", "claims", "--ledger", tmp_path / "none.sqlite")


def summary(*failures: Failure) -> Summary:
    return Summary(read=2, failures=failures, documents=2, claims=7, families=5, disputes=1, places=1)


def test_build_says_what_it_did_on_standard_error(fogline, tmp_path, monkeypatch):
    monkeypatch.setattr(flow, "build", lambda *_, **__: summary())
    code, out, err = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite")
    assert (code, out) == (0, "")
    assert "7 claims of 5 voices, 1 dispute, 1 place" in err


def test_build_with_failures_lists_them_and_is_exit_code_3(fogline, tmp_path, monkeypatch):
    failure = Failure(name="bad.txt", problem="bad.txt: holds no text.", remedy="Leave it out.")
    monkeypatch.setattr(flow, "build", lambda *_, **__: summary(failure))
    code, out, err = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite")
    assert (code, out) == (3, "")
    assert "bad.txt: holds no text. Leave it out." in err
    code, out, _ = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite", "--format", "json")
    assert code == 3
    assert json.loads(out)["failures"][0]["name"] == "bad.txt"


def test_a_stopped_build_says_what_is_safe(fogline, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "build", stopped)
    code, out, err = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite")
    assert (code, out) == (130, "")
    assert "safe in" in err


def test_a_busy_ledger_is_a_sentence(fogline, tmp_path, monkeypatch):
    def busy(*_, **__):
        raise LedgerBusy("Process 7 writes to it.", "Wait for it.")

    monkeypatch.setattr(flow, "build", busy)
    code, _, err = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite")
    assert code == 1
    assert "Process 7" in err


def test_an_unforeseen_error_is_a_sentence_too(fogline, tmp_path, monkeypatch):
    monkeypatch.setattr(flow, "build", lambda *_, **__: 1 / 0)
    code, _, err = fogline("build", tmp_path, "--ledger", tmp_path / "new.sqlite")
    assert code == 1
    assert "ZeroDivisionError" in err
    assert "--debug" in err


def test_extract_prints_claims_and_lists_failures(fogline, made, monkeypatch):
    def hear(paths, settings):
        yield Failure(name="bad.txt", problem="bad.txt: holds no text.")
        for article in made.articles:
            document = redecode(article)
            own = tuple(claim for claim in made.claims if claim.document_id == document.id)
            yield Reading(article=article, document=document, claims=own)

    monkeypatch.setattr(flow, "hear", hear)
    code, out, err = fogline("extract", "reports")
    assert code == 3
    assert len(out.splitlines()) == len(made.claims)
    assert all(json.loads(line)["family"] is None for line in out.splitlines())
    assert "bad.txt" in err


def test_extract_does_one_step_at_a_time(fogline):
    code, _, err = fogline("extract", "reports", "--places", "--dates")
    assert code == 2
    assert "--places, --dates" in err


def test_doctor_lists_every_finding(fogline, tmp_path, monkeypatch):
    from fogline.cli import doctor

    well = doctor.Finding("language model", True, "en 1")
    ill = doctor.Finding("gazetteer", False, "not there", "Install it.")
    monkeypatch.setattr(doctor, "examine", lambda *_: (well, ill))
    code, out, err = fogline("doctor", "--format", "json")
    assert code == 1
    assert json.loads(out)[1] == {"name": "gazetteer", "well": False, "found": "not there", "remedy": "Install it."}
    assert "1 of 2" in err
    monkeypatch.setattr(doctor, "examine", lambda *_: (well,))
    assert fogline("doctor")[0] == 0


def test_doctor_looks_at_sqlite_and_the_ledger(ledger):
    from fogline.cli import doctor

    assert doctor._sqlite("RTREE", "CREATE VIRTUAL TABLE t USING rtree(id, a, b)").well
    assert not doctor._sqlite("nothing", "CREATE VIRTUAL TABLE t USING no_such_module(a)").well
    held, layout = doctor._ledger(str(ledger))
    assert "4 documents" in held.found
    assert "SQLite 3." in held.found
    assert layout.found == f"{LAYOUT}, the newest"
    assert "none at" in doctor._ledger(str(ledger.parent / "other.sqlite"))[0].found


def test_the_bundled_reports_are_found():
    from fogline.cli.demo import reports

    with reports() as folder:
        assert len(list(folder.iterdir())) > 14


def test_a_quotation_cannot_command_the_terminal():
    assert safe("a\x1b[31mb\x9bc\n\u202ed\u2066") == "a [31mb c d"


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("before")

    def broken():
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(FoglineError, match="No space left"):
        emit(broken(), target)
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]


def test_a_reader_that_goes_away_is_no_error(ledger):
    source = str(Path(flow.__file__).parents[1])
    code = (
        "import sys; from fogline.cli.console import emit; from fogline.cli import main;"
        "emit(('line\\n' for _ in range(200_000)), None); sys.exit(0)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": source},
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.readline()
        writer.stdout.close()
        assert writer.stderr.read() == b""
        assert writer.wait() == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_extract_prints_what_one_step_hears(fogline, made, monkeypatch, form):
    class Heard:
        span, when = Span(0, 7), on("2025-03-01")

    def hearings(paths, what, settings):
        assert what == "dates"
        yield next(iter(made.documents.values())), [Heard()]
        yield Failure(name="bad.txt", problem="bad.txt: holds no text.")

    monkeypatch.setattr(flow, "hearings", hearings, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    code, out, err = fogline("extract", "reports", "--dates", "--format", form)
    assert code == 3
    assert "2025-03-01" in out
    assert "bad.txt" in err
    assert "bad.txt" not in out
