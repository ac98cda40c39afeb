"""Anything at all is sent to the addresses that people decide and sign in at: no answer breaks, and texts stay texts."""

import hashlib
import json
from contextlib import nullcontext

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Person, Role
from fogline.api.reviewing import Desk
from fogline.config import Settings

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)
TOKEN = "a-long-random-token-of-somebody"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def served(ledger, role: Role):
    access = Access({hashlib.sha256(TOKEN.encode()).hexdigest(): Person("Somebody", role)})
    return make(ledger, Settings(), access, Desk(lambda: nullcontext(ledger)))


@pytest.mark.parametrize("role", Role)
def test_whatever_somebody_of_a_role_sends_is_answered_as_described(ledger, made, role: Role) -> None:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", served(ledger, role), headers=BEARER)
    asked = 0
    for found in schema.include(path_regex="/v1/(judgements|session|me|review)").get_all_operations():
        operation = found.ok()
        asked += 1

        @settings(
            max_examples=15, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            if isinstance(case.body, dict) and "subject" in case.body and len(case.body["subject"]) % 2:
                case.body["subject"] = made.claims[0].id  # so that the rest is looked at, too
            case.call_and_validate(checks=list(CHECKS), headers=BEARER)

        holds()
    assert asked == 7


BODIES = {
    "not json": b"{",
    "half a character": b'{"decision": "accept", "subject": "x", "reason": "\\ud800"}',
    "bytes that are no text": b'{"decision": "accept", "subject": "\xff", "reason": "x"}',
    "very deep": b"[" * 100_000 + b"]" * 100_000,
    "a long number": b'{"decision": ' + b"9" * 100_000 + b"}",
    "not a number": b'{"decision": NaN}',
    "another field": b'{"decision": "accept", "subject": "x", "reason": "x", "person": "Chief"}',
    "many others": json.dumps({"decision": "split", "subject": "x", "reason": "x", "others": ["y"] * 501}).encode(),
    "others that are none": b'{"decision": "merge", "subject": "x", "reason": "x", "others": {"a": 1}}',
    "no decision of ours": b'{"decision": "delete", "subject": "x", "reason": "x"}',
    "twice": b'{"decision": "accept", "decision": "reject", "subject": "x", "reason": "x"}',
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("address", ["/v1/judgements", "/v1/judgements/preview"])
def test_a_body_that_is_no_judgement_is_a_problem_and_changes_nothing(ledger, name: str, address: str) -> None:
    client = TestClient(served(ledger, Role.ADMIN), base_url="http://localhost")
    answer = client.post(address, content=BODIES[name], headers={**BEARER, "Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 10_000
    assert ledger.judgements() == ()


@pytest.mark.parametrize(
    "text", ["\x00", "\u202e", "\x1b[2J", "</script><script>alert(1)</script>", "=HYPERLINK(1)", "A" * 2000]
)
def test_a_hostile_reason_on_a_claim_stays_what_it_is_in_every_answer(ledger, made, text: str) -> None:
    client = TestClient(served(ledger, Role.ADMIN), base_url="http://localhost", headers=BEARER)
    claim = made.claims[0].id
    body = {
        "decision": "correct",
        "subject": claim,
        "field": "speaker",
        "value": f"a{text[:100]}b",
        "reason": f"a{text[:1998]}b",
    }
    assert client.post("/v1/judgements", json=body).status_code == 201
    (noted,) = client.get(f"/v1/claims/{claim}").json()["corrections"]
    assert noted["reason"] == body["reason"]
    assert client.get("/v1/judgements").json()["rows"][0]["reason"] == body["reason"]
    assert client.get(f"/v1/claims/{claim}").headers["content-type"] == "application/json"


@pytest.mark.parametrize("host", ["[::1", "", "a b", "localhost:x", "localhost.evil.example", "x" * 5000])
def test_no_name_that_a_browser_may_send_passes_for_this_machine(ledger, host: str) -> None:
    client = TestClient(make(ledger, Settings()), base_url="http://localhost", raise_server_exceptions=False)
    malformed = host in ("[::1", "", "a b", "localhost:x")  # no browser sends these: answered as if nothing was said
    for address in ("/v1/claims", "/v1/me"):
        assert client.get(address, headers={"Host": host}).status_code == (200 if malformed else 400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer"}, {"Authorization": "Bearer " + "x" * 5000}, {"Authorization": b"Bearer \xff\xfe"},
        {"Cookie": "__Host-fogline="}, {"Cookie": b"__Host-fogline=\xff"}, {"Cookie": "__Host-fogline=" + "x" * 5000},
        {"Cookie": "__Host-fogline=a; __Host-fogline=b"}, {"X-CSRF-Token": "x"}, {"Origin": "http://[::1"},
    ],
)  # fmt: skip
def test_headers_that_nobody_would_send_let_nobody_in(ledger, headers: dict[str, str | bytes]) -> None:
    client = TestClient(served(ledger, Role.ADMIN), base_url="http://localhost")
    assert client.get("/v1/claims", headers=headers).status_code == 401
    assert client.post("/v1/judgements", headers=headers).status_code in (401, 403)
    assert client.get("/v1/me", headers=headers).json()["name"] is None
