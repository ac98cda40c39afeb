"""The command line on the web of these tests: fetch, verify, diff."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from tests.web.conftest import resolve
from tests.web.server import Web, page

from fogline.cli.main import run

TEXT = "The bridge over the Tykha was hit at dawn, the mayor said on Friday, and two villages lost power after that for a day."


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOGLINE_ALLOW_LOOPBACK", "true")
    monkeypatch.setattr("fogline.sources.web.addresses.socket.getaddrinfo", found)
    monkeypatch.setattr("fogline.sources.web.politeness.PAUSE", 0.0)


def found(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in resolve(host, port)]


def test_pages_are_fetched_verified_and_compared(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = tmp_path / "evidence"
    url = web.put("/story", page(TEXT))
    assert run(["fetch", url, "--evidence", str(evidence)]) == 0
    web.put("/story", page(TEXT.replace("two villages", "three villages")))
    assert run(["fetch", url, "--evidence", str(evidence)]) == 0
    assert "Fetched 1" in capsys.readouterr().err
    assert run(["verify", str(evidence)]) == 0
    assert "all 4 kept responses" in capsys.readouterr().err
    assert run(["diff", url, "--evidence", str(evidence)]) == 0
    assert "[-two-] {+three+} villages" in capsys.readouterr().out


def test_what_fails_is_listed_and_the_exit_code_says_so(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["fetch", web.put("/a", page(TEXT)), web.url("/gone"), "http://10.0.0.1/", "--evidence", str(tmp_path)])
    told = " ".join(capsys.readouterr().err.split())
    assert code == 3
    assert "404" in told
    assert "inside a network" in told
    assert "Fetched 1" in told


def test_a_folder_that_is_no_evidence_and_an_address_never_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(tmp_path)]) == 1
    assert run(["diff", "https://vc.example/1", "--evidence", str(tmp_path)]) == 2
    assert "manifest.log" in capsys.readouterr().err


def test_evidence_that_was_changed_does_not_verify(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["fetch", web.put("/a", page(TEXT)), "--evidence", str(tmp_path)])
    (file,) = tmp_path.glob("*.warc.gz")
    raw = file.read_bytes()
    file.write_bytes(raw[:300] + b"x" + raw[301:])
    assert run(["verify", str(tmp_path)]) == 1
    assert "changed or lost" in capsys.readouterr().out
