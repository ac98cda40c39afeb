"""The commands that make a gazetteer file, from the door."""

import json
from pathlib import Path

import pytest
from tests.gazetteer.sources import dump, line

from fogline.cli.main import run


@pytest.fixture
def go(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("FOGLINE_GAZETTEER", raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, " ".join(captured.err.split())

    return call


def test_fetch_build_add_and_read_with_it(go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "server").mkdir()
    dump(tmp_path / "server" / "GB.zip", [line(), line(2, "Wend Tor", sort="T", code="MT")])
    code, out, err = go("gazetteer", "fetch", "GB", "--folder", "dumps", "--from", "server")
    assert (code, out, err) == (0, "", f"Fetched {Path('dumps/GB.zip')}.")
    code, _, err = go("gazetteer", "build", "dumps/GB.zip", "-o", "gb.gazetteer")
    assert code == 0
    assert "1 places, 0 of them known" in err
    assert "1 lines of other kinds" in err
    code, _, err = go(
        "gazetteer", "add", "Sallowmere", "--lat", "51.3", "--lon", "-1.4", "--country", "GB", "--source", "a map",
        "-o", "gb.gazetteer",
    )  # fmt: skip
    assert (code, err) == (0, "gb.gazetteer: 2 places.")
    Path("report.txt").write_text("A fire broke out in Sallowmere on Friday. Crews came from Wendmoor.", "utf-8")
    monkeypatch.setenv("FOGLINE_GAZETTEER", "gb.gazetteer")
    code, out, _ = go("extract", "report.txt", "--places", "--theatre", "world")
    found = {row["text"]: (row["geonameid"], row["lat"]) for row in map(json.loads, out.splitlines())}
    assert code == 0
    assert found == {"Sallowmere": (None, 51.3), "Wendmoor": (9_900_001, 51.25)}


def test_lines_that_cannot_be_taken_are_told(go) -> None:
    Path("own.csv").write_text("names,lat,lon\nWend,1,2\nBad,95,2\nWorse,1,\n", "utf-8")
    code, _, err = go("gazetteer", "build", "own.csv")
    assert code == 3
    assert "own.csv, line 3: '95' is no latitude" in err
    assert "own.csv, line 4: it has one coordinate" in err
    assert "places.gazetteer: 1 places" in err


def test_of_many_broken_lines_the_first_are_shown(go) -> None:
    Path("own.csv").write_text("names,lat,lon\nWend,1,2\n" + "Bad,95,2\n" * 30, "utf-8")
    _, _, err = go("gazetteer", "build", "own.csv")
    assert err.count("is no latitude") == 20
    assert "failed: 10 more lines." in err


@pytest.mark.parametrize(
    ("arguments", "code", "what", "hint"),
    [
        (("build", "none.zip"), 1, "There is no file none.zip", "GeoNames dump"),
        (("add", "Wend", "--lat", "95", "--lon", "1", "--source", "x"), 2, "'95' is no latitude", "--help"),
        (("add", "Wend", "--lat", "5", "--source", "x"), 2, "one coordinate without the other", "--help"),
        (("add", "Wend", "--source", " "), 2, "it has no source", "--help"),
        (("fetch", "Britain"), 2, "no dump called 'Britain'", "two letters"),
        (("fetch", "GB", "--from", "nowhere"), 1, "cannot be read", "folder"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(go, arguments: tuple[str, ...], code: int, what: str, hint: str) -> None:
    found, _, err = go("gazetteer", *arguments)
    assert found == code
    assert what in err
    assert hint in err


def test_a_gazetteer_file_that_is_not_there_stops_the_reading(go, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.txt").write_text("Nothing new in Wendmoor.", "utf-8")
    monkeypatch.setenv("FOGLINE_GAZETTEER", "none.gazetteer")
    code, out, err = go("extract", "report.txt", "--places", "--theatre", "world")
    assert (code, out) == (1, "")
    assert "There is no gazetteer file at" in err
