"""Two amounts of one thing at one place and time."""

from __future__ import annotations

import math

from fogline.link.facets import Facet, gap
from fogline.link.verdict import Verdict
from fogline.link.wording import teller, time
from fogline.model import Certainty, Claim, Modality, Polarity, Quantity, Reason, Relation

ASPECT = "quantity"
WINDOW = 7
"""Amounts told of days further apart than this are not compared: losses and forces change."""
_TOLERANCE_EXACT, _TOLERANCE_ROUGH, _TOLERANCE_HEDGED = 0.05, 0.25, 0.4
_SELF_EXPLAINING = frozenset({"km²", "km²/day", "%"})
"""Units that say what is measured, for one actor and one kind of claim, even where the words do not."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two claims by what they count; ``None`` where they count nothing in common."""
    x, y = a.claim, b.claim
    if not (x.quantities and y.quantities) or x.kind is not y.kind or x.id == y.id:
        return None
    if not _comparable(x, y):
        return None
    apart = gap(a, b)
    if apart is None or apart > WINDOW:
        return None
    found = [
        (p, q, disagree(x, i, y, j))
        for i, p in enumerate(x.quantities)
        for j, q in enumerate(y.quantities)
        if _same_thing(x, p, y, q)
    ]
    if not found:
        return None
    clashes = [(p, q) for p, q, differ in found if differ]
    agreeing = [(p, q) for p, q, differ in found if not differ]
    if agreeing or apart > 0:
        # A speaker who gives two amounts of one thing agrees with whoever gives either of them; and another amount of
        # another day is no contradiction.
        return (
            Verdict(Relation.CORROBORATES, ASPECT, (_reason("same amount", a, b, *agreeing[0]),)) if agreeing else None
        )
    return Verdict(Relation.CONTRADICTS, ASPECT, (_reason("amounts apart", a, b, *clashes[0]),))


def disagree(a: Claim, p: int, b: Claim, q: int) -> bool:
    """Whether amount ``p`` of one claim and ``q`` of the other count one thing and cannot both be right.

    Each is widened by how firmly it is put: 5 % where exact, 25 % where approximate, 40 % where merely possible.
    """
    x, y = a.quantities[p], b.quantities[q]
    if not _same_thing(a, x, b, y):
        return False
    low, high = _bounds(x, a.certainty)
    least, most = _bounds(y, b.certainty)
    return high < least or most < low


def _comparable(x: Claim, y: Claim) -> bool:
    return (
        {x.modality, y.modality} == {Modality.ACTUAL}
        and x.polarity is y.polarity is Polarity.POSITIVE
        and x.actor == y.actor
        and x.target == y.target
    )


def _same_thing(a: Claim, p: Quantity, b: Claim, q: Quantity) -> bool:
    if p.unit != q.unit or p.of.casefold() != q.of.casefold():
        return False
    return bool(p.of) or (p.unit in _SELF_EXPLAINING and bool(a.actor) and a.kind is b.kind and a.manner == b.manner)


def _bounds(quantity: Quantity, certainty: Certainty) -> tuple[float, float]:
    tolerance = _TOLERANCE_ROUGH if quantity.approximate else _TOLERANCE_EXACT
    if certainty is Certainty.POSSIBLE:
        tolerance = _TOLERANCE_HEDGED
    low = -math.inf if quantity.low is None else quantity.low - abs(quantity.low) * tolerance
    high = math.inf if quantity.high is None else quantity.high + abs(quantity.high) * tolerance
    return low, high


def _reason(name: str, a: Facet, b: Facet, p: Quantity, q: Quantity) -> Reason:
    detail = f"{teller(a)}: {p.text} {time(a)}; {teller(b)}: {q.text} {time(b)}."
    return Reason(name=name, detail=detail, claims=(a.id, b.id))
