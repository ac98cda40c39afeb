"""One place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Feature(StrEnum):
    """What sort of place an entry is."""

    SETTLEMENT = "settlement"
    PART = "part of a settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    WATER = "water"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place with its spellings; WGS84 degrees are the source's or ``None``.

    ``country`` is the ISO 3166 code, ``region`` and ``district`` the names of the first- and second-level units it lies
    in, where known, ``admin1`` GeoNames' code of the first. ``population`` is 0 where it is not known. ``front`` marks
    settlements that lists of the fighting name. ``number`` is the entry's own within its gazetteer.
    """

    name: str
    feature: Feature
    number: int
    geonameid: int | None = None
    katottg: str = ""
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    admin1: str = ""
    region: str = ""
    district: str = ""
    population: int = 0
    capital: bool = False
    front: bool = False
    names: tuple[str, ...] = ()

    @property
    def located(self) -> bool:
        """Whether it has coordinates."""
        return self.lat is not None and self.lon is not None
