"""What attribution finds: who says what, in stretches of the document's text."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.model import AttributionType, Spans


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution in the PARC/PolNeAR scheme, in document offsets.

    ``source`` is the noun phrase that stands for the speaker in the text, which may be a pronoun or "who"; it is empty
    where nobody is named ("it was reported", "allegedly"). ``cue`` is what signals the attribution, empty for a
    quotation that goes on without one. ``antecedent`` is the noun phrase that a relative source ("who") stands for.
    """

    type: AttributionType
    source: Spans
    cue: Spans
    content: Spans
    antecedent: Spans = ()
