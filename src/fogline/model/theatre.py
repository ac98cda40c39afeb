"""One conflict as data: its sides, people, outlets and anchor events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fogline.model.claim import THIRD, UNKNOWN_SIDE, SpeakerType


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party to the conflict. ``names`` are words that name it or its forces, ``demonyms`` adjectives ("Russian")."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held from one day to another (``None``: open)."""

    role: str
    affiliation: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A known person or organisation (``type``): its ``names`` (first one is shown), side and dated offices."""

    names: tuple[str, ...]
    side: str = UNKNOWN_SIDE
    type: SpeakerType = SpeakerType.PERSON
    standing: str = ""
    offices: tuple[Office, ...] = ()

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self.names[0]

    def office(self, day: date | None) -> Office | None:
        """The office held on ``day``; the last known one where no day is known."""
        for office in reversed(self.offices):
            if day is None or ((office.since or date.min) <= day <= (office.until or date.max)):
                return office
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes: its ``names`` (first one is shown), domains, side, owner, country and standing.

    ``standing`` is the kind of voice the priors speak of: official, state, independent, wire, researcher, mapper, blog.
    """

    names: tuple[str, ...]
    domains: tuple[str, ...] = ()
    side: str = UNKNOWN_SIDE
    standing: str = ""
    owner: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorEvent:
    """An event that texts date other events by ("the full-scale invasion"): its ``phrases`` and its day."""

    name: str
    phrases: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """What a theatre adds to the gazetteer: more ``names`` of a place it knows by ``geonameid``, or a place of its own.

    ``feature`` is the gazetteer's word for what it is; ``lat`` and ``lon`` are WGS84 degrees or ``None``.
    """

    names: tuple[str, ...]
    feature: str = "settlement"
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    region: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """One conflict. The theatre ``world`` has no sides.

    ``priors`` maps a standing to the chance (0 to 1) that such a voice is right *for* and *against* its own side's
    interest; ``bounds`` is (south, west, north, east) in WGS84 degrees; ``begins`` the first day worth inferring.
    ``regions`` are the first-level units, by the gazetteer's names, that are fought over: a name that several places
    share more likely means the one there. ``places`` are what the theatre adds to the gazetteer;
    ``gazetteer`` is the path of a user's gazetteer file, or empty.
    """

    name: str
    title: str = ""
    version: str = ""
    sides: tuple[Side, ...] = ()
    actors: tuple[Actor, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    anchors: tuple[AnchorEvent, ...] = ()
    priors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bounds: tuple[float, float, float, float] | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    begins: date | None = None
    places: tuple[NamedPlace, ...] = ()
    gazetteer: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the sides, in the theatre's order."""
        return tuple(side.code for side in self.sides)

    def side(self, code: str) -> Side | None:
        """The side of that code, or ``None`` (also for ``third`` and ``unknown``)."""
        return next((side for side in self.sides if side.code == code), None)

    def opponent(self, code: str) -> str:
        """The other of two sides; ``unknown`` where there is no single other one."""
        others = [c for c in self.codes if c != code]
        return others[0] if len(others) == 1 and code in self.codes else UNKNOWN_SIDE

    def is_party(self, code: str) -> bool:
        """Whether the code names a side of this conflict (not ``third``, not ``unknown``)."""
        return code not in (THIRD, UNKNOWN_SIDE) and code in self.codes
