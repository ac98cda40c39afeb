"""How often a trigger in a frame is a cue: smoothed counts, and what people know about verbs of reporting.

The counts (``cues.csv``: lemma, frame, seen, right; ``frames.csv``: frame, trait, seen, right) were made on PolNeAR
train by ``evals/count_cues.py``. ``lexicon.toml`` adds verbs and nouns of war reporting as if they had been seen.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Any

from fogline.extract.attribution.candidate import Candidate

LEMMA_STRENGTH = 3.0
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
    "force": 1.0,
}
"""How much each sort of trait counts, as traits are not independent of each other; set by hand, to the nearest tenth,
on PolNeAR train (counted on one half, judged on the other, both ways)."""

FRAME_STRENGTH = 5.0
"""The same for a frame against a rate of one in ten."""

UNSEEN = -2.2
"""Log odds of a frame that was never seen: one in ten."""

RARE = "lemma.rare"
"""Stands where a trait would: counts of a frame over the lemmas too rare to be counted by themselves."""

Count = tuple[float, float]
"""How often seen, and how often right."""
Row = tuple[str, str, float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Counts of (lemma, frame) and of (lemma, family); the log odds of frames and families, and how traits move them.

    ``rare`` are the log odds of a frame for lemmas too rare to be counted by themselves.
    """

    cues: dict[tuple[str, str], Count]
    lemmas: dict[tuple[str, str], Count]
    frames: dict[str, float]
    rare: dict[str, float]
    traits: dict[tuple[str, str], float]

    def chance(self, candidate: Candidate) -> float:
        """The estimated chance (0 to 1) that the candidate is an attribution with these spans.

        The rate of the lemma in the frame, smoothed by the lemma's in frames of that family and by the frame's own,
        is moved by how much likelier or unlikelier each trait makes it in that family of frames.
        """
        frame, lemma, family = candidate.frame, candidate.lemma, family_of(candidate.frame)
        whole = self.frames.get(family, UNSEEN)
        base = self.frames.get(frame, whole)
        known = self.lemmas.get((lemma, family))
        if known is None:
            score = self.rare.get(frame, base)
        else:
            prior = expit(base + logit(smooth(known, expit(whole), LEMMA_STRENGTH)) - whole)
            score = logit(smooth(self.cues.get((lemma, frame), (0, 0)), prior, LEMMA_STRENGTH))
        return expit(score + sum(self.traits.get((family, trait), 0.0) for trait in candidate.traits))


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


def build(cues: Iterable[Row], frames: Iterable[Row]) -> Weights:
    """Weights from rows of (lemma, frame, seen, right) and (frame or family, trait, seen, right)."""
    by_cue: dict[tuple[str, str], Count] = {}
    by_lemma: dict[tuple[str, str], Count] = {}
    for lemma, frame, seen, right in cues:
        by_cue[lemma, frame] = _plus(by_cue.get((lemma, frame)), seen, right)
        key = (lemma, family_of(frame))
        by_lemma[key] = _plus(by_lemma.get(key), seen, right)
    table = {(frame, trait): (seen, right) for frame, trait, seen, right in frames}
    rates = {frame: smooth(n, 0.1, FRAME_STRENGTH) for (frame, trait), n in table.items() if not trait}
    rare = {f: logit(smooth(n, rates[f], TRAIT_STRENGTH)) for (f, trait), n in table.items() if trait == RARE}
    traits = {
        (f, trait): TRAIT_WEIGHTS[trait.split(".")[0]] * (logit(smooth(n, rates[f], TRAIT_STRENGTH)) - logit(rates[f]))
        for (f, trait), n in table.items()
        if trait and trait != RARE
    }
    return Weights(by_cue, by_lemma, {f: logit(rate) for f, rate in rates.items()}, rare, traits)


def _plus(count: Count | None, seen: float, right: float) -> Count:
    return (seen, right) if count is None else (count[0] + seen, count[1] + right)


@cache
def shipped() -> Weights:
    """The weights that come with fogline, read once."""
    return build([*_rows("cues.csv"), *lexicon()], [*_rows("frames.csv"), *hand_traits()])


def _rows(name: str) -> Iterator[Row]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as lines:
        for row in csv.reader(line for line in lines if not line.startswith("#")):
            yield row[0], row[1], float(row[2]), float(row[3])


@cache
def _lexicon() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text("utf-8"))


def hand_traits() -> Iterator[Row]:
    """The hand-made traits as counts."""
    for group in _lexicon()["trait"]:
        for frame in group["frames"]:
            yield frame, group["trait"], group["seen"], group["seen"] * group["rate"]


@cache
def cue_lemmas(least: float) -> frozenset[str]:
    """The lemmas that were a cue in at least that share of their sightings in some frame."""
    weights = shipped()
    return frozenset(lemma for (lemma, _), (seen, right) in weights.cues.items() if right >= least * seen)


@cache
def lemmas_with(trait: str) -> frozenset[str]:
    """The lemmas that have a hand-made trait."""
    return frozenset(lemma for group in _lexicon()["trait"] if group["trait"] == trait for lemma in group["lemmas"])


@cache
def reporting() -> frozenset[str]:
    """The hand-made verbs of saying: whoever is their subject speaks, armed forces too."""
    groups = (group for group in _lexicon()["group"] if "q.after" in group["frames"] and "p.as" in group["frames"])
    return frozenset(lemma for group in groups for lemma in group["lemmas"])


@cache
def tones() -> frozenset[str]:
    """The hand-made words for how somebody puts what a colon leads into."""
    return frozenset(
        lemma for group in _lexicon()["group"] if group["frames"] == ["a.colon"] for lemma in group["lemmas"]
    )


def lexicon() -> Iterator[Row]:
    """The hand-made entries as counts."""
    for group in _lexicon()["group"]:
        for lemma in group["lemmas"]:
            for frame in group["frames"]:
                yield lemma, frame, group["seen"], group["seen"] * group["rate"]
