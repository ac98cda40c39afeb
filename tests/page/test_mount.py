"""The page's files beside the API: what guards them, and what is shown where they were not built."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from fogline.api import page
from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Person, Role
from fogline.config import Settings
from fogline.store.memory import MemoryLedger


def test_a_page_that_was_not_built_says_so(tmp_path: Path) -> None:
    app = FastAPI()
    page.mount(app, tmp_path)
    shown = TestClient(app).get("/")
    assert shown.status_code == 200
    assert "make web" in shown.text


def test_a_built_page_is_served(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")
    app = FastAPI()
    page.mount(app, tmp_path)
    assert "<title>x" in TestClient(app).get("/").text
    assert TestClient(app).get("/../pyproject.toml").status_code == 404


def test_the_files_of_the_page_are_sent_compressed_to_those_who_take_that(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")
    (tmp_path / "map.js").write_text("export const map = 1;\n" * 500)
    app = FastAPI()
    page.mount(app, tmp_path)
    small = TestClient(app).get("/map.js", headers={"Accept-Encoding": "gzip"})
    plain = TestClient(app).get("/map.js", headers={"Accept-Encoding": "identity"})
    assert small.text == plain.text
    assert int(small.headers["content-length"]) < len(plain.content) / 10
    assert (small.headers["content-encoding"], small.headers["vary"]) == ("gzip", "Accept-Encoding")


@pytest.mark.parametrize("tokens", [{}, {"0" * 64: Person("Ann", Role.READER)}])
def test_the_page_is_shown_to_anyone_and_runs_nothing_inline(tokens: dict[str, Person]) -> None:
    client = TestClient(make(MemoryLedger(), Settings(), Access(tokens)), base_url="http://localhost")
    shown = client.get("/")
    assert shown.status_code == 200
    policy = shown.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert client.get("/v1/runs").status_code == (401 if tokens else 200)


def test_another_host_is_refused_the_page_without_tokens() -> None:
    client = TestClient(make(MemoryLedger(), Settings()), base_url="http://elsewhere.example")
    assert client.get("/").status_code == 400
