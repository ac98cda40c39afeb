"""Answers about one settlement: from its part of a ledger, and from all of it only where that is small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from threading import RLock
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from fogline import flow
from fogline.api.known import Parts
from fogline.api.present import claimed_of
from fogline.errors import UnknownPlace
from fogline.excerpt import Excerpt, Placewise, excerpt
from fogline.model import CONTESTED, Asked, Claim, Control, Extent, was_out
from fogline.ports import Ledger, ReadsParts
from fogline.publish.rows import Row

if TYPE_CHECKING:
    from fogline.api.answers import Answers
    from fogline.gazetteer import Entry

P = ParamSpec("P")
T = TypeVar("T")

_EXCERPTS = 8
"""Settlements' parts of a ledger that are kept: some kilobytes a claim."""


class Settled:
    """What is known of one settlement; a part that was read is kept for as long as the ledger stays as it is."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._spoken = lru_cache(1)(lambda revision: {one.geonameid: one.claims for one in answers.places(None)})
        self._extents = lru_cache(_EXCERPTS)(lambda revision, day: cast("Placewise", answers.ledger).extent(day))
        self._excerpts = once(lru_cache(_EXCERPTS)(self._read))

    def meant(self, place: str) -> Entry:
        """The settlement meant by a name; raises ``UnknownPlace``."""
        answers = self._answers
        return flow.place_spoken_of(place, self._spoken(answers.ledger.revision()), answers.theatre)

    def extent(self, day: date | None) -> Extent:
        """How far all documents known by a day reach, of a ledger in tables."""
        return self._extents(self._answers.ledger.revision(), day)

    def part(self, place: str, day: date | None) -> Ledger:
        """A ledger from which all about a settlement follows as from all of it, as known on a day: its part, or the whole.

        A past day of a ledger that is not large is concluded from all of it.
        """
        ledger = self._answers.ledger
        if not isinstance(ledger, Placewise) or (day is not None and not self._answers.large):
            return ledger
        return cast("Ledger", self._excerpts(ledger.revision(), self.meant(place), day))

    def excerpt_of(self, asked: Asked, day: date) -> Excerpt:
        """The part of a ledger in tables about the settlement asked for, by its GeoNames id or name."""
        return self._excerpts(self._answers.ledger.revision(), self._asked(asked), day)

    def _asked(self, asked: Asked) -> Entry:
        """The settlement asked for; where the gazetteer lacks it one that has no more than the name that claims give it."""
        from fogline.gazetteer import Entry, Feature
        from fogline.gazetteer.loading import load

        known = None if asked.geonameid is None else load(self._answers.theatre).entry(asked.geonameid)
        try:
            return known or self.meant(asked.place)
        except UnknownPlace:
            return Entry(name=asked.place, feature=Feature.SETTLEMENT, number=-1, geonameid=asked.geonameid)

    def control(self, place: str, day: date | None) -> Control:
        """Who held a settlement when; raises ``UnknownPlace``."""
        answers = self._answers
        if day is None and isinstance(answers.ledger, ReadsParts):
            theatre, entry = answers.theatre, self.meant(place)
            found = None if entry.geonameid is None else answers.ledger.assessed(entry.geonameid)
            if found is None:
                return flow.nothing_known(entry.name, entry.geonameid, theatre, day)
            if found.states == (*theatre.codes, CONTESTED):
                return found
            return flow.control(answers.ledger, place, answers.settings)
        return flow.control(self.part(place, day), place, answers.settings, day=day)

    def evidence(self, place: str, control: Control, day: date | None, on: date | None) -> Iterable[Claim]:
        """Claims from which it follows what each side claims of a place."""
        answers = self._answers
        known = answers.known(None) if day is None else None
        if isinstance(known, Parts):
            return () if control.geonameid is None else claimed_of(known, control.geonameid, answers.theatre, on)
        part = self.part(place, day)
        if isinstance(part, Excerpt):
            return [one for one in part.told if on is None or was_out(part.outlines[one.document_id], on)]
        whole = answers.whole(day)
        claims = list(whole.every())
        documents = whole.documents({claim.document_id for claim in claims})
        return [one for one in claims if on is None or was_out(documents[one.document_id], on)]

    def voiced(self, place: str, day: date | None, claims: Mapping[str, Sequence[str]]) -> dict[str, Row]:
        """By side in how many reports, and by how many independent voices, its claims about a settlement are made."""
        part = None if day is None else self.part(place, day)
        every = [name for own in claims.values() for name in own]
        if isinstance(part, Excerpt):
            documents: Mapping[str, str] = {claim.id: claim.document_id for claim in part.told}
            families: Mapping[str, str] = {name: one.id for one in part.drawn.families for name in one.members}
        else:
            known = self._answers.known(day)
            documents = known.documents_of(every)
            families = (
                self._answers.ledger.families(every)
                if day is None
                else {name: one.id for name, one in known.families(every).items()}
            )
        return {
            side: {
                "reports": len({documents[name] for name in own if name in documents}),
                "voices": len({families.get(name, name) for name in own}),
            }
            for side, own in claims.items()
        }

    def speakers(self, place: str, day: date | None) -> Mapping[str, str]:
        """The speakers of the claims about a settlement, by the claims' ids."""
        part = self.part(place, day)
        claims = part.told if isinstance(part, Excerpt) else self._answers.whole(day).every()
        return {claim.id: claim.speaker.name for claim in claims}

    def _read(self, revision: str, entry: Entry, day: date | None) -> Excerpt:
        answers = self._answers
        return excerpt(cast("Placewise", answers.ledger), entry, answers.theatre, day, self.extent(day))


def once(found: Callable[P, T]) -> Callable[P, T]:
    """The same, for one thread at a time: what is dear to work out is not worked out by all who wait for it."""
    lock = RLock()

    def found_once(*args: P.args, **kwargs: P.kwargs) -> T:
        with lock:
            return found(*args, **kwargs)

    return found_once
