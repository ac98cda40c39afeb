"""Which claims a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fogline.model import Claim, Document, Kind, SourceGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to keep; an empty field keeps all.

    ``place`` is a name in any spelling that occurs in the ledger, and ``geonameids`` are the settlements that a
    gazetteer knows by it; ``speaker`` a part of a name anywhere in the chain; ``side`` the speaker's side; ``since``
    and ``until`` bound the time spoken of, or else the day of the report.
    """

    place: str = ""
    geonameids: frozenset[int] = frozenset()
    speaker: str = ""
    side: str = ""
    kinds: frozenset[Kind] = frozenset()
    since: date | None = None
    until: date | None = None


def select(claims: Iterable[Claim], documents: Mapping[str, Document], wanted: Filter) -> tuple[Claim, ...]:
    """The claims that the filter keeps, in their order."""
    claims = tuple(claims)
    places = wanted.geonameids | ids_named(claims, wanted.place) if wanted.place else frozenset()
    return tuple(
        claim
        for claim in claims
        if (not wanted.kinds or claim.kind in wanted.kinds)
        and (not wanted.side or claim.speaker.side.casefold() == wanted.side.casefold())
        and (not wanted.speaker or _heard(claim, wanted.speaker.casefold()))
        and (not wanted.place or _there(claim, wanted.place.casefold(), places))
        and _within(claim, documents[claim.document_id], wanted.since, wanted.until)
    )


def ids_named(claims: Iterable[Claim], name: str) -> frozenset[int]:
    """The GeoNames ids that the claims know by that name or spelling."""
    folded = name.casefold()
    return frozenset(
        place.geonameid
        for claim in claims
        for place in claim.places
        if place.geonameid is not None and folded in (place.name.casefold(), place.text.casefold())
    )


def heard_sources(
    sources: Iterable[SourceGrade], claims: Sequence[Claim], *, speaker: str = "", side: str = ""
) -> tuple[SourceGrade, ...]:
    """The graded sources that speak in, or pass on, at least one of the claims.

    ``speaker`` is a part of the source's own name and ``side`` its own side; empty keeps all.
    """
    names = {voice.name for claim in claims for voice in claim.attribution.chain}
    return tuple(
        source
        for source in sources
        if source.name in names
        and speaker.casefold() in source.name.casefold()
        and (not side or source.side.casefold() == side.casefold())
    )


def _heard(claim: Claim, name: str) -> bool:
    return any(name in voice.name.casefold() for voice in claim.attribution.chain)


def _there(claim: Claim, name: str, ids: frozenset[int]) -> bool:
    return any(
        place.geonameid in ids
        if place.geonameid is not None and ids
        else name in (place.name.casefold(), place.text.casefold())
        for place in claim.places
    )


def _within(claim: Claim, document: Document, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    when = claim.when if claim.when.known else document.published
    if not when.known:
        return False
    return (since is None or when.end is None or when.end >= since) and (
        until is None or when.start is None or when.start <= until
    )
