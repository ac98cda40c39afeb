"""The brief as plain JSON values."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from fogline.model import Speaker
from fogline.publish.parts import Brief, Citation


def plain(value: Any) -> Any:
    """A frozen value as JSON knows it: dataclasses as objects, tuples as lists, days in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def brief_row(brief: Brief) -> dict[str, Any]:
    """The whole brief in the shape of ``schemas/brief.schema.json``."""
    row: dict[str, Any] = plain(brief)
    return row


def brief_json(brief: Brief) -> str:
    """The brief as JSON text that ends with a newline."""
    return json.dumps(brief_row(brief), ensure_ascii=False, indent=1) + "\n"


def citation_row(citation: Citation) -> dict[str, Any]:
    """A citation as an object: what the Markdown and JSON briefs carry for ``verify``."""
    row: dict[str, Any] = plain(citation)
    return row


def voice(row: dict[str, Any]) -> Speaker:
    """A speaker from its object."""
    from fogline.model import SpeakerType

    return Speaker(
        name=str(row["name"]),
        role=str(row["role"]),
        affiliation=str(row["affiliation"]),
        side=str(row["side"]),
        type=SpeakerType(row["type"]),
    )
