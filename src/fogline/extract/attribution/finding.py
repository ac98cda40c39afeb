"""Who says what in a document: the whole way from parsed paragraphs to attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.candidates import candidates
from fogline.extract.attribution.choosing import choose
from fogline.extract.attribution.quotes import Quotation, quotations
from fogline.extract.attribution.quoting import Quoted, follows, quoted
from fogline.extract.attribution.sources import antecedent
from fogline.extract.attribution.speech import Speech
from fogline.extract.attribution.tree import Ranges, Tree, tree
from fogline.extract.attribution.weights import Weights, shipped
from fogline.model import AttributionType, Document, Span, Spans, merge

if TYPE_CHECKING:
    from fogline.extract.parse import Paragraph


def find(document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Speech, ...]:
    """The document's attributions, in the order of their contents; one within another is an attribution of its own.

    ``paragraphs`` are the document's parsed paragraphs in text order. Nothing is raised on bad or missing quotation
    marks. Follows the PARC/PolNeAR scheme (Newell, Margolin and Ruths 2018, "An attribution relations corpus for
    political news").
    """
    return find_with(shipped(), document, paragraphs)


def find_with(weights: Weights, document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Speech, ...]:
    """The same with other weights."""
    found: list[Speech] = []
    last: _Voice | None = None
    for here, quotes in prepare(document, paragraphs):
        chosen = choose(candidates(here, quotes), weights)
        own = [_speech(here, c, quotes) for c in chosen]
        found += own
        last = _carry(here, quotes, chosen, own, found, last)
    return tuple(sorted(found, key=lambda s: (s.content[0].start, -s.content[-1].end, s.cue, s.source)))


def prepare(document: Document, paragraphs: Sequence[Paragraph]) -> list[tuple[Tree, list[Quoted]]]:
    """For each paragraph its parse and the quotations in it."""
    spans = [p.span(0, len(p.doc.text)) for p in paragraphs]
    marks = quotations(document.text, spans)
    trees = [tree(p) for p in paragraphs]
    return [(here, quoted(here, own)) for here, own in zip(trees, marks, strict=True)]


def spans_of(here: Tree, ranges: Ranges) -> Spans:
    """Token ranges as stretches of the document's text."""
    return merge(Span(here.begin[a], here.end[b - 1]) for a, b in ranges)


def _speech(here: Tree, candidate: Candidate, quotes: Sequence[Quoted]) -> Speech:
    content = spans_of(here, candidate.content)
    head = candidate.source[0][1] - 1 if candidate.source else -1
    return Speech(
        type=_type(content, [q.quotation for q in quotes]),
        source=spans_of(here, candidate.source),
        cue=spans_of(here, candidate.cue),
        content=content,
        antecedent=spans_of(here, antecedent(here, head)),
    )


def _type(content: Spans, quotes: Sequence[Quotation]) -> AttributionType:
    """Direct where all of it is quoted, mixed where some is."""
    size = sum(s.end - s.start for s in content)
    common = sum(
        max(0, min(s.end, q.span.end) - max(s.start, q.span.start))
        for s in content
        for q in quotes
    )
    if not common:
        return AttributionType.INDIRECT
    return AttributionType.DIRECT if common >= size - 2 * len(content) else AttributionType.MIXED


class _Voice:
    """The last speech that a quotation without a verb may go on from."""

    __slots__ = ("at", "fresh", "goes_on", "source")

    def __init__(self, source: Spans, at: int, fresh: bool, goes_on: bool) -> None:
        self.source = source
        self.at = at
        self.fresh = fresh
        self.goes_on = goes_on


def _carry(
    here: Tree,
    quotes: Sequence[Quoted],
    chosen: Sequence[Candidate],
    own: Sequence[Speech],
    found: list[Speech],
    last: _Voice | None,
) -> _Voice | None:
    """Give each whole quotation that no verb says to the voice before it; returns the voice at the paragraph's end."""
    spoken = {id(c): number for c, number in zip(chosen, range(len(found) - len(own), len(found)), strict=True)}
    voice = last
    fresh_end = -1
    for q in quotes:
        if not q.whole:
            continue
        teller = next((c for c in chosen if _covers(c.content, q.span)), None)
        if teller is not None:
            number = spoken[id(teller)]
            if found[number].source or teller.frame.startswith("q."):
                end = max(teller.trigger + 1, teller.content[-1][1], *(r[1] for r in teller.source or ((0, 0),)))
                voice = _Voice(found[number].source, number, True, q.quotation.goes_on)
                fresh_end = end
            continue
        if voice is not None and (
            (voice.goes_on and q.span[0] == 0) or (fresh_end >= 0 and follows(here, fresh_end, q.span[0]))
        ):
            speech = found[voice.at]
            found[voice.at] = replace(speech, content=merge([*speech.content, q.quotation.span]))
            voice = _Voice(voice.source, voice.at, True, q.quotation.goes_on)
        else:
            source = voice.source if voice is not None and voice.fresh else ()
            found.append(Speech(AttributionType.DIRECT, source, (), (q.quotation.span,)))
            voice = _Voice(source, len(found) - 1, True, q.quotation.goes_on)
        fresh_end = q.span[1]
    if voice is None:
        return None
    goes_on = bool(quotes) and quotes[-1].quotation.goes_on and voice.goes_on
    return _Voice(voice.source, voice.at, voice is not last, goes_on)


def _covers(content: Ranges, span: tuple[int, int]) -> bool:
    return sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in content) * 2 >= span[1] - span[0]
