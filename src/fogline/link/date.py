"""Two dates of one event: when a side took a settlement.

Dates are EDTF intervals (ISO 8601-2): intervals that share a day agree, intervals apart by little are two dates of one
event, and intervals far apart are two events.
"""

from __future__ import annotations

from collections.abc import Sequence

from fogline.link.facets import Facet, gap
from fogline.link.verdict import Verdict, both, changed_word, in_days
from fogline.model import Modality, Relation

ASPECT = "date"
APART = 183
"""Captures of one place by one side that are more than so many days apart are two captures."""


def compare(a: Facet, b: Facet, lost: Sequence[int] = ()) -> Verdict | None:
    """The relation of two dated captures of one settlement by one side.

    ``lost`` are the days (ordinals) on which another side is said to have taken the place: a day between the two makes
    them two captures.
    """
    if not (a.takes and b.takes and a.dated and b.dated and a.holder == b.holder):
        return None
    if {a.modality, b.modality} != {Modality.ACTUAL}:
        return None
    apart = gap(a, b)
    if apart is None or apart > APART or a.end is None or b.end is None:
        return None
    if apart <= 0:
        return Verdict(Relation.CORROBORATES, "control", (both("dates agree", a, b, "the dates share a day"),))
    first, last = min(a.end, b.end), max(a.start or 0, b.start or 0)
    if any(first < day < last for day in lost):
        return None
    reasons = (both("dates apart", a, b, f"the dates are {in_days(apart)} apart"), *changed_word(a, b))
    return Verdict(Relation.CONTRADICTS, ASPECT, reasons)
