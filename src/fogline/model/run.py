"""What read what, when, and with which settings; and what people decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from fogline.model.article import Article
from fogline.model.claim import Claim
from fogline.model.control import Control
from fogline.model.document import Document
from fogline.model.grade import ClaimGrade, SourceGrade
from fogline.model.identity import fingerprint
from fogline.model.link import Family, Link, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way of reading: versions and settings. The same way of reading is the same run, whenever it happens.

    ``settings`` is canonical JSON of all that can change what is read.
    """

    extractor: str
    version: str
    cleaner: str
    theatre: str
    settings: str = "{}"

    @property
    def id(self) -> str:
        """The run's name by content."""
        return fingerprint("run", self.extractor, self.version, self.cleaner, self.theatre, self.settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article as one run read it: stored whole or not at all."""

    article: Article
    document: Document
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not be read: which, what is wrong, what to do."""

    name: str
    problem: str
    remedy: str = ""


Shard = TypeVar("Shard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Generic[Shard]):
    """A shard that no worker came through: it may hold an article that kills, or one whose reading does not end."""

    shard: Shard
    deaths: int
    """Workers that died at it, or were ended because they took too long."""
    waited: float = 0.0
    """Seconds that the last of them was given; 0 where it died of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """All that is computed from the claims; can be thrown away and built again."""

    families: Sequence[Family] = ()
    links: Sequence[Link] = ()
    matters: Sequence[Matter] = ()
    sources: Sequence[SourceGrade] = ()
    grades: Sequence[ClaimGrade] = ()
    control: Sequence[Control] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about a claim, a link or a source: who, when, why. Undo is another judgement.

    ``decision`` is a word such as ``accept``, ``reject``, ``regrade`` or ``undo``; ``value`` what it sets, if anything.
    """

    subject: str
    decision: str
    value: str
    person: str
    reason: str
    at: datetime

    @property
    def id(self) -> str:
        """The judgement's name by content."""
        return fingerprint(
            "judgement", self.subject, self.decision, self.value, self.person, self.reason, self.at.isoformat()
        )
