"""Which claims are current, and their order: what every question to the tables begins with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, select

from fogline.store import schema


def claims_where(*conditions: Any) -> Select[Any]:
    """Rows of current claims that meet the conditions, to be joined further and put in order."""
    return (
        select(schema.claims.c.id, schema.claims.c.body)
        .join(schema.readings, schema.readings.c.number == schema.claims.c.reading)
        .join(schema.documents, schema.documents.c.id == schema.claims.c.document_id)
        .where(and_(schema.readings.c.current, *conditions))
    )


IN_ORDER = (
    schema.documents.c.name,
    schema.documents.c.id,
    schema.claims.c.start,
    schema.claims.c.end,
    schema.claims.c.id,
)
"""What current claims are sorted by."""
