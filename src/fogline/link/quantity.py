"""Two amounts of one thing at one place and time, and a later amount that takes the place of an earlier one."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from fogline.link import act
from fogline.link.facets import Facet, gap
from fogline.link.meeting import denies, sides_meet
from fogline.link.verdict import Verdict, changed_word
from fogline.link.wording import teller, time
from fogline.model import Certainty, Claim, Modality, Quantity, Reason, Relation

ASPECT = "quantity"
WINDOW = 150
"""Amounts told of days further apart than this are not compared: losses and forces change."""
_ONE_COUNT = 1
"""Amounts said of days no further apart than this are two answers to one question, not an old and a new one."""
_TOLL_GROWS = 14
"""For so many days the toll of one event is still being counted."""
_TOLERANCE_EXACT, _TOLERANCE_ROUGH, _TOLERANCE_HEDGED = 0.05, 0.25, 0.4
_SELF_EXPLAINING = frozenset({"km²", "km²/day", "%"})
"""Units that say what is measured, for one actor and one kind of claim, even where the words do not."""
_UNITS = {"mi": ("km", 1.609344), "m": ("km", 0.001), "mi²": ("km²", 2.589988), "ha": ("km²", 0.01)}
"""Units that are compared as another one, with the factor."""
_LENGTHS = frozenset({"km"})
_PEOPLE = frozenset(
    {
        *(
            "people",
            "persons",
            "person",
            "civilians",
            "residents",
            "inhabitants",
            "killed",
            "dead",
            "victims",
            "bodies",
        ),
        *("lives", "deaths", "fatalities", "villagers"),
    }
)
_SOLDIERS = frozenset({"martyrs", "soldiers", "troops", "servicemen", "fighters", "men", "personnel", "militants"})
_CAPTIVES = frozenset({"prisoners", "captives", "pows", "defenders"})
_DEAD = frozenset({"killed", "dead", "people", "persons", "bodies", "lives", "deaths", "fatalities"})
_SYNONYMS = {
    "lorries": "trucks",
    "lorry": "trucks",
    "truck": "trucks",
    "guns": "artillery",
    "uavs": "drones",
    "servicemen": "soldiers",
}
_OF_PEOPLE = frozenset({"flee", "evacuate", "remain"})
"""Classes of act of which a bare number counts people."""
_GROUPS = frozenset(
    {
        *("children", "schoolchildren", "women", "worshippers", "worshipers", "mourners", "pilgrims", "patients"),
        *("passengers", "workers", "employees", "students", "pupils", "teachers", "guests", "shoppers"),
        *("miners", "farmers", "fishermen", "detainees", "inmates", "refugees", "doctors", "medics", "rescuers"),
        *("journalists", "pensioners", "volunteers", "drivers", "prisoners"),
    }
)
"""Sorts of people: those of a sort who were killed cannot be more than all the people who were."""
_SINCE = re.compile(
    r"\bsince (?:the )?(?:(?:start|beginning|outbreak) of|(?:\w+ ){0,2}(?:war|fighting|conflict|invasion|offensive|siege|outbreak)"
    r" (?:began|started|broke out))"
)
"""A count from the start of what still goes on grows for as long as that does."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two claims by what they count; ``None`` where they count nothing in common."""
    x, y = a.claim, b.claim
    own, others = counted(a), counted(b)
    if not (own and others) or x.id == y.id or not _comparable(a, b):
        return None
    apart = gap(a, b)
    if apart is None or apart > WINDOW:
        return None
    found = [(p, q) for p in own for q in others if _one_thing(a, p, b, q)]
    clashes = [pair for pair in found if _differ(x, pair[0], y, pair[1])]
    agreeing = [pair for pair in found if pair not in clashes]
    clashes += [(p, q) for p in own for q in others if _exceeds(x, p, y, q) or _exceeds(y, q, x, p)]
    newer = next((pair for pair in found if _later_count(a, b, pair)), None)
    if newer and not (agreeing and len(found) > 1):
        return Verdict(Relation.UPDATES, ASPECT, (_reason("later amount", a, b, *newer),))
    if agreeing:
        # A speaker who gives two amounts of one thing agrees with whoever gives either of them.
        return _agreeing(a, b, agreeing[0]) if apart <= _TOLL_GROWS and _one_event(a, b) else None
    return _apart(a, b, clashes[0]) if clashes else None


