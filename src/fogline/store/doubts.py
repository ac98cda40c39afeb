"""Which readings are in doubt, of all of a large ledger: how many doubts each claim raises, counted once and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from fogline.model import Reason
from fogline.store import schema
from fogline.store.encoding import from_json
from fogline.store.indexes import Numbers

if TYPE_CHECKING:
    from fogline.store.held import View

_C = schema.claims.c
_AT_ONCE = 5_000


class Doubted(Protocol):
    """See ``excerpt.Doubts``."""

    @property
    def of(self) -> Callable[[Mapping[str, Any]], int]:
        """How many doubts there are of a claim as it is kept."""

    @property
    def easy(self) -> float:
        """What a doubt is worth of a claim that moves nothing."""

    @property
    def out(self) -> frozenset[str]:
        """The claims to leave out."""


def counted(view: View, before: NDArray[np.int8], doubts: Doubted) -> NDArray[np.int8]:
    """The doubts of every claim of the columns; those counted ``before`` are of the first rows, which stay what they are."""
    counts = np.zeros(len(view.columns.numbers), np.int8)
    counts[: len(before)] = before
    fresh = view.columns.numbers[len(before) :]
    for at in range(0, len(fresh), _AT_ONCE):
        some = fresh[at : at + _AT_ONCE]
        asked = select(_C.number, _C.body).where(_C.number.between(int(some[0]), int(some[-1])))
        found = {row.number: doubts.of(json.loads(row.body)) for row in view.connection.execute(asked)}
        first = len(before) + at
        counts[first : first + len(some)] = [found.get(number, 0) for number in some.tolist()]
    return counts


def ordered(view: View, counts: NDArray[np.int8], doubts: Doubted) -> tuple[Numbers, NDArray[np.float64]]:
    """The rows in doubt, the most urgent first and then by id; and how much each claim moves an assessment."""
    columns = view.columns
    moved: dict[str, float] = {}
    for row in view.connection.execute(select(schema.control.c.reasons)):
        for reason in from_json(tuple[Reason, ...], row.reasons):
            for claim in reason.claims:
                moved[claim] = max(moved.get(claim, 0.0), abs(reason.weight))
    moves = np.zeros(len(counts))
    rows = columns.rows_of(list(moved))
    known = rows >= 0
    moves[rows[known]] = np.array(list(moved.values()))[known] if moved else 0.0
    wanted = (counts > 0) & columns.current
    wanted[columns.named(doubts.out)] = False
    found = np.flatnonzero(wanted)
    urgency = counts[found] * (doubts.easy + moves[found])
    return found[np.lexsort((columns.ids[found], -urgency))], moves
