"""A past day of a large ledger: links as they stood, a settlement's questions from its part, and no reading of the whole."""

from typing import Any

import pytest
from tests.api.test_settled import UNLISTED, Pair, both, ledgers, names  # noqa: F401 - the fixtures

from fogline.api import answers
from fogline.store.sqlite import SqliteLedger

DAY = "2023-06-01"


@pytest.fixture
def large(both: Pair, monkeypatch: pytest.MonkeyPatch) -> Pair:  # noqa: F811 - pytest passes the fixture
    """The same two, of which the tables are taken for a large ledger that cannot be read whole."""
    monkeypatch.setattr(answers, "LARGE", 0)

    def refused(*_: Any) -> None:
        raise AssertionError("the ledger was read whole")

    for read in ("claims", "documents", "conclusions"):
        monkeypatch.setattr(SqliteLedger, read, refused)
    return both


def every(large: Pair, address: str) -> tuple[list[Any], list[Any]]:
    whole, part = (one.get(address) for one in large)
    assert whole.status_code == part.status_code == 200, (address, part.text[:300])
    return whole.json()["rows"], part.json()["rows"]


def test_disputes_are_those_of_the_day(large: Pair) -> None:
    whole, part = every(large, f"/v1/disputes?known_by={DAY}&limit=500")
    assert whole
    shown = [{(one["a"]["id"], one["b"]["id"], one["aspect"]) for one in rows} for rows in (whole, part)]
    assert shown[0] == shown[1]
    one = part[0]["id"]
    told = [client.get(f"/v1/disputes/{one}?known_by={DAY}").json() for client in large]
    assert told[0]["documents"] == told[1]["documents"]
    out = {one["id"] for one in large[1].get(f"/v1/claims?known_by={DAY}&limit=500").json()["rows"]}
    assert {row[end]["id"] for row in part for end in ("a", "b")} <= out


def test_questions_about_a_settlement_are_those_of_the_day(large: Pair) -> None:
    wanted = {
        f"place={names(large)[0]}": True,
        f"place={UNLISTED.name}": True,
        "place=Nowhere": False,
        "geonameid=1": False,
    }
    for place, is_known in wanted.items():
        for address in (f"matters?{place}&known_by={DAY}", f"disputes?{place}&known_by={DAY}"):
            whole, part = every(large, f"/v1/{address}&limit=500")
            assert whole == part
            assert is_known or not whole, address
        told = [client.get(f"/v1/matrix?{place}&known_by={DAY}").json() for client in large]
        assert told[0] == told[1]
        assert bool(told[0]["voices"]) == is_known


def test_what_takes_all_of_a_past_day_is_refused_with_a_way_out(large: Pair) -> None:
    for address in ("matters", "sources", "matrix"):
        answer = large[1].get(f"/v1/{address}?known_by={DAY}")
        assert answer.status_code == 400
        assert "place=" in answer.json()["hint"]
