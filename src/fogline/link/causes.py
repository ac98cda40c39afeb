"""Two voices that explain one action in other words: causes or purposes that have nothing in common.

Asked only of two statements that a person puts side by side, beside the classes of ``explanation``. What stands before
the word that opens the cause is the action, what stands after it the cause; two causes of one action that share no word
and name no class of purpose alike are rivals, unless one of them says that there are others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fogline.link import act, explanation
from fogline.link.facets import Facet
from fogline.link.near_duplicates import words
from fogline.link.verdict import Verdict
from fogline.link.wording import teller
from fogline.model import Modality, Reason, Relation

ASPECT = "explanation"
_DOES = (
    r"recover|drive|make|bring|build|establish|deter|split|trade|buy|free up|avenge|drown|scare|depopulate"
    r"|expel|clear|avoid|save|spare|protect|regroup|draw|divert|distract|tie|pin|stretch|create|seize|capture"
    r"|take|force|secure|cut"
    r"|encircle|gain|weaken|exhaust|test|prevent|stop|punish|intimidate|relieve|push|put pressure|free|reach|straighten"
    r"|shorten|strengthen|win|hold|keep|lure|provoke|disrupt|hinder|support|prepare|regain|show|terroris|terroriz|open"
)
_OPENS = re.compile(
    r"\b(?:because of|because|due to|owing to|as a result of|as a gesture of|(?:was|were|had been|been) (?:caused|brought down"
    r"|shot down|triggered|burned|burnt|set on fire) by|caused by|broke out because of|in order to|so as to|in an effort to"
    r"|in an attempt to|in a bid to|after being|under (?=a \S+ ?\S* deal)"
    r"|(?:is|was|are|were) (?:meant|intended|designed|aimed) (?:to|at|for)|aim(?:s|ed)? (?:to|at)|serves? to"
    r"|for (?:one|a single|the sole) (?:purpose|reason|aim|thing)\b[^.;]*?(?:: ?|,)(?:to )?"
    r"|out of (?:fear|revenge|spite|desperation)\b"
    r"|(?:one|only|sole|main|real|true|whole)? ?(?:aim|goal|purpose|objective|point)\b[^.;]*?(?:\b(?:is|was|are|were)\b(?: to)?|,)"
    rf"|(?<!able )(?<!unable )(?<!managed )(?<!forced )(?<!began )(?<!began )to (?=(?:{_DOES})))"
)
_HEADED = re.compile(
    r"^(?P<first>.+?) (?:is|was|were) the (?:\w+ )?(?:aim|goal|purpose|objective|point|target) of (?P<what>[^,;.]+)"
    r"|^(?:the )?(?:whole |main |sole |only |real |true )?(?:aim|goal|purpose|objective"
    r"|point) of (?P<action>[^,;.]+?) (?:is|was|has been) (?P<cause>.+)"
)
"""A cause that is told before its action: "the aim of the raid was to ..."."""
_OPERATION = re.compile(r"\b(?:operation|offensive|incursion|campaign|raid|siege|assault|move)\b")
_RULED_OUT = re.compile(r",? (?:and |but )?(?:not|never|rather than|instead of)\b")
"""What a cause is said not to be."""
_LEAVING = frozenset({"of_free_will", "under_force"})
_DRIVEN = re.compile(
    r"\b(?:thrown|threw|chased|driven|drove|forced|pushed|smashed|knocked)\b(?: \w+){0,4}? (?:out|back|from)\b"
)
_CAUSED = re.compile(r"\b(?:caused|triggered|set off)\b(?! by)")
_NOT_ALONE = re.compile(r"\b(?:also|partly|in part|among other|not only|one of the|as well)\b")
_GRAMMAR = frozenset({"the", "of", "and", "group"})
"""Words of the sides' names that name no side."""
_SHARED = 0.34
"""Causes that share so much of the words of the shorter one may be one cause."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An action and its cause, in the words of a passage."""

    action: str
    cause: str
    alone: bool


@lru_cache(maxsize=1 << 12)
def read(text: str) -> Explained | None:
    """The action and its cause or purpose; ``None`` where the passage gives none.

    >>> read("They left the town because their supply lines were cut.").cause
    ' their supply lines were cut.'
    """
    folded = text.casefold()
    alone = not _NOT_ALONE.search(folded)
    headed = _HEADED.search(folded)
    if headed:
        return Explained(headed["action"] or headed["what"], headed["cause"] or headed["first"], alone)
    found = _OPENS.search(folded)
    if found and len(words(folded[: found.start()])) > 1 and words(folded[found.end() :]):
        return Explained(folded[: found.start()], folded[found.end() :], alone)
    turned = _CAUSED.search(folded)
    if turned and words(folded[: turned.start()]):
        return Explained(folded[turned.end() :], folded[: turned.start()], alone)
    return None


def compare(a: Facet, b: Facet) -> Verdict | None:
    """Rival explanations of one action by two voices; ``None`` where they may go together or explain two actions."""
    if a.claim.speaker == b.claim.speaker or (a.voice and a.voice == b.voice):
        return None
    if Modality.CONDITIONAL in (a.modality, b.modality) or not explanation.told_together(a, b):
        return None
    one, other = read(a.claim.quote), read(b.claim.quote)
    if one is None or other is None or not (one.alone and other.alone) or not _one_action(a, b, one, other):
        return None
    if _alike(a, b, one, other):
        detail = f"{teller(a)} and {teller(b)} explain one action, and their causes are told in the same words."
        return Verdict(Relation.CORROBORATES, ASPECT, (Reason(name="one cause", detail=detail, claims=(a.id, b.id)),))
    if explanation.purposes(one.cause) & explanation.purposes(other.cause):
        return None
    detail = f"{teller(a)} and {teller(b)} explain one action, and their causes have nothing in common."
    return Verdict(Relation.CONTRADICTS, ASPECT, (Reason(name="rival causes", detail=detail, claims=(a.id, b.id)),))


def of_leaving(one: str, other: str) -> bool:
    """Whether one of two whole statements says that a side left a place of its free will, and the other that it was driven out."""
    own, others = (explanation.purposes(text) & _LEAVING for text in (one, other))
    if {own, others} != {frozenset({"of_free_will"}), frozenset({"under_force"})}:
        return False
    return all(act.read(text).classes & {"leave", "flee"} or _DRIVEN.search(text.casefold()) for text in (one, other))


def _one_action(a: Facet, b: Facet, one: Explained, other: Explained) -> bool:
    """Whether both explain what one side does: one class of act, or one thing that came about."""
    if a.actor and b.actor and a.actor != b.actor and _names_a_side(one.action, a) and _names_a_side(other.action, b):
        return False
    x, y = act.read(one.action).classes, act.read(other.action).classes
    if x & y:
        return True
    if (y and _OPERATION.search(one.action)) or (x and _OPERATION.search(other.action)):
        return True
    names = act.names(a, b)
    return bool((act.telling(one.action) & act.telling(other.action)) - names)


def _names_a_side(action: str, facet: Facet) -> bool:
    return any(word in facet.party and word not in _GRAMMAR for word in words(action))


def _alike(a: Facet, b: Facet, one: Explained, other: Explained) -> bool:
    names = act.names(a, b)
    causes = (_RULED_OUT.split(text, maxsplit=1)[0] for text in (one.cause, other.cause))
    own, others = ({act.stem(w) for w in words(text) if len(w) > 3} - names for text in causes)
    least = min(len(own), len(others))
    return least > 0 and len(own & others) >= _SHARED * least
