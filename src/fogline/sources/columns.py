"""What the columns of a table, or the fields of JSON lines, are called: ``columns.toml`` beside the files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fogline.errors import BadMetadata
from fogline.sources.metadata import FIELDS
from fogline.sources.opening import head, load

COLUMNS = "columns.toml"
"""The file that names the columns of the files beside it."""

_NAMES = ("text", *FIELDS)
_KEYS = (*_NAMES, "published_format")
_HINT = f'Write lines as text = "message", with any of {", ".join(_KEYS)}; for one file alone under ["file.csv"].'


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; fields that are not named are called as themselves.

    A name with dots leads into objects: ``content.body``. ``published_format`` is how ``strptime`` reads the date; empty: ISO 8601.
    """

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    published_format: str = ""

    def row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A row under our names; a date that does not have the stated format is left as it stands, to be reported."""
        row = {name: _found(values, self.names.get(name, name)) for name in _NAMES}
        if self.published_format and isinstance(row["published"], str):
            try:
                moment = datetime.strptime(row["published"].strip(), self.published_format)
            except ValueError:
                return row
            # A format without hours tells a day, and no midnight.
            row["published"] = moment.isoformat() if "%H" in self.published_format else moment.date().isoformat()
        return row


def columns(path: Path, max_bytes: int) -> Columns:
    """The columns of a file by the ``columns.toml`` in its folder; raises ``BadMetadata`` for one that cannot be used."""
    beside = path.parent / COLUMNS
    if not head(beside):
        return Columns()
    try:
        table = tomllib.loads(load(beside, max_bytes).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMetadata(f"{beside}: it is not TOML ({error}).", _HINT) from error
    own = table.get(path.name, {})
    merged = {**{key: value for key, value in table.items() if not isinstance(value, dict)}, **own}
    wrong = [key for key, value in merged.items() if key not in _KEYS or not isinstance(value, str)]
    if wrong:
        raise BadMetadata(f"{beside}: {wrong[0]!r} is no column that can be named so.", _HINT)
    names = {name: value for name, value in merged.items() if name in _NAMES}
    return Columns(MappingProxyType(names), merged.get("published_format", ""))


def _found(values: Mapping[str, Any], name: str) -> Any:
    if name in values:
        return values[name]
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
