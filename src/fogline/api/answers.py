"""What the doors answer: each a plain JSON value, from the ledger, the flow and the published row shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import orjson

from fogline import __version__, flow, forecasting
from fogline.api.assessed import Assessed
from fogline.api.concluded import ToldConclusions
from fogline.api.known import Known, Parts, Whole
from fogline.api.mapped import Layer, layer
from fogline.api.past import PastParts
from fogline.api.pieces import Piece, ToldClaims, piece
from fogline.api.present import claimed_everywhere
from fogline.api.problems import NotFound
from fogline.api.settled import Settled, once
from fogline.api.telling import document_row, feature, foremost, kept_document_row, worded
from fogline.config import Settings
from fogline.control.claimed import claimed_by
from fogline.excerpt import Placewise
from fogline.forecasting import Resolved
from fogline.model import (
    Asked,
    Claim,
    Control,
    Document,
    Judgement,
    Link,
    Mark,
    PlaceClaims,
    Relation,
    Theatre,
    fingerprint,
    was_out,
)
from fogline.ports import HoldsColumns, Ledger, PagesClaims, ReadsParts
from fogline.publish import rows
from fogline.publish.rows import Row
from fogline.review.deciding import reread

if TYPE_CHECKING:
    from fogline.gazetteer import Entry

P = ParamSpec("P")
T = TypeVar("T")

_SNAPSHOTS = 4
_PAGE = 500
LARGE = 10_000
"""With more claims an answer reads no more than it shows, and processes of their own find it."""
_NOT_LATIN = re.compile("[\u0400-\u04ff\u0600-\u06ff]")


class PagedLedger(Ledger, PagesClaims):
    """A ledger that can be served."""


class Answers:
    """Answers about one ledger; what is dear to work out is kept for as long as the ledger stays as it is."""

    def __init__(self, ledger: PagedLedger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self._whole = once(lru_cache(_SNAPSHOTS)(self._all_known))
        self._parts = once(lru_cache(1)(self._parts_known))
        self._resolved = lru_cache(_SNAPSHOTS)(lambda revision, day: forecasting.resolved(ledger, settings, day))
        self._judgements = lru_cache(1)(lambda revision: ledger.judgements())
        self._claimed = once(lru_cache(_SNAPSHOTS)(self._claimed_by))
        self._places = once(lru_cache(_SNAPSHOTS)(lambda revision, day: ledger.places(day)))
        self._held = once(lru_cache(_SNAPSHOTS)(self._held_on))
        self._features = once(lru_cache(_SNAPSHOTS)(self._featured))
        self._theatre = lru_cache(1)(lambda revision: flow.theatre_of(settings, (), ledger))
        self._count = lru_cache(1)(lambda revision: sum(ledger.counts(Asked())["kind"].values()))
        self.settled = Settled(self)
        self.assessed = Assessed(self)
        # Looked at once: to see whether a ledger has a power takes longer than many a question to it.
        self._holding = ledger if isinstance(ledger, HoldsColumns) else None
        self.told = ToldClaims(self, ledger) if isinstance(ledger, ReadsParts) else None
        self._concluded = None if self.told is None else ToldConclusions(self, self.told)

    def moment(self) -> AbstractContextManager[None]:
        """Within this, what a thread is told is of one state of the ledger, and asked of it in one go."""
        return nullcontext() if self._holding is None else self._holding.moment()

    @property
    def theatre(self) -> Theatre:
        """The theatre of the ledger."""
        return self._theatre(self.ledger.revision())

    def warm(self) -> None:
        """Work out what many answers begin with, where the ledger holds columns."""
        if self.large and isinstance(self.ledger, ReadsParts):
            self.features(None, None)
            self.disputes(Asked(), "", 1)

    def worded(self, told: Iterable[Row]) -> list[Row]:
        """Rows whose reasons and questions name the sides in words, where the ledger has their codes."""
        theatre = self.theatre
        return [worded(row, theatre) for row in told]

    def tag(self, address: str) -> str:
        """The strong entity tag of what an address answers now."""
        return f'"{fingerprint("tag", self.ledger.revision(), __version__, address)}"'

    @property
    def large(self) -> bool:
        """Whether the ledger holds more than can be read whole for one answer."""
        return self.claims_in_all > LARGE

    @property
    def claims_in_all(self) -> int:
        """How many claims the ledger has."""
        return self._count(self.ledger.revision())

    @property
    def foremost(self) -> str | None:
        """The name of the settlement most is said of, among those of which something is assessed where there are any."""
        return foremost(self.places(None), self.held(None, None))

    def known(self, day: date | None) -> Known:
        """What was known on a day, by need."""
        if day is None and self.told is not None:
            return self._parts(self.ledger.revision())
        return self.whole(day)

    def known_of(self, asked: Asked) -> Known:
        """What was known of the claims asked for, by need: of a past day of a large ledger that of their settlement."""
        if asked.known_by is None or not self.large or not isinstance(self.ledger, Placewise):
            return self.known(asked.known_by)
        if not asked.place and asked.geonameid is None:
            return PastParts(self.ledger, self.ledger.judgements(), asked.known_by)
        part = self.settled.excerpt_of(asked, asked.known_by)
        return Whole(part.told, part.outlines, part.drawn, self.ids)

    def whole(self, day: date | None) -> Whole:
        """All that was known on a day."""
        return self._whole(self.ledger.revision(), day)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided."""
        return self._judgements(self.ledger.revision())

    def places(self, day: date | None) -> tuple[PlaceClaims, ...]:
        """The places that claims speak of, as known on a day."""
        return self._places(self.ledger.revision(), day)

    def resolved(self, day: date | None) -> tuple[Resolved, ...]:
        """Every speaker's forecasts and what became of them, as known on a day."""
        return self._resolved(self.ledger.revision(), day)

    def claimed(self, day: date | None) -> Mapping[int, Mapping[str, str]]:
        """What each side last claimed of each assessed settlement, by GeoNames id and the side's code."""
        return self._claimed(self.ledger.revision(), day)

    def held(self, day: date | None, on: date | None) -> Mapping[int, Control]:
        """The control of each place as known on a day; it may be cut to the day ``on``, or the last assessed one."""
        return self._held(self.ledger.revision(), day, on)

    def features(self, day: date | None, on: date | None) -> Layer:
        """All places as GeoJSON features, with what is assessed of them on a day, as known on another."""
        return self._features(self.ledger.revision(), day, on)

    def claims(self, asked: Asked, after: Mark | None, limit: int) -> tuple[list[Piece], Mark | None]:
        """A page of claims as rows that are written."""
        if self.told is not None:
            return self.told.page(asked, after, limit)
        page = self.ledger.page(asked, after=after, limit=limit)
        return [piece(row) for row in self.claim_rows(page.claims)], page.after

    def claim(self, claim_id: str, day: date | None) -> Row:
        """One claim; raises ``NotFound``."""
        try:
            claim = self.ledger.claim(claim_id)
        except KeyError as error:
            raise NotFound(f"There is no claim {claim_id!r}.", "Look for it in /v1/claims.") from error
        if day is not None:
            _check_known(self.ledger.document(claim.document_id), day)
        return self.claim_rows([claim])[0]

    def published(self, claim: Claim) -> str | None:
        """The first day on which the claim's document was known."""
        start = self.ledger.document(claim.document_id).published.start
        return start.isoformat() if start else None

    def document(self, document_id: str, day: date | None) -> Row:
        """One document: its text as plain text, where its furniture is, and its claims; raises ``NotFound``."""
        try:
            document = self.ledger.document(document_id)
        except KeyError as error:
            raise NotFound(f"There is no document {document_id!r}.", "Look for it in /v1/documents.") from error
        _check_known(document, day)
        claims = sorted(self._all(Asked(document_id=document_id)), key=lambda claim: (claim.span, claim.id))
        return {
            **document_row(document),
            "sha256": self.ledger.article(document.article_id).sha256,
            "text": document.text,
            "parts": [[part.span.start, part.span.end, part.published.edtf, part.time] for part in document.parts],
            "passages": [[one.span.start, one.span.end, one.language] for one in document.passages],
            "furniture": [[one.span.start, one.span.end, one.kind.value] for one in document.furniture],
            "claims": self.claim_rows(claims),
        }

    def documents(self, day: date | None, after: str, limit: int) -> tuple[list[Row], str | None]:
        """A page of the documents known on a day, by name."""
        if isinstance(self.ledger, ReadsParts):
            kept, mark = self._parts(self.ledger.revision()).documents_page(after, limit, day)
            return [kept_document_row(name, orjson.loads(body)) for name, body in kept.items()], mark
        page, mark = self.whole(day).documents_page(after, limit)
        return [document_row(document) for document in page], mark

    def ids(self, asked: Asked) -> frozenset[str]:
        """The ids of the claims asked for."""
        return frozenset(claim.id for claim in self._all(asked))

    def disputes(self, asked: Asked, after: str, limit: int) -> tuple[list[Any], str | None, int]:
        """A page of the contradictions of which an end is asked for, the latest first, and how many there are."""
        known = self.known_of(asked)
        if self._concluded is not None and isinstance(known, Parts):
            return self._concluded.disputes(known, asked, after, limit)
        found, mark, total = cast("Whole", known).disputes_page(asked, after, limit)
        return self.worded(dispute_rows(known, found)), mark, total

    def dispute(self, known: Known, name: str) -> tuple[Row, list[str]] | None:
        """The row of a contradiction that is known, and the documents of its ends."""
        if self._concluded is not None and isinstance(known, Parts):
            return self._concluded.dispute(known, name)
        link = cast("Whole", known).link(name)
        found = [] if link is None or link.relation is not Relation.CONTRADICTS else dispute_rows(known, [link])
        if link is None or not found:
            return None
        ends = known.claims([link.a, link.b])
        return self.worded(found)[0], [ends[end].document_id for end in (link.a, link.b)]

    def firsts(self, known: Known, families: Mapping[str, str]) -> dict[str, Any]:
        """The rows of claims that begin families, by their ids; a family of a past day is another one than that of today."""
        plain = (
            [] if self.told is None or known is not self.known(None) else [n for n, of in families.items() if n != of]
        )
        found: dict[str, Any] = {
            name: one.row for name, one in zip(plain, self.told.of(plain) if self.told else (), strict=True)
        }
        others = known.claims(families.keys() - found.keys())
        documents = known.documents({claim.document_id for claim in others.values()})
        return found | {
            name: rows.claim_row(claim, documents[claim.document_id], families[name]) for name, claim in others.items()
        }

    def matters(self, asked: Asked, after: str, limit: int) -> tuple[list[Any], str | None]:
        """A page of the questions to which one of the claims asked for is an answer."""
        known = self.known_of(asked)
        if self._concluded is not None and isinstance(known, Parts):
            return self._concluded.matters(known, asked, after, limit)
        found, mark = cast("Whole", known).matters_page(asked, after, limit)
        documents = known.documents_of({name for one in found for answer in one.answers for name in answer.claims})
        return self.worded(rows.matter_row(one, documents) for one in found), mark

    def named(self, ids: Sequence[str]) -> list[Piece]:
        """The current claims of these ids as rows that are written, in this order."""
        if self.told is not None:
            return self.told.of(ids)
        return [piece(row) for row in self.claim_rows([self.ledger.claim(name) for name in ids])]

    def _all(self, asked: Asked) -> Iterator[Claim]:
        after: Mark | None = None
        while True:
            page = self.ledger.page(asked, after=after, limit=_PAGE)
            yield from page.claims
            after = page.after
            if after is None:
                return

    def claim_rows(self, claims: Sequence[Claim]) -> list[Row]:
        """The claims as rows, in their order, with what people set right in them."""
        claims = reread(claims, self.judgements)
        documents = {name: self.ledger.document(name) for name in {claim.document_id for claim in claims}}
        families = self.ledger.families([claim.id for claim in claims])
        return [rows.claim_row(claim, documents[claim.document_id], families.get(claim.id)) for claim in claims]

    def _claimed_by(self, revision: str, day: date | None) -> dict[int, dict[str, str]]:
        theatre, known = self.theatre, self.known(day)
        if isinstance(known, Parts):
            return claimed_everywhere(known, known.assessed_places(), theatre)
        spoken: dict[int, list[Claim]] = {}
        whole = self.whole(day)
        for claim in whole.every():
            for number in {place.geonameid for place in claim.places if place.geonameid is not None}:
                spoken.setdefault(number, []).append(claim)
        return {
            number: {side: one.status for side, one in claimed_by(spoken.get(number, ()), theatre, number).items()}
            for number in (one.geonameid for one in whole.conclusions.control)
            if number is not None
        }

    def _held_on(self, revision: str, day: date | None, on: date | None) -> Mapping[int, Control]:
        if day is None and isinstance(self.ledger, ReadsParts):
            return self.ledger.held_on(on)
        return {one.geonameid: one for one in self.whole(day).conclusions.control if one.geonameid is not None}

    def _featured(self, revision: str, day: date | None, on: date | None) -> Layer:
        from fogline.gazetteer.loading import load

        held, claimed, gazetteer = self.held(day, on), self.claimed(day), load(self.theatre)
        return layer(
            [
                feature(
                    place,
                    held.get(place.geonameid),
                    on,
                    _local_names(gazetteer.entry(place.geonameid)),
                    claimed.get(place.geonameid),
                )
                for place in self.places(day)
            ]
        )

    def _parts_known(self, revision: str) -> Parts:
        return Parts(cast("ReadsParts", self.ledger), self.ledger.judgements())

    def _all_known(self, revision: str, day: date | None) -> Whole:
        claims, documents, conclusions = flow.known_by(self.ledger, self.theatre, day)
        return Whole(claims, documents, conclusions, self.ids)


def dispute_rows(known: Known, links: Sequence[Link]) -> list[Row]:
    """Contradictions as rows; those of which an end is not known are left out."""
    claims = known.claims({end for link in links for end in (link.a, link.b)})
    documents = known.documents({claim.document_id for claim in claims.values()})
    return [rows.dispute_row(link, claims, documents) for link in links if {link.a, link.b} <= claims.keys()]


def _local_names(entry: Entry | None) -> list[str]:
    """The names of a place in Cyrillic or Arabic letters, the gazetteer's first two."""
    return [name for name in entry.names if _NOT_LATIN.search(name)][:2] if entry else []


def _check_known(document: Document, day: date | None) -> None:
    if day is not None and not was_out(document, day):
        raise NotFound(f"{document.name} was not known by {day}.", "Ask with a later day in known_by.")
