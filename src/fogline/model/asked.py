"""What a reader asks a ledger for, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fogline.model.claim import Claim, Kind

MOST_COUNTED = 40
"""Words of a property that are counted: what a person reads through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which claims are wanted; an empty field wants all.

    Names are compared exactly: ``place`` with a place's name or its words in the text, ``speaker`` with who asserts,
    ``outlet`` with who published. ``since`` and ``until`` bound the days spoken of, or else those of publication;
    ``known_by`` is the last day of publication. ``words`` have to be in the quotation, all of them.
    """

    geonameid: int | None = None
    place: str = ""
    kind: Kind | None = None
    side: str = ""
    speaker: str = ""
    outlet: str = ""
    certainty: str = ""
    document_id: str = ""
    since: date | None = None
    until: date | None = None
    known_by: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the first day of publication of its last claim, and that claim's id."""

    published: date | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Claims by day of publication, the latest first and those without one last, then by id from the end on.

    ``after`` is where the next page goes on, ``None`` where there is none.
    """

    claims: tuple[Claim, ...]
    after: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim as a ledger keeps it: ``body`` is the whole claim in JSON, field by field as the model has it."""

    id: str
    document_id: str
    body: str


@dataclass(frozen=True, slots=True)
class ToldLink:
    """A contradiction as a ledger keeps it: ``reasons`` are in JSON, and the ends are claims that it holds."""

    id: str
    aspect: str
    reasons: str
    a: Told
    b: Told


@dataclass(frozen=True, slots=True)
class ToldMatter:
    """A matter as a ledger keeps it: ``answers`` are in JSON; ``reports`` is in how many reports each is given, where any is."""

    id: str
    question: str
    place: str
    aspect: str
    answers: str
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTable:
    """Matters by id, question, place and aspect; and voices by name and side, each with what it says: of which of the matters,
    the answer, and the claim that gives it.
    """

    matters: tuple[tuple[str, str, str, str], ...]
    voices: tuple[tuple[str, str, tuple[tuple[int, str, str], ...]], ...]
    more: tuple[bool, bool]
    """Whether there are more matters, and more voices, behind these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """The part of a table that is shown: at most so many matters and voices, after so many of each."""

    most: int
    matters: int = 0
    voices: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceClaims:
    """A place of the gazetteer that claims speak of: where it is (degrees, WGS84), and how many do."""

    geonameid: int
    name: str
    lat: float | None
    lon: float | None
    claims: int
