"""The stretches of control of a large ledger, a page at a time: only those that are shown are read, with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fogline.api.asking import boxed
from fogline.api.known import Parts
from fogline.api.settled import once
from fogline.excerpt import Placewise
from fogline.model import Place, PlacePrecision, StretchAt
from fogline.publish import told_rows
from fogline.publish.exports import flat, geo
from fogline.publish.rows import Row

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
        controls = ledger.stretches_at(asked)
        known = answers.known(None)
        assert isinstance(known, Parts)
        told = known.told({name for control in controls for stretch in control.timeline for name in stretch.claims})
        family = answers.ledger.families(list(told))
        passages = self._passages(told)
        points = self._points(answers.ledger.revision())
        return [
            geo.feature(flat.stretch_row(control, stretch, points.get(control.geonameid or 0), own, family))
            for control in controls
            for stretch in control.timeline
            for own in [{name: passages[name] for name in stretch.claims if name in passages}]
        ]

    def _passages(self, told: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Claims by id as they are cited."""
        ledger, claims = self._ledger, self._answers.told
        assert claims is not None  # as of every ledger in tables
        heads = claims.heads(one["document_id"] for one in told.values())
        credibility = ledger.credibility_of(told.keys())
        speakers = {one["attribution"]["chain"][0]["name"] for one in told.values()}
        grades = {(one.name, one.type.value): one.grade for one in ledger.sources_named(speakers, reasons=False)}
        return {
            name: flat.cited(told_rows.passage(one, heads[one["document_id"]], grades, credibility.get(name)))
            for name, one in told.items()
        }

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
