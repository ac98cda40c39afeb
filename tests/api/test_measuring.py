"""What the server counts and logs of its answers, and who is told."""

import hashlib
import json

import pytest
from fastapi.testclient import TestClient
from tests.operating.told import value

from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Person, Role
from fogline.config import Settings
from fogline.operating import logs
from fogline.operating.metrics import ServerMetrics

TOKEN = "a-long-random-token-of-prometheus"


@pytest.fixture
def watched(ledger) -> TestClient:
    counted = ServerMetrics(lambda: {"claims": len(ledger.claims()), "documents": len(ledger.documents())})
    tokens = {hashlib.sha256(TOKEN.encode()).hexdigest(): Person("Prometheus", Role.READER)}
    app = make(ledger, Settings(), Access(tokens), metrics=counted)
    return TestClient(app, base_url="http://ledger.example", headers={"Authorization": f"Bearer {TOKEN}"})


def test_a_server_counts_its_answers_by_the_address_as_declared(watched, ledger) -> None:
    claim = ledger.claims()[0].id
    assert watched.get(f"/v1/claims/{claim}").status_code == 200
    assert watched.get("/v1/claims/claim-none").status_code == 404
    assert watched.get("/v1/nowhere-at-all").status_code == 404
    answer = watched.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "etag" not in answer.headers
    text = answer.text
    found = [
        value(text, "fogline_requests_total", method="GET", route="/v1/claims/{claim_id}", status=s)
        for s in ("200", "404")
    ]
    assert found == [1, 1]
    assert value(text, "fogline_request_seconds_count", route="/v1/claims/{claim_id}") == 2
    assert value(text, "fogline_ledger", what="claims") == len(ledger.claims())
    assert claim not in text
    assert "nowhere" not in text
    assert "process_resident_memory_bytes" in text
    again = watched.get("/metrics", headers={"If-None-Match": "*"})
    assert value(again.text, "fogline_requests_total", method="GET", route="/metrics", status="200") == 1


def test_who_may_not_read_may_not_ask_for_metrics_and_is_counted(watched) -> None:
    assert watched.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    text = watched.get("/metrics").text
    assert value(text, "fogline_requests_total", method="GET", route="other", status="401") == 1


def test_nobody_is_told_metrics_where_they_were_not_asked_for(ledger) -> None:
    client = TestClient(make(ledger, Settings()), base_url="http://localhost")
    assert client.get("/metrics").status_code == 404
    assert "/metrics" not in client.get("/v1/openapi.json").json()["paths"]


def test_an_answer_is_logged_without_what_was_asked_for(watched, ledger, tmp_path) -> None:
    logs.configure(str(tmp_path / "log"))
    try:
        watched.get("/v1/search", params={"q": "very-private"})
    finally:
        logs.close()
    text = (tmp_path / "log").read_text("utf-8")
    (line,) = (json.loads(each) for each in text.splitlines() if '"request"' in each)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/search", 200)
    assert line["ms"] >= 0
    assert "private" not in text
    assert TOKEN not in text
