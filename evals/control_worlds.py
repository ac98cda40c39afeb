"""Control in made worlds, where the truth is known: calibration, intervals of change, and gain over a plain majority."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.matching import share
from fogline.control import worlds
from fogline.control.changing import changes
from fogline.control.inferring import infer
from fogline.model import CONTESTED, Control

SETTLEMENTS, DAYS = 300, 500
SEEDS = (101, 102)
"""Not those that the worlds' parameters were chosen on (7)."""
BINS = 20
LASTED = 14
"""Days for which both statuses of a true change must have lasted for it to count."""
REACH = 60
"""Days within which a found change and a true one can be the same."""
MAJORITY_DAYS = 7


def figures(shared: Path) -> dict[str, float]:
    """One less the calibration error; share of true change days inside the 90 % interval; gain in log loss. 0 to 1."""
    from fogline.theatres.loading import load as theatre_named

    theatre = replace(theatre_named("ukraine"), begins=worlds.BEGINS)
    habits = worlds.Habits()
    errors, inside, asked, ours, theirs = [], 0, 0, 0.0, 0.0
    for seed in SEEDS:
        world = worlds.make(theatre, SETTLEMENTS, DAYS, seed, habits)
        found = infer(
            world.claims, world.documents, world.families, world.sources, theatre, parameters=worlds.parameters(habits)
        )
        beliefs, truth = _beliefs(world, found)
        errors.append(calibration_error(beliefs, truth))
        ours += log_loss(beliefs, truth)
        theirs += log_loss(_majority(world, found), truth)
        hits, changed = _inside(world, {c.geonameid or 0: c for c in found})
        inside, asked = inside + hits, asked + changed
    print(f"control_worlds: calibration errors {', '.join(f'{e:.4f}' for e in errors)}")
    print(f"control_worlds: {inside} of {asked} true change days inside the 90 % interval")
    print(
        f"control_worlds: log loss {ours / len(SEEDS):.3f}, majority of {MAJORITY_DAYS} days {theirs / len(SEEDS):.3f}"
    )
    covered = share(inside, asked)
    return {
        "calibrated": 1 - max(errors),
        "covered": covered,
        "not_too_wide": 1 - max(0.0, covered - 0.9),
        "log_loss_gain": 1 - ours / theirs,
    }


def calibration_error(beliefs: NDArray[np.float64], truth: NDArray[np.intp]) -> float:
    """How far beliefs are from how often they come true, in ``BINS`` bins of belief, over all states."""
    true = np.eye(beliefs.shape[1])[truth].ravel()
    flat = beliefs.ravel()
    bins = np.minimum(BINS - 1, (flat * BINS).astype(int))
    said, came = np.bincount(bins, flat, BINS), np.bincount(bins, true, BINS)
    return float(np.abs(said - came).sum() / len(flat))


def log_loss(beliefs: NDArray[np.float64], truth: NDArray[np.intp]) -> float:
    """Mean negative log of the belief in what was true."""
    return float(-np.log(np.maximum(beliefs[np.arange(len(truth)), truth], 1e-9)).mean())


def _beliefs(world: worlds.World, found: tuple[Control, ...]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    beliefs, truth = [], []
    for control in found:
        path = world.paths[(control.geonameid or 0) - 1]
        beliefs.append(np.array(control.daily[: len(path)]))
        truth.append(np.array([world.states.index(state) for state in path[: len(control.daily)]]))
    return np.concatenate(beliefs), np.concatenate(truth)


def _majority(world: worlds.World, found: tuple[Control, ...]) -> NDArray[np.float64]:
    """Shares of the states that reports of the last seven days name, with one added to each so that none is zero."""
    votes = {c.geonameid or 0: np.ones((min(len(c.daily), DAYS), len(world.states))) for c in found}
    for claim in world.claims:
        place = claim.places[0].geonameid or 0
        day = (claim.when.start - worlds.BEGINS).days if claim.when.start else 0
        if place in votes and claim.manner != "lost":
            votes[place][day : day + MAJORITY_DAYS, world.states.index(claim.holder)] += 1
    counted = np.concatenate([votes[c.geonameid or 0] for c in found])
    shares: NDArray[np.float64] = counted / counted.sum(axis=1, keepdims=True)
    return shares


def _inside(world: worlds.World, found: Mapping[int, Control]) -> tuple[int, int]:
    """Of true changes from side to side that were found: in how many the true day lies inside the interval."""
    hits = asked = 0
    for place, control in found.items():
        ours = [c for c in changes(_sides_alone(control)) if CONTESTED not in (c.before, c.after)]
        for before, after, day in _true_changes(world.paths[place - 1]):
            when = worlds.BEGINS + timedelta(day)
            near = [c for c in ours if (c.before, c.after) == (before, after) and abs((c.likely - when).days) <= REACH]
            if near:
                best = min(near, key=lambda c: abs((c.likely - when).days))
                asked += 1
                hits += best.first <= when <= best.last
    return hits, asked


def _sides_alone(control: Control) -> Control:
    """The timeline with contest left to the intervals between sides."""
    return replace(control, timeline=tuple(s for s in control.timeline if s.status != CONTESTED))


def _true_changes(path: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """Changes from side to side, contest between them left out: the day on which the new side first had the place."""
    runs: list[list[int]] = []
    for day, state in enumerate(path):
        if state == CONTESTED:
            continue
        if runs and path[runs[-1][-1]] == state:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        (path[one[0]], path[after[0]], after[0])
        for one, after in itertools.pairwise(runs)
        if len(one) >= LASTED and len(after) >= LASTED
    ]
