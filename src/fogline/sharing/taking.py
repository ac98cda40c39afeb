"""Taking what was said from the ledger, once and in reading order: columns to keep, and shards by place to work on."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable
from zlib import crc32

from fogline.appraise.interest import interest
from fogline.appraise.voices import day_of
from fogline.control.observations import settlements
from fogline.control.reach import TELLING, WIDE
from fogline.link import credit, independent, keys
from fogline.link.credit import Origin
from fogline.link.facets import Facet, Reader, in_order
from fogline.link.wording import teller
from fogline.model import AttributionType, Claim, Document, Judgement, Kind, Marks, Theatre
from fogline.review.deciding import counted
from fogline.sharing.columns import INTERESTS, KINDS, MODALITIES, Columns, Mouth, packed
from fogline.sharing.spill import Piles, Run

SHARD = 10_000
"""About so many claims are worked on at once; those of one place are never parted."""
_AT_ONCE = 200
"""Documents that are taken at once."""

Heard = tuple[str, Document, tuple[Claim, ...]]
"""A document's id, the document (of a long text its ends alone), and its claims."""
Told = tuple[int, Claim, str, Document]
"""A claim that tells who holds a place: its number, itself, its document's id and the document without its text."""


@runtime_checkable
class TellsInTurn(Protocol):
    """A ledger that hands over what was said document by document, where all of it is too much to hold."""

    def size(self) -> int:
        """How many current claims there are."""

    def in_turn(self) -> Iterator[Heard]:
        """The current documents with claims, by day published, those without one last, then name, then id."""

    def whole(self, ids: Collection[str]) -> Mapping[str, Document]:
        """The documents of these ids, by id."""


@dataclass(slots=True)
class Taken:
    """What was taken: columns, facets in reading order, and shards by place, of facets and of what tells who holds a place.

    ``wide`` is the pile of what is told of districts and regions, ``named`` are the settlements that are told of.
    """

    shards: int
    columns: Columns
    facets: Run[Facet]
    names: Run[tuple[str, Marks]]
    by_place: Piles[tuple[Facet, Origin]]
    telling: Piles[Told]
    claims: list[array[int]]
    """By shard the numbers of its claims."""
    named: set[int] = field(default_factory=set)

    @property
    def wide(self) -> int:
        """The pile of what is told of districts and regions."""
        return self.shards


def take(
    ledger: TellsInTurn, theatre: Theatre, judgements: Sequence[Judgement], folder: Path, size: int = SHARD
) -> Taken:
    """Take all claims that count; ``size`` is about how many of them make a shard."""
    shards = max(1, -(-ledger.size() // size))
    taken = Taken(
        shards,
        Columns(),
        Run(folder / "facets"),
        Run(folder / "names"),
        Piles(folder / "places"),
        Piles(folder / "telling"),
        [array("i") for _ in range(shards)],
    )
    taking = _Taking(taken, theatre, judgements)
    for some in _together(ledger.in_turn()):
        taking.take(some)
    taken.by_place.flush()
    taken.telling.flush()
    return taken


def _together(heard: Iterable[Heard]) -> Iterator[list[Heard]]:
    """Some documents at once; those of one day and name are never parted, as their claims stand among each other."""
    some: list[Heard] = []
    for one in heard:
        if len(some) >= _AT_ONCE and in_order(one[1])[:2] != in_order(some[-1][1])[:2]:
            yield some
            some = []
        some.append(one)
    if some:
        yield some


class _Taking:
    """Puts documents and their claims where they belong."""

    def __init__(self, taken: Taken, theatre: Theatre, judgements: Sequence[Judgement]) -> None:
        self._taken, self._theatre, self._judgements = taken, theatre, judgements
        self._reader = Reader(theatre)
        self._owners = independent.owners_of(theatre)
        self._mouths: dict[object, int] = {}

    def take(self, heard: Sequence[Heard]) -> None:
        """Take some documents; all of their claims come behind those taken before."""
        columns = self._taken.columns
        documents = {name: document for name, document, _ in heard}
        origins = credit.origins_by(documents, self._theatre)
        claims = counted((claim for *_, own in heard for claim in own), self._judgements)
        speaking = {claim.document_id for claim in claims}
        number: dict[str, int] = {}
        for name, document in documents.items():
            if name in speaking:
                number[name] = len(columns.documents)
                columns.documents.append(name)
                columns.said.append(in_order(document)[0])
                columns.origin.append(columns.origins.number(origins[name]))
                columns.languages.add(document.language)
        read = self._reader.read(claims, documents, len(columns))
        for facet in read:
            document = documents[facet.claim.document_id]
            self._column(facet, number[facet.claim.document_id], document)
            self._lay(facet, origins[facet.claim.document_id])
            self._tell(facet, document)
        self._taken.facets.extend(list(read))
        self._taken.names.extend([(facet.id, keys.of_claim(facet, origins)) for facet in read])

    def _column(self, facet: Facet, at: int, document: Document) -> None:
        columns, claim = self._taken.columns, facet.claim
        columns.names += packed(facet.id)
        columns.mouth.append(self._mouth(facet))
        columns.document.append(at)
        columns.kind.append(KINDS.index(claim.kind))
        columns.modality.append(MODALITIES.index(claim.modality))
        columns.interest.append(INTERESTS.index(interest(claim, claim.speaker.side, self._theatre)))
        columns.day.append(day_of(claim, document) or 0)

    def _mouth(self, facet: Facet) -> int:
        attribution = facet.claim.attribution
        known = (attribution.chain, attribution.type is AttributionType.NONE)
        found = self._mouths.get(known)
        if found is None:
            relays = tuple(one.name.casefold() for one in attribution.chain[1:-1])
            mouth = Mouth(
                attribution.chain[0],
                attribution.chain[-1],
                relays,
                teller(facet),
                independent.ties(facet, self._owners),
            )
            found = self._mouths[known] = self._taken.columns.mouths.number(mouth)
        return found

    def _lay(self, facet: Facet, origin: Origin) -> None:
        for shard in sorted({shard_of(place, self._taken.shards) for place in places_of(facet)}):
            self._taken.by_place.put(shard, (facet, origin))
            self._taken.claims[shard].append(facet.order)

    def _tell(self, facet: Facet, document: Document) -> None:
        claim = facet.claim
        if claim.kind not in TELLING:
            return
        told = (facet.order, claim, claim.document_id, replace(document, text="", furniture=(), passages=()))
        places = settlements(claim)
        if claim.kind is Kind.CONTROL:
            self._taken.named.update(places)
        for shard in sorted({shard_of(f"g{place}", self._taken.shards) for place in places}):
            self._taken.telling.put(shard, told)
        if any(place.precision in WIDE for place in claim.places):
            self._taken.telling.put(self._taken.wide, told)


def places_of(facet: Facet) -> frozenset[str]:
    """What a claim is sorted by: the places it speaks of and those it says are held; its kind where it speaks of none."""
    held = {place.removesuffix("/area") for place in facet.held}
    return frozenset((*facet.areas, *held, *(() if facet.areas else (nowhere(facet.claim.kind.value),))))


def nowhere(kind: str) -> str:
    """What claims of a kind are sorted by that speak of no place."""
    return f"/{kind}"


@lru_cache(maxsize=1 << 16)
def shard_of(place: str, shards: int) -> int:
    """The shard of a place."""
    return crc32(place.removesuffix("/area").encode("utf-8", "surrogatepass")) % shards
