"""The tables as Parquet, through pyarrow (extra ``export``)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from fogline.model import Account
from fogline.publish.exports import sheets
from fogline.publish.exports.columns import Cell, Column
from fogline.publish.exports.needing import needing
from fogline.publish.rows import Row

if TYPE_CHECKING:
    from types import ModuleType


class _Parquet:
    """A table as Parquet, each column typed, with its meaning in the field's metadata."""

    ending, media_type = "parquet", "application/vnd.apache.parquet"
    sheet: ClassVar[str]

    def write(self, account: Account) -> bytes:
        """The file's bytes. Raises ``UsageError`` without pyarrow."""
        return parquet_of(sheets.columns(self.sheet, account), list(sheets.unread(self.sheet, account)))


def parquet_of(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """The bytes of one file: the columns as they take their values from the rows. Raises ``UsageError`` without pyarrow."""
    arrow, parquet = needing("pyarrow"), needing("pyarrow.parquet")
    schema = arrow.schema([_field(arrow, column) for column in columns])
    held = {column.name: [_value(column.value(row), column) for row in rows] for column in columns}
    buffer = io.BytesIO()
    parquet.write_table(arrow.table(held, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _field(arrow: ModuleType, column: Column) -> Any:
    kinds = {
        Cell.TEXT: arrow.string(),
        Cell.WHOLE: arrow.int64(),
        Cell.NUMBER: arrow.float64(),
        Cell.DAY: arrow.date32(),
        Cell.TEXTS: arrow.list_(arrow.string()),
    }
    about = {"description": column.says, "hxl": column.hxl}
    return arrow.field(column.name, kinds[column.cell], nullable=not column.required, metadata=about)


def _value(value: Any, column: Column) -> Any:
    return date.fromisoformat(value) if column.cell is Cell.DAY and value else value


class ClaimsParquet(_Parquet):
    """Claims."""

    sheet = "claims"


class LinksParquet(_Parquet):
    """Links between claims."""

    sheet = "links"


class ControlParquet(_Parquet):
    """Control, by stretches of days."""

    sheet = "control"
