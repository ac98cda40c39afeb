"""How likely each sort of statement is in each state of a settlement, as log-likelihoods over the states.

Only differences between states matter, so each vector is written from the state that it fits best.
"""

from __future__ import annotations

import math
from functools import lru_cache

Vector = tuple[float, ...]
"""Log-likelihoods in the order of the states: the sides, then ``contested``."""


def held(states: tuple[str, ...], holder: str, right: float, *, taken: bool = False) -> Vector:
    """A statement that ``holder`` (a side, or ``contested``) has the place, by a source right with chance ``right``.

    Where the place is contested such a statement is half wrong, and lies half-way in log-odds; but not where the holder
    is said to have ``taken`` it.
    """
    odds = math.log((1 - right) / right)
    contested = states[-1]
    return tuple(0.0 if s == holder else odds / 2 if s == contested and not taken else odds for s in states)


def ruled_out(states: tuple[str, ...], holder: str, right: float) -> Vector:
    """A statement that ``holder`` does not have the place."""
    return tuple(math.log((1 - right) / right) if s == holder else 0.0 for s in states)


def part(states: tuple[str, ...], holder: str, right: float) -> Vector:
    """A statement that ``holder`` has a part of the place: contested, and if not, then rather its own."""
    wrong = (1 - right) / right
    return tuple(0.0 if s == states[-1] else math.log(wrong * (1.0 if s == holder else 0.6)) for s in states)


def encircled(states: tuple[str, ...], holder: str) -> Vector:
    """A statement that ``holder`` is surrounded in the place: no other side has it yet. Weak, for it comes easily."""
    return tuple(0.0 if s in (holder, states[-1]) else math.log(0.6) for s in states)


def before_taking(states: tuple[str, ...], holder: str, right: float, weight: float, *, again: bool) -> Vector:
    """A capture, seen from the day before: another side held the place, surely so where it was taken ``again``.

    It is worth ``weight`` of what it says of the day itself; that must stay under 1, else a capture would speak against
    the very state it tells of.
    """
    weight = weight * math.log((1 - right) / right)
    contested = 0.5 if again else 0.3
    return tuple(weight if s == holder else weight * contested if s == states[-1] else 0.0 for s in states)


@lru_cache(maxsize=1000)
def boast(states: tuple[str, ...], holder: str, *, denies: bool) -> Vector:
    """A side's word for its own gain, in units of its allowance: between best and worst state lies 1."""
    if denies:
        return tuple(-1.0 if s == holder else 0.0 for s in states)
    return tuple(0.0 if s == holder else -0.5 if s == states[-1] else -1.0 for s in states)


def scaled(vector: Vector, weight: float) -> Vector:
    """The same statement, worth ``weight`` of it (a tempered likelihood)."""
    return tuple(one * weight for one in vector)
