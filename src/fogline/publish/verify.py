"""Re-checks citations against the stored bytes: a brief's, or all claims of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from fogline.errors import InputError
from fogline.model import Article, Claim, Document
from fogline.ports import ReadsLedger
from fogline.publish.parts import Citation

Redecode = Callable[[Article], Document]
"""Stored bytes to document, done anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A citation that no longer holds: its number (0 for a ledger's claim), its claim, its document, what is wrong."""

    number: int
    claim: str
    document: str
    problem: str


class Cites(Protocol):
    """Anything that rests on citations: a brief, or one read back from a file."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations by number."""


def verify_brief(cited: Cites, ledger: ReadsLedger, redecode: Redecode) -> tuple[Broken, ...]:
    """The brief's citations that the ledger's bytes do not bear out, by number; empty where all hold."""
    documents = {document.id: document for document in ledger.documents()}
    claims = {claim.id: claim for claim in ledger.claims()}
    bytes_of = _Bytes(ledger, redecode)
    broken: list[Broken] = []
    for citation in cited.citations:
        for problem in _problems(citation, documents, claims, bytes_of):
            broken.append(
                Broken(number=citation.number, claim=citation.claim, document=citation.document, problem=problem)
            )
    return tuple(broken)


def verify_ledger(ledger: ReadsLedger, redecode: Redecode) -> tuple[Broken, ...]:
    """The ledger's claims whose quotation the stored bytes do not bear out, in the ledger's order."""
    documents = {document.id: document for document in ledger.documents()}
    bytes_of = _Bytes(ledger, redecode)
    broken: list[Broken] = []
    for claim in ledger.claims():
        document = documents.get(claim.document_id)
        name = document.name if document else claim.document_id
        found = ("its document is not in the ledger",) if document is None else bytes_of.problems(
            document, claim.span.start, claim.span.end, claim.quote
        )  # fmt: skip
        broken += [Broken(number=0, claim=claim.id, document=name, problem=problem) for problem in found]
    return tuple(broken)


class _Bytes:
    """The stored bytes, decoded anew once a document; reads in the order it is asked and keeps only the last one."""

    def __init__(self, ledger: ReadsLedger, redecode: Redecode) -> None:
        self._ledger = ledger
        self._redecode = redecode
        self._last: tuple[str, str, str, str] | None = None

    def problems(self, document: Document, start: int, end: int, quote: str, sha256: str = "") -> tuple[str, ...]:
        """What is wrong with quoting ``quote`` from there; ``sha256`` is checked where it is given."""
        text, digest, problem = self._text(document)
        if problem:
            return (problem,)
        found: list[str] = []
        if sha256 and sha256 != digest:
            found.append(f"the stored bytes have another SHA-256 ({digest[:12]}…, cited {sha256[:12]}…)")
        if text[start:end] != quote:
            found.append(f"characters {start} to {end} now read {_short(text[start:end])}, cited as {_short(quote)}")
        return tuple(found)

    def _text(self, document: Document) -> tuple[str, str, str]:
        if self._last is None or self._last[0] != document.id:
            self._last = (document.id, *self._read(document))
        return self._last[1:]

    def _read(self, document: Document) -> tuple[str, str, str]:
        try:
            article = self._ledger.article(document.article_id)
        except KeyError:
            return "", "", "the article it was read from is not in the ledger"
        if article.id != document.article_id:
            return "", article.sha256, "the stored bytes are not those that were read (their fingerprint differs)"
        try:
            return self._redecode(article).text, article.sha256, ""
        except InputError as error:
            return "", article.sha256, f"the stored bytes can no longer be read ({error.message})"


def _problems(
    citation: Citation, documents: dict[str, Document], claims: dict[str, Claim], bytes_of: _Bytes
) -> Iterable[str]:
    document = documents.get(citation.document_id)
    if document is None:
        yield "the ledger holds no such document"
        return
    yield from bytes_of.problems(document, citation.start, citation.end, citation.quote, citation.sha256)
    around = f"{citation.before}{citation.quote}{citation.after}"
    start, end = citation.start - len(citation.before), citation.end + len(citation.after)
    if citation.before or citation.after:
        yield from (f"around it, {problem}" for problem in bytes_of.problems(document, max(start, 0), end, around))
    if document.name != citation.document:
        yield f"the document is named {document.name}, cited as {citation.document}"
    if document.outlet != citation.outlet:
        yield f"the outlet is {document.outlet or 'not known'}, cited as {citation.outlet or 'not known'}"
    if document.published.edtf != citation.published:
        yield f"the date is {document.published.edtf or 'not known'}, cited as {citation.published or 'not known'}"
    claim = claims.get(citation.claim)
    if claim is None:
        yield "the ledger holds no such claim"
    elif claim.attribution.chain != citation.chain:
        yield (f"the speakers are {_names(claim.attribution.chain)}, cited as {_names(citation.chain)}")


def _names(chain: Iterable[object]) -> str:
    return " through ".join(str(getattr(voice, "name", "")) for voice in chain)


def _short(text: str, limit: int = 80) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:limit]}…”" if len(flat) > limit else f"“{flat}”"
