"""Notices, minutes, chronologies and threads: who speaks and when in manners that leave it unsaid; sentences of our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fogline.extract.authorship import signed_by
from fogline.model import Claim, Kind, Modality, Polarity, SpeakerType

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


def of_kind(claims: tuple[Claim, ...], kind: Kind) -> list[Claim]:
    return [claim for claim in claims if claim.kind is kind]


NOTICE = """To the people of the community

Yesterday the enemy shelled Borova twice and two houses burned down. Our defenders hold Borova.

We ask everybody to stay in the shelters.

{signature}
"""


@pytest.mark.parametrize(
    ("signature", "name", "kind"),
    [
        ("Head of the military administration\nTaras Veles", "Taras Veles", SpeakerType.PERSON),
        ("Taras Veles, head of the town council", "Taras Veles", SpeakerType.PERSON),
    ],
)
def test_a_notice_is_its_signers(hear: Hear, signature: str, name: str, kind: SpeakerType) -> None:
    claims = of_kind(hear(NOTICE.format(signature=signature)), Kind.CONTROL)
    assert [(c.speaker.name, c.speaker.side, c.speaker.type, c.holder) for c in claims] == [(name, "UA", kind, "UA")]


def test_a_letterhead_is_who_writes(hear: Hear) -> None:
    text = "Borova Settlement Military Administration\n\nDear residents!\n\nLast night the enemy struck our hospital with drones."
    assert {claim.speaker.name for claim in hear(text)} == {"Borova Settlement Military Administration"}


@pytest.mark.parametrize(
    "text",
    [
        "Shelling in Borova\n\nTwo people died.\n\nHead of the council\nTaras Veles",
        "A day at the front\n\nWe drove to Borova with a medic.\n\nThe road was empty.\n\nPhoto by a friend\nTaras Veles",
        "One line.",
    ],
)
def test_a_report_is_not_signed_by_whoever_stands_last(text: str) -> None:
    assert signed_by(text) is None


MINUTES = """Oral statement on the war

The Minister for Europe (Nora Vance): I will make a statement on Kupiansk. Ukrainian forces still hold Kupiansk.

The governor has said that Russia shelled Borova on Sunday. We fear that Lyman will be next.

Tom Adeyemi (North Shore): I thank the minister. Russian troops have captured Siversk.
"""


def test_minutes_are_heard_by_who_has_the_floor(hear: Hear) -> None:
    claims = hear(MINUTES)
    assert [c.speaker.name for c in of_kind(claims, Kind.CONTROL)] == ["Nora Vance", "Tom Adeyemi"]
    assert [c.speaker.name for c in of_kind(claims, Kind.STRIKE)] == ["governor"]


def test_labels_in_a_report_are_no_contributions(hear: Hear) -> None:
    text = "Key Points: Russian troops captured Siversk.\n\nThe army fell back."
    assert {claim.speaker.name for claim in hear(text)} == {"Plain Courier"}


CHRONOLOGY = """How the lake road was lost

2023

Spring 2023 was calm, and the road to Borova was open.

November: Russian troops shelled the ferry at Borova.

2024

17 February: Ukrainian soldiers withdrew from Borova at night.

