"""Who speaks and who holds, in the harder turns of reports; sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogline.model import Claim, Kind, Modality, Polarity

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


def controls(claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if claim.kind is Kind.CONTROL]


def test_a_speaker_after_the_statement_is_no_apposition_of_the_town(hear: Hear) -> None:
    text = "Russian troops have taken the town of Borova, the head of the staff, Igor Belov, told reporters on Monday."
    assert [claim.speaker.name for claim in controls(hear(text))] == ["Igor Belov"]


def test_an_apposition_that_tells_nothing_is_no_speaker(hear: Hear) -> None:
    text = "Ukrainian forces held Borova, a rail hub, and repelled three attacks."
    assert {claim.speaker.name for claim in hear(text)} == {"Plain Courier"}


def test_they_who_lost_it_are_those_who_took_it(hear: Hear) -> None:
    text = "The Russians took Borova in March 2022. They lost it in October 2022."
    assert [claim.holder for claim in controls(hear(text))] == ["RU", "UA"]


def test_whose_claim_a_claim_is(hear: Hear) -> None:
    text = "Bloggers were gloomy despite the claim by President Putin to have taken the town of Borova."
    claim = controls(hear(text))[0]
    assert claim.speaker.name == "Vladimir Putin"
    assert claim.holder == "RU"


def test_a_bare_denial_denies_the_claim_before_it(hear: Hear) -> None:
    text = (
        "Russia's Defence Ministry said that its troops had captured Dvorichna.\n\n"
        "Ukraine's General Staff rejected the claim."
    )
    claimed, denied = controls(hear(text))
    assert (claimed.speaker.side, claimed.holder, claimed.polarity) == ("RU", "RU", Polarity.POSITIVE)
    assert (denied.speaker.side, denied.holder, denied.polarity) == ("UA", "RU", Polarity.NEGATIVE)
    assert denied.places == claimed.places


def test_a_denial_with_nothing_before_it_makes_nothing_up(hear: Hear) -> None:
    assert controls(hear("Ukraine's General Staff rejected the claim.")) == []


def test_its_control_is_the_speakers(hear: Hear) -> None:
    text = "The Russian Defence Ministry said that Dvorichna was fully under its control."
    assert [claim.holder for claim in controls(hear(text))] == ["RU"]


def test_a_share_of_a_town_is_held_partly(hear: Hear) -> None:
    text = "Ukraine controls most of Kupiansk, analysts say."
    claim = controls(hear(text))[0]
    assert (claim.holder, claim.manner) == ("UA", "partly")


def test_a_grey_zone_is_contested(hear: Hear) -> None:
    claim = controls(hear("A map shows Dvorichna as a grey zone."))[0]
    assert claim.holder == "contested"


def test_villages_near_a_town_are_not_the_town(hear: Hear) -> None:
    claims = controls(hear("Ukrainian forces retook several villages north-west of Kupiansk."))
    assert all(place.precision != "settlement" for claim in claims for place in claim.places)


def test_a_doubted_voice_keeps_its_place_in_the_chain(hear: Hear) -> None:
    text = 'Analyst Maria Koval was calm. "They claim that Borova has been captured," she said.'
    chains = [[s.name for s in c.attribution.chain] for c in controls(hear(text))]
    assert chains
    assert all("Maria Koval" in chain for chain in chains)


def test_the_speakers_own_words_are_marked_unverified_where_the_report_says_so(hear: Hear) -> None:
    text = (
        "The ministry said its troops took Dvorichna. Whether Dvorichna was taken could not be independently verified."
    )
    assert Modality.UNVERIFIED in {claim.modality for claim in controls(hear(text))}


def test_a_settlement_is_no_speaker(hear):
    text = "Yuri Podolyaka wrote on Telegram that Zarichne had been abandoned but denied that Torske was lost."
    assert all("Zarichne" not in {s.name for s in claim.attribution.chain} for claim in hear(text))


def test_what_a_party_says_was_lost_was_its_own(hear):
    claims = hear("Yuri Podolyaka wrote on Telegram that Zarichne had been abandoned.")
    assert [claim.holder for claim in claims if claim.kind is Kind.CONTROL] == ["UA"]
    claims = hear("Zarichne was lost in the spring.")
    assert [claim.holder for claim in claims if claim.kind is Kind.CONTROL] == ["RU"]
