"""Forecasts and track records as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

Row = dict[str, Any]
DUE = frozenset({"came true", "did not come true"})
"""Outcomes that are scored."""


class Scored(Protocol):
    """A score."""

    @property
    def number(self) -> int:
        """How many were scored."""

    @property
    def brier(self) -> float:
        """Mean squared error."""

    @property
    def log(self) -> float:
        """Mean surprise in nats."""

    @property
    def skill_rate(self) -> float | None:
        """Against the base rate."""

    @property
    def skill_half(self) -> float:
        """Against always one half."""

    @property
    def calibration(self) -> Sequence[tuple[float, float, int]]:
        """By band."""


def forecast_row(one: Any) -> Row:
    """A forecast with what became of it (a ``forecasting.Resolved``)."""
    told, came = one.forecast, one.resolution
    return {
        "id": told.id,
        "claim": told.claim,
        "speaker": told.speaker,
        "outlet": told.outlet,
        "made": told.made.isoformat(),
        "event": told.event,
        "side": told.side or None,
        "holding": told.holding,
        "place": told.place,
        "geonameid": told.geonameid,
        "until": told.until.isoformat() if told.until else None,
        "likelihood": told.likelihood.value,
        "probability": told.probability,
        "condition": told.condition or None,
        "outcome": came.outcome.value,
        "why": came.why,
        "evidence": list(came.claims),
        "by": came.by,
        "ours": False,
    }


def score_row(found: Scored) -> Row:
    """A score."""
    return {
        "scored": found.number,
        "brier": round(found.brier, 4),
        "log": round(found.log, 4),
        "skill_base_rate": None if found.skill_rate is None else round(found.skill_rate, 4),
        "skill_half": round(found.skill_half, 4),
        "calibration": [
            {"forecast": round(p, 4), "came_true": round(t, 4), "number": n} for p, t, n in found.calibration
        ],
    }


def due(rows: Iterable[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """The probability of each forecast that is scored, and whether it came true."""
    return [(row["probability"], row["outcome"] == "came true") for row in rows if row["outcome"] in DUE]


def tracks(
    rows: Iterable[Mapping[str, Any]], by: str, score: Callable[[Sequence[tuple[float, bool]]], Any]
) -> list[Row]:
    """The track record of each speaker or outlet (``by``): how many forecasts, how many void, unknown or not due, and their score.

    The worst Brier score comes last, those of whom nothing came due after it.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    found = []
    for name, own in groups.items():
        scored = score(due(own))
        counts = {what: sum(row["outcome"] == what for row in own) for what in ("void", "unknown", "not due")}
        told: Row = {
            by: name,
            "forecasts": len(own),
            "void": counts["void"],
            "unknown": counts["unknown"],
            "not_due": counts["not due"],
        }
        empty: Row = {
            "scored": 0,
            "brier": None,
            "log": None,
            "skill_base_rate": None,
            "skill_half": None,
            "calibration": [],
        }
        found.append({**told, **(score_row(scored) if scored else empty)})
    return sorted(found, key=lambda row: (row["brier"] is None, row["brier"] or 0.0, row[by]))
