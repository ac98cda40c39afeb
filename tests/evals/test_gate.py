"""The gate: every figure is printed, what is missing is said, and the exit code tells."""

import subprocess
import sys
from types import ModuleType

import pytest
from evals import demonstration, floors, gate
from evals.floors import Floor, Floors
from evals.gate import Measured, Outcome


@pytest.fixture
def made(monkeypatch, tmp_path):
    """A gate over one set that yields given figures, with a floors file of its own."""

    def make(figures, table):
        module = ModuleType("made_set")
        module.figures = lambda shared: figures
        monkeypatch.setitem(sys.modules, "made_set", module)
        monkeypatch.setattr(gate, "SETS", {"made": Measured("made_set", ("made.csv",))})
        monkeypatch.setattr(floors, "FILE", tmp_path / "floors.toml")
        floors.FILE.write_text(floors.dump(Floors(table)), "utf-8")
        (tmp_path / "made.csv").touch()
        return tmp_path

    return make


def test_a_figure_over_its_floor_passes_and_is_printed(made, capsys):
    shared = made({"recall": 0.9}, {"made.recall": Floor(0.8, 0.01, "somebody relies on it")})
    assert gate.main(["--shared", str(shared)]) == 0
    shown = capsys.readouterr().out
    assert "made.recall" in shown
    assert "0.900" in shown
    assert "somebody relies on it" in shown


def test_a_figure_without_a_floor_is_printed_too(made, capsys):
    shared = made({"extra": 0.5}, {})
    assert gate.main(["--shared", str(shared)]) == 0
    assert "no floor" in capsys.readouterr().out


def test_a_breach_exits_1(made, capsys):
    shared = made({"recall": 0.7}, {"made.recall": Floor(0.8, 0.01, "why")})
    assert gate.main(["--shared", str(shared)]) == 1
    assert "BREACH  made.recall" in capsys.readouterr().out


def test_a_missing_figure_exits_1(made, capsys):
    shared = made({}, {"made.recall": Floor(0.8, 0.01, "why")})
    assert gate.main(["--shared", str(shared)]) == 1
    assert "missing" in capsys.readouterr().out


def test_a_set_without_data_is_skipped_visibly_and_fails_nothing(made, capsys, tmp_path):
    made({"recall": 0.1}, {"made.recall": Floor(0.8, 0.01, "why")})
    assert gate.main(["--shared", str(tmp_path / "elsewhere")]) == 0
    shown = capsys.readouterr().out
    assert "made  skipped: " in shown
    assert "made.csv not found" in shown


def test_a_floor_for_a_set_that_does_not_exist_is_a_breach(made):
    shared = made({}, {"mode.recall": Floor(0.8, 0.01, "why")})
    assert gate.main(["--shared", str(shared)]) == 1


def test_pin_raises_the_floor_in_the_file_and_lowers_none(made):
    shared = made(
        {"recall": 0.9, "fields": 0.5}, {"made.recall": Floor(0.8, 0.01, "why"), "made.fields": Floor(0.6, 0.2, "old")}
    )
    assert gate.main(["--shared", str(shared), "--pin"]) == 0
    after = floors.parse(floors.FILE.read_text("utf-8"))
    assert after.floors["made.recall"].least == pytest.approx(0.89)
    assert after.floors["made.fields"] == Floor(0.6, 0.2, "old")
    assert after.demonstration == demonstration.extent()


def test_a_module_that_is_not_written_fails_its_set_alone(tmp_path, capsys):
    outcome = gate.measure("ghost", Measured("evals.there_is_no_such_set"), tmp_path)
    assert "ModuleNotFoundError" in outcome.failed
    good = Outcome({"made.recall": 0.9})
    problems = gate.judge({"ghost": outcome, "made": good}, Floors({}))
    assert len(problems) == 1
    assert problems[0].startswith("ghost failed")
    assert any("FAILED" in line for line in gate.report({"ghost": outcome, "made": good}, Floors({})))
    capsys.readouterr()


def test_verbose_reaches_the_sets_that_take_it(monkeypatch, tmp_path):
    module = ModuleType("talking_set")
    module.figures = lambda shared, verbose=False: {"verbose": float(verbose)}
    monkeypatch.setitem(sys.modules, "talking_set", module)
    assert gate.measure("talking", Measured("talking_set"), tmp_path, verbose=True).figures == {"talking.verbose": 1.0}


def test_a_revision_without_floors_is_said(capsys):
    assert gate.main(["--check-floors-against", "no-such-revision"]) == 0
    assert "not compared" in capsys.readouterr().out


def test_importing_the_gate_imports_no_set():
    late = {"evals.seeds", "evals.polnear", "spacy"}
    code = f"import evals.gate, sys; print(sorted({late!r} & set(sys.modules)))"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=gate.ROOT,
        env={"PYTHONPATH": "src"},
    )
    assert shown.stdout.strip() == "[]"


def test_a_figure_that_wants_more_than_is_here_is_said_to_be_skipped(made, monkeypatch, capsys):
    shared = made({"recall": 0.9}, {"made.recall": Floor(0.8, 0.01, "x"), "made.pages": Floor(0.9, 0.01, "x")})
    monkeypatch.setattr(gate, "SETS", {"made": Measured("made_set", wants=("pages",), besides=("pages",))})
    assert gate.main(["--shared", str(shared)]) == 0
    assert "made.pages  skipped" in capsys.readouterr().out
    (shared / "pages").mkdir()
    assert gate.main(["--shared", str(shared)]) == 1
