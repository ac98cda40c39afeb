"""The conclusions of a large ledger in parts: a link, the matters of some claims, a page of disputes, and never all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from sqlalchemy import Table, and_, func, select, tuple_

from fogline.model import (
    Asked,
    Claim,
    ClaimGrade,
    Control,
    Document,
    Family,
    Kind,
    Link,
    Mark,
    Matter,
    SourceGrade,
    TablePart,
    Told,
    ToldLink,
    ToldMatter,
    ToldTable,
)
from fogline.store import concluded, rows, schema, tabling
from fogline.store.held import View
from fogline.store.indexes import Numbers
from fogline.store.looking import Look
from fogline.store.paged import PagedTables

_C, _D, _P, _R = schema.claims.c, schema.documents.c, schema.claim_places.c, schema.readings.c
_L, _M, _S, _G = schema.links.c, schema.matters.c, schema.source_grades.c, schema.claim_grades.c
_F, _FM, _K, _KS = schema.families.c, schema.family_members.c, schema.control.c, schema.control_stretches.c
_CURRENT = select(_C.id, _C.document_id, _C.body).join(schema.readings, _R.number == _C.reading).where(_R.current)
_CLAIMS = Look(_CURRENT, _C.id)
_TOLD = Look(select(_C.number, _C.id, _C.document_id, _C.body), _C.number)
_OUTLINES = Look(select(_D.id, _D.body), _D.id)
_ONE = schema.family_members.alias("one").c
_FAMILIES = Look(
    select(schema.families, _FM.claim.label("member")).join(schema.family_members, _FM.family == _F.position).order_by(
        _F.position, _FM.position
    ),
    _ONE.claim, _F.position, select(_ONE.family),
)  # fmt: skip
_GRADES = Look(select(schema.claim_grades), _G.claim)
_LINKS_AT = Look(select(schema.links), _L.a, either=_L.b)
_NAMED = Look(select(_L.position), _L.id)
_CLASHES = Look(select(_L.position, _L.id, _L.aspect, _L.reasons), _L.position)
_QUESTIONS = Look(select(_M.position, _M.id, _M.question, _M.place, _M.aspect), _M.position)
_MATTERS = Look(select(schema.matters), _M.position)
_TOLD_MATTERS = Look(select(_M.position, _M.id, _M.question, _M.place, _M.aspect, _M.answers), _M.position)
_FEW = 16_384
"""The matters of so many claims are looked up; more claims have matters all along, and a page is soon full."""


class PartsOfTables(PagedTables):
    """``ports.ReadsParts`` over the tables of ``schema``."""

    def claims_by_id(self, claim_ids: Iterable[str]) -> Mapping[str, Claim]:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            return {row.id: rows.to_claim(row) for row in _CLAIMS.rows(connection, claim_ids)}

    def bodies(self, claim_ids: Sequence[str]) -> Sequence[Told]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            columns = view.columns
            return list(_told(view.connection, columns.numbers[columns.named(claim_ids)].tolist()).values())

    def page_ids(self, asked: Asked, after: Mark | None, limit: int) -> tuple[Sequence[str], Mark | None]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            found, mark = view.page_rows(asked, after, limit)
            return view.columns.names(np.array(found, np.int64)), mark

    def outlines(self, document_ids: Iterable[str]) -> Mapping[str, Document]:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            return {row.id: rows.to_outline(row) for row in _OUTLINES.rows(connection, document_ids)}

    def outline_bodies(self, document_ids: Iterable[str]) -> Mapping[str, str]:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            return {row.id: row.body for row in _OUTLINES.rows(connection, document_ids)}

    def outlines_page(self, known_by: date | None, after: str, limit: int) -> tuple[Mapping[str, str], bool]:
        """See ``ports.ReadsParts``."""
        current = select(_R.number).where(_R.document_id == _D.id, _R.current).exists()
        asked = select(_D.id, _D.body).where(current).order_by(_D.name, _D.id).limit(limit + 1)
        if known_by is not None:
            asked = asked.where(_D.published_start <= known_by)
        with self._reading() as connection:
            if after:
                mark = connection.execute(select(_D.name, _D.id).where(_D.id == after)).first()
                if mark is None:
                    raise KeyError(after)
                asked = asked.where(tuple_(_D.name, _D.id) > tuple_(mark.name, mark.id))
            found = [(row.id, row.body) for row in connection.execute(asked)]
        return dict(found[:limit]), len(found) > limit

    def families_with(self, claim_ids: Iterable[str]) -> Mapping[str, Family]:
        """See ``ports.ReadsParts``."""
        found: dict[str, Family] = {}
        with self._reading() as connection:
            for _, own in groupby(_FAMILIES.rows(connection, claim_ids), attrgetter("position")):
                rows_of = list(own)
                family = concluded.to_family(rows_of[0], tuple(row.member for row in rows_of))
                found.update(dict.fromkeys(family.members, family))
        return found

    def grade(self, claim_id: str) -> ClaimGrade | None:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            row = next(_GRADES.rows(connection, [claim_id]), None)
        return None if row is None else concluded.to_grade(row)

    def links_at_claims(self, claim_ids: Iterable[str]) -> tuple[Link, ...]:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            found = {row.position: row for row in _LINKS_AT.rows(connection, claim_ids)}
        return tuple(concluded.to_link(found[position]) for position in sorted(found))

    def matters_with(self, claim_ids: Iterable[str]) -> tuple[Matter, ...]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            rows_of = view.columns.named(claim_ids)
            return self._matters(view.connection, view.ends().matters.with_claims(rows_of))

    def tabled(
        self, asked: Asked, part: TablePart, out: Iterable[str], otherwise: Mapping[str, tuple[str, str]]
    ) -> ToldTable:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            columns, matters = view.columns, view.ends().matters
            about = matters.named(asked.place) if asked.geonameid is None else _about(view, asked.geonameid)
            every = matters.most_answered(about, part.matters + part.most + 1)
            some = every[part.matters : part.matters + part.most]
            voices, others = tabling.voices(columns, matters, some, columns.named(out), otherwise, part)
            numbers = matters.positions[some].tolist()
            found = {row[0]: tuple(row[1:]) for row in _QUESTIONS.rows(view.connection, numbers)}
            return ToldTable(
                matters=tuple(found[number] for number in numbers),
                voices=voices,
                more=(len(every) > part.matters + part.most, others),
            )

    def linked(self, claim_id: str) -> tuple[Link, ...]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            columns, links = view.columns, view.ends().links
            (row,) = columns.rows_of([claim_id]).tolist()
            return tuple(links.link(columns, link) for link in links.ends.of(row).tolist())

    def alike(self, claim_id: str, other: str) -> frozenset[str]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            rows_of = view.columns.rows_of([claim_id, other]).tolist()
            return frozenset(view.columns.names(view.ends().matters.alike(*rows_of)))

    def disputes(
        self, asked: Asked, after: str, limit: int, out: Iterable[str] = ()
    ) -> tuple[Sequence[int], bool, int]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            last = _position(view.connection, schema.links, _L.id == after) if after else None
            without = view.columns.named(out)
            found = view.ends().disputes.page(view.columns, asked, view.among(asked), without, last, limit + 1)
            positions, total = found
            return positions[:limit], len(positions) > limit, total

    def clashes(self, numbers: Sequence[int]) -> Mapping[int, ToldLink]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            links, columns = view.ends().links, view.columns
            at = np.searchsorted(links.positions, numbers)
            pairs = zip(*(columns.numbers[rows_of[at]].tolist() for rows_of in (links.a, links.b)), strict=True)
            ends = dict(zip(numbers, pairs, strict=True))
            told = _told(view.connection, {end for pair in ends.values() for end in pair})
            return {
                row[0]: ToldLink(*row[1:], *(told[end] for end in ends[row[0]]))
                for row in _CLASHES.rows(view.connection, numbers)
            }

    def clash(self, link_id: str) -> ToldLink | None:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            row = next(_NAMED.rows(view.connection, [link_id]), None)
            disputes = view.ends().disputes
            if row is None or not disputes.has(view.columns, row[0]):
                return None
            return self.clashes([row[0]])[row[0]]

    def matters(self, asked: Asked, after: str, limit: int) -> tuple[Sequence[int], bool]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            first = _position(view.connection, schema.matters, _M.id == after) if after else -1
            positions = _matters_asked(view, asked, first, limit + 1)
            return positions[:limit], len(positions) > limit

    def told_matters(self, numbers: Sequence[int], out: Iterable[str] = ()) -> Mapping[int, ToldMatter]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            matters, columns = view.ends().matters, view.columns
            at = np.searchsorted(matters.positions, numbers)
            reports = dict(zip(numbers, matters.reports(columns, at, columns.named(out)), strict=True))
            found = _TOLD_MATTERS.rows(view.connection, numbers)
            return {row[0]: ToldMatter(*(*row[1:], reports[row[0]])) for row in found}

    def sources(self, side: str, after: str, limit: int) -> tuple[tuple[SourceGrade, ...], bool]:
        """See ``ports.ReadsParts``."""
        asked = select(schema.source_grades).order_by(_S.position).limit(limit + 1)
        asked = asked.where(_S.side == side) if side else asked
        with self._reading() as connection:
            if after:
                kind, _, name = after.partition(":")
                first = _position(connection, schema.source_grades, and_(_S.name == name, _S.type == kind))
                asked = asked.where(_S.position > first)
            found = [concluded.to_source(row) for row in connection.execute(asked)]
        return tuple(found[:limit]), len(found) > limit

    def assessed(self, geonameid: int) -> Control | None:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            row = connection.execute(select(schema.control).where(_K.geonameid == geonameid)).first()
            if row is None:
                return None
            asked = select(schema.control_stretches).where(_KS.control == row.position).order_by(_KS.position)
            return concluded.to_control(row, [concluded.to_stretch(one) for one in connection.execute(asked)])

    def held_on(self, day: date | None) -> Mapping[int, Control]:
        """See ``ports.ReadsParts``."""
        chosen = select(_KS.control, func.max(_KS.position).label("position")).group_by(_KS.control)
        if day is not None:
            chosen = chosen.where(_KS.start <= day, _KS.end >= day)
        last = chosen.subquery().c
        on = and_(last.control == _KS.control, last.position == _KS.position)
        asked = select(schema.control_stretches).join(last.control.table, on)
        with self._reading() as connection:
            stretches = {row.control: concluded.to_stretch(row) for row in connection.execute(asked)}
            found = connection.execute(
                select(_K.position, _K.place, _K.geonameid, _K.known_by, _K.states, _K.start, _K.daily).where(
                    _K.geonameid.is_not(None)
                )
            )
            return {
                row.geonameid: concluded.on_day(row, stretches[row.position], day)
                for row in found
                if row.position in stretches
            }

    def assessed_places(self) -> frozenset[int]:
        """See ``ports.ReadsParts``."""
        with self._reading() as connection:
            asked = select(_K.geonameid).where(_K.geonameid.is_not(None))
            return frozenset(row.geonameid for row in connection.execute(asked))

    def documents_of(self, claim_ids: Iterable[str]) -> Mapping[str, str]:
        """See ``ports.ReadsParts``."""
        ids = list(claim_ids)
        with self._view() as view:
            own = view.columns.named(ids)
            readings = map(str, view.columns.readings[own].tolist())
            return dict(zip(view.columns.names(own), readings, strict=True))

    def latest(self, kind: Kind, on: date | None, place: int | None = None) -> Mapping[tuple[int, str], Sequence[str]]:
        """See ``ports.ReadsParts``."""
        with self._view() as view:
            return view.columns.latest(kind.value, on, place)

    def _matters(self, connection: Any, positions: Sequence[int]) -> tuple[Matter, ...]:
        found = {row.position: row for row in _MATTERS.rows(connection, positions)}
        return tuple(concluded.to_matter(found[position]) for position in positions)


def _told(connection: Any, numbers: Iterable[int]) -> dict[int, Told]:
    """Claims as they are kept, by the ledger's numbers."""
    return {row[0]: Told(id=row[1], document_id=row[2], body=row[3]) for row in _TOLD.rows(connection, numbers)}


