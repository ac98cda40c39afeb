"""What conclusions rest on, kept beside them so that a new report changes only what it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fogline.model.claim import Claim, SpeakerType
from fogline.model.control import Control
from fogline.model.grade import ClaimGrade, SourceGrade
from fogline.model.link import Family, Link, Matter

Keys = frozenset[int]
"""Names of what a document shares with others (``link.keys``)."""

Marks = frozenset[tuple[int, int]]
"""Names of what a claim shares with others, each with the day (ordinal) at which it stands among them."""

BEFORE_ALL, BEHIND_ALL = -(2**31), 2**31 - 1
"""Days before and behind all at which a claim may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned of a source's words in one interest: the mean of its group, what that is worth, and by period (each
    discounted by how far the others are off) how many of its statements were right and how many were seen.

    ``last`` is the period in which it last spoke.
    """

    name: str
    type: SpeakerType
    interest: str
    mean: float
    strength: float
    last: int
    right: tuple[float, ...]
    seen: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What was learned of all sources: ``first`` is the ordinal of the first day of period 0, ``groups`` the means of sources
    of one standing, side and interest.
    """

    first: int = 0
    groups: tuple[tuple[str, str, str, float], ...] = ()
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A link with the name of the block it was found in, unless a person says how the two stand, and that of the matter it belongs
    to, if it does to one.
    """

    link: Link
    block: int | None = None
    matter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What all conclusions rest on: ``way`` names how they were drawn (versions, theatre), the rest is in their order.

    ``claims`` and ``documents`` come by id; a document's names come with a checksum of its text. ``languages`` are those of
    all documents with claims.
    """

    way: str
    claims: Iterable[tuple[str, Marks]]
    documents: Iterable[tuple[str, int, Keys]]
    links: Iterable[tuple[int | None, int | None]]
    matters: Iterable[int]
    lessons: Lessons
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What was read since all was last concluded: current claims that are not concluded, and concluded ones no longer read.

    ``learned`` is how many claims there were when sources were last weighed, ``changed`` how many came or went since, these
    included; ``languages`` those of all concluded documents.
    ``gone_documents`` are the documents of which no claim is left, each with its names.
    """

    way: str
    learned: int
    changed: int
    added: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    gone_documents: tuple[tuple[str, Keys], ...]
    languages: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Amendment:
    """What is put in the place of what.

    ``off`` names what goes: families by their claims' ids, links by id, matters by key, grades by claim, control by place,
    sources by name and type. The rest is added; a source takes the place of the one of its name and type. ``claims`` and
    ``documents`` are those whose names are kept from now on, ``languages`` those of all documents.
    """

    families_off: set[str] = field(default_factory=set)
    families: list[Family] = field(default_factory=list)
    links_off: set[str] = field(default_factory=set)
    links: list[Placed] = field(default_factory=list)
    matters_off: set[int] = field(default_factory=set)
    matters: list[tuple[Matter, int]] = field(default_factory=list)
    grades_off: set[str] = field(default_factory=set)
    grades: list[ClaimGrade] = field(default_factory=list)
    sources: list[SourceGrade] = field(default_factory=list)
    sources_off: set[tuple[str, str]] = field(default_factory=set)
    control_off: set[int] = field(default_factory=set)
    control: list[Control] = field(default_factory=list)
    claims: list[tuple[str, Marks]] = field(default_factory=list)
    documents: list[tuple[str, int, Keys]] = field(default_factory=list)
    languages: frozenset[str] = frozenset()
