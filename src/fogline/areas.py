"""Questions about many settlements of a ledger at once: an area's control, its news, and its distance from a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fogline import flow
from fogline.config import Settings
from fogline.errors import UnknownPlace
from fogline.model import Claim, Control, Theatre
from fogline.nearby import units_within
from fogline.ports import Ledger

if TYPE_CHECKING:
    from fogline.control.maps import Comparison
    from fogline.control.news import News
    from fogline.gazetteer import Entry

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The settlements of a ledger that were asked for: their control, the claims on each, and what the gazetteer knows."""

    controls: tuple[Control, ...]
    claims: dict[int, tuple[Claim, ...]]
    entries: tuple[Entry, ...]
    theatre: Theatre


def area(
    ledger: Ledger, settings: Settings, *, day: date | None = None, names: Sequence[str] = (), box: Box | None = None
) -> Area:
    """The control of all settlements that the ledger speaks of, or of those in an area, as known by ``day``.

    ``names`` are districts, regions or settlements; ``box`` bounds coordinates. Raises ``UnknownPlace`` where no settlement
    of the ledger lies in what was asked for.
    """
    from fogline.control.inferring import infer
    from fogline.gazetteer.loading import load as gazetteer_of

    theatre = flow.theatre_of(settings, (), ledger)
    gazetteer = gazetteer_of(theatre)
    claims, documents, conclusions = flow.known_by(ledger, theatre, day)
    spoken: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        for place in {p.geonameid for p in claim.places if p.geonameid is not None}:
            spoken[place].append(claim)
    known = (gazetteer.entry(place) for place in sorted(spoken))
    entries = tuple(entry for entry in known if entry is not None and _within(entry, names, box))
    if (names or box) and not entries:
        asked = ", ".join(names) or f"{box}"
        raise UnknownPlace(
            f"The ledger speaks of no settlement in {asked}.", "Name a district, a region or settlements."
        )
    places = [entry.geonameid for entry in entries if entry.geonameid is not None]
    found = infer(
        claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day, places=places,
        within=units_within(claims, theatre),
    )  # fmt: skip
    return Area(
        controls=tuple(sorted(found, key=lambda c: (c.place, c.geonameid or 0))),
        claims={place: tuple(spoken[place]) for place in places},
        entries=entries,
        theatre=theatre,
    )


def news(asked: Area, since: date, until: date) -> tuple[News, ...]:
    """What became new in an area from one day to another."""
    from fogline.control.news import news as found

    return found(asked.controls, asked.claims, asked.theatre, since, until)


def compare_map(asked: Area, path: Path, tolerance: float | None = None) -> Comparison:
    """How far the assessment of an area is from a map; ``tolerance`` is that of ``control.maps.read``, in kilometres."""
    from fogline.control.maps import POINT_KM, compare, read

    states = (*asked.theatre.codes, "contested")
    controls = {control.geonameid: control for control in asked.controls if control.geonameid is not None}
    points = {
        e.geonameid: (e.lat, e.lon) for e in asked.entries if e.geonameid and e.lat is not None and e.lon is not None
    }
    cells = read(path, states, asked.entries, POINT_KM if tolerance is None else tolerance)
    return compare(cells, controls, points)


def _within(entry: Entry, names: Sequence[str], box: Box | None) -> bool:
    from fogline.gazetteer.areas import bare, in_box, in_unit

    if box is not None and not in_box(entry, (box[1], box[0], box[3], box[2])):
        return False
    own = {bare(name) for name in (entry.name, *entry.names)}
    return not names or any(bare(name) in own or in_unit(entry, name) for name in names)
