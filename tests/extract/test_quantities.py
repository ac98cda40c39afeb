import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.quantities import find
from fogline.extract.quantities.lexicon import UNITS
from fogline.model import Quantity


def only(text: str) -> Quantity:
    (amount,) = find(text)
    assert amount.span.of(text) == amount.quantity.text
    return amount.quantity


def test_a_value_with_what_it_counts() -> None:
    amount = only("They sent 12 new Ukrainian drones.")
    assert (amount.low, amount.high, amount.unit, amount.of, amount.approximate) == (12, 12, "", "drones", False)


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212"])
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_odd_dashes_and_spaces_keep_their_offsets(dash: str, space: str) -> None:
    text = f"Gains of 10{dash}15{space}km² per day."
    amount = only(text)
    assert (amount.low, amount.high, amount.unit) == (10, 15, "km²/day")
    assert amount.text == f"10{dash}15{space}km² per day"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("At least 40 men fled.", 40, None), ("Up to 40 men fled.", None, 40), ("Over 40 men fled.", 40, None)],
)
def test_a_bound_leaves_the_other_end_open(text: str, low: float | None, high: float | None) -> None:
    amount = only(text)
    assert (amount.low, amount.high) == (low, high)


def test_a_range_with_its_unit_told_twice_is_one_amount() -> None:
    amount = only("They hold between 5 km and 7 km of the road.")
    assert (amount.low, amount.high, amount.unit) == (5, 7, "km")


def test_the_age_of_a_person_is_no_amount() -> None:
    assert find("A 23-year-old man was seen.") == ()


def test_a_share_of_a_numbered_whole_and_the_whole_are_two_amounts() -> None:
    first, second = (amount.quantity for amount in find("Half of the 2,500 houses are gone."))
    assert (first.low, first.unit, first.of) == (50, "%", "houses")
    assert (second.low, second.of) == (2500, "houses")


def test_a_date_is_no_amount_and_a_length_of_time_is() -> None:
    assert find("It fell on 10 September 2022, two days after the raid.") == ()
    assert only("It held out for three weeks.").unit == "weeks"


MORE = """10 50,000 1.2 1990 a an the of to between and at least more than nearly several dozens hundred half third
    two-thirds thousand million k $ € ~ - – / ( ) . , % per day of the town soldiers Russian T-72 155mm nd"""
pieces = sorted(UNITS) + MORE.split()
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(pieces), max_size=14).map(" ".join),
    st.lists(st.sampled_from(pieces), max_size=14).map("".join),
    st.text("0123456789 -–./:,'’\n%$k", max_size=80),
)


@given(texts)
def test_spans_cut_from_any_text_are_the_quoted_words(text: str) -> None:
    end = 0
    for amount in find(text):
        assert amount.span.start >= end
        assert amount.span.of(text) == amount.quantity.text
        low, high = amount.quantity.low, amount.quantity.high
        assert low is None or high is None or low <= high
        assert low is not None or high is not None
        end = amount.span.end


@pytest.mark.parametrize(
    "piece", ["1", " ", "-", "1-", "1 ", "1,", "1.", "\n", "000 ", ",000", "Kyiv's 5 ", "several hundred "]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    text = ("1" + piece * 200_000)[:200_000]
    began = time.process_time()
    find(text)
    # A fifth of a megabyte in well under two seconds; anything quadratic takes minutes.
    assert time.process_time() - began < 3