def _matters_asked(view: View, asked: Asked, after: int, limit: int) -> list[int]:
    """The positions behind one of matters to which a claim that is asked for is an answer."""
    columns, matters, among = view.columns, view.ends().matters, view.among(asked)
    ranks = columns.ranked(asked, among)
    if ranks is not None and len(ranks) <= _FEW:
        rows_of = columns.order[ranks]
        return matters.with_claims(rows_of[columns.meets(rows_of, asked)], after)[:limit]
    within = np.ones(len(columns.current), bool) if among is None else np.zeros(len(columns.current), bool)
    within[among] = True
    return matters.page(lambda some: columns.meets(some, asked) & within[some], after, limit)


def _about(view: View, geonameid: int) -> Numbers:
    """The matters of a place by a name that one of their claims has for it."""
    columns, matters = view.columns, view.ends().matters
    found = [np.zeros(0, np.int64)]
    for name, own in columns.places.spelt_of(geonameid):
        some = matters.of.of_all(own[columns.current[own]])
        found.append(some[matters.places[some] == matters.word(name)])
    return np.unique(np.concatenate(found))


def _position(connection: Any, table: Table, condition: Any) -> int:
    """The position of the row that a mark names; raises ``KeyError`` where there is none."""
    found = connection.execute(select(table.c.position).where(condition)).scalar()
    if found is None:
        raise KeyError(str(condition))
    return int(found)
