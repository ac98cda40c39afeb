"""What a large ledger holds on one settlement: the claims that name it, what stands beside them, and how far all reports reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import func, or_, select

from fogline.model import Claim, Extent, Kind
from fogline.store import rows, schema
from fogline.store.columns import Numbers
from fogline.store.grounds import chunks
from fogline.store.held import View
from fogline.store.parts import PartsOfTables
from fogline.store.selecting import claims_where

_C, _D, _P, _R = schema.claims.c, schema.documents.c, schema.claim_places.c, schema.readings.c
_AT_ONCE = 5_000
_HERE = ("settlement", "near")
"""Precisions of what is told of a settlement, and not of what is around it."""
_AHEAD = (Kind.FORECAST.value, Kind.INDICATOR.value)


class PlacewiseTables(PartsOfTables):
    """``excerpt.Placewise`` over the tables of ``schema``."""

    def naming(self, geonameid: int | None, name: str, known_by: date | None) -> tuple[Claim, ...]:
        """See ``excerpt.Placewise``."""
        with self._view() as view:
            columns = view.columns
            found = _naming(view, geonameid, name)
            kept = columns.current[found] & columns.known(found, known_by)
            numbers = columns.numbers[found[kept]].tolist()
            return tuple(claim for some in chunks(numbers, _AT_ONCE) for claim in view.claims(some))

    def speaks_of(self, geonameid: int, kind: Kind, known_by: date | None) -> bool:
        """See ``excerpt.Placewise``."""
        with self._view() as view:
            columns = view.columns
            found = columns.places.of(geonameid)
            kept = columns.current[found] & columns.known(found, known_by) & columns.has("kind", kind.value, found)
            return bool(np.any(kept))

    def beside(self, document_ids: Collection[str]) -> tuple[Claim, ...]:
        """See ``excerpt.Placewise``."""
        told = select(_P.claim).where(_P.claim == _C.number, _P.precision.in_(_HERE)).exists()
        with self._reading() as connection:
            return tuple(
                rows.to_claim(row)
                for some in chunks(sorted(document_ids), _AT_ONCE)
                for row in connection.execute(claims_where(_C.document_id.in_(some), or_(~told, _C.kind.in_(_AHEAD))))
            )

    def chief(self, document_ids: Collection[str], geonameid: int | None, name: str) -> frozenset[str]:
        """See ``excerpt.Placewise``."""
        counts: dict[str, Counter[str]] = {}
        asked = (
            select(_C.document_id, _P.geonameid, _P.name, func.count().label("many"))
            .join(schema.claim_places, _P.claim == _C.number)
            .join(schema.readings, _R.number == _C.reading)
            .where(_R.current)
            .group_by(_C.document_id, _P.geonameid, _P.name)
        )
        with self._reading() as connection:
            for some in chunks(sorted(document_ids), _AT_ONCE):
                for row in connection.execute(asked.where(_C.document_id.in_(some))):
                    named = row.name.casefold()
                    both = geonameid is not None and row.geonameid is not None
                    here = row.geonameid == geonameid if both else named == name.casefold()
                    own = counts.setdefault(row.document_id, Counter())
                    own["" if here else str(row.geonameid or named)] += row.many
        return frozenset(of for of, own in counts.items() if own[""] and own[""] == max(own.values()))

    def extent(self, known_by: date | None) -> Extent:
        """See ``excerpt.Placewise``."""
        current = select(_R.number).where(_R.document_id == _D.id, _R.current).exists()
        start, end = _D.published_start, _D.published_end
        asked: Any = select(
            func.count().label("documents"),
            func.count().filter(start.is_(None), end.is_(None)).label("without_date"),
            func.max(end).label("dated"),
            func.max(start).filter(end.is_(None)).label("undated"),
        ).where(current)
        if known_by is not None:
            asked = asked.where(start <= known_by)
        with self._reading() as connection:
            row = connection.execute(asked).one()
        return Extent(documents=row.documents, without_date=row.without_date, dated=row.dated, undated=row.undated)


def _naming(view: View, geonameid: int | None, name: str) -> Numbers:
    """The rows of claims that name a place, whether the gazetteer knows it in them or not; some name another of that name."""
    places = view.columns.places
    alike = [places.called(word) for word in places.words if word.casefold() == name.casefold()]
    known = [] if geonameid is None else [places.of(geonameid)]
    return np.unique(np.concatenate([*known, *alike])) if known or alike else np.zeros(0, np.int64)
