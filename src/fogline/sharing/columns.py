"""What stays in memory of every claim while a ledger is concluded in bulk: some forty bytes, by its place in reading order."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fogline.appraise.interest import Interest
from fogline.link.credit import NOWHERE, Origin
from fogline.link.families import Published
from fogline.model import Kind, Modality, Speaker

Value = TypeVar("Value")

KINDS, MODALITIES, INTERESTS = tuple(Kind), tuple(Modality), tuple(Interest)
_MARK = "claim-"
_NAME = 12
"""Bytes of a claim's name behind its mark."""


class Table(Generic[Value]):
    """Values that many claims share, each once."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._number: dict[Value, int] = {}

    def number(self, value: Value) -> int:
        """The number of a value, the next one where it is new."""
        found = self._number.setdefault(value, len(self.values))
        if found == len(self.values):
            self.values.append(value)
        return found


@dataclass(frozen=True, slots=True)
class Mouth:
    """Who says something, through whom it is read, how both are spoken of in a reason, and what the voice hangs on."""

    speaker: Speaker
    outlet: Speaker
    relays: tuple[str, ...]
    teller: str
    ties: tuple[str, ...]


def packed(name: str) -> bytes:
    """A claim's id in twelve bytes that sort as it does."""
    return bytes.fromhex(name.removeprefix(_MARK))


def unpacked(raw: bytes) -> str:
    """The id that was packed.

    >>> unpacked(packed("claim-0123456789abcdef01234567"))
    'claim-0123456789abcdef01234567'
    """
    return _MARK + raw.hex()


@dataclass(slots=True)
class Columns:
    """Claims by their place in reading order, and documents by theirs."""

    names: bytearray = field(default_factory=bytearray)
    mouth: array[int] = field(default_factory=lambda: array("i"))
    document: array[int] = field(default_factory=lambda: array("i"))
    kind: array[int] = field(default_factory=lambda: array("b"))
    modality: array[int] = field(default_factory=lambda: array("b"))
    interest: array[int] = field(default_factory=lambda: array("b"))
    day: array[int] = field(default_factory=lambda: array("i"))
    """The ordinal of the day on which each was published, or else spoken of; 0 where neither is known."""
    mouths: Table[Mouth] = field(default_factory=Table)
    documents: list[str] = field(default_factory=list)
    said: array[int] = field(default_factory=lambda: array("i"))
    """The ordinal of the day on which each document came out, in order; ``NO_DAY`` where that is not known."""
    origin: array[int] = field(default_factory=lambda: array("i"))
    origins: Table[Origin] = field(default_factory=Table)
    languages: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.mouth)

    def name(self, number: int) -> str:
        """The id of a claim."""
        return unpacked(bytes(self.names[_NAME * number : _NAME * (number + 1)]))

    def said_by(self, number: int) -> Mouth:
        """Who says a claim."""
        return self.mouths.values[self.mouth[number]]

    def kind_of(self, number: int) -> Kind:
        """What a claim is about."""
        return KINDS[self.kind[number]]

    def published(self, number: int) -> Published:
        """How a claim came to be read."""
        mouth = self.said_by(number)
        at = self.document[number]
        origin = self.origins.values[self.origin[at]] if at >= 0 else NOWHERE
        return Published(mouth.outlet.name.casefold(), mouth.relays, origin)

    def spoken(self) -> Iterator[tuple[Speaker, Speaker, int]]:
        """Speaker and outlet of all claims, with how many claims have both."""
        for number, many in sorted(Counter(self.mouth).items()):
            mouth = self.mouths.values[number]
            yield mouth.speaker, mouth.outlet, many
