"""Measuring again where a figure misses its floor: other work on the machine spoils a turn, a slow program spoils all."""

from __future__ import annotations

from collections.abc import Callable

TURNS = 3
"""On two cores with nothing else to do, two processes over one came out as 1.55 and, a minute later, as 1.99."""


def at_best(measure: Callable[[], bool]) -> bool:
    """Whether one of ``TURNS`` measurements holds its floors; each after the first is announced.

    >>> at_best(lambda: True)
    True
    """
    for turn in range(TURNS):
        if turn:
            print(f"measured again, {turn + 1} of at most {TURNS}:", flush=True)
        if measure():
            return True
    return False
