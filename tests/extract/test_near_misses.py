"""What looks like a date, a speaker, a denial or a kind and is none: for each wide rule the sentence it must leave alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fogline.extract.authorship import signed_by
from fogline.extract.claims import EnglishExtractor
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import UNKNOWN_SIDE, Claim, Document, Kind, Modality, Polarity, SpeakerType
from fogline.theatres.loading import load

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


def of_kind(claims: tuple[Claim, ...], kind: Kind) -> list[Claim]:
    return [claim for claim in claims if claim.kind is kind]


UNITS = [
    "Borova was captured by the 24th and 25th brigades.",
    "Borova was captured by the 14th, the army added.",
    "Borova was captured by soldiers from the 14th, who had crossed the river.",
    "Russian troops took Borova on the 2nd and 3rd attempts.",
    "Russian troops took Borova on the 2nd and the 3rd attempts.",
]


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_or_rank_is_no_day(hear: Hear, text: str) -> None:
    claims = hear(text, published=date(2025, 11, 21))
    assert {claim.when.edtf for claim in claims} == {"2025-11-21"}


BULLETIN = """Summary of the staff

Kupiansk {label}: our forces hold Kupiansk.

Lyman {label}: {second}

Russian troops have captured Siversk.
"""


@pytest.mark.parametrize(
    ("label", "second"),
    [
        ("Direction", "the enemy attacked twice."),
        ("Axis", "we repelled two assaults."),
        ("Sector", 'a pilot said: "I saw 40 drones."'),
    ],
)
def test_labels_of_a_bulletin_have_no_floor(hear: Hear, label: str, second: str) -> None:
    claims = hear(BULLETIN.format(label=label, second=second))
    assert [claim.speaker.name for claim in of_kind(claims, Kind.CONTROL)] == ["Plain Courier", "Plain Courier"]
    assert not {f"Kupiansk {label}", f"Lyman {label}"} & {claim.speaker.name for claim in claims}


def test_labels_with_a_name_alone_have_the_floor_where_each_speaks_of_himself(hear: Hear) -> None:
    text = "Tom Adeyemi: I say that Russian troops have captured Borova.\n\nNora Vance: My view is that Ukraine holds Borova."
    assert {claim.speaker.name for claim in of_kind(hear(text), Kind.CONTROL)} == {"Tom Adeyemi", "Nora Vance"}


REPORTAGE = """{top}

We drove to Borova with a medic. {own} Russian troops shelled Borova.

The road was empty.

