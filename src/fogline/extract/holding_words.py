"""Words by which control is read: shares of a place, whose troops, who frees and who takes, and phrases of having."""

from __future__ import annotations

import re

PARTIAL = frozenset(
    {
        "half", "third", "quarter", "two-thirds", "majority", "bulk", "part", "partly", "partially",
        "most", "percent", "%", "outskirts", "quarters",
    }
)  # fmt: skip
SEIZING = frozenset({"capture", "seizure", "occupation", "conquest", "takeover", "fall", "loss"})
"""Nouns for what the other side does to a country's places, whichever side is named beside them."""
PARTS = frozenset({"north", "south", "east", "west", "edge", "suburbs"})
AIMS = frozenset(
    {
        "goal",
        "aim",
        "objective",
        "purpose",
        "plan",
        "intention",
        "intent",
        "attempt",
        "effort",
        "ambition",
        "bid",
        "strategy",
        "attack",
        "advance",
        "offensive",
        "assault",
    }
)
HAVING = frozenset(
    {
        "take",
        "gain",
        "regain",
        "seize",
        "establish",
        "keep",
        "maintain",
        "retain",
        "assert",
        "assume",
        "secure",
        "win",
        "have",
    }
)
"""Verbs whose subject is who has the control that is their object; "lose" and "hand over" are others."""

GOVERNMENT = re.compile(
    r"(?:in|under) (?:the )?(?P<who>government|rebel|opposition|army|junta|regime) (?:hands|control|possession)"
)
IN_CONTROL = re.compile(r"in (?:\w+ )?control of")
CLAUSE_END = re.compile(r"[,;:.]| (?:though|although|while|but|whereas|despite|after|before|because)\b")

OWNED = frozenset({"its", "their", "our", "his", "her", "my"})
TROOPS = frozenset(
    {
        *("force", "troop", "soldier", "unit", "army", "military", "fighter", "marine", "paratrooper", "men", "man"),
        *("brigade", "division", "battalion", "regiment", "corps", "commando", "infantry", "defender", "tank"),
    }
)
TROOPS_OF_ONE = TROOPS | {f"{word}s" for word in TROOPS}
OWN = frozenset({"we", "our", "us", "ours"})
FOE = frozenset(
    {"enemy", "occupier", "occupiers", "invader", "invaders", "adversary", "opponent", "aggressor", "enemies"}
)
SURROUNDING = frozenset(
    {"encircle", "surround", "besiege", "encircled", "surrounded", "besieged", "encirclement", "siege", "trap"}
)
FREEING = frozenset(
    {
        "liberate",
        "liberation",
        "liberated",
        "deoccupy",
        "de-occupation",
        "free",
        "retake",
        "recapture",
        "reclaim",
        "recover",
        "regain",
        "retaking",
        "clear",
        "cleared",
        "purge",
        "purged",
    }
)
