"""What would change an assessment: the least new word that would turn the status of a settlement."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from fogline.control import hmm
from fogline.control.likelihoods import Vector, held
from fogline.control.parameters import Parameters, fitted
from fogline.control.timeline import status
from fogline.model import CONTESTED, Control

INDEPENDENT = 0.8
"""The chance of being right that an independent outlet without a record is given here; as in the theatre's priors."""

MOST = 3
"""Independent reports that are tried; where more would be needed, none is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """New word on the last day that would turn the status, and what belief and status would then be.

    ``by`` is the side that would have to admit it, "" for outlets of no side; ``reports`` how many independent voices.
    """

    holder: str
    by: str
    reports: int
    belief: dict[str, float]
    status: str


def turning(control: Control, parameters: Parameters | None = None) -> tuple[Turn, ...]:
    """For each status other than the present one, the least that would bring it about, easiest first.

    Belief on the last day is multiplied by what the new word says (Bayes); a side's word for its own gain is not among
    the words tried, since it alone can never turn an assessment.
    """
    sides = len(control.states) - 1
    belief = control.daily[-1] if control.daily else tuple(hmm.uniform(sides).tolist())
    now = status(dict(zip(control.states, belief, strict=True)))
    fit = parameters or fitted()
    found: dict[str, Turn] = {}
    for turn in _tried(control.states, belief, fit):
        if turn.status == turn.holder and turn.holder != now:
            found.setdefault(f"{turn.holder} {bool(turn.by)}", turn)
    return tuple(sorted(found.values(), key=lambda turn: (turn.reports, turn.by, turn.holder)))


def _tried(states: tuple[str, ...], belief: tuple[float, ...], fit: Parameters) -> Iterator[Turn]:
    for holder in states:
        for reports in range(1, MOST + 1):
            yield _turn(states, belief, held(states, holder, INDEPENDENT), reports, holder, "")
        for side in states:
            if side not in (holder, CONTESTED) and holder != CONTESTED:
                yield _turn(states, belief, held(states, holder, fit.admitted), 1, holder, side)


def _turn(
    states: tuple[str, ...], belief: tuple[float, ...], vector: Vector, reports: int, holder: str, by: str
) -> Turn:
    weighed = [share * math.exp(reports * log) for share, log in zip(belief, vector, strict=True)]
    after = dict(zip(states, (share / sum(weighed) for share in weighed), strict=True))
    return Turn(holder=holder, by=by, reports=reports, belief=after, status=status(after))
