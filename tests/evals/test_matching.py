"""Claims against gold, by hand-built claims."""

from dataclasses import replace

import pytest
from evals.matching import Gold, anchored, fields_right, match, match_all, parse, score
from tests.builders import HRUSHIVKA, LYPOVE, SOUTH, claim, document, on

from fogline.model import (
    Article,
    Furniture,
    FurnitureKind,
    Kind,
    Polarity,
    Quantity,
    Reading,
    Span,
)

TEXT = "Harbour menu. General Elm told World Wire that his troops hold Hrushivka. About 40 men were lost there."
SOURCE = document("one.txt", text=TEXT, published="2024-05-02")


def names(name):
    return {"Grushevka": frozenset({1}), "Hrushivka": frozenset({1})}.get(name, frozenset())


def gold(anchor="his troops hold", **asked):
    return parse({"id": "g1", "doc": "one.txt", "anchor": anchor, "kind": ["control"], **asked})


def quoted(words, **more):
    start = TEXT.index(words)
    return claim(SOURCE, quote=words, start=start, **more)


def reading(*claims, source=SOURCE):
    return Reading(article=Article(name=source.name, raw=b""), document=source, claims=claims)


HELD = quoted(
    "his troops hold Hrushivka", holder=SOUTH, speaker="General Elm", via=["World Wire"], when=on("2024-05-01")
)


def test_a_claim_that_overlaps_the_anchor_is_found():
    assert match(gold(), reading(HELD), names).claim == HELD


def test_a_claim_elsewhere_in_the_document_is_not():
    elsewhere = quoted("About 40 men were lost", kind=Kind.LOSSES)
    assert match(gold(), reading(elsewhere), names).claim is None


def test_a_document_that_was_not_read_finds_nothing():
    assert match_all([gold()], [reading(HELD, source=document("two.txt", text=TEXT))], names)[0].claim is None


def test_an_anchor_that_is_not_in_the_text_finds_nothing():
    assert match(gold("no such words"), reading(HELD), names).claim is None


def test_of_several_claims_the_one_with_most_fields_right_is_chosen():
    wrong = quoted("his troops hold Hrushivka", kind=Kind.BATTLE)
    assert match(gold(holder=SOUTH), reading(wrong, HELD), names).claim == HELD
    assert match(gold(holder=SOUTH), reading(HELD, wrong), names).claim == HELD


def test_an_anchor_in_prose_wins_over_the_same_words_in_furniture():
    text = "Hrushivka falls\n\nThe paper says: Hrushivka falls"
    marked = replace(document("one.txt", text=text), furniture=(Furniture(Span(0, 15), FurnitureKind.TITLE),))
    assert anchored("Hrushivka falls", marked) == (Span(33, 48),)
    assert anchored("Hrushivka falls", replace(marked, furniture=())) == (Span(0, 15), Span(33, 48))


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("kind", ["control", "battle"], ["battle"]),
        ("speaker", ["Oak", "elm"], ["Oak"]),
        ("side", SOUTH, "NO"),
        ("places", ["Grushevka"], ["Hrushivka", "Lypove"]),
        ("date", "2024-05-01", "2024-05-02"),
        ("holder", SOUTH, "NO"),
        ("via", ["World Wire"], ["Harbour Wire"]),
        ("negated", False, True),
    ],
)
def test_each_field_is_judged(field, right, wrong):
    assert fields_right(gold(**{field: right}), HELD, names)[field]
    assert not fields_right(gold(**{field: wrong}), HELD, names)[field]


def test_what_is_not_asked_is_not_judged():
    assert set(fields_right(gold(), HELD, names)) == {"kind"}


def test_a_null_speaker_is_the_report_itself():
    own = quoted("About 40 men were lost", kind=Kind.LOSSES)
    assert fields_right(gold(speaker=[None]), own, names)["speaker"]
    assert not fields_right(gold(speaker=[None]), HELD, names)["speaker"]


def test_all_places_of_the_gold_must_be_there():
    both = quoted("his troops hold Hrushivka", places=(HRUSHIVKA, LYPOVE))
    assert fields_right(gold(places=["Hrushivka", "Lypove"]), both, names)["places"]


def test_an_interval_is_no_day():
    spring = quoted("his troops hold Hrushivka", when=on("2024-04-01", "2024-05-31"))
    assert not fields_right(gold(date="2024-05-01"), spring, names)["date"]


@pytest.mark.parametrize(
    ("low", "high", "unit", "value", "right"),
    [
        (40, 40, "", 40, True),
        (40, None, "", 40, True),
        (None, 50, "", 40, True),
        (None, None, "", 40, False),
        (10, 15, "km", 12, True),
        (10, 15, "km²", 12, False),
        (41, 50, "", 40, False),
    ],
)
def test_a_quantity_holds_the_value_in_the_same_unit(low, high, unit, value, right):
    amount = Quantity(low=low, high=high, unit=unit, of="men", approximate=False, text="")
    lost = quoted("About 40 men were lost", kind=Kind.LOSSES, quantities=[amount])
    asked = {"value": value, "unit": "km" if unit.startswith("km") else ""}
    assert fields_right(gold(quantity=asked), lost, names)["quantity"] is right


def test_negated_is_the_polarity():
    denied = replace(HELD, polarity=Polarity.NEGATIVE)
    assert fields_right(gold(negated=True), denied, names)["negated"]


def test_the_score_counts_fields_over_found_claims_only():
    asked = [gold(holder=SOUTH), gold("no such words", holder=SOUTH), gold(holder="NO")]
    result = score(match_all(asked, [reading(HELD)], names))
    assert result.recall == pytest.approx(2 / 3)
    assert result.fields == pytest.approx(3 / 4)
    assert result.by_field == {"kind": 1.0, "holder": 0.5}


def test_an_empty_set_does_not_pass():
    result = score(())
    assert (result.recall, result.fields) == (0.0, 0.0)


def test_a_gold_line_keeps_what_it_does_not_ask_open():
    assert gold() == Gold(id="g1", doc="one.txt", anchor="his troops hold", kind=("control",))
