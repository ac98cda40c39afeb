"""Log lines: one JSON object each, in one form whoever logs, and without a secret."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres_server import Cluster

from fogline.cli.console import say
from fogline.cli.main import run
from fogline.errors import FoglineError, UsageError
from fogline.operating import logs

SECRET = "s3cret-word"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    logs.close()


def read(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_line_has_time_level_event_and_its_fields(tmp_path: Path) -> None:
    file = tmp_path / "log"
    logs.configure(str(file))
    logs.note("built", documents=3, place="Куп’янськ", odd=Path("x"), none=None, many=[1, {"a": True}])
    logging.getLogger("some.library").warning("amiss: %s", "line\nbreak")
    logging.getLogger("some.library").info("chatter")
    logs.note("detail", logging.DEBUG)
    built, amiss = read(file)
    assert built["time"].endswith("+00:00")  # type: ignore[attr-defined]
    del built["time"]
    assert built == {
        "level": "info",
        "logger": "fogline",
        "event": "built",
        "documents": 3,
        "place": "Куп’янськ",
        "odd": "x",
        "none": None,
        "many": [1, {"a": True}],
    }
    assert (amiss["logger"], amiss["level"], amiss["event"]) == ("some.library", "warning", "amiss: line\nbreak")


def test_an_error_comes_with_where_it_was_raised(tmp_path: Path) -> None:
    logs.configure(str(tmp_path / "log"))
    try:
        raise ValueError(f"postgresql://ann:{SECRET}@host/x")
    except ValueError as error:
        logs.note("fault", logging.ERROR, error=error)
    (line,) = read(tmp_path / "log")
    assert "test_logs.py" in str(line["error"])
    assert "ann:***@host" in str(line["error"])
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize(
    "told",
    [
        "postgresql://ann:{}@host/war",
        "postgresql://ann:{}@x@host/war",
        "postgresql://ann@host/war?password={}&sslmode=require",
        "host=db password={} user=ann",
        "sslpassword = {}",
        "Authorization: Bearer {}",
        "sent bearer {} to it",
        "token={}",
    ],
)
def test_what_looks_like_a_secret_is_taken_out(tmp_path: Path, told: str) -> None:
    logs.configure(str(tmp_path / "log"))
    logs.note(told.format(SECRET), deep=[{"in": told.format(SECRET)}])
    assert SECRET not in (tmp_path / "log").read_text("utf-8")
    assert "***" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize("told", ["a plain sentence", "https://x.example/a:b", "Kupiansk: 3 km", "a passworded gate"])
def test_other_words_stay(told: str) -> None:
    assert logs.masked(told) == told


def test_without_a_log_nothing_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    logs.note("failed", logging.ERROR, problem="nobody asked")
    assert capfd.readouterr() == ("", "")
    assert not logs.configured()


def test_a_log_that_cannot_be_written_or_a_level_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no log can be written"):
        logs.configure(str(tmp_path / "no" / "folder"))
    with pytest.raises(UsageError, match="no log level 'loud'") as caught:
        logs.configure(str(tmp_path / "log"), "loud")
    assert "warning" in caught.value.hint


def test_a_stage_is_logged_when_it_begins_and_then_now_and_then(tmp_path: Path) -> None:
    logs.configure(str(tmp_path / "log"))
    passed: list[tuple[str, int, int]] = []
    progress = logs.noted(lambda *told: passed.append(told))
    for done in range(5):
        progress("reading", done, 0)
    progress("comparing", 0, 9)
    assert len(passed) == 6
    told = [(line["stage"], line["done"], line["total"]) for line in read(tmp_path / "log")]
    assert told == [("reading", 0, None), ("comparing", 0, 9)]


def test_a_command_is_logged_with_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "log"
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "empty.txt").touch()
    ledger = tmp_path / "x.sqlite"
    assert run(["--log", str(file), "build", str(tmp_path / "reports"), "--ledger", str(ledger)]) == 3
    lines = read(file)
    events = [line["event"] for line in lines]
    assert events[0] == "command"
    assert events[-1] == "command done"
    assert (lines[-1]["exit_code"], lines[0]["command"]) == (3, "build")
    (failure,) = (line for line in lines if line["event"] == "not read")
    assert (failure["level"], failure["name"]) == ("warning", "empty.txt")
    (built,) = (line for line in lines if line["event"] == "built")
    assert (built["documents"], built["failures"]) == (0, 1)
    assert "comparing" in [line.get("stage") for line in lines]
    assert "Read 0 new" in capsys.readouterr().err
    assert run(["claims", "--ledger", str(ledger)]) == 0
    assert len(read(file)) == len(lines)  # the next command was not asked to log


def test_a_log_on_standard_error_is_all_that_stands_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOGLINE_LOG", "-")
    assert run(["claims", "--ledger", str(tmp_path / "nothing.sqlite")]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (failed,) = (line for line in lines if line["event"] == "failed")
    assert failed["kind"] == "NotALedger"
    assert "fogline build" in failed["remedy"]
    logs.configure("-")
    say("Read 1 new.")
    (said,) = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (said["event"], said["text"]) == ("said", "Read 1 new.")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://ann:{}@/no_such?host={{}}", "no such database"),
        ("postgresql://ann:{}@localhost:{{port}}/x", "no server listens"),
        ("postgresql://ann:{}@host:port/x", "cannot be understood"),
        ("postgresql://ann@/no_such?host={{}}&password={}", "no such database"),
    ],
)
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.enable_socket
def test_a_password_is_in_no_message_no_log_and_no_trace(
    cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str], address: str, told: str, debug: bool
) -> None:
    location = address.format(SECRET).format(cluster.folder, port=1)
    arguments = ["--log", str(tmp_path / "log"), *(["--debug"] if debug else []), "claims", "--ledger", location]
    try:
        assert run(arguments) == 1
        shown = ""
    except FoglineError as error:
        assert debug
        shown = "".join(traceback.format_exception(error))
    out, err = capfd.readouterr()
    log = (tmp_path / "log").read_text("utf-8")
    assert told in (shown if debug else err)
    assert told in log
    assert SECRET not in out + err + shown + log
