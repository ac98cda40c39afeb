"""What a large ledger holds on one settlement: the claims that name it, what stands beside them, and how far all reports reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import func, or_, select, tuple_

from fogline.model import Claim, Control, Extent, Kind, StretchAt
from fogline.store import concluded, rows, schema
from fogline.store.doubts import Doubted
from fogline.store.grounds import chunks
from fogline.store.held import View
from fogline.store.indexes import Numbers
from fogline.store.looking import Look
from fogline.store.parts import PartsOfTables
from fogline.store.selecting import claims_where

_C, _D, _P, _R = schema.claims.c, schema.documents.c, schema.claim_places.c, schema.readings.c
_K, _KS, _G = schema.control.c, schema.control_stretches.c, schema.claim_grades.c
_AT_ONCE, _PAIRS_AT_ONCE = 5_000, 500
_CREDIBILITY = Look(select(_G.claim, _G.credibility), _G.claim)
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

    def out_by(self, claim_ids: Collection[str], day: date) -> frozenset[str]:
        """See ``excerpt.Placewise``."""
        with self._view() as view:
            found = view.columns.named(claim_ids)
            return frozenset(view.columns.names(found[view.columns.known(found, day)]))

    def of_kind(self, kind: Kind) -> tuple[Claim, ...]:
        """See ``excerpt.Placewise``."""
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in connection.execute(claims_where(_C.kind == kind.value)))

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

    def hashes(self, document_ids: Collection[str]) -> Mapping[str, str]:
        """See ``excerpt.Placewise``."""
        article = schema.articles.c
        asked = select(_D.id, article.sha256).join(schema.articles, article.id == _D.article_id)
        with self._reading() as connection:
            return {
                row.id: row.sha256
                for some in chunks(sorted(document_ids), _AT_ONCE)
                for row in connection.execute(asked.where(_D.id.in_(some)))
            }

    def credibility_of(self, claim_ids: Collection[str]) -> Mapping[str, int]:
        """See ``excerpt.Placewise``."""
        with self._reading() as connection:
            return dict(_CREDIBILITY.rows(connection, sorted(claim_ids)))

    def stretches(self) -> tuple[StretchAt, ...]:
        """See ``excerpt.Placewise``."""
        asked = select(_KS.control, _KS.position, _K.place, _K.geonameid, _KS.start, _KS.end).join(
            schema.control, _K.position == _KS.control
        )
        with self._reading() as connection:
            found = [StretchAt(**row._mapping) for row in connection.execute(asked)]
        return tuple(sorted(found, key=lambda one: (one.place, one.geonameid or 0, one.control, one.position)))

    def stretches_at(self, asked: Sequence[StretchAt]) -> tuple[Control, ...]:
        """See ``excerpt.Placewise``."""
        numbers = sorted({one.control for one in asked})
        wanted = tuple_(_KS.control, _KS.position)
        pairs = [(one.control, one.position) for one in asked]
        with self._reading() as connection:
            found = {
                (row.control, row.position): concluded.to_stretch(row)
                for some in chunks(pairs, _PAIRS_AT_ONCE)
                for row in connection.execute(select(schema.control_stretches).where(wanted.in_(some)))
            }
            columns = (_K.position, _K.place, _K.geonameid, _K.known_by, _K.states)
            heads = {
                row.position: row
                for some in chunks(numbers, _AT_ONCE)
                for row in connection.execute(select(*columns).where(_K.position.in_(some)))
            }
        return tuple(
            concluded.cut_to(heads[one.control], found[one.control, one.position])
            for one in asked
            if one.control in heads and (one.control, one.position) in found
        )

    def doubtful(self, doubts: Doubted, after: str, limit: int) -> tuple[Sequence[tuple[str, float]], bool]:
        """See ``excerpt.Placewise``."""
        with self._view() as view:
            order, moves = view.held.doubtful(view, doubts)
            first = 0
            if after:
                at = np.flatnonzero(order == view.columns.rows_of([after])[0])
                if not len(at):
                    raise KeyError(after)
                first = int(at[0]) + 1
            page = order[first : first + limit].tolist()
            return [(view.columns.name(row), float(moves[row])) for row in page], first + limit < len(order)


def _naming(view: View, geonameid: int | None, name: str) -> Numbers:
    """The rows of claims that name a place, whether the gazetteer knows it in them or not; some name another of that name."""
    places = view.columns.places
    alike = [places.called(word) for word in places.words if word.casefold() == name.casefold()]
    known = [] if geonameid is None else [places.of(geonameid)]
    return np.unique(np.concatenate([*known, *alike])) if known or alike else np.zeros(0, np.int64)
