"""Two claims of who holds one settlement.

Holders that exclude each other contradict where their times cannot be put one after the other; a later state is an
update. Only what is put as having happened is compared; a time that is not known is not taken to overlap.
"""

from __future__ import annotations

from fogline.link.facets import Facet, gap
from fogline.link.verdict import Verdict, both
from fogline.model import Certainty, Kind, Modality, Polarity, Reason, Relation

ASPECT = "control"
WINDOW = 60
"""Claims further apart than this many days are not compared."""
_PERSISTS = 7
"""For so many days a claimed capture is taken to speak of the days after it as well."""
REPORTED = 14
"""Two captures of which at least one bears only its publication date are one event within so many days."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two control claims of one settlement, told by different documents or voices or not."""
    if a.claim.kind is not Kind.CONTROL or b.claim.kind is not Kind.CONTROL or not a.states or not b.states:
        return None
    modalities = {a.claim.modality, b.claim.modality}
    if modalities == {Modality.ACTUAL, Modality.UNVERIFIED}:
        return _unverified(a, b)
    if modalities != {Modality.ACTUAL}:
        return None
    if a.states & b.states:
        return _agreeing(a, b)
    return _excluding(a, b)


def _unverified(a: Facet, b: Facet) -> Verdict | None:
    if a.states != b.states or not _near(a, b, _PERSISTS):
        return None
    reason = both("reported as unverified", a, b, "one of the two calls it unverified")
    return Verdict(Relation.QUALIFIES, ASPECT, (reason,))


def _agreeing(a: Facet, b: Facet) -> Verdict | None:
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


def _excluding(a: Facet, b: Facet) -> Verdict | None:
    clash = _clash(a, b)
    if clash is None:
        return _update(a, b)
    reasons = (both(_name(a, b), a, b, clash), *_changed_word(a, b))
    if Certainty.POSSIBLE in (a.claim.certainty, b.claim.certainty):
        hedge = Reason(name="hedged", detail="One of the two is put as no more than possible.", claims=(a.id, b.id))
        return Verdict(Relation.QUALIFIES, ASPECT, (*reasons, hedge))
    if _is_part_of_whole(a, b):
        return Verdict(Relation.QUALIFIES, ASPECT, reasons)
    aspect = "polarity" if a.claim.polarity is not b.claim.polarity and a.claim.holder == b.claim.holder else ASPECT
    return Verdict(Relation.CONTRADICTS, aspect, reasons)


def _name(a: Facet, b: Facet) -> str:
    if a.claim.polarity is not b.claim.polarity and a.claim.holder == b.claim.holder:
        return "asserted and denied"
    return "part against whole" if _is_part_of_whole(a, b) else "holders exclude each other"


def _is_part_of_whole(a: Facet, b: Facet) -> bool:
    return a.claim.holder == b.claim.holder and a.claim.polarity is b.claim.polarity is Polarity.POSITIVE


def _changed_word(a: Facet, b: Facet) -> tuple[Reason, ...]:
    if not a.voice or a.voice != b.voice:
        return ()
    detail = f"{a.claim.speaker.name} says both."
    return (Reason(name="speaker contradicts himself", detail=detail, claims=(a.id, b.id)),)


def _clash(a: Facet, b: Facet) -> str | None:
    """Why two states that exclude each other cannot both be so, or ``None`` where they can follow one another."""
    if a.start is None or b.start is None:
        return _undated_clash(a, b)
    apart = gap(a, b)
    if apart is None or apart > _PERSISTS:
        return None
    if a.width or b.width:
        # A wide date leaves room for one after the other, unless both say the same stretch of plain holding.
        same = (a.start, a.end) == (b.start, b.end) and not a.takes and not b.takes
        return "both speak of the same time" if same else None
    if apart <= 0:
        return "both speak of the same day"
    earlier, later = _in_order(a, b)
    if earlier.takes and not later.takes:
        return f"the second speaks of {apart} days after the first, and tells of no change since"
    return None


def _undated_clash(a: Facet, b: Facet) -> str | None:
    """Two undated claims of one document clash where two voices make them; one teller may speak of two times."""
    if a.start is not None or b.start is not None or a.claim.document_id != b.claim.document_id:
        return None
    if a.claim.speaker == b.claim.speaker or (a.takes and b.takes):
        return None
    return "one report sets them side by side without a date"


def _update(a: Facet, b: Facet) -> Verdict | None:
    apart = gap(a, b)
    if apart is None or not 0 < apart <= WINDOW:
        return None
    earlier, later = _in_order(a, b)
    reason = both("later state", earlier, later, f"the second speaks of {apart} days later")
    return Verdict(Relation.UPDATES, ASPECT, (reason, *_changed_word(a, b)))


def _near(a: Facet, b: Facet, days: int) -> bool:
    apart = gap(a, b)
    if apart is not None:
        return apart <= days
    return a.start is None and b.start is None and a.claim.document_id == b.claim.document_id


def _in_order(a: Facet, b: Facet) -> tuple[Facet, Facet]:
    first = (a.end or 0, a.order) <= (b.end or 0, b.order)
    return (a, b) if first else (b, a)
