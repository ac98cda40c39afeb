"""What two statements have in common and in what they differ, as named numbers between 0 and 1: what ``leaning`` weighs.

Read from the claims heard in the statements and from the words of the statements themselves, so that a statement in which no
claim is heard still has features. Of what came out on two days the earlier statement is the first and the other the
later; of what came out on one day neither is, and what asks for an order counts half for either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from fogline.link import act, retold, speakers
from fogline.link.facets import gap, said_day
from fogline.link.near_duplicates import words
from fogline.link.statement import Statement, concept_patterns, cue_patterns, opposites, products
from fogline.link.verdict import HEDGED
from fogline.model import Kind, Modality

Features = Mapping[str, float]
"""Each feature by its name, 0 to 1."""
_LONG = 40
"""So many words make a long statement."""
_NEWS = 3
"""What was told so many days later is still told as news."""
_MANY = 3
"""Cues beyond so many add nothing."""
_KINDS = (
    *(Kind.CONTROL, Kind.STRIKE, Kind.LOSSES, Kind.HUMANITARIAN, Kind.DIPLOMACY, Kind.INTENT, Kind.FORECAST),
    *(Kind.WITHDRAWAL, Kind.ADVANCE, Kind.FORCES, Kind.BATTLE, Kind.LOGISTICS),
)
_CLAUSE = re.compile(r"[.;:!?]\s|, (?:and|but|while|although|though|with|which|who|as)\b")
_BEFORE, _BEHIND = 25, 45
"""How many letters a negation reaches to the left and to the right."""
_ANYBODY = act.stem("people")
_SINGLE = act.SINGLE - {"attack", "repel"} | {"gain", "destroy"}
"""What happens to one thing once."""
_UNKNOWN = frozenset({"", "unknown", "third"})


def between(a: Statement, b: Statement) -> Features:
    """The features of two statements, whichever comes first."""
    days = (said_day(a.document), said_day(b.document))
    later = 0 if None in days else (days[1] or 0) - (days[0] or 0)
    if later < 0:
        a, b, later = b, a, -later
    if later == 0 and a.hour and b.hour and a.hour > b.hour:
        a, b = b, a
    found = _of(a, b, later)
    if later == 0 and not _one_after_the_other(a, b):
        turned = _of(b, a, later)
        found = {name: (value + turned[name]) / 2 for name, value in found.items()}
    return found


def _one_after_the_other(a: Statement, b: Statement) -> bool:
    """Whether both tell the part of the day, and not the same."""
    return bool(a.hour and b.hour and a.hour != b.hour)


def _of(a: Statement, b: Statement, later: int) -> dict[str, float]:
    own: dict[str, bool | float] = {
        **_of_place(a, b),
        **_of_words(a, b),
        **_of_numbers(a, b),
        **_of_cues(a, b),
        **_of_negations(a, b),
        **_of_time(a, b, later),
        **_of_voices(a, b, later),
        **_of_claims(a, b),
    }
    own |= _together(own)
    return {name: float(value) for name, value in own.items()}


def _of_place(a: Statement, b: Statement) -> dict[str, bool | float]:
    shared = (a.names & b.capitals) | (a.capitals & b.names)
    own = {area for area in a.areas - b.areas if area.startswith("n") and area[1:] not in b.folded}
    others = {area for area in b.areas - a.areas if area.startswith("n") and area[1:] not in a.folded}
    met = bool(a.areas & b.areas) or bool(shared & (a.placed | b.placed))
    return {
        "a place of its own in each": bool(own and others),
        "a place of its own in one": bool(own) is not bool(others),
        "a name shared beside the place": bool(shared - a.placed - b.placed),
        "one place": met,
        "other places": bool(a.areas and b.areas) and not met,
        "no place in one": not (a.areas and b.areas) and not met,
        "names shared": min(1.0, len(shared) / max(1, min(len(a.names), len(b.names)))),
        "told apart by what is near": bool(a.beside and b.beside and not a.beside & b.beside),
        "told apart by what is near, in one": bool(a.beside - b.names - b.beside)
        is not bool(b.beside - a.names - a.beside),
        "a longer name": _longer_name(a, b) or _longer_name(b, a),
        "other names": bool(a.names and b.names) and not shared,
    }


def _longer_name(a: Statement, b: Statement) -> bool:
    """Whether a place of one is a part of the other's: "Bara" and "Bara East", "Kupa" and "Kupa-Junction"."""
    own = {p.text for f in a.facets for p in f.claim.places}
    return any(
        re.search(rf"\b{re.escape(text)}(?:-| (?=[A-Z])(?!Oblast|Region))[A-Z]", b.document.text)
        for text in own
        if text
    )


