"""Scenario files: TOML, read strictly. Every error names the line and what to do about it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path as File
from typing import Any

from fogline.errors import UnknownPlace
from fogline.foresee.located import Table, identity, parsed, text_of
from fogline.foresee.queries import Measure, Query
from fogline.foresee.scenarios import CAP, Indicator, Marking, Path, Scenario, State
from fogline.gazetteer import Entry
from fogline.model import CONTESTED, Kind

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""
FARTHEST = 1000.0
"""The most kilometres around a place: more is no place."""
Find = Callable[[str], Entry]
"""The settlement of a name; raises ``UnknownPlace``."""

TOP = {"id", "title", "place", "opened", "closes", "basis", "path"}
PATH = {"id", "title", "prior", "indicator", "outcome"}
INDICATOR = {"id", "title", "query", "horizon", "hit", "miss", "after", "reading"}
READING = {"day", "state", "person", "why"}
QUERY = {"measure", "kind", "side", "place", "area", "box", "within_km", "threshold", "below", "window"}
Within = Callable[[str, Box | None], frozenset[int] | None]
"""The places that anybody speaks of in a district, a region or a box; ``None`` where there is no such district or region."""
SLACK = 0.005
"""How far the priors may be from one: thirds are written .33."""


def _nowhere(name: str, box: Box | None) -> None:
    """Where no areas are known."""


def load(path: File, find: Find, sides: tuple[str, ...], within: Within = _nowhere) -> Scenario:
    """The scenario of a file. Raises ``BadScenario`` with file, line and remedy for anything that makes no sense."""
    return scenario(str(path), text_of(path), find, sides, within)


def scenario(name: str, text: str, find: Find, sides: tuple[str, ...], within: Within = _nowhere) -> Scenario:
    """The same of a text; ``name`` is what errors call it."""
    top, arrays = parsed(name, text)
    _known(top, TOP)
    place = _text(top, "place")
    _place(top, "place", place, find)
    opened, closes = _day(top, "opened"), _day(top, "closes")
    if closes <= opened:
        raise top.wrong("closes", f"the scenario closes ({closes}) before it opens ({opened}).", "Swap the two days.")
    reader = _Reader(arrays, place, opened, closes, _Places(find, within), sides)
    paths = tuple(reader.path(table) for table in arrays.get("path", []))
    if len(paths) < 2:
        raise top.wrong(
            "path", "a scenario needs two paths at least.", "Add another [[path]] with id, title and prior."
        )
    _priors(arrays["path"], paths)
    _loops(arrays, paths)
    title = _text(top, "title", place)
    return Scenario(
        id=identity(top, title), title=title, place=place, opened=opened, closes=closes, basis=_text(top, "basis", ""),
        paths=paths,
    )  # fmt: skip


class _Reader:
    """Reads paths and indicators; those of a file share its place, days and sides."""

    def __init__(
        self,
        arrays: dict[str, list[Table]],
        place: str,
        opened: date,
        closes: date,
        places: _Places,
        sides: tuple[str, ...],
    ) -> None:
        self._tables = {
            name: {id(t.values): t for t in arrays.get(name, [])}
            for name in ("path.indicator", "path.indicator.reading")
        }
        self._place, self._opened, self._closes, self._places, self._sides = place, opened, closes, places, sides

    def path(self, table: Table) -> Path:
        _known(table, PATH)
        own = self._own(table, "indicator", "path.indicator")
        prior = _number(table, "prior")
        if not 0 < prior < 1:
            raise table.wrong(
                "prior", f"a prior of {prior} is no probability between 0 and 1.", "Write one such as 0.6."
            )
        outcome = table.values.get("outcome")
        return Path(
            id=_text(table, "id"),
            title=_text(table, "title"),
            prior=prior,
            indicators=tuple(self._indicator(one) for one in own),
            outcome=self._query(table, "outcome", outcome) if outcome is not None else None,
        )

    def _own(self, table: Table, key: str, name: str) -> list[Table]:
        told = table.values.get(key, [])
        if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
            raise table.wrong(key, f"{key} is no list of tables.", f"Write each under [[{name}]].")
        return [self._tables[name][id(one)] for one in told]

    def _indicator(self, table: Table) -> Indicator:
        _known(table, INDICATOR)
        horizon = _day(table, "horizon", self._closes)
        if not self._opened <= horizon <= self._closes:
            told = f"the horizon {horizon} lies outside the scenario ({self._opened} to {self._closes})."
            raise table.wrong("horizon", told, "Give a day inside it, or move opened or closes.")
        query = table.values.get("query")
        own = self._own(table, "reading", "path.indicator.reading")
        return Indicator(
            id=_text(table, "id"),
            title=_text(table, "title"),
            query=self._query(table, "query", query) if query is not None else None,
            horizon=horizon,
            hit=_ratio(table, "hit"),
            miss=_ratio(table, "miss"),
            after=self._after(table),
            markings=tuple(self._marking(one) for one in own),
        )

    def _after(self, table: Table) -> tuple[str, ...]:
        told = table.values.get("after", [])
        if not isinstance(told, list) or not all(isinstance(name, str) for name in told):
            raise table.wrong("after", f"{told!r} names no indicators.", 'Write their ids: after = ["..."].')
        return tuple(told)

    def _marking(self, table: Table) -> Marking:
        _known(table, READING)
        state = _text(table, "state")
        if state not in ("hit", "miss"):
            raise table.wrong("state", f"a reading cannot be {state!r}.", "Write hit or miss.")
        return Marking(
            day=_day(table, "day"), state=State(state), person=_text(table, "person"), why=_text(table, "why", "")
        )

    def _query(self, table: Table, key: str, told: Any) -> Query:
        if not isinstance(told, dict):
            raise table.wrong(
                key, "a query is a table.", 'Write it as { measure = "voices", kind = ["advance"], ... }.'
            )
        if strange := sorted(set(told) - QUERY):
            raise table.wrong(key, f"a query has no {strange[0]!r}.", f"It has: {', '.join(sorted(QUERY))}.")
        measure, side = told.get("measure", "voices"), told.get("side", "")
        if not isinstance(measure, str) or measure not in list(Measure):
            raise table.wrong(key, f"nothing measures {measure!r}.", f"Write one of: {', '.join(Measure)}.")
        if side and side not in (*self._sides, *([CONTESTED] if measure == Measure.CONTROL else [])):
            raise table.wrong(key, f"there is no side {side!r}.", f"Write one of: {', '.join(self._sides)}.")
        if measure == Measure.CONTROL and not side:
            raise table.wrong(key, "belief in control needs a side.", f"Add side = one of: {', '.join(self._sides)}.")
        spot = self._places.of(table, key, told, self._place)
        window = told.get("window", 14)
        days = (self._closes - self._opened).days
        if isinstance(window, bool) or not isinstance(window, int) or not 1 <= window <= max(days, 1):
            raise table.wrong(
                key, f"a window of {window!r} days is impossible.", f"Give 1 to {days}, the scenario's days."
            )
        kinds = told.get("kind", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not isinstance(kinds, list):
            raise table.wrong(key, f"{kinds!r} are no kinds.", f"Write some of: {', '.join(Kind)}.")
        if strange := [kind for kind in kinds if kind not in list(Kind)]:
            raise table.wrong(key, f"there is no kind {strange[0]!r}.", f"Write some of: {', '.join(Kind)}.")
        return replace(
            spot,
            measure=Measure(measure),
            kinds=tuple(Kind(kind) for kind in kinds),
            side=side,
            threshold=_amount(table, key, told, "threshold", 0.5 if measure == Measure.CONTROL else 1),
            below=_flag(table, key, told),
            window=window,
        )


class _Places:
    """Where queries ask: at a settlement, around it, or in an area."""

    def __init__(self, find: Find, within: Within) -> None:
        self._find, self._within = find, within

    def of(self, table: Table, key: str, told: dict[str, Any], default: str) -> Query:
        """A query of the place, or the area, that a table names."""
        if sum(name in told for name in ("place", "area", "box")) > 1:
            raise table.wrong(key, "a query asks in one place.", "Keep one of place, area and box.")
        around = _amount(table, key, told, "within_km", 0)
        if "area" not in told and "box" not in told:
            entry = _place(table, key, told.get("place", default), self._find)
            return Query(
                measure=Measure.VOICES,
                place=entry.name,
                geonameid=entry.geonameid,
                lat=entry.lat,
                lon=entry.lon,
                within_km=around,
            )
        if around:
            raise table.wrong(key, "within_km is around a place, not an area.", "Leave one of them out.")
        box = _box(table, key, told["box"]) if "box" in told else None
        name = told.get("area", "")
        if not isinstance(name, str) or not (name or box):
            raise table.wrong(key, f"{name!r} is no area.", 'Write the name of a district or region: area = "...".')
        inside = self._within(name, box)
        if inside is None:
            raise table.wrong(
                key, f"there is no district or region {name!r}.", "Look for another spelling of it, or give a box."
            )
        label = name or "the box " + ", ".join(f"{edge:g}" for edge in box or ())
        return Query(measure=Measure.VOICES, place=label, geonameid=None, area=label, within=inside)


def _box(table: Table, key: str, told: Any) -> Box:
    if not isinstance(told, list) or len(told) != 4 or not all(_is_number(edge) for edge in told):
        raise table.wrong(key, f"{told!r} is no box.", "Write box = [west, south, east, north] in degrees.")
    west, south, east, north = (float(edge) for edge in told)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise table.wrong(key, f"{told} bounds nothing.", "Write box = [west, south, east, north] in degrees.")
    return west, south, east, north


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)


def _amount(table: Table, key: str, told: dict[str, Any], name: str, default: float) -> float:
    value = told.get(name, default)
    if not _is_number(value) or (name == "within_km" and not 0 <= value <= FARTHEST):
        raise table.wrong(key, f"{name} = {value!r} makes no sense.", f"Write {name} = {default:g}, say.")
    return float(value)


def _flag(table: Table, key: str, told: dict[str, Any]) -> bool:
    value = told.get("below", False)
    if not isinstance(value, bool):
        raise table.wrong(key, f"below = {value!r} is neither true nor false.", "Write below = true, or leave it out.")
    return value


def _priors(tables: list[Table], paths: tuple[Path, ...]) -> None:
    total = sum(path.prior for path in paths)
    if abs(total - 1) > SLACK:
        told = " + ".join(f"{path.prior:g}" for path in paths)
        raise tables[-1].wrong("prior", f"the priors sum to {total:.3f}, not 1 ({told}).", "Change one of them.")
    names = [path.id for path in paths]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise tables[number].wrong("id", f"there are two paths {name!r}.", "Give one another id.")


def _loops(arrays: dict[str, list[Table]], paths: tuple[Path, ...]) -> None:
    """Refuse two indicators of one id, an ``after`` that names none, and indicators that wait for each other."""
    tables = arrays.get("path.indicator", [])
    order = [indicator for path in paths for indicator in path.indicators]
    after = {indicator.id: indicator.after for indicator in order}
    for table, indicator in zip(tables, order, strict=True):
        if sum(one.id == indicator.id for one in order) > 1:
            raise table.wrong("id", f"there are two indicators {indicator.id!r}.", "Give one another id.")
        for name in indicator.after:
            if name not in after:
                raise table.wrong("after", f"there is no indicator {name!r}.", f"Write some of: {', '.join(after)}.")
        waiting, seen = list(indicator.after), set[str]()
        while waiting:
            name = waiting.pop()
            if name == indicator.id:
                raise table.wrong(
                    "after", f"{indicator.id!r} waits for itself, in a loop.", "Take one name out of after."
                )
            waiting += [] if name in seen else list(after[name])
            seen.add(name)


def _place(table: Table, key: str, name: Any, find: Find) -> Entry:
    if not isinstance(name, str) or not name.strip():
        raise table.wrong(key, f"{name!r} is no name of a place.", 'Write place = "...".')
    try:
        return find(name)
    except UnknownPlace as error:
        raise table.wrong(key, error.message, error.hint or "Look for another spelling of it.") from error


def _known(table: Table, keys: set[str]) -> None:
    for key in table.values:
        if key not in keys:
            raise table.wrong(key, f"there is no {key!r} here.", f"There are: {', '.join(sorted(keys))}.")


def _text(table: Table, key: str, default: str | None = None) -> str:
    value = table.values.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise table.wrong(key, f"{key} is missing or no text.", f'Add {key} = "...".')
    return value


def _day(table: Table, key: str, default: date | None = None) -> date:
    value = table.values.get(key, default)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise table.wrong(
            key, f"{key} is missing or no day.", f"Add {key} = YEAR-MONTH-DAY, without quotes."
        ) from error


def _number(table: Table, key: str) -> float:
    value = table.values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise table.wrong(key, f"{key} is missing or no number.", f"Add {key} = 0.5, say.")
    return float(value)


def _ratio(table: Table, key: str) -> float:
    value = _number(table, key) if key in table.values else 1.0
    if not 1 / CAP <= value <= CAP:
        raise table.wrong(key, f"a ratio of {value:g} says too much.", f"Give one from {1 / CAP:g} to {CAP:g}.")
    return value
