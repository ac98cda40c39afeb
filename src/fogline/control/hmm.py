"""A hidden Markov model over days, for many settlements at once.

The states are the sides and ``contested``. Control passes from side to side through contest, however briefly: the
generator joins each side with ``contested`` alone, and a day's step is its exponential. For two sides this is a
birth-death chain, whose step is totally positive (Karlin and McGregor, 1957): evidence that favours a side on one day
can therefore lower its belief on no other day. On days to which claims date a change toward a side, the rates toward
it are raised: dated changes are told because they happened, and without that the sticky chain would rather believe
that every teller erred than that anything changed on that very day. Recursions are the scaled forward and backward
passes of Rabiner (1989), fed with log-likelihoods, so that any amount of evidence on a day stays in range.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Changes = Mapping[int, tuple[NDArray[np.intp], Floats]]

LEAVES = 0.0006
"""Chance a day that a side's hold turns into contest. Daily status lists of Ukraine, March 2022 to June 2023, give
0.0012 for towns that such lists carry, in the war's most mobile year; later years are slower."""
SETTLES = 0.06
"""Chance a day that a contest ends. The same lists give 0.03; reports see the end sooner than list editors."""
_TERMS, _SQUARINGS = 18, 4


def step(sides: int, days: int = 1, toward: tuple[float, ...] = ()) -> Floats:
    """The transition matrix over ``sides`` states and then ``contested`` for that many days; rows sum to one.

    ``toward`` has a rate for each state by which a day's claims raise the rates toward it: for a side, to leave the
    others and to settle a contest for it; for ``contested``, to leave any side.
    """
    import numpy as np

    raised = toward or (0.0,) * (sides + 1)
    generator = np.zeros((sides + 1, sides + 1))
    for side in range(sides):
        generator[side, sides] = LEAVES + max(rate for other, rate in enumerate(raised) if other != side)
        generator[sides, side] = SETTLES / sides + raised[side]
    generator -= np.diag(generator.sum(axis=1))
    # Scaling and squaring keeps the series short and exact for any rate.
    matrix, term = np.eye(sides + 1), np.eye(sides + 1)
    for n in range(1, _TERMS):
        term = term @ generator / (n * 2**_SQUARINGS)
        matrix = matrix + term
    matrix = np.linalg.matrix_power(matrix, 2**_SQUARINGS)
    matrix = matrix / matrix.sum(axis=1, keepdims=True)
    power: Floats = np.linalg.matrix_power(matrix, days)
    return power


def balance(sides: int) -> Floats:
    """The distribution the chain keeps by itself. It starts there, so that the day it starts on does not matter."""
    import numpy as np

    shares = [SETTLES / sides / LEAVES] * sides + [1.0]  # detailed balance of each side with contest
    return np.array(shares) / sum(shares)


def uniform(sides: int) -> Floats:
    """Knowing nothing: the same belief in each side and in ``contested``."""
    import numpy as np

    return np.full(sides + 1, 1.0 / (sides + 1))


def forward(likelihood: Floats, matrix: Floats, changes: Changes | None = None) -> Floats:
    """Belief on each day from that day's evidence and what came before.

    ``likelihood`` holds log-likelihoods, shape (settlements, days, states); the answer has the same shape and holds
    probabilities. Each settlement starts in balance. ``changes`` are the days on which some settlements
    (rows) step by a matrix of their own.
    """
    import numpy as np

    emitted: Floats = np.exp(likelihood - likelihood.max(axis=2, keepdims=True))
    belief = np.empty_like(emitted)
    belief[:, 0] = balance(matrix.shape[0] - 1) * emitted[:, 0]
    belief[:, 0] /= belief[:, 0].sum(axis=1, keepdims=True)
    for day in range(1, emitted.shape[1]):
        before = belief[:, day - 1]
        now: Floats = before @ matrix
        if changes and day in changes:
            rows, own = changes[day]
            now[rows] = np.einsum("nk,nkj->nj", before[rows], own)
        now *= emitted[:, day]
        belief[:, day] = now / now.sum(axis=1, keepdims=True)
    return belief


def smooth(likelihood: Floats, matrix: Floats, changes: Changes | None = None) -> Floats:
    """Belief on each day from all evidence, earlier and later; arguments and answer as in :func:`forward`."""
    import numpy as np

    emitted: Floats = np.exp(likelihood - likelihood.max(axis=2, keepdims=True))
    belief = forward(likelihood, matrix, changes)
    after = np.ones(emitted[:, 0].shape)
    for day in range(emitted.shape[1] - 2, -1, -1):
        ahead = emitted[:, day + 1] * after
        after = ahead @ matrix.T
        if changes and day + 1 in changes:
            rows, own = changes[day + 1]
            after[rows] = np.einsum("nj,nkj->nk", ahead[rows], own)
        after = after / after.max(axis=1, keepdims=True)
        belief[:, day] *= after
        belief[:, day] /= belief[:, day].sum(axis=1, keepdims=True)
    return belief
