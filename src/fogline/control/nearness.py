"""How far each cell of a map lies from the front that the map itself draws on that day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fogline.gazetteer.distance import kilometres

EDGES = (10.0, 25.0, 50.0)
"""Kilometres at which the bands of distance end."""

LABELS = ("under 10 km", "10 to 25 km", "25 to 50 km", "50 km and more", "no front on the map")

Point = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""


def bands(cells: Sequence[tuple[int, int, str]], points: Mapping[int, Point]) -> list[str]:
    """For each cell (settlement, day as an ordinal, status) the band of its distance to the nearest settlement to which the
    map gives another status that day.

    A cell whose place has no point, or on whose day the map knows one status alone, is in the last band.
    """
    by_day: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, day, status in cells:
        if place in points:
            by_day[day].append((place, status))
    return [_band(place, status, by_day[day], points) for place, day, status in cells]


def _band(place: int, status: str, there: Sequence[tuple[int, str]], points: Mapping[int, Point]) -> str:
    if place not in points:
        return LABELS[-1]
    others = (kilometres(*points[place], *points[other]) for other, theirs in there if theirs != status)
    nearest = min(others, default=None)
    return LABELS[-1] if nearest is None else LABELS[bisect_right(EDGES, nearest)]
