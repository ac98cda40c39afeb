"""What is kept of a settlement's assessment is what would be worked out now, and bounded."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi.testclient import TestClient

from fogline.api import assessed
from fogline.api.answers import Answers
from fogline.api.app import make
from fogline.api.keeping import BESIDE, Bounded
from fogline.assessing import assessment_row
from fogline.config import Settings
from fogline.model import Judgement
from fogline.review.deciding import Decision
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

COUNT = 600
DAYS = ("", "&on=2021-01-01", "&on=2023-05-01", "&on=2030-01-01")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    made = world(COUNT)
    with closing(SqliteLedger(tmp_path / "ledger.sqlite")) as tables:
        tables.add(RUN, list(readings(made, COUNT))[:-30], AT)
        tables.conclude(conclusions(made))
        yield tables


def client(ledger: Any) -> TestClient:
    return TestClient(make(ledger, Settings()), base_url="http://localhost")


def place(one: TestClient) -> str:
    """The name of the place most is said of, as it stands in an address."""
    return quote(one.get("/v1/overview").json()["place"])


def addresses(name: str) -> list[str]:
    return [f"/v1/changes?place={name}", *(f"/v1/control?place={name}{on}" for on in DAYS)]


def rejected(claim: str) -> Judgement:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return Judgement(subject=claim, decision=Decision.REJECT.value, value="", person="Ann", reason="made", at=at)


def test_an_answer_is_the_row_of_its_control(ledger: SqliteLedger) -> None:
    asked, settled, theatre = client(ledger), Answers(ledger, Settings()).settled, load("ukraine")
    name = asked.get("/v1/overview").json()["place"]
    control = settled.control(name, None)
    for on in (None, date(2023, 5, 1)):
        expected = assessment_row(control, settled.evidence(name, control, None, on), theatre, on=on)
        for _ in range(2):  # the second is kept
            body = asked.get(f"/v1/control?place={quote(name)}{f'&on={on}' if on else ''}").content
            told = orjson.loads(body)
            assert list(told) == [*expected, "days"]
            assert len(told["days"]["belief"]) == len(control.daily) > 100
            for one in set(expected) - {"claimed"}:
                assert orjson.dumps(told[one]) == orjson.dumps(expected[one]), one
            for side, own in expected["claimed"].items():
                assert {key: told["claimed"][side][key] for key in own} == own
                assert told["claimed"][side]["latest"]["id"] == own["claims"][-1]


def test_what_was_written_since_is_told(ledger: SqliteLedger) -> None:
    kept = client(ledger)
    name = place(kept)
    before = {address: kept.get(address).json() for address in addresses(name)}
    claimed = before[f"/v1/control?place={name}"]["claimed"]
    side = next(iter(claimed))
    ledger.judge(rejected(claimed[side]["claims"][-1]))
    judged = {address: kept.get(address).json() for address in before}
    assert judged[f"/v1/control?place={name}"]["claimed"] != claimed
    assert judged == {address: client(ledger).get(address).json() for address in before}
    ledger.add(RUN, list(readings(world(COUNT), COUNT))[-30:], AT)
    grown = {address: kept.get(address).json() for address in before}
    assert grown == {address: client(ledger).get(address).json() for address in before}


def test_places_days_and_days_of_knowledge_are_told_apart(ledger: SqliteLedger) -> None:
    kept = client(ledger)
    names = [quote(one["properties"]["name"]) for one in kept.get("/v1/places").json()["features"][:2]]
    every = [f"{one}{known}" for name in names for one in addresses(name) for known in ("", "&known_by=2022-09-01")]
    told = [kept.get(one).content for one in every]
    other = client(ledger)
    assert [other.get(one).content for one in reversed(every)] == told[::-1]
    assert [kept.get(one).content for one in every] == told


def test_what_is_kept_is_bounded(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 60_000
    monkeypatch.setattr(assessed, "MOST", most)
    answers = Answers(ledger, Settings())
    found: list[int] = []
    keep = Bounded.keep

    def kept(self: Any, key: Any, value: Any) -> None:
        keep(self, key, value)
        if self._most != most:
            return  # others keep rows of claims by the same means
        found.append(sum(sum(map(len, one.values())) + BESIDE for one in self._values.values()))
        assert self._size == found[-1]

    monkeypatch.setattr(Bounded, "keep", kept)
    for one in answers.places(None)[:20]:
        answers.assessed.row(one.name, None, None)
    assert most / 2 < max(found) <= most
    assert len(found) > 20  # more was made than can be kept


def test_values_unasked_for_longest_are_let_go_of() -> None:
    values = Bounded[str, bytes](3 * (BESIDE + 10), len, largest=BESIDE + 100)
    for name in "abc":
        values.keep(name, b"0123456789")
    assert values.find("a") == b"0123456789"
    values.keep("d", b"0123456789")
    assert [name for name in "abcd" if values.find(name)] == ["a", "c", "d"]
    values.keep("e", b"." * 101)
    assert values.find("e") is None
    values.keep("a", b"another")
    assert values.find("a") == b"0123456789"
