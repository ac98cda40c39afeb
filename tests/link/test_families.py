from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.link.comparing import compare
from fogline.model import Claim, Document, Family, Kind, SpeakerType

LONG = (
    "The town of Hrushivka came under the control of the northern army late in the evening, after three weeks of "
    "fighting in the streets around the mill and the old railway yard"
)


def families(claims: list[Claim], *documents: Document) -> tuple[Family, ...]:
    return compare(claims, by_id(*documents), THEATRE)[0]


def test_a_claim_alone_is_its_own_family():
    source = document("one", published="2022-05-01")
    only = claim(source, holder=NORTH)
    (family,) = families([only], source)
    assert (family.root, family.members, family.reasons) == (only.id, (only.id,), ())


def test_the_same_named_speaker_in_two_outlets_is_one_voice_and_the_first_is_its_root():
    early, late = document("z", published="2022-05-01"), document("a", outlet="World Wire", published="2022-05-02")
    first = claim(early, holder=NORTH, manner="captured", speaker="General Oak")
    second = claim(late, holder=NORTH, manner="captured", speaker="Oak")
    (family,) = families([second, first], early, late)
    assert family.root == first.id
    assert [reason.name for reason in family.reasons] == ["same speaker"]


def test_the_same_speaker_on_another_place_or_weeks_later_says_something_else():
    early, late = document("a", published="2022-05-01"), document("b", published="2022-07-01")
    claims = [
        claim(early, holder=NORTH, speaker="General Oak"),
        claim(early, holder=NORTH, speaker="General Oak", places=[LYPOVE], start=90),
        claim(late, holder=NORTH, speaker="General Oak"),
    ]
    assert len(families(claims, early, late)) == 3


def test_a_dated_event_told_again_years_later_by_the_same_voice_is_one_statement():
    early, late = document("a", published="2022-10-01"), document("b", published="2024-10-01")
    claims = [
        claim(early, holder=SOUTH, manner="liberated", when=on("2022-09-10"), speaker="Dr Reed"),
        claim(late, holder=SOUTH, manner="liberated", when=on("2022-09-10"), speaker="Dr Reed"),
    ]
    assert len(families(claims, early, late)) == 1


def test_nameless_groups_are_not_one_voice_across_documents_but_are_through_one_relay():
    one, two = document("a", published="2022-05-01"), document("b", outlet="World Wire", published="2022-05-01")
    group = {"holder": NORTH, "speaker": "local residents", "speaker_type": SpeakerType.GROUP}
    assert len(families([claim(one, **group), claim(two, **group)], one, two)) == 2
    relayed = [claim(one, **group, via=["News Agency"]), claim(two, **group, via=["News Agency"])]
    (family,) = families(relayed, one, two)
    assert [reason.name for reason in family.reasons] == ["same relay"]


def test_two_outlets_that_say_the_same_in_their_own_words_are_two_voices():
    one, two = document("a", published="2022-10-01"), document("b", outlet="World Wire", published="2022-10-02")
    claims = [claim(d, holder=SOUTH, manner="liberated", when=on("2022-09-10")) for d in (one, two)]
    assert len(families(claims, one, two)) == 2


def test_a_long_passage_in_nearly_the_same_words_is_a_copy():
    one, two = document("a", published="2022-10-01"), document("b", outlet="World Wire", published="2022-10-02")
    claims = [
        claim(one, holder=NORTH, manner="captured", quote=LONG),
        claim(two, holder=NORTH, manner="captured", quote=LONG.replace("late in the evening", "in the late evening")),
    ]
    (family,) = families(claims, one, two)
    assert [reason.name for reason in family.reasons] == ["near-duplicate passage"]


def test_a_short_sentence_is_a_copy_only_where_the_documents_are():
    body = " ".join(f"sentence{n} about the district" for n in range(60))
    extra = " ".join(f"own{n} reporting here" for n in range(90))
    short = {"holder": NORTH, "manner": "captured", "quote": "Hrushivka has been captured by the North"}
    wire = document("a", published="2022-10-01", text=body)
    carrier = document("b", outlet="World Wire", published="2022-10-02", text=f"{extra} {body}")
    other = document("c", outlet="Small Paper", published="2022-10-02", text=extra)
    assert len(families([claim(wire, **short), claim(carrier, **short)], wire, carrier)) == 1
    assert len(families([claim(wire, **short), claim(other, **short)], wire, other)) == 2


def test_the_credited_outlet_is_the_root_even_where_it_is_read_later():
    copy, wire = document("a", published="2022-10-01"), document("b", outlet="World Wire", published="2022-10-02")
    claims = [
        claim(copy, holder=NORTH, speaker="General Oak", via=["World Wire"]),
        claim(wire, holder=NORTH, speaker="General Oak"),
    ]
    (family,) = families(claims, copy, wire)
    assert family.root == claims[1].id


def test_one_document_that_repeats_itself_is_one_voice():
    source = document("a", published="2022-10-01")
    claims = [claim(source, holder=NORTH, start=n) for n in (0, 100, 200)]
    (family,) = families(claims, source)
    assert len(family.members) == 3


def test_different_strikes_told_by_one_speaker_are_different_statements():
    source, later = document("a", published="2022-10-01"), document("b", published="2022-10-02")
    told = {"kind": Kind.STRIKE, "actor": NORTH, "speaker": "General Elm", "places": [HRUSHIVKA]}
    claims = [
        claim(source, **told, quote="Drones struck the bakery near the school"),
        claim(later, **told, quote="Several rockets damaged a bridge across the river"),
    ]
    assert len(families(claims, source, later)) == 2
