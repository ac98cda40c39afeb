"""Model values to JSON and back, exactly: what is decoded equals what was encoded, and bears the same id.

A dataclass becomes an object of all its fields (those that are computed, such as ids, left out), a tuple a list, a span
the pair ``[start, end]``, a date its ISO 8601 form, bytes their base64. The types are read from the model's own
annotations, once, so that a field added to the model is stored without a line changed here; a stored object that lacks
a newer field takes the field's default.
"""

from __future__ import annotations

import base64
import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from fogline.errors import DamagedRow
from fogline.model import Span

Decode = Callable[[Any], Any]
"""Makes a value of what JSON said. It may take the lists and objects it is given apart."""

_PLAIN = (str, int, float, bool)
_SHARED = 50_000
"""How many values of a kind are kept to be given out again: voices, dates and extractors repeat from claim to claim."""


def to_json(value: Any) -> str:
    """The value as one line of JSON.

    >>> to_json((Span(0, 4), Span(7, 9)))
    '[[0,4],[7,9]]'
    """
    return _ENCODER.encode(value)


def from_json(kind: Any, text: str) -> Any:
    """The value of that type that ``to_json`` was given.

    Raises ``DamagedRow`` for a text that does not hold such a value.

    >>> from_json(tuple[Span, ...], "[[0,4],[7,9]]")
    (Span(start=0, end=4), Span(start=7, end=9))
    """
    try:
        return decoder(kind)(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        name = getattr(kind, "__name__", str(kind))
        raise DamagedRow(
            f"The ledger holds a {name} that cannot be read: {text[:80]!r} ({error}).",
            "The file was changed from outside or is damaged; restore a backup, or build the ledger again.",
        ) from error


def _told(value: Any) -> Any:
    """One step of what JSON itself cannot say; it asks again for what is inside."""
    kind: Any = type(value)
    return _teller(kind)(value)


@cache
def _teller(kind: Any) -> Callable[[Any], Any]:
    if kind is Span:
        return lambda span: (span.start, span.end)
    if is_dataclass(kind):
        names = _names(kind)
        parts = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)

        def tell(value: Any) -> Any:
            return dict(zip(names, parts(value), strict=True))

        return lru_cache(maxsize=_SHARED)(tell) if _all_words(kind) else tell
    if issubclass(kind, date):
        return date.isoformat if kind is date else datetime.isoformat
    if issubclass(kind, bytes):
        return lambda raw: base64.b64encode(raw).decode("ascii")
    if issubclass(kind, Mapping):
        return dict
    raise TypeError(f"no JSON form is known for {kind.__name__}")


_ENCODER = json.JSONEncoder(default=_told, ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


@cache
def decoder(kind: Any) -> Decode:
    """The function that makes a value of that type of what JSON said."""
    if kind in _PLAIN:
        return _same
    if kind is Span:
        return lambda pair: Span(*pair)
    if kind is bytes:
        return lambda text: base64.b64decode(text, validate=True)
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {member.value: member for member in kind}.__getitem__
    if is_dataclass(kind):
        return _of_dataclass(kind)
    return _of_compound(kind)


def _same(value: Any) -> Any:
    return value


def _of_dataclass(kind: Any) -> Decode:
    hints = get_type_hints(kind)
    names = _names(kind)
    coded = [(name, decoder(hints[name])) for name in names if decoder(hints[name]) is not _same]

    def decode(told: dict[str, Any]) -> Any:
        for name, part in coded:
            if name in told:
                told[name] = part(told[name])
        return kind(**told)

    return _sharing(decode, names) if _all_words(kind) else decode


def _sharing(decode: Decode, names: tuple[str, ...]) -> Decode:
    """The same, giving out one and the same value for the same words: it takes less time and less memory."""
    shared = lru_cache(maxsize=_SHARED)(lambda words: decode(dict(zip(names, words, strict=True))))

    def decode_shared(told: dict[str, Any]) -> Any:
        return shared(tuple(told.values())) if tuple(told) == names else decode(told)

    return decode_shared


def _all_words(kind: Any) -> bool:
    """Whether all its fields are texts or days: no two of those are equal and yet written differently, as 1 and 1.0."""
    hints = get_type_hints(kind)
    bare = [_optional(hints[name]) or hints[name] for name in _names(kind)]
    return all(hint is date or (isinstance(hint, type) and issubclass(hint, str)) for hint in bare)


def _of_compound(kind: Any) -> Decode:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Sequence or (origin is tuple and inner[-1:] == (Ellipsis,)):
        each = decoder(inner[0])
        return tuple if each is _same else lambda values: tuple([each(value) for value in values])
    if origin is tuple:
        slots = [decoder(slot) for slot in inner]
        return lambda values: tuple([decode(value) for decode, value in zip(slots, values, strict=True)])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        each = decoder(inner[1])
        return lambda mapping: {key: each(value) for key, value in mapping.items()}
    if (known := _optional(kind)) is not None:
        some = decoder(known)
        return some if some is _same else lambda value: None if value is None else some(value)
    raise TypeError(f"no JSON form is known for {kind!r}")


def _optional(kind: Any) -> Any | None:
    """The ``X`` of ``X | None``, or ``None`` for anything else."""
    if get_origin(kind) not in (types.UnionType, Union):
        return None
    known = [part for part in get_args(kind) if part is not type(None)]
    return known[0] if len(known) == 1 and len(get_args(kind)) == 2 else None