def counted(facet: Facet) -> tuple[Quantity, ...]:
    """The amounts of a claim; for a toll that "has risen to 52" the number alone, of people."""
    toll = act.read(facet.claim.quote).toll
    if facet.claim.quantities or toll is None:
        return tuple(_converted(quantity) for quantity in facet.claim.quantities)
    return (Quantity(low=toll, high=toll, unit="", of="people", approximate=False, text=f"{toll:g}"),)


def _converted(quantity: Quantity) -> Quantity:
    """The same amount in the unit that amounts are compared in."""
    unit, factor = _UNITS.get(quantity.unit, (quantity.unit, 1.0))
    if factor == 1.0:
        return quantity
    low, high = (None if bound is None else bound * factor for bound in (quantity.low, quantity.high))
    return replace(quantity, unit=unit, low=low, high=high)


def both_count(a: Facet, b: Facet) -> bool:
    """Whether the two count one thing, so that their amounts say how they stand to each other."""
    return any(_one_thing(a, p, b, q) for p in counted(a) for q in counted(b))


def things(facet: Facet) -> frozenset[str]:
    """What a claim counts, in a word each by which claims of one thing meet."""
    return frozenset(_thing(quantity) for quantity in counted(facet))


def _thing(quantity: Quantity) -> str:
    of = quantity.of.casefold()
    if quantity.unit:
        return quantity.unit
    return "people" if not of or of in _PEOPLE or of in _SOLDIERS else act.stem(of)


def disagree(a: Facet, b: Facet) -> bool:
    """Whether both give amounts and none of them can be one: of other things, or too far apart.

    Each is widened by how firmly it is put: 5 % where exact, 25 % where approximate, 40 % where merely possible.
    """
    own, others = counted(a), counted(b)
    if not own or not others:
        return False
    return not any(_one_thing(a, p, b, q) and not _differ(a.claim, p, b.claim, q) for p in own for q in others)


def _agreeing(a: Facet, b: Facet, pair: tuple[Quantity, Quantity]) -> Verdict:
    return Verdict(Relation.CORROBORATES, ASPECT, (_reason("same amount", a, b, *pair),))


def _apart(a: Facet, b: Facet, pair: tuple[Quantity, Quantity]) -> Verdict | None:
    """Two amounts that cannot both be right contradict where they are of one day: told together, or each with its date."""
    of_one_day = (gap(a, b) or 0) <= (1 if _told(a, b) == 0 and _counts_after(a, b) else 0)
    each_dated = a.dated and b.dated and not (a.width or b.width)
    if not of_one_day or not (abs(_told(a, b)) <= _ONE_COUNT or each_dated):
        return None
    return Verdict(Relation.CONTRADICTS, ASPECT, (_reason("amounts apart", a, b, *pair), *changed_word(a, b)))


def _counts_after(a: Facet, b: Facet) -> bool:
    """Whether one of two tolls is told as one "after" an event, and so of its day."""
    return bool(act.shared(a, b, "toll")) and any(
        f.claim.when.start is not None and f.claim.when.end is None for f in (a, b)
    )


def _told(a: Facet, b: Facet) -> int:
    """How many days after the first the second was told; 0 where that is not known."""
    return 0 if a.said is None or b.said is None else b.said - a.said


