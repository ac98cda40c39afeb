"""What is shown of conclusions while a ledger grows, is judged and is read again is what a ledger read whole shows."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi.testclient import TestClient

from fogline.api.app import make
from fogline.config import Settings
from fogline.model import Judgement, Run
from fogline.review.deciding import Decision
from fogline.store.memory import MemoryLedger
from fogline.store.opening import open_ledger

COUNT = 600
LATER = datetime(2026, 2, 1, tzinfo=UTC)
ADDRESSES = (
    "disputes?limit=500", "disputes?kind=control&limit=500", "disputes?side=RU&kind=control", "disputes?since=2023-06-01",
    "disputes?until=2023-06-01&certainty=possible", "matters?limit=500", "matters?side=UA&limit=500",
    "matters?since=2024-01-01&limit=9", "matrix",
)  # fmt: skip


class Both:
    """One ledger in memory, read whole, and the same in tables, with a server over each; written to alike."""

    def __init__(self, tables: Any) -> None:
        self.ledgers: tuple[Any, Any] = MemoryLedger(), tables
        self.clients = [TestClient(make(one, Settings()), base_url="http://localhost") for one in self.ledgers]

    def write(self, what: str, *given: Any) -> None:
        """Do the same to both."""
        for ledger in self.ledgers:
            getattr(ledger, what)(*given)

    def same(self, address: str) -> Any:
        """What both answer."""
        whole, parts = (one.get(f"/v1/{address}") for one in self.clients)
        assert whole.status_code == parts.status_code, (address, whole.text, parts.text)
        assert whole.json() == parts.json(), address
        return whole.json()

    def alike(self) -> list[Any]:
        """Compare all that is shown; gives the rows of the contradictions."""
        rows: list[Any] = self.same(ADDRESSES[0])["rows"]
        for address in ADDRESSES[1:]:
            self.same(address)
        for row in rows[:3] + rows[-3:]:
            self.same(f"disputes/{row['id']}")
            self.same(f"disputes?limit=7&after={row['id']}")
            for end in ("a", "b"):
                self.same(f"claims/{row[end]['id']}/standing")
            self.same(f"matrix?place={quote(row['places'][0])}")
            self.same(f"disputes?place={quote(row['places'][0])}&side=RU")
            self.same(f"matters?place={quote(row['places'][0])}&limit=4")
        return rows


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, place: Callable[[str], str]) -> Iterator[Both]:
    with open_ledger(place(request.param)) as tables:  # type: ignore[attr-defined]
        yield Both(tables)


def judged(subject: str, what: Decision, value: str = "") -> Judgement:
    return Judgement(subject=subject, decision=what.value, value=value, person="Ann", reason="made", at=LATER)


def test_it_is_the_same_while_a_ledger_grows_and_is_judged(both: Both) -> None:
    made = world(COUNT)
    left = readings(made, COUNT)
    both.write("add", RUN, list(islice(left, 50)), AT)
    both.write("conclude", conclusions(made))
    first = both.alike()
    assert len(first) > 3
    both.write("add", RUN, list(left), AT)
    assert both.alike() == first
    both.write("judge", judged(first[0]["a"]["id"], Decision.REJECT))
    assert first[0]["id"] not in {row["id"] for row in both.alike()}
    for subject, field, to in (("b", "holder", "UA"), ("a", "side", "third")):
        both.write("judge", judged(first[1][subject]["id"], Decision.CORRECT, json.dumps({"field": field, "to": to})))
    both.alike()
    both.write("conclude", conclusions(made))
    assert len(both.alike()) > len(first)


def test_it_is_the_same_once_reports_are_read_again(both: Both) -> None:
    made = world(COUNT)
    told = list(readings(made, COUNT))
    both.write("add", RUN, told, AT)
    both.write("conclude", conclusions(made))
    every = both.alike()
    run = Run(extractor="made", version="2", cleaner="made", theatre="ukraine")
    both.write("add", run, told[:60], LATER)
    assert both.alike() == every
    run = replace(run, version="3")
    less = [replace(one, claims=one.claims[::2]) for one in told[:60]]
    both.write("add", run, less, LATER)
    assert 0 < len(both.alike()) < len(every)
