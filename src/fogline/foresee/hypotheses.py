"""Analysis of competing hypotheses: evidence against each of several explanations, and what would turn their order.

The matrix is that of Heuer (*Psychology of Intelligence Analysis*, 1999, chapter 8): what counts is what speaks against a
hypothesis, as evidence that fits all of them tells nothing. Beside it stands a reading by Bayes' rule, since the two can differ,
and then the difference is worth a look. A row weighs by its independent voices: copies add nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Consistency(StrEnum):
    """How a piece of evidence stands to a hypothesis, in the letters of the method."""

    VERY = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"

    @property
    def likelihood(self) -> float:
        """How likely the evidence would be, were the hypothesis true; judgements, even steps around one half."""
        return {"CC": 0.8, "C": 0.65, "N": 0.5, "I": 0.35, "II": 0.2}[self.value]

    @property
    def against(self) -> int:
        """What it adds to the inconsistency of a hypothesis."""
        return {"I": 1, "II": 2}.get(self.value, 0)

    @property
    def reversed(self) -> Consistency:
        """The letter, were the evidence the other way round."""
        order = list(Consistency)
        return order[len(order) - 1 - order.index(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A letter, why, and who gave it: ``rules`` or a person."""

    letter: Consistency
    why: str
    by: str = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A row: a piece of evidence with its claims, how many independent voices tell it, and a cell for each hypothesis in order."""

    id: str
    title: str
    claims: tuple[str, ...]
    voices: int
    cells: tuple[Cell, ...]

    @property
    def weight(self) -> float:
        """One for one voice, more for more, with less and less added."""
        return math.log2(1 + self.voices)

    @property
    def diagnosticity(self) -> float:
        """How far it tells the hypotheses apart: the widest ratio of likelihoods, in bits, by its weight; 0 tells nothing."""
        likelihoods = [cell.letter.likelihood for cell in self.cells]
        return self.weight * math.log2(max(likelihoods) / min(likelihoods))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One explanation, its prior, and who gives it (claim ids)."""

    id: str
    title: str
    prior: float
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A question, the explanations that compete for it, and the evidence.

    ``id`` is what people's letters name it by: it stays when the file is renamed.
    """

    place: str
    question: str
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[Evidence, ...]
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a hypothesis stands: inconsistency (less is better), probability by Bayes, and the rows that speak against it."""

    hypothesis: str
    inconsistency: float
    probability: float
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The one row that, if wrong, would put another hypothesis first, by which ranking, and which one."""

    row: str
    ranking: str
    first: str


def standings(matrix: Matrix) -> tuple[Standing, ...]:
    """The hypotheses, the least inconsistent first; of equals the likelier, then the one named first."""
    chances = _bayes(matrix)
    found = [
        Standing(
            hypothesis=one.id,
            inconsistency=round(sum(row.weight * row.cells[n].letter.against for row in matrix.rows), 6),
            probability=chances[n],
            against=tuple(row.id for row in matrix.rows if row.cells[n].letter.against),
        )
        for n, one in enumerate(matrix.hypotheses)
    ]
    return tuple(sorted(found, key=lambda one: (one.inconsistency, -one.probability)))


def turning(matrix: Matrix) -> Turn | None:
    """The most diagnostic row whose opposite would change who is first, by either ranking; ``None`` where no row alone would."""
    now = standings(matrix)
    for row in sorted(matrix.rows, key=lambda one: (-one.diagnosticity, one.id)):
        turned = replace(row, cells=tuple(replace(c, letter=c.letter.reversed) for c in row.cells))
        after = standings(replace(matrix, rows=tuple(turned if r.id == row.id else r for r in matrix.rows)))
        if after[0].hypothesis != now[0].hypothesis:
            return Turn(row=row.id, ranking="inconsistency", first=after[0].hypothesis)
        if likeliest(after) != likeliest(now):
            return Turn(row=row.id, ranking="probability", first=likeliest(after))
    return None


def likeliest(found: Sequence[Standing]) -> str:
    """The hypothesis that Bayes puts first."""
    return max(found, key=lambda one: one.probability).hypothesis


def _bayes(matrix: Matrix) -> list[float]:
    logs = [
        math.log(one.prior) + sum(row.weight * math.log(row.cells[n].letter.likelihood) for row in matrix.rows)
        for n, one in enumerate(matrix.hypotheses)
    ]
    top = max(logs)
    total = sum(math.exp(value - top) for value in logs)
    return [math.exp(value - top) / total for value in logs]
