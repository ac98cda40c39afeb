"""A denial and what it denies, and two tellings of one event, for claims other than control.

Two claims of one place and time tell of one event where their sides can be one, and their words name one act: see
``fogline.link.act``. What one of them denies, or calls unverified, is then held against the other.
"""

from __future__ import annotations

import re

from fogline.link import act
from fogline.link.facets import Facet, gap
from fogline.link.meeting import denies, sides_meet
from fogline.link.quantity import both_count, disagree
from fogline.link.verdict import HEDGED, Verdict, changed_word
from fogline.link.wording import teller, time
from fogline.model import Kind, Modality, Reason, Relation

ASPECT = "polarity"
_NO_SUCH = re.compile(
    r"\b(?:no|not (?:one|a single|any)|never any) (?:\w+ ){0,2}?(?:raids?|strikes?|attacks?|drones?|missiles?"
    r"|shells?|rockets?|bombs?|shelling|bombing|fighting|clash\w*|assaults?|aircraft|planes?|helicopters?"
    r"|tanks?|losses|casualties)\b"
)
WINDOW = 1
LASTING = "encircle"
"""The class of act that is a state, until something ends it."""
ONE_MOVE = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL})
REACH = 60
"""For so many days what ends a state is taken to speak of that state."""
EVENTS = frozenset(
    {
        *(Kind.ADVANCE, Kind.WITHDRAWAL, Kind.BATTLE, Kind.STRIKE, Kind.LOGISTICS, Kind.HUMANITARIAN),
        *(Kind.LOSSES, Kind.FORCES, Kind.ASSESSMENT),
    }
)


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two claims of one event; ``None`` where they may speak of different ones."""
    x, y = a.claim, b.claim
    if x.kind not in EVENTS or y.kind not in EVENTS or (a.states and b.states):
        return None
    modalities = {a.modality, b.modality}
    if Modality.ACTUAL not in modalities or not modalities <= {Modality.ACTUAL, Modality.UNVERIFIED}:
        return None
    if not sides_meet(a, b):
        return None
    undone = _undone(a, b)
    if undone is not None:
        return undone
    if not _same_time(a, b) or not (act.same(a, b) or _one_move(a, b) or _none_at_all(a, b)):
        return None
    if len(modalities) == 2:
        return Verdict(
            Relation.QUALIFIES, x.kind.value, (_reason("reported as unverified", a, b, "one calls it unverified"),)
        )
    if denies(a) is denies(b):
        if disagree(a, b) or both_count(a, b) or not act.same_outcome(a, b):
            return None
        if (x.certainty in HEDGED) is not (y.certainty in HEDGED):
            return Verdict(
                Relation.QUALIFIES, x.kind.value, (_reason("hedged", a, b, "one puts it as less than certain"),)
            )
        return Verdict(Relation.CORROBORATES, x.kind.value, (_reason("same act", a, b, "both say the same of it"),))
    told = _reason("asserted and denied", a, b, "one says so and the other denies it")
    return Verdict(Relation.CONTRADICTS, ASPECT, (told, *changed_word(a, b)))


def _none_at_all(a: Facet, b: Facet) -> bool:
    """Whether one says that there was no such act at all: whatever its object, that is the act."""
    for none, told in ((a, b), (b, a)):
        found = _NO_SUCH.search(none.claim.quote.casefold())
        denied = act.read(none.claim.quote).classes if found else frozenset()
        if found and none.denied and not told.denied and denied & act.read(told.claim.quote).asserted:
            return True
    return False


def _one_move(a: Facet, b: Facet) -> bool:
    """Whether one side advances or withdraws in both: at one place and time that is one move, whatever the words."""
    if a.claim.kind is not b.claim.kind or a.claim.kind not in ONE_MOVE or not a.actor or a.actor != b.actor:
        return False
    return all(read.asserted or not read.classes for read in (act.read(f.claim.quote) for f in (a, b)))


def _undone(a: Facet, b: Facet) -> Verdict | None:
    """A later act that ends an earlier state: those who were encircled have broken out."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= REACH or denies(a) or denies(b):
        return None
    first, later = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    one, other = act.read(first.claim.quote).classes, act.read(later.claim.quote).classes
    if LASTING not in one or "break_out" in one or "break_out" not in other:
        return None
    told = _reason("later state", first, later, "the second tells of the end of what the first tells")
    return Verdict(Relation.UPDATES, first.claim.kind.value, (told,))


def _same_time(a: Facet, b: Facet) -> bool:
    apart = gap(a, b)
    if apart is None:
        return a.start is None and b.start is None and a.claim.document_id == b.claim.document_id
    return apart <= WINDOW and max(a.width, b.width) <= WINDOW * 7


def _reason(name: str, a: Facet, b: Facet, why: str) -> Reason:
    x = a.claim
    by = f" by {a.actor or b.actor}" if a.actor or b.actor else ""
    what = f"{x.kind.value}{by} at {x.places[0].name if x.places else 'one place'}"
    detail = f"{teller(a)} {time(a)} and {teller(b)} {time(b)} speak of {what}; {why}."
    return Reason(name=name, detail=detail, claims=(a.id, b.id))
