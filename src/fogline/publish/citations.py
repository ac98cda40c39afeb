"""Numbers the passages a brief rests on, in the order in which it first speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fogline.model import Claim, Document, Theatre
from fogline.publish import wording
from fogline.publish.parts import Citation, Quoted, Sentence, Standing

SHOWN = 420
"""Characters of a passage that are shown inside a sentence; its citation shows all of it."""

AROUND = 160
"""Characters shown on either side of a passage, in its paragraph."""


class Citations:
    """Gives each passage its number the first time it is cited.

    ``hashes`` is the SHA-256 of the stored bytes by document id. Two claims read from one passage of one chain share a
    number.
    """

    def __init__(self, documents: Mapping[str, Document], hashes: Mapping[str, str], theatre: Theatre) -> None:
        """Start with no passage cited."""
        self._documents = documents
        self._hashes = hashes
        self._theatre = theatre
        self._numbers: dict[tuple[object, ...], int] = {}
        self._cited: list[Citation] = []

    def all(self) -> tuple[Citation, ...]:
        """What was cited so far, by number."""
        return tuple(self._cited)

    def number(self, claim: Claim) -> int:
        """The number of the claim's passage."""
        chain = tuple((voice.name, voice.role) for voice in claim.attribution.chain)
        key = (claim.document_id, claim.span, chain)
        if key not in self._numbers:
            self._numbers[key] = len(self._cited) + 1
            self._cited.append(self._cite(claim, len(self._cited) + 1))
        return self._numbers[key]

    def numbers(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The numbers of several claims' passages, ascending and each once."""
        return tuple(sorted({self.number(claim) for claim in claims}))

    def quoted(self, claim: Claim) -> Quoted:
        """The claim's passage for showing inside a sentence."""
        number = self.number(claim)
        if len(claim.quote) <= SHOWN:
            return Quoted(number, claim.quote)
        cut = claim.quote.rfind(" ", 1, SHOWN)
        return Quoted(number, claim.quote[: cut if cut > 0 else SHOWN], whole=False)

    def told(self, claim: Claim, before: str = "", after: str = "", others: Iterable[Claim] = ()) -> Sentence:
        """Who says so, through whom, where and when, in which words: the form in which a claim is always shown."""
        document = self._documents[claim.document_id]
        who = wording.chain(claim.attribution.chain, self._theatre)
        dated = wording.published(document.published)
        quoted = self.quoted(claim)
        lead = f"{before}{who} ({dated}): "
        tail = f" {after}" if after else ""
        return Sentence(
            parts=tuple(part for part in (lead, quoted, tail) if part),
            standing=Standing.CLAIMED,
            citations=self.numbers((claim, *others)),
        )

    def _cite(self, claim: Claim, number: int) -> Citation:
        document = self._documents[claim.document_id]
        return Citation(
            number=number,
            claim=claim.id,
            quote=claim.quote,
            chain=claim.attribution.chain,
            told=wording.chain(claim.attribution.chain, self._theatre),
            outlet=document.outlet,
            published=document.published.edtf,
            dated=wording.published(document.published),
            document=document.name,
            document_id=document.id,
            title=document.title,
            url=document.url,
            language=document.language,
            start=claim.span.start,
            end=claim.span.end,
            sha256=self._hashes.get(document.id, ""),
            before=_before(document.text, claim.span.start),
            after=_after(document.text, claim.span.end),
        )


def _before(text: str, start: int) -> str:
    """The words that lead up to a passage in its paragraph."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if len(line) <= AROUND:
        return line
    cut = line.find(" ", len(line) - AROUND)
    return line[cut + 1 :] if cut >= 0 else ""


def _after(text: str, end: int) -> str:
    """The words that follow a passage in its paragraph."""
    stop = text.find("\n", end)
    line = text[end : stop if stop >= 0 else len(text)]
    if len(line) <= AROUND:
        return line
    cut = line.rfind(" ", 0, AROUND)
    return line[:cut] if cut >= 0 else ""
