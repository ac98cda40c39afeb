"""Who says what in a document: the whole way from parsed paragraphs to attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fogline.extract.attribution.bulletins import told_on
from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.candidates import candidates
from fogline.extract.attribution.carrying import Voice, carry
from fogline.extract.attribution.choosing import choose
from fogline.extract.attribution.contributions import contributions
from fogline.extract.attribution.quotes import Quotation, quotations
from fogline.extract.attribution.quoting import Quoted, quoted
from fogline.extract.attribution.sources import antecedent
from fogline.extract.attribution.speech import Speech
from fogline.extract.attribution.tree import Tree, spans_of, tree
from fogline.extract.attribution.turns import answers
from fogline.extract.attribution.weights import Weights, shipped
from fogline.extract.parse import prose
from fogline.model import AttributionType, Document, Spans

if TYPE_CHECKING:
    from fogline.extract.parse import Paragraph


def find(document: Document, paragraphs: Sequence[Paragraph], nested: bool = False) -> tuple[Speech, ...]:
    """The document's attributions, in the order of their contents.

    ``paragraphs`` are the document's parsed paragraphs in text order. With ``nested`` also what a speaker says that
    others say ("he said that they claim"), each an attribution of its own; PolNeAR marks the outer one alone. Nothing
    is raised on bad or missing quotation marks. Follows the PARC/PolNeAR scheme (Newell, Margolin and Ruths 2018, "An
    attribution relations corpus for political news").
    """
    return find_with(shipped(), document, paragraphs, nested)


def find_with(
    weights: Weights, document: Document, paragraphs: Sequence[Paragraph], nested: bool = False
) -> tuple[Speech, ...]:
    """The same with other weights."""
    found: list[Speech] = []
    voice: Voice | None = None
    for here, quotes in prepare(document, paragraphs):
        chosen = choose(candidates(here, quotes), weights, nested=nested)
        first = len(found)
        found += [_speech(here, c, quotes) for c in chosen]
        voice = carry(
            here, quotes, dict(zip(range(first, len(found)), chosen, strict=True)), found, voice, document.text
        )
    own = prose(document)
    found += answers(document.text, own, paragraphs, found)
    found += contributions(document.text, own, found)
    found += told_on(document.text, own, sorted(found, key=lambda s: s.content[0].start))
    return tuple(sorted(found, key=lambda s: (s.content[0].start, -s.content[-1].end, s.cue, s.source)))


def prepare(document: Document, paragraphs: Sequence[Paragraph]) -> list[tuple[Tree, list[Quoted]]]:
    """For each paragraph its parse and the quotations in it."""
    spans = [p.span(0, len(p.text)) for p in paragraphs]
    marks = quotations(document.text, spans)
    trees = [tree(p) for p in paragraphs]
    return [(here, quoted(here, own)) for here, own in zip(trees, marks, strict=True)]


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
    common = sum(max(0, min(s.end, q.span.end) - max(s.start, q.span.start)) for s in content for q in quotes)
    if not common:
        return AttributionType.INDIRECT
    return AttributionType.DIRECT if common >= size - 2 * len(content) else AttributionType.MIXED
