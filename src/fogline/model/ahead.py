"""What a forecast says will come: the event, how likely in the words of ICD 203, by when, and on what condition."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Likelihood(StrEnum):
    """The seven bands of ICD 203 (Intelligence Community Directive 203, 2015), each with its words."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and highest probability of the band; the directive leaves out 0 and 1, and so do these."""
        return _BOUNDS[self]

    @property
    def middle(self) -> float:
        """The probability that a forecast in these words is scored with."""
        low, high = self.bounds
        return round((low + high) / 2, 3)

    @property
    def mirrored(self) -> Likelihood:
        """The band of the same thing not happening."""
        return _ORDER[len(_ORDER) - 1 - _ORDER.index(self)]


_ORDER = tuple(Likelihood)
_EDGES = (0.01, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 0.99)
_BOUNDS = {band: (_EDGES[number], _EDGES[number + 1]) for number, band in enumerate(_ORDER)}


def whole_percent(probability: float) -> int:
    """A probability in whole percent, as it is shown: of its four decimals that answers hold, halves upward.

    >>> whole_percent(0.546), whole_percent(0.545)
    (55, 55)
    """
    return math.floor(round(probability, 4) * 100 + 0.5)


def likelihood_of(probability: float) -> Likelihood:
    """The band of a probability, by its whole percent, so that word and number shown never disagree.

    A border belongs to the band further from one half.

    >>> likelihood_of(0.8).value, likelihood_of(0.5).value, likelihood_of(0.546).value, likelihood_of(0.999).value
    ('very likely', 'roughly even chance', 'likely', 'almost certain')
    """
    percent = whole_percent(probability)
    if percent < 50:
        return likelihood_of((100 - percent) / 100).mirrored
    return next(band for band in reversed(_ORDER) if percent >= whole_percent(band.bounds[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a claim foretells: ``event`` is the kind of what would come (``control`` with the claim's holder, ...).

    ``likelihood`` is that of the event itself: "will not fall" gives the fall almost no chance. ``words`` are the speaker's
    words for it, ``condition`` those of the condition he puts, "" for none. By when is the claim's ``when``.
    """

    event: str
    likelihood: Likelihood
    words: str = ""
    condition: str = ""
