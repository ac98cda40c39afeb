"""What has become of a state told before, and how much of a move is told: held and then left, far and then near, all and most.

Asked only of two statements that a person puts side by side, as ``progress`` is.
"""

from __future__ import annotations

import re

from fogline.link import act
from fogline.link.facets import Facet, gap
from fogline.link.meeting import denies
from fogline.link.polarity import ONE_MOVE
from fogline.link.verdict import Verdict, beside
from fogline.model import Kind, Modality, Relation

_SAME_DAYS = 3
"""Reports so few days apart tell of one move."""
_WAY = 60
"""Who stood before a place more than so many days ago has been elsewhere since."""
_AHEAD = 400
"""What is announced is looked for among what is told in so many days."""
_TO_COME = frozenset({Modality.INTENDED, Modality.PREDICTED, Modality.CONDITIONAL})
_CARRIED_OUT = frozenset({"leave", "go_in", "exchange", "evacuate", "yield_up", "send", "supply"})
_OUT = re.compile(
    r"\b(?:without (?:power|electricity|water|heating|gas)|blackout|outages?|power (?:is|was) (?:out|cut)"
    r"|no (?:power|electricity|water)|on fire|burning|ablaze)\b"
)
_BACK = re.compile(
    r"\b(?:power|electricity|water|heating|gas|supply|supplies)\b(?: \w+){0,3}? (?:back|restored|returned"
    r"|resumed|reconnected)\b|\bfires?\b.{0,40}\b(?:is|was|were|has been|had been) (?:out|put out"
    r"|extinguished)\b|\b(?:put out|extinguished) (?:the|all) fires?\b|\brestored (?:power|electricity|water"
    r"|heating)\b"
)
_EVERY_ATTACK = re.compile(r"\b(?:every|all|each) (?:\w+ ){0,3}?(?:attacks?|assaults?|attempts?|waves?)\b")
_THROUGH = re.compile(r"\b(?:broke|broken|breaking|burst) (?:through|into)\b|\b(?:entered|penetrated|breached)\b")
_NO_SOLDIER = re.compile(
    r"\b(?:[Nn]o|[Nn]ot (?:a|one)(?: single)?) (?P<sort>[A-Z]\w+(?: [A-Z]\w+)?) (?:soldiers?|troops?"
    r"|servicem\w+|fighters?|mercenar\w+|forces)\b"
)
_SIEGE = re.compile(r"\b(?:siege|besieged|encircl\w+|surrounded|blockaded?|cut off)\b")
_LIFTED = re.compile(
    r"\b(?:broke|broken|breaks|lifted|lifts|ended|ends|breached|relieved)\b(?: \w+){0,4}? (?:siege|blockade|encirclement)\b"
    r"|\b(?:siege|blockade|encirclement)\b(?: \w+){0,6}? (?:broken|lifted|over|ended|breached)\b"
)
_DEEDS = frozenset({"destroy", "strike", "attack", "kill"})
_BY_WHOM = re.compile(
    r"\b(?:blew up|blown up|damag\w*|crashed|done by|caused by|brought down|burn\w*|destroy\w*|bomb\w*|shell\w*"
    r"|massacr\w*|executed|fired|hit|struck)\b"
)
_TOO_HIGH = re.compile(
    r"\b(?:inflated|exaggerat\w+|overstated|overblown|too high|on the high side|overestimat\w+|greatly increased|not that many)\b"
)
_NEAR = re.compile(r"\b(?:outskirts|edge|gates|suburbs|entrance|doorstep|limits)\b")


def compare(a: Facet, b: Facet) -> Verdict | None:
    """What the later of two says of the state that the earlier tells, or the less of the more; ``None`` where neither does."""
    done = _done(a, b)
    if done is not None:
        return done
    if {a.modality, b.modality} != {Modality.ACTUAL}:
        return None
    if denies(a) or denies(b):
        return _absent(a, b)
    return (
        _restored(a, b)
        or _gone(a, b)
        or _made_way(a, b)
        or _repelled(a, b)
        or _left(a, b)
        or _nearer(a, b)
        or _lifted(a, b)
        or _part_of_a_move(a, b)
        or _blamed(a, b)
        or _played_down(a, b)
    )


