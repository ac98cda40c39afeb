"""Firmness against what people said of event mentions: MEANTIME and UDS-IH2, from -3 (certainly not) to +3 (certainly so).

    python -m evals.factuality [--verbose]

There is one reading of each mention (polarity, certainty, modality, in the author's mouth), and for each set a mapping from
readings to numbers: the sets asked different questions of different people. The mapping of a reading is the median
of its mentions, drawn to those of the mentions alike in fewer respects. It is learned on half of the
sentences and judged on the other half, and the other way round; no mention is judged by a mapping that has seen it.
Mean absolute error (MAE) and Pearson's r are over all mentions. A floor holds a share: ``near`` is one less a sixth of
the MAE, the scale being six wide.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, fmean, median

from fogline.extract.factuality import read_factuality
from fogline.extract.parse import annotated

FOLDER = "gold/factuality"
SETS = {"meantime": ("MEANTIME_train", "MEANTIME_dev"), "uds": ("UDS_IH2_dev",)}
WIDTH = 6.0
DRAWN = 4.0
"""Mentions that the wider reading counts for, where a reading's own are few."""

Reading = tuple[str, ...]
"""Polarity, modality, certainty: the respects in the order of what they tell."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that tells an event, in its sentence: what people said, what was read, on which side of the split it falls."""

    sentence: str
    word: str
    label: float
    reading: Reading
    half: int


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """``near`` (one less MAE over six) and Pearson's r of each set, out of fold."""
    measured: dict[str, float] = {}
    for name, files in SETS.items():
        mentions = [m for file in files for m in load(shared / FOLDER / f"{file}.jsonl.gz")]
        guesses = crossed(mentions)
        error = fmean(abs(g - m.label) for g, m in zip(guesses, mentions, strict=True))
        measured[f"{name}_near"] = 1 - error / WIDTH
        measured[f"{name}_r"] = correlation(guesses, [m.label for m in mentions])
        print(f"factuality: {name}  MAE {error:.3f}  r {measured[f'{name}_r']:.3f}  {len(mentions)} mentions")
        if verbose:
            print(*_told(mentions, guesses), sep="\n")
    return measured


def load(path: Path) -> list[Mention]:
    """The mentions of a file, read by the program from the words alone."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found: list[Mention] = []
    for number, (row, doc) in enumerate(zip(rows, annotated(row["text"] for row in rows), strict=True)):
        starts = _starts(row["text"].split(" "))
        at = {position: token for token in doc for position in range(token.idx, token.idx + len(token))}
        for target in row["targets"]:
            firmness = read_factuality(at[starts[target["span1"][0]]])
            reading = (firmness.polarity.value, firmness.modality.value, firmness.certainty.value)
            found.append(Mention(row["text"], target["span_text"], target["label"], reading, number % 2))
    return found


def _starts(words: Sequence[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    return starts


def crossed(mentions: Sequence[Mention]) -> list[float]:
    """A number for each mention, from the mapping learned on the half it is not in."""
    mappings = [Mapping.learned([m for m in mentions if m.half != half]) for half in (0, 1)]
    return [mappings[m.half].of(m.reading) for m in mentions]


@dataclass(frozen=True, slots=True)
class Mapping:
    """From a reading, or the first of its respects, to a number."""

    values: dict[Reading, float]

    @classmethod
    def learned(cls, mentions: Sequence[Mention]) -> Mapping:
        """The mapping that these mentions give."""
        by: dict[Reading, list[float]] = defaultdict(list)
        for mention in mentions:
            for length in range(len(mention.reading) + 1):
                by[mention.reading[:length]].append(mention.label)
        values: dict[Reading, float] = {}
        for reading in sorted(by, key=lambda r: (len(r), r)):
            own = median(by[reading])
            share = len(by[reading]) / (len(by[reading]) + DRAWN)
            values[reading] = own if not reading else share * own + (1 - share) * values[reading[:-1]]
        return cls(values)

    def of(self, reading: Reading) -> float:
        """The number of a reading: that of its longest beginning that was seen."""
        return next(self.values[reading[:n]] for n in range(len(reading), -1, -1) if reading[:n] in self.values)


def _told(mentions: Sequence[Mention], guesses: Sequence[float]) -> Iterable[str]:
    """Each reading's mentions with their mean label, then the commonest words among those furthest off in one half."""
    by: dict[Reading, list[float]] = defaultdict(list)
    for mention in mentions:
        by[mention.reading].append(mention.label)
    for reading, labels in sorted(by.items(), key=lambda pair: -len(pair[1])):
        yield f"{len(labels):5}  mean {fmean(labels):5.2f}  {' '.join(reading)}"
    off = sorted(zip(mentions, guesses, strict=True), key=lambda pair: -abs(pair[0].label - pair[1]))
    for mention, guess in [pair for pair in off if pair[0].half == 0][:60]:
        yield f"{mention.label:5.2f} read {guess:5.2f} ({' '.join(mention.reading)}) {mention.word}: {mention.sentence}"


if __name__ == "__main__":
    figures(Path(__file__).parents[2] / "shared", "--verbose" in sys.argv)
