"""Model values to JSON and rows, and back."""

import json
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contracts.readings import ELM, FIRST, NOON, reading
from tests.store.values import values_of

from fogline import model
from fogline.errors import LedgerError
from fogline.model import Claim, Conclusions, Judgement, Place, Quantity, Reading, Run, Speaker
from fogline.store.concluded import pack, unpack
from fogline.store.encoding import from_json, to_json
from fogline.store.rows import moment
from fogline.store.sqlite import SqliteLedger

NEVER_KEPT = (model.Account, model.Amendment, model.Grounds, model.Growth, model.Lost, model.Placed)
"""Made for an export, handed to a ledger and kept as rows, or told by an engine while it runs."""
KINDS = [
    kind for kind in vars(model).values() if isinstance(kind, type) and is_dataclass(kind) and kind not in NEVER_KEPT
]


def same(one: Any, other: Any) -> bool:
    """Equal and of one type all the way down: 1 is not 1.0, nor -0.0 0.0."""
    return one == other and repr(one) == repr(other)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_every_value_comes_back_exactly(kind: type, data: st.DataObject) -> None:
    value = data.draw(values_of(kind))
    line = to_json(value)
    assert "\n" not in line
    back = from_json(kind, line)
    assert same(back, value)
    assert getattr(back, "id", None) == getattr(value, "id", None)
    assert to_json(back) == line


def test_what_is_equal_but_not_the_same_is_told_apart() -> None:
    whole = Quantity(low=5, high=5.0, unit="km", of="", approximate=False, text="5 km")
    assert same(from_json(Quantity, to_json(whole)), whole)
    here = [Place(name="Here", text="here", lat=lat, lon=1.0) for lat in (1, 1.0)]
    assert [repr(from_json(Place, to_json(place)).lat) for place in here] == ["1", "1.0"]


def test_a_field_that_was_added_since_takes_its_default() -> None:
    assert from_json(Speaker, '{"name":"General Elm"}') == Speaker(name="General Elm")


@pytest.mark.parametrize(
    "line",
    ["", "[", "[]", "null", "{}", '{"name":"x","type":"robot"}', '{"name":"x","age":3}', '{"name":"x","type":1}'],
)
def test_a_line_that_holds_no_such_value_is_refused(line: str) -> None:
    with pytest.raises(LedgerError, match="holds a Speaker that cannot be read") as caught:
        from_json(Speaker, line)
    assert "backup" in caught.value.hint


def test_the_json_of_a_claim_says_all_its_fields() -> None:
    told = json.loads(to_json(reading("one.txt", "We hold it.").claims[0]))
    assert list(told) == [field.name for field in fields(Claim) if field.init]
    assert told["span"] == [0, 11]
    assert told["attribution"]["chain"][0]["name"] == ELM.name


def test_beliefs_of_the_wrong_width_are_refused() -> None:
    with pytest.raises(LedgerError, match=r"Day 1 .* has 1 beliefs for 2 states"):
        pack([(0.5, 0.5), (1.0,)], 2)
    with pytest.raises(LedgerError, match="3 days and 2 states is 16 bytes"):
        unpack(pack([(0.5, 0.5)], 2), 2, 3)


@given(at=st.datetimes(), hours=st.integers(-14, 14))
def test_times_sort_as_they_pass(at: datetime, hours: int) -> None:
    zoned = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    text = moment(zoned)
    assert len(text) == 26
    if datetime(2, 1, 1) < at < datetime(9998, 1, 1):
        assert datetime.fromisoformat(text) == at - timedelta(hours=hours)


@given(claims=st.lists(values_of(Claim), max_size=3), runs=st.lists(values_of(Run), min_size=1, max_size=2))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_any_claim_goes_through_the_file(claims: list[Claim], runs: list[Run], tmp_path_factory: Any) -> None:
    base = reading("одне.txt", "Words.")
    placed = tuple(_of(base, claim) for claim in claims)
    with SqliteLedger(tmp_path_factory.mktemp("ledger") / "ledger.sqlite") as ledger:
        for run in runs:
            ledger.add(run, [Reading(article=base.article, document=base.document, claims=placed)], NOON)
        kept = ledger.claims()
        assert sorted(map(repr, kept)) == sorted({claim.id: repr(claim) for claim in reversed(placed)}.values())
        assert [run for run, _ in ledger.runs()] == list({run.id: run for run in runs}.values())


@given(conclusions=values_of(Conclusions), judgement=values_of(Judgement))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_any_conclusions_go_through_the_file(
    conclusions: Conclusions, judgement: Judgement, tmp_path_factory: Any
) -> None:
    with SqliteLedger(tmp_path_factory.mktemp("ledger") / "ledger.sqlite") as ledger:
        ledger.conclude(conclusions)
        ledger.judge(judgement)
        kept = ledger.conclusions()
        assert kept == conclusions
        # A column of SQLite has no -0.0; none of its figures is ever below nought.
        assert repr(kept).replace("=-0.0", "=0.0") == repr(conclusions).replace("=-0.0", "=0.0")
        assert same(ledger.judgements(), (judgement,))


def _of(base: Reading, claim: Claim) -> Claim:
    told = json.loads(to_json(claim))
    told["document_id"] = base.document.id
    moved: Claim = from_json(Claim, json.dumps(told))
    return moved


def test_a_claim_changed_from_outside_is_noticed(tmp_path: Path) -> None:
    with SqliteLedger(tmp_path / "ledger.sqlite") as ledger:
        ledger.add(FIRST, [reading("a.txt", "We hold it.")], NOON)
        with ledger._writing() as connection:
            connection.exec_driver_sql("UPDATE claims SET body = replace(body, '\"SO\"', '\"NO\"')")
        with pytest.raises(LedgerError, match="what is stored under that name is claim-"):
            ledger.claims()


def test_one_moment_told_in_two_zones_stays_two() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=2)))
    told = [Judgement(subject="s", decision="d", value="", person="p", reason="r", at=at) for at in (NOON, east)]
    assert [repr(from_json(Judgement, to_json(one))) for one in told] == [repr(one) for one in told]