def _done(a: Facet, b: Facet) -> Verdict | None:
    """What was to come in the one has come about in the other, which was told later."""
    if a.said is None or b.said is None or not 0 < abs(b.said - a.said) <= _AHEAD or a.denied or b.denied:
        return None
    first, later = (a, b) if a.said < b.said else (b, a)
    if (
        first.modality not in _TO_COME
        or later.modality is not Modality.ACTUAL
        or (first.actor and later.actor and first.actor != later.actor)
    ):
        return None
    if not act.read(first.claim.quote).asserted & act.read(later.claim.quote).asserted & _CARRIED_OUT:
        return None
    told = beside("later state", first, later, "the second tells as done what the first tells as to come")
    return Verdict(Relation.UPDATES, later.claim.kind.value, (told,))


def _restored(a: Facet, b: Facet) -> Verdict | None:
    """Power, water or a link that was gone, and is back."""
    if a.said is None or b.said is None or a.said == b.said or abs(b.said - a.said) > _WAY:
        return None
    first, later = (a, b) if a.said < b.said else (b, a)
    if not _OUT.search(first.claim.quote.casefold()) or not _BACK.search(later.claim.quote.casefold()):
        return None
    told = beside("later state", first, later, "the second tells that what was out in the first is back")
    return Verdict(Relation.UPDATES, Kind.HUMANITARIAN.value, (told,))


def _left(a: Facet, b: Facet) -> Verdict | None:
    """One says that a side holds a place, the other that the same side has left it: before, or at the same time."""
    apart = gap(a, b)
    if apart is None:
        return None
    for holds, leaves in ((a, b), (b, a)):
        if not holds.states or holds.takes or not holds.holder or holds.holder != leaves.actor or leaves.states:
            continue
        if leaves.partial and leaves.extent.part != holds.extent.part:
            continue
        if leaves.claim.kind is not Kind.WITHDRAWAL or "leave" not in act.read(leaves.claim.quote).asserted:
            continue
        if apart <= 0:
            told = beside("held and left", a, b, "one says that a side holds the place, the other that it has left")
            return Verdict(Relation.CONTRADICTS, "control", (told,))
        if (holds.end or 0) < (leaves.end or 0):
            told = beside("later state", holds, leaves, "whoever held the place has left since")
            return Verdict(Relation.UPDATES, "control", (told,))
    return None


def _made_way(a: Facet, b: Facet) -> Verdict | None:
    """One side is said to have taken a place, another to have left it: two tellings of one change of hands."""
    apart = gap(a, b)
    if apart is None or apart > _SAME_DAYS or a.partial is not b.partial:
        return None
    for takes, leaves in ((a, b), (b, a)):
        if not takes.takes or not takes.states or leaves.states or not leaves.actor or leaves.actor == takes.holder:
            continue
        if leaves.claim.kind is Kind.WITHDRAWAL and "leave" in act.read(leaves.claim.quote).asserted:
            told = beside(
                "compatible holders", a, b, "one says that a side took the place, the other that its enemy left it"
            )
            return Verdict(Relation.CORROBORATES, "control", (told,))
    return None


def _repelled(a: Facet, b: Facet) -> Verdict | None:
    """One says that every attack was beaten off, the other that the attackers came through."""
    apart = gap(a, b)
    if apart is None or apart > 0 or (a.actor and a.actor == b.actor):
        return None
    for beaten, through in ((a, b), (b, a)):
        if (
            not _EVERY_ATTACK.search(beaten.claim.quote.casefold())
            or "repel" not in act.read(beaten.claim.quote).asserted
        ):
            continue
        if _THROUGH.search(through.claim.quote.casefold()):
            told = beside(
                "asserted and denied",
                a,
                b,
                "one says that all attacks were beaten off, the other that one came through",
            )
            return Verdict(Relation.CONTRADICTS, "polarity", (told,))
    return None


def _absent(a: Facet, b: Facet) -> Verdict | None:
    """One says that there is no such soldier in a place, the other tells what these do there."""
    apart = gap(a, b)
    if apart is None or apart > _SAME_DAYS or a.denied is b.denied or a.states or b.states:
        return None
    none, told = (a, b) if a.denied else (b, a)
    found = _NO_SOLDIER.search(none.claim.quote)
    sort = {act.stem(word.casefold()) for word in found["sort"].split()} if found else set()
    told_of = {act.stem(word.strip(",.").casefold()) for word in told.claim.quote.split()}
    if not sort or not sort <= told_of or none.claim.speaker == told.claim.speaker:
        return None
    why = "one says that there are none, the other tells what they do there"
    return Verdict(Relation.CONTRADICTS, "polarity", (beside("asserted and denied", a, b, why),))