def _of_words(a: Statement, b: Statement) -> dict[str, bool | float]:
    met, least = len(a.telling & b.telling), max(1, min(len(a.telling), len(b.telling)))
    one, other = a.act.classes, b.act.classes
    lengths = len(words(a.folded)), len(words(b.folded))
    return {
        "words shared": met / least,
        "several words shared": min(met, 5) / 5,
        "any word shared": met > 0,
        "long": min(1.0, sum(lengths) / 2 / _LONG),
        "later is longer": min(1.0, max(0.0, (lengths[1] - lengths[0]) / _LONG)),
        "one act": bool(one & other),
        "acts shared": len(one & other) / max(1, len(one | other)),
        "other acts": bool(one and other and not one & other),
        "single act": bool(one & other & _SINGLE),
        "other outcomes": bool(one & act.OUTCOMES and other & act.OUTCOMES and not one & other & act.OUTCOMES),
        **_opposed(a, b),
        **_of_concepts(a, b),
        "rising, later": b.act.rising,
        "rising, first": a.act.rising,
    }


def _of_numbers(a: Statement, b: Statement) -> dict[str, bool | float]:
    shared = set(a.numbers) & set(b.numbers)
    apart = [
        (x, y)
        for x, of in a.numbers.items()
        for y, counted in b.numbers.items()
        if x not in shared and y not in shared and _one_thing(of, counted)
    ]
    both = bool(a.numbers and b.numbers)
    own, others = (frozenset().union(*s.numbers.values()) for s in (a, b))
    return {
        "one number": any(number >= 2 for number in shared),
        "one large number": any(number >= 10 for number in shared),
        "one number of one thing": any(_one_thing(a.numbers[n], b.numbers[n]) for n in shared),
        "one number of other things": any(_other_things(a.numbers[n], b.numbers[n]) for n in shared),
        "other numbers of one thing": bool(apart),
        "more of one thing, later": any(y > x for x, y in apart),
        "less of one thing, later": any(y < x for x, y in apart),
        "fewer of a sort than of all": any(_of_a_sort(a, b, x, y) or _of_a_sort(b, a, y, x) for x, y in apart),
        "numbers of other things": _other_things(own, others),
        "a number each": len(a.numbers) == len(b.numbers) == 1 and not shared,
        "a number each, near": _near(a, b),
        "numbers near": any(max(x, y) <= 1.15 * min(x, y) for x, y in apart),
        "other numbers": both and not shared,
        "greater number, later": both and not shared and max(b.numbers) > max(a.numbers),
        "number in one": bool(a.numbers) is not bool(b.numbers),
    }


@lru_cache(maxsize=1 << 12)
def _counted(stems: frozenset[str]) -> frozenset[str]:
    """What is counted: the concepts among the words behind numbers, and of the other words themselves."""
    concepts = {name for stem in stems for name, pattern in concept_patterns().items() if pattern.match(stem)}
    return frozenset(concepts or stems)


def _one_thing(of: frozenset[str], other: frozenset[str]) -> bool:
    return bool(of and other and _counted(of) & _counted(other))


