"""From counts to a chance."""

from __future__ import annotations

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.choosing import choose
from fogline.extract.attribution.weights import build, lemmas_with, shipped

ROWS = [("say", "v.clause.that", 100, 95), ("open", "v.clause.that", 100, 5)]
FRAMES = [
    ("v.clause.that", "", 200, 100),
    ("v.clause", "", 200, 100),
    ("v.clause", "in.quote", 50, 5),
    ("v.clause.that", "lemma.rare", 50, 10),
]


def candidate(
    lemma: str, *traits: str, trigger: int = 0, content: tuple[tuple[int, int], ...] = ((1, 5),)
) -> Candidate:
    return Candidate(trigger, lemma, "v.clause.that", ((0, 1),), ((trigger, trigger + 1),), content, traits)


def test_a_lemma_that_was_often_right_is_likely():
    weights = build(ROWS, FRAMES)
    assert weights.chance(candidate("say")) > 0.9
    assert weights.chance(candidate("open")) < 0.1


def test_an_unknown_lemma_is_as_likely_as_rare_ones():
    weights = build(ROWS, FRAMES)
    assert 0.15 < weights.chance(candidate("burble")) < 0.4


def test_a_trait_moves_the_chance():
    weights = build(ROWS, FRAMES)
    assert weights.chance(candidate("say", "in.quote")) < weights.chance(candidate("say"))


def test_one_attribution_a_trigger_and_no_content_twice():
    weights = build(ROWS, FRAMES)
    twice = [candidate("say", trigger=0), candidate("say", trigger=0, content=((6, 9),)), candidate("say", trigger=7)]
    assert choose(twice, weights) == [twice[0]]


def test_the_shipped_counts_hold_single_words_seen_three_times():
    weights = shipped()
    assert all(" " not in lemma and seen >= 3 for (lemma, _), (seen, _) in weights.cues.items())


def test_an_army_acts_rather_than_speaks():
    assert {"troop", "drone"} <= lemmas_with("force")
