"""Where conclusions meet claims: the ends of every dispute and the answers to every matter, as rows of the columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection, select

from fogline.model import Relation
from fogline.store import schema
from fogline.store.columns import Columns
from fogline.store.indexes import Bools, Numbers

_L, _M = schema.links.c, schema.matters.c
_AT_ONCE = 5_000
_BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class Ends:
    """As they stood when it was last concluded. Rows stay what they are while columns grow."""

    concluded: int
    dispute: Numbers
    """The position of each contradiction, rising."""
    a: Numbers
    b: Numbers
    matter: Numbers
    """The position of a matter for each of its claims, rising."""
    claim: Numbers
    matter_positions: Numbers
    """Each matter once, rising."""
    voices: Numbers
    """How many families answer each of these."""
    claims: Numbers
    """The rows of claims that answer matters, rising, once for each."""
    matter_of: Numbers
    """The position of the matter that each of these answers."""

    def disputes(
        self, columns: Columns, wanted: Bools, out: Numbers, after: int | None, limit: int, known_by: date | None
    ) -> tuple[list[int], int]:
        """The positions of contradictions with an end that is wanted, both published by a day and none ``out``; and how many.

        The latest first: as late as the later of its ends in the order of pages, then by position. ``after`` is the position
        of the one that they stand behind; raises ``KeyError`` where it is none of a contradiction.
        """
        counts = columns.current & columns.known(slice(None), known_by)
        counts[out] = False
        kept = np.flatnonzero((wanted[self.a] | wanted[self.b]) & counts[self.a] & counts[self.b])
        order = self._lateness(columns, kept)
        if after is not None:
            at = np.searchsorted(self.dispute, [after])
            if at[0] == len(self.dispute) or self.dispute[at[0]] != after:
                raise KeyError(after)
            order = order[order > self._lateness(columns, at)[0]]
        if len(order) > limit:
            order = np.partition(order, limit - 1)[:limit]
        found: list[int] = self.dispute[np.sort(order) % len(self.dispute)].tolist() if len(order) else []
        return found, len(kept)

    def _lateness(self, columns: Columns, some: Numbers) -> Numbers:
        """What sorts some of the contradictions from the latest on; its rest by their number is which it is."""
        ranks = np.minimum(columns.rank[self.a[some]], columns.rank[self.b[some]])
        return ranks.astype(np.int64) * len(self.dispute) + some

    def matters(self, wanted: Bools, first: int, limit: int) -> list[int]:
        """The positions behind ``first`` of matters to which a claim that is wanted is an answer."""
        begin = int(np.searchsorted(self.matter, first, side="right"))
        found: list[int] = []
        for at in range(begin, len(self.matter), _BLOCK):
            block = slice(at, at + _BLOCK)
            kept = np.unique(self.matter[block][wanted[self.claim[block]]]).tolist()
            found += kept[1:] if found and kept and kept[0] == found[-1] else kept
            if len(found) >= limit:
                break
        return found[:limit]

    def busiest(self, limit: int) -> list[int]:
        """The positions of matters that most voices answer: at least so many, those with as many as the last of them too."""
        if len(self.voices) <= limit:
            limit = len(self.voices)
        least = np.partition(self.voices, -limit)[-limit] if limit else 0
        found: list[int] = self.matter_positions[self.voices >= least].tolist()
        return found

    def most_answered(self, positions: Sequence[int], limit: int) -> list[int]:
        """Of rising positions of matters those that most voices answer: so many, those with as many as the last of them too."""
        some = np.array(positions, np.int64)
        voices = self.voices[np.searchsorted(self.matter_positions, some)]
        if len(some) <= limit:
            return list(positions)
        found: list[int] = some[voices >= np.partition(voices, -limit)[-limit]].tolist()
        return found

    def matters_of(self, rows: Numbers) -> list[int]:
        """The positions of matters to which one of the claims is an answer."""
        rows = np.unique(rows)
        low, high = (np.searchsorted(self.claims, rows, side=side) for side in ("left", "right"))
        entries = [self.matter_of[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True) if a < b]
        found: list[int] = np.unique(np.concatenate(entries)).tolist() if entries else []
        return found


def read(connection: Connection, columns: Columns, concluded: int) -> Ends:
    """The ends as they stand for this connection's transaction; what is concluded of claims that are gone is left out."""
    links = connection.execute(
        select(_L.position, _L.a, _L.b).where(_L.relation == Relation.CONTRADICTS.value).order_by(_L.position)
    ).all()
    a, b = columns.rows_of([row.a for row in links]), columns.rows_of([row.b for row in links])
    known = (a >= 0) & (b >= 0)
    positions, names, every, voices = list[int](), list[str](), list[int](), list[int]()
    asked = select(_M.position, _M.answers).order_by(_M.position).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(asked):
        answers = json.loads(row.answers)
        every.append(row.position)
        voices.append(sum(len(answer["families"]) for answer in answers))
        for answer in answers:
            names += answer["claims"]
            positions += [row.position] * len(answer["claims"])
    rows = columns.rows_of(names)
    matter, claim = np.array(positions, np.int64)[rows >= 0], rows[rows >= 0]
    by_claim = np.argsort(claim, kind="stable")
    return Ends(
        concluded=concluded,
        dispute=np.array([row.position for row in links], np.int64)[known],
        a=a[known],
        b=b[known],
        matter=matter,
        claim=claim,
        matter_positions=np.array(every, np.int64),
        voices=np.array(voices, np.int64),
        claims=claim[by_claim],
        matter_of=matter[by_claim],
    )
