"""Quotations that no verb says: signed or labelled ones, and those that go on from the voice before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.quoting import Quoted, follows
from fogline.extract.attribution.signing import signed
from fogline.extract.attribution.sources import source_of
from fogline.extract.attribution.speech import Speech
from fogline.extract.attribution.tree import Range, Tree, shared, spans_of
from fogline.extract.attribution.verbs import cue_of
from fogline.model import AttributionType, Span, Spans, merge

SPEAKING = ("q.", "v.clause", "p.according", "p.as", "p.view", "c.colon")
"""Frames after which a quotation without a verb is by the same voice."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who spoke last: by which of the speeches found (-1: announced only), up to which token of the paragraph.

    ``goes_on`` says that the quotation was left open at the end of its paragraph.
    """

    source: Spans
    cue: Spans
    number: int
    end: int
    goes_on: bool = False


def carry(
    here: Tree,
    quotes: Sequence[Quoted],
    chosen: Mapping[int, Candidate],
    found: list[Speech],
    before: Voice | None,
    text: str,
) -> Voice | None:
    """Give each whole quotation that no verb says to who signed it, or to the voice before it.

    Returns the voice the paragraph ends with; ``text`` is the document's.

    ``chosen`` are the paragraph's attributions by their number in ``found``, which is added to and changed in place.
    ``before`` is the voice that the paragraph before ended with.
    """
    spoken = sorted((_end(c), n, c) for n, c in chosen.items() if c.frame.startswith(SPEAKING) and c.source)
    own: Voice | None = None
    for q in quotes:
        if not q.whole:
            continue
        teller = next((n for n, c in chosen.items() if _covers(c, q.span)), -1)
        signer = signed(text, q.quotation.span) if teller < 0 else None
        if teller >= 0:
            own = Voice(found[teller].source, (), teller, _end(chosen[teller]), q.quotation.goes_on)
        elif signer is not None:
            told = Span(signer.start, q.quotation.span.end)
            found.append(Speech(AttributionType.DIRECT, (signer.source,), (signer.cue,), (told,)))
            own = Voice((signer.source,), (), len(found) - 1, q.span[1], q.quotation.goes_on)
        else:
            earlier = [(end, n) for end, n, _ in spoken if end <= q.span[0] and (own is None or end > own.end)]
            if earlier:
                own = Voice(found[earlier[-1][1]].source, (), earlier[-1][1], earlier[-1][0])
            own = _continue(here, q, own or before, own is not None, found)
    last = [(end, n) for end, n, _ in spoken if own is None or end > own.end]
    if last:
        own = Voice(found[last[-1][1]].source, (), last[-1][1], last[-1][0])
    return _announced(here) or own


def _continue(here: Tree, q: Quoted, voice: Voice | None, here_spoken: bool, found: list[Speech]) -> Voice:
    """Add the quotation to the speech it goes on from, or make it one of its own by the same voice."""
    same = (
        voice is not None
        and voice.number >= 0
        and (
            (here_spoken and follows(here, voice.end, q.span[0]))
            or (not here_spoken and voice.goes_on and q.span[0] == 0)
        )
    )
    if voice is not None and same:
        speech = found[voice.number]
        form = speech.type if speech.type is AttributionType.DIRECT else AttributionType.MIXED
        found[voice.number] = replace(speech, type=form, content=merge([*speech.content, q.quotation.span]))
        return replace(voice, end=q.span[1], goes_on=q.quotation.goes_on)
    source, cue = (voice.source, voice.cue) if voice is not None else ((), ())
    found.append(Speech(AttributionType.DIRECT, source, cue, (q.quotation.span,)))
    return Voice(source, (), len(found) - 1, q.span[1], q.quotation.goes_on)


def _announced(here: Tree) -> Voice | None:
    """The voice of a paragraph that ends in a colon: what it announces is the next paragraph."""
    last = len(here) - 1
    while last >= 0 and here.words[last].isspace():
        last -= 1
    if last < 0 or here.words[last] != ":":
        return None
    for verb in range(last - 1, here.sentence[last][0] - 1, -1):
        if here.pos[verb] == "VERB":
            source, _ = source_of(here, verb)
            if source:
                return Voice(spans_of(here, source), spans_of(here, cue_of(here, verb)), -1, last)
    return None


def _end(candidate: Candidate) -> int:
    return max(candidate.trigger + 1, *(r[1] for r in (*candidate.content, *candidate.source)))


def _covers(candidate: Candidate, span: Range) -> bool:
    """Whether the candidate's content holds at least half of the quotation, from outside it."""
    outside = not span[0] <= candidate.trigger < span[1]
    return outside and shared(candidate.content, (span,)) * 2 >= span[1] - span[0]
