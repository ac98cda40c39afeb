"""Pages of claims and counts of places in SQL, for every database: no question reads more than it answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from fogline.model import MOST_COUNTED, Asked, Claim, Mark, Page, PlaceClaims
from fogline.store import rows, schema
from fogline.store.asking import nested
from fogline.store.selecting import claims_where

_C, _D, _P = schema.claims.c, schema.documents.c, schema.claim_places.c


def page(
    connection: Connection, asked: Asked, after: Mark | None, limit: int, having: ColumnElement[bool] | None
) -> Page:
    """See ``ports.PagesClaims.page``; ``having`` is the database's own way to ask for the words."""
    conditions = [*_conditions(asked), *([] if having is None else [having])]
    found: list[tuple[Mark, Claim]] = []
    # The undated are asked for apart: one question over both would not be answered from the index of days.
    if after is None or after.published is not None:
        found += _some(connection, [*conditions, _C.published.is_not(None), *_behind(after)], limit + 1)
    if len(found) <= limit and asked.known_by is None:
        late = [] if after is None or after.published is not None else [_C.id < after.claim]
        found += _some(connection, [*conditions, _C.published.is_(None), *late], limit + 1 - len(found))
    shown = found[:limit]
    return Page(claims=tuple(claim for _, claim in shown), after=shown[-1][0] if len(found) > limit else None)


def places(connection: Connection, known_by: date | None) -> tuple[PlaceClaims, ...]:
    """See ``ports.PagesClaims.places``."""
    counted = (
        select(
            _P.geonameid,
            func.min(_P.name).label("name"),
            func.min(_P.lat).label("lat"),
            func.min(_P.lon).label("lon"),
            func.count(_C.id.distinct()).label("claims"),
        )
        .join(schema.claims, _C.number == _P.claim)
        .join(schema.readings, schema.readings.c.number == _C.reading)
        .where(schema.readings.c.current, _P.geonameid.is_not(None), *_published(known_by))
        .group_by(_P.geonameid)
        .order_by(_P.geonameid)
    )
    return tuple(
        PlaceClaims(geonameid=row.geonameid, name=row.name, lat=row.lat, lon=row.lon, claims=row.claims)
        for row in connection.execute(counted)
    )


def counts(connection: Connection, asked: Asked, having: ColumnElement[bool] | None) -> dict[str, dict[str, int]]:
    """See ``ports.PagesClaims.counts``."""
    found = _current(asked, having, _C.kind, _C.side, _C.speaker, _C.outlet, _C.certainty).subquery().c
    return {name: _counted(connection, found[name]) for name in ("kind", "side", "speaker", "outlet", "certainty")}


def months(connection: Connection, asked: Asked, having: ColumnElement[bool] | None) -> dict[str, dict[str, int]]:
    """See ``ports.PagesClaims.months``."""
    found = _current(asked, having, _C.published, _C.side).where(_C.published.is_not(None)).subquery().c
    counted = select(found.published, found.side, func.count()).group_by(found.published, found.side)
    return nested((day.isoformat()[:7], side, int(many)) for day, side, many in connection.execute(counted))


def _current(asked: Asked, having: ColumnElement[bool] | None, *columns: Any) -> Select[Any]:
    """Columns of the current claims that are asked for."""
    conditions = [*_conditions(asked), *([] if having is None else [having])]
    current = (
        select(*columns)
        .join(schema.readings, schema.readings.c.number == _C.reading)
        .where(schema.readings.c.current, *conditions)
    )
    if asked.since is not None or asked.until is not None:
        current = current.join(schema.documents, _D.id == _C.document_id)
    return current


def _counted(connection: Connection, column: ColumnElement[str]) -> dict[str, int]:
    number = func.count().label("number")
    asked = select(column, number).where(column != "").group_by(column).order_by(number.desc(), column)
    return {word: int(many) for word, many in connection.execute(asked.limit(MOST_COUNTED))}


def _some(connection: Connection, conditions: list[ColumnElement[bool]], limit: int) -> list[tuple[Mark, Claim]]:
    asked = claims_where(*conditions).add_columns(_C.published).order_by(_C.published.desc(), _C.id.desc()).limit(limit)
    return [(Mark(row.published, row.id), rows.to_claim(row)) for row in connection.execute(asked)]


def _behind(after: Mark | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    return [_C.published <= after.published, or_(_C.published < after.published, _C.id < after.claim)]


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    plain: tuple[tuple[Any, Any], ...] = (
        (asked.kind and asked.kind.value, _C.kind),
        (asked.side, _C.side),
        (asked.speaker, _C.speaker),
        (asked.outlet, _C.outlet),
        (asked.certainty, _C.certainty),
        (asked.document_id, _C.document_id),
    )
    yield from (column == want for want, column in plain if want)
    if asked.geonameid is not None or asked.place:
        yield _C.number.in_(select(_P.claim).where(*_there(asked)))
    yield from _published(asked.known_by)
    yield from _within(asked.since, asked.until)


def _there(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.geonameid is not None:
        yield _P.geonameid == asked.geonameid
    if asked.place:
        yield or_(_P.name == asked.place, _P.text == asked.place)


def _published(known_by: date | None) -> list[ColumnElement[bool]]:
    return [] if known_by is None else [_C.published <= known_by]


def _within(since: date | None, until: date | None) -> Iterator[ColumnElement[bool]]:
    if since is None and until is None:
        return
    timed = or_(_C.when_start.is_not(None), _C.when_end.is_not(None))
    dated = or_(_D.published_start.is_not(None), _D.published_end.is_not(None))
    yield or_(
        and_(timed, *_bounds(_C.when_start, _C.when_end, since, until)),
        and_(~timed, dated, *_bounds(_D.published_start, _D.published_end, since, until)),
    )


def _bounds(start: Any, end: Any, since: date | None, until: date | None) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield or_(end.is_(None), end >= since)
    if until is not None:
        yield or_(start.is_(None), start <= until)
