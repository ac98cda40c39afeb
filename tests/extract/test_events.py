"""Event types by ACLED's names, told from the words."""

from __future__ import annotations

import pytest

from fogline.extract.codes import codes
from fogline.extract.events import event_codes, event_type
from fogline.model import Kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thousands marched through the capital against the new tax.", "Peaceful protest"),
        (
            "Police fired tear gas and rubber bullets at demonstrators near the bridge.",
            "Excessive force against protesters",
        ),
        ("Masked youths hurled petrol bombs at officers during the rally.", "Violent demonstration"),
        ("An angry mob beat a suspected thief to death.", "Mob violence"),
        ("Rebels seized two villages in the hills after the garrison fled.", "Non-state actor overtakes territory"),
        ("Government troops recaptured the town from insurgents.", "Government regains territory"),
        ("The army set up a new observation post outside the city.", "Headquarters or base established"),
        ("Warplanes bombed a depot east of the river.", "Air/drone strike"),
        ("Mortar shells landed in the market.", "Shelling/artillery/missile attack"),
        ("A roadside bomb exploded beside a convoy and killed two soldiers.", "Remote explosive/landmine/IED"),
        ("A woman blew herself up at a bus stop.", "Suicide bomb"),
        ("Two men on a motorbike threw a grenade into a bar.", "Grenade"),
        ("Residents were treated after a suspected sarin attack.", "Chemical weapon"),
        ("Gunmen abducted five teachers.", "Abduction/forced disappearance"),
        ("Officers detained an opposition editor.", "Arrests"),
        ("Both sides signed a ceasefire.", "Agreement"),
        ("Some forty fighters defected to the government.", "Change to group/activity"),
        ("Border guards seized three rifles and 900 rounds of ammunition.", "Disrupted weapons use"),
        ("A magnitude six earthquake shook the island.", "Natural disaster"),
        ("The poet read from her new book.", ""),
    ],
)
def test_types(text: str, name: str):
    assert event_type(text) == name


def test_a_claim_of_control_is_coded_by_who_holds_not_by_its_words():
    words = "Russian troops captured the town after suicide bombers struck."
    assert codes(Kind.CONTROL, "RU", "UA", words).acled == "Non-state actor overtakes territory"


def test_what_has_no_name_of_acleds_keeps_the_code_of_its_kind():
    words = "An earthquake shook the town."
    assert event_codes(words).acled == ""
    assert codes(Kind.HUMANITARIAN, words=words).acled == "Other"


def test_capitals_that_lengthen_when_made_small_do_no_harm():
    assert event_type("İİİ ARRESTED: İ police arrested an editor") == "Arrests"
