"""Denials of what was said before: "the ministry rejected the claim" denies the last claim of somebody else.

A bare denial names no event of its own; it takes kind, place, holder and time from the claim it denies, with the polarity
turned. Where nothing that could be meant stands before it, nothing is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fogline.extract.naming import words
from fogline.extract.refuting import FALSE, calls_false, is_hearsay
from fogline.extract.syntax import Stretch, Word
from fogline.model import (
    UNKNOWN_SIDE,
    Attribution,
    AttributionType,
    Certainty,
    Claim,
    Kind,
    Modality,
    Place,
    Polarity,
    Span,
)

BACK = 1500
"""Characters back within which the denied claim is looked for: some three paragraphs."""

ANSWERING = frozenset({"reject", "dismiss", "rebuff"})
"""Verbs of denying whose "it" is as often an offer or a plan: with a pronoun alone they deny nothing told."""
_BORDER = re.compile(r"[.!?…][\"”»’')\]]*\s+(?=\S)")


def denied_saying(sentence: Stretch) -> Word | None:
    """The noun for what a sentence denies; ``None`` where it denies nothing that was said.

    "The staff denied the *claims*", "that *report* is false", "the *statement* is not true".
    """
    found = (_denied(token) or _called_false(token) or _labelled_false(token) for token in sentence)
    return next((said for said in found if said is not None), None)


def _denied(token: Word) -> Word | None:
    if token.pos_ != "VERB" or token.lemma_.lower() not in words("denying"):
        return None
    if any(c.dep_ == "neg" for c in token.children):
        return None
    said = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
    answered = token.lemma_.lower() in ANSWERING
    judged = any(c.lower_ == "as" for c in token.children)  # "dismissed this as exaggerated"
    return next((c for c in said if is_hearsay(c) or (points_back(c) and (judged or not answered))), None)


def points_back(said: Word) -> bool:
    """Whether what is denied is a pronoun, which means the sentence just before."""
    return said.lower_ in words("pointing")


def _called_false(token: Word) -> Word | None:
    if not calls_false(token):
        return None
    return next((c for c in token.children if c.dep_ == "nsubj" and is_hearsay(c)), None)


def _labelled_false(token: Word) -> Word | None:
    """For "called the report untrue", "described the claim as a lie"."""
    if (
        token.pos_ != "VERB"
        or token.lemma_.lower() not in words("judging")
        or any(c.dep_ == "neg" for c in token.children)
    ):
        return None
    below = [c for c in token.subtree if c.i > token.i]
    false = any(
        c.lower_ in FALSE - {"true"} and c.dep_ in ("oprd", "acomp", "attr", "pobj", "ccomp", "amod") for c in below
    )
    return next((c for c in below if c.dep_ in ("dobj", "nsubj") and is_hearsay(c)), None) if false else None


def denied(
    before: Sequence[Claim], span: Span, text: str, attribution: Attribution, places: Iterable[Place], bare: bool
) -> Iterator[Claim]:
    """The denial of the last claim of another speaker before ``span``, about one of ``places`` where any is named.

    ``bare`` is a denial with a pronoun alone: of what the sentence just before tells, or that an ally just denied.
    """
    names = {place.name for place in places}
    start = span.start
    for claim in reversed(before):
        if bare and len(_BORDER.findall(text[claim.span.end - 1 : start + 1])) != 1:
            continue
        if claim.span.end > span.start or span.start - claim.span.end > BACK:
            continue
        if claim.speaker.name == attribution.chain[0].name or claim.attribution.type is AttributionType.NONE:
            continue
        ally = claim.speaker.side == attribution.chain[0].side != UNKNOWN_SIDE
        if ally and claim.polarity is Polarity.NEGATIVE:
            start = claim.span.start
            continue  # "Moscow denies this. The Kremlin, too, rejected the claim": both deny what was told before
        if claim.kind not in DENIABLE or claim.modality is not Modality.ACTUAL:
            continue
        if names and not names & {place.name for place in claim.places}:
            continue
        turned = Polarity.NEGATIVE if claim.polarity is Polarity.POSITIVE else Polarity.POSITIVE
        yield replace(
            claim,
            span=span,
            quote=span.of(text),
            attribution=attribution,
            polarity=turned,
            certainty=Certainty.CERTAIN,
            quantities=(),
        )
        return


DENIABLE = frozenset({Kind.FORCES, Kind.CONTROL, Kind.ADVANCE, Kind.BATTLE, Kind.LOSSES, Kind.STRIKE, Kind.WITHDRAWAL})
"""Kinds that can be denied as having happened."""
