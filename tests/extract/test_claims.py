"""What is heard in a report: kinds, holders, speakers, times and amounts, on sentences of our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.model import Basis, Certainty, Claim, Kind, Modality, Polarity, SpeakerType

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


def only(claims: tuple[Claim, ...], kind: Kind) -> Claim:
    found = [claim for claim in claims if claim.kind is kind]
    assert len(found) == 1, [(c.kind, c.quote) for c in claims]
    return found[0]


HOLDERS = [
    ("Russian troops captured Dvorichna on Tuesday.", "RU"),
    ("Dvorichna was captured by Russian troops on Tuesday.", "RU"),
    ("Ukrainian forces have recaptured the village of Synkivka.", "UA"),
    ("Ukrainian brigades liberated Balakliia from Russian forces.", "UA"),
    ("Balakliia was liberated from Russian forces.", "UA"),
    ("The town of Borova remains under the control of Ukraine.", "UA"),
    ("Svatove has been under Russian control since March 2022.", "RU"),
    ("Ukrainian troops still hold Kivsharivka.", "UA"),
    ("The Ukrainian army lost Lyman in the spring.", "RU"),
    ("Vovchansk fell to Russian forces after a week.", "RU"),
    ("The capture of Kurylivka by Russian units followed a month of shelling.", "RU"),
    ("Russia took control of Bakhmut in May 2023.", "RU"),
    ("In May 2023 Bakhmut was occupied.", "RU"),
    ("In September 2022 Izium was liberated.", "UA"),
    ("Russia's Defence Ministry said its troops had taken full control of Borova.", "RU"),
    ("The General Staff of Ukraine reported full control of Kivsharivka.", "UA"),
    ("The ministry claims full control of Vovchansk.", "unknown"),
]


@pytest.mark.parametrize(("sentence", "holder"), HOLDERS, ids=[s for s, _ in HOLDERS])
def test_who_holds_a_place_after_a_sentence(hear: Hear, sentence: str, holder: str) -> None:
    claim = only(hear(sentence), Kind.CONTROL)
    assert (claim.holder, claim.polarity, claim.modality) == (holder, Polarity.POSITIVE, Modality.ACTUAL)
    assert [place.precision for place in claim.places] == ["settlement"]


NO_CAPTURE = [
    "Russia wants to capture Kupiansk before the winter.",
    "Russian troops are trying to seize Kupiansk.",
    "The capture of Kupiansk would open the road to the west.",
    "If Russian forces take Kupiansk, the railway is lost.",
    "Analysts fear that Russia will capture Kupiansk.",
    "Moscow plans the capture of Kupiansk by spring.",
    "Russian forces could capture Kupiansk within weeks.",
    "The goal of the offensive is the capture of Kupiansk.",
    "Russian forces seized the initiative near Kupiansk.",
    "Ukrainian troops captured forty Russian soldiers near Kupiansk.",
]


@pytest.mark.parametrize("sentence", NO_CAPTURE)
def test_an_aim_a_condition_a_fear_or_a_forecast_is_no_claim_of_control(hear: Hear, sentence: str) -> None:
    assert [claim for claim in hear(sentence) if claim.kind is Kind.CONTROL] == []


DENIALS = [
    "Russian forces do not control Kupiansk.",
    "Russian troops failed to capture Kupiansk.",
    "Kupiansk has not been captured by Russian troops.",
    "The General Staff denied that Russian troops had captured Kupiansk.",
]


@pytest.mark.parametrize("sentence", DENIALS)
def test_a_denial_says_that_the_holder_does_not_hold_it(hear: Hear, sentence: str) -> None:
    claim = only(hear(sentence), Kind.CONTROL)
    assert (claim.holder, claim.polarity) == ("RU", Polarity.NEGATIVE)


def test_liberated_is_read_by_who_speaks(hear: Hear) -> None:
    russian = only(hear("The Russian Defence Ministry said that Kupiansk had been liberated."), Kind.CONTROL)
    ukrainian = only(hear("Ukraine's General Staff said that Kupiansk had been liberated."), Kind.CONTROL)
    assert (russian.holder, ukrainian.holder) == ("RU", "UA")


def test_two_clauses_are_two_claims_each_with_its_own_day(hear: Hear) -> None:
    text = "Kupiansk was occupied by Russian forces on 27 February 2022 and recaptured by Ukrainian troops on 10 September 2022."
    controls = [claim for claim in hear(text) if claim.kind is Kind.CONTROL]
    assert {(c.holder, c.when.edtf) for c in controls} == {("RU", "2022-02-27"), ("UA", "2022-09-10")}


def test_the_town_is_the_one_named_before(hear: Hear) -> None:
    text = "Russian guns were heard in Svatove all night. By morning Ukrainian forces had recaptured the town."
    claim = only(hear(text), Kind.CONTROL)
    assert [place.name for place in claim.places] == ["Svatove"]


def test_a_claim_without_a_date_of_its_own_has_that_of_publication(hear: Hear) -> None:
    claim = only(hear("Russian troops captured Dvorichna."), Kind.CONTROL)
    assert (claim.when.start, claim.when.end, claim.when.basis) == (date(2025, 11, 21),) * 2 + (Basis.PUBLICATION,)


def test_without_any_date_the_time_is_unknown_and_the_claim_stays(hear: Hear) -> None:
    claim = only(hear("Russian troops captured Dvorichna.", published=None), Kind.CONTROL)
    assert not claim.when.known


def test_the_chain_runs_from_the_speaker_through_the_relay_to_the_outlet(hear: Hear) -> None:
    text = "Russian troops have encircled the garrison of Kupiansk, military analyst Ivan Petrov told TASS."
    claim = hear(text)[0]
    assert [speaker.name for speaker in claim.attribution.chain] == ["Ivan Petrov", "TASS", "Plain Courier"]
    assert claim.attribution.chain[0].role == "military analyst"
    assert claim.attribution.chain[-1].type is SpeakerType.OUTLET


def test_pronouns_and_role_nouns_find_the_speaker(hear: Hear) -> None:
    text = (
        "Military expert Pavlo Danylenko said that Russian troops attacked Borova.\n\n"
        '"They shelled Borova for two days," he said.\n\n'
        '"The enemy lost three tanks near Borova," the expert added.'
    )
    assert {claim.speaker.name for claim in hear(text)} == {"Pavlo Danylenko"}


def test_a_surname_finds_the_full_name(hear: Hear) -> None:
    text = "Analyst Maria Koval said Russian troops attacked Borova. Koval said that they were repelled."
    assert {claim.speaker.name for claim in hear(text)} == {"Maria Koval"}


def test_our_forces_shows_the_side_of_an_unknown_speaker(hear: Hear) -> None:
    text = '"The Russians attacked our positions near Borova," said Petro Ivanchuk, an officer.'
    assert hear(text)[0].speaker.side == "UA"


def test_two_named_together_are_two_voices(hear: Hear) -> None:
    text = "According to experts Pavlo Danylenko and Maria Koval, Russian troops attacked Borova."
    assert {claim.speaker.name for claim in hear(text)} == {"Pavlo Danylenko", "Maria Koval"}


def test_a_wish_is_no_speech(hear: Hear) -> None:
    claims = hear("Moscow hopes to reach the Oskil River near Kupiansk.")
    assert claims
    assert {claim.speaker.name for claim in claims} == {"Plain Courier"}
    assert {claim.kind for claim in claims} <= {Kind.INTENT, Kind.FORECAST}


def test_unverified_is_said_to_be_so(hear: Hear) -> None:
    claim = only(
        hear("The claim that Russian troops captured Dvorichna could not be independently verified."), Kind.CONTROL
    )
    assert claim.modality is Modality.UNVERIFIED


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Russian troops have reportedly captured Dvorichna.", Certainty.UNDERSPECIFIED),
        ("Russian troops may have captured Dvorichna.", Certainty.POSSIBLE),
        ("Russian troops have probably captured Dvorichna.", Certainty.PROBABLE),
        ("Russian troops have captured Dvorichna.", Certainty.CERTAIN),
    ],
)
def test_hedges_lower_the_certainty(hear: Hear, sentence: str, certainty: Certainty) -> None:
    assert only(hear(sentence), Kind.CONTROL).certainty is certainty


def test_amounts_come_with_the_claim(hear: Hear) -> None:
    claim = next(c for c in hear("At least 40 Russian soldiers were killed near Borova.") if c.kind is Kind.LOSSES)
    assert [(q.low, q.high, q.of) for q in claim.quantities] == [(40, None, "soldiers")]


def test_a_question_asserts_nothing(hear: Hear) -> None:
    assert hear("Have Russian troops captured Kupiansk?") == ()


def test_scenario_paths_and_indicators_are_read_by_their_heads(hear: Hear) -> None:
    text = (
        "Baseline path: Ukrainian troops hold the west bank and Russian attacks slow down.\n\n"
        "Risk path: Russian reserves cross the Oskil and cut the road.\n\n"
        "Indicator 1: The number of Russian crossings of the Oskil in the next three months."
    )
    assert [claim.kind for claim in hear(text)] == [Kind.FORECAST, Kind.FORECAST, Kind.INDICATOR]


@given(st.text(max_size=300))
@settings(max_examples=40)
def test_any_text_is_heard_without_an_error_and_every_span_is_its_quote(hear: Hear, text: str) -> None:
    for claim in hear(text):
        assert claim.span.of(text) == claim.quote
        assert claim.quote.strip()


def test_every_span_cut_from_the_text_is_the_quote(hear: Hear) -> None:
    text = (
        "“Russian troops — some forty of them — entered Borova,” said the mayor.\r\n\r\n"
        "Куп'янськ: Ukraine’s army holds Kupiansk.\r\n"
    )
    claims = hear(text)
    assert claims
    for claim in claims:
        assert claim.span.of(text) == claim.quote
        assert claim.attribution.chain[-1].name == "Plain Courier"


def test_a_rejected_claim_is_its_speakers_word_and_the_rejection_the_others(hear: Hear) -> None:
    text = "Petro Koval, an analyst, dismissed as false the statement by Olena Bondar that Russian troops had captured Kupiansk."
    found = {(c.speaker.name, c.polarity.value, c.modality.value) for c in hear(text) if c.kind is Kind.CONTROL}
    assert found == {
        ("Olena Bondar", "positive", "reported-as-unverified"),
        ("Petro Koval", "negative", "actual"),
    }


def test_a_forwarded_message_is_said_by_whom_it_came_from_through_the_channel(hear: Hear) -> None:
    claims = hear("Forwarded from Hill Post:\nUkrainian troops still hold Kivsharivka.", outlet="River Channel")
    claim = only(claims, Kind.CONTROL)
    assert [speaker.name for speaker in claim.attribution.chain] == ["Hill Post", "River Channel"]