def _other_things(of: frozenset[str], other: frozenset[str]) -> bool:
    return bool(of and other) and not _counted(of) & _counted(other)


def _of_a_sort(a: Statement, b: Statement, few: float, all_told: float) -> bool:
    """Whether one counts a sort and the other, more of them, all people: "4 passengers" of "12 people"."""
    return few < all_told and _ANYBODY in b.numbers[all_told] and _ANYBODY not in a.numbers[few]


def _near(a: Statement, b: Statement) -> bool:
    """Whether each gives one number, and they differ by little."""
    if len(a.numbers) != 1 or len(b.numbers) != 1:
        return False
    (x,), (y,) = a.numbers, b.numbers
    return x != y and max(x, y) <= 1.1 * min(x, y)


def _of_negations(a: Statement, b: Statement) -> dict[str, bool | float]:
    """Whether what both speak of is negated, in the clause in which it stands."""
    shared, alike = a.telling & b.telling, a.concepts & b.concepts
    own, others = (_negates(s, shared, alike) for s in (a, b))
    return {
        "the shared negated in one": own is not others,
        "the shared negated in both": own and others,
        "the shared negated in later": others and not own,
    }


def _negates(statement: Statement, shared: frozenset[str], alike: frozenset[str]) -> bool:
    for clause in _CLAUSE.split(statement.folded):
        found = cue_patterns()["negation"].search(clause)
        if not found:
            continue
        reach = clause[max(0, found.start() - _BEFORE) : found.end() + _BEHIND]
        if any(act.stem(w) in shared for w in words(reach)) or any(
            concept_patterns()[name].search(reach) for name in alike
        ):
            return True
    return False


def _of_cues(a: Statement, b: Statement) -> dict[str, bool | float]:
    found: dict[str, bool | float] = {}
    for name in cue_patterns():
        if name == "negation":
            continue  # see ``_of_negations``: what is negated has to be what both speak of
        found[f"{name} in one"] = a.has(name) is not b.has(name)
        found[f"{name} in both"] = a.has(name) and b.has(name)
        found[f"{name} in later"] = b.has(name) and not a.has(name)
    for name in ("part", "later"):
        found[f"{name}, difference"] = min(_MANY, abs(a.cues[name] - b.cues[name])) / _MANY
        found[f"{name}, in the later"] = min(_MANY, b.cues[name]) / _MANY
    found["whole against part"] = (a.has("whole") and b.has("part")) or (b.has("whole") and a.has("part"))
    return found


def _of_time(a: Statement, b: Statement, later: int) -> dict[str, bool | float]:
    gaps = [g for x in a.facets for y in b.facets if (g := gap(x, y)) is not None]
    dated = [(x, y) for x in a.facets for y in b.facets if x.dated and y.dated and gap(x, y) is not None]
    least = min(gaps, default=None)
    apart = [gap(x, y) or 0 for x, y in dated]
    return {
        "out on one day": later == 0,
        "later in the day": later == 0 and _one_after_the_other(a, b),
        "out a day apart": later == 1,
        "out some days apart": 2 <= later <= 4,
        "out weeks apart": 5 <= later <= 20,
        "out long apart": later > 20,
        "days unknown": least is None,
        "one day": least is not None and least <= 0,
        "days near": least is not None and 0 < least <= 2,
        "days apart": least is not None and least > 2,
        "stated days apart": bool(apart) and min(apart) > 0,
        "stated day shared": bool(apart) and min(apart) <= 0,
        "each told as news": bool(a.facets and b.facets) and _as_news(a) and _as_news(b),
        "later tells of later": bool(dated) and all((y.start or 0) > (x.start or 0) for x, y in dated),
    }


def _as_news(statement: Statement) -> bool:
    """Whether the day that it states is that on which it came out, or one of the three before."""
    days = [(f.said or 0) - (f.start or 0) for f in statement.facets if f.dated and f.said is not None]
    return bool(days) and all(0 <= day <= _NEWS for day in days)


