"""How far the assessment is from somebody's map: agreement, scores, lag of changes, and the worst disagreements."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from fogline.control.changing import changes
from fogline.control.inferring import belief_on
from fogline.control.nearness import LABELS, Point, bands
from fogline.errors import UsageError
from fogline.gazetteer import Entry
from fogline.model import CONTESTED, Control

WORST = 10
"""So many disagreements are shown."""
BINS = 10
LEAST = 1e-4
"""Belief counts as at least so much in the log loss, so that one certain error does not drown the rest."""
NEARBY = 60
"""Days within which a change of ours can be the map's."""
POINT_KM = 3.0
"""How far from a settlement's own point a row given by coordinates may lie: maps choose their points differently."""
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A map's status of one settlement (geonameid) on one day: a side's code or ``contested``."""

    place: int
    day: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A settlement and day on which the likeliest state is not the map's, with what was believed and why."""

    place: str
    day: date
    mapped: str
    belief: Mapping[str, float]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The assessment against a map. ``calibration`` rows are (mean belief, share true, number); lags are days, ours later
    than the map's positive. ``unknown`` counts cells of settlements of which nothing is known on that day.
    """

    cells: int
    unknown: int
    agreement: float
    brier: float
    log_loss: float
    confusion: Mapping[tuple[str, str], int]
    calibration: tuple[tuple[float, float, int], ...]
    lag: float | None
    changes: int
    worst: tuple[Disagreement, ...]
    by_distance: tuple[tuple[str, int, float], ...] = ()
    """Band of distance from the map's own front, cells scored, and agreement there."""


def read(path: Path, states: Sequence[str], entries: Sequence[Entry], tolerance: float = POINT_KM) -> tuple[Cell, ...]:
    """The cells of a map for the settlements given: CSV with columns date, status and settlement, geonameid or lat and lon;
    or GeoJSON polygons with the properties date and status.

    ``tolerance`` is how many kilometres a row given by coordinates may lie from a settlement's own point.
    Raises ``UsageError`` naming what is missing.
    """
    if path.suffix.lower() in (".geojson", ".json"):
        return tuple(_polygons(path, states, entries))
    return tuple(_rows(path, states, entries, tolerance))


def compare(
    cells: Iterable[Cell], controls: Mapping[int, Control], points: Mapping[int, Point] | None = None
) -> Comparison:
    """Hold the assessment against the cells. Days before the first evidence are counted, not scored.

    ``points`` are the settlements' coordinates, for agreement by distance from the front.
    """
    scored: list[tuple[Cell, Control, dict[str, float]]] = []
    every = sorted(cells, key=lambda c: (c.place, c.day))
    for cell in every:
        control = controls.get(cell.place)
        if control is not None and control.reasons and control.start is not None and cell.day >= control.start:
            scored.append((cell, control, belief_on(control, cell.day)))
    number = max(1, len(scored))
    lags = _lags(every, controls)
    return Comparison(
        cells=len(every),
        unknown=len(every) - len(scored),
        agreement=sum(_likeliest(b) == c.status for c, _, b in scored) / number,
        brier=sum(_brier(b, c.status) for c, _, b in scored) / number,
        log_loss=sum(-math.log(max(LEAST, b.get(c.status, 0.0))) for c, _, b in scored) / number,
        confusion=Counter((c.status, _likeliest(b)) for c, _, b in scored),
        calibration=_calibration([(p, state == c.status) for c, _, b in scored for state, p in b.items()]),
        lag=median(lags) if lags else None,
        changes=len(lags),
        worst=_worst(scored),
        by_distance=_by_distance(every, scored, points or {}),
    )


def _by_distance(
    every: Sequence[Cell], scored: Sequence[tuple[Cell, Control, dict[str, float]]], points: Mapping[int, Point]
) -> tuple[tuple[str, int, float], ...]:
    """Agreement by distance from the front, which all cells of the map draw, scored or not."""
    placed = dict(zip(every, bands([(c.place, c.day.toordinal(), c.status) for c in every], points), strict=True))
    right: dict[str, list[bool]] = defaultdict(list)
    for cell, _, belief in scored:
        right[placed[cell]].append(_likeliest(belief) == cell.status)
    return tuple((band, len(right[band]), sum(right[band]) / len(right[band])) for band in LABELS if band in right)


def _worst(scored: Sequence[tuple[Cell, Control, dict[str, float]]]) -> tuple[Disagreement, ...]:
    """The furthest off, one a settlement."""
    found: dict[int, tuple[float, Disagreement]] = {}
    for cell, control, belief in scored:
        far = _brier(belief, cell.status)
        if _likeliest(belief) != cell.status and far > found.get(cell.place, (0.0, None))[0]:
            moved = next((s.claims for s in control.timeline if s.start <= cell.day <= s.end), ())
            reasons = moved or tuple(claim for reason in control.reasons[-3:] for claim in reason.claims)
            found[cell.place] = (
                far,
                Disagreement(place=control.place, day=cell.day, mapped=cell.status, belief=belief, claims=reasons),
            )
    ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].place))
    return tuple(one for _, one in ranked[:WORST])


