"""Readings set right by people, field by field: what may be set to what, and the claim as it then reads.

The claim as it was heard stays in the ledger; its words, its passage and its id stay what they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from fogline.errors import UsageError
from fogline.model import (
    CONTESTED,
    THIRD,
    UNKNOWN_SIDE,
    UNKNOWN_WHEN,
    Certainty,
    Claim,
    Correction,
    Judgement,
    Kind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    When,
)
from fogline.timex.values import day, month, stretch, year


class Field(StrEnum):
    """What can be set right in a reading."""

    KIND = "kind"
    HOLDER = "holder"
    ACTOR = "actor"
    TARGET = "target"
    POLARITY = "polarity"
    CERTAINTY = "certainty"
    MODALITY = "modality"
    SPEAKER = "speaker"
    SIDE = "side"
    PLACE = "place"
    WHEN = "when"


NOTHING = "none"
"""What is written to empty a field: no holder, no place, no known day."""

_WORDS: Mapping[Field, type[StrEnum]] = {
    Field.KIND: Kind,
    Field.POLARITY: Polarity,
    Field.CERTAINTY: Certainty,
    Field.MODALITY: Modality,
}
_EMPTY = frozenset({Field.HOLDER, Field.ACTOR, Field.TARGET, Field.PLACE, Field.WHEN})
LONGEST_NAME = 200
"""Characters of a speaker's name that a person may give."""


def correction(field: Field, text: str, sides: Sequence[str], find: Callable[[str], Place]) -> str:
    """The value of a judgement that sets ``field`` to what a person wrote.

    ``sides`` are the theatre's codes; ``find`` is the gazetteer, whose coordinates are kept with the judgement, so that a
    later gazetteer moves nothing. Raises ``UsageError`` for what the field cannot be.
    """
    given = text.strip()
    to: Any = "" if given == NOTHING and field in _EMPTY else _meant(field, given, sides, find)
    return json.dumps({"field": field.value, "to": to}, ensure_ascii=False, sort_keys=True)


def shown(value: str) -> str:
    """The value of a correcting judgement in words.

    >>> shown('{"field": "holder", "to": ""}')
    'holder = none'
    """
    told = json.loads(value)
    to = told["to"]["name"] if isinstance(told["to"], dict) else told["to"]
    return f"{told['field']} = {to or NOTHING}"


def corrected(claims: Iterable[Claim], corrections: Iterable[Judgement]) -> tuple[Claim, ...]:
    """The claims as they read with the corrections that hold, oldest first; of two for one field the later holds.

    A claim that is corrected already is left as it is.
    """
    of: dict[str, dict[str, Judgement]] = {}
    for one in corrections:
        of.setdefault(one.subject, {})[json.loads(one.value)["field"]] = one
    return tuple(
        _corrected(claim, of[claim.id]) if claim.id in of and not claim.corrected else claim for claim in claims
    )


def _corrected(claim: Claim, by_field: Mapping[str, Judgement]) -> Claim:
    name, read = claim.id, claim
    for field in Field:
        if (one := by_field.get(field)) is None:
            continue
        to = json.loads(one.value)["to"]
        noted = Correction(
            claim=name, field=field.value, was=_was(claim, field), now=to["name"] if isinstance(to, dict) else to,
            person=one.person, reason=one.reason, day=one.at.date(), judgement=one.id,
        )  # fmt: skip
        read = replace(_set(read, field, to), corrected=(*read.corrected, noted))
    return read


def _meant(field: Field, given: str, sides: Sequence[str], find: Callable[[str], Place]) -> Any:
    if field in _WORDS:
        words = [word.value for word in _WORDS[field]]
        return _one_of(field, given, words)
    if field is Field.SIDE:
        return _one_of(field, given, [*sides, THIRD, UNKNOWN_SIDE])
    if field in (Field.HOLDER, Field.ACTOR, Field.TARGET):
        return _one_of(field, given, [*sides, *([CONTESTED] if field is Field.HOLDER else []), NOTHING])
    if field is Field.PLACE:
        place = asdict(find(given))
        return {**place, "precision": place["precision"].value}
    if field is Field.WHEN:
        return when(given).edtf
    if not given or len(given) > LONGEST_NAME:
        raise UsageError(
            f"A speaker's name has 1 to {LONGEST_NAME} characters.", "Give the name as the report writes it."
        )
    return given


def _one_of(field: Field, given: str, words: Sequence[str]) -> str:
    if given not in words:
        raise UsageError(f"{field.value} cannot be {given!r}.", f"Give one of {', '.join(words)}.")
    return given


def when(text: str) -> When:
    """A day, month, year, or interval of days, as EDTF writes them; raises ``UsageError`` for anything else.

    >>> str(when("2025-11").end), when("2025-11-20/2025-11-22").edtf
    ('2025-11-30', '2025-11-20/2025-11-22')
    """
    first, slash, last = text.partition("/")
    found = _simple(first)
    if slash and found is not None:
        end = _simple(last)
        whole = (
            found.start and end and end.end and len(first) == len(last) == len("2025-11-20") and found.start <= end.end
        )
        found = stretch(found.start, end.end, found.basis) if whole and found.start and end and end.end else None
    if found is None:
        raise UsageError(f"{text!r} is no day.", "Write 2025-11-20, 2025-11, 2025 or 2025-11-18/2025-11-20.")
    return found


def _simple(text: str) -> When | None:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return None
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return year(numbers[0])
    return month(numbers[0], numbers[1]) if len(numbers) == 2 else day(numbers[0], numbers[1], numbers[2])


def _was(claim: Claim, field: Field) -> str:
    if field is Field.PLACE:
        return ", ".join(place.name for place in claim.places)
    if field is Field.WHEN:
        return claim.when.edtf
    if field is Field.SPEAKER:
        return claim.speaker.name
    if field is Field.SIDE:
        return claim.speaker.side
    return str(getattr(claim, field.value))


def _set(claim: Claim, field: Field, to: Any) -> Claim:
    if field is Field.PLACE:
        return replace(claim, places=(_place(to),) if to else ())
    if field is Field.WHEN:
        return replace(claim, when=when(to) if to else UNKNOWN_WHEN)
    if field in (Field.SPEAKER, Field.SIDE):
        first, *relays = claim.attribution.chain
        voice = replace(first, name=to) if field is Field.SPEAKER else replace(first, side=to)
        return replace(claim, attribution=replace(claim.attribution, chain=(voice, *relays)))
    change: dict[str, Any] = {field.value: _WORDS[field](to) if field in _WORDS else to}
    return replace(claim, **change)


def _place(to: Mapping[str, Any]) -> Place:
    return Place(
        name=to["name"], text=to["text"], geonameid=to["geonameid"], lat=to["lat"], lon=to["lon"],
        precision=PlacePrecision(to["precision"]),
    )  # fmt: skip
