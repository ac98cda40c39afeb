"""Which claims answer which question, as rows of the columns: matters with their answers, and the matters of a claim or place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from fogline.store import schema
from fogline.store.columns import Columns
from fogline.store.indexes import Bools, Numbers, Pairs, paired, spread

_M = schema.matters.c
_AT_ONCE = 5_000
_BLOCK = 4_096
"""So many matters are looked through at once, in their order, until a page is full."""


@dataclass(frozen=True, slots=True)
class Matters:
    """The matters in their order: some 30 bytes each, and 16 for each claim that answers one."""

    positions: Numbers
    """The position of each, rising."""
    places: Numbers
    """The number of each one's place among these ``words``."""
    words: Mapping[str, int]
    voices: Numbers
    """How many families answer each."""
    questions: Numbers
    """Where each one's question stands among all, in their order by letters."""
    starts: Numbers
    """Where the answers' claims of each begin, and at last how many there are."""
    claims: Numbers
    """The claims that answer, by matter, answer and their order there; -1 for one that is gone."""
    answers: Numbers
    """Which of the matter's answers each of these gives."""
    values: Numbers
    """The answers by matter, each as its place among those that are ``said``."""
    said: tuple[str, ...]
    firsts: Numbers
    """Where the answers of each matter begin."""
    of: Pairs
    """The matters of each claim."""

    def own(self, matter: int) -> slice:
        """Where a matter's claims are."""
        return slice(int(self.starts[matter]), int(self.starts[matter + 1]))

    def page(self, meets: Callable[[Numbers], Bools], after: int, limit: int) -> list[int]:
        """The positions behind one of matters to which a claim that is asked for is an answer."""
        first = int(np.searchsorted(self.positions, after, side="right"))
        found: list[int] = []
        for begin in range(first, len(self.positions), _BLOCK):
            low, high = self.starts[begin], self.starts[min(begin + _BLOCK, len(self.positions))]
            rows = self.claims[low:high]
            kept = np.flatnonzero(meets(rows) & (rows >= 0)) + low
            found += self.positions[np.unique(np.searchsorted(self.starts, kept, side="right") - 1)].tolist()
            if len(found) >= limit:
                break
        return found[:limit]

    def with_claims(self, rows: Numbers, after: int = -1) -> list[int]:
        """The positions behind one of the matters to which one of the claims is an answer."""
        found: list[int] = self.positions[self.of.of_all(rows)].tolist()
        return found[int(np.searchsorted(found, after, side="right")) :] if after >= 0 else found

    def named(self, place: str) -> Numbers:
        """The matters of a place by its name; without one all."""
        if not place:
            return np.arange(len(self.positions))
        return np.flatnonzero(self.places == self.word(place))

    def word(self, place: str) -> int:
        """The number of a place's name; -1 where no matter has it."""
        return self.words.get(place, -1)

    def most_answered(self, some: Numbers, limit: int) -> Numbers:
        """Those of some matters that most voices answer, by that and then by their question."""
        return some[np.lexsort((self.questions[some], -self.voices[some]))[:limit]]

    def alike(self, row: int, other: int) -> Numbers:
        """The claims that answer as one does, to any question that another claim answers otherwise."""
        found = [np.zeros(0, np.int32)]
        for matter in self.of.of(row).tolist():
            own = self.own(matter)
            rows, answers = self.claims[own], self.answers[own]
            ours = answers[rows == row][0]
            if np.any(answers[rows == other] != ours):
                found.append(rows[(answers == ours) & (rows >= 0)])
        return np.concatenate(found)

    def reports(self, columns: Columns, some: Numbers, out: Numbers) -> list[tuple[int, ...]]:
        """In how many reports current claims that are not ``out`` give each answer of some matters, up to the last one given."""
        lengths = self.starts[some + 1] - self.starts[some]
        entries = spread(self.starts[some], lengths)
        rows, of = self.claims[entries], np.repeat(np.arange(len(some)), lengths)
        kept = (rows >= 0) & columns.current[rows]
        kept &= ~np.isin(rows, out) if len(out) else True
        answers, reports = self.answers[entries].astype(np.int64), columns.readings[rows]
        wide, high = int(answers.max(initial=0)) + 1, int(reports.max(initial=0)) + 1
        told = np.unique(((of * wide + answers) * high + reports)[kept]) // high
        found: list[dict[int, int]] = [{} for _ in some]
        for key, many in zip(*(each.tolist() for each in np.unique(told, return_counts=True)), strict=True):
            found[key // wide][key % wide] = many
        return [tuple(own.get(n, 0) for n in range(max(own, default=-1) + 1)) for own in found]

    def seen_anew(self, columns: Columns) -> Matters:
        """The same with the rows of the claims that are current by now."""
        claims = columns.renewed(self.claims)
        return replace(self, claims=claims, of=_of(claims, self.starts))


def read(connection: Connection, columns: Columns) -> Matters:
    """The matters as they stand for this connection's transaction."""
    asked = select(_M.position, _M.place, _M.question, _M.answers).order_by(_M.position)
    coder, said, questions = dict[str, int](), dict[str, int](), list[str]()
    parts = [_part((), columns, coder, said, questions)]
    with connection.execute(asked.execution_options(yield_per=_AT_ONCE)) as found:
        parts += [_part(some, columns, coder, said, questions) for some in found.partitions()]
    joined = (np.concatenate(each) for each in zip(*parts, strict=True))
    positions, places, voices, many, claims, answers, values, answered = joined
    starts = np.concatenate([[0], np.cumsum(many)])
    ranks = np.empty(len(questions), np.int32)
    ranks[sorted(range(len(questions)), key=questions.__getitem__)] = np.arange(len(questions), dtype=np.int32)
    return Matters(
        positions=positions, places=places, words=coder, voices=voices, questions=ranks, starts=starts,
        claims=claims, answers=answers, values=values, said=tuple(said), firsts=np.cumsum(answered) - answered,
        of=_of(claims, starts),
    )  # fmt: skip


def _part(
    some: Sequence[Any], columns: Columns, coder: dict[str, int], said: dict[str, int], questions: list[str]
) -> tuple[Numbers, ...]:
    told = [json.loads(row[3]) for row in some]
    questions += [row[2] for row in some]
    names = [name for answers in told for answer in answers for name in answer["claims"]]
    values = [said.setdefault(answer["value"], len(said)) for answers in told for answer in answers]
    which = (n for answers in told for n, answer in enumerate(answers) for _ in answer["claims"])
    many = len(some)
    return (
        np.fromiter((row[0] for row in some), np.int64, many),
        np.fromiter((coder.setdefault(row[1], len(coder)) for row in some), np.int32, many),
        np.fromiter((sum(len(answer["families"]) for answer in answers) for answers in told), np.int32, many),
        np.fromiter((sum(len(answer["claims"]) for answer in answers) for answers in told), np.int64, many),
        columns.rows_of(names).astype(np.int32),
        np.fromiter(which, np.int32, len(names)),
        np.array(values, np.int32),
        np.fromiter(map(len, told), np.int32, many),
    )


def _of(claims: Numbers, starts: Numbers) -> Pairs:
    """The matters of each claim, each once for a claim that answers a matter twice."""
    matters = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    here = claims >= 0
    return paired(claims[here], matters[here])
