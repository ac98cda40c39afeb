"""CSV with an HXL row, the codebook, and JSON lines with their JSON Schema."""

from __future__ import annotations

import json
from typing import ClassVar

from fogline.model import Account
from fogline.publish.exports import sheets
from fogline.publish.exports.columns import Cell, Column
from fogline.publish.rows import Row
from fogline.publish.tables import csv_line, defused

SEPARATOR = "; "
"""Between the texts of a list in one cell."""


def hxl_csv(columns: tuple[Column, ...], rows: list[Row]) -> bytes:
    """CSV (RFC 4180, UTF-8): names, then HXL tags, then the rows; what a spreadsheet would run as a formula is defused."""
    lines = [csv_line([column.name for column in columns]), csv_line([column.hxl for column in columns])]
    lines += [csv_line([_cell(row[column.name]) for column in columns]) for row in rows]
    return "".join(lines).encode()


def _cell(value: object) -> str:
    return defused(SEPARATOR.join(map(str, value)) if isinstance(value, list) else value)


def row_schema(sheet: str, columns: tuple[Column, ...]) -> Row:
    """The JSON Schema (2020-12) of a table's rows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of {sheet}.jsonl",
        "type": "object",
        "required": [column.name for column in columns],
        "additionalProperties": False,
        "properties": {column.name: {"description": column.says, **_type(column)} for column in columns},
    }


def _type(column: Column) -> Row:
    kinds: dict[Cell, str] = {Cell.WHOLE: "integer", Cell.NUMBER: "number", Cell.TEXTS: "array"}
    kind = kinds.get(column.cell, "string")
    shape: Row = {"type": kind if column.required else [kind, "null"]}
    if column.cell is Cell.TEXTS:
        shape["items"] = {"type": "string"}
    if column.cell is Cell.DAY:
        shape["format"] = "date"
    return shape


class _Csv:
    """A table as CSV with an HXL row."""

    ending, media_type = "csv", "text/csv"
    sheet: ClassVar[str]

    def write(self, account: Account) -> bytes:
        """The file's bytes."""
        return hxl_csv(sheets.columns(self.sheet, account), list(sheets.rows(self.sheet, account)))


class ClaimsCsv(_Csv):
    """Claims."""

    sheet = "claims"


class LinksCsv(_Csv):
    """Links between claims."""

    sheet = "links"


class ControlCsv(_Csv):
    """Control, by stretches of days."""

    sheet = "control"


class _JsonLines:
    """A table as one JSON object a line."""

    ending, media_type = "jsonl", "application/jsonl"
    sheet: ClassVar[str]

    def write(self, account: Account) -> bytes:
        """The file's bytes."""
        made = sheets.rows(self.sheet, account)
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made).encode()


class ClaimsJsonLines(_JsonLines):
    """Claims."""

    sheet = "claims"


class LinksJsonLines(_JsonLines):
    """Links between claims."""

    sheet = "links"


class ControlJsonLines(_JsonLines):
    """Control, by stretches of days."""

    sheet = "control"


class _Schema:
    """The JSON Schema of a table's lines."""

    ending, media_type = "json", "application/schema+json"
    sheet: ClassVar[str]

    def write(self, account: Account) -> bytes:
        """The file's bytes."""
        schema = row_schema(self.sheet, sheets.columns(self.sheet, account))
        return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


class ClaimsSchema(_Schema):
    """Of ``claims.jsonl``."""

    sheet = "claims"


class LinksSchema(_Schema):
    """Of ``links.jsonl``."""

    sheet = "links"


class ControlSchema(_Schema):
    """Of ``control.jsonl``, with a column of belief for each side of the theatre."""

    sheet = "control"


class Codebook:
    """What each column of each table means, with its HXL tag and what stands in it."""

    ending, media_type = "csv", "text/csv"
    head = ("table", "column", "hxl", "holds", "always", "meaning")

    def write(self, account: Account) -> bytes:
        """The file's bytes."""
        lines = [csv_line(list(self.head))]
        for sheet in sheets.SHEETS:
            for one in sheets.columns(sheet, account):
                always = "yes" if one.required else "no"
                # An HXL tag begins with #, which no spreadsheet runs.
                lines.append(csv_line([sheet, one.name, one.hxl, one.cell.value, always, one.says]))
        return "".join(lines).encode()
