"""Who held each settlement, shard by shard: of a shard's settlements all is told that tells of them."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fogline.collecting import undisturbed
from fogline.control.inferring import infer_heard
from fogline.control.reach import Units, reached, units_of
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.link.facets import in_ledger_order
from fogline.model import Claim, Document, SourceGrade, Theatre
from fogline.sharing.families import Families
from fogline.sharing.packing import unpacked
from fogline.sharing.taking import Taken, Told, shard_of


@dataclass(frozen=True, slots=True)
class Shard:
    """Some settlements, chunks of what tells of them, the voice of each claim that is not alone in its family, the grades of
    sources without their reasons, and which settlements statements on districts and regions reach.
    """

    places: tuple[int, ...]
    chunks: tuple[bytes, ...]
    voices: Mapping[str, tuple[str, int]]
    sources: tuple[SourceGrade, ...]
    within: Units


def control_in(theatre: Theatre, shard: Shard) -> list[tuple[int, bytes]]:
    """The control of a shard's settlements by GeoNames id, packed: what an engine runs."""
    with undisturbed():
        return _control_in(theatre, shard)


def _control_in(theatre: Theatre, shard: Shard) -> list[tuple[int, bytes]]:
    told: list[Claim] = []
    documents: dict[str, Document] = {}
    for _, claim, name, document in unpacked(shard.chunks):
        told.append(claim)
        documents[name] = document
    claims = in_ledger_order(told, documents)
    found = infer_heard(
        claims, documents, shard.voices, shard.sources, theatre, places=shard.places, within=shard.within
    )
    return [(one.geonameid or 0, pickle.dumps(one, pickle.HIGHEST_PROTOCOL)) for one in found]


def spread(taken: Taken, theatre: Theatre) -> Units:
    """Lay what is told of districts and regions on the piles of all settlements that it reaches; these by district and region."""
    units = units_of(taken.named, gazetteer_of(theatre).entry)
    for number, claim, name, document in _told(taken, taken.wide):
        far = reached(claim, units)
        for shard in sorted({shard_of(f"g{place}", taken.shards) for place in far}):
            taken.telling.put(shard, (number, claim, name, document))
    taken.telling.flush()
    return units


def shards(taken: Taken, units: Units, families: Families, sources: tuple[SourceGrade, ...]) -> Iterator[Shard]:
    """What there is to work out."""
    own: dict[int, list[int]] = defaultdict(list)
    for place in sorted(taken.named):
        own[shard_of(f"g{place}", taken.shards)].append(place)
    graded = {(one.name, one.type): replace(one, reasons=()) for one in sources}
    for number, places in sorted(own.items()):
        told = {at: claim for at, claim, *_ in _told(taken, number)}
        speakers = sorted({(claim.speaker.name, claim.speaker.type) for claim in told.values()})
        here = frozenset(places)
        yield Shard(
            places=tuple(places),
            chunks=tuple(taken.telling.chunks(number)),
            voices=families.ranks(told),
            sources=tuple(graded[key] for key in speakers if key in graded),
            within={unit: reach & here for unit, reach in units.items() if reach & here},
        )


def _told(taken: Taken, pile: int) -> Iterator[Told]:
    yield from unpacked(taken.telling.chunks(pile))
