"""Texts as a database can keep them: PostgreSQL alone knows no NUL character inside a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_MARK = "\x1a"
"""ASCII's SUB, "stands for a character that cannot be kept": it is written double where a text holds it."""


def kept(text: str) -> str:
    """The text without NUL characters, in a way that ``given`` takes back.

    >>> given(kept("a\\x00b")) == "a\\x00b" and "\\x00" not in kept("a\\x00b")
    True
    """
    if "\x00" in text or _MARK in text:
        return text.replace(_MARK, _MARK + "1").replace("\x00", _MARK + "0")
    return text


def given(text: str) -> str:
    """The text that ``kept`` was given."""
    return text.replace(_MARK + "0", "\x00").replace(_MARK + "1", _MARK) if _MARK in text else text


def _none_apart(change: Callable[[str], str]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else change(value)


class Kept(TypeDecorator[str]):
    """A text with every character there is; ``by_code_point`` also sorts it so on every database."""

    impl = Text
    cache_ok = True

    def __init__(self, by_code_point: bool = False) -> None:
        super().__init__()
        self.by_code_point = by_code_point

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL sorts by the language of the database unless told otherwise."""
        in_c = self.by_code_point and dialect.name == "postgresql"
        return dialect.type_descriptor(Text(collation="C") if in_c else Text())

    def bind_processor(self, dialect: Dialect) -> Any:
        """Nothing to do but on PostgreSQL."""
        return _none_apart(kept) if dialect.name == "postgresql" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Nothing to do but on PostgreSQL."""
        return _none_apart(given) if dialect.name == "postgresql" else None
