import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.appraise.interest import Interest, interest
from fogline.appraise.reliability import LETTERS, letter
from fogline.appraise.weighing import weigh
from fogline.link.comparing import compare
from fogline.model import Claim, ClaimGrade, Document, Kind, Modality, Outlet, Polarity, SourceGrade, Theatre

MAY = document("may", published="2022-05-01")
WIRE = document("wire", outlet="World Wire", published="2022-05-01")
BLOG = document("blog", outlet="Somebody's Diary", published="2022-05-01")


def grades(
    claims: list[Claim], *documents: Document, theatre: Theatre = THEATRE
) -> tuple[dict[str, SourceGrade], dict[str, ClaimGrade]]:
    known = by_id(*documents)
    families, links, _ = compare(claims, known, theatre)
    sources, found = weigh(claims, known, families, links, theatre)
    return {s.name: s for s in sources}, {g.claim: g for g in found}


def test_a_source_of_known_standing_starts_from_its_prior_and_an_unknown_one_is_f():
    sources, _ = grades([claim(WIRE, holder=NORTH), claim(BLOG, holder=NORTH, when=on("2021-01-01"))], WIRE, BLOG)
    assert (sources["World Wire"].grade, sources["Somebody's Diary"].grade) == ("B", "F")
    assert sources["World Wire"].reasons[0].name == "prior"
    assert sources["Somebody's Diary"].reasons[-1].name == "too little to judge by"


def test_outlets_and_speakers_are_graded_apart():
    sources, _ = grades([claim(WIRE, holder=NORTH, speaker="General Oak")], WIRE)
    assert set(sources) == {"World Wire", "General Oak"}
    assert sources["General Oak"].side == NORTH
    assert sources["General Oak"].reliability < sources["World Wire"].reliability


def test_being_borne_out_raises_a_source_and_being_contradicted_lowers_it():
    alone, _ = grades([claim(BLOG, holder=NORTH)], BLOG)
    with_it, _ = grades([claim(BLOG, holder=NORTH), claim(WIRE, holder=NORTH)], BLOG, WIRE)
    against, _ = grades([claim(BLOG, holder=NORTH), claim(WIRE, holder=SOUTH)], BLOG, WIRE)
    name = "Somebody's Diary"
    assert against[name].reliability < alone[name].reliability < with_it[name].reliability
    assert {r.name for r in with_it[name].reasons} >= {"borne out"}
    assert {r.name for r in against[name].reasons} >= {"contradicted"}


def test_a_claim_confirmed_from_elsewhere_is_one_and_says_by_whom():
    first, second = claim(MAY, holder=NORTH), claim(WIRE, holder=NORTH)
    _, found = grades([first, second], MAY, WIRE)
    assert found[first.id].credibility == 1
    assert next(r for r in found[first.id].reasons if r.name == "confirmed from elsewhere").claims == (second.id,)


def test_a_boast_that_nobody_else_speaks_to_cannot_be_judged_and_an_admission_is_probably_true():
    boast, admission = (claim(WIRE, holder=NORTH, speaker=who) for who in ("General Oak", "General Elm"))
    assert grades([boast], WIRE)[1][boast.id].credibility == 6
    assert grades([admission], WIRE)[1][admission.id].credibility == 2


def test_many_of_one_side_do_not_confirm_its_boast():
    claims = [claim(WIRE, holder=NORTH, speaker=f"Major {n}", side=NORTH, start=n * 40) for n in range(5)]
    _, found = grades(claims, WIRE)
    assert {found[c.id].credibility for c in claims} == {3}


def test_a_boast_that_independent_voices_contradict_is_doubtful_or_worse():
    boast = claim(WIRE, holder=NORTH, manner="captured", speaker="General Oak")
    against = [
        claim(MAY, holder=SOUTH),
        claim(BLOG, holder=SOUTH),
        claim(WIRE, holder=SOUTH, speaker="Dr Reed", start=60),
    ]
    _, found = grades([boast, *against], WIRE, MAY, BLOG)
    assert found[boast.id].credibility == 5
    assert found[against[0].id].credibility in (1, 2)


def test_what_is_not_put_as_having_happened_cannot_be_judged():
    plan = claim(WIRE, holder=NORTH, modality=Modality.INTENDED)
    assert grades([plan], WIRE)[1][plan.id].credibility == 6


def test_a_report_that_calls_it_unverified_caps_it():
    told = claim(WIRE, holder=NORTH, manner="captured")
    doubt = claim(BLOG, holder=NORTH, manner="captured", modality=Modality.UNVERIFIED)
    _, found = grades([told, doubt], WIRE, BLOG)
    assert found[told.id].credibility == 3
    assert found[told.id].reasons[-1].claims == (doubt.id,)


