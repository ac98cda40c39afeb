"""A hidden Markov model over days, for many settlements at once.

The states are the sides and ``contested``. Control passes from side to side through contest, however briefly: the
generator joins each side with ``contested`` alone, and a day's step is its exponential. For two sides this is a
birth-death chain, whose step is totally positive (Karlin and McGregor, 1957): evidence that favours a side on one day
can therefore lower its belief on no other day. Recursions are the scaled forward and backward passes of Rabiner (1989),
fed with log-likelihoods, so that any amount of evidence on a day stays in range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAVES = 0.0006
"""Chance a day that a side's hold turns into contest. Daily status lists of Ukraine, March 2022 to June 2023, give
0.0012 for towns that such lists carry, in the war's most mobile year; later years are slower."""
SETTLES = 0.06
"""Chance a day that a contest ends. The same lists give 0.03; reports see the end sooner than list editors."""
_TERMS = 24


def step(sides: int, days: int = 1) -> Floats:
    """The transition matrix over ``sides`` states and then ``contested`` for that many days; rows sum to one."""
    import numpy as np

    generator = np.zeros((sides + 1, sides + 1))
    generator[:sides, sides] = LEAVES
    generator[sides, :sides] = SETTLES / sides
    generator -= np.diag(generator.sum(axis=1))
    matrix, term = np.eye(sides + 1), np.eye(sides + 1)
    for n in range(1, _TERMS):
        term = term @ generator / n
        matrix = matrix + term
    matrix /= matrix.sum(axis=1, keepdims=True)
    return np.linalg.matrix_power(matrix, days)


def uniform(sides: int) -> Floats:
    """Knowing nothing: the same belief in each side and in ``contested``."""
    import numpy as np

    return np.full(sides + 1, 1.0 / (sides + 1))


def forward(likelihood: Floats, matrix: Floats) -> Floats:
    """Belief on each day from that day's evidence and what came before.

    ``likelihood`` holds log-likelihoods, shape (settlements, days, states); so does the answer hold probabilities.
    Each settlement starts from knowing nothing.
    """
    import numpy as np

    emitted = np.exp(likelihood - likelihood.max(axis=2, keepdims=True))
    belief = np.empty_like(emitted)
    now = np.broadcast_to(uniform(matrix.shape[0] - 1), emitted[:, 0].shape)
    for day in range(emitted.shape[1]):
        now = (now if day == 0 else now @ matrix) * emitted[:, day]
        now = now / now.sum(axis=1, keepdims=True)
        belief[:, day] = now
    return belief


def smooth(likelihood: Floats, matrix: Floats) -> Floats:
    """Belief on each day from all evidence, earlier and later; shapes as in :func:`forward`."""
    import numpy as np

    emitted = np.exp(likelihood - likelihood.max(axis=2, keepdims=True))
    belief = forward(likelihood, matrix)
    after = np.ones(emitted[:, 0].shape)
    for day in range(emitted.shape[1] - 2, -1, -1):
        after = (emitted[:, day + 1] * after) @ matrix.T
        after = after / after.max(axis=1, keepdims=True)
        belief[:, day] *= after
        belief[:, day] /= belief[:, day].sum(axis=1, keepdims=True)
    return belief
