"""Readings set right by people: field by field, with the id and words kept, and undone by another judgement."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, NORTH, SOUTH, claim, document, on

from fogline.errors import UsageError
from fogline.model import Judgement, Kind, Place, PlacePrecision
from fogline.publish.rows import claim_row
from fogline.review.correcting import Field, correction, shown, when
from fogline.review.deciding import Decision, counted, made, reread

WIRE = document("wire", outlet="World Wire", published="2024-05-05")
ONE = claim(WIRE, holder=NORTH, places=(HRUSHIVKA,), when=on("2024-03-01"))
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
HALYA = Place(name="Halya", text="Halya", geonameid=77, lat=49.5, lon=37.5, precision=PlacePrecision.SETTLEMENT)
GIVEN = {
    Field.KIND: "battle",
    Field.HOLDER: SOUTH,
    Field.ACTOR: SOUTH,
    Field.TARGET: NORTH,
    Field.POLARITY: "negative",
    Field.CERTAINTY: "possible",
    Field.MODALITY: "conditional",
    Field.SPEAKER: "<b>A. Koval</b>",
    Field.SIDE: SOUTH,
    Field.PLACE: "Halya",
    Field.WHEN: "2024-02",
}


def corrects(field: Field, to: str, minute: int = 0) -> Judgement:
    value = correction(field, to, (NORTH, SOUTH), lambda name: HALYA)
    return made(Decision.CORRECT, ONE.id, value, "Koval", "read the text", NOON + timedelta(minutes=minute))


@pytest.mark.parametrize("field", Field)
def test_every_field_can_be_set_right_and_shows_that_it_was(field: Field) -> None:
    (read,) = counted([ONE], [corrects(field, GIVEN[field])])
    assert (read.id, read.quote, read.span) == (ONE.id, ONE.quote, ONE.span)
    assert read != ONE
    row = claim_row(read, WIRE)
    (noted,) = row["corrections"]
    assert (noted["field"], noted["now"], noted["by"]) == (field.value, GIVEN[field], "Koval")
    changed = {name for name, cell in row.items() if cell != claim_row(ONE, WIRE)[name]} - {"corrections"}
    where = {Field.SPEAKER: "attribution", Field.SIDE: "attribution", Field.PLACE: "places"}
    assert changed == {where.get(field, field.value)}


def test_corrections_of_several_fields_add_up_and_the_later_of_one_field_holds() -> None:
    history = [corrects(Field.HOLDER, SOUTH), corrects(Field.KIND, "battle", 1), corrects(Field.HOLDER, "contested", 2)]
    (read,) = counted([ONE], history)
    assert (read.holder, read.kind) == ("contested", Kind.BATTLE)
    assert reread([read], history) == (read,)
    undone = made(Decision.UNDO, history[2].id, "", "Koval", "no", NOON + timedelta(minutes=3))
    (read,) = counted([ONE], [*history, undone])
    assert read.holder == SOUTH


def test_a_correction_of_a_rejected_claim_does_not_bring_it_back() -> None:
    rejected = made(Decision.REJECT, ONE.id, "", "Koval", "a hope", NOON)
    history = [rejected, corrects(Field.HOLDER, SOUTH, 1)]
    assert counted([ONE], history) == ()
    assert [one.holder for one in reread([ONE], history)] == [SOUTH]


def test_fields_can_be_emptied() -> None:
    (read,) = counted([ONE], [corrects(Field.PLACE, "none"), corrects(Field.WHEN, "none", 1)])
    assert read.places == ()
    assert not read.when.known


def test_the_place_that_was_meant_stays_where_it_was_when_the_gazetteer_changes() -> None:
    (read,) = counted([ONE], [corrects(Field.PLACE, "Halya")])
    assert read.places == (HALYA,)


@pytest.mark.parametrize(
    ("field", "to"),
    [
        (Field.HOLDER, "XX"), (Field.KIND, "fight"), (Field.SIDE, "contested"), (Field.POLARITY, ""),
        (Field.SPEAKER, " "), (Field.SPEAKER, "x" * 1_000_000), (Field.WHEN, "yesterday"), (Field.WHEN, "2024-02-31"),
        (Field.WHEN, "2024-02-03/2024-02-01"), (Field.WHEN, "2024-02/2024-03"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_be_is_refused(field: Field, to: str) -> None:
    with pytest.raises(UsageError):
        corrects(field, to)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = when(text)
    except UsageError:
        return
    assert found.known


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_name_survives_as_it_is(name: str) -> None:
    one = corrects(Field.SPEAKER, name)
    assert shown(one.value) == f"speaker = {name.strip()}"
    (read,) = counted([ONE], [one])
    assert read.speaker.name == name.strip()
    json.dumps(claim_row(read, WIRE))
