"""Which places lie in a district, a region or a box of degrees."""

from __future__ import annotations

from collections.abc import Iterable

from fogline.gazetteer.entry import Entry, Feature

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
WORDS = (" oblast", " raion", " district", " region", " state", " province")
UNITS = frozenset({Feature.DISTRICT, Feature.REGION})


def in_unit(entry: Entry, name: str) -> bool:
    """Whether a place lies in the district or region of a name, or is it."""
    names = {entry.district, entry.region, *((entry.name, *entry.names) if entry.feature in UNITS else ())}
    return bare(name) in {bare(own) for own in names if own}


def in_box(entry: Entry, box: Box) -> bool:
    """Whether the point of a place lies in a box; of a unit, whose point is a label, it does not."""
    if entry.lat is None or entry.lon is None or entry.feature in UNITS or entry.feature is Feature.COUNTRY:
        return False
    return box[0] <= entry.lon <= box[2] and box[1] <= entry.lat <= box[3]


def is_unit(candidates: Iterable[Entry]) -> bool:
    """Whether a district or a region is among the candidates for a name."""
    return any(one.feature in UNITS for one in candidates)


def bare(name: str) -> str:
    """A name without the word for what it is.

    >>> bare("Kharkiv Oblast")
    'kharkiv'
    """
    folded = name.casefold().strip()
    for word in WORDS:
        folded = folded.removesuffix(word)
    return folded
