"""How firmly a thing is put: sentences of our own, and what nobody may take for a claim of control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fogline.extract.factuality import read_factuality
from fogline.extract.parse import annotated
from fogline.model import Certainty, Kind, Modality, Polarity

if TYPE_CHECKING:
    from tests.extract.conftest import Hear

READINGS = [
    ("The crew managed to repair the bridge.", "repair", "positive", "certain", "actual"),
    ("The crew agreed to repair the bridge.", "repair", "positive", "certain", "intended"),
    ("The crew was the first to repair the bridge.", "repair", "positive", "certain", "actual"),
    ("The crew came back only to leave again.", "leave", "positive", "certain", "actual"),
    ("The crew must repair the bridge.", "repair", "positive", "certain", "intended"),
    ("Repair the bridge at once.", "Repair", "positive", "certain", "intended"),
    ("The crew has yet to repair the bridge.", "repair", "negative", "certain", "actual"),
    ("Had the crew repaired the bridge, they would have left.", "repaired", "positive", "certain", "conditional"),
    ("The crew nearly repaired the bridge.", "repaired", "negative", "certain", "actual"),
    ("Not all crews repaired bridges.", "repaired", "positive", "certain", "actual"),
    ("Neither crew repaired the bridge.", "repaired", "negative", "certain", "actual"),
    ("The storm did not slow the offensive.", "offensive", "positive", "certain", "actual"),
    ("The division did not launch the offensive.", "offensive", "negative", "certain", "actual"),
    ("An offensive was averted.", "offensive", "negative", "certain", "actual"),
    ("The losses were not reported.", "losses", "positive", "certain", "actual"),
    ("No losses were reported.", "losses", "negative", "certain", "actual"),
    ("Because of the shelling nobody came.", "shelling", "positive", "certain", "actual"),
    ("The looming offensive worries them.", "offensive", "positive", "certain", "predicted"),
    ("They repaired no bridges.", "repaired", "negative", "certain", "actual"),
    ("They will dig in, and we repaired the bridge.", "repaired", "positive", "certain", "actual"),
    ("Not one bridge was repaired.", "repaired", "negative", "certain", "actual"),
    ("It is unclear whether they repaired the bridge.", "repaired", "positive", "certain", "reported-as-unverified"),
    ("Did the crew repair the bridge?", "repair", "positive", "underspecified", "actual"),
]


@pytest.mark.parametrize(("text", "word", "polarity", "certainty", "modality"), READINGS)
def test_firmness(text: str, word: str, polarity: str, certainty: str, modality: str) -> None:
    doc = next(iter(annotated([text])))
    read = read_factuality(next(token for token in doc if token.text == word))
    assert (read.polarity.value, read.certainty.value, read.modality.value) == (polarity, certainty, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Villagers fear the seizure of Borova.",
        "Moscow hopes for the capture of Borova.",
        "The seizure of Borova is a question of weeks.",
        "Russian units are near to seizing Borova.",
        "The planned seizure of Borova was leaked.",
    ],
)
def test_what_lies_ahead_is_no_claim_of_control(hear: Hear, text: str) -> None:
    assert not [c for c in hear(text) if c.kind is Kind.CONTROL and c.modality is Modality.ACTUAL]


def test_whoever_does_not_expect_it_denies_it(hear: Hear) -> None:
    claim = next(c for c in hear("The General Staff does not expect an assault on Borova.") if "assault" in c.quote)
    assert (claim.polarity, claim.modality) == (Polarity.NEGATIVE, Modality.PREDICTED)


def test_a_cue_that_hedges_hedges_what_follows(hear: Hear) -> None:
    claim = next(c for c in hear("It is likely that Russian units seized Borova.") if c.kind is Kind.CONTROL)
    assert claim.certainty is Certainty.PROBABLE


def test_a_thing_is_denied_with_its_verb(hear: Hear) -> None:
    claims = [c for c in hear("The garrison of Borova has not surrendered.") if c.kind is Kind.FORCES]
    assert all(c.polarity is Polarity.NEGATIVE for c in claims)


@pytest.mark.parametrize(
    ("text", "manner"),
    [("Russian units surrounded Borova.", "encircled"), ("Borova is cut off.", "cut off"), ("Borova was shelled.", "")],
)
def test_how_a_place_is_shut_in(hear: Hear, text: str, manner: str) -> None:
    assert {c.manner for c in hear(text)} == {manner}


def test_driving_somebody_out_takes_the_place(hear: Hear) -> None:
    claim = next(c for c in hear("Ukrainian units drove Russian troops out of Borova.") if c.kind is Kind.CONTROL)
    assert (claim.holder, [p.name for p in claim.places]) == ("UA", ["Borova"])
