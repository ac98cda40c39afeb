"""Fit the parameters of the model of control to the list of settlements, by cross-validation over settlements.

    python -m evals.control_fit [--tries 60] [--shared DIR]

Parameters are drawn with a fixed seed around those that ship; each draw is scored on every settlement once. For each of
five folds (settlements by a hash of their name) the draw that fits the other four best is scored on the fold itself:
that is the figure out of fold. Prints the best draw of all, to be put into ``parameters.toml``, and the folds' choices,
which ``tables/control_folds.json`` keeps for the gate.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from fogline.control.parameters import Parameters, fitted

FOLDS = 5
SEED = 20
SPACE = {
    "leaves": (0.0002, 0.001),
    "background": (0.93, 0.99),
    "stated": (0.88, 0.98),
    "before": (0.05, 0.6),
    "before_retaking": (0.3, 0.9),
    "wide": (0.0, 1.0),
}
"""Each parameter that the list can tell something of, and the range it is drawn from; the rate by its logarithm."""
KEPT = Path(__file__).parent / "tables" / "control_folds.json"


def main() -> int:
    """Fit, print, and keep the folds' choices."""
    from evals import control_wikipedia as listed

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=60)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parent.parent.parent / "shared")
    given = parser.parse_args()
    world = listed.load(given.shared / listed.FOLDER)
    draws = drawn(fitted(), given.tries)
    scores: list[dict[int, list[float]]] = []
    for number, draw in enumerate(draws):
        by_fold: dict[int, list[float]] = {fold: [] for fold in range(FOLDS)}
        for case in listed.assess(world, draw):
            if case.named:
                by_fold[fold_of(case.settlement)].append(listed.brier(case))
        scores.append(by_fold)
        print(f"{number:3} {_mean(by_fold, range(FOLDS)):.4f} {_shown(draw)}", flush=True)
    best = min(range(len(draws)), key=lambda n: _mean(scores[n], range(FOLDS)))
    print(f"best of all: {_mean(scores[best], range(FOLDS)):.4f} {_shown(draws[best])}")
    chosen = []
    for fold in range(FOLDS):
        others = [other for other in range(FOLDS) if other != fold]
        choice = min(range(len(draws)), key=lambda n: _mean(scores[n], others))
        chosen.append(choice)
        print(f"fold {fold}: draw {choice}, {_mean(scores[choice], [fold]):.4f} on the fold itself")
    KEPT.write_text(json.dumps([asdict(draws[choice]) for choice in chosen], indent=1) + "\n", "utf-8")
    return 0


def fold_of(settlement: str) -> int:
    """The fold a settlement is in, the same on every machine."""
    return zlib.crc32(settlement.encode()) % FOLDS


def kept() -> tuple[Parameters, ...]:
    """The parameters that fit the settlements outside each fold best, by fold."""
    return tuple(Parameters(**entry) for entry in json.loads(KEPT.read_text("utf-8")))


def drawn(start: Parameters, tries: int) -> list[Parameters]:
    """The start, then draws from all of the space."""
    chance = random.Random(SEED)
    found = [start]
    while len(found) < tries:
        values = {}
        for name, (low, high) in SPACE.items():
            if name == "leaves":
                values[name] = round(low * (high / low) ** chance.random(), 6)
            else:
                values[name] = round(chance.uniform(low, high), 4)
        found.append(replace(start, **values))
    return found


def _mean(by_fold: dict[int, list[float]], folds: Sequence[int]) -> float:
    scores = [score for fold in folds for score in by_fold[fold]]
    return sum(scores) / len(scores)


def _shown(draw: Parameters) -> str:
    return " ".join(f"{name}={getattr(draw, name):g}" for name in SPACE)


if __name__ == "__main__":
    raise SystemExit(main())
