import random

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.link.blocks import LIMIT
from fogline.link.comparing import compare
from fogline.model import Claim, Document, Kind


def world(seed: int, size: int = 40) -> tuple[list[Claim], list[Document]]:
    """A made heap of claims of two towns by several voices over three weeks."""
    chance = random.Random(seed)
    outlets = ["World Wire", "Harbour Times", "Southern Voice", "Northern Voice", "Small Paper"]
    documents = [
        document(f"d{n}", outlet=chance.choice(outlets), published=f"2022-05-{chance.randint(1, 21):02}")
        for n in range(size // 3 + 1)
    ]
    claims = [
        claim(
            source := chance.choice(documents),
            holder=chance.choice([NORTH, SOUTH]),
            manner=chance.choice(["captured", "holds", "liberated", "partly"]),
            places=[chance.choice([HRUSHIVKA, LYPOVE])],
            speaker=chance.choice(["", "", "General Oak", "General Elm", "Dr Reed"]),
            when=chance.choice([None, on(f"2022-04-{chance.randint(1, 30):02}"), on("2022-04-01", "2022-04-30")]),
            start=n * 50,
        )
        for n in range(size)
    ]
    assert source
    return claims, documents


@given(st.integers(0, 500), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_nothing(seed: int, chance: random.Random):
    claims, documents = world(seed)
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert compare(claims, by_id(*documents), THEATRE) == compare(shuffled, by_id(*documents), THEATRE)


@given(st.integers(0, 500))
def test_every_claim_is_in_exactly_one_family_and_its_root_is_a_member(seed: int):
    claims, documents = world(seed)
    families, links, matters = compare(claims, by_id(*documents), THEATRE)
    members = [member for family in families for member in family.members]
    assert sorted(members) == sorted({one.id for one in claims})
    assert all(family.root in family.members for family in families)
    voices = {family.id for family in families}
    assert all(set(answer.families) <= voices for matter in matters for answer in matter.answers)
    assert all(link.reasons and all(reason.detail for reason in link.reasons) for link in links)


@given(st.integers(0, 200))
def test_a_copy_adds_only_its_repeat(seed: int):
    claims, documents = world(seed, 15)
    original = next(one for one in claims if not one.speaker.name.startswith(("General", "Dr")))
    source = next(d for d in documents if d.id == original.document_id)
    words = " ".join(f"passage{n}" for n in range(30))
    first = claim(source, holder=NORTH, manner="holds", quote=words)
    reprint = document("zz", outlet="Reprint", published="2022-06-30")
    copy = claim(reprint, holder=NORTH, manner="holds", quote=words)
    _, before, _ = compare([*claims, first], by_id(*documents), THEATRE)
    _, after, _ = compare([*claims, first, copy], by_id(*documents, reprint), THEATRE)
    added = set(after) - set(before)
    assert set(before) <= set(after)
    assert {(link.relation, link.b) for link in added} == {("repeats", copy.id)}


def test_where_many_say_the_same_links_stay_few():
    documents = [document(f"d{n}", outlet=f"Paper {n}", published="2022-05-01") for n in range(60)]
    claims = [claim(d, holder=SOUTH) for d in documents]
    lone = document("lone", outlet="World Wire", published="2022-05-01")
    _, links, _ = compare([*claims, claim(lone, holder=NORTH)], by_id(*documents, lone), THEATRE)
    contradicting = [link for link in links if link.relation == "contradicts"]
    assert LIMIT <= len(contradicting) <= 60
    assert len(links) <= 60 * (LIMIT + 1)


def test_claims_of_a_wider_area_are_not_compared_with_the_town():
    from dataclasses import replace

    from fogline.model import PlacePrecision

    source = document("a", published="2022-05-01")
    area = replace(HRUSHIVKA, precision=PlacePrecision.AREA)
    claims = [claim(source, holder=NORTH), claim(source, holder=SOUTH, places=[area], speaker="General Elm", start=90)]
    assert compare(claims, by_id(source), THEATRE)[1] == ()


def test_matters_group_answers_by_question():
    one, two = document("a", published="2023-05-01"), document("b", outlet="World Wire", published="2025-11-20")
    claims = [
        claim(one, holder=NORTH, manner="captured", when=on("2022-02-27")),
        claim(two, holder=NORTH, manner="captured", when=on("2022-02-24")),
        claim(two, holder=SOUTH, speaker="General Elm", start=80),
        claim(two, holder=NORTH, speaker="General Oak", start=120),
        claim(two, kind=Kind.BATTLE, actor=NORTH, start=160),
    ]
    _, _, matters = compare(claims, by_id(one, two), THEATRE)
    found = {matter.question: {a.value: len(a.families) for a in matter.answers} for matter in matters}
    assert found["When did NO take Hrushivka?"] == {"2022-02-24": 1, "2022-02-27": 1}
    assert found["Who holds Hrushivka around 20 November 2025?"] == {NORTH: 1, SOUTH: 1}


def test_a_claim_dated_to_a_month_answers_the_question_of_a_day_in_it():
    one, two = document("d1", published="2022-05-20"), document("d2", outlet="Small Paper", published="2022-05-21")
    day = claim(one, holder=NORTH, manner="liberated", places=[LYPOVE], when=on("2022-04-10"))
    month = claim(two, holder=NORTH, manner="liberated", places=[LYPOVE], when=on("2022-04-01", "2022-04-30"))
    _, _, matters = compare([day, month], by_id(one, two), THEATRE)
    asked = [matter for matter in matters if matter.aspect == "control"]
    assert [(m.question, [len(a.claims) for a in m.answers]) for m in asked] == [
        ("Who holds Lypove around 10 April 2022?", [2])
    ]
