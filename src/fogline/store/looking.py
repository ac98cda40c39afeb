"""Rows by number or id, as many as an answer shows.

SQLAlchemy takes several times longer to write out a question of a hundred ids than SQLite to answer it. Here the words of a
question are written once, and the ids go with it as one JSON list, or as one array: PostgreSQL then prepares one statement
however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, Integer, Select, TextualSelect, bindparam, or_, text

from fogline.store.grounds import chunks
from fogline.store.texts import kept

_NAMES_AT_ONCE = 5_000
_LIST = "IN (__[POSTCOMPILE_some])"


class Look:
    """One question, whose rows have a column in a list that is given each time. Its columns are texts and numbers, no days.

    With ``either`` one of two columns is in the list. The column is of the rows themselves or, with ``within``, of the rows of
    that question, which name them by a column ``of``.
    """

    def __init__(
        self,
        asked: Select[Any],
        key: ColumnElement[Any],
        of: ColumnElement[Any] | None = None,
        within: Select[Any] | None = None,
        either: ColumnElement[Any] | None = None,
    ) -> None:
        keys = [key] if either is None else [key, either]
        given = or_(*(one.in_(bindparam("some", expanding=True)) for one in keys))
        self._asked = asked.where(given if of is None or within is None else of.in_(within.where(given)))
        self._lists = len(keys)
        self._array = "BIGINT[]" if isinstance(key.type, Integer) else "TEXT[]"
        self._in_sqlite = ""
        self._in_postgresql: TextualSelect | None = None

    def rows(self, connection: Connection, some: Iterable[Any]) -> Iterator[Any]:
        """The rows with one of these values, in the question's own order among each 5,000 of them."""
        ask = self._of_sqlite if connection.dialect.name == "sqlite" else self._of_postgresql
        for values in chunks(some, _NAMES_AT_ONCE):
            yield from ask(connection, values).all()

    def _of_sqlite(self, connection: Connection, values: list[Any]) -> CursorResult[Any]:
        if not self._in_sqlite:
            self._in_sqlite = self._written(connection).replace(_LIST, "IN (SELECT value FROM json_each(?))")
        return connection.exec_driver_sql(self._in_sqlite, (json.dumps(values),) * self._lists)

    def _of_postgresql(self, connection: Connection, values: list[Any]) -> CursorResult[Any]:
        if self._in_postgresql is None:
            told = self._written(connection).replace(_LIST, f"= ANY (CAST(:some AS {self._array}))")
            # With its columns, since a text may have been kept otherwise than it was given.
            self._in_postgresql = text(told).columns(*self._asked.selected_columns)
        some = [kept(value) if isinstance(value, str) else value for value in values]
        return connection.execute(self._in_postgresql, {"some": some})

    def _written(self, connection: Connection) -> str:
        return str(self._asked.compile(connection, compile_kwargs={"literal_binds": False}))
