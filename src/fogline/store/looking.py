"""Rows by number or id, as many as an answer shows.

SQLAlchemy takes several times longer to write out a question of a hundred ids than SQLite to answer it. Here the words of a
question are written once, and the ids go with it as one JSON list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam

from fogline.store.grounds import chunks

_NAMES_AT_ONCE = 5_000
_LIST = "(__[POSTCOMPILE_some])"


class Look:
    """One question, whose rows have a column in a list that is given each time. Its columns are texts and numbers, no days."""

    def __init__(self, asked: Select[Any], key: ColumnElement[Any]) -> None:
        self._asked = asked.where(key.in_(bindparam("some", expanding=True)))
        self._words = ""

    def rows(self, connection: Connection, some: Iterable[Any]) -> Iterator[Any]:
        """The rows with one of these values, in the question's own order among each 5,000 of them."""
        for values in chunks(some, _NAMES_AT_ONCE):
            if connection.dialect.name == "sqlite":
                yield from connection.exec_driver_sql(self._in_sqlite(connection), (json.dumps(values),)).all()
            else:
                yield from connection.execute(self._asked, {"some": values}).all()

    def _in_sqlite(self, connection: Connection) -> str:
        if not self._words:
            told = str(self._asked.compile(connection, compile_kwargs={"literal_binds": False}))
            self._words = told.replace(_LIST, "(SELECT value FROM json_each(?))")
        return self._words
