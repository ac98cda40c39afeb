"""OGC API - Features by its links, and the exports over HTTP."""

import json
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from tests.publish.world import World

from fogline import exporting
from fogline.config import Settings
from fogline.store.memory import MemoryLedger

ITEMS = "/v1/collections/control/items"


@pytest.fixture
def assessed(ledger: MemoryLedger, made: World) -> MemoryLedger:
    ledger.conclude(replace(made.conclusions, control=(made.control,)))
    return ledger


def led(found, rel: str) -> str:
    return next(one["href"] for one in found["links"] if one["rel"] == rel)


def test_a_map_program_finds_everything_from_the_landing_page(assessed: MemoryLedger, client: TestClient) -> None:
    landing = client.get("/v1/").json()
    assert client.get(led(landing, "service-desc")).json()["openapi"].startswith("3.1")
    assert any(one.endswith("conf/geojson") for one in client.get(led(landing, "conformance")).json()["conformsTo"])
    for collection in client.get(led(landing, "data")).json()["collections"]:
        assert client.get(led(collection, "self")).json() == collection
        answer = client.get(led(collection, "items"))
        assert answer.headers["content-type"] == "application/geo+json"
        found = answer.json()
        assert found["numberReturned"] == len(found["features"]) > 0
        for one in found["features"]:
            alone = client.get(f"{led(collection, 'items')}/{one['id']}").json()
            assert {name: alone[name] for name in one} == one


def test_pages_lead_on_until_all_is_told(assessed: MemoryLedger, client: TestClient, made: World) -> None:
    address, seen = f"{ITEMS}?limit=1", []
    while address:
        found = client.get(address).json()
        seen += [one["id"] for one in found["features"]]
        address = next((one["href"] for one in found["links"] if one["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == found["numberMatched"] == len(made.control.timeline)


def test_days_and_boxes_choose(assessed: MemoryLedger, client: TestClient, made: World) -> None:
    first = made.control.timeline[0]
    found = client.get(ITEMS, params={"datetime": first.start.isoformat()}).json()
    assert [one["properties"]["valid_from"] for one in found["features"]] == [first.start.isoformat()]
    assert client.get(ITEMS, params={"datetime": "../2001-01-01"}).json()["numberMatched"] == 0
    assert client.get(ITEMS, params={"bbox": "0,0,1,1"}).json()["numberMatched"] == 0
    assert client.get(ITEMS, params={"datetime": "soon"}).status_code == 400
    assert client.get("/v1/collections/rivers/items").status_code == 404
    assert client.get(f"{ITEMS}/7/1900-01-01").status_code == 404


@pytest.mark.parametrize("form", exporting.formats())
def test_a_file_over_http_is_the_file_of_the_command_line(
    assessed: MemoryLedger, client: TestClient, form: str
) -> None:
    answer = client.get(f"/v1/exports/{form}", params={"place": "Dubrova"})
    assert answer.status_code == 200
    assert answer.content == exporting.write(assessed, Settings(), form, place="Dubrova")
    assert answer.headers["content-type"].startswith(exporting.media_type(form).partition(";")[0])
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_wrong_file_is_a_problem(client: TestClient) -> None:
    assert client.get("/v1/exports/claims.xls").status_code == 404
    assert client.get("/v1/exports/brief.pdf").status_code == 400
    assert client.get("/v1/exports/claims.csv", params={"place": "Nowhere"}).status_code == 404
    assert {one["rel"] for one in client.get("/v1/exports").json()["links"]} == {"enclosure"}


def test_an_export_holds_the_claims_that_were_asked_for(client: TestClient, made: World) -> None:
    asked = {"side": "NO", "kind": "control"}
    shown = {row["id"] for row in client.get("/v1/claims", params=asked).json()["rows"]}
    saved = client.get("/v1/exports/claims.jsonl", params=asked).text.splitlines()
    assert {json.loads(line)["id"] for line in saved} == shown
    assert 0 < len(shown) < len(made.claims)
    found = {
        one["claim"]["id"] for one in client.get("/v1/search", params={"q": "Dubrova", "limit": 500}).json()["rows"]
    }
    saved = client.get("/v1/exports/claims.jsonl", params={"q": "Dubrova"}).text.splitlines()
    assert {json.loads(line)["id"] for line in saved} == found


def test_a_saved_brief_tells_of_the_period_asked_for(client: TestClient) -> None:
    period = {"place": "Dubrova", "from": "2025-02-25", "to": "2025-03-01"}
    saved = client.get("/v1/exports/brief.json", params=period).json()
    assert (saved["start"], saved["end"]) == ("2025-02-25", "2025-03-01")
