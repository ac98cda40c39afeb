"""From a ledger to a file in somebody else's format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fogline import __version__, flow, registry
from fogline.config import Settings
from fogline.model import Account, Claim, Control, Place
from fogline.ports import Exporter, Ledger
from fogline.publish.views import Filter, select


def exporter(name: str) -> Exporter:
    """The writer of a format. Raises ``UnknownName``, with what there is, for a name that is not there."""
    made: Exporter = registry.pick("export", name)()
    return made


def account(ledger: Ledger, settings: Settings, *, place: str = "", day: date | None = None) -> Account:
    """All that was known by ``day`` (``None``: all), of ``place`` alone where one is named.

    Raises ``UnknownPlace`` where neither the ledger nor the gazetteer has that place.
    """
    from fogline.control.inferring import infer

    theatre = flow.theatre_of(settings, (), ledger)
    claims, documents, conclusions = flow.known_by(ledger, theatre, day)
    control = conclusions.control
    if day is not None:
        control = infer(
            claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day,
            within=flow.units_within(claims, theatre),
        )  # fmt: skip
    kept = claims
    if place:
        entry = flow.place_meant(place, ledger.claims(), theatre)
        ids = frozenset() if entry.geonameid is None else frozenset({entry.geonameid})
        kept = select(claims, documents, Filter(place=place, geonameids=ids))
        control = tuple(one for one in control if one.geonameid in ids)
    return Account(
        claims=kept,
        every={claim.id: claim for claim in claims},
        documents=documents,
        hashes={name: ledger.article(document.article_id).sha256 for name, document in documents.items()},
        conclusions=conclusions,
        control=tuple(sorted(control, key=_by_place)),
        points=_points(claims),
        runs=ledger.runs(),
        theatre=theatre,
        place=place,
        known_by=day,
        version=__version__,
    )


def _by_place(control: Control) -> tuple[str, int]:
    return control.place, control.geonameid or 0


def _points(claims: Sequence[Claim]) -> dict[int, Place]:
    """A place by GeoNames id, as the first claim that names it has it."""
    points: dict[int, Place] = {}
    for claim in claims:
        for place in claim.places:
            if place.geonameid is not None:
                points.setdefault(place.geonameid, place)
    return points
