from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from fogline.model import Article, Failure, Given
from fogline.sources.reading import read

LIMIT = 1_000_000


def split(*paths: Path, limit: int = LIMIT) -> tuple[list[Article], list[Failure]]:
    found = list(read(paths, limit))
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, Failure)]


def write(path: Path, text: str = "The bridge was shelled at dawn.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_folder_is_read_in_order_of_name_with_all_below_it(tmp_path: Path) -> None:
    for name in ("c.md", "a.txt", "b/d.html", "b/A.HTM"):
        write(tmp_path / name)
    articles, failures = split(tmp_path)
    assert [a.name for a in articles] == ["a.txt", "A.HTM", "d.html", "c.md"]
    assert [a.media_type for a in articles] == ["text/plain", "text/html", "text/html", "text/markdown"]
    assert not failures


def test_bytes_are_kept_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r")
    assert split(tmp_path)[0][0].raw == b"\xef\xbb\xbfone\r\ntwo\r"


def test_hidden_and_other_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", ".secret.txt", ".git/b.txt", "picture.png", "notes"):
        write(tmp_path / name)
    articles, failures = split(tmp_path)
    assert [a.name for a in articles] == ["a.txt"]
    assert not failures


def test_another_kind_of_file_that_is_named_is_a_failure_that_says_what_is_read(tmp_path: Path) -> None:
    (failure,) = split(write(tmp_path / "report.docx"))[1]
    assert "report.docx" in failure.problem
    assert ".txt" in failure.remedy
    assert ".jsonl" in failure.remedy


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt", "a.txt"])
def test_a_path_that_is_not_there_is_a_failure_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    here = write(tmp_path / "here.txt")
    articles, failures = split(tmp_path / name, here)
    assert [a.name for a in articles] == ["here.txt"]
    assert "not there" in failures[0].problem
    assert failures[0].remedy


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    assert "nothing is in this folder" in split(tmp_path)[1][0].problem


def test_an_empty_file_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "")
    write(tmp_path / "b.txt")
    articles, failures = split(tmp_path)
    assert [a.name for a in articles] == ["b.txt"]
    assert (failures[0].name, "empty" in failures[0].problem) == ("a.txt", True)


def test_a_file_of_200_megabytes_is_refused_by_its_size_with_the_limit_named(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room on the disk
    write(tmp_path / "small.txt")
    articles, failures = split(tmp_path, limit=20_000_000)
    assert [a.name for a in articles] == ["small.txt"]
    assert "200,000,000" in failures[0].problem
    assert "20,000,000" in failures[0].problem
    assert "max_bytes" in failures[0].remedy


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "x" * 100)
    assert len(split(tmp_path, limit=100)[0]) == 1
    assert len(split(tmp_path, limit=99)[1]) == 1


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name)
    reading = read([tmp_path], LIMIT)
    first = next(reading)
    (tmp_path / "b.txt").unlink()
    rest = list(reading)
    assert first.name == "a.txt"
    assert [type(one) for one in rest] == [Failure, Article]
    assert "vanished" in rest[0].problem  # type: ignore[union-attr]


@pytest.mark.parametrize("change", [b"", b"longer than it was at first"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes) -> None:
    path = write(tmp_path / "a.txt", "a first text")
    real = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        before = real(descriptor)
        path.write_bytes(change)
        return before

    monkeypatch.setattr("fogline.sources.opening.os.fstat", fstat)
    assert "changed while it was read" in split(path)[1][0].problem


def test_a_disk_that_fails_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt")

    def broken(descriptor: int, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("fogline.sources.opening.os.read", broken)
    assert "Input/output error" in split(path)[1][0].problem


@pytest.fixture
def unprivileged(tmp_path: Path) -> Path:
    """A folder anyone may enter; root becomes nobody for the test, because nothing is forbidden to root."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder not in (Path("/"), Path("/tmp")):
            folder.chmod(0o755)
    return tmp_path


def test_a_file_without_permission(unprivileged: Path) -> None:
    shut, open_ = write(unprivileged / "a.txt"), write(unprivileged / "b.txt")
    shut.chmod(0)
    open_.chmod(0o644)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        articles, failures = split(unprivileged)
    finally:
        os.seteuid(user)
    assert [a.name for a in articles] == ["b.txt"]
    assert "no permission" in failures[0].problem


def test_a_folder_without_permission(unprivileged: Path) -> None:
    write(unprivileged / "shut/a.txt")
    write(unprivileged / "z.txt").chmod(0o644)
    (unprivileged / "shut").chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        articles, failures = split(unprivileged)
        named = split(unprivileged / "shut" / "a.txt")
    finally:
        os.seteuid(user)
        (unprivileged / "shut").chmod(0o755)
    assert [a.name for a in articles] == ["z.txt"]
    assert "no permission" in failures[0].problem
    assert "no permission" in named[1][0].problem


def test_a_link_that_leads_back_comes_to_an_end(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt")
    (tmp_path / "in/back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in/self.txt").symlink_to("self.txt")
    articles, failures = split(tmp_path)
    assert [a.name for a in articles] == ["a.txt"]
    assert [f.name for f in failures] == ["self.txt"]


def test_a_link_to_nothing_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    assert split(tmp_path)[1][0].name == "gone.txt"


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    result: list[Failure] = []
    reader = threading.Thread(target=lambda: result.extend(split(tmp_path)[1]), daemon=True)
    reader.start()
    reader.join(10)
    assert not reader.is_alive(), "it waits for somebody to write"
    assert "pipe, socket or device" in result[0].problem


def test_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    assert "pipe, socket or device" in split(tmp_path)[1][0].problem


def test_a_path_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(path)
    assert [a.name for a in split(path, tmp_path, path, tmp_path)[0]] == ["a.txt"]


def test_a_name_that_is_not_utf_8_can_be_printed(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"text")
    except OSError:
        pytest.skip("this file system has no such names")
    assert [a.name for a in split(tmp_path)[0]] == ["caf\ufffd.txt"]


def test_nothing_is_given_about_a_bare_file(tmp_path: Path) -> None:
    assert split(write(tmp_path / "a.txt"))[0][0].given == Given()
