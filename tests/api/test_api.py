"""The API: its answers, pages, tags and problems; its description; and what it answers to anything at all."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

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
from tests.api.kept import KEPT, described
from tests.publish.world import World

from fogline import flow
from fogline.api.access import Access
from fogline.api.app import make
from fogline.api.people import Person, Role
from fogline.config import Settings
from fogline.gazetteer.entry import Entry, Feature
from fogline.model import Judgement, Reason
from fogline.publish import rows
from fogline.store.memory import MemoryLedger

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)
HERE = {"Host": "localhost"}
NOON = datetime(2025, 4, 2, 12, tzinfo=UTC)


def test_the_kept_description_is_what_the_api_says_of_itself() -> None:
    assert KEPT.read_text("utf-8") == described(), "run python -m tests.api.kept, and look at what changed"


def test_claims_come_in_the_published_shape_page_by_page(client: TestClient, made: World) -> None:
    seen, after = [], ""
    while after is not None:
        page = client.get("/v1/claims", params={"limit": 2, "after": after}).json()
        seen += page["rows"]
        after = page["next"]
    documents = {row["document"]["id"] for row in seen}
    assert {row["id"] for row in seen} == {claim.id for claim in made.claims}
    assert len(seen) == len(made.claims)
    assert documents <= {row["id"] for row in client.get("/v1/documents").json()["rows"]}
    one = client.get(f"/v1/claims/{seen[0]['id']}").json()
    assert one == seen[0]
    assert list(one) == list(rows.schema("claim")["properties"])


@pytest.mark.parametrize("address", ["disputes", "matters", "sources"])
def test_conclusions_come_page_by_page(client: TestClient, address: str) -> None:
    every = client.get(f"/v1/{address}").json()
    assert every["rows"]
    assert every["next"] is None
    first = client.get(f"/v1/{address}", params={"limit": 1}).json()
    assert first["rows"] == every["rows"][:1]
    if first["next"]:
        assert client.get(f"/v1/{address}", params={"after": first["next"]}).json()["rows"] == every["rows"][1:]


def test_a_document_shows_each_claim_in_its_own_text(client: TestClient) -> None:
    for row in client.get("/v1/documents").json()["rows"]:
        read = client.get(f"/v1/documents/{row['id']}").json()
        assert len(read["sha256"]) == 64
        for claim in read["claims"]:
            assert read["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_places_are_geojson_with_what_is_assessed(client: TestClient) -> None:
    found = client.get("/v1/places").json()
    town = next(one for one in found["features"] if one["properties"]["name"] == "Dubrova")
    assert town["geometry"] == {"type": "Point", "coordinates": [37.6, 49.7]}
    assert found["numberMatched"] == found["numberReturned"] == len(found["features"])
    assert client.get("/v1/places", params={"bbox": "0,0,1,1"}).json()["features"] == []
    assert client.get("/v1/places", params={"bbox": "37,49,38,50"}).json()["features"]


def test_search_tells_where_the_words_stand(client: TestClient, made: World) -> None:
    word = max(made.claims[0].quote.split(), key=len).strip(".,“”")
    for row in client.get("/v1/search", params={"q": word}).json()["rows"]:
        (start, end), *_ = row["highlights"]
        assert row["claim"]["quote"][start:end].casefold() == word.casefold()


def test_control_changes_and_brief(client: TestClient) -> None:
    timeline = client.get("/v1/control", params={"place": "Dubrova"}).json()["timeline"]
    changes = client.get("/v1/changes", params={"place": "Dubrova"}).json()["rows"]
    assert len(changes) == sum(a["status"] != b["status"] for a, b in pairwise(timeline))
    assert client.get("/v1/briefs", params={"place": "Dubrova"}).json()["citations"]


def test_a_day_bears_its_own_belief_in_every_answer(
    made: World, client: TestClient, ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    uneven = tuple((0.02, 0.95 - 0.01 * n, 0.03 + 0.01 * n) for n in range(len(made.control.daily)))
    held = replace(made.control, daily=uneven)
    monkeypatch.setattr(flow, "control", lambda *_, **__: held)
    ledger.conclude(replace(made.conclusions, control=(held,)))
    stretch = held.timeline[-1]
    for on in (None, stretch.start, stretch.end):
        asked = {} if on is None else {"on": on.isoformat()}
        row = client.get("/v1/control", params={"place": "Dubrova", **asked}).json()
        at = len(uneven) - 1 if on is None else (on - held.timeline[0].start).days
        own = dict(zip(held.states, (round(share, 4) for share in uneven[at]), strict=True))
        assert row["day"]["belief"] == own
        assert row["days"]["belief"][at] == list(own.values())
        assert (row["day"]["status"], row["day"]["since"]) == (stretch.status, stretch.start.isoformat())
        when = {} if on is None else {"datetime": on.isoformat()}
        places = client.get("/v1/places", params=when).json()["features"]
        assert [one["properties"]["belief"] for one in places if one["properties"]["status"]] == [own]
    changed = client.get("/v1/changes", params={"place": "Dubrova"}).json()["rows"][0]
    first = (stretch.start - held.timeline[0].start).days
    assert changed["belief_after"][stretch.status] == pytest.approx(uneven[first][1])
    assert changed["belief_before"][stretch.status] == pytest.approx(uneven[first - 1][1])


def test_what_a_side_claims_on_a_day_had_been_said_by_then(client: TestClient) -> None:
    on = {"place": "Dubrova", "on": "2025-02-10"}
    early, late = (client.get("/v1/control", params=asked).json() for asked in (on, {"place": "Dubrova"}))
    assert late["claimed"]
    assert early["claimed"] != late["claimed"]
    assert early["timeline"] == late["timeline"]


def test_what_a_side_claims_is_told_with_its_reports_voices_and_last_words(client: TestClient) -> None:
    claimed = client.get("/v1/control", params={"place": "Dubrova"}).json()["claimed"]
    assert claimed
    for one in claimed.values():
        told = [client.get(f"/v1/claims/{name}").json() for name in one["claims"]]
        assert one["latest"] == told[-1]
        assert one["reports"] == len({row["document"]["id"] for row in told})
        assert one["voices"] == len({row["family"] or row["id"] for row in told})


def test_disputes_come_the_latest_first_and_counted(client: TestClient) -> None:
    told = client.get("/v1/disputes", params={"limit": 500}).json()
    assert told["total"] == len(told["rows"]) > 0
    late = [max(row[end]["published"] or "" for end in "ab") for row in told["rows"]]
    assert late == sorted(late, reverse=True)
    assert client.get("/v1/disputes", params={"limit": 1}).json()["total"] == told["total"]


def test_reasons_name_the_sides_in_words(client: TestClient, made: World, ledger: MemoryLedger) -> None:
    coded = Reason(name="holder", detail="Post: NO took Dubrova on 2025-02-20; NOS says SO holds it.")
    links = tuple(replace(link, reasons=(coded,)) for link in made.conclusions.links)
    ledger.conclude(replace(made.conclusions, links=links))
    told = client.get("/v1/disputes").json()["rows"][0]
    words = "Post: Norland took Dubrova on 2025-02-20; NOS says Sudland holds it."
    assert [one["detail"] for one in told["reasons"]] == [words]
    assert client.get(f"/v1/disputes/{told['id']}").json()["dispute"]["reasons"] == told["reasons"]
    matrix = client.get("/v1/matrix").json()
    assert matrix["matters"]
    assert not [one for one in matrix["matters"] if re.search(r"\b(NO|SO)\b", one["question"])]


def test_nothing_was_known_before_the_first_report(client: TestClient) -> None:
    early = {"known_by": "2000-01-01"}
    for address in ("claims", "documents", "disputes", "matters", "sources"):
        assert client.get(f"/v1/{address}", params=early).json()["rows"] == []
    assert client.get("/v1/places", params=early).json()["features"] == []
    some = client.get("/v1/documents").json()["rows"][0]["id"]
    assert client.get(f"/v1/documents/{some}", params=early).status_code == 404


def test_a_tag_holds_until_something_is_written(client: TestClient, ledger: MemoryLedger) -> None:
    tag = client.get("/v1/claims").headers["etag"]
    assert tag.startswith('"')
    assert client.get("/v1/claims?limit=3").headers["etag"] != tag
    same = client.get("/v1/claims", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    ledger.judge(Judgement(subject="c", decision="reject", value="", person="An editor", reason="hasty", at=NOON))
    assert client.get("/v1/claims", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/claims/none", 404),
        ("/v1/nothing", 404),
        ("/v1/control?place=Nowhere", 404),
        ("/v1/claims?after=%21", 400),
        ("/v1/claims?limit=0", 422),
        ("/v1/claims?geonameid=99999999999999999999", 422),
        ("/v1/claims?known_by=yesterday", 422),
        ("/v1/places?bbox=1,2", 400),
        ("/v1/places?bbox=nan,0,1,1", 400),
        ("/v1/sources?after=nobody", 400),
    ],
)
def test_every_error_is_a_problem(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_answers_run_nowhere_and_no_other_site_reads_them(client: TestClient) -> None:
    answer = client.get("/v1/claims", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert client.post("/v1/claims").status_code == 405


def test_another_name_for_this_machine_is_not_answered(client: TestClient) -> None:
    answer = client.get("/v1/claims", headers={"Host": "rebound.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert client.get("/v1/claims", headers={"Host": "[::1]:8400"}).status_code == 200


def test_with_tokens_only_their_holders_read(ledger: MemoryLedger) -> None:
    token = "a-long-random-token-of-letters"
    guarded = TestClient(
        make(ledger, Settings(), Access({hashlib.sha256(token.encode()).hexdigest(): Person("An editor", Role.READER)}))
    )
    for refused in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {token}"}):
        answer = guarded.get("/v1/claims", headers=refused)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert guarded.get("/v1/claims", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_no_question_breaks_it_or_its_shapes(ledger: MemoryLedger) -> None:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", make(ledger, Settings()), headers=HERE)
    # Which store is behind it matters little to a malformed question: over PostgreSQL each address is tried a few times.
    most = 20 if isinstance(ledger, MemoryLedger) else 3
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=most, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=list(CHECKS), headers=HERE)

        holds()


def test_the_description_is_json_schema_that_resolves() -> None:
    told = json.loads(KEPT.read_text("utf-8"))
    names = set(told["components"]["schemas"])
    assert told["openapi"].startswith("3.1")
    assert {"claim", "dispute", "matter", "source", "control", "brief", "problem"} <= names


def test_what_lies_ahead_is_answered(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = client.get("/v1/forecasts").json()
    assert set(listed) == {"rows", "next"}
    assert client.get("/v1/tracks", params={"by": "outlet"}).json()["next"] is None
    assert client.get("/v1/tracks", params={"by": "weather"}).status_code == 422
    entry = Entry(name="Dubrova", feature=Feature.SETTLEMENT, number=7, geonameid=7, lat=49.7, lon=37.6)
    monkeypatch.setattr(flow, "place_meant", lambda *_: entry)
    days = {"place": "Dubrova", "from": "2025-03-01", "to": "2025-04-01"}
    replay = client.get("/v1/scenarios", params=days).json()
    assert sum(path["probability"] for path in replay["board"]["paths"]) == pytest.approx(1, abs=0.001)
    assert client.get("/v1/scenarios", params={**days, "to": "2025-02-01"}).status_code == 400
    refused = client.get("/v1/hypotheses", params={"place": "Dubrova"})
    assert refused.status_code == 400
    assert "explanations of known classes" in refused.json()["detail"]


def test_what_a_page_shows_together(client: TestClient, made: World) -> None:
    about = client.get("/v1/overview").json()
    assert [side["code"] for side in about["sides"]]
    facets = client.get("/v1/facets").json()
    assert facets["total"] == len(made.claims)
    assert sum(one["claims"] for one in facets["kind"]) == facets["total"]
    dispute = client.get("/v1/disputes").json()["rows"][0]
    clash = client.get(f"/v1/disputes/{dispute['id']}").json()
    ends = {end: {name for voice in clash[end] for name in voice["claims"]} for end in "ab"}
    assert dispute["a"]["id"] in ends["a"]
    assert dispute["b"]["id"] in ends["b"]
    assert dispute["b"]["id"] not in ends["a"]
    standing = client.get(f"/v1/claims/{dispute['a']['id']}/standing").json()
    assert dispute["id"] in standing["disputes"]
    assert dispute["b"]["id"] in {name for voice in standing["contradicted"] for name in voice["claims"]}
    matrix = client.get("/v1/matrix").json()
    told = {matter["id"] for matter in matrix["matters"]}
    assert all(set(voice["cells"]) <= told for voice in matrix["voices"])
    assert matrix["more"] == {"questions": False, "voices": False}
    behind = client.get("/v1/matrix", params={"voices": 1}).json()
    assert behind["voices"] == matrix["voices"][1:]
    later = client.get("/v1/matrix", params={"questions": 1}).json()
    assert later["matters"] == matrix["matters"][1:]
    assert client.get("/v1/matrix", params={"voices": -1}).status_code == 422
    assert client.get("/v1/disputes/link-none").status_code == 404
    assert client.get("/v1/claims/claim-none/standing").status_code == 404
