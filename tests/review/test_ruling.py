"""What people rule of voices and links: applied to what was found, and as if it had never been once it is undone."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from benchmarks.claims import documents
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.appraise.weighing import weigh
from fogline.errors import UsageError
from fogline.flow import conclude
from fogline.link.comparing import compare
from fogline.model import Claim, Document, Family, Judgement, Relation
from fogline.review.deciding import RELATIONS, Decision, graded_anew, made, rulings
from fogline.theatres.loading import load

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
WIRE = document("wire", outlet="World Wire", published="2024-05-05")
TIMES = document("times", outlet="Harbour Times", published="2024-05-06")
VOICE = document("voice", outlet="Southern Voice", published="2024-05-07")
WORDS = "The town of Hrushivka on the river is held by the army of the North, the staff said on Sunday evening"
ONE = claim(WIRE, holder=NORTH, when=on("2024-05-05"), quote=WORDS)
COPY = claim(TIMES, holder=NORTH, when=on("2024-05-05"), quote=f"{WORDS}.")
OTHER = claim(VOICE, holder=SOUTH, when=on("2024-05-05"), quote="The South holds Hrushivka")
ALONE = claim(
    document("late", outlet="Oak Post", published="2024-05-06"), holder=NORTH, when=on("2024-05-05"), quote="Oak is in"
)
SOURCES = by_id(WIRE, TIMES, VOICE, document("late", outlet="Oak Post", published="2024-05-06"))
EVERY = (ONE, COPY, OTHER, ALONE)


def judged(decision: Decision, subject: str, value: str = "", minute: int = 0) -> Judgement:
    return made(decision, subject, value, "Koval", "read both", NOON + timedelta(minutes=minute))


def found(*judgements: Judgement, claims: Sequence[Claim] = EVERY):
    return compare(claims, SOURCES, THEATRE, rulings(judgements))


def members(families: Sequence[Family]) -> set[frozenset[str]]:
    return {frozenset(family.members) for family in families}


def test_what_is_merged_is_one_voice_by_its_earliest_and_says_who_ruled_so() -> None:
    families, links, matters = found(judged(Decision.MERGE, ALONE.id, ONE.id))
    assert members(families) == {frozenset({ONE.id, COPY.id, ALONE.id}), frozenset({OTHER.id})}
    family = next(one for one in families if ALONE.id in one.members)
    assert family.root == ONE.id
    assert "Koval made one voice of these" in family.reasons[-1].detail
    assert {link.relation for link in links if {link.a, link.b} == {ONE.id, ALONE.id}} == {Relation.REPEATS}
    told = [answer for matter in matters for answer in matter.answers if ALONE.id in answer.claims]
    assert {answer.voices for answer in told} == {1}


def test_what_is_set_apart_is_a_voice_of_its_own_and_meets_the_others_again() -> None:
    assert members(found()[0]) == {frozenset({ONE.id, COPY.id}), frozenset({OTHER.id}), frozenset({ALONE.id})}
    families, links, _ = found(judged(Decision.SPLIT, COPY.id))
    assert frozenset({COPY.id}) in members(families)
    assert any({link.a, link.b} == {COPY.id, OTHER.id} and link.relation is Relation.CONTRADICTS for link in links)
    both = found(judged(Decision.MERGE, ALONE.id, ONE.id), judged(Decision.SPLIT, COPY.id, ALONE.id, 1))
    assert members(both[0]) == {frozenset({COPY.id, ALONE.id}), frozenset({ONE.id}), frozenset({OTHER.id})}


def test_a_ruling_on_a_copy_is_one_on_its_voice_and_the_later_holds() -> None:
    _, links, _ = found(judged(Decision.RELATE, COPY.id, f"unrelated {OTHER.id}"))
    assert not [link for link in links if {link.a, link.b} == {ONE.id, OTHER.id}]
    later = judged(Decision.RELATE, OTHER.id, f"qualifies {ONE.id}", 1)
    _, links, _ = found(judged(Decision.RELATE, COPY.id, f"unrelated {OTHER.id}"), later)
    (link,) = [link for link in links if {link.a, link.b} == {ONE.id, OTHER.id}]
    assert (link.relation, link.aspect) == (Relation.QUALIFIES, "control")
    assert "Koval set qualifies on 2024-06-01: read both." in link.reasons[0].detail
    assert "It was read as: contradicts (control)." in link.reasons[0].detail


def test_a_ruling_that_agrees_keeps_the_aspect_and_the_reasons_found() -> None:
    _, before, _ = found()
    _, after, _ = found(judged(Decision.RELATE, OTHER.id, f"contradicts {ONE.id}"))
    was, now = (next(link for link in links if {link.a, link.b} == {ONE.id, OTHER.id}) for links in (before, after))
    assert (now.id, now.reasons[1:]) == (was.id, was.reasons)


def test_a_ruling_on_a_claim_that_no_longer_counts_is_passed_over() -> None:
    history = (
        judged(Decision.MERGE, ALONE.id, ONE.id),
        judged(Decision.RELATE, ALONE.id, f"unrelated {OTHER.id}", 1),
        judged(Decision.SPLIT, ALONE.id, COPY.id, 2),
    )
    rest = [one for one in EVERY if one is not ALONE]
    plain = compare([ONE, OTHER], SOURCES, THEATRE)
    assert found(*history[:2], claims=rest) == compare(rest, SOURCES, THEATRE)
    assert found(*history, claims=[ONE, OTHER]) == plain


def test_an_overruled_credibility_says_who_and_what_it_was() -> None:
    families, links, _ = found()
    _, grades = weigh(EVERY, SOURCES, families, links, THEATRE)
    was = next(one for one in grades if one.claim == OTHER.id)
    now = next(one for one in graded_anew(grades, [judged(Decision.REGRADE, OTHER.id, "1")]) if one.claim == OTHER.id)
    assert now.credibility == 1
    assert f"(it was {was.credibility})" in now.reasons[0].detail
    assert now.reasons[1:] == was.reasons
    with pytest.raises(UsageError):
        judged(Decision.REGRADE, OTHER.id, "B")


UKRAINE = load("ukraine")


def made_world(count: int, seed: int) -> tuple[list[Claim], dict[str, Document]]:
    some = list(documents(count, seed))
    return [one for _, own in some for one in own], dict(by_id(*(source for source, _ in some)))


def any_judgement(claims: Sequence[Claim], chance: random.Random, minute: int) -> Judgement:
    one, other, third = (chance.choice(claims).id for _ in range(3))
    return chance.choice(
        [
            judged(Decision.MERGE, one, other, minute),
            judged(Decision.SPLIT, one, other, minute),
            judged(Decision.SPLIT, one, f"{other} {third}", minute),
            judged(Decision.RELATE, one, f"{chance.choice(RELATIONS)} {other}", minute),
            judged(Decision.REGRADE, one, chance.choice("123456"), minute),
        ]
    )


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=10, deadline=None)
def test_undoing_brings_back_the_very_same_conclusions(seed: int, length: int) -> None:
    claims, sources = made_world(40, seed)
    chance = random.Random(seed)
    history = [any_judgement(claims, chance, minute) for minute in range(length)]
    ruled = conclude(claims, sources, UKRAINE, judgements=history)
    assert sorted(name for family in ruled.families for name in family.members) == sorted(c.id for c in claims)
    last = any_judgement(claims, chance, 98)
    undone = judged(Decision.UNDO, last.id, minute=99)
    assert conclude(claims, sources, UKRAINE, judgements=[*history, last, undone]) == ruled
    undoing = [judged(Decision.UNDO, one.id, minute=50 + n) for n, one in enumerate(history)]
    assert conclude(claims, sources, UKRAINE, judgements=[*history, *undoing]) == conclude(claims, sources, UKRAINE)
    chance.shuffle(claims)
    assert conclude(claims, sources, UKRAINE, judgements=history) == ruled
