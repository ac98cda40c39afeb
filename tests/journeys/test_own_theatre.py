"""A theatre folder of one's own: found from any working directory, kept by the ledger, missed in words when gone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from fogline.cli.main import run

pytestmark = pytest.mark.journey

TEXT = (
    "OMDURMAN, 14 March 2025. The army recaptured the town of Bahri, army spokesman Hassan Idris said.\n\n"
    "The Rapid Support Forces said they still held Bahri.\n"
)

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def fogline(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in [name for name in os.environ if name.startswith("FOGLINE_")]:
        monkeypatch.delenv(name)

    def go(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


@pytest.fixture
def vale(tmp_path: Path) -> Path:
    folder = tmp_path / "deep" / "vale"
    shutil.copytree(str(files("fogline.theatres") / "sudan"), folder)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, "utf-8")
    return folder


def test_a_folder_serves_later_commands_from_anywhere(
    fogline: Command, vale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "here.sqlite"
    monkeypatch.chdir(tmp_path)
    code, _, err = fogline("build", "reports", "--theatre", "deep/vale", "--ledger", ledger, "--workers", "1")
    assert code == 0, err
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    code, out, _ = fogline("claims", "--ledger", ledger, "--format", "jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {row["attribution"]["chain"][0]["side"] for row in found} & {"SAF", "RSF"}
    code, out, err = fogline("control", "Bahri", "--ledger", ledger)
    assert code == 0, err
    code, _, err = fogline("build", tmp_path / "reports", "--ledger", ledger, "--workers", "1")
    assert code == 0, err
    assert "1 known before" in err

    shutil.rmtree(vale)
    code, out, err = fogline("control", "Bahri", "--ledger", ledger)
    assert (code, out) == (2, "")
    assert str(vale.resolve()) in err.replace("\n", "")
    assert "no longer there" in err
    assert "--theatre" in err
    code, _, err = fogline("control", "Bahri", "--ledger", ledger, "--theatre", "sudan")
    assert code == 0, err


def test_several_processes_find_the_folder(
    fogline: Command, vale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = fogline("build", "reports", "--theatre", "deep/vale", "--ledger", "two.sqlite", "--workers", "2")
    assert code == 0, err
    assert "Read 1 new" in err


@pytest.mark.parametrize("theatre", ["atlantis", "deep", "broken"])
def test_a_theatre_that_cannot_be_used_leaves_no_ledger(
    fogline: Command, vale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theatre: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "theatre.toml").write_text('title = "nameless"\n', "utf-8")
    before = sorted(tmp_path.iterdir())
    code, out, err = fogline("build", "reports", "--theatre", theatre, "--ledger", "new.sqlite")
    assert (code, out) == (2, "")
    assert "Hint:" in err
    assert sorted(tmp_path.iterdir()) == before
