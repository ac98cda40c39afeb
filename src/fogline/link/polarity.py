"""A denial and what it denies, and two tellings of one event, for claims other than control.

Only the same kind of act by the same side at the same place and time is compared. For kinds that are one act (an
advance, a withdrawal) that is enough; for the others the words must meet as well.
"""

from __future__ import annotations

from fogline.link.facets import Facet, gap
from fogline.link.near_duplicates import words
from fogline.link.verdict import Verdict
from fogline.link.wording import teller, time
from fogline.model import Kind, Modality, Reason, Relation

ASPECT = "polarity"
WINDOW = 1
_ONE_ACT = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL})
_EVENTS = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL, Kind.BATTLE, Kind.STRIKE, Kind.LOGISTICS, Kind.HUMANITARIAN})
_SHARED_WORDS = 0.3
_LONG_WORD = 5
"""Shorter words are mostly grammar."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two claims of one kind of act at one place; ``None`` where they may speak of different acts."""
    x, y = a.claim, b.claim
    if x.kind is not y.kind or x.kind not in _EVENTS or {x.modality, y.modality} != {Modality.ACTUAL}:
        return None
    if not x.actor or x.actor != y.actor or not _same_time(a, b):
        return None
    if x.kind not in _ONE_ACT and not _words_meet(a, b):
        return None
    if x.polarity is y.polarity:
        return Verdict(Relation.CORROBORATES, x.kind.value, (_reason("same act", a, b, "both say so"),))
    reasons: tuple[Reason, ...] = (_reason("asserted and denied", a, b, "one says so and the other denies it"),)
    if a.voice and a.voice == b.voice:
        detail = f"{x.speaker.name} says both."
        reasons += (Reason(name="speaker contradicts himself", detail=detail, claims=(a.id, b.id)),)
    return Verdict(Relation.CONTRADICTS, ASPECT, reasons)


def _same_time(a: Facet, b: Facet) -> bool:
    apart = gap(a, b)
    if apart is None:
        return a.start is None and b.start is None and a.claim.document_id == b.claim.document_id
    return apart <= WINDOW and max(a.width, b.width) <= WINDOW * 7


def _words_meet(a: Facet, b: Facet) -> bool:
    names = {w for f in (a, b) for p in f.claim.places for w in words(f"{p.name} {p.text}")}
    x, y = ({_stem(w) for w in words(f.claim.quote) if len(w) >= _LONG_WORD and w not in names} for f in (a, b))
    return bool(x and y) and len(x & y) >= _SHARED_WORDS * min(len(x), len(y))


def _stem(word: str) -> str:
    """The word without its commonest endings, enough to find "attacked" in "attacks"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _LONG_WORD - 1:
            return word[: -len(ending)]
    return word


def _reason(name: str, a: Facet, b: Facet, why: str) -> Reason:
    what = f"{a.claim.kind.value} by {a.claim.actor} at {a.claim.places[0].name if a.claim.places else 'one place'}"
    detail = f"{teller(a)} {time(a)} and {teller(b)} {time(b)} speak of {what}; {why}."
    return Reason(name=name, detail=detail, claims=(a.id, b.id))
