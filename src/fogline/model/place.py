"""Places as a claim names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlacePrecision(StrEnum):
    """How the words stand to the point: at the settlement, near it, toward it, or a wider area."""

    SETTLEMENT = "settlement"
    NEAR = "near"
    DIRECTION = "direction"
    AREA = "area"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    FEATURE = "feature"
    NO_COORDINATES = "known, no coordinates"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place named in a claim: the gazetteer's ``name``, the ``text`` as written, WGS84 degrees or ``None``.

    A coordinate is the gazetteer's or absent; it is never made up. That of a district, region or country is the
    gazetteer's label point of a wide area, which ``precision`` says; nothing is located by it.
    """

    name: str
    text: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = PlacePrecision.NOT_FOUND
