"""The words in which a control claim puts how a place is held, and what each of them says.

``Claim.manner`` is a free word: a trigger's lemma, a participle, or a phrase. The holder of a control claim is whoever
has the place if the claim is right; so where a place "fell", or its defenders "lose" it, the holder is the other side.
A word that is not listed here is read as plain holding.
"""

from __future__ import annotations

RETAKING = frozenset(
    {
        *("recaptured", "recapture", "liberated", "liberate", "liberation", "retaken", "retake", "retaking", "reclaim"),
        *("regain", "regain control", "regained control", "recover", "free", "deoccupy", "de-occupation"),
        *("reconquer", "reoccupy", "expel", "oust", "dislodge", "drive", "push", "throw", "force"),
    }
)
"""The holder took the place back: just before, another side held it."""

TAKING = RETAKING | frozenset(
    {
        *("captured", "capture", "occupied", "occupy", "occupation", "seized", "seize", "seizure", "taken", "take"),
        *("conquer", "conquest", "overrun", "annex", "wrest", "clear", "takeover", "took control", "take control"),
        *("taken control", "takes control", "taking control", "seized control", "handed over", "raised the flag"),
        *("raised their flag", "fall", "lose", "loss", "surrender", "cede", "relinquish", "abandon", "yield"),
    }
)
"""The place came to the holder: it holds it from that time on, and did not hold it (or not all of it) just before."""

LOSING = frozenset({"lost"})
"""The named holder held the place until then, and no longer does."""

PARTLY = frozenset({"partly"})
"""The named holder has a part of the place, so no side has the whole."""

ENCIRCLED = frozenset({"encircled", "encircle", "cut off"})
"""The place is surrounded, so those inside still hold it or fight for it."""

DISPUTED = frozenset({"contested", "contest"})
"""Both sides fight inside the place."""
