"""From candidates to attributions: the likeliest frame of each trigger, where it is likely enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.tree import shared, size
from fogline.extract.attribution.weights import Weights, family_of

THRESHOLD = 0.37
"""The least chance at which a candidate is taken. With F1 near .65 a guess pays from about half of that on."""

QUOTED_THRESHOLD = 0.1
"""The same for a verb beside a quotation, which without it would be given to whoever spoke before."""

SILENT_THRESHOLD = 0.37
"""The same where nobody is named."""

SILENT_THRESHOLDS = {
    "v.passive": 0.5, "n.on": 0.3, "n.to": 0.2, "n.be": 0.95, "a.clause": 0.2, "a.that": 0.2, "v.clause": 0.55, "v.raise": 0.3,
}  # fmt: skip
"""The same by family of frames: chances count sourced and silent uses together, which differ by family. Set on half of
PolNeAR train, checked on the other half (no-source F1 .342 to .352, and .326 to .328 the other way round)."""

SAME = 0.9
"""Two contents that share this much (Jaccard) are one attribution seen twice."""


NESTED_THRESHOLD = 0.45
"""The same for an attribution within another's content, its place left out of account; set by hand for precision."""

_NESTED_FRAMES = ("v.clause", "p.according", "p.as", "p.view", "n.that")
_PLACE = ("in.", "within.", "dep.")
_PLAIN = ("in.prose", "within.main", "dep.ROOT")
_OWN_VOICE = frozenset({"by.i", "by.none", "by.that", "by.it", "by.nobody"})


def choose(
    candidates: Sequence[Candidate], weights: Weights, threshold: float = THRESHOLD, nested: bool = False
) -> list[Candidate]:
    """The candidates that count as attributions, by trigger; at most one a trigger, and no content twice.

    With ``nested`` also those within another's content: PolNeAR does not mark them, so their place speaks against them.
    """
    scored = [(weights.chance(c), c) for c in candidates]
    if nested:
        scored = [(max(chance, _chance_within(c, weights)), c) for chance, c in scored]
    scored.sort(key=lambda pair: (-pair[0], pair[1].trigger))
    taken: list[Candidate] = []
    triggers: set[int] = set()
    for chance, candidate in scored:
        if chance < _least(candidate, threshold):
            continue
        if candidate.trigger in triggers or any(_same(candidate, other) for other in taken):
            continue
        triggers.add(candidate.trigger)
        taken.append(candidate)
    return sorted(taken, key=lambda c: c.trigger)


def _chance_within(candidate: Candidate, weights: Weights) -> float:
    """The chance of an attribution within another's content were it not there; 0 unless it is clearly a third voice."""
    own = not candidate.source or _OWN_VOICE & set(candidate.traits)
    if own or not candidate.frame.startswith(_NESTED_FRAMES):
        return 0.0
    traits = (*(t for t in candidate.traits if not t.startswith(_PLACE)), *_PLAIN)
    chance = weights.chance(replace(candidate, traits=traits))
    return chance if chance >= NESTED_THRESHOLD else 0.0


def _least(candidate: Candidate, threshold: float) -> float:
    if candidate.frame.startswith("q."):
        return QUOTED_THRESHOLD
    if candidate.source:
        return threshold
    return SILENT_THRESHOLDS.get(family_of(candidate.frame), SILENT_THRESHOLD)


def _same(one: Candidate, other: Candidate) -> bool:
    common = shared(one.content, other.content)
    return common > 0 and common >= SAME * (size(one.content) + size(other.content) - common)
