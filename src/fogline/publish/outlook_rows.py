"""What lies ahead as rows: boards of paths and indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from fogline.model import likelihood_of

Row = dict[str, Any]


class Board(Protocol):
    """All paths and indicators on a day."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def probabilities(self) -> Sequence[tuple[str, float]]:
        """Path id and probability."""

    @property
    def reads(self) -> Sequence[Any]:
        """How each indicator stands."""

    @property
    def confidence(self) -> str:
        """Low, moderate or high."""

    @property
    def reason(self) -> str:
        """Why."""


def board_row(board: Board, titles: Mapping[str, str], watched: Mapping[str, str]) -> Row:
    """A board; ``titles`` are of paths and ``watched`` of indicators, by id."""
    return {
        "day": board.day.isoformat(),
        "paths": [
            {
                "id": name,
                "title": titles[name],
                "probability": round(chance, 4),
                "likelihood": likelihood_of(chance).value,
            }
            for name, chance in board.probabilities
        ],
        "confidence": board.confidence,
        "reason": board.reason,
        "indicators": [
            {
                "id": read.indicator,
                "path": read.path,
                "title": watched[read.indicator],
                "state": str(read.state),
                "day": read.day.isoformat() if read.day else None,
                "value": None if read.value is None else round(read.value, 4),
                "now": None if read.now is None else round(read.now, 4),
                "ratio": round(read.ratio, 4),
                "by": read.by,
                "why": read.why or None,
                "claims": list(read.families),
            }
            for read in board.reads
        ],
    }


def moves(boards: Sequence[Board], watched: Mapping[str, str], priors: Mapping[str, float]) -> list[Row]:
    """What moved the probabilities: each change of an indicator's state, from what to what, and by which claims."""
    found: list[Row] = []
    stood: dict[str, str] = {}
    chances = dict(priors)
    for board in boards:
        after = dict(board.probabilities)
        for read in board.reads:
            state = str(read.state)
            if state in ("hit", "miss") and stood.get(read.indicator) != state:
                found.append(
                    {
                        "day": board.day.isoformat(),
                        "indicator": read.indicator,
                        "title": watched[read.indicator],
                        "state": state,
                        "ratio": round(read.ratio, 4),
                        "path": read.path,
                        "before": round(chances[read.path], 4),
                        "after": round(after[read.path], 4),
                        "by": read.by,
                        "claims": list(read.families),
                    }
                )
            stood[read.indicator] = state
        chances = after
    return found


def scenario_row(scenario: Any, boards: Sequence[Board]) -> Row:
    """A scenario (a ``foresee.scenarios.Scenario``) and its history as one row."""
    titles, watched = names(scenario)
    priors = {path.id: path.prior for path in scenario.paths}
    return {
        "id": scenario.id,
        "title": scenario.title,
        "place": scenario.place,
        "opened": scenario.opened.isoformat(),
        "closes": scenario.closes.isoformat(),
        "basis": scenario.basis,
        "priors": priors,
        "paths": [_path(path) for path in scenario.paths],
        "indicators": [_watched(path.id, one, scenario.id) for path in scenario.paths for one in path.indicators],
        "board": board_row(boards[-1], titles, watched),
        "history": [board_row(board, titles, watched) for board in boards],
        "moves": moves(boards, watched, priors),
    }


def _path(path: Any) -> Row:
    outcome = None if path.outcome is None else asked(path.outcome)
    return {"id": path.id, "title": path.title, "prior": path.prior, "outcome": outcome}


def _watched(path: str, one: Any, scenario: str) -> Row:
    """An indicator as the scenario puts it; ``subject`` is what a person's reading of it names."""
    return {
        "id": one.id,
        "path": path,
        "title": one.title,
        "horizon": one.horizon.isoformat(),
        "query": None if one.query is None else asked(one.query),
        "threshold": None if one.query is None else one.query.threshold,
        "hit": one.hit,
        "miss": one.miss,
        "after": list(one.after),
        "subject": f"indicator:{scenario}:{one.id}",
    }


def asked(query: Any) -> str:
    """A query to the ledger in words."""
    where = f" within {query.within_km:g} km of {query.place}" if query.within_km else f" at {query.place}"
    where = f" in {query.area}" if query.area else where
    bound = f"{'at most' if query.below else 'at least'} {query.threshold:g}"
    if str(query.measure) == "control":
        if query.area:
            return f"settlements of {query.area} that {query.side} is believed to hold: {bound}"
        return f"assessed belief that {query.side} holds {query.place}: {bound}"
    kinds = ", ".join(kind.value for kind in query.kinds) or "any kind"
    by = f" by {query.side}" if query.side else ""
    what = (
        "more independent voices than in the window before" if str(query.measure) == "change" else "independent voices"
    )
    return f"{what} in {query.window} days, on {kinds}{by}{where}: {bound}"


def names(scenario: Any) -> tuple[dict[str, str], dict[str, str]]:
    """The titles of a scenario's paths and of its indicators, by id."""
    titles = {path.id: path.title for path in scenario.paths}
    return titles, {one.id: one.title for path in scenario.paths for one in path.indicators}
