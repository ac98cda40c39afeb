from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.control import hmm

DAYS = 5
EVIDENCE = st.lists(st.lists(st.floats(-6, 0), min_size=3, max_size=3), min_size=DAYS, max_size=DAYS)


def by_hand(likelihood, matrices):
    """Smoothed belief by summing over every path."""
    belief = np.zeros((DAYS, 3))
    for path in product(range(3), repeat=DAYS):
        weight = np.exp(likelihood[0, path[0]]) * hmm.balance(2)[path[0]]
        for day in range(1, DAYS):
            weight *= matrices[day][path[day - 1], path[day]] * np.exp(likelihood[day, path[day]])
        for day, state in enumerate(path):
            belief[day, state] += weight
    return belief / belief.sum(axis=1, keepdims=True)


@given(EVIDENCE)
def test_smoothing_agrees_with_summing_over_every_path(evidence):
    matrix = hmm.step(2)
    likelihood = np.array([evidence])
    assert np.allclose(
        hmm.smooth(hmm.Evidence.dense(likelihood), matrix)[0], by_hand(likelihood[0], [matrix] * DAYS), atol=1e-12
    )


@given(EVIDENCE, st.floats(0.01, 0.9))
def test_days_with_a_step_of_their_own_are_stepped_so(evidence, rate):
    matrix, own = hmm.step(2), hmm.step(2, toward=(rate, 0.0, rate / 2))
    likelihood = np.array([evidence, evidence])
    found = hmm.smooth(hmm.Evidence.dense(likelihood), matrix, {2: (np.array([1]), own[None])})
    assert np.allclose(found[0], by_hand(likelihood[0], [matrix] * DAYS), atol=1e-12)
    changed = [matrix, matrix, own, matrix, matrix]
    assert np.allclose(found[1], by_hand(likelihood[1], changed), atol=1e-12)


@given(EVIDENCE)
def test_the_last_day_forward_is_the_last_day_smoothed(evidence):
    likelihood, matrix = np.array([evidence]), hmm.step(2)
    assert np.allclose(
        hmm.forward(hmm.Evidence.dense(likelihood), matrix)[0, -1],
        hmm.smooth(hmm.Evidence.dense(likelihood), matrix)[0, -1],
        atol=1e-12,
    )


def test_any_amount_of_evidence_on_a_day_stays_in_range():
    likelihood = np.array([[[-5000.0, 0.0, -3000.0], [0.0, -9000.0, -9000.0]]])
    found = hmm.smooth(hmm.Evidence.dense(likelihood), hmm.step(2))
    assert np.isfinite(found).all()
    assert found.sum(axis=2) == pytest.approx(1.0)


@pytest.mark.parametrize("sides", [1, 2, 3])
def test_steps_are_chances_and_favour_no_side(sides):
    matrix = hmm.step(sides, 30)
    assert matrix.sum(axis=1) == pytest.approx(1.0)
    assert (matrix > 0).all()
    assert hmm.balance(sides) @ matrix == pytest.approx(hmm.balance(sides))
    assert hmm.balance(sides)[:sides] == pytest.approx(hmm.balance(sides)[0])


@given(st.tuples(st.floats(0, 2), st.floats(0, 2), st.floats(0, 2)))
def test_every_step_is_totally_positive(toward):
    """All two-by-two minors over side, contested, side are positive: what keeps evidence monotone."""
    matrix = hmm.step(2, toward=toward)[np.ix_((0, 2, 1), (0, 2, 1))]
    for i, j in ((0, 1), (1, 2), (0, 2)):
        for k, m in ((0, 1), (1, 2), (0, 2)):
            assert matrix[i, k] * matrix[j, m] - matrix[i, m] * matrix[j, k] >= -1e-15
