"""A claim as the comparators see it: what it asserts of which place, when, and in whose voice, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fogline.model import (
    CONTESTED,
    Basis,
    Claim,
    Document,
    Kind,
    Place,
    PlacePrecision,
    Polarity,
    SpeakerType,
    Theatre,
    When,
)
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY, TAKING

POINTS = frozenset({PlacePrecision.SETTLEMENT, PlacePrecision.NO_COORDINATES, PlacePrecision.NOT_FOUND})
"""Precisions that speak of the settlement itself; the others speak of something wider or beside it."""

TOO_WIDE = frozenset({PlacePrecision.COUNTRY})
"""Areas so wide that sharing one says nothing."""

OWN_DATE = frozenset({Basis.STATED, Basis.ANCHOR_RELATIVE, Basis.PUBLICATION_RELATIVE})
"""The claim itself says when; the publication date does not stand in."""

ANONYMOUS = frozenset({"", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One claim, ready to be compared.

    ``start`` and ``end`` are proleptic ordinals of a bounded time (``None``: not bounded), ``said`` that of the day the
    document came out where it is known, ``dated`` whether the claim itself says when. ``states`` are the states of
    control that the claim leaves possible (empty: it asserts none). ``voice`` names whoever speaks; it is empty where
    two mentions of the name need not be the same voice.
    """

    claim: Claim
    order: int
    points: tuple[str, ...]
    areas: tuple[str, ...]
    start: int | None
    end: int | None
    said: int | None
    dated: bool
    states: frozenset[str]
    takes: bool
    voice: str

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def width(self) -> int:
        """How many days more than one the time spans; 0 where it is not bounded."""
        return 0 if self.start is None or self.end is None else self.end - self.start


def read_all(claims: Iterable[Claim], documents: Mapping[str, Document], theatre: Theatre) -> tuple[Facet, ...]:
    """The facets of all claims in reading order: by day published, document name, place in the text, then id."""
    aliases = {name.casefold(): actor.name for actor in theatre.actors for name in actor.names}
    aliases |= {name.casefold(): outlet.name for outlet in theatre.outlets for name in outlet.names}
    universe = frozenset(theatre.codes) | {CONTESTED}
    ordered = sorted(claims, key=lambda claim: _reading_order(claim, documents))
    return tuple(
        _read(claim, order, documents.get(claim.document_id), universe, aliases) for order, claim in enumerate(ordered)
    )


def place_key(place: Place) -> str:
    """What a place is grouped by: its GeoNames id, or its name where it has none."""
    return f"g{place.geonameid}" if place.geonameid is not None else f"n{place.name.casefold()}"


def said_day(document: Document | None) -> int | None:
    """The ordinal of the day a document came out; ``None`` where it bears no bounded date."""
    if document is None or document.published.start is None or document.published.end is None:
        return None
    return document.published.start.toordinal()


def gap(a: Facet, b: Facet) -> int | None:
    """Days from the end of the earlier time to the start of the later; 0 or less where they share a day.

    ``None`` where either time is not bounded.
    """
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    return max(a.start, b.start) - min(a.end, b.end)


def _reading_order(claim: Claim, documents: Mapping[str, Document]) -> tuple[int, str, int, int, str]:
    document = documents.get(claim.document_id)
    said = said_day(document)
    name = document.name if document else ""
    return (said if said is not None else 10_000_000, name, claim.span.start, claim.span.end, claim.id)


def _read(
    claim: Claim, order: int, document: Document | None, universe: frozenset[str], aliases: Mapping[str, str]
) -> Facet:
    start, end = _bounds(claim.when, event=claim.manner in TAKING or claim.manner in LOSING)
    return Facet(
        claim=claim,
        order=order,
        points=tuple(sorted({place_key(p) for p in claim.places if p.precision in POINTS})),
        areas=tuple(sorted({place_key(p) for p in claim.places if p.precision not in TOO_WIDE})),
        start=start,
        end=end,
        said=said_day(document),
        dated=claim.when.basis in OWN_DATE and start is not None,
        states=possible_states(claim, universe) if claim.kind is Kind.CONTROL else frozenset(),
        takes=claim.manner in TAKING and claim.polarity is Polarity.POSITIVE,
        voice=_voice(claim, aliases),
    )


def _bounds(when: When, *, event: bool) -> tuple[int | None, int | None]:
    """The ordinals of a bounded time. What is so "since" a stated day is so on it; an event "after" it has no day."""
    if when.start is not None and when.end is not None:
        return when.start.toordinal(), when.end.toordinal()
    if when.start is not None and when.basis in OWN_DATE and not event:
        return when.start.toordinal(), when.start.toordinal()
    return None, None


def possible_states(claim: Claim, universe: frozenset[str]) -> frozenset[str]:
    """The states of control a control claim leaves possible; empty where it leaves the question open."""
    if claim.holder not in universe or claim.manner in ENCIRCLED:
        return frozenset()
    if claim.manner in LOSING or claim.polarity is Polarity.NEGATIVE:
        return universe - {claim.holder}
    if claim.manner in PARTLY or claim.manner in DISPUTED:
        return frozenset({CONTESTED})
    return frozenset({claim.holder})


def _voice(claim: Claim, aliases: Mapping[str, str]) -> str:
    speaker = claim.speaker
    name = speaker.name.strip().casefold()
    if speaker.type is SpeakerType.GROUP or name in ANONYMOUS:
        return ""
    return f"{speaker.type}:{aliases.get(name, name).casefold()}"