{signature}
"""


@pytest.mark.parametrize(
    ("top", "own", "signature"),
    [
        ("A day at the front", "Our car broke down.", "Taras Veles, chief editor of the Kharkiv city council paper"),
        ("A day at the front", "Our car broke down.", "Taras Veles, military correspondent in Kharkiv"),
        ("A day at the front", "It was cold.", "Taras Veles, head of the Kharkiv city council"),
        ("Kharkiv City Council", "It was cold.", "It was the first day of frost."),
    ],
)
def test_a_reportage_is_no_office_s_notice(hear: Hear, top: str, own: str, signature: str) -> None:
    text = REPORTAGE.format(top=top, own=own, signature=signature)
    assert signed_by(text) is None
    claim = of_kind(hear(text), Kind.STRIKE)[0]
    assert (claim.speaker.name, claim.speaker.type) == ("Plain Courier", SpeakerType.OUTLET)


def test_a_lone_date_line_dates_nothing_below_it(hear: Hear) -> None:
    text = "24 February 2022\n\nRussian troops entered Kherson.\n\nWhat happens now\n\nUkraine holds Lyman."
    assert {claim.when.edtf for claim in hear(text)} == {"2025-11-21"}


def test_a_heading_ends_what_stands_under_a_date(hear: Hear) -> None:
    text = (
        "5 May 2025\n\nA night of drones\n\nRussian troops shelled Borova.\n\n6 May 2025\n\nRussian troops captured Siversk."
        "\n\nWhat happens now\n\nUkraine holds Lyman."
    )
    told = {place.name: claim.when.edtf for claim in hear(text) for place in claim.places}
    assert told == {"Borova": "2025-05-05", "Siversk": "2025-05-06", "Lyman": "2025-11-21"}


CAPTURED = "Russia's Defence Ministry said that its troops had captured Borova."


@pytest.mark.parametrize(
    "after",
    [
        "Moscow offered a truce. Kyiv rejected it.",
        "Moscow offered a truce. Kyiv denied it.",
        "Ukraine has a plan for elections. The General Staff rejected this.",
        "The council met. The river froze. Kyiv denies that.",
        "It proposed a truce, too. Kyiv dismissed it.",
    ],
)
def test_it_is_what_the_sentence_before_tells(hear: Hear, after: str) -> None:
    told = of_kind(hear(f"{CAPTURED} {after}"), Kind.CONTROL)
    assert [claim.polarity for claim in told] == [Polarity.POSITIVE]


def test_it_is_denied_right_behind(hear: Hear) -> None:
    told = of_kind(hear(f"{CAPTURED}\n\nKyiv denied it. Ukraine's General Staff, too, denied this."), Kind.CONTROL)
    assert [(claim.speaker.side, claim.polarity) for claim in told] == [
        ("RU", Polarity.POSITIVE),
        ("UA", Polarity.NEGATIVE),
        ("UA", Polarity.NEGATIVE),
    ]


def test_it_may_be_dismissed_as_something(hear: Hear) -> None:
    told = of_kind(hear(f"{CAPTURED} Kyiv dismissed this as exaggerated."), Kind.CONTROL)
    assert [claim.polarity for claim in told] == [Polarity.POSITIVE, Polarity.NEGATIVE]
    told = of_kind(hear(f"{CAPTURED} Moscow offered a truce. Kyiv dismissed it as a ploy."), Kind.CONTROL)
    assert [claim.polarity for claim in told] == [Polarity.POSITIVE]


def test_a_report_is_denied_from_farther_off(hear: Hear) -> None:
    told = of_kind(hear(f"{CAPTURED} The council met. Kyiv rejected the report."), Kind.CONTROL)
    assert [claim.polarity for claim in told] == [Polarity.POSITIVE, Polarity.NEGATIVE]


HEARSAY = "Reports say that Russian troops have captured Borova."


@pytest.mark.parametrize(
    ("after", "polarity"),
    [
        ("It is wrong to shell civilians.", Polarity.POSITIVE),
        ("It is wrong that nobody helps.", Polarity.POSITIVE),
        ("It is a lie when they speak of peace.", Polarity.POSITIVE),
        ("It is wrong.", Polarity.NEGATIVE),
        ("This is a lie, the mayor said.", Polarity.NEGATIVE),
    ],
)
def test_what_it_is_wrong_to_do_is_no_hearsay(hear: Hear, after: str, polarity: Polarity) -> None:
    told = [claim for claim in of_kind(hear(f"{HEARSAY} {after}"), Kind.CONTROL) if claim.quote[:5] != "It is"]
    assert [claim.polarity for claim in told] == [polarity]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The shelling of Kherson is a threat to civilians.", Kind.STRIKE),
        ("The shelling of Kherson is a risk to the port.", Kind.STRIKE),
        ("The occupation of Melitopol is a threat to the whole south.", Kind.CONTROL),
        ("The Russian advance on Lyman is the main danger.", Kind.ADVANCE),
    ],
)
def test_a_danger_may_be_there_already(hear: Hear, text: str, kind: Kind) -> None:
    claims = hear(text)
    assert [claim.modality for claim in of_kind(claims, kind)] == [Modality.ACTUAL]
    assert of_kind(claims, Kind.FORECAST) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Red flags have been raised over corruption in Kharkiv.", Kind.CONTROL),
        ("Flags were flying at half-mast in Kharkiv.", Kind.CONTROL),
        ("Ukrainian flags were flying at half-mast in Kharkiv.", Kind.CONTROL),
        ("Rescuers pulled out three bodies in Borova.", Kind.WITHDRAWAL),
        ("Three bodies were pulled out of the rubble in Borova.", Kind.WITHDRAWAL),
        ("The hospital in Kramatorsk is 12 km away.", Kind.ADVANCE),
        ("The nearest school to Borova is five kilometres away.", Kind.ADVANCE),
        ("A resident of Borova died of old age.", Kind.LOSSES),
        ("The theatre of Borova died long ago.", Kind.LOSSES),
        ("The harvest perished near Borova.", Kind.LOSSES),
    ],
)
def test_what_kind_of_thing_is_not_told(hear: Hear, text: str, kind: Kind) -> None:
    assert of_kind(hear(text), kind) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ukraine's flag was hoisted over Borova.", Kind.CONTROL),
        ("The Ukrainian flag was hoisted over Borova.", Kind.CONTROL),
        ("Russian flags are flying over Borova.", Kind.CONTROL),
        ("Russia pulled out its troops from Borova.", Kind.WITHDRAWAL),
        ("Two residents of Borova died of their wounds.", Kind.LOSSES),
        ("Forty soldiers who surrendered were led out of Borova.", Kind.LOSSES),
        ("In Borova one in ten died within a week.", Kind.LOSSES),
        ("A nurse died in Borova.", Kind.LOSSES),
    ],
)
def test_what_kind_of_thing_is_still_told(hear: Hear, text: str, kind: Kind) -> None:
    assert of_kind(hear(text), kind)


def test_the_department_is_the_one_called_so(hear: Hear) -> None:
    text = (
        "The State Department said that Russian troops had captured Borova. Russia's Defence Ministry said nothing. "
        "The department said that Ukraine held Lyman."
    )
    told = of_kind(hear(text), Kind.CONTROL)
    assert {claim.speaker.name for claim in told} == {"United States Department of State"}


def test_the_department_is_a_ministry_where_none_is_called_so(hear: Hear) -> None:
    text = "Russia's Defence Ministry said that its troops had captured Borova. The department said that Ukraine held Lyman."
    assert {claim.speaker.name for claim in of_kind(hear(text), Kind.CONTROL)} == {"Ministry of Defence of Russia"}


@pytest.mark.parametrize("name", ["Vladimir Putin", "Nova Poshta", "Petro Savka"])
def test_for_somebody_is_nobody_s_saying(hear: Hear, name: str) -> None:
    text = f"For {name}, Pokrovsk is a prize, and Russian troops have captured Borova."
    assert {claim.speaker.name for claim in of_kind(hear(text), Kind.CONTROL)} == {"Plain Courier"}


def test_for_somebody_is_whom_he_means_further_on(hear: Hear) -> None:
    text = (
        "For Petro Savka, who teaches law in Lviv, the river is the border. "
        "The Wagner Group left long ago. Russian troops, he argues, have captured Borova."
    )
    assert {claim.speaker.name for claim in of_kind(hear(text), Kind.CONTROL)} == {"Petro Savka"}


def test_a_country_of_both_sides_is_nobody_s_home() -> None:
    theatre = load("sudan")
    text = "The mayor of Omdurman said that shells had killed nine residents of Omdurman."
    document = Document(article_id="a", name="a.txt", text=text, outlet="Plain Courier", language="en")
    claims = next(EnglishExtractor(theatre, gazetteer_of(theatre)).extract([document]))
    assert {claim.speaker.side for claim in claims} == {UNKNOWN_SIDE}