def _of_voices(a: Statement, b: Statement, later: int) -> dict[str, bool | float]:
    mouth = any(speakers.one_mouth(x, y) for x in a.facets for y in b.facets)
    own, others = _sides(a), _sides(b)
    return {
        "one mouth": mouth,
        "one mouth, another day": mouth and later > 0,
        "speakers alike": _alike(a.speakers, b.speakers),
        "no speaker in one": bool(a.speakers) is not bool(b.speakers),
        "one outlet": a.document.outlet.casefold() == b.document.outlet.casefold(),
        "one cites the other": retold.cites(a.document, b.document) or retold.cites(b.document, a.document),
        "rival sides speak": bool(own and others and not own & others),
        "one side speaks": bool(own & others),
    }


def _word_against_word(a: Statement, b: Statement) -> bool:
    """Whether one says that a side holds what the other says it does not."""
    told = [{(f.holder, f.denied) for f in s.facets if f.holder} for s in (a, b)]
    return any((holder, not denied) in told[1] for holder, denied in told[0])


def _of_claims(a: Statement, b: Statement) -> dict[str, bool | float]:
    own, others = ({f.claim.kind for f in s.facets} for s in (a, b))
    holders = [{f.holder for f in s.facets if f.holder and not f.denied} - _UNKNOWN for s in (a, b)]
    actors = [{f.actor for f in s.facets if f.actor} for s in (a, b)]
    denied = [any(f.denied for f in s.facets) for s in (a, b)]
    hedged = [any(f.modality is Modality.UNVERIFIED or f.claim.certainty in HEDGED for f in s.facets) for s in (a, b)]
    partial = [any(f.partial for f in s.facets) for s in (a, b)]
    return {
        "one kind": bool(own & others),
        **{f"both {kind.value}": kind in own and kind in others for kind in _KINDS},
        "one holder": bool(holders[0] & holders[1]),
        "other holders": bool(holders[0] and holders[1] and not holders[0] & holders[1]),
        "a holder told and denied": _word_against_word(a, b),
        "one actor": bool(actors[0] & actors[1]),
        "other actors": bool(actors[0] and actors[1] and not actors[0] & actors[1]),
        "denied in one": denied[0] is not denied[1],
        "hedged in one": hedged[0] is not hedged[1],
        "partial in one": partial[0] is not partial[1],
        "heard in one": bool(a.facets) is not bool(b.facets),
        "heard in none": not a.facets and not b.facets,
    }


def _together(found: Mapping[str, bool | float]) -> dict[str, bool | float]:
    """Features that count for more where both hold: their products."""
    return {f"{one} & {other}": found[one] * found[other] for one, other in products()}


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _sides(statement: Statement) -> frozenset[str]:
    return frozenset(f.claim.speaker.side for f in statement.facets) - _UNKNOWN


def _opposed(a: Statement, b: Statement) -> dict[str, bool | float]:
    one, other = a.folded, b.folded
    found = {
        name: bool((x.search(one) and y.search(other)) or (y.search(one) and x.search(other)))
        for name, (x, y) in opposites().items()
    }
    told = {f"opposed: {name}": holds for name, holds in found.items()}
    return {**told, "opposites": any(found.values()), "several opposites": sum(found.values()) > 1}


def _of_concepts(a: Statement, b: Statement) -> dict[str, bool | float]:
    """Of the things that reports of war speak of, in whatever words: how many both speak of, and each alone."""
    met, least = a.concepts & b.concepts, min(len(a.concepts), len(b.concepts))
    return {
        "concepts shared": len(met) / max(1, least),
        "several concepts shared": min(len(met), 4) / 4,
        "concepts alike": len(met) / max(1, len(a.concepts | b.concepts)),
        "no concept shared": bool(least) and not met,
        **{f"both tell of {name}": name in met for name in concept_patterns()},
    }
