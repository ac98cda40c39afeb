"""What a large ledger holds on one settlement, as a ledger of its own to read: the present as it was concluded, or a past day.

An answer about one settlement rests on the claims that name it, on those beside them in the same reports, on statements about
its district and region, on whom they contradict and bear out, and on the settlements next to it. Of the present the excerpt
has what was concluded of all; for a past day what it holds is concluded by itself, from what had been published by then and
from nothing else (``docs/scale.md`` says what that leaves out).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from fogline.concluding import conclude
from fogline.model import (
    Article,
    Claim,
    Conclusions,
    Control,
    Document,
    Extent,
    Judgement,
    Kind,
    Link,
    Matter,
    Run,
    StretchAt,
    Theatre,
    was_out,
)  # fmt: skip
from fogline.nearby import NEAREST, nearest
from fogline.ports import KeepsGrounds, KeepsHistory, ReadsLedger, ReadsParts
from fogline.review.deciding import Decision, counted, standing

if TYPE_CHECKING:
    from fogline.gazetteer import Entry
    from fogline.publish.evidence import Rest


@dataclass(frozen=True, slots=True)
class Doubts:
    """How a queue of readings is made: how many doubts there are of a claim as it is kept (an object of JSON), what each is worth
    where the claim moves nothing, and the claims to leave out.
    """

    of: Callable[[Mapping[str, Any]], int]
    easy: float
    out: frozenset[str]


@runtime_checkable
class Placewise(ReadsParts, KeepsGrounds, ReadsLedger, KeepsHistory, Protocol):
    """Hands over what a large ledger holds on one settlement, and what is to be known of the rest to tell of it."""

    def naming(self, geonameid: int | None, name: str, known_by: date | None) -> tuple[Claim, ...]:
        """Current claims that name a place, by its GeoNames id or, where they have none, by its name; claims of documents known
        by the day alone. Some name another of that name.
        """

    def out_by(self, claim_ids: Collection[str], day: date) -> frozenset[str]:
        """Those of the claims that are current, of documents published by the day."""

    def links_at_claims(self, claim_ids: Sequence[str]) -> Sequence[Link]:
        """The links of which one of the claims is an end, in their order."""

    def matters_with(self, claim_ids: Sequence[str]) -> Sequence[Matter]:
        """The matters to which one of the claims is an answer, in their order."""

    def of_kind(self, kind: Kind) -> tuple[Claim, ...]:
        """The current claims of a kind."""

    def speaks_of(self, geonameid: int, kind: Kind, known_by: date | None) -> bool:
        """Whether a current claim of a kind names a place."""

    def beside(self, document_ids: Collection[str]) -> tuple[Claim, ...]:
        """Current claims of documents that are about no settlement, or foretell."""

    def chief(self, document_ids: Collection[str], geonameid: int | None, name: str) -> frozenset[str]:
        """Those of the documents whose claims name a place at least as often as any other."""

    def extent(self, known_by: date | None) -> Extent:
        """How far all current documents reach, those known by a day."""

    def hashes(self, document_ids: Collection[str]) -> Mapping[str, str]:
        """The SHA-256 of the stored bytes by document."""

    def credibility_of(self, claim_ids: Collection[str]) -> Mapping[str, int]:
        """How credible claims are, by id; of those that were graded."""

    def stretches(self) -> tuple[StretchAt, ...]:
        """All stretches of control, by place and then GeoNames id, the oldest first."""

    def stretches_at(self, asked: Sequence[StretchAt]) -> tuple[Control, ...]:
        """For each stretch asked for its control cut to it, without daily beliefs and reasons."""

    def doubtful(self, doubts: Doubts, after: str, limit: int) -> tuple[Sequence[tuple[str, float]], bool]:
        """Ids of a page of current claims in doubt, the most urgent first, each with how much it moves an assessment; whether
        there are more. Raises ``KeyError`` where ``after`` is none of them.
        """


@dataclass(frozen=True)
class Excerpt:
    """The part of a ledger that is about one settlement, as known by ``day`` (``None``: all).

    ``outlines`` are the documents of ``told`` by id; without their text, where they have been concluded before. ``chief`` are
    those that name the settlement at least as often as any other place, ``extent`` is that of all documents of the ledger.
    """

    ledger: Placewise
    day: date | None
    told: tuple[Claim, ...]
    outlines: Mapping[str, Document]
    drawn: Conclusions
    chief: frozenset[str]
    extent: Extent

    def claims(self) -> tuple[Claim, ...]:
        """See ``ports.ReadsLedger``."""
        return self.told

    def documents(self) -> tuple[Document, ...]:
        """See ``ports.ReadsLedger``; with their text."""
        return self._whole

    @cached_property
    def _whole(self) -> tuple[Document, ...]:
        found = self.outlines if self.day is not None else self.ledger.whole(self.outlines.keys())
        return tuple(sorted(found.values(), key=lambda one: (one.name, one.id)))

    @property
    def texts(self) -> Mapping[str, Document]:
        """The documents by id with their text, each read when it is asked for."""
        return self.outlines if self.day is not None else Texts(self.ledger, self.outlines)

    def known(self, theatre: Theatre, day: date | None) -> tuple[tuple[Claim, ...], dict[str, Document], Conclusions]:
        """See ``knowing.Knows``; raises ``ValueError`` on another day than that of the excerpt."""
        if day != self.day:
            raise ValueError(f"The excerpt is as known by {self.day or 'all'}, not by {day or 'all'}.")
        return self.told, dict(self.outlines), self.drawn

    @cached_property
    def _hashes(self) -> Mapping[str, str]:
        return self.ledger.hashes(self.outlines.keys())

    def hashes_of(self, documents: Mapping[str, Document]) -> Mapping[str, str]:
        """See ``knowing.Knows``."""
        return self._hashes

    def concluded(self, geonameid: int | None, day: date | None) -> tuple[Control, ...] | None:
        """See ``knowing.Knows``."""
        return None if day is not None else tuple(one for one in self.drawn.control if one.geonameid == geonameid)

    @property
    def rest(self) -> Rest:
        """See ``knowing.Knows``."""
        from fogline.publish.evidence import Rest

        return Rest(extent=self.extent, chief=self.chief)

    def conclusions(self) -> Conclusions:
        """See ``ports.ReadsLedger``."""
        return self.drawn

    def article(self, article_id: str) -> Article:
        """See ``ports.ReadsLedger``."""
        return self.ledger.article(article_id)

    def has(self, run: Run, article_id: str) -> bool:
        """See ``ports.ReadsLedger``."""
        return self.ledger.has(run, article_id)

    def runs(self) -> tuple[tuple[Run, datetime], ...]:
        """See ``ports.KeepsHistory``."""
        return self.ledger.runs()

    def judgements(self) -> tuple[Judgement, ...]:
        """See ``ports.KeepsHistory``."""
        return self.ledger.judgements()


class Texts(Mapping[str, Document]):
    """Documents with their text, each read when it is asked for."""

    def __init__(self, ledger: Placewise, outlines: Mapping[str, Document]) -> None:
        self._ledger, self._outlines = ledger, outlines
        self._read: dict[str, Document] = {}

    def __getitem__(self, document_id: str) -> Document:
        if document_id not in self._read:
            self._read |= self._ledger.whole([self._outlines[document_id].id])
        return self._read[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)


def excerpt(ledger: Placewise, place: Entry, theatre: Theatre, day: date | None, extent: Extent) -> Excerpt:
    """What the ledger holds on a settlement, as known by ``day``; ``extent`` is that of all its documents by then."""
    from fogline.control.reach import TELLING
    from fogline.link.facets import in_ledger_order

    judgements = ledger.judgements()
    reading = _Reading(ledger, place, judgements, day)
    near = _near(ledger, place, theatre, reading, day)
    telling = ledger.speaking_of({*_ids(place), *near}, _units([*_ids(place), *near], theatre), TELLING)
    reading.take([*ledger.claims_named(telling), *(one for one in reading.corrected if one.kind in TELLING)])
    if day is not None:
        documents = ledger.whole({claim.document_id for claim in reading.found.values()})
        claims = in_ledger_order(reading.found.values(), documents)
        drawn = conclude(claims, documents, theatre, judgements=judgements)
    else:
        drawn = _concluded(ledger, reading, [*_ids(place), *near])
        documents = ledger.outlines(list({claim.document_id for claim in reading.found.values()}))
        claims = in_ledger_order(reading.found.values(), documents)
    return Excerpt(
        ledger=ledger, day=day, told=claims, outlines=documents, drawn=drawn,
        chief=_chief(ledger, place, judgements, reading.reports), extent=extent,
    )  # fmt: skip


class _Reading:
    """The claims taken so far, as people let them stand, of documents that were out by the day."""

    def __init__(self, ledger: Placewise, place: Entry, judgements: Sequence[Judgement], day: date | None) -> None:
        self._ledger, self._judgements, self._day = ledger, judgements, day
        self._out: dict[str, bool] = {}
        self.found: dict[str, Claim] = {}
        subjects = [one.subject for one in standing(judgements) if one.decision == Decision.CORRECT]
        self.corrected = counted(ledger.claims_by_id(subjects).values(), judgements)
        """Claims in which people set something right: tables find them by what they said before."""
        named = self.take([*ledger.naming(place.geonameid, place.name, day), *self.corrected], place)
        self.reports = {claim.document_id for claim in named}
        emptied = [one for one in self.corrected if one.document_id in self.reports and not one.places]
        self.about = [claim.id for claim in (*named, *self.take([*ledger.beside(self.reports), *emptied]))]

    def take(self, claims: Iterable[Claim], naming: Entry | None = None) -> list[Claim]:
        """Those of the claims that count, and name a place where one is given; they are kept."""
        kept = [one for one in counted(claims, self._judgements) if naming is None or _names(one, naming)]
        if self._day is not None:
            missing = {claim.document_id for claim in kept} - self._out.keys()
            known = self._ledger.outlines(list(missing)) if missing else {}
            self._out |= {name: was_out(document, self._day) for name, document in known.items()}
            kept = [claim for claim in kept if self._out.get(claim.document_id)]
        self.found |= {claim.id: claim for claim in kept}
        return kept


def _chief(
    ledger: Placewise, place: Entry, judgements: Sequence[Judgement], reports: Collection[str]
) -> frozenset[str]:
    """Those of the reports that name the settlement at least as often as any other place, in the claims that count."""
    from fogline.publish.evidence import chief

    judged = [one.subject for one in standing(judgements) if one.decision in (Decision.CORRECT, Decision.REJECT)]
    reread = {claim.document_id for claim in ledger.claims_by_id(judged).values()}.intersection(reports)
    as_kept = ledger.chief([name for name in reports if name not in reread], place.geonameid, place.name)
    if not reread:
        return as_kept
    return as_kept | chief(counted(ledger.claims_in(reread), judgements), place.name, place.geonameid)


def _names(claim: Claim, place: Entry) -> bool:
    from fogline.publish.evidence import is_place

    return any(is_place(p.name, p.geonameid, place.name, place.geonameid) for p in claim.places)


def _ids(place: Entry) -> list[int]:
    return [] if place.geonameid is None else [place.geonameid]


def _near(ledger: Placewise, place: Entry, theatre: Theatre, reading: _Reading, day: date | None) -> list[int]:
    """The settlements next to it of which claims tell who held them."""
    from fogline.control.observations import settlements
    from fogline.control.reach import TELLING
    from fogline.gazetteer.loading import load as gazetteer_of

    around = nearest(place, ledger.assessed_places(), gazetteer_of(theatre))
    if day is None:
        return [number for _, number in around[:NEAREST]]
    found: list[int] = []
    for _, number in around:
        if len(found) < NEAREST and ledger.speaks_of(number, Kind.CONTROL, day):
            told = reading.take(ledger.claims_named(ledger.speaking_of([number], [], TELLING)))
            if any(claim.kind is Kind.CONTROL and number in settlements(claim) for claim in told):
                found.append(number)
    return found


def _units(places: Iterable[int], theatre: Theatre) -> set[str]:
    """The districts and regions in which places lie."""
    from fogline.gazetteer.loading import load as gazetteer_of

    entries = (gazetteer_of(theatre).entry(number) for number in places)
    return {unit for one in entries if one is not None for unit in (one.district, one.region) if unit}


def _concluded(ledger: Placewise, reading: _Reading, places: Sequence[int]) -> Conclusions:
    """What was concluded of the claims taken, which are joined by those that it speaks of."""
    links = tuple(ledger.links_at_claims(reading.about))
    reached = reading.found.keys() | {end for link in links for end in (link.a, link.b)}
    matters = tuple(ledger.matters_with(list(reached)))
    families = ledger.families_of(reached)
    spoken = {name for one in matters for answer in one.answers for name in answer.claims}
    spoken |= reached | {name for family in families for name in family.members}
    reading.take(ledger.claims_by_id(list(spoken - reading.found.keys())).values())
    names = {voice.name for claim in reading.found.values() for voice in (*claim.attribution.chain, claim.outlet)}
    controls = (ledger.assessed(number) for number in places)
    return Conclusions(
        families=families, links=links, matters=matters, grades=(),
        sources=tuple(sorted(ledger.sources_named(names), key=lambda one: (one.name, one.type.value))),
        control=tuple(one for one in controls if one is not None),
    )  # fmt: skip
