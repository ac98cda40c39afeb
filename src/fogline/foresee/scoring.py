"""Scores of forecasts that came due: Brier and log score, calibration, and skill against a base rate and against always one half.

Brier (1950); the log score is the mean surprise in nats (Good 1952), with probabilities kept within ``LEAST``; skill is one
less the ratio of Brier scores (Murphy 1988): 0 is no better than the reference, below 0 is worse.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 0.01
"""The probability below which no forecast is scored: ICD 203 leaves out what is more certain, and so would the log score."""
BINS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
"""Borders of the bands of ICD 203, by which calibration is told."""

Pair = tuple[float, bool]
"""A probability, and whether it came true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well probabilities did: ``skill_rate`` against the share that came true, ``skill_half`` against always one half.

    ``calibration`` has mean probability, share that came true, and number, by band. ``skill_rate`` is ``None`` where all came
    out alike.
    """

    number: int
    brier: float
    log: float
    skill_rate: float | None
    skill_half: float
    calibration: tuple[tuple[float, float, int], ...]

    @property
    def error(self) -> float:
        """The expected calibration error: the mean distance of probability and share over the bands, by their numbers."""
        return sum(abs(p - share) * n for p, share, n in self.calibration) / self.number


def score(pairs: Sequence[Pair]) -> Score | None:
    """The score of forecasts that came due; ``None`` where none did.

    >>> found = score([(0.9, True), (0.9, True), (0.1, False), (0.5, True)])
    >>> found.number, round(found.brier, 3), round(found.skill_half, 2)
    (4, 0.07, 0.72)
    """
    if not pairs:
        return None
    kept = [(min(1 - LEAST, max(LEAST, chance)), came) for chance, came in pairs]
    rate = sum(came for _, came in kept) / len(kept)
    brier = _brier(kept)
    reference = _brier([(rate, came) for _, came in kept])
    return Score(
        number=len(kept),
        brier=brier,
        log=-sum(math.log(chance if came else 1 - chance) for chance, came in kept) / len(kept),
        skill_rate=1 - brier / reference if reference > 0 else None,
        skill_half=1 - brier / 0.25,
        calibration=_calibration(kept),
    )


def _brier(pairs: Sequence[Pair]) -> float:
    return sum((chance - came) ** 2 for chance, came in pairs) / len(pairs)


def _calibration(pairs: Sequence[Pair]) -> tuple[tuple[float, float, int], ...]:
    bands: dict[int, list[Pair]] = {}
    for chance, came in pairs:
        bands.setdefault(sum(chance >= border for border in BINS), []).append((chance, came))
    return tuple(
        (sum(c for c, _ in own) / len(own), sum(came for _, came in own) / len(own), len(own))
        for _, own in sorted(bands.items())
    )