18 February: The mayor said that Russian troops had captured Borova.
"""


def test_entries_of_a_chronology_have_the_date_they_open_with(hear: Hear) -> None:
    claims = hear(CHRONOLOGY, published=None)
    told = [(claim.kind, claim.when.edtf, claim.speaker.name) for claim in claims if claim.kind is not Kind.LOGISTICS]
    assert told == [
        (Kind.STRIKE, "2023-11", "Plain Courier"),
        (Kind.WITHDRAWAL, "2024-02-17", "Plain Courier"),
        (Kind.CONTROL, "2024-02-18", "mayor"),
    ]


def test_a_date_alone_in_its_line_holds_for_what_follows(hear: Hear) -> None:
    claims = hear("5 May 2025\n\nRussian troops shelled Borova.\n\n6 May 2025\n\nRussian troops captured Siversk.")
    assert [claim.when.edtf for claim in claims] == ["2025-05-05", "2025-05-06"]


def test_a_label_of_one_word_is_nobody(hear: Hear) -> None:
    assert {c.speaker.name for c in hear("Cholera: 80 residents have died in Kupiansk since June.")} == {
        "Plain Courier"
    }


SPEAKERS = [
    ("An officer we spoke to says that Russian troops have captured Borova.", "officer"),
    ("A soldier we met said that Russian troops had captured Borova.", "soldier"),
    ("The spokesman, Petro Savka, confirmed on the following day that Ukraine had lost Borova.", "Petro Savka"),
    ("A diplomat was blunter: Russian troops have captured Borova.", "diplomat"),
    ("The mayor was clear: the Russians do not control Borova.", "mayor"),
    ("I spoke to a Polish colleague, who told me that Russian troops had captured Borova.", "Polish colleague"),
    ("The 77th Mechanized Brigade denied that the Russians had captured Borova.", "77th Mechanized Brigade"),
    ("It seems that Russian troops have captured Borova.", "Plain Courier"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_whose_words_they_are(hear: Hear, text: str, speaker: str) -> None:
    assert {claim.speaker.name for claim in of_kind(hear(text), Kind.CONTROL)} == {speaker}


DENIED = [
    "Rumours are being spread that our forces have left Borova. This is not true.",
    "Reports that Russian troops have captured Borova are false.",
    "Reports that Russian troops have captured Borova are a lie.",
]


@pytest.mark.parametrize("text", DENIED)
def test_what_is_called_false_is_not_claimed(hear: Hear, text: str) -> None:
    claims = hear(text)
    assert claims
    assert {claim.polarity for claim in claims} == {Polarity.NEGATIVE}


def test_a_rumour_that_nobody_denies_is_left_as_it_is(hear: Hear) -> None:
    claims = hear("Rumours are being spread that Russian troops have left Borova. The council met.")
    assert {claim.polarity for claim in claims} == {Polarity.POSITIVE}


def test_this_is_denied_by_whoever_denies_it(hear: Hear) -> None:
    text = "UNICEF said that Russian troops had killed 40 people in Borova. Russia denies this. The Kremlin denied it, too."
    told = [(c.speaker.name, c.polarity.value) for c in of_kind(hear(text), Kind.LOSSES)]
    assert told == [("UNICEF", "positive"), ("Russia", "negative"), ("Kremlin", "negative")]


def test_neither_nor_denies_both(hear: Hear) -> None:
    claims = hear("The army has neither the men nor the wish to hold Borova.")
    assert {(c.polarity, c.modality) for c in claims} == {(Polarity.NEGATIVE, Modality.INTENDED)}


KINDS = [
    ("More than 120 soldiers surrendered near Borova.", Kind.LOSSES),
    ("Eighty militants died near Borova.", Kind.LOSSES),
    ("Volunteers reached 95,000 people in Borova with water.", Kind.HUMANITARIAN),
    ("Russian troops started to pull out of Borova.", Kind.WITHDRAWAL),
    ("Russian troops took 71 km² north of Borova.", Kind.ADVANCE),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_what_kind_of_thing_is_told(hear: Hear, text: str, kind: Kind) -> None:
    assert kind in {claim.kind for claim in hear(text)}


def test_a_toll_is_an_amount(hear: Hear) -> None:
    claim = of_kind(hear("Local groups put the death toll in Borova at 27."), Kind.LOSSES)[0]
    assert [(q.low, q.high) for q in claim.quantities] == [(27, 27)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Russian troops captured Borova on the 20th.", "2025-11-20"),
        ("Russian troops captured Borova on the 25th.", "2025-10-25"),
        ("Russian troops captured Borova on the 3rd floor.", "2025-11-21"),
    ],
)
def test_a_day_without_its_month_is_the_last_such_day(hear: Hear, text: str, edtf: str) -> None:
    claim = of_kind(hear(text, published=date(2025, 11, 21)), Kind.CONTROL)[0]
    assert claim.when.edtf == edtf


CHAIN = """Ukrainian soldiers have retaken Yablanka, retired colonel Petro Savka told Ukrinform, Stepova Hazeta {prints}.

The agency quotes him: "They left the village without a fight and left two tanks behind."

