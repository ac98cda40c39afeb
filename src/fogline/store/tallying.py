"""How many of each thing a ledger holds: counted when all is concluded, and kept up as it grows, so that adding one report to a
million does not count the million.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select

from fogline.model import Amendment, Relation
from fogline.store import schema
from fogline.store.encoding import from_json, to_json

_NAME = "tally"
_READINGS = "readings"
"""The number of the last reading that is counted."""
_DISPUTED = schema.links.c.relation == Relation.CONTRADICTS.value


def counted(connection: Connection) -> None:
    """Count all there is and note it."""
    _note(connection, _count(connection))


def kept(connection: Connection) -> Mapping[str, int]:
    """How many ``documents``, ``claims``, ``families``, ``disputes`` and ``places`` there are; in a ledger that does not note it
    yet, counted.
    """
    noted = _noted(connection) or _count(connection)
    found = dict(noted) | {"documents": noted["documents"] + _read_since(connection, noted[_READINGS])}
    del found[_READINGS]
    return found


def amended(connection: Connection, amendment: Amendment, gone: Mapping[str, int]) -> None:
    """Note what an amendment adds, and takes away: ``gone`` is how many of each went."""
    noted = _noted(connection)
    if noted is None:
        counted(connection)
        return
    added = {
        "claims": len(amendment.claims),
        "families": len(amendment.families),
        "disputes": sum(one.link.relation is Relation.CONTRADICTS for one in amendment.links),
        "places": len(amendment.control),
        "documents": _read_since(connection, noted[_READINGS]),
    }
    now = {name: count + added.get(name, 0) - gone.get(name, 0) for name, count in noted.items()}
    _note(connection, now | {_READINGS: _last(connection)})


def disputes_among(connection: Connection, ids: list[str]) -> int:
    """How many of these links are contradictions."""
    # Counted here: asked for both, a database may well go through all contradictions there are.
    relations = connection.execute(select(schema.links.c.relation).where(schema.links.c.id.in_(ids))).scalars().all()
    return relations.count(Relation.CONTRADICTS.value)


def _count(connection: Connection) -> dict[str, int]:
    current = select(schema.readings.c.number).where(schema.readings.c.current)
    asked = {
        "documents": select(func.count()).select_from(current.subquery()),
        "claims": select(func.count()).select_from(schema.concluded_claims),
        "families": select(func.count()).select_from(schema.families),
        "disputes": select(func.count()).where(_DISPUTED),
        "places": select(func.count()).select_from(schema.control),
    }
    counts = {name: int(connection.execute(one).scalar_one()) for name, one in asked.items()}
    return counts | {_READINGS: _last(connection)}


def _read_since(connection: Connection, last: int) -> int:
    """How many articles were first read after that reading: each has one current document."""
    reading, before = schema.readings.c, schema.readings.alias()
    known = select(before.c.number).where(before.c.article_id == reading.article_id, before.c.number <= last)
    asked = select(func.count(reading.article_id.distinct())).where(reading.number > last, ~known.exists())
    return int(connection.execute(asked).scalar_one())


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(schema.readings.c.number))).scalar() or 0)


def _noted(connection: Connection) -> dict[str, int] | None:
    said = connection.execute(select(schema.about.c.value).where(schema.about.c.name == _NAME)).scalar()
    return None if said is None else from_json(dict[str, int], said)


def _note(connection: Connection, counts: Mapping[str, int]) -> None:
    connection.execute(delete(schema.about).where(schema.about.c.name == _NAME))
    connection.execute(insert(schema.about), [{"name": _NAME, "value": to_json(counts)}])
