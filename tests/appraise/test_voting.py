"""Answers and sources learned together: who is right most often counts most, and the order of votes counts nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.appraise.voting import Vote, answers, statements


def test_a_source_that_is_right_elsewhere_decides_a_tie():
    votes = [Vote(f"q{n}", "right", source) for n in range(6) for source in ("a", "b", "c")]
    votes += [Vote(f"q{n}", f"wrong{n}", "bad") for n in range(6)]
    votes += [Vote("tie", "west", "bad"), Vote("tie", "zenith", "a")]
    verdict = answers(votes, {})
    assert verdict.best("tie") == "zenith"
    assert verdict.sources["a"] > 0.8 > 0.5 > verdict.sources["bad"]


def test_a_group_speaks_for_the_sources_of_which_little_is_heard():
    votes, groups = [], {}
    for n in range(30):
        groups |= {f"named{n}": "named", f"unnamed{n}": "unnamed", f"other{n}": "named"}
        votes += [
            Vote(f"q{n}", "right", f"named{n}"),
            Vote(f"q{n}", "right", f"other{n}"),
            Vote(f"q{n}", "wrong", f"unnamed{n}"),
        ]
    groups |= {"new": "named", "fresh": "unnamed"}
    votes += [Vote("tie", "b", "new"), Vote("tie", "a", "fresh")]
    assert answers(votes, groups).best("tie") == "b"


def test_leaving_out_is_no_denial_where_a_source_often_leaves_out():
    votes = [Vote(f"s{n}", "yes", source) for n in range(8) for source in ("full", "whole")]
    votes += [Vote(f"s{n}", "yes" if n % 2 else "no", source) for n in range(8) for source in ("short", "brief")]
    votes += [Vote(f"made{n}", "yes", "inventor") for n in range(8)]
    votes += [Vote(f"made{n}", "no", source) for n in range(8) for source in ("full", "whole", "short", "brief")]
    verdict = statements(votes, {}, starts=(0.6, 0.95))
    assert all(verdict.beliefs[f"s{n}"]["yes"] > 0.5 > verdict.beliefs[f"made{n}"]["yes"] for n in range(8))


def test_a_statement_is_answered_yes_or_no():
    with pytest.raises(ValueError, match="perhaps"):
        statements([Vote("q", "perhaps", "a")], {})


def test_nothing_is_learned_from_nothing():
    assert answers([], {}).beliefs == {}
    assert statements([], {}).beliefs == {}


@given(
    st.lists(st.tuples(st.sampled_from("qrs"), st.sampled_from("xyz"), st.sampled_from("abcd")), max_size=30),
    st.integers(0, 99),
)
def test_order_and_repeats_of_a_vote_change_nothing(rows, seed):
    votes = [Vote(*row) for row in rows]
    shuffled = [*votes, *votes]
    random.Random(seed).shuffle(shuffled)
    assert answers(votes, {}) == answers(shuffled, {})


@given(
    st.lists(
        st.tuples(st.sampled_from("qrs"), st.sampled_from("xyz"), st.sampled_from("abcd")), min_size=1, max_size=30
    )
)
def test_beliefs_add_up_to_one(rows):
    verdict = answers([Vote(*row) for row in rows], {})
    assert all(abs(sum(beliefs.values()) - 1) < 1e-9 for beliefs in verdict.beliefs.values())
