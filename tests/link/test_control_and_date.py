import pytest
from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.link.comparing import compare, relate
from fogline.model import CONTESTED, Basis, Certainty, Claim, Document, Link, Modality, Polarity

MAY = document("may", published="2022-05-01")
WIRE = document("wire", outlet="World Wire", published="2022-05-01")
LATER = document("later", outlet="World Wire", published="2022-05-05")
UNDATED = document("undated")


def links(*claims: Claim, documents: tuple[Document, ...] = (MAY, WIRE, LATER, UNDATED)) -> tuple[Link, ...]:
    return compare(claims, by_id(*documents), THEATRE)[1]


def only(*claims: Claim) -> tuple[str, str]:
    (link,) = links(*claims)
    return link.relation.value, link.aspect


def test_holders_that_exclude_each_other_on_one_day_contradict_and_the_reason_names_both():
    (link,) = links(claim(MAY, holder=NORTH), claim(WIRE, holder=SOUTH))
    assert (link.relation, link.aspect) == ("contradicts", "control")
    (reason,) = link.reasons
    assert reason.name == "holders exclude each other"
    assert "Harbour Times: NO holds Hrushivka on 2022-05-01; World Wire: SO holds Hrushivka" in reason.detail


def test_the_same_holder_told_by_two_voices_corroborates():
    assert only(claim(MAY, holder=NORTH), claim(WIRE, holder=NORTH)) == ("corroborates", "control")


def test_within_a_family_it_is_a_repeat():
    said = {"holder": NORTH, "speaker": "General Oak"}
    assert only(claim(MAY, **said), claim(WIRE, **said)) == ("repeats", "control")


def test_a_later_capture_is_an_update():
    assert only(claim(MAY, holder=SOUTH), claim(LATER, holder=NORTH, manner="captured")) == ("updates", "control")


def test_a_capture_that_later_words_do_not_bear_out_is_contradicted():
    told = claim(MAY, holder=NORTH, manner="captured", speaker="General Oak")
    assert only(told, claim(LATER, holder=SOUTH, manner="holds")) == ("contradicts", "control")


@pytest.mark.parametrize(("of_may", "of_wire", "late"), [("26", "30", "second"), ("30", "26", "first")])
def test_the_reason_says_which_of_the_two_speaks_of_the_later_day(of_may: str, of_wire: str, late: str):
    manner = {"26": "captured", "30": "holds"}
    told = claim(MAY, holder=NORTH, manner=manner[of_may], when=on(f"2022-04-{of_may}"))
    (link,) = links(told, claim(WIRE, holder=SOUTH, manner=manner[of_wire], when=on(f"2022-04-{of_wire}")))
    first, second, why = link.reasons[0].detail.split("; ")
    assert f"on 2022-04-{of_may}" in first
    assert f"on 2022-04-{of_wire}" in second
    early = {"first": "second", "second": "first"}[late]
    assert why == f"the {late} speaks of 4 days after the {early}, and tells of no change since."


def test_a_denial_finds_what_it_denies():
    denial = claim(WIRE, holder=NORTH, polarity=Polarity.NEGATIVE, speaker="General Elm")
    assert only(claim(MAY, holder=NORTH, manner="captured"), denial) == ("contradicts", "polarity")


def test_a_denial_of_the_other_sides_hold_bears_out_ones_own():
    denial = claim(WIRE, holder=NORTH, polarity=Polarity.NEGATIVE)
    assert only(claim(MAY, holder=SOUTH), denial) == ("corroborates", "control")


@pytest.mark.parametrize("modality", [Modality.INTENDED, Modality.PREDICTED, Modality.CONDITIONAL])
def test_what_is_not_put_as_having_happened_contradicts_nothing(modality: Modality):
    assert links(claim(MAY, holder=NORTH, modality=modality), claim(WIRE, holder=SOUTH)) == ()


def test_a_report_that_calls_it_unverified_qualifies_it():
    doubt = claim(WIRE, holder=NORTH, manner="captured", modality=Modality.UNVERIFIED)
    assert only(claim(MAY, holder=NORTH, manner="captured"), doubt) == ("qualifies", "control")


def test_a_part_qualifies_the_whole_and_a_hedge_softens_a_clash():
    assert only(claim(MAY, holder=NORTH, manner="partly"), claim(WIRE, holder=NORTH)) == ("qualifies", "scope")
    hedged = claim(WIRE, holder=SOUTH, certainty=Certainty.POSSIBLE)
    assert only(claim(MAY, holder=NORTH), hedged) == ("qualifies", "control")


def test_contested_excludes_a_whole_hold():
    assert only(claim(MAY, holder=CONTESTED), claim(WIRE, holder=SOUTH)) == ("contradicts", "control")


def test_a_speaker_who_changes_his_word_contradicts_himself():
    said = [claim(d, holder=h, speaker="General Oak") for d, h in ((MAY, NORTH), (WIRE, SOUTH))]
    (link,) = links(*said)
    assert [reason.name for reason in link.reasons] == ["holders exclude each other", "speaker contradicts himself"]


def test_what_has_no_date_is_not_taken_to_overlap_across_documents():
    other = document("undated too", outlet="World Wire")
    claims = [claim(UNDATED, holder=NORTH), claim(other, holder=SOUTH)]
    assert links(*claims, documents=(UNDATED, other)) == ()


def test_two_voices_that_one_undated_report_sets_against_each_other_clash():
    claims = [
        claim(UNDATED, holder=NORTH, manner="captured", speaker="General Oak"),
        claim(UNDATED, holder=SOUTH, speaker="General Elm", start=60),
    ]
    assert only(*claims) == ("contradicts", "control")


def taken(source: Document, start: str, end: str = "", holder: str = NORTH, basis: Basis = Basis.STATED) -> Claim:
    return claim(source, holder=holder, manner="captured", when=on(start, end, basis=basis), start=int(start[-2:]))


def test_two_dates_of_one_capture_a_few_days_apart_are_a_dispute_of_date():
    (link,) = links(taken(MAY, "2022-03-27"), taken(WIRE, "2022-03-24", basis=Basis.ANCHOR_RELATIVE))
    assert (link.relation, link.aspect) == ("contradicts", "date")
    assert "3 days apart" in link.reasons[0].detail


def test_a_month_agrees_with_a_day_in_it():
    assert only(taken(MAY, "2022-03-10"), taken(WIRE, "2022-03-01", "2022-03-31")) == ("corroborates", "control")


def test_a_capture_after_a_day_has_no_day_to_compare():
    assert links(taken(MAY, "2022-03-10"), taken(WIRE, "2022-03-14", "-")) == ()


def test_captures_a_season_apart_are_two_captures():
    assert links(taken(MAY, "2021-08-10"), taken(WIRE, "2022-04-20")) == ()


def test_captures_with_a_loss_between_are_two_captures():
    claims = [taken(MAY, "2022-03-01"), taken(WIRE, "2022-03-20"), taken(LATER, "2022-03-10", holder=SOUTH)]
    assert not [link for link in links(*claims) if link.aspect == "date"]


def test_two_claims_are_related_by_themselves_as_in_a_crowd():
    a, b = claim(MAY, holder=NORTH), claim(WIRE, holder=SOUTH)
    link = relate(b, a, by_id(MAY, WIRE), THEATRE)
    assert link is not None
    assert (link,) == links(a, b)
    elsewhere = claim(WIRE, holder=SOUTH, places=())
    assert relate(a, elsewhere, by_id(MAY, WIRE), THEATRE) is None
