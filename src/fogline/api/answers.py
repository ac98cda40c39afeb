"""What the doors answer: each a plain JSON value, from the ledger, the flow and the published row shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from fogline import __version__, flow, foreseeing
from fogline.api.problems import NotFound
from fogline.assessing import assessment_row, day_row
from fogline.config import Settings
from fogline.control.claimed import claimed_by
from fogline.foreseeing import Resolved
from fogline.model import (
    Asked,
    Claim,
    Conclusions,
    Control,
    Document,
    Mark,
    PlaceClaims,
    Relation,
    Theatre,
    fingerprint,
)
from fogline.ports import Ledger, PagesClaims
from fogline.publish import rows
from fogline.publish.rows import Row
from fogline.publish.wording import named
from fogline.review.deciding import reread
from fogline.store.words import phrases, tokens

_SNAPSHOTS = 4
_PAGE = 500
_NOT_LATIN = re.compile("[\u0400-\u04ff\u0600-\u06ff]")


class PagedLedger(Ledger, PagesClaims):
    """A ledger that can be served."""


@dataclass(frozen=True)
class Snapshot:
    """All that was known on a day, with what follows from it."""

    claims: dict[str, Claim]
    documents: dict[str, Document]
    conclusions: Conclusions


class Answers:
    """Answers about one ledger; what is dear to work out is kept for as long as the ledger stays as it is."""

    def __init__(self, ledger: PagedLedger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self._snapshot = lru_cache(_SNAPSHOTS)(self._known)
        self._resolved = lru_cache(_SNAPSHOTS)(lambda revision, day: foreseeing.resolved(ledger, settings, day))
        self._judgements = lru_cache(1)(lambda revision: ledger.judgements())
        self._claimed = lru_cache(_SNAPSHOTS)(self._claimed_by)
        self._places = lru_cache(_SNAPSHOTS)(lambda revision, day: ledger.places(day))

    @property
    def theatre(self) -> Theatre:
        """The theatre of the ledger."""
        return flow.theatre_of(self.settings, (), self.ledger)

    def worded(self, told: Iterable[Row]) -> list[Row]:
        """Rows whose reasons and questions name the sides in words, where the ledger has their codes."""
        theatre = self.theatre
        return [_worded(row, theatre) for row in told]

    def tag(self, address: str) -> str:
        """The strong entity tag of what an address answers now."""
        return f'"{fingerprint("tag", self.ledger.revision(), __version__, address)}"'

    def snapshot(self, day: date | None) -> Snapshot:
        """All that was known on a day."""
        return self._snapshot(self.ledger.revision(), day)

    def places(self, day: date | None) -> tuple[PlaceClaims, ...]:
        """The places that claims speak of, as known on a day."""
        return self._places(self.ledger.revision(), day)

    def resolved(self, day: date | None) -> tuple[Resolved, ...]:
        """Every speaker's forecasts and what became of them, as known on a day."""
        return self._resolved(self.ledger.revision(), day)

    def local_names(self, geonameid: int) -> list[str]:
        """The names of a place in Cyrillic or Arabic letters, the gazetteer's first two."""
        from fogline.gazetteer.loading import load

        entry = load(self.theatre).entry(geonameid)
        return [name for name in entry.names if _NOT_LATIN.search(name)][:2] if entry else []

    def claimed(self, day: date | None) -> Mapping[int, Mapping[str, str]]:
        """What each side last claimed of each assessed settlement, by GeoNames id and the side's code."""
        return self._claimed(self.ledger.revision(), day)

    def claims(self, asked: Asked, after: Mark | None, limit: int) -> tuple[list[Row], Mark | None]:
        """A page of claims as rows."""
        page = self.ledger.page(asked, after=after, limit=limit)
        return self.claim_rows(page.claims), page.after

    def claim(self, claim_id: str, day: date | None) -> Row:
        """One claim; raises ``NotFound``."""
        try:
            claim = self.ledger.claim(claim_id)
        except KeyError as error:
            raise NotFound(f"There is no claim {claim_id!r}.", "Look for it in /v1/claims.") from error
        document = self.ledger.document(claim.document_id)
        _check_known(document, day)
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

    def ids(self, asked: Asked) -> frozenset[str]:
        """The ids of the claims asked for."""
        return frozenset(claim.id for claim in self._all(asked))

    def disputes(self, asked: Asked) -> list[Row]:
        """The contradictions of which an end is asked for."""
        known = self.snapshot(asked.known_by)
        wanted = self.ids(asked)
        return self.worded(
            rows.dispute_row(link, known.claims, known.documents)
            for link in known.conclusions.links
            if link.relation is Relation.CONTRADICTS
            and {link.a, link.b} & wanted
            and {link.a, link.b} <= known.claims.keys()
        )

    def matters(self, asked: Asked) -> list[Row]:
        """The questions to which one of the claims asked for is an answer."""
        known = self.snapshot(asked.known_by)
        found = rows.matter_rows(known.conclusions, tuple(known.claims.values()), list(self._all(asked)))
        return self.worded(found)

    def control(self, place: str, day: date | None) -> Control:
        """Who held a settlement when; raises ``UnknownPlace``."""
        return flow.control(self.ledger, place, self.settings, day=day)

    def _all(self, asked: Asked) -> Iterator[Claim]:
        after: Mark | None = None
        while True:
            page = self.ledger.page(asked, after=after, limit=_PAGE)
            yield from page.claims
            after = page.after
            if after is None:
                return

    def assessment(self, place: str, day: date | None, on: date | None = None) -> Row:
        """A settlement's control as known by a day, with what belongs to it, and the belief of every day.

        With ``on``, ``day`` is that day's, and ``claimed`` is what each side had claimed by then.
        """
        found, known = self.control(place, day), self.snapshot(day)
        claims = [one for one in known.claims.values() if on is None or _was_out(known.documents[one.document_id], on)]
        row = assessment_row(found, claims, self.theatre, on=on)
        first = None if found.start is None else found.start.isoformat()
        belief = [[round(share, 4) for share in shares] for shares in found.daily]
        return row | {"days": {"from": first, "states": list(found.states), "belief": belief}}

    def claim_rows(self, claims: Sequence[Claim]) -> list[Row]:
        """The claims as rows, in their order, with what people set right in them."""
        claims = reread(claims, self._judgements(self.ledger.revision()))
        documents = {name: self.ledger.document(name) for name in {claim.document_id for claim in claims}}
        families = self.ledger.families([claim.id for claim in claims])
        return [rows.claim_row(claim, documents[claim.document_id], families.get(claim.id)) for claim in claims]

    def _claimed_by(self, revision: str, day: date | None) -> dict[int, dict[str, str]]:
        theatre, known = self.theatre, self.snapshot(day)
        spoken: dict[int, list[Claim]] = {}
        for claim in known.claims.values():
            for number in {place.geonameid for place in claim.places if place.geonameid is not None}:
                spoken.setdefault(number, []).append(claim)
        return {
            number: {side: one.status for side, one in claimed_by(spoken.get(number, ()), theatre, number).items()}
            for number in (one.geonameid for one in known.conclusions.control)
            if number is not None
        }

    def _known(self, revision: str, day: date | None) -> Snapshot:
        claims, documents, conclusions = flow.known_by(self.ledger, self.theatre, day)
        return Snapshot({claim.id: claim for claim in claims}, documents, conclusions)


