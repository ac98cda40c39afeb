"""A claim as the comparators see it: what it asserts of which place, when, and in whose voice, worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import TypeVar

from fogline.link import extent
from fogline.link.extent import Extent
from fogline.link.holding import CAME, TAKES, Cast, cast_of, holder_of, is_denied, own_side
from fogline.link.naming import named
from fogline.model import (
    CONTESTED,
    Basis,
    Claim,
    Document,
    Kind,
    Modality,
    Place,
    PlacePrecision,
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

HOLDABLE = POINTS | {PlacePrecision.AREA, PlacePrecision.DISTRICT, PlacePrecision.REGION, PlacePrecision.FEATURE}
"""Precisions of what a side can hold, in whole or in part."""

ANONYMOUS = frozenset({"", "unknown"})

_MAY_BE = re.compile(r"\b(?:may|might|could) (?:already |now |well )?(?:be|have)\b")
_AREA_WORD = re.compile(r" (?:region|oblast|province|state|district|city|town|strip)$")
_EXPLAINED = frozenset({Kind.INTENT, Kind.ASSESSMENT, Kind.WITHDRAWAL, Kind.FORCES, Kind.HUMANITARIAN})
"""Kinds under which the purpose or the cause of an action is heard."""


NO_DAY = 10_000_000
"""Stands for the day of a document that bears none: behind all others."""
_NO_STATES: frozenset[str] = frozenset()
_Value = TypeVar("_Value", tuple[str, ...], frozenset[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One claim, ready to be compared.

    ``start`` and ``end`` are proleptic ordinals of a bounded time (``None``: not bounded), ``said`` that of the day the
    document came out where it is known, ``dated`` whether the claim itself says when. ``states`` are the states of
    control that the claim leaves possible (empty: it asserts none). ``voice`` names whoever speaks; it is empty where
    two mentions of the name need not be the same voice. ``holder`` and ``actor`` are the claim's, or the speaker's own
    side where it speaks of its own deed, or the side that holds a part; ``held`` are the places that a side is said to
    hold; ``denied`` whether it says that it is not so; ``named`` are the sides that an explanation
    names, in its order; ``party`` are the words for the sides of the conflict, which tell no two acts apart.
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
    holder: str
    actor: str
    named: tuple[str, ...]
    held: tuple[str, ...]
    denied: bool
    modality: Modality
    party: frozenset[str]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def extent(self) -> Extent:
        """How much of the place it speaks of."""
        return extent.read(self.claim.quote)

    @property
    def partial(self) -> bool:
        """Whether it speaks of a part of the place alone."""
        return bool(self.extent.part) or self.claim.manner in PARTLY

    @property
    def width(self) -> int:
        """How many days more than one the time spans; 0 where it is not bounded."""
        return 0 if self.start is None or self.end is None else self.end - self.start


def read_all(
    claims: Iterable[Claim], documents: Mapping[str, Document], theatre: Theatre, *, by_name: bool = False
) -> tuple[Facet, ...]:
    """The facets of all claims in reading order: by day published, document name, place in the text, then id.

    ``by_name``: places meet by their names too, as is right for a few claims that are put side by side by a person.
    """
    return Reader(theatre, by_name=by_name).read(claims, documents)


class Reader:
    """Reads claims into facets; what is read together is ordered together. With ``keep`` each is worked out once."""

    def __init__(self, theatre: Theatre, *, by_name: bool = False, keep: bool = False) -> None:
        self._cast, self._by_name = cast_of(theatre), by_name
        self._kept: dict[str, Facet] | None = {} if keep else None

    def read(self, claims: Iterable[Claim], documents: Mapping[str, Document], first: int = 0) -> tuple[Facet, ...]:
        """The facets of some claims in reading order; ``order`` counts among these alone, from ``first`` on."""
        ordered = sorted(claims, key=lambda claim: _reading_order(claim, documents))
        return tuple(self._one(claim, order, documents) for order, claim in enumerate(ordered, first))

    def _one(self, claim: Claim, order: int, documents: Mapping[str, Document]) -> Facet:
        kept = None if self._kept is None else self._kept.get(claim.id)
        if kept is not None and kept.claim is claim:
            return kept if kept.order == order else replace(kept, order=order)
        made = _read(claim, order, documents.get(claim.document_id), self._cast, self._by_name)
        if self._kept is not None:
            self._kept[claim.id] = made
        return made


def in_order(document: Document | None) -> tuple[int, str, str]:
    """By what documents are read: the day published, those without one last, then name and id."""
    said = said_day(document)
    return (said if said is not None else NO_DAY, *((document.name, document.id) if document else ("", "")))


def in_ledger_order(claims: Iterable[Claim], documents: Mapping[str, Document]) -> tuple[Claim, ...]:
    """The claims, each once, in the order in which a ledger gives them: by their document's name and id, then place in the text."""

    def order(claim: Claim) -> tuple[str, str, int, int, str]:
        name = documents[claim.document_id].name
        return name, claim.document_id, claim.span.start, claim.span.end, claim.id

    return tuple(sorted({claim.id: claim for claim in claims}.values(), key=order))


