"""Signing in at an OpenID provider: who comes back with which role, what is refused, and what a browser is left with."""

import re
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from tests.api.provider import CLIENT, ISSUER, SECRET, Login

from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Role
from fogline.api.reviewing import Desk
from fogline.api.sessions import COOKIE
from fogline.api.single_sign_on import Provider, SingleSignOn, read, role_of
from fogline.config import Settings
from fogline.errors import UsageError

HERE = "https://ledger.example"
KOVAL = {"email": "koval@news.example", "email_verified": True, "groups": ["staff", "desk"]}
ROLES = {"staff": Role.READER, "desk": Role.REVIEWER, "chiefs": Role.ADMIN}


class Desktop:
    """A browser between the ledger and the provider."""

    def __init__(self, ledger, login: Login, **more) -> None:
        provider = Provider(
            issuer=ISSUER, client_id=CLIENT, client_secret=SECRET, public_url=f"{HERE}/", roles=ROLES, **more
        )
        self.there = TestClient(login.app(), base_url=ISSUER, follow_redirects=False)
        access = Access(sign_on=SingleSignOn(provider, httpx2.ASGITransport(app=login.app())))
        app = make(ledger, Settings(), access, Desk(lambda: nullcontext(ledger)))
        self.here = TestClient(app, base_url=HERE, follow_redirects=False)

    def sign_in(self):
        left = self.here.get("/v1/sign-in")
        assert left.status_code == 302
        assert left.headers["location"].startswith(f"{ISSUER}/authorize?")
        back = self.there.get(left.headers["location"]).headers["location"]
        assert back.startswith(f"{HERE}/v1/sign-in/done?")
        return self.here.get(back)


def test_who_signs_in_gets_the_role_of_his_groups_and_judges_in_his_name(ledger, made) -> None:
    browser = Desktop(ledger, Login(claims=KOVAL))
    assert browser.here.get("/v1/claims").status_code == 401
    assert browser.here.get("/v1/me").json() == {
        "name": None, "role": None, "decides": False, "guarded": True, "tokens": False, "signs_in": "single sign-on", "check": None,
    }  # fmt: skip
    arrived = browser.sign_in()
    assert (arrived.status_code, arrived.headers["location"]) == (303, f"{HERE}/")
    cookie = next(one for one in arrived.headers.get_list("set-cookie") if one.startswith(COOKIE))
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    me = browser.here.get("/v1/me").json()
    assert (me["name"], me["role"], me["decides"]) == ("koval@news.example", "reviewer", True)
    body = {"decision": "accept", "subject": made.claims[0].id, "reason": "read it", "by": "Somebody Else"}
    assert browser.here.post("/v1/judgements", json=body).status_code == 403
    kept = browser.here.post("/v1/judgements", json=body, headers={"X-CSRF-Token": me["check"]})
    assert (kept.status_code, kept.json()["judgement"]["by"]) == (201, "koval@news.example")
    assert browser.here.request("DELETE", "/v1/session", headers={"X-CSRF-Token": me["check"]}).status_code == 200
    assert browser.here.get("/v1/claims").status_code == 401


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"groups": ["guests"]}, "has no role here"),
        ({"groups": None}, "has no role here"),
        ({"groups": {"desk": True}}, "has no role here"),
        ({"email": None}, "tells no email"),
        ({"email": ["a", "b"]}, "tells no email"),
        ({"email": "x" * 300}, "tells no email"),
        ({"email_verified": False}, "has not verified"),
    ],
)
def test_who_has_no_name_or_role_is_not_let_in(ledger, claims: dict[str, object], why: str) -> None:
    browser = Desktop(ledger, Login(claims=KOVAL | claims))
    told = browser.sign_in()
    assert (told.status_code, told.headers["content-type"]) == (403, "text/plain; charset=utf-8")
    assert why in told.text
    assert COOKIE not in browser.here.cookies
    assert browser.here.get("/v1/claims").status_code == 401


