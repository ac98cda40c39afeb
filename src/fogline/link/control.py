"""Two claims of who holds one settlement, or how much of it.

Holders that exclude each other contradict where their times cannot be put one after the other; a later state is an
update; a part against the whole is a matter of scope. Only what is put as having happened is compared; a time that is
not known is not taken to overlap.
"""

from __future__ import annotations

from fogline.link.facets import Facet, gap
from fogline.link.verdict import HEDGED, Verdict, both, changed_word, in_days
from fogline.model import Certainty, Modality, Reason, Relation

ASPECT, SCOPE = "control", "scope"
NEAR = 60
"""Claims further apart than this many days are compared only as one state and the change that follows it."""
_PERSISTS = 7
"""For so many days a claimed capture is taken to speak of the days after it as well."""
_SAME_FRONT = 3
"""Within so many days two sides that each say they hold a place contradict each other, and do not tell of a change."""
_FEW_DAYS = 2
"""A weekend or a night is as good as a day: no change of hands is told by it."""
_MOST = frozenset({"half", "most", "the bulk", "the majority", "two-thirds", "three-quarters"})
"""Parts that leave nobody else the whole."""
REPORTED = 14
"""Two captures of which at least one bears only its publication date are one event within so many days."""


def compare(a: Facet, b: Facet, *, updates: bool = True) -> Verdict | None:
    """The relation of two claims of control of one place, told by different documents or voices or not.

    ``updates=False``: a later state is none of what is asked for.
    """
    if not a.states or not b.states:
        return None
    modalities = {a.modality, b.modality}
    if modalities == {Modality.ACTUAL, Modality.UNVERIFIED}:
        return _unverified(a, b)
    if modalities != {Modality.ACTUAL}:
        return None
    if a.holder == b.holder and not (a.denied or b.denied):
        if a.partial or b.partial:
            return _scope(a, b)
    elif a.partial and b.partial and a.denied is b.denied:
        return _excluding(a, b, updates) if _one_part(a, b) else None  # each may have a part
    if a.holder.startswith("~") and a.holder != b.holder and (a.denied or b.denied):
        return None  # who has the place instead is not known
    if _denied(a, b) and a.partial is b.partial and _near(a, b, _PERSISTS):
        return _asserted_and_denied(a, b)
    if a.states & b.states:
        return _agreeing(a, b)
    return _excluding(a, b, updates)


def _unverified(a: Facet, b: Facet) -> Verdict | None:
    if a.holder != b.holder or a.denied is not b.denied or not _near(a, b, _PERSISTS):
        return None
    reason = both("reported as unverified", a, b, "one of the two calls it unverified")
    return Verdict(Relation.QUALIFIES, ASPECT, (reason,))


def _scope(a: Facet, b: Facet) -> Verdict | None:
    """One holder: two parts agree where they are one part; a part against the whole narrows it down, or denies it."""
    if not _near(a, b, _PERSISTS):
        return None
    if a.partial and b.partial:
        return _corroborates(a, b, "both speak of the same part") if _one_part(a, b) else None
    part, whole = (a, b) if a.partial else (b, a)
    if part.extent.only or (whole.extent.whole and part.extent.part.endswith("%")):
        return Verdict(Relation.CONTRADICTS, SCOPE, (both("part against whole", a, b, "one says no more than a part"),))
    return Verdict(Relation.QUALIFIES, SCOPE, (both("part against whole", a, b, "one speaks of a part alone"),))


def rest_held(a: Facet, b: Facet) -> Verdict | None:
    """One side is said to have the place, another a part of it: the one limits the other, and denies an explicit whole.

    Asked only of two statements that a person puts side by side. In a ledger both are evidence of who held the place.
    """
    if not a.states or not b.states or a.states & b.states or {a.modality, b.modality} != {Modality.ACTUAL}:
        return None
    if a.partial is b.partial or a.holder == b.holder or a.denied or b.denied or not _near(a, b, _SAME_FRONT):
        return None
    part, whole = (a, b) if a.partial else (b, a)
    told = both("part against whole", a, b, "one says that another side has a part")
    if whole.extent.whole or part.extent.part.endswith("%") or part.extent.part in _MOST:
        return Verdict(Relation.CONTRADICTS, ASPECT, (told, *changed_word(a, b)))
    return Verdict(Relation.QUALIFIES, SCOPE, (told,))


def _one_part(a: Facet, b: Facet) -> bool:
    part = a.extent.part
    return bool(part) and part == b.extent.part and not part.endswith("%")


