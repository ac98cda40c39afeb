"""How far a side has come in a place, told twice: the way there and the capture, the edge and the whole, one event and its dates.

Asked only of two statements that a person puts side by side. In a ledger every fight at a town would be followed by its
capture, which the days of the town tell better.
"""

from __future__ import annotations

import re

from fogline.link import act
from fogline.link.facets import Facet, gap
from fogline.link.meeting import denies, sides_meet
from fogline.link.verdict import HEDGED, Verdict, beside
from fogline.model import Kind, Modality, Relation

WINDOW = 120
"""A capture more than so many days after a fight ends another fight."""
_SAME_DAYS = 3
"""Reports so few days apart tell of one advance."""
_ONE_EVENT = 45
"""Two dates of what happens once are dates of one event where they are no further apart than so many days."""
_LOOKING_BACK = 14
"""Whoever tells of a day so long after it looks back, and does not tell the news of another day."""
_TWO_WORDS = 2
"""So many words for what was struck tell it from others of its sort: "the railway station" of a town."""
_SOON_AFTER = 3
"""The same where both name the day by its date, and not as a day of this week."""
_CALENDAR = re.compile(r"\d")
_WAY = frozenset({Kind.ADVANCE, Kind.BATTLE, Kind.FORCES})
_ONCE = frozenset({"leave", "go_in", "yield_up", "destroy"})
"""Acts that one side does once in a place, as long as nothing undoes them; what is destroyed, once for good."""
_RUINED = re.compile(r"\b(?:destroy|blew up|blown up|sank|sunk|collapsed|wiped out)")
_BEGAN = re.compile(r"\b(?:began|begun|started|launched|opened|reopened|closed)\b")
_ONLY_ONCE = re.compile(r"\b(?:just|only) once\b|\bthe (?:only|single|sole) (?:strike|attack|raid|hit)\b")
_GONE = frozenset({"leave", "flee"})
_ON_THE_WAY = re.compile(
    r"\b(?:fight(?:ing|s)?|fought|battles?|clash\w*|combat|street battles|defend\w*|hold(?:s|ing)? out|siege"
    r"|besieged|under (?:attack|assault|pressure)|advanc\w+|approach\w*|push\w*|near\w*|outskirts|edge"
    r"|(?:km|kilomet\w+|miles?) (?:away )?from|stands? \S+ (?:km|kilomet\w+|miles?))\b"
)


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The way to a place against its capture, an edge of it against the whole, or two dates of one event; else ``None``."""
    if {a.modality, b.modality} != {Modality.ACTUAL}:
        return None
    if denies(a) or denies(b):
        return _not_fallen(a, b)
    return _arrived(a, b) or _edge(a, b) or _fell_when(a, b) or _other_date(a, b)


def _arrived(a: Facet, b: Facet) -> Verdict | None:
    """Those who fought for a place, or came near it, have since come into it."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= WINDOW:
        return None
    first, later = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    if first.states or first.claim.kind not in _WAY or not _ON_THE_WAY.search(first.claim.quote.casefold()):
        return None
    came_in = later.claim.kind is Kind.ADVANCE and "go_in" in act.read(later.claim.quote).asserted and not later.partial
    if not (later.takes or (later.claim.manner and later.states)) and not (came_in and _at_a_distance(first)):
        return None
    doer, holder = first.actor, later.holder or later.actor
    if doer and holder and doer != holder and first.claim.kind is not Kind.BATTLE:
        return None
    told = beside("later state", first, later, "the second tells of what the first was on the way to")
    return Verdict(Relation.UPDATES, later.claim.kind.value, (told,))


def _at_a_distance(facet: Facet) -> bool:
    return "away" in act.read(facet.claim.quote).classes or facet.partial


def _edge(a: Facet, b: Facet) -> Verdict | None:
    """One says that a side took the whole, the other at the same time that it came into a part."""
    apart = gap(a, b)
    if apart is None or apart > _SAME_DAYS:
        return None
    for whole, part in ((a, b), (b, a)):
        if not whole.states or whole.partial or part.states or not part.partial or part.claim.kind is not Kind.ADVANCE:
            continue
        if whole.holder and part.actor in ("", whole.holder) and act.read(part.claim.quote).classes & {"go_in", "gain"}:
            told = beside("part against whole", a, b, "one speaks of a part alone")
            return Verdict(Relation.QUALIFIES, "scope", (told,))
    return None


