"""Pairs of claims against gold, by hand-built links and families."""

import pytest
from evals.links import Pair, Ties, pair_figures
from tests.builders import NORTH, SOUTH, claim, document

from fogline.model import Conclusions, Family, Link, Relation

ONE, TWO, COPY = (
    claim(document("one"), holder=SOUTH, speaker="General Elm"),
    claim(document("two"), holder=NORTH, speaker="General Oak"),
    claim(document("copy"), holder=SOUTH, speaker="General Elm"),
)
FAMILY = Family(root=ONE.id, members=(ONE.id, COPY.id))
CLASH = Link(a=ONE.id, b=TWO.id, relation=Relation.CONTRADICTS, aspect="control", reasons=())
CHOSEN = {"1": ONE, "2": TWO, "copy": COPY}
CONCLUSIONS = Conclusions(families=(FAMILY,), links=(CLASH,))


def test_a_copy_is_tied_as_its_family_is():
    ties = Ties(CONCLUSIONS.families, CONCLUSIONS.links)
    assert ties.between(TWO.id, COPY.id) == ((Relation.CONTRADICTS, "control"),)
    assert ties.between(COPY.id, ONE.id) == ((Relation.REPEATS, ""),)


def test_pairs_are_right_by_relation_and_aspect():
    pairs = [
        Pair("1", "2", Relation.CONTRADICTS, ("control", "polarity")),
        Pair("copy", "2", Relation.CONTRADICTS, ("date",)),
        Pair("1", "copy", Relation.REPEATS),
        Pair("1", "2", Relation.CORROBORATES),
    ]
    figures = pair_figures(pairs, CHOSEN, CONCLUSIONS)
    assert figures["relations"] == pytest.approx(3 / 4)
    assert figures["aspects"] == pytest.approx(1 / 2)
    assert figures["contradicts"] == 1.0
    assert figures["corroborates"] == 0.0


def test_unrelated_pairs_count_apart_and_must_not_be_tied():
    pairs = [Pair("1", "2", Relation.UNRELATED), Pair("1", "copy", Relation.REPEATS)]
    figures = pair_figures(pairs, CHOSEN, CONCLUSIONS)
    assert (figures["apart"], figures["relations"]) == (0.0, 1.0)


def test_a_pair_of_which_a_claim_was_not_found_is_missed():
    pairs = [Pair("1", "gone", Relation.UNRELATED), Pair("1", "gone", Relation.REPEATS)]
    figures = pair_figures(pairs, CHOSEN, CONCLUSIONS)
    assert (figures["apart"], figures["relations"]) == (0.0, 0.0)
