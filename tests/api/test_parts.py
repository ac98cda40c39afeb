"""A large ledger's answers, read by need, are those of a ledger that is read whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi.testclient import TestClient

from fogline import flow
from fogline.api.app import make
from fogline.config import Settings
from fogline.control.inferring import infer
from fogline.model import Judgement
from fogline.review.deciding import Decision, counted
from fogline.store.memory import MemoryLedger
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

COUNT = 1200
HOLDER = '{{"field": "holder", "to": "{}"}}'
Pair = tuple[TestClient, TestClient]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    made = world(COUNT)
    told = list(readings(made, COUNT))
    concluded = conclusions(made)
    memory = MemoryLedger()
    with SqliteLedger(tmp_path_factory.mktemp("parts") / "ledger.sqlite") as tables:
        for ledger in (memory, tables):
            ledger.add(RUN, told, AT)
            ledger.conclude(concluded)
        yield client(memory), client(tables)


def client(ledger: Any) -> TestClient:
    return TestClient(make(ledger, Settings()), base_url="http://localhost")


def same(both: Pair, address: str) -> Any:
    """What both answer to the address."""
    whole, parts = (one.get(address) for one in both)
    assert whole.status_code == parts.status_code, (address, whole.text, parts.text)
    assert whole.json() == parts.json(), address
    return whole.json()


def places(both: Pair) -> list[Any]:
    features: list[Any] = same(both, "/v1/places?limit=500")["features"]
    return sorted(features, key=lambda one: -one["properties"]["claims"])


ADDRESSES = (
    "/v1/overview", "/v1/claims?limit=40", "/v1/claims?kind=control&side=RU", "/v1/claims?known_by=2023-06-01", "/v1/facets",
    "/v1/months", "/v1/months?kind=control&q=Made",
    "/v1/facets?known_by=2023-06-01&q=bridge", "/v1/search?q=forces+hold", "/v1/documents?limit=30",
    "/v1/documents?known_by=2023-03-01", "/v1/disputes?limit=50", "/v1/disputes?kind=control&since=2023-01-01",
    "/v1/disputes?speaker=Made+Speaker+1", "/v1/disputes?q=1&kind=strike", "/v1/matters?limit=60", "/v1/matters?kind=losses",
    "/v1/matters?certainty=possible&limit=7", "/v1/sources?limit=30", "/v1/sources?side=UA", "/v1/places?limit=500",
    "/v1/places?datetime=2024-02-01", "/v1/places?datetime=2021-02-01", "/v1/places?bbox=35,46,39,51",
    "/v1/collections/places/items?datetime=2024-02-01/2024-03-01", "/v1/runs", "/v1/matrix",
    "/v1/disputes?after=link-none", "/v1/matters?after=matter-none", "/v1/sources?after=person:None",
    "/v1/documents?after=document-none",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_answers_the_same(both: Pair, address: str) -> None:
    same(both, address)


@pytest.mark.parametrize("path", ["claims", "disputes", "matters", "sources", "documents"])
def test_pages_follow_each_other_to_the_end(both: Pair, path: str) -> None:
    after, seen = "", 0
    while after is not None:
        page = same(both, f"/v1/{path}?limit=97&after={quote(after)}")
        seen, after = seen + len(page["rows"]), page["next"]
    assert seen > 97 or path in ("disputes", "sources")


def test_all_about_places_is_the_same(both: Pair) -> None:
    for feature in places(both)[:3]:
        name, number = quote(feature["properties"]["name"]), feature["id"]
        for address in (
            f"control?place={name}", f"control?place={name}&on=2023-09-01", f"changes?place={name}",
            f"claims?geonameid={number}&limit=500", f"disputes?geonameid={number}", f"matters?place={name}",
            f"matrix?geonameid={number}", f"matrix?place={name}", f"facets?geonameid={number}",
        ):  # fmt: skip
            same(both, f"/v1/{address}")
    assert both[1].get("/v1/control?place=Nowhereville-on-Sea").status_code == 404


def test_the_overview_names_the_assessed_place_most_is_said_of(both: Pair) -> None:
    features = same(both, "/v1/places?limit=5000")["features"]
    assessed = [one["properties"] for one in features if one["properties"]["status"]]
    assert same(both, "/v1/overview")["place"] == max(assessed, key=lambda one: one["claims"])["name"]
    assert both[0].get("/v1/places?limit=5001").status_code == 422


def test_all_about_claims_and_disputes_is_the_same(both: Pair) -> None:
    disputes = same(both, "/v1/disputes?limit=12")["rows"]
    assert disputes
    for row in disputes:
        same(both, f"/v1/disputes/{row['id']}")
        for end in (row["a"], row["b"]):
            same(both, f"/v1/claims/{end['id']}")
            same(both, f"/v1/claims/{end['id']}/standing")
    for missing in ("claims/claim-none", "claims/claim-none/standing", "disputes/link-none", "documents/document-none"):
        same(both, f"/v1/{missing}")


def test_what_people_decided_counts_in_both(tmp_path: Path) -> None:
    made = world(COUNT)
    told = list(readings(made, COUNT))
    concluded = conclusions(made)
    contradiction = next(link for link in concluded.links if link.relation == "contradicts")
    control = [one for one in made.of_control if one.id != contradiction.a]
    judged = [
        decision(contradiction.a, Decision.REJECT, ""),
        decision(control[0].id, Decision.CORRECT, HOLDER.format("UA")),
        decision(control[-1].id, Decision.CORRECT, HOLDER.format("RU")),
        decision(control[-2].id, Decision.REJECT, ""),
    ]
    counts = counted((claim for reading in told for claim in reading.claims), judged)
    control_now = infer(
        counts,
        made.documents,
        concluded.families,
        concluded.sources,
        load("ukraine"),
        within=flow.units_within(counts, load("ukraine")),
    )
    memory = MemoryLedger()
    with SqliteLedger(tmp_path / "ledger.sqlite") as tables:
        for ledger in (memory, tables):
            ledger.add(RUN, told, AT)
            for one in judged:
                ledger.judge(one)
            ledger.conclude(replace(concluded, control=control_now))
        both = client(memory), client(tables)
        for address in ("/v1/disputes?limit=500", "/v1/matters?limit=500", "/v1/places?limit=500", "/v1/matrix"):
            same(both, address)
        names = {place.name for one in control for place in one.places}
        for name in sorted(names):
            same(both, f"/v1/control?place={quote(name)}")
        for one in (contradiction.a, control[0].id):
            same(both, f"/v1/claims/{one}")
            same(both, f"/v1/claims/{one}/standing")


def decision(subject: str, what: Decision, value: str) -> Judgement:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return Judgement(subject=subject, decision=what.value, value=value, person="Ann", reason="made", at=at)


def test_a_past_day_is_concluded_from_what_was_known_by_then(both: Pair) -> None:
    day = date(2022, 6, 1)
    for path in ("places", "sources", "disputes", "matters"):
        same(both, f"/v1/{path}?known_by={day}")