The colonel added that 30 Russian soldiers had surrendered.
"""


@pytest.mark.parametrize("prints", ["writes", "has reported", "published"])
def test_who_prints_what_an_agency_was_told_is_not_he_who_speaks(hear: Hear, prints: str) -> None:
    claims = hear(CHAIN.format(prints=prints))
    assert {claim.speaker.name for claim in claims} == {"Petro Savka"}
    chain = claims[0].attribution.chain
    assert [speaker.name for speaker in chain] == ["Petro Savka", "Ukrinform", "Stepova Hazeta", "Plain Courier"]
    assert chain[2].type is SpeakerType.OUTLET


def test_a_village_that_no_gazetteer_has_is_kept_where_it_is_called_one(hear: Hear) -> None:
    assert [place.name for place in of_kind(hear(CHAIN.format(prints="writes")), Kind.CONTROL)[0].places] == [
        "Yablanka"
    ]
    claim = of_kind(hear("Russian troops captured Nykodorivka and Suvorove."), Kind.CONTROL)[0]
    assert {place.name for place in claim.places} == {"Nykodorivka", "Suvorove"}


@pytest.mark.parametrize(
    "text", ["Russian troops captured Nykodorenko.", "Russian troops have captured Colonel Savka."]
)
def test_whoever_is_captured_is_no_village(hear: Hear, text: str) -> None:
    assert all(not claim.places for claim in hear(text))


SAID = [
    (
        "The expert Petro Savka was sure. However, he does not believe the capture of Borova to be possible.",
        "Petro Savka",
    ),
    ('The expert Petro Savka noted that he saw no threat to Borova: "Borova will not be captured."', "Petro Savka"),
    ("According to the Doctors Network, 47 people, nine of them women, were killed in Borova.", "Doctors Network"),
    (
        "Petro Savka, head of the Borova administration, spoke. The administration announced an evacuation.",
        "Borova administration",
    ),
    ("In an interview with Radio Nord, Petro Savka said that Russian troops had captured Borova.", "Petro Savka"),
]


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_who_says_it_in_the_harder_turns(hear: Hear, text: str, speaker: str) -> None:
    assert speaker in {claim.speaker.name for claim in hear(text)}
    assert not {claim.speaker.name for claim in hear(text)} - {speaker, "Plain Courier"}


def test_what_is_called_untrue_is_denied(hear: Hear) -> None:
    text = "Russia's Defence Ministry reported the capture of Borova. The Ukrainian General Staff called this report untrue."
    told = [(claim.speaker.side, claim.polarity) for claim in of_kind(hear(text), Kind.CONTROL)]
    assert told == [("RU", Polarity.POSITIVE), ("UA", Polarity.NEGATIVE)]


def test_a_loss_that_is_a_possibility_has_not_happened(hear: Hear) -> None:
    claims = hear("The loss of Borova is a realistic possibility.")
    told = [(c.kind, c.modality, [place.name for place in c.places]) for c in claims]
    assert told == [(Kind.FORECAST, Modality.PREDICTED, ["Borova"])]


HELD = [
    (
        "Russians held Borova for months. On 12 September the Ukrainian flag was raised again over the town council.",
        "UA",
    ),
    ("Russian troops entered Borova in 2022. The occupation lasted three months.", "RU"),
    ("Russia retook Borova, barely six weeks after the Ukrainian army had driven them out of it.", "UA"),
]


@pytest.mark.parametrize(("text", "holder"), HELD)
def test_who_holds_the_town_that_was_named(hear: Hear, text: str, holder: str) -> None:
    told = [(claim.holder, [place.name for place in claim.places]) for claim in of_kind(hear(text), Kind.CONTROL)]
    assert (holder, ["Borova"]) in told


def test_what_will_be_is_foretold_where_no_word_shows_its_kind(hear: Hear) -> None:
    claims = hear("The mayor of Borova said that demining will take five years.")
    assert {claim.kind for claim in claims} == {Kind.FORECAST}


SCENARIOS = """Three ways for Borova until spring

Stalemate (about 60%): Russian troops stay on the far bank of the Oskil.
Best: 1 in 10: Ukraine retakes the bridge at Borova.

What could {change}
- pontoons brought up to the Oskil near Borova
"""


@pytest.mark.parametrize("change", ["alter this picture", "prove us wrong", "change our estimate"])
def test_scenarios_by_their_odds_and_what_would_change_the_mind_are_heads(hear: Hear, change: str) -> None:
    claims = hear(SCENARIOS.format(change=change))
    assert [claim.kind for claim in claims][-3:] == [Kind.FORECAST, Kind.FORECAST, Kind.INDICATOR]


@pytest.mark.parametrize(
    "line", ["Best (4) of the drivers left Borova.", "Central: Borova was shelled by Russian troops."]
)
def test_a_word_for_a_path_without_odds_is_no_head(hear: Hear, line: str) -> None:
    assert {claim.kind for claim in hear(line)} & {Kind.FORECAST, Kind.INDICATOR} == set()


def test_the_convinced_one_speaks_and_nobody_else_expects(hear: Hear) -> None:
    text = (
        "Commander Taras Veles is convinced that Russian troops have captured Borova. "
        "In his words, they should be expected near Lyman."
    )
    assert {claim.speaker.name for claim in hear(text)} == {"Taras Veles"}


def test_the_town_is_none_that_names_who_speaks(hear: Hear) -> None:
    text = "Vovchansk is a town in Kharkiv region. The General Staff in Moscow claimed that the town had been taken."
    claim = of_kind(hear(text), Kind.CONTROL)[0]
    assert ([place.name for place in claim.places], claim.holder) == (["Vovchansk"], "RU")


SIDED = [
    (
        'Commander Taras Veles told RIA Novosti that Borova is quiet. "The enemy attacked Borova last night," he said.',
        "RU",
    ),
    ('Taras Veles denied it. "The Russians shelled Borova, but the bridge is under our control," Veles said.', "UA"),
]


@pytest.mark.parametrize(("text", "side"), SIDED)
def test_whose_side_own_words_show(hear: Hear, text: str, side: str) -> None:
    assert {claim.speaker.side for claim in hear(text) if claim.speaker.name == "Taras Veles"} == {side}