def _later_count(a: Facet, b: Facet, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether the later amount is the newer count: of something that goes on, or of a toll that is still growing."""
    told = _told(a, b)
    ordered = told > 0 or (told == 0 and _has_risen(b))
    first, later = pair if ordered else (pair[1], pair[0])
    second = b if ordered else a
    if (told == 0 and not _has_risen(second)) or (first.low, first.high) == (later.low, later.high):
        return False
    rising = act.read(second.claim.quote).rising
    if not rising and not _differ(a.claim, _point(pair[0]), b.claim, _point(pair[1])):
        return False
    if abs(told) > _ONE_COUNT and act.shared(a, b, "state"):
        if a.claim.when.end is None and b.claim.when.end is None and _size(later) > _size(first):
            return True  # both count since then, and the one goes on
        return not (a.dated and b.dated and (gap(a, b) or 0) <= 0 and a.width == b.width)
    if not act.shared(a, b, "toll") or _size(later) <= _size(first):
        return False
    if rising or _goes_on(a, b):
        return True  # as far as amounts are compared at all
    again = told != 0 and bool(a.voice) and a.voice == b.voice  # whoever counts again the next day counts on
    return (again or abs(told) > _ONE_COUNT) and abs(told) <= _TOLL_GROWS and _one_event(a, b)


def _has_risen(facet: Facet) -> bool:
    """Whether it names a number as the one that a toll has come to, and so as the later of two of one day."""
    return act.read(facet.claim.quote).toll is not None


def _goes_on(a: Facet, b: Facet) -> bool:
    """Whether both count from the start of what still goes on."""
    return all(_SINCE.search(facet.claim.quote.casefold()) for facet in (a, b))


def _size(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.high or 0.0


def _point(quantity: Quantity) -> Quantity:
    """An open amount as the number that was given: "at least 20" is the count of that day."""
    size = _size(quantity)
    return replace(quantity, low=size, high=size if quantity.high is None or quantity.low is None else quantity.high)


def _one_event(a: Facet, b: Facet) -> bool:
    """Whether the two tell of one event and not of two alike: same day, one object, or a count that goes on."""
    apart = gap(a, b)
    if apart is not None and apart <= _ONE_COUNT:
        return True
    rising = act.read(a.claim.quote).rising or act.read(b.claim.quote).rising
    return rising or act.share_object(a, b) or bool(act.shared(a, b, "state"))


def _comparable(a: Facet, b: Facet) -> bool:
    x, y = a.claim, b.claim
    if {a.modality, b.modality} != {Modality.ACTUAL} or denies(a) or denies(b) or not sides_meet(a, b):
        return False
    one, other = act.read(x.quote).classes, act.read(y.quote).classes
    if one and other:
        return bool(one & other) and act.same_outcome(a, b)
    return x.kind is y.kind


def _one_thing(a: Facet, p: Quantity, b: Facet, q: Quantity) -> bool:
    if p.unit != q.unit or not _same_noun(a, p, b, q):
        return False
    if p.of or q.of or p.unit in _SELF_EXPLAINING:
        x, y = a.claim, b.claim
        return bool(p.of or q.of) or (bool(a.actor) and (x.kind is y.kind or bool(act.shared(a, b, "state"))))
    return p.unit in _LENGTHS and bool(act.shared(a, b, "state"))


def _same_noun(a: Facet, p: Quantity, b: Facet, q: Quantity) -> bool:
    one, other = (_SYNONYMS.get(of.casefold(), "people" if _of_a_people(of) else of.casefold()) for of in (p.of, q.of))
    if act.stem(one) == act.stem(other) or (p.unit in _SELF_EXPLAINING and (a.held == b.held or not one or not other)):
        return True
    if not one or not other:
        told = act.shared(a, b, "toll") | act.shared(a, b, "state")
        return "kill" in told or (bool(told & _OF_PEOPLE) and (one or other) in _PEOPLE | {""})
    if one in _PEOPLE and other in _PEOPLE:
        return True
    if {one, other} <= _PEOPLE | _SOLDIERS | _CAPTIVES and "exchange" in act.read(a.claim.quote).classes & act.read(
        b.claim.quote
    ).classes:
        return True
    both = {one, other}
    return both <= _SOLDIERS or (bool(both & _DEAD) and both <= _SOLDIERS | _DEAD)


def _of_a_people(of: str) -> bool:
    """Whether those counted are named by their country: "85 Palestinians"."""
    return of[:1].isupper() and of.endswith(("ans", "ese", "ish", "is", "eans"))


def _exceeds(a: Claim, p: Quantity, b: Claim, q: Quantity) -> bool:
    """Whether more people of one sort are counted than people in all."""
    if p.unit or q.unit or p.of.casefold() not in _GROUPS or q.of.casefold() not in _PEOPLE:
        return False
    return _bounds(p, a.certainty)[0] > _bounds(q, b.certainty)[1]


def _differ(a: Claim, p: Quantity, b: Claim, q: Quantity) -> bool:
    low, high = _bounds(p, a.certainty)
    least, most = _bounds(q, b.certainty)
    return high < least or most < low


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
