"""Reviewing over HTTP: who may decide what, what it changes, and that texts stay texts."""

import hashlib
import json
from contextlib import nullcontext
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from tests.api.conftest import filled

from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Person, Role
from fogline.api.reviewing import Desk
from fogline.config import Settings
from fogline.model import Certainty

TOKENS = {name: f"a-long-random-token-of-{name}" for name in ("Reader", "Koval", "Petrenko", "Chief")}
ROLES = {"Reader": Role.READER, "Koval": Role.REVIEWER, "Petrenko": Role.REVIEWER, "Chief": Role.ADMIN}


@pytest.fixture
def guarded(ledger):
    tokens = {hashlib.sha256(token.encode()).hexdigest(): Person(name, ROLES[name]) for name, token in TOKENS.items()}
    app = make(ledger, Settings(), Access(tokens), Desk(lambda: nullcontext(ledger)))
    return TestClient(app, base_url="http://ledger.example")


def decide(client, name, decision, subject, preview=False, **more):
    address = "/v1/judgements/preview" if preview else "/v1/judgements"
    body = {"decision": decision, "subject": subject, "reason": "read the text", **more}
    return client.post(address, json=body, headers={"Authorization": f"Bearer {TOKENS[name]}"} if name else {})


def history(client):
    return client.get("/v1/judgements", headers={"Authorization": f"Bearer {TOKENS['Reader']}"}).json()["rows"]


def test_a_reader_may_not_decide_and_a_stranger_nothing(guarded, made):
    claim = made.claims[0].id
    assert decide(guarded, "Reader", "accept", claim).status_code == 403
    assert decide(guarded, "", "accept", claim).status_code == 401
    assert history(guarded) == []


def test_a_preview_keeps_nothing_and_a_judgement_bears_the_name_of_the_token(guarded, made):
    claim = made.claims[0].id
    assert decide(guarded, "Koval", "correct", claim, preview=True, field="side", value="third").status_code == 200
    assert history(guarded) == []
    kept = decide(guarded, "Koval", "correct", claim, field="side", value="third", by="Somebody Else")
    assert kept.status_code == 201
    assert kept.json()["judgement"]["by"] == "Koval"
    row = guarded.get(f"/v1/claims/{claim}", headers={"Authorization": f"Bearer {TOKENS['Reader']}"}).json()
    assert [(one["field"], one["now"], one["by"]) for one in row["corrections"]] == [("side", "third", "Koval")]


def test_a_reviewer_undoes_his_own_and_an_admin_anybodys(guarded, made):
    one = decide(guarded, "Koval", "reject", made.claims[0].id).json()["judgement"]["id"]
    assert decide(guarded, "Petrenko", "undo", one).status_code == 403
    assert decide(guarded, "Chief", "undo", one).status_code == 201
    assert [row["holds"] for row in history(guarded)] == [False, None]
    other = decide(guarded, "Koval", "reject", made.claims[0].id).json()["judgement"]["id"]
    assert decide(guarded, "Koval", "undo", other).status_code == 201


def test_the_queue_loses_what_was_decided(ledger, made):
    hedged = [replace(claim, certainty=Certainty.POSSIBLE) for claim in made.claims]
    ledger = filled(replace(made, claims=tuple(hedged)))
    client = TestClient(make(ledger, Settings(), None, Desk(lambda: nullcontext(ledger))), base_url="http://localhost")
    before = [row["claim"]["id"] for row in client.get("/v1/review").json()["rows"]]
    assert before
    assert decide(client, "", "accept", before[0], by="Koval").status_code == 201
    assert {row["claim"]["id"] for row in client.get("/v1/review").json()["rows"]} == set(before[1:])


def test_without_a_desk_and_from_another_site_nothing_is_decided(ledger, made):
    body = {"decision": "accept", "subject": made.claims[0].id, "reason": "x", "by": "Koval"}
    closed = TestClient(make(ledger, Settings()), base_url="http://localhost")
    assert closed.post("/v1/judgements", json=body).status_code == 403
    client = TestClient(make(ledger, Settings(), None, Desk(lambda: nullcontext(ledger))), base_url="http://localhost")
    assert client.post("/v1/judgements", json=body, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for sort in ({"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}, {}):
        assert client.post("/v1/judgements", content=json.dumps(body), headers=sort).status_code in (403, 422)
    assert ledger.judgements() == ()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202ereversed\u202c", "x\x00y"])
def test_hostile_words_come_back_as_they_were_as_json(guarded, made, text):
    kept = decide(guarded, "Koval", "accept", made.claims[0].id, reason=text)
    assert kept.status_code == 201
    assert kept.headers["content-type"] == "application/json"
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert history(guarded)[0]["reason"] == text.strip()


@pytest.mark.parametrize("more", [{"reason": "x" * 1_000_000}, {"reason": ""}, {"value": "x"}, {"field": "y" * 99}])
def test_what_is_no_judgement_is_refused(guarded, made, more):
    assert decide(guarded, "Koval", "accept", made.claims[0].id, **more).status_code in (400, 413, 422)
    assert history(guarded) == []
