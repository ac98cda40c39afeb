"""An answer's independent voices: by side, one for a speaker, one for an owner, and when it was first and last said."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.link.comparing import compare
from fogline.model import Answer, Outlet

OWNED = tuple(Outlet(names=(f"Chain {n}",), side="third", standing="independent", owner="One House") for n in (1, 2))
MADE = replace(THEATRE, outlets=(*THEATRE.outlets, *OWNED))
TELLERS = [
    ("Harbour Times", "2022-05-03", "General Oak"),
    ("World Wire", "2022-05-01", ""),
    ("Chain 1", "2022-05-02", ""),
    ("Chain 2", "2022-05-04", ""),
    ("Southern Courier", "2022-05-02", ""),
]


def answer(order: list[int]) -> Answer:
    papers = [document(f"d{n}", outlet=outlet, published=day) for n, (outlet, day, _) in enumerate(TELLERS)]
    claims = [
        claim(paper, holder=NORTH, speaker=who, when=on("2022-05-01"))
        for paper, (_, _, who) in zip(papers, TELLERS, strict=True)
    ]
    matters = compare([claims[n] for n in order], by_id(*papers), MADE)[2]
    (one,) = (a for matter in matters if matter.aspect == "control" for a in matter.answers)
    return one


def test_voices_are_counted_by_side_and_outlets_of_one_owner_are_one():
    one = answer([0, 1, 2, 3, 4])
    assert dict(one.sides) == {NORTH: 1, SOUTH: 1, "third": 1, "unknown": 1}
    assert one.voices == 4
    assert len(one.families) == 5


def test_first_and_last_said_are_days_of_publication():
    one = answer([0, 1, 2, 3, 4])
    assert (one.first, one.last) == (date(2022, 5, 1), date(2022, 5, 4))


@given(st.permutations(range(5)))
def test_the_order_of_the_claims_changes_no_count(order):
    assert answer(order) == answer([0, 1, 2, 3, 4])