def place_key(place: Place) -> str:
    """What a place is grouped by: its GeoNames id, or its name where it has none."""
    # One string for all claims of the place: there may be a million of them.
    return intern(f"g{place.geonameid}" if place.geonameid is not None else f"n{place.name.casefold()}")


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
    return (said if said is not None else NO_DAY, name, claim.span.start, claim.span.end, claim.id)


def _read(claim: Claim, order: int, document: Document | None, cast: Cast, by_name: bool) -> Facet:
    quote = claim.quote
    actor = claim.actor or own_side(claim, cast)
    keys = {place_key(p): p.precision for p in claim.places}
    placed = any(p.text in quote and p.precision not in TOO_WIDE for p in claim.places)
    unplaced = () if placed and not by_name else named(quote, cast.words)
    if by_name:
        unplaced = tuple(sorted({*unplaced, *(_name_key(p.text) for p in claim.places if p.precision not in TOO_WIDE)}))
    holder = holder_of(claim, actor, cast, bare=not placed)
    takes = (
        claim.manner in TAKING
        or bool(CAME.search(quote))
        or (claim.kind is not Kind.CONTROL and bool(TAKES.search(quote)))
    )
    start, end = _bounds(claim.when, event=takes or claim.manner in LOSING)
    denied = is_denied(claim)
    may_be = claim.kind is Kind.FORECAST and holder and _MAY_BE.search(quote)
    return Facet(
        claim=claim,
        order=order,
        points=_one((*sorted(k for k, p in keys.items() if p in POINTS), *unplaced)),
        areas=_one((*sorted(k for k, p in keys.items() if p not in TOO_WIDE), *unplaced)),
        start=start,
        end=end,
        said=said_day(document),
        dated=claim.when.basis in OWN_DATE and claim.when.start is not None and start is not None,
        states=_one(possible_states(claim, cast.universe, holder, denied=denied)) if holder else _NO_STATES,
        takes=takes and not denied,
        denied=denied,
        modality=Modality.ACTUAL if may_be else claim.modality,
        voice=intern(_voice(claim, cast.aliases)),
        holder=holder,
        actor=actor,
        named=cast.sides_in(quote) if claim.kind in _EXPLAINED else (),
        held=_one((*_held(claim, keys, anything=holder != claim.holder), *_themselves(unplaced, quote))),
        party=cast.words,
    )


@lru_cache(maxsize=1 << 16)
def _one(value: _Value) -> _Value:
    """The same value as one object for all claims that have it: there may be a million of them."""
    return value


def _held(claim: Claim, keys: Mapping[str, PlacePrecision], *, anything: bool) -> Iterator[str]:
    """The places that a side is said to hold; the area around a town is another place than the town."""
    part = bool(extent.read(claim.quote).part) or claim.manner in PARTLY
    for key, precision in sorted(keys.items()):
        if precision in HOLDABLE or anything:
            yield f"{key}/area" if precision is PlacePrecision.AREA and not part else key


def _themselves(names: tuple[str, ...], quote: str) -> tuple[str, ...]:
    """The names of places by themselves, without those in which the others lie: "Umm Rawaba in North Kordofan"."""
    folded = quote.casefold()
    return (
        tuple(name for name in names if not re.search(rf"\w (?:in|of) (?:the )?{re.escape(name[1:])}\b", folded))
        or names
    )


def _name_key(text: str) -> str:
    return f"n{_AREA_WORD.sub('', text.casefold())}"


def _bounds(when: When, *, event: bool) -> tuple[int | None, int | None]:
    """The ordinals of a bounded time. What is so "since" a stated day is so on it; an event "after" it has no day.

    What had happened "by" a day is so on that day.
    """
    if when.start is not None and when.end is not None:
        return when.start.toordinal(), when.end.toordinal()
    if when.basis not in OWN_DATE:
        return None, None
    if when.start is not None and not event:
        return when.start.toordinal(), when.start.toordinal()
    if when.start is None and when.end is not None:
        return when.end.toordinal(), when.end.toordinal()
    return None, None


def possible_states(claim: Claim, universe: frozenset[str], holder: str, *, denied: bool) -> frozenset[str]:
    """The states of control a claim leaves possible; empty where it leaves the question open."""
    if holder.startswith("~"):
        return frozenset({f"not {holder}" if denied else holder})
    if holder not in universe or claim.manner in ENCIRCLED:
        return frozenset()
    read = extent.read(claim.quote)
    if denied and read.none:
        return universe - {holder, CONTESTED}
    if claim.manner in LOSING or denied:
        return universe - {holder}
    if claim.manner in PARTLY or claim.manner in DISPUTED or read.part:
        return frozenset({CONTESTED})
    return frozenset({holder})


def _voice(claim: Claim, aliases: Mapping[str, str]) -> str:
    speaker = claim.speaker
    name = speaker.name.strip().casefold()
    if speaker.type is SpeakerType.GROUP or name in ANONYMOUS:
        return ""
    return f"{speaker.type}:{aliases.get(name, name).casefold()}"
