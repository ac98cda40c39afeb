from tests.builders import HRUSHIVKA, NORTH, SOUTH, THEATRE, by_id, claim, document

from fogline.link.comparing import compare, relate
from fogline.link.explanation import purposes
from fogline.model import Claim, Kind, Link, Polarity, Quantity

MAY = document("may", published="2022-05-01")
WIRE = document("wire", outlet="World Wire", published="2022-05-02")


def only(*claims: Claim) -> Link:
    (link,) = compare(claims, by_id(MAY, WIRE), THEATRE)[1]
    return link


def none(*claims: Claim) -> bool:
    return compare(claims, by_id(MAY, WIRE), THEATRE)[1] == ()


def amount(
    low: float, high: float | None = None, *, of: str = "soldiers", unit: str = "", rough: bool = False
) -> Quantity:
    top = low if high is None else high
    return Quantity(low=low, high=top, unit=unit, of=of, approximate=rough, text=f"{low:g} {unit or of}")


def lost(source, quantity: Quantity, **more) -> Claim:
    return claim(source, kind=Kind.LOSSES, actor=NORTH, target=SOUTH, quantities=[quantity], quote="lost", **more)


def test_amounts_far_apart_of_one_thing_contradict():
    link = only(lost(MAY, amount(30)), lost(MAY, amount(400), speaker="General Elm", start=50))
    assert (link.relation, link.aspect) == ("contradicts", "quantity")
    assert "30 soldiers" in link.reasons[0].detail
    assert "400 soldiers" in link.reasons[0].detail


def test_a_rough_amount_agrees_with_one_near_it():
    link = only(lost(MAY, amount(100, rough=True)), lost(WIRE, amount(120)))
    assert (link.relation, link.aspect) == ("corroborates", "quantity")


def test_amounts_of_different_things_or_days_are_not_held_against_each_other():
    assert none(lost(MAY, amount(30)), lost(WIRE, amount(400, of="tanks")))
    assert none(lost(MAY, amount(30)), lost(WIRE, amount(400)))


def test_bare_lengths_are_not_compared():
    near = amount(7, of="", unit="km")
    far = amount(40, of="", unit="km")
    told = {"kind": Kind.FORCES, "actor": NORTH, "quote": "so far"}
    assert none(claim(MAY, quantities=[near], **told), claim(WIRE, quantities=[far], **told))


def test_an_open_bound_is_met_by_anything_beyond_it():
    least = Quantity(low=40, high=None, unit="", of="soldiers", approximate=False, text="at least 40")
    assert only(lost(MAY, least), lost(WIRE, amount(300))).relation == "corroborates"


def test_a_denied_advance_finds_the_advance():
    told = {"kind": Kind.ADVANCE, "actor": NORTH, "places": [HRUSHIVKA]}
    denied = claim(MAY, **told, polarity=Polarity.NEGATIVE, speaker="General Elm", start=50)
    link = only(claim(MAY, **told), denied)
    assert (link.relation, link.aspect) == ("contradicts", "polarity")


def test_strikes_are_one_strike_only_where_the_words_meet():
    told = {"kind": Kind.STRIKE, "actor": NORTH}
    bakery = claim(MAY, **told, quote="Rockets damaged the bakery in Hrushivka")
    same = claim(WIRE, **told, quote="A bakery was damaged by several rockets")
    other = claim(WIRE, **told, quote="Drones burned down some warehouses")
    assert only(bakery, same).aspect == "strike"
    assert none(bakery, other)


def aim(source, words: str, speaker: str, **more) -> Claim:
    return claim(source, kind=Kind.INTENT, actor=NORTH, quote=words, speaker=speaker, **more)


def test_a_show_and_a_plan_to_capture_are_rival_explanations():
    link = only(
        aim(MAY, "The assault on Hrushivka is no more than a demonstration", "Dr Reed"),
        aim(WIRE, "They intend to capture Hrushivka before the winter", "General Elm"),
    )
    assert (link.relation, link.aspect) == ("contradicts", "explanation")
    assert "“feint”" in link.reasons[0].detail
    assert "“gain”" in link.reasons[0].detail


def test_purposes_that_go_together_and_two_of_one_speaker_are_no_rivals():
    tie = aim(MAY, "They want to tie down reserves there", "Dr Reed")
    take = aim(WIRE, "They intend to capture Hrushivka", "General Elm")
    show = aim(WIRE, "In truth it is all a diversion", "General Elm", start=90)
    assert none(tie, take)
    assert relate(take, show, by_id(MAY, WIRE), THEATRE) is None


def test_a_purpose_that_is_ruled_out_is_not_named():
    assert purposes("Nobody there plans to capture it, nor does anyone want a diversion") == {"gain", "feint"} - {
        "gain"
    }
    assert purposes("They do not aim to reach the river") == frozenset()
