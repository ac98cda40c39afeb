"""What people decided about what lies ahead: an indicator read, a letter of a matrix given, a forecast resolved.

Each is a judgement like any other: with who, when and why, undone by another. A person's word goes before a rule's. What is read of
the world (an indicator, an outcome) bears the day from which it counts, so that a replay as known by an earlier day does not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from fogline.errors import UsageError
from fogline.foresee.forecasts import Outcome, Resolution
from fogline.foresee.hypotheses import Cell, Consistency, Matrix
from fogline.foresee.scenarios import Indicator, Marking, Scenario, State
from fogline.model import Judgement

READ, RATE, RESOLVE = "read", "rate", "resolve"
"""The decisions, as judgements have them."""
STATES = {"hit": State.HIT, "miss": State.MISS}
OUTCOMES = {"yes": Outcome.CAME, "no": Outcome.NOT, "void": Outcome.VOID}
"""How a person resolves a forecast."""


def indicator_subject(scenario: str, indicator: str) -> str:
    """How a judgement names an indicator of a scenario.

    >>> indicator_subject("kupiansk-in-winter", "ferries")
    'indicator:kupiansk-in-winter:ferries'
    """
    return f"indicator:{scenario}:{indicator}"


def cell_subject(matrix: str, row: str, hypothesis: str) -> str:
    """How a judgement names a cell of a matrix."""
    return f"cell:{matrix}:{row}:{hypothesis}"


def meant(decision: str, value: str, today: date, day: date) -> str:
    """The value of a judgement as it is kept: of a reading or a resolution with the day from which it counts (else ``day``).

    >>> new_year = date(2026, 1, 1)
    >>> meant("read", "hit", new_year, new_year), meant("rate", "ii", new_year, new_year)
    ('hit 2026-01-01', 'II')

    Raises ``UsageError`` for what it cannot be.
    """
    if decision == RATE:
        letter = value.strip().upper()
        if letter not in list(Consistency):
            raise UsageError(f"{value!r} is no letter.", f"Give one of {', '.join(Consistency)}.")
        return letter
    words = STATES if decision == READ else OUTCOMES
    word, _, told = value.strip().partition(" ")
    if word not in words:
        raise UsageError(f"{value!r} cannot be.", f"Give one of {', '.join(words)}, and the day from which it counts.")
    try:
        since = date.fromisoformat(told.strip()) if told else day
    except ValueError as error:
        raise UsageError(f"{told!r} is no day.", "Write it as 2025-11-20.") from error
    if since > today:
        raise UsageError(f"{since} has not come yet.", "Give the day from which it could be known.")
    return f"{word} {since}"


def read(scenario: Scenario, judgements: Iterable[Judgement]) -> Scenario:
    """The scenario with people's readings of its indicators; of two for one indicator the later stands alone.

    ``judgements`` are those that hold, oldest first.
    """
    last = {one.subject: one for one in judgements if one.decision == READ}

    def marked(indicator: Indicator) -> Indicator:
        one = last.get(indicator_subject(scenario.id, indicator.id))
        if one is None:
            return indicator
        word, _, day = one.value.partition(" ")
        told = Marking(day=date.fromisoformat(day), state=STATES[word], person=one.person, why=one.reason)
        # The file's own markings count until the day of the judgement.
        return replace(indicator, markings=(*(m for m in indicator.markings if m.day < told.day), told))

    paths = tuple(replace(path, indicators=tuple(map(marked, path.indicators))) for path in scenario.paths)
    return replace(scenario, paths=paths)


def rated(matrix: Matrix, judgements: Iterable[Judgement]) -> Matrix:
    """The matrix with the letters that people gave, each with its reason; the latest of a cell stands."""
    last = {one.subject: one for one in judgements if one.decision == RATE}

    def cell(row: str, hypothesis: str, was: Cell) -> Cell:
        one = last.get(cell_subject(matrix.id, row, hypothesis))
        return was if one is None else Cell(letter=Consistency(one.value), why=one.reason, by=one.person)

    names = [one.id for one in matrix.hypotheses]
    rows = tuple(
        replace(row, cells=tuple(cell(row.id, name, was) for name, was in zip(names, row.cells, strict=True)))
        for row in matrix.rows
    )
    return replace(matrix, rows=rows)


def resolutions(judgements: Iterable[Judgement], day: date | None) -> Mapping[str, Resolution]:
    """What people say became of forecasts, by the forecast's id, as far as it could be known by ``day`` (``None``: ever)."""
    found: dict[str, Resolution] = {}
    for one in judgements:
        if one.decision != RESOLVE:
            continue
        word, _, since = one.value.partition(" ")
        if day is None or date.fromisoformat(since) <= day:
            found[one.subject] = Resolution(outcome=OUTCOMES[word], why=one.reason, by=one.person)
    return found
