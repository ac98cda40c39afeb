"""Sessions by cookie: begun by a token, ended by time or by hand, and of no use to a page of another site."""

import hashlib
from contextlib import nullcontext

import pytest
from fastapi.testclient import TestClient

from fogline.api import sessions
from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.guarding import LARGEST
from fogline.api.people import Person, Role
from fogline.api.reviewing import Desk
from fogline.api.sessions import COOKIE, IDLE, LONGEST, Sessions
from fogline.config import Settings

KOVAL = Person("Koval", Role.REVIEWER)
TOKEN = "a-long-random-token-of-koval"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(ledger, clock) -> TestClient:
    access = Access({hashlib.sha256(TOKEN.encode()).hexdigest(): KOVAL}, sessions=Sessions(clock))
    return TestClient(
        make(ledger, Settings(), access, Desk(lambda: nullcontext(ledger))), base_url="https://ledger.example"
    )


def judged(browser: TestClient, made, **headers: str):
    body = {"decision": "accept", "subject": made.claims[0].id, "reason": "read it"}
    return browser.post(
        "/v1/judgements", json=body, headers={name.replace("_", "-"): word for name, word in headers.items()}
    )


def test_a_token_given_once_begins_a_session_that_a_script_cannot_read(browser, made) -> None:
    assert browser.post("/v1/session").status_code == 401
    begun = browser.post("/v1/session", headers=BEARER)
    assert begun.status_code == 201
    cookie = begun.headers["set-cookie"]
    for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/", f"Max-Age={LONGEST}"):
        assert word in cookie
    assert TOKEN not in cookie
    assert browser.get("/v1/claims").status_code == 200
    assert browser.get("/v1/me").json()["name"] == "Koval"
    assert judged(browser, made, x_csrf_token=begun.json()["check"]).json()["judgement"]["by"] == "Koval"


def test_a_page_of_another_site_changes_nothing_with_the_cookie(browser, made, ledger) -> None:
    check = browser.post("/v1/session", headers=BEARER).json()["check"]
    for headers in (
        {},
        {"x_csrf_token": "wrong"},
        {"x_csrf_token": check[:-1] + "é"},
        {"x_csrf_token": check, "sec_fetch_site": "cross-site"},
        {"x_csrf_token": check, "sec_fetch_site": "same-site"},
        {"x_csrf_token": check, "origin": "https://evil.example"},
        {"x_csrf_token": check, "origin": "null"},
        {"x_csrf_token": check, "content_type": "text/plain"},
    ):
        given = {name: word.encode() for name, word in headers.items()}
        assert judged(browser, made, **given).status_code in (403, 422)
    assert browser.delete("/v1/session").status_code == 403
    assert ledger.judgements() == ()
    assert judged(browser, made, x_csrf_token=check, origin="https://ledger.example").status_code == 201


def test_a_session_ends_by_hand_when_unused_and_in_the_end(browser, clock) -> None:
    def begun() -> str:
        return browser.post("/v1/session", headers=BEARER).json()["check"]

    gone = browser.delete("/v1/session", headers={"X-CSRF-Token": begun()})
    assert "Max-Age=0" in gone.headers["set-cookie"]
    assert browser.get("/v1/claims").status_code == 401
    begun()
    clock.now += IDLE + 1
    assert browser.get("/v1/claims").status_code == 401
    begun()
    for _ in range(LONGEST // IDLE * 2):
        clock.now += IDLE / 2
        assert browser.get("/v1/claims").status_code == 200
    clock.now += IDLE / 2
    assert browser.get("/v1/claims").status_code == 401


def test_signing_in_again_ends_the_session_before(browser) -> None:
    browser.post("/v1/session", headers=BEARER)
    before = browser.cookies[COOKIE]
    browser.post("/v1/session", headers=BEARER)
    assert browser.cookies[COOKIE] != before
    browser.cookies.clear()
    assert browser.get("/v1/claims", headers={"Cookie": f"{COOKIE}={before}"}).status_code == 401


def test_an_old_cookie_is_not_another_ones_and_the_server_keeps_only_so_many(clock, monkeypatch) -> None:
    monkeypatch.setattr(sessions, "MOST", 3)
    kept = Sessions(clock)
    secrets = []
    for number in range(5):
        clock.now += 1
        secrets.append(kept.begin(Person(str(number), Role.READER))[0])
    assert [bool(kept.find(secret)) for secret in secrets] == [False, False, True, True, True]
    assert kept.find("") is None
    assert kept.find("\ud800") is None


def test_who_one_is_is_never_kept_by_the_browser(browser) -> None:
    nobody = browser.get("/v1/me")
    assert (nobody.json()["name"], nobody.headers["cache-control"]) == (None, "no-store")
    assert "etag" not in nobody.headers
    browser.post("/v1/session", headers=BEARER)
    assert browser.get("/v1/me", headers={"If-None-Match": "*"}).json()["role"] == "reviewer"


def test_a_wrong_token_is_not_helped_by_a_cookie(browser) -> None:
    browser.post("/v1/session", headers=BEARER)
    assert browser.get("/v1/claims", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_headers_keep_answers_from_other_sites_and_the_connection_encrypted(browser) -> None:
    for address in ("/v1/me", "/v1/claims", "/"):
        headers = browser.get(address).headers
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_a_body_that_is_too_large_or_of_unknown_length_is_not_read(browser) -> None:
    large = browser.post("/v1/judgements", content=b"x" * (LARGEST + 1), headers=BEARER)
    assert (large.status_code, large.headers["content-type"]) == (413, "application/problem+json")
    chunked = browser.post("/v1/judgements", content=iter([b"{", b"}"]), headers=BEARER)
    assert chunked.status_code == 413
    for length in ("", "x", "-1", "²", "1" * 40):
        sent = browser.post("/v1/judgements", content=b"{}", headers={**BEARER, "Content-Length": length.encode()})
        assert sent.status_code == 413
