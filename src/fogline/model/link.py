"""How two claims stand to each other, and which claims are one voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fogline.model.identity import fingerprint


class Relation(StrEnum):
    """What one claim is to another."""

    CORROBORATES = "corroborates"
    CONTRADICTS = "contradicts"
    REPEATS = "repeats"
    UPDATES = "updates"
    QUALIFIES = "qualifies"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: a name to group by, a sentence to read, a weight where it is part of a sum, and the claims behind it."""

    name: str
    detail: str
    weight: float = 0.0
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims (ids, ``a`` before ``b`` in reading order) with relation, aspect and named reasons.

    ``aspect`` is the kind of the claims, or ``date``, ``quantity``, ``polarity``, ``explanation``, ``scope``.
    """

    a: str
    b: str
    relation: Relation
    aspect: str
    reasons: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """The link's name by content."""
        return fingerprint("link", self.a, self.b, self.relation, self.aspect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Claims that are one voice: wire copy, same bulletin, same statement by the same speaker.

    ``root`` is the earliest or the credited member; ``members`` are claim ids in reading order, root included.
    """

    root: str
    members: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def id(self) -> str:
        """The family's name by content."""
        return fingerprint("family", *self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a matter's question: its claims, the families that give it, and what these come to.

    ``sides`` counts the independent voices by side, sides in order: families of one speaker, or of outlets of one owner,
    are one voice. ``first`` and ``last`` are the days on which it was first and last published, where any is known.
    """

    value: str
    claims: tuple[str, ...]
    families: tuple[str, ...]
    sides: tuple[tuple[str, int], ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def voices(self) -> int:
        """How many independent voices give it."""
        return sum(count for _, count in self.sides) if self.sides else len(self.families)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The claims that answer one question, grouped by answer."""

    question: str
    place: str
    aspect: str
    answers: tuple[Answer, ...]

    @property
    def id(self) -> str:
        """The matter's name by content."""
        return fingerprint("matter", self.question, *(c for a in self.answers for c in a.claims))
