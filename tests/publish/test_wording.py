from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.world import THEATRE

from fogline.model import Basis, Likelihood, Precision, Speaker, SpeakerType, When, likelihood_of, whole_percent
from fogline.publish import wording


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.01, "almost no chance"),
        (
            0.049,
            "almost no chance",
        ),  # shown as 5 %, so worded as 5 %: a border belongs to the band further from one half
        (0.06, "very unlikely"),
        (0.12, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.6, "likely"),
        (0.8, "very likely"),
        (0.944, "very likely"),
        (0.96, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_each_band_has_its_word(chance, word):
    assert wording.likelihood(chance).word == word


@given(st.integers(min_value=0, max_value=10_000))
def test_every_view_words_a_probability_by_the_number_it_shows(parts):
    chance = parts / 10_000
    shown = whole_percent(chance)
    assert likelihood_of(chance) is likelihood_of(shown / 100)
    assert wording.likelihood(chance).word == likelihood_of(chance).value
    if 1 <= shown <= 99 and 0.01 <= chance <= 0.99:
        assert wording.likelihood(chance).number == f"{shown}{wording.PERCENT}"


def test_a_border_belongs_to_the_band_further_from_one_half():
    assert [likelihood_of(chance).value for chance in (0.5449, 0.546, 0.55)] == [
        "roughly even chance",
        "likely",
        "likely",
    ]
    assert [likelihood_of(chance).value for chance in (0.4551, 0.454, 0.45)] == [
        "roughly even chance",
        "unlikely",
        "unlikely",
    ]


@given(st.floats(min_value=0, max_value=1))
def test_a_likelihood_always_comes_with_its_number(chance):
    found = wording.likelihood(chance)
    assert found.number.endswith("%")
    assert found.number in found.that("it rains")


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_words_rise_with_the_number(low, high):
    order = sorted(Likelihood, key=lambda band: band.bounds)
    low, high = sorted((low, high))
    assert order.index(wording.likelihood(low).word) <= order.index(wording.likelihood(high).word)


def test_no_number_claims_certainty():
    assert wording.likelihood(1.0).number == "over 99\N{NO-BREAK SPACE}%"
    assert wording.likelihood(0.0).number == "under 1\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(), "date unknown"),
        (When(start=date(2025, 3, 1), end=date(2025, 3, 1)), "on 1 March 2025"),
        (When(start=date(2025, 3, 1), end=date(2025, 3, 31), precision=Precision.MONTH), "in March 2025"),
        (When(start=date(2025, 1, 1), end=date(2025, 12, 31), precision=Precision.YEAR), "in 2025"),
        (When(start=date(2025, 3, 1), end=date(2025, 3, 9)), "between 1 March 2025 and 9 March 2025"),
        (When(start=date(2025, 3, 1)), "after 1 March 2025"),
        (When(end=date(2025, 3, 1)), "by 1 March 2025"),
    ],
)
def test_a_time_is_told_as_fine_as_it_is_known(when, words):
    assert wording.on(when) == words


def test_an_undated_report_is_not_given_a_day():
    assert wording.published(When()) == "undated"
    assert wording.published(When(start=date(2025, 3, 1))) == "undated, after 1 March 2025"


def test_a_chain_names_speaker_relays_and_outlet():
    elm = Speaker(name="Colonel Elm", role="spokesman", side="SO")
    wire = Speaker(name="World Wire", type=SpeakerType.OUTLET)
    paper = Speaker(name="Harbour Times", type=SpeakerType.OUTLET)
    told = wording.chain((elm, wire, paper), THEATRE)
    assert told == "Colonel Elm (spokesman; Sudland), through World Wire, in Harbour Times"
    assert wording.chain((paper,), THEATRE) == "Harbour Times, in its own words"


def test_side_codes_in_a_reason_are_written_as_names():
    assert wording.named("SO holds it (NO: no); NOT so", THEATRE) == "Sudland holds it (Norland: no); NOT so"


def test_a_stated_date_needs_no_explanation_and_a_derived_one_has_it():
    day = date(2025, 3, 1)
    assert wording.basis(When(start=day, end=day, basis=Basis.STATED)) == ""
    assert wording.basis(When(start=day, end=day, basis=Basis.PUBLICATION)) == "date of the report"
