"""Every seam of fogline on one page: small Protocols, extra powers in extra ones. Each store passes ``tests/contracts``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from fogline.model import (
    Account,
    Amendment,
    Article,
    Asked,
    Claim,
    ClaimGrade,
    Conclusions,
    Control,
    Document,
    Failure,
    Family,
    Grounds,
    Growth,
    Judgement,
    Keys,
    Kind,
    Lessons,
    Link,
    Lost,
    Mark,
    Page,
    PlaceClaims,
    Reading,
    Run,
    SourceGrade,
    TablePart,
    Told,
    ToldLink,
    ToldMatter,
    ToldTable,
)

Question = TypeVar("Question")
Result = TypeVar("Result")

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage, done, total)``; ``total`` is 0 where it is not known."""


class Source(Protocol):
    """Brings in articles from one kind of place."""

    def accepts(self, path: Path) -> bool:
        """Whether this source reads that path."""

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles at the path; what cannot be read comes as a failure in its place, and the rest goes on."""


class WritesLedger(Protocol):
    """Adds to a ledger. Every call is all or nothing, and survives being killed."""

    def start(self, run: Run, at: datetime) -> None:
        """Make ``run`` the current way of reading; a run that is there already is not added twice."""

    def add(self, run: Run, readings: Iterable[Reading], at: datetime) -> int:
        """Store readings of a run; returns how many were new. A reading that is there already is left alone."""

    def conclude(self, conclusions: Conclusions, grounds: Grounds | None = None) -> None:
        """Put these conclusions, and what they rest on, in the place of the ones before."""

    def judge(self, judgement: Judgement) -> None:
        """Add what a person decided."""


class ReadsLedger(Protocol):
    """Answers from a ledger. For each article the latest run that read it speaks."""

    def has(self, run: Run, article_id: str) -> bool:
        """Whether the run has read the article."""

    def article(self, article_id: str) -> Article:
        """The article of that id; raises ``KeyError`` where there is none."""

    def documents(self) -> tuple[Document, ...]:
        """The current documents, by name and then id."""

    def claims(self) -> tuple[Claim, ...]:
        """The current claims, by document (in the order of ``documents``) and then place in the text, then id."""

    def conclusions(self) -> Conclusions:
        """What was concluded last; empty where nothing was yet."""


class KeepsHistory(Protocol):
    """Knows how the ledger came about."""

    def runs(self) -> tuple[tuple[Run, datetime], ...]:
        """The runs in the order in which they first started, each with that time."""

    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided, oldest first."""


class Ledger(WritesLedger, ReadsLedger, KeepsHistory, Protocol):
    """A store that reads, writes and remembers."""

    def close(self) -> None:
        """Let go of files and locks."""


@runtime_checkable
class SearchesText(Protocol):
    """Finds claims by their words."""

    def search(self, words: str) -> tuple[Claim, ...]:
        """Current claims whose quotation holds all the words, best first."""


@runtime_checkable
class SearchesMap(Protocol):
    """Finds claims by where they point."""

    def within(self, south: float, west: float, north: float, east: float) -> tuple[Claim, ...]:
        """Current claims with a place in the box (WGS84 degrees, borders included), in the order of ``claims``."""