def _fell_when(a: Facet, b: Facet) -> Verdict | None:
    """Two dates of a fall, of which one does not say to whom."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= _ONE_EVENT or not (a.dated and b.dated) or max(a.width, b.width) > _SAME_DAYS:
        return None
    if not any(x.claim.manner == "fall" and not x.states and y.takes for x, y in ((a, b), (b, a))):
        return None
    return Verdict(Relation.CONTRADICTS, "date", (beside("dates apart", a, b, f"the dates are {apart} days apart"),))


def _not_fallen(a: Facet, b: Facet) -> Verdict | None:
    """That a place has not fallen, by whoever does not say to whom, and that a side took it, or does not hold it."""
    apart = gap(a, b)
    if apart is None or apart > _SAME_DAYS:
        return None
    for stands, told in ((a, b), (b, a)):
        if stands.claim.manner != "fall" or not stands.denied or stands.states or not told.states or told.partial:
            continue
        if told.takes:
            told_of = beside(
                "asserted and denied", a, b, "one says that the place was taken, the other that it has not fallen"
            )
            return Verdict(Relation.CONTRADICTS, "polarity", (told_of,))
        if told.denied:
            told_of = beside(
                "compatible holders", a, b, "one says that it has not fallen, the other that a side does not hold it"
            )
            return Verdict(Relation.CORROBORATES, "control", (told_of,))
    return None


def _other_date(a: Facet, b: Facet) -> Verdict | None:
    """Two dates of what one side does once in a place, of which one at least is told in looking back."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= _ONE_EVENT or not (a.dated and b.dated) or max(a.width, b.width) > _SAME_DAYS:
        return None
    if a.voice and a.voice == b.voice:
        return None  # one speaker's two days are two readings of one word
    if None in (a.claim.when.start, a.claim.when.end, b.claim.when.start, b.claim.when.end):
        return None  # "after Sunday's raid" is no date of the raid
    if a.states or b.states or a.claim.certainty in HEDGED or b.claim.certainty in HEDGED or not sides_meet(a, b):
        return None
    back = _SOON_AFTER if all(_CALENDAR.search(f.claim.when.text) for f in (a, b)) else _LOOKING_BACK
    told_late = any(f.said is not None and f.end is not None and f.said - f.end >= back for f in (a, b))
    if not told_late and not (apart <= _SAME_DAYS and _same_strike(a, b)):
        return None
    if not ((apart > 1 and _same_event(a, b)) or _same_strike(a, b)):
        return None
    return Verdict(Relation.CONTRADICTS, "date", (beside("dates apart", a, b, f"the dates are {apart} days apart"),))


def _same_event(a: Facet, b: Facet) -> bool:
    x, y = (act.read(facet.claim.quote) for facet in (a, b))
    if all(_BEGAN.search(facet.claim.quote.casefold()) for facet in (a, b)):
        return bool(x.classes & y.classes)
    if any(_ONLY_ONCE.search(facet.claim.quote.casefold()) for facet in (a, b)):
        return bool(x.classes & y.classes) and act.same(a, b)
    if x.asserted & _GONE and y.asserted & _GONE and "flee" in (x.asserted ^ y.asserted):
        return bool(act.telling(a.claim.quote) & act.telling(b.claim.quote))
    both = x.asserted & y.asserted & _ONCE
    if both == {"destroy"}:
        return all(_RUINED.search(facet.claim.quote.casefold()) for facet in (a, b))
    return bool(both)


def _same_strike(a: Facet, b: Facet) -> bool:
    """Whether both tell of one blow, by what was struck, on days that follow each other."""
    x, y = (act.read(facet.claim.quote) for facet in (a, b))
    if not x.classes & y.classes & {"strike", "destroy", "attack"} or {a.claim.kind, b.claim.kind} & {Kind.LOSSES}:
        return False
    return len((act.telling(a.claim.quote) & act.telling(b.claim.quote)) - act.names(a, b)) >= _TWO_WORDS
