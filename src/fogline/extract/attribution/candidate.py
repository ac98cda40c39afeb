"""A possible attribution: a trigger word in a frame, with what would be its source, cue and content."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.extract.attribution.tree import Ranges


@dataclass(frozen=True, slots=True)
class Candidate:
    """``trigger`` is the token that would signal the attribution, ``lemma`` its dictionary form.

    ``frame`` names the construction it stands in ("v.ccomp.that": a verb with a that-clause), ``traits`` further
    circumstances that make an attribution more or less likely. Ranges are token numbers of one paragraph.
    """

    trigger: int
    lemma: str
    frame: str
    source: Ranges
    cue: Ranges
    content: Ranges
    traits: tuple[str, ...] = ()
