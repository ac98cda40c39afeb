"""How often a trigger in a frame is a cue: smoothed counts, and what people know about verbs of reporting.

The counts (``cues.csv``: lemma, frame, seen, right; ``frames.csv``: frame, trait, seen, right) were made on PolNeAR train
by ``evals/count_cues.py``. ``lexicon.toml`` adds verbs and nouns of war reporting as if they had been seen.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from fogline.extract.attribution.candidate import Candidate

LEMMA_STRENGTH = 4.0
"""How many sightings of a lemma in a frame outweigh the frame's own rate; tuned on PolNeAR train by halves."""
TRAIT_STRENGTH = 20.0
"""The same for a trait within a frame."""

TRAIT_WEIGHTS = {
    "by": 0.5,
    "form": 0.5,
    "dep": 0.7,
    "in": 1.2,
    "length": 0.4,
    "within": 0.6,
    "told": 0.4,
    "source": 0.3,
}
"""How much each sort of trait counts, as traits are not independent of each other; set by hand, to the nearest tenth,
on PolNeAR train (counted on one half, judged on the other, both ways)."""

Count = tuple[float, float]
"""How often seen, and how often right."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Counts by (lemma, frame), by frame, and by (frame, trait)."""

    cues: dict[tuple[str, str], Count]
    lemmas: dict[tuple[str, str], Count]
    frames: dict[str, Count]
    traits: dict[tuple[str, str], Count]

    def chance(self, candidate: Candidate) -> float:
        """The estimated chance (0 to 1) that the candidate is an attribution with these spans.

        The rate of the lemma in the frame, smoothed by the lemma's in frames of that family and by the frame's own,
        is moved by how much likelier or unlikelier each trait makes it in that family of frames.
        """
        frame, lemma = candidate.frame, candidate.lemma
        base = self._rate(frame)
        family = family_of(frame)
        shared = smooth(self.lemmas.get((lemma, family), (0, 0)), self._rate(family), LEMMA_STRENGTH)
        prior = expit(logit(base) + logit(shared) - logit(self._rate(family)))
        score = logit(smooth(self.cues.get((lemma, frame), (0, 0)), prior, LEMMA_STRENGTH))
        whole = logit(self._rate(family))
        for trait in candidate.traits:
            seen = self.traits.get((family, trait))
            if seen:
                score += TRAIT_WEIGHTS[trait.split(".")[0]] * (
                    logit(smooth(seen, self._rate(family), TRAIT_STRENGTH)) - whole
                )
        return expit(score)

    def _rate(self, frame: str) -> float:
        return smooth(self.frames.get(frame, (0, 0)), 0.1, 5.0)


def family_of(frame: str) -> str:
    """The part of speech and first word of a frame's name: what its traits are counted by.

    >>> family_of("v.clause.that")
    'v.clause'
    """
    return ".".join(frame.split(".")[:2])


def smooth(count: Count, prior: float, strength: float) -> float:
    """The rate of a count, pulled to ``prior`` as if that had been seen ``strength`` times; within (0, 1)."""
    return min(0.995, max(0.005, (count[1] + strength * prior) / (count[0] + strength)))


def logit(p: float) -> float:
    """Log odds."""
    return log(p / (1 - p))


def expit(x: float) -> float:
    """Log odds back to a chance."""
    return 1 / (1 + exp(-x))


def build(cues: Iterable[tuple[str, str, float, float]], frames: Iterable[tuple[str, str, float, float]]) -> Weights:
    """Weights from rows of (lemma, frame, seen, right) and (frame, trait, seen, right)."""
    by_cue: dict[tuple[str, str], Count] = {}
    by_lemma: dict[tuple[str, str], Count] = {}
    by_frame: dict[str, Count] = {}
    by_trait: dict[tuple[str, str], Count] = {}
    for lemma, frame, seen, right in cues:
        by_cue[lemma, frame] = _plus(by_cue.get((lemma, frame)), seen, right)
        key = (lemma, family_of(frame))
        by_lemma[key] = _plus(by_lemma.get(key), seen, right)
    for frame, trait, seen, right in frames:
        if trait:
            by_trait[frame, trait] = (seen, right)
        else:
            by_frame[frame] = (seen, right)
    return Weights(by_cue, by_lemma, by_frame, by_trait)


def _plus(count: Count | None, seen: float, right: float) -> Count:
    return (seen, right) if count is None else (count[0] + seen, count[1] + right)


@cache
def shipped() -> Weights:
    """The weights that come with fogline, read once."""
    return build([*_rows("cues.csv"), *lexicon()], list(_rows("frames.csv")))


def _rows(name: str) -> Iterator[tuple[str, str, float, float]]:
    with files(__package__).joinpath(name).open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(line for line in lines if not line.startswith("#")):
            yield row[0], row[1], float(row[2]), float(row[3])


def lexicon() -> Iterator[tuple[str, str, float, float]]:
    """The hand-made entries as counts."""
    table = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    for group in table["group"]:
        for lemma in group["lemmas"]:
            for frame in group["frames"]:
                yield lemma, frame, group["seen"], group["seen"] * group["rate"]