@pytest.mark.parametrize(
    ("lies", "signed_by"),
    [
        ({"aud": "another-client"}, "own"),
        ({"aud": None}, "own"),
        ({"iss": "https://evil.example"}, "own"),
        ({"nonce": "replayed"}, "own"),
        ({"nonce": None}, "own"),
        ({"exp": 1_000_000_000, "iat": 999_999_000}, "own"),
        ({}, "another"),
        ({}, "nobody"),
        ({}, "public key as secret"),
    ],
)
def test_a_token_that_is_not_for_here_and_now_lets_nobody_in(ledger, lies: dict[str, object], signed_by: str) -> None:
    browser = Desktop(ledger, Login(claims=KOVAL, lies=lies, signed_by=signed_by))
    told = browser.sign_in()
    assert told.status_code == 403
    assert "did not succeed" in told.text
    assert COOKIE not in browser.here.cookies


def test_who_did_not_leave_here_does_not_arrive_here(ledger) -> None:
    """An attacker's code in a victim's browser signs nobody in: the state is not of that browser."""
    login = Login(claims=KOVAL)
    attacker, victim = Desktop(ledger, login), Desktop(ledger, login)
    left = attacker.here.get("/v1/sign-in").headers["location"]
    back = attacker.there.get(left).headers["location"]
    for address in (back, "/v1/sign-in/done", "/v1/sign-in/done?code=x&state=y", "/v1/sign-in/done?error=<script>"):
        told = victim.here.get(address)
        assert told.status_code == 403
        assert "<script>" not in told.text
        assert COOKIE not in victim.here.cookies


def test_a_code_counts_once(ledger) -> None:
    browser = Desktop(ledger, Login(claims=KOVAL))
    back = browser.there.get(browser.here.get("/v1/sign-in").headers["location"]).headers["location"]
    assert browser.here.get(back).status_code == 303
    assert browser.here.get(back).status_code == 403


def test_a_provider_that_is_another_or_silent_is_said_to_be_so(ledger) -> None:
    browser = Desktop(ledger, Login(described_as="https://evil.example"))
    answer = browser.here.get("/v1/sign-in")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "application/problem+json")
    assert "does not answer as it should" in answer.json()["detail"]
    assert TestClient(make(ledger, Settings()), base_url="http://localhost").get("/v1/sign-in").status_code == 404


def test_roles_are_found_inside_claims_and_the_highest_holds() -> None:
    some = Provider(issuer="", client_id="", public_url="", role_claim="realm_access.roles", roles=ROLES)
    assert role_of({"realm_access": {"roles": ["staff", "chiefs", 7]}}, some) is Role.ADMIN
    assert role_of({"realm_access.roles": "desk"}, some) is Role.REVIEWER
    assert role_of({"realm_access": ["chiefs"]}, some) is None


FILE = """
issuer = "https://login.example"
client_id = "fogline"
client_secret_file = "secret"
public_url = "https://ledger.example"
[roles]
reviewer = ["desk"]
"""


def test_a_file_names_the_provider_and_keeps_its_secret_apart(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "oidc.toml").write_text(FILE)
    found = read(tmp_path / "oidc.toml")
    assert (found.client_secret, found.public_url, found.roles) == ("s3cret", f"{HERE}/", {"desk": Role.REVIEWER})
    assert "s3cret" not in repr(found)
    assert urlsplit(found.issuer).scheme == "https"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("https://login", "http://login", "not encrypted"),
        ("https://ledger.example", "http://ledger.example", "not encrypted"),
        ("https://ledger.example", "https://ledger.example/fogline", "not the root"),
        ('client_id = "fogline"', "", "client_id"),
        ('client_id = "fogline"', "client_id = 7", "client_id"),
        ('"secret"', '"nowhere"', "client_secret_file"),
        ("reviewer =", "boss =", "roles"),
        ('["desk"]', '"desk"', "list of texts"),
        ("[roles]", "[groups]", "there is no 'groups'"),
        ("issuer", "[", "cannot be read"),
    ],
)
def test_a_file_that_does_not_say_all_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "oidc.toml").write_text(FILE.replace(old, new, 1))
    with pytest.raises(UsageError, match=re.escape(why)):
        read(tmp_path / "oidc.toml")