def test_outlets_of_one_owner_do_not_bear_each_other_out():
    owned = [
        Outlet(names=(n,), side="third", standing="independent", owner="One House") for n in ("Paper A", "Paper B")
    ]
    theatre = replace(THEATRE, outlets=(*THEATRE.outlets, *owned))
    papers = [document(n, outlet=n, published="2022-05-01") for n in ("Paper A", "Paper B")]
    claims = [claim(p, holder=NORTH, side="third") for p in papers]
    _, found = grades(claims, *papers, theatre=theatre)
    assert {found[c.id].credibility for c in claims} == {2}


@pytest.mark.parametrize(
    ("more", "side", "expected"),
    [
        ({"holder": NORTH}, NORTH, Interest.FOR),
        ({"holder": NORTH}, SOUTH, Interest.AGAINST),
        ({"holder": NORTH}, "third", Interest.NEUTRAL),
        ({"holder": NORTH, "polarity": Polarity.NEGATIVE}, SOUTH, Interest.FOR),
        ({"holder": "contested"}, NORTH, Interest.NEUTRAL),
        ({"kind": Kind.WITHDRAWAL, "actor": NORTH}, NORTH, Interest.AGAINST),
        ({"kind": Kind.LOSSES, "actor": NORTH, "target": SOUTH}, NORTH, Interest.FOR),
        ({"kind": Kind.ADVANCE, "actor": SOUTH}, SOUTH, Interest.FOR),
        ({"kind": Kind.ADVANCE, "actor": SOUTH, "polarity": Polarity.NEGATIVE}, NORTH, Interest.FOR),
        ({"kind": Kind.DIPLOMACY, "actor": SOUTH}, SOUTH, Interest.NEUTRAL),
    ],
)
def test_interest(more, side, expected):
    assert interest(claim(WIRE, **more), side, THEATRE) is expected


def test_letters_go_down_with_reliability():
    found = [letter(least, True) for least, _ in LETTERS]
    assert found == ["A", "B", "C", "D", "E"]
    assert letter(0.99, False) == "F"


def world(seed: int) -> tuple[list[Claim], list[Document]]:
    chance = random.Random(seed)
    papers = [
        document(f"d{n}", outlet=chance.choice(["World Wire", "Paper X", "Paper Y"]), published=f"2022-05-{n + 1:02}")
        for n in range(8)
    ]
    claims = [
        claim(
            chance.choice(papers),
            holder=chance.choice([NORTH, SOUTH]),
            speaker=chance.choice(["", "General Oak", "General Elm", "Dr Reed"]),
            when=on(f"2022-04-{chance.randint(1, 6):02}"),
            start=n * 40,
        )
        for n in range(20)
    ]
    return claims, papers


@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_nothing(seed, chance):
    claims, papers = world(seed)
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert grades(claims, *papers) == grades(shuffled, *papers)


@given(st.integers(0, 1000))
def test_a_verbatim_copy_changes_no_verdict(seed):
    claims, papers = world(seed)
    words = " ".join(f"word{n}" for n in range(30))
    told = claim(papers[0], holder=NORTH, when=on("2022-04-03"), quote=words, start=2000)
    reprint = document("zz", outlet="Reprint", published="2022-06-01")
    copy = claim(reprint, holder=NORTH, when=on("2022-04-03"), quote=words)
    sources, found = grades([*claims, told], *papers)
    sources_after, found_after = grades([*claims, told, copy], *papers, reprint)
    assert {name: (s.grade, s.reliability) for name, s in sources.items()} == {
        name: (s.grade, s.reliability) for name, s in sources_after.items() if name in sources
    }
    assert {c: g.credibility for c, g in found.items()} == {
        c: g.credibility for c, g in found_after.items() if c != copy.id
    }
    assert found_after[copy.id].credibility == found_after[told.id].credibility


@given(st.integers(0, 1000))
def test_renaming_unknown_outlets_changes_no_verdict(seed):
    claims, papers = world(seed)
    new = {"Paper X": "Gazette", "Paper Y": "Herald"}
    renamed = [replace(p, outlet=new.get(p.outlet, p.outlet)) for p in papers]
    ids = {old.id: fresh.id for old, fresh in zip(papers, renamed, strict=True)}
    others = []
    for one in claims:
        chain = tuple(replace(s, name=new.get(s.name, s.name)) for s in one.attribution.chain)
        others.append(replace(one, document_id=ids[one.document_id], attribution=replace(one.attribution, chain=chain)))
    _, before = grades(claims, *papers)
    _, after = grades(others, *renamed)
    assert [before[c.id].credibility for c in claims] == [after[c.id].credibility for c in others]
