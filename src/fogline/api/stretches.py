"""The stretches of control of a large ledger, a page at a time: only those that are shown are read, with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from fogline import __version__
from fogline.api.asking import boxed
from fogline.api.settled import once
from fogline.excerpt import Placewise
from fogline.model import Account, Conclusions, Place, PlacePrecision, StretchAt
from fogline.publish.exports import flat, geo
from fogline.publish.rows import Row
from fogline.review.deciding import counted

if TYPE_CHECKING:
    from fogline.api.answers import Answers

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class Stretches:
    """Stretches of control of the present: settlement by settlement, the oldest first."""

    def __init__(self, answers: Answers, ledger: Placewise) -> None:
        self._answers, self._ledger = answers, ledger
        self._index = once(lru_cache(1)(lambda revision: self._ledger.stretches()))
        self._points = once(lru_cache(1)(self._read_points))

    def found(self, first: date | None, last: date | None, box: Box | None) -> list[StretchAt]:
        """The stretches that share a day with an interval, of settlements in a box."""
        revision = self._answers.ledger.revision()
        points = self._points(revision)
        return [
            one
            for one in self._index(revision)
            if (first is None or one.end >= first)
            and (last is None or one.start <= last)
            and (box is None or _inside(points.get(one.geonameid or 0), box))
        ]

    def rows(self, asked: Sequence[StretchAt]) -> list[Row]:
        """The stretches as features, with the passages they rest on."""
        answers, ledger = self._answers, self._ledger
        controls = tuple(ledger.stretches_at(asked))
        ids = {name for control in controls for stretch in control.timeline for name in stretch.claims}
        every = {one.id: one for one in counted(ledger.claims_by_id(list(ids)).values(), answers.ledger.judgements())}
        documents = ledger.outlines(list({claim.document_id for claim in every.values()}))
        points = self._points(answers.ledger.revision())
        account = Account(
            claims=(),
            every=every,
            documents=documents,
            hashes=ledger.hashes(list(documents)),
            conclusions=Conclusions(
                families=ledger.families_of(every.keys()),
                links=(),
                matters=(),
                sources=ledger.sources_named({claim.speaker.name for claim in every.values()}),
                grades=ledger.grades_of(list(every)),
                control=controls,
            ),
            control=controls,
            points={one.geonameid: points[one.geonameid] for one in controls if one.geonameid in points},
            runs=(),
            theatre=answers.theatre,
            version=__version__,
        )
        return [geo.feature(row) for row in flat.control_rows(account)]

    def _read_points(self, revision: str) -> dict[int, Place]:
        return {
            one.geonameid: Place(
                name=one.name, text="", geonameid=one.geonameid, lat=one.lat, lon=one.lon,
                precision=PlacePrecision.SETTLEMENT,
            )
            for one in self._answers.places(None)
        }  # fmt: skip


def name_of(one: StretchAt) -> str:
    """The id of a stretch as a feature."""
    return f"{one.geonameid or one.place}/{one.start}"


def _inside(point: Place | None, box: Box) -> bool:
    return point is not None and point.lat is not None and point.lon is not None and boxed(point.lon, point.lat, box)
