"""Bad input at the command line: what fails is named with what to do, the rest goes on, and nothing stored is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.conftest import lines

from fogline import reading
from fogline.cli.main import run
from fogline.sources import opening
from fogline.store import sqlite_file

pytestmark = pytest.mark.journey

MEGABYTE = 1_000_000
NOBODY = 65534

ENGLISH = (
    "KHARKIV, 14 May 2024. Ukrainian forces recaptured the village of Dvorichna, regional governor Ivan Melnyk said.\n\n"
    "Russia's defence ministry said its troops had captured the town of Vovchansk and destroyed 12 tanks.\n"
)
MIXED = (
    f"{ENGLISH}\n"
    "«Ми тримаємо Куп’янськ, – сказав речник. – Ґанок школи її вцілів, а міст зруйновано вибухом».\n\n"
    "По словам жителей, ночью объявили эвакуацию; поезда в город ещё ходят, но мосты закрыты.\n"
)

HOLD = """
import sys
from fogline.store.sqlite import SqliteLedger
with SqliteLedger(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def failed(self) -> dict[str, str]:
        """By name of the file: what the summary says went wrong, and what to do."""
        told = [
            line.removeprefix("  failed: ").split(": ", 1) for line in self.err.splitlines() if "  failed: " in line
        ]
        return {Path(name).name: problem for name, problem in told}


Command = Callable[..., Done]


@pytest.fixture
def fogline(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command line in this process; whatever goes wrong, nobody is shown a traceback."""
    for name in [name for name in os.environ if name.startswith("FOGLINE_")]:
        monkeypatch.delenv(name)

    def go(*arguments: object) -> Done:
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert "fault in fogline" not in told.err
        return Done(code, told.out, told.err)

    return go


@pytest.fixture
def build(fogline: Command, ledger: Path) -> Command:
    """Builds paths into the ledger; nothing of it is data, so nothing of it is on standard output."""

    def go(*arguments: object) -> Done:
        done = fogline("build", *arguments, "--ledger", ledger, "--theatre", "ukraine", "--workers", "1")
        assert done.out == ""
        return done

    return go


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good report, last in order: it is reached only if the others go on."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "z-good.txt").write_text(ENGLISH, "utf-8")
    return made


@pytest.fixture
def claims(fogline: Command, ledger: Path) -> Callable[[], list[dict[str, Any]]]:
    """The ledger's claims as the command line gives them."""

    def rows() -> list[dict[str, Any]]:
        done = fogline("claims", "--ledger", ledger, "--format", "jsonl")
        assert done.code == 0
        return [json.loads(line) for line in done.out.splitlines()]

    return rows


def of_document(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["document"]["name"] == name]


def said(row: dict[str, Any]) -> tuple[int, str]:
    """A claim without what differs from document to document: its ids, and the outlet, which is the file's name here."""
    told = [row[name] for name in ("end", "quote", "kind", "holder", "when")]
    return row["start"], json.dumps([*told, [voice["name"] for voice in row["attribution"]["chain"][:-1]]])


# Files that cannot be read


def test_all_read_is_exit_code_0(build: Command, folder: Path, claims: Callable[[], list[dict[str, Any]]]) -> None:
    done = build(folder)
    assert (done.code, done.failed) == (0, {})
    assert "Read 1 new, 0 known before, 0 failed." in done.err
    assert len(claims()) >= 2


@pytest.mark.parametrize(
    ("name", "raw", "problem", "remedy"),
    [
        ("empty.txt", b"", "empty", "Leave it out"),
        ("blank.txt", b" \r\n\t\xc2\xa0\n", "no text", "Leave it out"),
        ("mark.txt", b"\xef\xbb\xbf", "no text", "Leave it out"),
        ("binary.txt", bytes(range(256)) * 64, "not text", "Save its text"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 9, "PNG picture", "Save its text"),
        ("lines.jsonl", bytes(range(256)) * 8, "not a JSON line", "Each line is an object"),
        ("half.jsonl", b'{"title": "no text"}\n', "no text", "Each line is an object"),
    ],
)
def test_a_file_without_text_is_named_and_the_others_go_on(
    build: Command, folder: Path, name: str, raw: bytes, problem: str, remedy: str
) -> None:
    (folder / name).write_bytes(raw)
    done = build(folder)
    assert done.code == 3
    assert "Read 1 new" in done.err
    assert done.failed
    for failed, told in done.failed.items():
        assert failed.startswith(name)  # of a file of lines each broken line is named
        assert problem in told
        assert remedy in told


def test_many_bad_files_fail_each_for_its_own_reason(build: Command, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (folder / "c.txt").symlink_to("nowhere.txt")
    (folder / "d.html").write_bytes(b"\x00\x01\x02\x03" * 500)
    done = build(folder, folder / "e.docx", folder.parent / "nowhere")
    assert done.code == 3
    assert set(done.failed) == {"a.txt", "b.txt", "c.txt", "d.html", "e.docx", "nowhere"}
    assert "Read 1 new, 0 known before, 6 failed." in done.err
    told = [line for line in done.err.splitlines() if "a.txt" in line]
    assert [line.count("a.txt") for line in told] == [1]  # a file that failed has one line, and is named in it once
    again = build(folder)
    assert (again.code, set(again.failed)) == (3, {"a.txt", "b.txt", "c.txt", "d.html"})
    assert "Read 0 new, 1 known before, 4 failed." in again.err


def test_only_bad_files_are_still_exit_code_3_and_leave_a_ledger(
    build: Command, tmp_path: Path, claims: Callable[[], list[dict[str, Any]]]
) -> None:
    (tmp_path / "empty.txt").touch()
    assert build(tmp_path / "empty.txt").code == 3
    assert claims() == []


def test_failures_are_rows_in_the_json_summary(fogline: Command, folder: Path, ledger: Path) -> None:
    (folder / "empty.txt").touch()
    done = fogline("build", folder, "--ledger", ledger, "--theatre", "ukraine", "--workers", "1", "--format", "json")
    assert done.code == 3
    (failure,) = json.loads(done.out)["failures"]
    assert failure["name"] == "empty.txt"
    assert failure["problem"]
    assert failure["remedy"]


@pytest.mark.parametrize("name", ["big.txt", "big.html", "big.jsonl", "meta.csv"])
def test_a_file_of_200_megabytes_is_refused_unread_with_the_limit_named(
    build: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with (folder / name).open("wb") as file:
        file.truncate(200 * MEGABYTE)  # sparse: takes no room on the disk
    asked: list[int] = []
    exactly = opening._exactly

    def counting(descriptor: int, size: int) -> bytes:
        asked.append(size)
        return exactly(descriptor, size)

    monkeypatch.setattr(opening, "_exactly", counting)
    done = build(folder)
    assert done.code == 3
    assert "200,000,000 bytes; the limit is 20,000,000" in done.failed[name]
    assert "max_bytes" in done.failed[name]
    assert max(asked) < MEGABYTE
    assert "Read 1 new" in done.err


def test_the_limit_can_be_set(build: Command, folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("max_bytes = 100\n", "utf-8")
    assert "the limit is 100." in build(folder, "--settings", settings).failed["z-good.txt"]
    assert build(folder).code == 0


def test_a_file_that_vanishes_before_its_turn(build: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = folder / "a.txt", folder / "b.txt"
    for path in (first, second):
        path.write_text(f"{path.name}. {ENGLISH}", "utf-8")
    real = os.open

    def open_and_take_away(path: Any, *rest: Any, **named: Any) -> int:
        if Path(path) == first:
            second.unlink()
        return real(path, *rest, **named)

    monkeypatch.setattr(opening.os, "open", open_and_take_away)
    done = build(folder)
    assert done.code == 3
    assert "vanished" in done.failed["b.txt"]
    assert "Read 2 new" in done.err


@pytest.mark.parametrize("left", ["", "KHARKIV"])
def test_a_file_that_is_cut_while_it_is_read(
    build: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    path = folder / "a.txt"
    path.write_text(f"A. {ENGLISH}", "utf-8")
    real = opening._exactly

    def cut(descriptor: int, size: int) -> bytes:
        if os.path.sameopenfile(descriptor, probe.fileno()):
            path.write_text(left, "utf-8")
        return real(descriptor, size)

    monkeypatch.setattr(opening, "_exactly", cut)
    with path.open("rb") as probe:
        done = build(folder)
    assert done.code == 3
    assert "changed while it was read" in done.failed["a.txt"]
    assert "Read 1 new" in done.err


def test_a_disk_that_fails_under_a_file(build: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "a.txt"
    path.write_text(f"A. {ENGLISH}", "utf-8")
    real = os.open

    def broken(name: Any, *rest: Any, **named: Any) -> int:
        if Path(name) == path:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(name))
        return real(name, *rest, **named)

    monkeypatch.setattr(opening.os, "open", broken)
    done = build(folder)
    assert (done.code, set(done.failed)) == (3, {"a.txt"})
    assert os.strerror(errno.EIO) in done.failed["a.txt"]


@contextmanager
def without_privileges() -> Iterator[None]:
    """Nothing is forbidden to root: it is nobody meanwhile, and keeps only the right to come back."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def open_to_all(tmp_path: Path, folder: Path, build: Command) -> Path:
    """The folder of reports, with all on the way to it open to anybody; models and modules are loaded already."""
    build(folder)
    for way in (tmp_path, *tmp_path.parents):
        if way.stat().st_uid == os.geteuid() and way not in (Path("/"), Path("/tmp")):
            way.chmod(0o755)
    return folder


def test_no_permission_to_read(open_to_all: Path, ledger: Path, fogline: Command, tmp_path: Path) -> None:
    (open_to_all / "shut.txt").write_text(f"Shut. {ENGLISH}", "utf-8")
    (open_to_all / "shut.txt").chmod(0)
    (open_to_all / "inner").mkdir()
    (open_to_all / "inner").chmod(0)
    (open_to_all / "other.txt").write_text(f"Other. {ENGLISH}", "utf-8")
    into = tmp_path / "anybody"
    into.mkdir()
    into.chmod(0o777)
    # The ledger is there already: nobody may not be allowed to read the steps that make one, where root checked them out.
    mine = Path(shutil.copy(ledger, into / "ledger.sqlite"))
    mine.chmod(0o666)
    with without_privileges():
        done = fogline("build", open_to_all, "--ledger", mine, "--theatre", "ukraine", "--workers", "1")
    (open_to_all / "inner").chmod(0o755)
    assert (done.code, done.out) == (3, ""), done.err
    assert set(done.failed) == {"inner", "shut.txt"}
    assert all("no permission" in told and "chmod" in told for told in done.failed.values())
    assert "Read 1 new, 1 known before, 2 failed." in done.err


def test_no_permission_to_write_the_ledger(open_to_all: Path, ledger: Path, fogline: Command) -> None:
    before = ledger.read_bytes()
    ledger.chmod(0o444)
    ledger.parent.chmod(0o555)
    try:
        with without_privileges():
            done = fogline("build", open_to_all, "--ledger", ledger, "--theatre", "ukraine")
            made = fogline("build", open_to_all, "--ledger", ledger.with_name("new.sqlite"), "--theatre", "ukraine")
            asked = fogline("claims", "--ledger", ledger, "--format", "jsonl")
    finally:
        ledger.parent.chmod(0o755)
    assert (done.code, made.code, done.out) == (1, 1, "")
    assert "ledger.sqlite" in done.err
    assert "Hint:" in done.err
    assert "new.sqlite" in made.err
    assert asked.code == 0  # reading needs no right to write
    assert ledger.read_bytes() == before


# Texts that are hard to read, and are read


def test_encodings_are_read_right(build: Command, folder: Path, claims: Callable[[], list[dict[str, Any]]]) -> None:
    (folder / "utf-8.txt").write_bytes(MIXED.encode())
    legacy = MIXED.replace("’", "'")
    ways = {"cp1251": legacy, "utf-16": MIXED, "utf-16-le": MIXED, "utf-16-be": MIXED, "utf-8-sig": MIXED}
    for encoding, text in ways.items():
        (folder / f"{encoding}.txt").write_bytes(text.encode(encoding))
    done = build(folder)
    assert (done.code, done.failed) == (0, {})
    rows = claims()
    expected = sorted(said(row) for row in of_document(rows, "utf-8.txt"))
    assert len(expected) >= 2
    assert any("Dvorichna" in str(told) for told in expected)
    assert any("Vovchansk" in str(told) for told in expected)
    for encoding in ways:
        assert sorted(said(row) for row in of_document(rows, f"{encoding}.txt")) == expected, encoding


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_a_page_that_names_the_wrong_charset_is_read_right(
    build: Command, folder: Path, claims: Callable[[], list[dict[str, Any]]], encoding: str
) -> None:
    body = "".join(f"<p>{line}</p>" for line in MIXED.replace("’", "'").split("\n\n"))
    page = (
        f'<html><head><meta charset="utf-8"><title>Frontier</title></head><body><article>{body}</article></body></html>'
    )
    (folder / "page.html").write_bytes(page.encode(encoding))
    assert build(folder).code == 0
    quotes = " ".join(row["quote"] for row in of_document(claims(), "page.html"))
    assert "Dvorichna" in quotes
    assert "Vovchansk" in quotes


@pytest.mark.parametrize(
    "text",
    [
        '"We hold Borova," Colonel Petro Bondar said. "They lost the road.\n\nRussian troops captured Vovchansk.\n',
        "“We “hold “Borova, Colonel Petro Bondar said.\n\n”” Russian troops captured Vovchansk.\n",
        "«We hold Borova», Colonel Petro Bondar said. »\n\nRussian troops captured Vovchansk. " + "“" * 300 + "\n",
    ],
)
def test_unbalanced_quotation_marks_cost_nothing_after_them(
    build: Command, folder: Path, claims: Callable[[], list[dict[str, Any]]], text: str
) -> None:
    (folder / "quotes.txt").write_text(text, "utf-8")
    done = build(folder)
    assert (done.code, done.failed) == (0, {})
    rows = of_document(claims(), "quotes.txt")
    assert any("Vovchansk" in row["quote"] for row in rows)
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_no_date_anywhere_keeps_the_claims_with_an_unknown_date(
    build: Command, fogline: Command, folder: Path, ledger: Path, claims: Callable[[], list[dict[str, Any]]]
) -> None:
    (folder / "z-good.txt").unlink()
    (folder / "note.txt").write_text(
        "Russian troops captured the village of Dvorichna, Ukrainian officers said.\n", "utf-8"
    )
    assert build(folder).code == 0
    rows = claims()
    assert rows
    assert all(row["when"]["start"] is None and row["when"]["end"] is None for row in rows)
    assert all(row["document"]["published"] in (None, {"start": None, "end": None}) for row in rows)
    for form in ("html", "md"):
        brief = fogline("brief", "Dvorichna", "--ledger", ledger, "--format", form)
        assert brief.code == 0
        assert "Dvorichna" in brief.out
    assert fogline("control", "Dvorichna", "--ledger", ledger, "--on", "2024-05-14").code == 0


# The ledger


def written(folder: Path, numbers: range) -> None:
    """Reports that differ from each other."""
    places = ("Dvorichna", "Vovchansk", "Balakliia", "Izium", "Borova", "Lyman")
    for number in numbers:
        place = places[number % len(places)]
        text = (
            f"{number + 1} June 2024. Russian troops captured {place}, the General Staff of Ukraine said.\n\n"
            f"The defence ministry in Moscow said {number + 5} tanks were destroyed near {place}.\n"
        )
        (folder / f"report-{number:02}.txt").write_text(text * 4, "utf-8")


@pytest.fixture
def undisturbed(build: Command, folder: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the ledger of twelve reports says where nothing happens; the ledger itself then holds only the first four."""
    monkeypatch.setattr(reading, "SHARD", 2)
    written(folder, range(4))
    assert build(folder).code == 0
    part = shutil.copy(ledger, ledger.with_name("part.sqlite"))
    written(folder, range(4, 12))
    assert build(folder).code == 0
    whole = lines(ledger)
    shutil.move(part, ledger)
    return whole


def stored(ledger: Path) -> set[str]:
    """The ids of all that was read and heard, looked at past fogline."""
    with closing(sqlite3.connect(ledger)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[0] for table in ("claims", "documents") for row in plain.execute(f"SELECT id FROM {table}")}


@pytest.mark.parametrize("pages", [0, 12, 40])
def test_a_full_disk_stops_with_a_sentence_and_loses_nothing(
    undisturbed: list[str], build: Command, folder: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    before = stored(ledger)
    with closing(sqlite3.connect(ledger)) as plain:
        (used,) = plain.execute("PRAGMA page_count").fetchone()
    with monkeypatch.context() as full:
        full.setattr(sqlite_file, "_PRAGMAS", (*sqlite_file._PRAGMAS, f"PRAGMA max_page_count={used + pages}"))
        done = build(folder)
    assert done.code == 1
    assert "the disk is full" in done.err
    assert "what was stored before is safe" in done.err
    assert stored(ledger) >= before
    assert build(folder).code == 0
    assert lines(ledger) == undisturbed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    tools = shutil.which("mount"), shutil.which("umount")
    if not all(tools) or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; the same is shown with a limit on the ledger's pages")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here; the same is shown with a limit on the ledger's pages")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Take all but ``left`` bytes of the disk."""
    ballast = disk / "ballast"
    size = shutil.disk_usage(disk).free - left
    ballast.write_bytes(b"x" * size)
    return ballast


def test_a_disk_that_is_really_full(
    undisturbed: list[str], fogline: Command, folder: Path, ledger: Path, small_disk: Path
) -> None:
    for left in (0, 8_192, 65_536, 131_072):
        inside = Path(shutil.copy(ledger, small_disk / f"{left}.sqlite"))
        command = ("build", folder, "--ledger", inside, "--theatre", "ukraine", "--workers", "1")
        before = stored(inside)
        ballast = fill(small_disk, left)
        done = fogline(*command)
        ballast.unlink()
        assert (done.code, done.out) == (1, ""), (left, done)
        assert "the disk is full" in done.err, (left, done)
        assert stored(inside) >= before
        assert fogline(*command).code == 0
        assert lines(inside) == undisturbed
        for path in small_disk.iterdir():
            path.unlink()


def test_a_ledger_of_a_newer_version_is_refused_with_both_versions(
    build: Command, fogline: Command, folder: Path, ledger: Path
) -> None:
    assert build(folder).code == 0
    with closing(sqlite3.connect(ledger)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9001'")
        plain.execute("UPDATE about SET value = '77.1' WHERE name = 'fogline'")
        plain.commit()
    before = ledger.read_bytes()
    for done in (build(folder), fogline("claims", "--ledger", ledger), fogline("verify", ledger)):
        assert (done.code, done.out) == (1, "")
        assert "written by fogline 77.1" in done.err
        assert "Upgrade fogline" in done.err
    assert ledger.read_bytes() == before


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE claims (id)")
        plain.commit()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("Dear diary\n" * 50, "utf-8"),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000),
        other_database,
    ],
    ids=["text", "begins like one", "other program"],
)
def test_a_file_that_is_no_ledger_is_left_alone(
    build: Command, fogline: Command, folder: Path, ledger: Path, make: Callable[[Path], object]
) -> None:
    make(ledger)
    before = ledger.read_bytes()
    for done in (build(folder), fogline("claims", "--ledger", ledger), fogline("brief", "Izium", "--ledger", ledger)):
        assert (done.code, done.out) == (1, "")
        assert "ledger.sqlite is" in done.err
        assert "Hint:" in done.err
    assert ledger.read_bytes() == before
    assert {path.name for path in ledger.parent.iterdir()} <= {"ledger.sqlite", "ledger.sqlite.lock", "reports"}


def test_a_ledger_that_is_a_folder_or_in_none(fogline: Command, folder: Path, tmp_path: Path) -> None:
    for ledger in (folder, tmp_path / "nowhere" / "ledger.sqlite"):
        done = fogline("build", folder, "--ledger", ledger, "--theatre", "ukraine")
        assert (done.code, done.out) == (1, "")
        assert "Hint:" in done.err


@pytest.fixture
def writer(ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes to the ledger, until its input ends."""
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with held:
        assert held.stdout is not None
        assert held.stdout.readline() == "held\n"
        yield held
        held.kill()


def test_a_second_writer_waits_and_then_says_who_holds_it(
    build: Command, fogline: Command, folder: Path, ledger: Path, writer: subprocess.Popen[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("FOGLINE_WAIT_SECONDS", "0.5")
    began = time.monotonic()
    done = build(folder)
    assert time.monotonic() - began >= 0.5
    assert done.code == 1
    assert f"waiting for process {writer.pid} of " in done.err
    assert f"being written by process {writer.pid} of " in done.err
    assert "waited 0.5 s" in done.err
    assert "Wait until it is done" in done.err
    assert fogline("claims", "--ledger", ledger, "--format", "json").code == 0  # who reads does not wait


def test_a_second_writer_goes_on_when_the_first_is_done(
    build: Command, folder: Path, writer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = time.sleep

    def end_the_first(seconds: float) -> None:
        """Whoever waits has said for whom, and sleeps."""
        assert writer.stdin is not None
        writer.stdin.close()
        pause(seconds)

    monkeypatch.setattr(time, "sleep", end_the_first)
    done = build(folder)
    assert done.code == 0
    assert f"waiting for process {writer.pid} of " in done.err
    assert "Read 1 new" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_a_sentence(build: Command, folder: Path, ledger: Path) -> None:
    assert build(folder).code == 0
    command = ["claims", "--format", "jsonl", "--ledger", str(ledger)]
    code = f"from fogline.cli.main import main; main({command!r})"
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "Standard output cannot be written" in done.stderr
    assert "Free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


# The command itself


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "reports", "--nonsense"),
        ("build", "reports", "--workers", "many"),
        ("build", "reports", "--theatre", "atlantis"),
        ("build", "reports", "--settings", "nowhere.toml"),
        ("control", "Izium", "--on", "yesterday"),
        ("nonsense",),
    ],
)
def test_a_command_that_is_put_wrongly_is_exit_code_2(
    fogline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = fogline(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Error:" in done.err
    assert "Hint:" in done.err


def test_an_unknown_place_is_exit_code_2_with_near_names(
    build: Command, fogline: Command, folder: Path, ledger: Path
) -> None:
    build(folder)
    done = fogline("control", "Izuim", "--ledger", ledger)
    assert (done.code, done.out) == (2, "")
    assert "Nearest: Izium" in done.err
