"""Bulletins told through: the paragraphs after "the General Staff reported as of 08:00" are the General Staff's too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fogline.extract.attribution.speech import Speech
from fogline.model import AttributionType, Span

_OFFICE = re.compile(
    r"\b(?:General Staff|[Mm]inistry|[Cc]ommand|[Aa]dministration|[Ff]orces|[Hh]eadquarters|[Gg]roup(?:ing)?|Service|service|"
    r"[Bb]rigade|[Pp]olice)\b"
)
_SAYS = re.compile(r"\b(?:report|sa(?:y|id)|inform|state|note|post|write|wrote|announce|specify)", re.IGNORECASE)
_LINE = re.compile(
    r"(?:(?:In|On|Near|Along) (?:the )?[A-ZА-Я][\w’'–-]*(?: [A-Z][\w’'–-]*)? (?:sector|direction|axis|front|area)\b"
    r"|(?:Over|During|In|Within) the (?:past|last|previous) (?:day|night|24 hours)\b"
    r"|The total (?:combat )?losses\b|(?:A total|An estimated total) of \d)"
)
"""How the paragraphs of a daily bulletin on the fighting open."""

_LEAST_LINES = 2
"""Such paragraphs that make a bulletin of a text; one may be anybody's."""

_OPENING = 3
"""Paragraphs from the start among which the office is named."""


def told_on(text: str, paragraphs: Sequence[Span], found: Sequence[Speech]) -> tuple[Speech, ...]:
    """A speech for each paragraph of a bulletin in which nobody else is named, by the office that the report opens with.

    ``paragraphs`` are all those of the text in order. Nothing where no office is named in the first three, or where fewer
    than two of the others open as those of a bulletin do. It ends where another voice speaks.
    """
    lead = _lead(text, paragraphs, found)
    if lead is None:
        return ()
    behind = [span for span in paragraphs if span.start > lead.content[0].start and not lead.content[0].overlaps(span)]
    behind = [span for span in behind if not any(part.overlaps(span) for part in (*lead.source, *lead.cue))]
    own: list[Span] = []
    for span in behind:
        if any(
            part.overlaps(span) for speech in found for part in speech.content if speech.source and speech is not lead
        ):
            break
        own.append(span)
    if sum(_LINE.match(text, span.start) is not None for span in own) < _LEAST_LINES:
        return ()
    return tuple(replace(lead, type=AttributionType.INDIRECT, content=(span,), antecedent=()) for span in own)


def _lead(text: str, paragraphs: Sequence[Span], found: Sequence[Speech]) -> Speech | None:
    until = paragraphs[min(_OPENING, len(paragraphs)) - 1].end if paragraphs else 0
    for speech in found:
        named = speech.source and _OFFICE.search(speech.source[0].of(text))
        if named and speech.source[0].start < until and any(_SAYS.search(cue.of(text)) for cue in speech.cue):
            return speech
    return None
