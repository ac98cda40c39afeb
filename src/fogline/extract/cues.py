"""Whether the words of saying doubt, deny or leave open what is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from fogline.extract import naming
from fogline.extract.attribution import Speech
from fogline.extract.factuality import is_denied
from fogline.extract.governing import words as firmness
from fogline.extract.syntax import Stretch, Word

DENYING = ("deny", "refute", "reject", "dismiss", "debunk")
"""Cues that say the contrary; other cues of doubt leave it open."""


def begins(cues: Collection[str], stems: Iterable[str]) -> bool:
    """Whether a cue begins as one of the stems does, whatever its ending: "denied" as "deny"."""
    stems = tuple(stem[:-1] for stem in stems)
    return any(cue.startswith(stems) for cue in cues)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues in one sentence of a text; ``start`` is where its paragraph begins."""

    text: str
    start: int
    sentence: Stretch

    def words(self, speeches: Sequence[Speech]) -> frozenset[str]:
        """The words of the speeches' cues, in small letters."""
        return frozenset(word for s in speeches for c in s.cue for word in c.of(self.text).lower().split())

    def is_questioned(self, speech: Speech) -> bool:
        """Whether the noun of saying is the object of doubt or denial: "rejected his claim that ..."."""
        return any(
            word.dep_ in ("dobj", "nsubjpass") and begins({word.head.lemma_.lower()}, naming.words("doubting"))
            for word in self._tokens(speech)
        )

    def is_rejected(self, speech: Speech) -> bool:
        """Whether whoever speaks denies what is told by nobody in particular: "rejected the report that ..."."""
        return any(
            word.dep_ == "dobj"
            and begins({word.head.lemma_.lower()}, DENYING)
            and not any(
                c.dep_ in ("poss", "amod", "compound") or c.lower_ in ("by", "of", "from") for c in word.children
            )
            for word in self._tokens(speech)
        )

    def is_raised(self, speech: Speech) -> bool:
        """Whether the cue, negated, denies what it governs: "does not expect ...", "has not confirmed ..."; of what is so."""
        return any(w.lemma_.lower() in firmness("raising") and is_denied(w) for w in self._tokens(speech))

    def _tokens(self, speech: Speech) -> list[Word]:
        return [w for w in self.sentence if any(c.start <= self.start + w.idx < c.end for c in speech.cue)]
