"""What a brief is made of: sentences that carry citations, in blocks, in sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fogline.model import Speaker


class Standing(StrEnum):
    """Whose word a sentence is."""

    ASSESSED = "assessed"
    CLAIMED = "claimed"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One passage: its exact words, who is heard through whom, where and when, and the hash of the bytes it stands in.

    ``start`` and ``end`` are character offsets into the document's text; ``published`` is EDTF, empty where unknown;
    ``dated`` the same in words. ``before`` and ``after`` are the words around the passage in its paragraph.
    """

    number: int
    claim: str
    quote: str
    chain: tuple[Speaker, ...]
    told: str
    outlet: str
    published: str
    dated: str
    document: str
    document_id: str
    title: str
    url: str
    language: str
    start: int
    end: int
    sha256: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a cited passage inside a sentence; ``whole`` is false where only their beginning is shown."""

    citation: int
    text: str
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What is said, whose word it is, and the numbers of the citations it rests on.

    A sentence about the world has at least one citation; a note is about the ledger or the method.
    """

    parts: tuple[str | Quoted, ...]
    standing: Standing = Standing.NOTE
    citations: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as plain text, without citation numbers."""
        return "".join(part if isinstance(part, str) else quoted(part) for part in self.parts)


def quoted(part: Quoted) -> str:
    """A passage between quotation marks, with its cut shown."""
    return f"“{part.text}{'' if part.whole else ' …'}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences that read as one paragraph."""

    sentences: tuple[Sentence, ...]
    block: str = field(default="prose", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Items under a label and a ``lead`` sentence; ``more`` counts those that are in the ledger and not shown."""

    items: tuple[Sentence, ...]
    label: str = ""
    lead: Sentence | None = None
    more: int = 0
    block: str = field(default="listing", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One side of a clash: a passage and how many stand with it."""

    sentence: Sentence
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two passages that cannot both hold, side by side, and why in one sentence."""

    aspect: str
    why: Sentence
    left: Stance
    right: Stance
    block: str = field(default="clash", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of sentences under a head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    more: int = 0
    block: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A dated control claim on the ribbon: its day, the speaker's side, its words in short and its citation."""

    day: date
    side: str
    label: str
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """Belief by day: ``points`` are (day, belief in the order of ``states``); between two points it runs straight."""

    caption: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    points: tuple[tuple[date, tuple[float, ...]], ...]
    marks: tuple[Mark, ...] = ()
    key: str = "ribbon"
    """Tells it from the others of a page; any but ``ribbon`` is drawn small."""
    even_is_unknown: bool = True
    """Whether to believe all states alike is to know nothing; of a scenario's paths it is a probability like any other."""
    block: str = field(default="ribbon", init=False)


Block = Prose | Listing | Clash | Table | Ribbon


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a brief; ``lead`` says how to read it."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited report on one settlement: one value, rendered as Markdown, HTML or JSON.

    ``as_known_on`` is the day up to which reports count (the one asked for, else the last day on which anything was
    published; ``None`` where nothing is dated). ``ledger`` names the ledger's file where the caller knows it.
    """

    place: str
    geonameid: int | None
    theatre: str
    as_known_on: date | None
    known_by: date | None
    start: date | None
    end: date | None
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    reports: int
    voices: int
    claims: int
    ledger: str = ""
    version: str = ""

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in reading order."""
        return tuple(
            sentence for section in self.sections for block in section.blocks for sentence in sentences_of(block)
        )


def sentences_of(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block in reading order."""
    match block:
        case Prose():
            return block.sentences
        case Listing():
            return (block.lead, *block.items) if block.lead else block.items
        case Clash():
            return (block.why, block.left.sentence, block.right.sentence)
        case Table():
            return tuple(cell for row in block.rows for cell in row)
        case Ribbon():
            return ()


def note(text: str) -> Sentence:
    """A sentence about the ledger or the method."""
    return Sentence(parts=(text,))


def empty(text: str) -> tuple[Block, ...]:
    """What stands in a section that has nothing to tell: one sentence that says so."""
    return (Prose(sentences=(note(text),)),)
