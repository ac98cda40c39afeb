"""What a reader of whole reports hears: who is meant by bare words, what is only denied, what a later clause adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fogline.model import Claim, Kind, Polarity

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


def of_kind(claims: tuple[Claim, ...], kind: Kind) -> Claim:
    found = [claim for claim in claims if claim.kind is kind]
    assert found, [(c.kind, c.quote) for c in claims]
    return found[0]


SPOKEN_BY = [
    ("General Petro Hnatiuk, named commander two weeks ago, said the garrison had left Borova.", "Petro Hnatiuk"),
    ("Local analysts say Russian forces may attack Borova, but doubt that Moscow has the reserves.", "Local analysts"),
    ("Petro Hnatiuk spoke on Friday. He put Russian losses at 300 soldiers.", "Petro Hnatiuk"),
    ("A well-known milblogger claimed that Ukrainian troops had attacked near Borova.", "well-known milblogger"),
]


@pytest.mark.parametrize(("report", "speaker"), SPOKEN_BY)
def test_each_claim_is_heard_from_who_made_it(hear: Hear, report: str, speaker: str) -> None:
    assert {claim.speaker.name for claim in hear(report)} == {speaker}


SIDES = [
    ("Hill Wire rejected Russian claims that its forces had captured Borova.", "Russia", "RU"),
    (
        "MOSCOW, 3 May. /Hill Wire/. The Defence Ministry reported fighting near Borova.",
        "Ministry of Defence of Russia",
        "RU",
    ),
    (
        "KYIV, 3 May (Hill Wire) - The General Staff reported fighting near Borova.",
        "General Staff of the Armed Forces of Ukraine",
        "UA",
    ),
    ("DeepState analysts reported that fighting went on near Borova.", "DeepState analysts", "UA"),
    ("Local authorities said that Borova had been shelled.", "Local authorities", "UA"),
]


@pytest.mark.parametrize(("report", "speaker", "side"), SIDES)
def test_a_side_shows_in_words_that_do_not_name_it(hear: Hear, report: str, speaker: str, side: str) -> None:
    found = {(s.name, s.side) for claim in hear(report) for s in claim.attribution.chain}
    assert (speaker, side) in found


def test_the_reporters_word_for_a_side_is_not_the_speakers(hear: Hear) -> None:
    report = "Officer Petro Hnatiuk said Ukrainian soldiers had left Borova. “We will move our units to the other bank,” he said."
    assert {claim.speaker.side for claim in hear(report)} == {"unknown"}


def test_a_role_in_other_words_means_its_holder(hear: Hear) -> None:
    report = (
        "Petro Hnatiuk, spokesperson for the brigade, denied the loss of Borova. “We hold Borova,” the spokesman said."
    )
    assert {claim.speaker.name for claim in hear(report)} == {"Petro Hnatiuk"}


POLARITY = [
    ("Russian troops are no longer attacking Borova.", Kind.BATTLE, Polarity.NEGATIVE),
    ("Russian troops are attacking Borova without armour.", Kind.BATTLE, Polarity.POSITIVE),
    ("The enemy has not abandoned its attempts to attack Borova.", Kind.BATTLE, Polarity.POSITIVE),
]


@pytest.mark.parametrize(("sentence", "kind", "polarity"), POLARITY)
def test_small_words_decide_whether_it_is_so(hear: Hear, sentence: str, kind: Kind, polarity: Polarity) -> None:
    assert of_kind(hear(sentence), kind).polarity is polarity


KINDS = [
    ("Russian units inflicted losses on two brigades in the area of Borova.", Kind.LOSSES),
    ("The company captured 13 men near Borova.", Kind.LOSSES),
    ("The Ukrainian army lost three howitzers near Borova.", Kind.LOSSES),
    ("An attack on a school in Borova left the pupils without classrooms.", Kind.STRIKE),
    ("An attack damaged a warehouse in Borova.", Kind.STRIKE),
    ("Hostilities have intensified near Borova.", Kind.BATTLE),
]


@pytest.mark.parametrize(("sentence", "kind"), KINDS)
def test_what_is_lost_struck_and_fought_is_no_change_of_hands(hear: Hear, sentence: str, kind: Kind) -> None:
    found = {claim.kind for claim in hear(sentence)}
    assert kind in found
    assert Kind.CONTROL not in found


HELD = [
    ("Russian forces took full control of Borova, though Ukrainian soldiers remained near the river.", "RU"),
    ("Russian forces took control of the Ukrainian town of Borova.", "RU"),
    ("The Ukrainian official Petro Hnatiuk said Borova “is now ours again”.", "UA"),
]


@pytest.mark.parametrize(("sentence", "holder"), HELD)
def test_who_has_control_is_who_took_it(hear: Hear, sentence: str, holder: str) -> None:
    assert {claim.holder for claim in hear(sentence) if claim.kind is Kind.CONTROL} == {holder}


def test_what_is_added_behind_a_comma_is_not_denied_with_the_rest(hear: Hear) -> None:
    report = "Ukraine's General Staff denied that Russian troops had captured Borova, which Ukraine liberated in October 2022."
    heard = {(c.speaker.side, c.holder, c.polarity) for c in hear(report) if c.kind is Kind.CONTROL}
    assert ("UA", "RU", Polarity.NEGATIVE) in heard
    assert ("unknown", "UA", Polarity.POSITIVE) in heard
    assert ("UA", "UA", Polarity.NEGATIVE) not in heard


def test_a_village_that_no_gazetteer_has_keeps_its_name_and_gets_no_point(hear: Hear) -> None:
    report = "Russian units captured the village of Novokrasnotalne in the Donetsk People's Republic."
    (place,) = of_kind(hear(report), Kind.CONTROL).places
    assert (place.name, place.precision, place.lat, place.geonameid) == ("Novokrasnotalne", "not found", None, None)


def test_a_house_of_government_is_no_town(hear: Hear) -> None:
    report = "The White House said Russian troops had shelled Borova."
    assert [place.name for claim in hear(report) for place in claim.places] == ["Borova"]


def test_the_day_a_sentence_opens_with_holds_for_what_is_joined(hear: Hear) -> None:
    claim = of_kind(hear("On 10 May 2024, Russian forces attacked Vovchansk and captured Borova."), Kind.CONTROL)
    assert claim.when.edtf == "2024-05-10"


def test_the_village_is_not_what_the_text_calls_a_town(hear: Hear) -> None:
    report = "Fighting goes on in the town of Borova.\n\nShells fell on Synkivka.\n\nRussian troops entered the village at night."
    claim = next(c for c in hear(report) if "entered" in c.quote)
    assert [place.name for place in claim.places] == ["Synkivka"]


INTERVIEWS = [
    "Petro Hnatiuk, a reserve officer, explains what comes next.\n\n- Has the enemy reached Borova?\n\n- No, I think they "
    "were stopped at the river.\n\n- Will they try again?\n\n- They would need two more brigades near Borova.",
    "Petro Hnatiuk, a reserve officer, explains what comes next.\n\nQ: Has the enemy reached Borova?\n\nA: No, I think they "
    "were stopped at the river.\n\nQ: Will they try again?\n\nA: They would need two more brigades near Borova.",
    "Petro Hnatiuk, a reserve officer, explains what comes next.\n\nHas the enemy reached Borova?\n\nNo, I think they were "
    "stopped at the river.\n\nWill they try again?\n\nI doubt it: they would need two more brigades near Borova.\n\nAnd the "
    "bridge?\n\nWe hold the bridge near Borova.",
]


@pytest.mark.parametrize("interview", INTERVIEWS, ids=["dashes", "letters", "plain"])
def test_who_is_asked_speaks_the_answers(hear: Hear, interview: str) -> None:
    answers = [claim for claim in hear(interview) if "brigades" in claim.quote or "bridge" in claim.quote]
    assert answers
    assert {claim.speaker.name for claim in answers} == {"Petro Hnatiuk"}


def test_a_report_with_a_question_in_it_is_no_interview(hear: Hear) -> None:
    report = "Petro Hnatiuk lives in Borova.\n\nWho holds the town?\n\nRussian troops shelled Borova, and we saw it."
    assert all(claim.speaker.name != "Petro Hnatiuk" for claim in hear(report))


BULLETIN = (
    "A total of 90 clashes were recorded over the past day, the General Staff of the Armed Forces of Ukraine reported on "
    "Friday.\n\nIn the Lyman sector, the enemy attacked twelve times near Zarichne.\n\nIn the Kupiansk sector, Ukrainian "
    "defenders repelled four assaults near Petropavlivka.\n\nThe total losses of the enemy are 300 soldiers killed."
)


def test_the_lines_of_a_bulletin_are_told_by_the_office_it_opens_with(hear: Hear) -> None:
    claims = hear(BULLETIN)
    assert len(claims) >= 4
    assert {(claim.speaker.side, claim.speaker.type) for claim in claims} == {("UA", "organisation")}


def test_another_voice_ends_a_bulletin(hear: Hear) -> None:
    told_by = {
        c.quote: c.speaker.name
        for c in hear(f"{BULLETIN}\n\nPetro Hnatiuk said Borova had been shelled.\n\nBorova lies in ruins.")
    }
    assert [name for quote, name in told_by.items() if "Borova had been shelled" in quote] == ["Petro Hnatiuk"]
    assert all(name == "Plain Courier" for quote, name in told_by.items() if "ruins" in quote)


NAMED_FOR = [
    ("The chief, Petro Hnatiuk, reported to the president on the liberation of Borova.", "Petro Hnatiuk"),
    ("The mapping project marked most of Borova as a gray zone.", "mapping project"),
    ("DeepState marked most of Borova as a gray zone.", "DeepState"),
    ("It is unlikely that Russian troops can take Borova.", "Plain Courier"),
]


@pytest.mark.parametrize(("report", "speaker"), NAMED_FOR)
def test_words_that_are_no_verbs_of_saying_name_who_says_it(hear: Hear, report: str, speaker: str) -> None:
    assert speaker in {claim.speaker.name for claim in hear(report)}


def test_nobody_says_nothing(hear: Hear) -> None:
    (claim,) = (
        c for c in hear("“Nobody can say that Borova is ours,” the Ukrainian officer Petro Hnatiuk said.") if c.holder
    )
    assert (claim.speaker.name, claim.holder, claim.polarity) == ("Petro Hnatiuk", "UA", Polarity.NEGATIVE)


def test_he_may_be_somebody_brought_in_without_a_name(hear: Hear) -> None:
    report = "Petro Hnatiuk praised the town. A drone pilot of the brigade disagreed. According to him, Borova was shelled all night."
    assert [c.speaker.name for c in hear(report) if "shelled" in c.quote] == ["drone pilot of the brigade"]


def test_they_are_the_side_just_named(hear: Hear) -> None:
    report = "Russian troops crossed the border near Vovchansk. They have taken the village of Pylna."
    assert of_kind(hear(report), Kind.CONTROL).holder == "RU"


POST = (
    "Oleh Syniehubov, head of the regional military administration\n\nOver the past day, the enemy stormed our positions near "
    "Borova six times. Borova remains under the control of our defenders."
)


def test_an_officials_own_post_is_his_word(hear: Hear) -> None:
    for outlet in ("Telegram", "Oleh Syniehubov"):
        claims = hear(POST, outlet=outlet)
        assert {(c.speaker.name, c.speaker.side) for c in claims} == {("Oleh Syniehubov", "UA")}
        assert of_kind(claims, Kind.CONTROL).holder == "UA"


def test_a_report_about_an_official_is_not_his_word(hear: Hear) -> None:
    report = "Oleh Syniehubov: “The enemy stormed our positions”\n\nBorova was shelled at night."
    assert [c.speaker.name for c in hear(report) if "shelled" in c.quote] == ["Plain Courier"]


CAPTURES = [
    (
        "Vladimir Putin congratulated his commanders on the capture of Borova, a claim that Ukraine's military rejected.",
        "RU",
    ),
    ("Russia has claimed the capture of Borova.", "RU"),
    ("Fighting goes on near Lyman. The Ukrainian General Staff said its troops were still in control of Borova.", "UA"),
]


@pytest.mark.parametrize(("report", "holder"), CAPTURES)
def test_who_hails_or_claims_a_capture_says_that_his_side_holds(hear: Hear, report: str, holder: str) -> None:
    heard = [(c.speaker.side, c.holder) for c in hear(report) if c.kind is Kind.CONTROL]
    assert (holder, holder) in heard


def test_denied_rumours_are_denied(hear: Hear) -> None:
    heard = hear("The Ukrainian officer Petro Hnatiuk denied rumours that Russian troops had captured Borova.")
    assert ("Petro Hnatiuk", "RU", Polarity.NEGATIVE) in {(c.speaker.name, c.holder, c.polarity) for c in heard}


def test_the_town_that_was_taken_is_not_the_other_one_in_the_sentence(hear: Hear) -> None:
    report = "Russian generals spoke of Siversk. They said the town had been taken and the road to Sloviansk was open."
    assert [p.name for p in of_kind(hear(report), Kind.CONTROL).places] == ["Siversk"]
