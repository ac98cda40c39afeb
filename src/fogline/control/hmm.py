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
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fogline.control.parameters import Parameters, fitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Changes = Mapping[int, tuple[NDArray[np.intp], Floats]]

_TERMS, _SQUARINGS = 18, 4


def step(sides: int, days: int = 1, toward: tuple[float, ...] = (), rates: Parameters | None = None) -> Floats:
    """The transition matrix over ``sides`` states and then ``contested`` for that many days; rows sum to one.

    ``toward`` has a rate for each state by which a day's claims raise the rates toward it: for a side, to leave the
    others and to settle a contest for it; for ``contested``, to leave any side.
    """
    import numpy as np

    rates = rates or fitted()
    raised = toward or (0.0,) * (sides + 1)
    generator = np.zeros((sides + 1, sides + 1))
    for side in range(sides):
        generator[side, sides] = rates.leaves + max(rate for other, rate in enumerate(raised) if other != side)
        generator[sides, side] = rates.settles / sides + raised[side]
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


def balance(sides: int, rates: Parameters | None = None) -> Floats:
    """The distribution the chain keeps by itself. It starts there, so that the day it starts on does not matter."""
    import numpy as np

    rates = rates or fitted()
    shares = [rates.settles / sides / rates.leaves] * sides + [1.0]  # detailed balance of each side with contest
    return np.array(shares) / sum(shares)


def uniform(sides: int) -> Floats:
    """Knowing nothing: the same belief in each side and in ``contested``."""
    import numpy as np

    return np.full(sides + 1, 1.0 / (sides + 1))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was observed, and nothing for the days between: ``rows`` (settlements) and ``days``, both from 0, as integers.

    ``likelihood`` has a row an observation: its log-likelihood in each state. Observations of one settlement on one day
    add up. ``shape`` is the number of settlements and of days.
    """

    rows: NDArray[np.intp]
    days: NDArray[np.intp]
    likelihood: Floats
    shape: tuple[int, int]

    @classmethod
    def dense(cls, likelihood: Floats) -> Evidence:
        """From log-likelihoods for every day, shape (settlements, days, states)."""
        import numpy as np

        rows, days = (found.ravel() for found in np.indices(likelihood.shape[:2]))
        return cls(rows, days, likelihood.reshape(-1, likelihood.shape[2]), likelihood.shape[:2])


def forward(evidence: Evidence, matrix: Floats, changes: Changes | None = None, start: Floats | None = None) -> Floats:
    """Belief on each day from that day's evidence and what came before, shape (settlements, days, states).

    Each settlement starts from ``start``, or in balance. ``changes`` are the days on which some settlements (rows) step
    by a matrix of their own.
    """
    return _forward(_seen(evidence), evidence.shape, matrix, changes, start).transpose(2, 0, 1)


def smooth(evidence: Evidence, matrix: Floats, changes: Changes | None = None, start: Floats | None = None) -> Floats:
    """Belief on each day from all evidence, earlier and later; arguments and answer as in :func:`forward`."""
    import numpy as np

    seen = _seen(evidence)
    belief = _forward(seen, evidence.shape, matrix, changes, start)
    after, before = np.ones(belief.shape[1:]), np.empty(belief.shape[1:])
    last = np.zeros(evidence.shape[0], dtype=np.intp)
    np.maximum.at(last, evidence.rows, evidence.days)
    first = int(last.min(initial=evidence.shape[1]))
    for day in range(evidence.shape[1] - 2, -1, -1):
        rows, weights = seen.on(day + 1)
        if rows.size:
            after[:, rows] = after.take(rows, axis=1) * weights
        np.matmul(matrix, after, out=before)
        if changes and day + 1 in changes:
            rows, own = changes[day + 1]
            before[:, rows] = np.einsum("nkj,jn->kn", own, after[:, rows])
        if day >= first:
            # Exactly one where nothing is ahead: a settlement's belief must not hang on how long others' timelines are.
            before[:, last <= day] = 1.0
        after, before = before, after
        belief[day] *= after
    return belief.transpose(2, 0, 1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Evidence in the order of days: how likely what was seen is in each state, a column a settlement and day.

    The forward pass divides each column by its chance, given all before. What is ahead, weighed by such columns, times
    the belief so far sums to one on every day (Rabiner's scaling), so that smoothing needs no sums of its own.
    """

    rows: NDArray[np.intp]
    weights: Floats
    bounds: list[int]

    def on(self, day: int) -> tuple[NDArray[np.intp], Floats]:
        """The settlements seen on a day, and their columns."""
        first, last = self.bounds[day], self.bounds[day + 1]
        return self.rows[first:last], self.weights[:, first:last]


def _forward(
    seen: _Seen, shape: tuple[int, int], matrix: Floats, changes: Changes | None, start: Floats | None
) -> Floats:
    """The forward pass, laid out (days, states, settlements): a day is one product of small by wide.

    Steps keep the sum of a belief, so only what was seen is brought back to one.
    """
    import numpy as np

    belief = np.empty((shape[1], len(matrix), shape[0]))
    step = np.ascontiguousarray(matrix.T)
    belief[:1] = (balance(len(matrix) - 1) if start is None else start)[:, None]
    for day in range(shape[1]):
        now = belief[day]
        if day:
            np.matmul(step, belief[day - 1], out=now)
        if changes and day in changes:
            rows, own = changes[day]
            now[:, rows] = np.einsum("kn,nkj->jn", belief[day - 1][:, rows], own)
        rows, weights = seen.on(day)
        if rows.size:
            weighed = now.take(rows, axis=1)
            chance = (weighed * weights).sum(axis=0)
            weights /= chance
            now[:, rows] = weighed * weights
    return belief


def _seen(evidence: Evidence) -> _Seen:
    """The evidence by day; log-likelihoods of one settlement and day are added up before they leave the logarithm."""
    import numpy as np

    settlements, days = evidence.shape
    order = _sorted(evidence.rows, settlements)
    order = order[_sorted(evidence.days[order], days)]
    rows, when, logs = evidence.rows[order], evidence.days[order], evidence.likelihood.T.take(order, axis=1)
    new = np.ones(len(order), dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (when[1:] != when[:-1])
    if not new.all():
        firsts = np.flatnonzero(new)
        rows, when, logs = rows[firsts], when[firsts], np.add.reduceat(logs, firsts, axis=1)
    weights = np.exp(logs - logs.max(axis=0)) if len(rows) else logs.copy()
    return _Seen(rows, weights, np.searchsorted(when, np.arange(days + 1)).tolist())


def _sorted(numbers: NDArray[np.intp], below: int) -> NDArray[np.intp]:
    """The order of small numbers, equal ones as they stand; numpy sorts 16 bits in one pass."""
    import numpy as np

    return np.argsort(numbers.astype(np.uint16) if below <= 1 << 16 else numbers, kind="stable")
