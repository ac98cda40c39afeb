"""A ledger in memory: for trying things out, and the plain meaning of what every other store must do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from fogline.model import (
    Article,
    Asked,
    Claim,
    Conclusions,
    Document,
    Grounds,
    Judgement,
    Mark,
    Page,
    Place,
    PlaceClaims,
    Reading,
    Run,
)
from fogline.store import asking
from fogline.store.reading import check, distinct
from fogline.store.rows import moment
from fogline.store.words import ranked


class MemoryLedger:
    """``ports.Ledger``, ``SearchesText``, ``SearchesMap`` and ``PagesClaims`` over dictionaries; gone when the process ends."""

    def __init__(self) -> None:
        self._runs: dict[str, tuple[Run, datetime]] = {}
        self._readings: dict[str, dict[str, Reading]] = {}
        self._conclusions = Conclusions()
        self._judgements: dict[str, Judgement] = {}
        self._revision = 0

    def __enter__(self) -> MemoryLedger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, run: Run, at: datetime) -> None:
        """See ``ports.WritesLedger``."""
        self._revision += 1
        self._runs.setdefault(run.id, (run, at))
        self._readings.setdefault(run.id, {})

    def add(self, run: Run, readings: Iterable[Reading], at: datetime) -> int:
        """See ``ports.WritesLedger``.

        Raises ``LedgerError`` for a reading whose article, document and claims do not belong together.
        """
        kept = self._readings.get(run.id, {})
        new: dict[str, Reading] = {}
        for reading in readings:
            if reading.article.id not in kept and reading.article.id not in new:
                check(reading)
                new[reading.article.id] = reading
        self.start(run, at)
        self._readings[run.id].update(new)
        return len(new)

    def conclude(self, conclusions: Conclusions, grounds: Grounds | None = None) -> None:
        """See ``ports.WritesLedger``; it keeps no grounds, and all is concluded anew each time."""
        del grounds
        self._revision += 1
        self._conclusions = conclusions

    def judge(self, judgement: Judgement) -> None:
        """See ``ports.WritesLedger``; a judgement that is there already is not added twice."""
        self._revision += 1
        self._judgements.setdefault(judgement.id, judgement)

    def has(self, run: Run, article_id: str) -> bool:
        """See ``ports.ReadsLedger``."""
        return article_id in self._readings.get(run.id, {})

    def article(self, article_id: str) -> Article:
        """See ``ports.ReadsLedger``."""
        for read in self._readings.values():
            if article_id in read:
                return read[article_id].article
        raise KeyError(article_id)

    def documents(self) -> tuple[Document, ...]:
        """See ``ports.ReadsLedger``."""
        return tuple(reading.document for reading in self._current())

    def claims(self) -> tuple[Claim, ...]:
        """See ``ports.ReadsLedger``."""
        return tuple(claim for reading in self._current() for claim in distinct(reading))

    def current(self) -> Sequence[str]:
        """See ``publish.verify.HandsOver``."""
        return [reading.document.id for reading in self._current()]

    def readings(self, documents: Iterable[str]) -> Mapping[str, Reading]:
        """See ``publish.verify.HandsOver``."""
        wanted = set(documents)
        found = {reading.document.id: reading for reading in self._current() if reading.document.id in wanted}
        return {name: replace(reading, claims=tuple(distinct(reading))) for name, reading in found.items()}

    def conclusions(self) -> Conclusions:
        """See ``ports.ReadsLedger``."""
        return self._conclusions

    def runs(self) -> tuple[tuple[Run, datetime], ...]:
        """See ``ports.KeepsHistory``."""
        return tuple(self._runs.values())

    def judgements(self) -> tuple[Judgement, ...]:
        """See ``ports.KeepsHistory``; those of one moment in the order in which they were added."""
        return tuple(sorted(self._judgements.values(), key=lambda judgement: moment(judgement.at)))

    def search(self, words: str) -> tuple[Claim, ...]:
        """See ``ports.SearchesText``; best by BM25, and then in the order of ``claims``."""
        claims = self.claims()
        return tuple(claims[n] for n in ranked(words, [claim.quote for claim in claims]))

    def within(self, south: float, west: float, north: float, east: float) -> tuple[Claim, ...]:
        """See ``ports.SearchesMap``; a box whose ``west`` is east of its ``east`` goes across the 180th meridian."""

        def inside(place: Place) -> bool:
            if place.lat is None or place.lon is None or not south <= place.lat <= north:
                return False
            return west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east

        return tuple(claim for claim in self.claims() if any(map(inside, claim.places)))

    def revision(self) -> str:
        """See ``ports.PagesClaims``."""
        return str(self._revision)

    def page(self, asked: Asked, *, after: Mark | None = None, limit: int = 100) -> Page:
        """See ``ports.PagesClaims``."""
        return asking.page(self._dated(), asked, after, limit)

    def claim(self, claim_id: str) -> Claim:
        """See ``ports.PagesClaims``."""
        return {claim.id: claim for claim in self.claims()}[claim_id]

    def document(self, document_id: str) -> Document:
        """See ``ports.PagesClaims``."""
        return {document.id: document for document in self.documents()}[document_id]

    def families(self, claim_ids: Sequence[str]) -> Mapping[str, str]:
        """See ``ports.PagesClaims``."""
        wanted = set(claim_ids)
        return {name: family.id for family in self._conclusions.families for name in family.members if name in wanted}

    def places(self, known_by: date | None = None) -> tuple[PlaceClaims, ...]:
        """See ``ports.PagesClaims``."""
        return asking.places(self._dated(), known_by)

    def counts(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """See ``ports.PagesClaims``."""
        return asking.counts(self._dated(), asked)

    def months(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """See ``ports.PagesClaims``."""
        return asking.months(self._dated(), asked)

    def _dated(self) -> list[asking.Dated]:
        return [(claim, reading.document) for reading in self._current() for claim in distinct(reading)]

    def close(self) -> None:
        """Nothing to let go of."""

    def _current(self) -> Iterator[Reading]:
        """The readings of the latest run of each article, by the document's name and then id."""
        latest = {article: reading for read in self._readings.values() for article, reading in read.items()}
        yield from sorted(latest.values(), key=lambda reading: (reading.document.name, reading.document.id))
