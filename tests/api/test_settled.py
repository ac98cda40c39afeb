"""What is answered about one settlement from its part of a ledger is what follows from all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from benchmarks.big import AT, RUN, readings, world
from fastapi.testclient import TestClient

from fogline import flow
from fogline.api import answers
from fogline.api.answers import Answers
from fogline.api.app import make
from fogline.concluding import concluded
from fogline.config import Settings
from fogline.excerpt import Excerpt, excerpt
from fogline.extract.places import placed
from fogline.model import Judgement, Place, PlacePrecision, Polarity, Reading
from fogline.publish.evidence import chief
from fogline.review.correcting import Field, correction
from fogline.review.deciding import counted
from fogline.store.memory import MemoryLedger
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

COUNT = 900
UNLISTED = Place(name="Vyhadanivka", text="Vyhadanivka", precision=PlacePrecision.NOT_FOUND)
"""A place that no gazetteer has."""
Pair = tuple[TestClient, TestClient]


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MemoryLedger, SqliteLedger]]:
    """The same ledger in memory, which is always read whole, and in tables."""
    with pair(tmp_path_factory.mktemp("settled"), judgements=False) as found:
        yield found


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MemoryLedger, SqliteLedger]]:
    """The same in which people set readings right."""
    with pair(tmp_path_factory.mktemp("judged"), judgements=True) as found:
        yield found


@contextmanager
def pair(folder: Path, *, judgements: bool) -> Iterator[tuple[MemoryLedger, SqliteLedger]]:
    made = world(COUNT)
    made.places[5] = UNLISTED
    told = list(readings(made, COUNT))
    memory = MemoryLedger()
    with SqliteLedger(folder / "ledger.sqlite") as tables:
        for ledger in (memory, tables):
            ledger.start(RUN, AT)
            ledger.add(RUN, told, AT)
            for judgement in decided(told, made.places[2].name) if judgements else ():
                ledger.judge(judgement)
        _, _, conclusions = concluded(memory, load("ukraine"))
        for ledger in (memory, tables):
            ledger.conclude(conclusions)
        yield memory, tables


def decided(told: list[Reading], place: str) -> Iterator[Judgement]:
    """What is told of a side that holds something is set to one place; of the rest some is rejected, and some names no place."""

    def judged(subject: str, decision: str, value: str = "") -> Judgement:
        return Judgement(subject=subject, decision=decision, value=value, person="Koval", reason="misread", at=AT)

    def find(name: str) -> Place:
        return placed(flow.place_spoken_of(name, {}, load("ukraine")))

    for number, claim in enumerate(claim for reading in told for claim in reading.claims):
        if claim.holder == "UA" and claim.polarity is Polarity.POSITIVE and not claim.ahead:
            yield judged(claim.id, "correct", correction(Field.PLACE, place, (), find))
        elif number % 5 == 0:
            yield judged(claim.id, "reject")
        elif number % 5 == 1:
            yield judged(claim.id, "correct", correction(Field.PLACE, "none", (), find))


@pytest.fixture(scope="module")
def both(ledgers: tuple[MemoryLedger, SqliteLedger]) -> Pair:
    """Both of them, served."""
    memory, tables = map(client, ledgers)
    return memory, tables


def client(ledger: Any) -> TestClient:
    return TestClient(make(ledger, Settings(theatre="ukraine")), base_url="http://localhost")


def names(both: Pair) -> list[str]:
    found = both[0].get("/v1/places?limit=500").json()["features"]
    ordered = sorted(found, key=lambda one: -one["properties"]["claims"])
    return [quote(one["properties"]["name"]) for one in (*ordered[:3], ordered[len(ordered) // 2], ordered[-1])]


def same(both: Pair, address: str) -> Any:
    whole, part = (one.get(address) for one in both)
    assert whole.status_code == part.status_code, (address, whole.text[:300], part.text[:300])
    assert whole.json() == part.json(), address
    return whole.json()


def test_briefs_are_the_same(both: Pair) -> None:
    for name in names(both):
        told = same(both, f"/v1/briefs?place={name}")
        assert told["sections"]
    name = names(both)[0]
    same(both, f"/v1/briefs?place={name}&from=2023-01-01&to=2023-06-01")
    same(both, f"/v1/briefs?place={name}&known_by=2023-06-01")
    assert both[1].get("/v1/briefs?place=Nowhereville-on-Sea").status_code == 404


def test_a_part_tells_of_no_other_day_than_its_own(both: Pair, ledgers: tuple[MemoryLedger, SqliteLedger]) -> None:
    tables, theatre, day = ledgers[1], load("ukraine"), date(2023, 6, 1)
    entry = flow.place_meant(unquote(names(both)[0]), tables.claims(), theatre)
    for own, other in ((None, day), (day, None)):
        part: Any = excerpt(tables, entry, theatre, own, tables.extent(own))
        assert flow.known_by(part, theatre, own)[0] == part.told
        with pytest.raises(ValueError, match="as known by"):
            flow.known_by(part, theatre, other)


def test_what_people_set_right_counts_alike(judged: tuple[MemoryLedger, SqliteLedger]) -> None:
    memory, tables = judged
    both = client(memory), client(tables)
    settled = Answers(tables, Settings(theatre="ukraine")).settled  # type: ignore[arg-type]
    claims = counted(memory.claims(), memory.judgements())
    for name in names(both):
        for address in ("briefs", "control"):
            same(both, f"/v1/{address}?place={name}")
        part, place = settled.part(unquote(name), None), settled.meant(unquote(name))
        assert isinstance(part, Excerpt)
        assert part.chief == chief(claims, place.name, place.geonameid)
    same(both, "/v1/collections/control/items?limit=500")
    foretold = same(both, "/v1/forecasts?limit=500")["rows"]
    assert any("UA held it already" in one["why"] for one in foretold)  # as follows from what was set right


def test_explanations_are_the_same(both: Pair) -> None:
    for name in names(both):
        same(both, f"/v1/hypotheses?place={name}")
        same(both, f"/v1/hypotheses/draft?place={name}")


def test_a_page_of_stretches_is_the_same(both: Pair) -> None:
    address = "/v1/collections/control/items"
    after, seen, first = "", 0, ""
    while after is not None:
        page = same(both, f"{address}?limit=37&after={quote(after)}")
        seen += page["numberReturned"]
        first = first or page["features"][0]["id"]
        link = next((one["href"] for one in page["links"] if one["rel"] == "next"), None)
        after = None if link is None else unquote(link.partition("after=")[2].partition("&")[0]).replace("+", " ")
    assert seen == page["numberMatched"] > 37
    same(both, f"{address}?bbox=35,46,39,51")
    same(both, f"{address}?datetime=2023-02-01/2023-03-01")
    same(both, f"{address}/{quote(first)}")
    for missing in (f"{address}?after=1/2020-01-01", f"{address}/1/2020-01-01"):
        assert both[1].get(missing).status_code == both[0].get(missing).status_code


def test_the_queue_of_doubtful_readings_is_the_same(both: Pair) -> None:
    after, seen = "", 0
    while after is not None:
        page = same(both, f"/v1/review?limit=97&after={after}")
        seen, after = seen + len(page["rows"]), page["next"]
    assert seen > 97
    assert both[1].get("/v1/review?after=claim-none").status_code == 400


def test_forecasts_are_the_same(both: Pair) -> None:
    for wanted in ("", "&speaker=Made+Speaker+3", f"&place={names(both)[0]}", "&outcome=void", "&outcome=came+true"):
        after, seen = "", 0
        while after is not None:
            page = same(both, f"/v1/forecasts?limit=7&after={after}{wanted}")
            seen, after = seen + len(page["rows"]), page["next"]
        assert seen or wanted
    same(both, "/v1/tracks")
    same(both, f"/v1/tracks?by=outlet&place={names(both)[0]}")
    assert both[1].get("/v1/forecasts?after=forecast-none").status_code == 400


def test_a_large_ledger_concludes_a_past_day_from_the_settlements_part(
    both: Pair, ledgers: tuple[MemoryLedger, SqliteLedger], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, part = both[0], client(ledgers[1])  # a server of its own: it keeps what it has concluded of a day
    name, day = names(both)[0], "2023-06-01"
    expected = whole.get(f"/v1/control?place={name}&known_by={day}").json()
    monkeypatch.setattr(answers, "LARGE", 0)

    def refused(*_: Any) -> None:
        raise AssertionError("the ledger was read whole")

    with monkeypatch.context() as patched:
        for read in ("claims", "documents", "conclusions"):
            patched.setattr(SqliteLedger, read, refused)
        told = part.get(f"/v1/control?place={name}&known_by={day}").json()
        for address in ("briefs", "changes", "hypotheses"):
            assert part.get(f"/v1/{address}?place={name}&known_by={day}").status_code in (200, 400)
    assert told["claimed"] == expected["claimed"]
    assert {one["detail"] for one in told["moved_by"]} == {one["detail"] for one in expected["moved_by"]}
    assert [one["status"] for one in told["timeline"]] == [one["status"] for one in expected["timeline"]]