@runtime_checkable
class PagesClaims(Protocol):
    """Answers small questions without reading all of the ledger: what a server asks."""

    def revision(self) -> str:
        """A word that changes whenever what the ledger says may have changed."""

    def page(self, asked: Asked, *, after: Mark | None = None, limit: int = 100) -> Page:
        """At most ``limit`` of the current claims that are asked for, from behind ``after`` on."""

    def claim(self, claim_id: str) -> Claim:
        """The current claim of that id; raises ``KeyError`` where there is none."""

    def document(self, document_id: str) -> Document:
        """The current document of that id; raises ``KeyError`` where there is none."""

    def families(self, claim_ids: Sequence[str]) -> Mapping[str, str]:
        """Claim id to the id of its family as last concluded; claims that are in none are left out."""

    def places(self, known_by: date | None = None) -> tuple[PlaceClaims, ...]:
        """The places that current claims speak of, by GeoNames id; ``known_by`` is the last day of publication."""

    def counts(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """Of ``kind``, ``side``, ``speaker``, ``outlet``, ``certainty`` the ``MOST_COUNTED`` words that most have; ties by word."""

    def months(self, asked: Asked) -> Mapping[str, Mapping[str, int]]:
        """How many of them each side's speakers say in each month of publication ("2025-11"), both rising; undated ones not."""


@runtime_checkable
class HoldsColumns(Protocol):
    """Can answer small questions of a large ledger from memory; the answers are the same."""

    def hold(self, progress: Progress | None = None) -> None:
        """Read what claims are asked by into memory, and keep it up to date from then on: about 200 bytes a claim."""

    def rest(self) -> None:
        """Let go of all connections, so that the process can be forked; the next question opens new ones."""

    def moment(self) -> AbstractContextManager[None]:
        """Within this, all that the thread reads is of one state, asked in one go; it writes nothing meanwhile."""


@runtime_checkable
class KeepsGrounds(Protocol):
    """Keeps what conclusions rest on, by names of ``link.keys``. Current claims come, without order; what is not there is left out."""

    def growth(self) -> Growth | None:
        """What was read since all was last concluded; ``None`` where all has to be concluded anew."""

    def amend(self, amendment: Amendment) -> None:
        """Put what is new in the place of what goes, all of it or nothing; what was read is concluded then."""

    def near(self, spans: Collection[tuple[int, int, int]]) -> frozenset[str]:
        """The ids of concluded claims that have a name at a day, for each name with the first and the last day."""

    def reach(self, marks: Collection[tuple[int, int]], many: int) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Of each name and day those between which ``many`` claims have it on each side; all days where there are fewer."""

    def published(self, first: date, last: date) -> frozenset[str]:
        """The ids of concluded documents that came out on these days."""

    def claims_named(self, ids: Collection[str]) -> tuple[Claim, ...]:
        """The claims of these ids."""

    def claims_in(self, documents: Collection[str]) -> tuple[Claim, ...]:
        """The claims of these documents."""

    def claims_by(self, names: Collection[str]) -> tuple[Claim, ...]:
        """The claims of speakers and outlets of these names."""

    def speaking_of(self, places: Collection[int], units: Collection[str], kinds: Collection[str]) -> frozenset[str]:
        """The ids of claims of these kinds on these places (by GeoNames id), and on districts and regions of these names."""

    def ends_of(self, ids: Collection[str]) -> Mapping[str, Document]:
        """The documents of these ids, by id: name, outlet and days alone, and of a long text its ends, where it credits an agency."""

    def whole(self, ids: Collection[str]) -> Mapping[str, Document]:
        """The documents of these ids, by id."""

    def keys_of_documents(self, ids: Collection[str]) -> Mapping[str, Keys]:
        """The names that are kept of these documents, by id."""

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Mapping[str, int]]:
        """By name the documents that have it, with a checksum of their texts; none where more than ``most`` texts have an even one."""

    def families_of(self, claims: Collection[str]) -> tuple[Family, ...]:
        """The families of these claims."""

    def voices_of(self, claims: Collection[str]) -> Mapping[str, tuple[str, str, int]]:
        """Of each of these claims the id of its family, its root, and the claim's rank in it, which is 0 for the root."""

    def links_in(self, names: Collection[int]) -> tuple[Link, ...]:
        """The links of blocks, of voices and of matters of these names."""

    def links_with(self, claims: Collection[str]) -> tuple[Link, ...]:
        """The links of these claims."""

    def sources_named(self, names: Collection[str], *, reasons: bool = True) -> tuple[SourceGrade, ...]:
        """The grades of sources of these names, with their reasons or without."""

    def lessons(self, names: Collection[str]) -> Lessons:
        """What was learned of sources of these names, and of all groups."""

    def places_concluded(self) -> tuple[int, ...]:
        """The settlements (GeoNames ids) of which it is concluded who held them."""

    def tally(self) -> Mapping[str, int]:
        """How many ``documents``, ``claims``, ``families``, ``disputes`` and ``places``; and claims when sources were ``weighed``."""


class Translations(Protocol):
    """Proposes documents of which one may be a translation of the other. It never decides: what their claims tell does."""

    def propose(self, documents: Sequence[Document]) -> Iterable[tuple[str, str]]:
        """Pairs of these documents (ids), each of two languages, in any order; the order of the documents changes nothing."""

    def around(self, day: int) -> tuple[int, int]:
        """The first and the last day (ordinals) of the documents that bear on what is proposed of one of that day."""


@runtime_checkable
class ReadsParts(Protocol):
    """Hands over the parts of what was said and concluded that an answer shows, where all of it is too much to read.

    Links, families, matters, grades and control are as last concluded. Ids that are not there are left out. A page gives
    whether another one follows; ``after`` names the last row of the page before, and ``KeyError`` is raised where it names none.
    """

    def claims_by_id(self, claim_ids: Sequence[str]) -> Mapping[str, Claim]:
        """Current claims by id."""

    def bodies(self, claim_ids: Sequence[str]) -> Sequence[Told]:
        """Current claims as they are kept, in no order."""

    def page_ids(self, asked: Asked, after: Mark | None, limit: int) -> tuple[Sequence[str], Mark | None]:
        """``PagesClaims.page`` with the id of each claim."""

    def outlines(self, document_ids: Sequence[str]) -> Mapping[str, Document]:
        """Documents by id, without their text."""

    def outline_bodies(self, document_ids: Iterable[str]) -> Mapping[str, str]:
        """The same as they are kept, in JSON."""

    def outlines_page(self, known_by: date | None, after: str, limit: int) -> tuple[Mapping[str, str], bool]:
        """A page of the current documents, by name and then id, without their text, as they are kept."""

    def documents_of(self, claim_ids: Sequence[str]) -> Mapping[str, str]:
        """Claim to a word for its document."""

    def families_with(self, claim_ids: Sequence[str]) -> Mapping[str, Family]:
        """The families that hold these claims, by each of their members."""

    def grade(self, claim_id: str) -> ClaimGrade | None:
        """The grade of a claim."""

    def linked(self, claim_id: str) -> Sequence[Link]:
        """The links of which the claim is an end, in their order, without their reasons."""

    def alike(self, claim_id: str, other: str) -> frozenset[str]:
        """The claims that answer as a claim does, itself too, to any question that another one answers otherwise."""

    def tabled(
        self, asked: Asked, part: TablePart, out: Iterable[str], otherwise: Mapping[str, tuple[str, str]]
    ) -> ToldTable:
        """The most answered matters of a place by any name claims have for it, by one name, or of all; ``otherwise``: who speaks."""

    def disputes(self, asked: Asked, after: str, limit: int, out: Iterable[str]) -> tuple[Sequence[int], bool, int]:
        """Numbers of current contradictions, an end asked for and none left ``out``, the latest first; whether more; how many."""

    def clashes(self, numbers: Sequence[int]) -> Mapping[int, ToldLink]:
        """Contradictions by these numbers, as they are kept."""

    def clash(self, link_id: str) -> ToldLink | None:
        """The contradiction between current claims of that id."""

    def matters(self, asked: Asked, after: str, limit: int) -> tuple[Sequence[int], bool]:
        """The numbers of a page of matters to which a claim that is asked for is an answer. Numbers hold until all is concluded."""

    def told_matters(self, numbers: Sequence[int], out: Iterable[str]) -> Mapping[int, ToldMatter]:
        """Matters by these numbers, as they are kept; in reports counted without claims left ``out``."""

    def sources(self, side: str, after: str, limit: int) -> tuple[Sequence[SourceGrade], bool]:
        """A page of graded sources, of a side where one is named; ``after`` is ``TYPE:NAME``."""

    def assessed(self, geonameid: int) -> Control | None:
        """The control of a place."""

    def assessed_places(self) -> frozenset[int]:
        """The places whose control was worked out."""

    def held_on(self, day: date | None) -> Mapping[int, Control]:
        """Of every place its control cut to one day and the stretch that holds it; the last assessed day where none is given."""

    def latest(self, kind: Kind, on: date | None, place: int | None = None) -> Mapping[tuple[int, str], Sequence[str]]:
        """By place and side the ids of claims of a kind, those that speak of the latest day first, of one day by falling id."""


class Exporter(Protocol):
    """Writes an account in somebody else's format; the same account gives the same bytes."""

    ending: str
    """How a file of it is named at the end, without the dot; ``media_type`` is what it is called over HTTP."""
    media_type: str

    def write(self, account: Account) -> bytes:
        """The whole file. Raises ``UsageError`` where a library that it needs is not installed."""


class Engine(Protocol):
    """Runs a pure function over shards; made with a number of workers (0: one a core) and an address (empty: here)."""

    def map(
        self,
        function: Callable[[Question], Result],
        shards: Iterable[Question],
        limit: Callable[[Question], float] | None = None,
    ) -> Iterator[Result | Lost[Question]]:
        """The results in the order of the shards; ``Lost`` in the place of a shard at which workers died time and again.

        A worker that takes more than ``limit`` seconds for a shard is ended, which counts as its death; ``None`` is without end.
        """
