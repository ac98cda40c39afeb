"""Re-checks citations against the stored bytes: a brief's, or all claims of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from fogline.errors import DamagedRow, InputError
from fogline.model import Article, Reading
from fogline.publish.parts import Citation

TextOf = Callable[[Article], str]
"""Stored bytes to text, decoded anew."""


@runtime_checkable
class HandsOver(Protocol):
    """A ledger that hands over what was read, some documents at a time: it may be too large to be held."""

    def current(self) -> Sequence[str]:
        """The ids of the current documents, by name and then id."""

    def readings(self, documents: Iterable[str]) -> Mapping[str, Reading]:
        """By id what was read of these current documents; one whose text or bytes are not there is left out.

        Raises ``DamagedRow`` where something is not what it is named by.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A citation that no longer holds: its number (0 for a ledger's claim), its claim, its document, what is wrong.

    ``claim`` is empty where it is the document that cannot be had.
    """

    number: int
    claim: str
    document: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How many documents and claims were checked, and what does not hold."""

    documents: int
    claims: int
    broken: tuple[Broken, ...]


class Cites(Protocol):
    """Anything that rests on citations: a brief, or one read back from a file."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations by number."""


def verify_brief(cited: Cites, ledger: HandsOver, text_of: TextOf) -> tuple[Broken, ...]:
    """The brief's citations that the ledger's bytes do not bear out, by number; empty where all hold."""
    read, damaged = _handed(ledger, list(dict.fromkeys(citation.document_id for citation in cited.citations)))
    texts = {name: _Text(reading, text_of) for name, reading in read.items()}
    broken: list[Broken] = []
    for citation in cited.citations:
        name = citation.document_id
        found = [damaged[name]] if name in damaged else _problems(citation, read.get(name), texts.get(name))
        for problem in found:
            broken.append(
                Broken(number=citation.number, claim=citation.claim, document=citation.document, problem=problem)
            )
    return tuple(broken)


def verify_some(ledger: HandsOver, text_of: TextOf, documents: Sequence[str]) -> Checked:
    """The claims of these documents, by their ids, whose quotation the stored bytes do not bear out, in the documents' order."""
    read, damaged = _handed(ledger, documents)
    gone = {name for name in documents if name not in read and name not in damaged}
    if gone:  # a build may have read it anew since it was named
        gone &= set(ledger.current())
    broken: list[Broken] = []
    for name in documents:
        if name in read:
            broken += _broken(read[name], text_of)
        elif name in damaged:
            broken.append(Broken(number=0, claim="", document=name, problem=damaged[name]))
        elif name in gone:
            problem = "its text, or the article it was read from, is not in the ledger"
            broken.append(Broken(number=0, claim="", document=name, problem=problem))
    claims = sum(len(reading.claims) for reading in read.values())
    return Checked(documents=len(documents), claims=claims, broken=tuple(broken))


def _handed(ledger: HandsOver, documents: Sequence[str]) -> tuple[Mapping[str, Reading], Mapping[str, str]]:
    """What was read of these documents, and of those that are damaged what is wrong: looked for in halves."""
    try:
        return ledger.readings(documents), {}
    except DamagedRow as error:
        if len(documents) == 1:
            return {}, {documents[0]: error.message}
    middle = len(documents) // 2
    (read, damaged), (more, others) = (_handed(ledger, half) for half in (documents[:middle], documents[middle:]))
    return {**read, **more}, {**damaged, **others}


def _broken(reading: Reading, text_of: TextOf) -> Iterator[Broken]:
    text = _Text(reading, text_of)
    for claim in reading.claims:
        for problem in text.problems(claim.span.start, claim.span.end, claim.quote):
            yield Broken(number=0, claim=claim.id, document=reading.document.name, problem=problem)


class _Text:
    """The text of stored bytes, decoded anew, or why there is none."""

    def __init__(self, reading: Reading, text_of: TextOf) -> None:
        self._text, self._digest, self._problem = "", reading.article.sha256, ""
        if reading.article.id != reading.document.article_id:
            self._problem = "the stored bytes are not those that were read (their fingerprint differs)"
            return
        try:
            self._text = text_of(reading.article)
        except InputError as error:
            self._problem = f"the stored bytes can no longer be read ({error.message})"

    def problems(self, start: int, end: int, quote: str, sha256: str = "") -> Iterator[str]:
        """What is wrong with quoting ``quote`` from there; ``sha256`` is checked where it is given."""
        if self._problem:
            yield self._problem
            return
        if sha256 and sha256 != self._digest:
            yield f"the stored bytes have another SHA-256 ({self._digest[:12]}…, cited {sha256[:12]}…)"
        now = self._text[start:end]
        if now != quote:
            yield f"characters {start} to {end} now read {_short(now)}, cited as {_short(quote)}"


def _problems(citation: Citation, reading: Reading | None, text: _Text | None) -> Iterator[str]:
    if reading is None or text is None:
        yield "the ledger holds no such document"
        return
    document = reading.document
    yield from text.problems(citation.start, citation.end, citation.quote, citation.sha256)
    around = f"{citation.before}{citation.quote}{citation.after}"
    start, end = citation.start - len(citation.before), citation.end + len(citation.after)
    if citation.before or citation.after:
        yield from (f"around it, {problem}" for problem in text.problems(max(start, 0), end, around))
    if document.name != citation.document:
        yield f"the document is named {document.name}, cited as {citation.document}"
    if document.outlet != citation.outlet:
        yield f"the outlet is {document.outlet or 'not known'}, cited as {citation.outlet or 'not known'}"
    if document.published.edtf != citation.published:
        yield f"the date is {document.published.edtf or 'not known'}, cited as {citation.published or 'not known'}"
    claim = next((claim for claim in reading.claims if claim.id == citation.claim), None)
    if claim is None:
        yield "the ledger holds no such claim"
    elif claim.attribution.chain != citation.chain:
        yield (f"the speakers are {_names(claim.attribution.chain)}, cited as {_names(citation.chain)}")


def _names(chain: Iterable[object]) -> str:
    return " through ".join(str(getattr(voice, "name", "")) for voice in chain)


def _short(text: str, limit: int = 80) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:limit]}…”" if len(flat) > limit else f"“{flat}”"