def _agreeing(a: Facet, b: Facet) -> Verdict | None:
    if a.partial is not b.partial:
        return None  # not to hold the whole, and to hold a part, go together
    if (a.claim.certainty in HEDGED) is not (b.claim.certainty in HEDGED) and a.states == b.states:
        hedged = both("hedged", a, b, "one of the two is put as less than certain")
        return Verdict(Relation.QUALIFIES, ASPECT, (hedged,)) if _near(a, b, REPORTED) else None
    if a.takes and b.takes:
        if a.dated and b.dated:
            return None  # the dates decide: see fogline.link.date
        return _corroborates(a, b, "the reports are close in time") if _near(a, b, REPORTED) else None
    earlier, _ = _in_order(a, b)
    if _near(a, b, 1) or (earlier.takes and _near(a, b, _PERSISTS)):
        return _corroborates(a, b, "their times agree")
    return None


def _corroborates(a: Facet, b: Facet, why: str) -> Verdict:
    if a.states == b.states:
        return Verdict(Relation.CORROBORATES, ASPECT, (both("same holder", a, b, why),))
    said = "one names the holder, the other denies that another holds it"
    return Verdict(Relation.CORROBORATES, ASPECT, (both("compatible holders", a, b, said),))


def _excluding(a: Facet, b: Facet, updates: bool) -> Verdict | None:
    clash = _clash(a, b)
    if clash is None:
        return _update(a, b) if updates else None
    reasons = (both(_name(a, b), a, b, clash), *changed_word(a, b))
    if Certainty.POSSIBLE in (a.claim.certainty, b.claim.certainty):
        hedge = Reason(name="hedged", detail="One of the two is put as no more than possible.", claims=(a.id, b.id))
        return Verdict(Relation.QUALIFIES, ASPECT, (*reasons, hedge))
    aspect = "polarity" if _denied(a, b) else ASPECT
    return Verdict(Relation.CONTRADICTS, aspect, reasons)


def _asserted_and_denied(a: Facet, b: Facet) -> Verdict:
    """One says of a holder what the other denies: of the whole, or of the same part."""
    if Certainty.POSSIBLE in (a.claim.certainty, b.claim.certainty):
        return Verdict(Relation.QUALIFIES, ASPECT, (both("hedged", a, b, "one is put as no more than possible"),))
    told = both("asserted and denied", a, b, "one says so and the other denies it")
    return Verdict(Relation.CONTRADICTS, "polarity", (told, *changed_word(a, b)))


def _denied(a: Facet, b: Facet) -> bool:
    return a.denied is not b.denied and a.holder == b.holder


def _name(a: Facet, b: Facet) -> str:
    return "asserted and denied" if _denied(a, b) else "holders exclude each other"


def _clash(a: Facet, b: Facet) -> str | None:
    """Why two states that exclude each other cannot both be so, or ``None`` where they can follow one another."""
    if a.start is None or b.start is None:
        return _undated_clash(a, b)
    apart = gap(a, b)
    if apart is None or apart > _PERSISTS:
        return None
    if max(a.width, b.width) > _FEW_DAYS:
        # A wide date leaves room for one after the other, unless both say the same stretch of plain holding.
        same = (a.start, a.end) == (b.start, b.end) and not a.takes and not b.takes
        return "both speak of the same time" if same else None
    if apart <= 0:
        return "both speak of the same day"
    earlier, later = _in_order(a, b)
    if not later.takes and (earlier.takes or (apart <= _SAME_FRONT and _two_camps(a, b))):
        late, early = ("second", "first") if later is b else ("first", "second")
        return f"the {late} speaks of {in_days(apart)} after the {early}, and tells of no change since"
    return None


def _two_camps(a: Facet, b: Facet) -> bool:
    """Whether each speaks for the side that it says has the place."""
    return (a.claim.speaker.side, b.claim.speaker.side) == (a.holder, b.holder) and a.holder != b.holder


def _undated_clash(a: Facet, b: Facet) -> str | None:
    """Two undated claims of one document clash where two voices make them; one teller may speak of two times."""
    if a.start is not None or b.start is not None or a.claim.document_id != b.claim.document_id:
        return None
    if a.claim.speaker == b.claim.speaker or (a.takes and b.takes):
        return None
    return "one report sets them side by side without a date"


def _update(a: Facet, b: Facet) -> Verdict | None:
    apart = gap(a, b)
    if apart is None or apart <= 0:
        return None
    earlier, later = _in_order(a, b)
    reason = both("later state", earlier, later, f"the second speaks of {in_days(apart)} later")
    return Verdict(Relation.UPDATES, ASPECT, (reason, *changed_word(a, b)))


def _near(a: Facet, b: Facet, days: int) -> bool:
    apart = gap(a, b)
    if apart is not None:
        return apart <= days
    return a.start is None and b.start is None and a.claim.document_id == b.claim.document_id


def _in_order(a: Facet, b: Facet) -> tuple[Facet, Facet]:
    first = (a.end or 0, a.order) <= (b.end or 0, b.order)
    return (a, b) if first else (b, a)