def _worded(row: Row, theatre: Theatre) -> Row:
    told = dict(row)
    if "reasons" in row:
        told["reasons"] = [{**one, "detail": named(one["detail"], theatre)} for one in row["reasons"]]
    if "question" in row:
        told["question"] = named(row["question"], theatre)
    return told


def document_row(document: Document) -> Row:
    """What a list says of a document."""
    return {
        "id": document.id,
        "name": document.name,
        "outlet": document.outlet or None,
        "title": document.title or None,
        "language": document.language or None,
        "published": rows.published(document.published),
        "url": document.url or None,
        "domain": document.domain or None,
        "outlet_known": document.outlet_known,
        "authors": list(document.authors),
        "modified": rows.published(document.modified),
        "known_from": asdict(document.origins),
    }


def change_rows(control: Control) -> list[Row]:
    """The days on which the assessed status of a settlement changed, the latest first, with the belief of the day and its eve."""
    told = [
        (day_row(control, before.end), day_row(control, after.start))
        for before, after in pairwise(control.timeline)
        if before.status != after.status
    ]
    return [
        {
            "place": control.place,
            "on": after["on"],
            "before": before["status"],
            "after": after["status"],
            "belief_before": before["belief"],
            "belief_after": after["belief"],
            "claims": after["claims"],
        }
        for before, after in reversed(told)
        if before and after
    ]


def feature(
    place: PlaceClaims,
    control: Control | None,
    on: date | None,
    names: Sequence[str] = (),
    claimed: Mapping[str, str] | None = None,
) -> Row:
    """A place as a GeoJSON feature (RFC 7946), with what is assessed of it on a day, or else on the last assessed day.

    ``claimed`` is what each side last claimed of it, by the side's code; ``names`` are its names in other letters.
    """
    point = None if place.lat is None or place.lon is None else [place.lon, place.lat]
    stretches = () if control is None else control.timeline
    there = [one for one in stretches if on is None or one.start <= on <= one.end]
    now = day_row(control, on or there[-1].end) if control and there else None
    return {
        "type": "Feature",
        "id": place.geonameid,
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": {
            "name": place.name,
            "names": list(names),
            "claims": place.claims,
            "claimed": dict(claimed or {}),
            "status": now["status"] if now else None,
            "belief": now["belief"] if now else {},
            "valid_from": there[-1].start.isoformat() if there else None,
            "valid_to": there[-1].end.isoformat() if there else None,
        },
    }


def highlights(quote: str, words: str) -> list[list[int]]:
    """Where the words asked for stand in a quotation, as [start, end] of runs of letters and digits.

    >>> highlights("The bridge, the BRIDGE.", "bridge")
    [[4, 10], [16, 22]]
    """
    import re

    wanted = {token for phrase in phrases(words) for token in phrase}
    return [
        [run.start(), run.end()] for run in re.finditer(r"[^\W_]+", quote) if wanted.intersection(tokens(run.group()))
    ]


def _was_out(document: Document, day: date) -> bool:
    start = document.published.start
    return start is not None and start <= day


def _check_known(document: Document, day: date | None) -> None:
    if day is not None and not _was_out(document, day):
        raise NotFound(f"{document.name} was not known by {day}.", "Ask with a later day in known_by.")
