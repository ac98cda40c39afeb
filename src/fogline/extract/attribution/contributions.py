"""Minutes and records: each contribution opens with a line's label for who speaks, and goes on to the next label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fogline.extract.attribution.phrases import LABELS
from fogline.extract.attribution.speech import Speech
from fogline.extract.authorship import FIRST_PERSON, NAME, QUOTED
from fogline.extract.naming import words
from fogline.model import AttributionType, Span

_LABEL = re.compile(
    rf"\s*(?:The |Mr\.? |Mrs\.? |Ms\.? )?(?P<before>[^\W\d_a-z][\w’' ,.-]{{2,70}}?)"
    rf"(?: \((?P<within>{NAME})\))?(?: \([^()\n]{{1,40}}\))*:\s+(?=\S)"
)
_FULL_NAME = re.compile(NAME)
_SPEAKER_HIMSELF = re.compile(r"\b(?:I|[Mm]y)\b(?! Corps)")

_LEAST_NAMES = 2
"""Labels that are a bare name, of which one may be anything ("Source Material: ..."); an office with a name needs no other."""


def contributions(text: str, paragraphs: Sequence[Span], found: Sequence[Speech]) -> tuple[Speech, ...]:
    """A speech for each paragraph of a record of what was said, by whoever the last label before it names.

    Nothing where nobody speaks in the first person outside quotations, or where no label is an office with a name behind
    it in brackets and fewer than two are full names or not under each of them somebody says "I": sections of a bulletin
    have labels like names ("Lyman Direction: our forces ..."). ``found`` are the text's other attributions: a direct one
    is left as it is.
    """
    matches = [(span, match) for span in paragraphs if (match := _LABEL.match(text, span.start, span.end))]
    labels = [(span, match, part) for span, match in matches if (part := _named(match))]
    if not labels:
        return ()
    ends = [*(span.start for span, _, _ in labels[1:]), paragraphs[-1].end]
    spoken = [QUOTED.sub("", text[match.end() : end]) for (_, match, _), end in zip(labels, ends, strict=True)]
    named = any(part == "within" for _, _, part in labels)
    if not named and (len(labels) < _LEAST_NAMES or not all(map(_SPEAKER_HIMSELF.search, spoken))):
        return ()
    if not any(map(FIRST_PERSON.search, spoken)):
        return ()
    marks = {span: (match.end(), Span(*match.span(part))) for span, match, part in labels}
    direct = [s for speech in found if speech.type is not AttributionType.INDIRECT for s in speech.content]
    told: list[Speech] = []
    source: Span | None = None
    for span in paragraphs:
        start, source = marks.get(span, (span.start, source))
        own = Span(start, span.end)
        quoted = any(other.overlaps(own) and other.end - other.start > (own.end - own.start) // 2 for other in direct)
        if source and own.start < own.end and not quoted:
            told.append(Speech(AttributionType.DIRECT, (source,), (), (own,)))
    return tuple(told)


def _named(match: re.Match[str]) -> str:
    """Which part of a label names who speaks: what stands before the brackets, or in them behind an office; "" for none."""
    held = words("titles") | words("role_nouns")
    if match["within"] and any(word.lower().strip(".,") in held for word in match["before"].split()):
        return "within"
    name = _FULL_NAME.fullmatch(match["before"])
    return "before" if name and not any(word.lower() in LABELS for word in match["before"].split()) else ""