def _gone(a: Facet, b: Facet) -> Verdict | None:
    """One side's men are told to be in a place, and later to have left it."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= _WAY:
        return None
    first, later = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    if (
        first.states
        or not first.actor
        or first.actor != later.actor
        or later.claim.kind is not Kind.WITHDRAWAL
        or later.partial
    ):
        return None
    if (
        not act.read(first.claim.quote).asserted & {"remain", "be_there"}
        or "leave" not in act.read(later.claim.quote).asserted
    ):
        return None
    told = beside("later state", first, later, "those who were there in the first have left in the second")
    return Verdict(Relation.UPDATES, Kind.WITHDRAWAL.value, (told,))


def _nearer(a: Facet, b: Facet) -> Verdict | None:
    """Those who stood some way off have since come to the edge."""
    apart = gap(a, b)
    if apart is None or not 0 < apart <= _WAY:
        return None
    first, later = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    if first.states or later.states or (first.actor and later.actor and first.actor != later.actor):
        return None
    if "away" not in act.read(first.claim.quote).classes or not _NEAR.search(later.claim.quote.casefold()):
        return None
    told = beside("later state", first, later, "the second tells of those who were still some way off in the first")
    return Verdict(Relation.UPDATES, Kind.ADVANCE.value, (told,))


def _lifted(a: Facet, b: Facet) -> Verdict | None:
    """A siege, or the fight for a place, and that it has been broken since."""
    apart = gap(a, b)
    if apart is None or apart <= 0:
        return None
    first, later = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    one, other = (facet.claim.quote.casefold() for facet in (first, later))
    if not _LIFTED.search(other) or _LIFTED.search(one) or not (_SIEGE.search(one) or first.claim.kind is Kind.BATTLE):
        return None
    told = beside("later state", first, later, "the second tells of the end of what the first tells")
    return Verdict(Relation.UPDATES, Kind.BATTLE.value, (told,))


def _part_of_a_move(a: Facet, b: Facet) -> Verdict | None:
    """One side's move, told of the whole place and of a part of it."""
    apart = gap(a, b)
    if apart is None or apart > _SAME_DAYS or a.partial is b.partial or a.claim.kind is not b.claim.kind:
        return None
    if a.claim.kind not in ONE_MOVE or not a.actor or a.actor != b.actor or a.states or b.states:
        return None
    if not act.read(a.claim.quote).asserted & act.read(b.claim.quote).asserted & {"leave", "go_in"}:
        return None
    return Verdict(
        Relation.QUALIFIES, a.claim.kind.value, (beside("part against whole", a, b, "one speaks of a part alone"),)
    )


def _blamed(a: Facet, b: Facet) -> Verdict | None:
    """One act laid at the door of one side and of another: who blew up the dam."""
    apart = gap(a, b)
    if apart is None or apart > 1 or not a.actor or not b.actor or a.actor == b.actor or a.states or b.states:
        return None
    done = act.read(a.claim.quote).asserted & act.read(b.claim.quote).asserted & _DEEDS
    targets = {a.claim.target, b.claim.target}
    if (
        len(targets) > 1
        or not done
        or not act.share_object(a, b)
        or not any(_BY_WHOM.search(f.claim.quote.casefold()) for f in (a, b))
    ):
        return None
    return Verdict(
        Relation.CONTRADICTS,
        "explanation",
        (beside("rival culprits", a, b, "each names another side as the one that did it"),),
    )


def _played_down(a: Facet, b: Facet) -> Verdict | None:
    """One calls too high what the other tells."""
    apart = gap(a, b)
    if apart is None or apart > _WAY:
        return None
    for told, doubted in ((a, b), (b, a)):
        if (
            _TOO_HIGH.search(doubted.claim.quote.casefold())
            and not _TOO_HIGH.search(told.claim.quote.casefold())
            and told.claim.quantities
        ):
            return Verdict(
                Relation.QUALIFIES,
                "quantity",
                (beside("called too high", a, b, "one calls the other's number too high"),),
            )
    return None