def _lags(cells: Sequence[Cell], controls: Mapping[int, Control]) -> list[int]:
    """Days from each change of side on the map to ours, for those that both have."""
    by_place: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.status != CONTESTED:
            by_place[cell.place].append(cell)
    found = []
    for place, own in by_place.items():
        ours = changes(controls[place]) if place in controls else ()
        for before, after in pairwise(own):
            near = [(c.likely - after.day).days for c in ours if c.after == after.status]
            near = [days for days in near if abs(days) <= NEARBY]
            if before.status != after.status and near:
                found.append(min(near, key=abs))
    return found


def _calibration(told: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float, int], ...]:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for belief, true in told:
        bins[min(BINS - 1, int(belief * BINS))].append((belief, true))
    return tuple(
        (sum(p for p, _ in own) / len(own), sum(true for _, true in own) / len(own), len(own))
        for _, own in sorted(bins.items())
    )


def _likeliest(belief: Mapping[str, float]) -> str:
    return max(sorted(belief), key=lambda state: belief[state])


def _brier(belief: Mapping[str, float], status: str) -> float:
    return sum((p - (state == status)) ** 2 for state, p in belief.items())


def _rows(path: Path, states: Sequence[str], entries: Sequence[Entry], tolerance: float) -> Iterator[Cell]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.geonameid is not None:
            for name in {entry.name, *entry.names}:
                by_name[name.casefold()].append(entry.geonameid)
    known = {entry.geonameid for entry in entries}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            day, status = _day(path, number, row.get("date")), _status(path, number, row.get("status"), states)
            if row.get("geonameid"):
                found = [int(row["geonameid"])] if int(row["geonameid"]) in known else []
            elif row.get("settlement"):
                found = by_name[row["settlement"].casefold()]
            elif row.get("lat") and row.get("lon"):
                found = _nearest(float(row["lat"]), float(row["lon"]), entries, tolerance)
            else:
                raise UsageError(
                    f"{path.name}, line {number}: it names no settlement.",
                    "Give a column settlement, geonameid, or lat and lon.",
                )
            if len(found) == 1 and status:
                yield Cell(found[0], day, status)


def _nearest(lat: float, lon: float, entries: Sequence[Entry], tolerance: float) -> list[int]:
    from fogline.gazetteer.distance import kilometres

    near = [
        (kilometres(lat, lon, e.lat, e.lon), e.geonameid)
        for e in entries
        if e.lat is not None and e.lon is not None and e.geonameid is not None
    ]
    found = sorted(pair for pair in near if pair[0] <= tolerance)
    return [found[0][1]] if found else []


def _polygons(path: Path, states: Sequence[str], entries: Sequence[Entry]) -> Iterator[Cell]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path.name} is no GeoJSON collection of features.", "Give polygons.") from error
    for number, feature in enumerate(features, 1):
        given: dict[str, Any] = feature.get("properties") or {}
        day, status = _day(path, number, given.get("date")), _status(path, number, given.get("status"), states)
        geometry: dict[str, Any] = feature.get("geometry") or {}
        coordinates = geometry.get("coordinates") or []
        shapes: dict[str, list[Sequence[Ring]]] = {"Polygon": [coordinates], "MultiPolygon": list(coordinates)}
        polygons = shapes.get(str(geometry.get("type")), [])
        for entry in entries:
            lat, lon, place = entry.lat, entry.lon, entry.geonameid
            if not status or lat is None or lon is None or place is None:
                continue
            if any(_inside(lon, lat, polygon) for polygon in polygons):
                yield Cell(place, day, status)


def _inside(x: float, y: float, polygon: Sequence[Ring]) -> bool:
    """Whether a point lies in a polygon and in none of its holes (ray casting)."""
    crossings = 0
    for ring in polygon:
        for one, other in pairwise([*ring, ring[0]]):
            if (one[1] > y) != (other[1] > y):
                crossings += x < (other[0] - one[0]) * (y - one[1]) / (other[1] - one[1]) + one[0]
    return crossings % 2 == 1


def _day(path: Path, number: int, given: str | None) -> date:
    try:
        return date.fromisoformat((given or "")[:10])
    except ValueError as error:
        raise UsageError(
            f"{path.name}, row {number}: {given!r} is not a day.", "Give a column date as YEAR-MONTH-DAY."
        ) from error


def _status(path: Path, number: int, given: str | None, states: Sequence[str]) -> str:
    """The state that a word of the map names; "" for "unknown"."""
    folded = {state.casefold(): state for state in states} | {"unknown": "", "": ""}
    if given is None or given.strip().casefold() not in folded:
        raise UsageError(
            f"{path.name}, row {number}: there is no status {given!r}.", f"Use {', '.join(states)} or unknown."
        )
    return folded[given.strip().casefold()]
