"""How claims stand to each other, as rows of the columns: every link with its ends, and the links at a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from fogline.model import Link, Relation
from fogline.store import schema
from fogline.store.columns import Columns
from fogline.store.indexes import Bools, Numbers, Pairs, paired

_L = schema.links.c
_AT_ONCE = 20_000
_RELATIONS = {relation.value: n for n, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Links:
    """The links of which both ends are claims of the ledger, in their order; about 45 bytes each."""

    positions: Numbers
    """The position of each, rising."""
    a: Numbers
    b: Numbers
    relations: Numbers
    """The place of each one's relation among all there are."""
    aspects: Numbers
    """The place of each one's aspect among these ``words``."""
    words: tuple[str, ...]
    ends: Pairs
    """The links at each claim."""

    def at(self, position: int) -> int:
        """Which of the links has a position; -1 for none."""
        at = int(np.searchsorted(self.positions, position))
        return at if at < len(self.positions) and self.positions[at] == position else -1

    def are(self, relation: Relation, some: Numbers | slice = slice(None)) -> Bools:
        """Which of the links are of that relation."""
        found: Bools = self.relations[some] == _RELATIONS[relation.value]
        return found

    def link(self, columns: Columns, link: int) -> Link:
        """One of the links, without its reasons."""
        a, b = columns.name(int(self.a[link])), columns.name(int(self.b[link]))
        relation, aspect = tuple(Relation)[self.relations[link]], self.words[self.aspects[link]]
        return Link(a=a, b=b, relation=relation, aspect=aspect, reasons=())

    def seen_anew(self, columns: Columns) -> Links:
        """The same with the rows of the claims that are current by now."""
        a, b = columns.renewed(self.a), columns.renewed(self.b)
        return replace(self, a=a, b=b, ends=_ends(a, b))


def read(connection: Connection, columns: Columns) -> Links:
    """The links as they stand for this connection's transaction; what is concluded of claims that are gone is left out."""
    asked = select(_L.position, _L.a, _L.b, _L.relation, _L.aspect).order_by(_L.position)
    coder: dict[str, int] = {}
    parts = [_part((), columns, coder)]
    with connection.execute(asked.execution_options(yield_per=_AT_ONCE)) as found:
        parts += [_part(some, columns, coder) for some in found.partitions()]
    positions, a, b, relations, aspects = (np.concatenate(each) for each in zip(*parts, strict=True))
    known = (a >= 0) & (b >= 0)
    a, b = a[known], b[known]
    return Links(
        positions=positions[known], a=a, b=b, relations=relations[known], aspects=aspects[known],
        words=tuple(coder), ends=_ends(a, b),
    )  # fmt: skip


def _part(some: Sequence[Any], columns: Columns, coder: dict[str, int]) -> tuple[Numbers, ...]:
    many = len(some)
    return (
        np.fromiter((row[0] for row in some), np.int64, many),
        columns.rows_of([row[1] for row in some]).astype(np.int32),
        columns.rows_of([row[2] for row in some]).astype(np.int32),
        np.fromiter((_RELATIONS[row[3]] for row in some), np.int8, many),
        np.fromiter((coder.setdefault(row[4], len(coder)) for row in some), np.int16, many),
    )


def _ends(a: Numbers, b: Numbers) -> Pairs:
    return paired(np.concatenate([a, b]), np.tile(np.arange(len(a), dtype=np.int32), 2))
