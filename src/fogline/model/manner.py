"""The words in which a control claim puts how a place is held, and what each of them says.

``Claim.manner`` is a free word; a word that is not listed here is read as plain holding.
"""

from __future__ import annotations

TAKING = frozenset({"captured", "recaptured", "liberated", "occupied", "seized", "taken", "retaken", "secured"})
"""The holder took the place: it holds it from that time on, and did not hold it (or not all of it) just before."""

RETAKING = frozenset({"recaptured", "liberated", "retaken"})
"""The holder took the place back: just before, another side held it."""

LOSING = frozenset({"lost"})
"""The named holder held the place until then, and no longer does."""

PARTLY = frozenset({"partly"})
"""The named holder has a part of the place, so no side has the whole."""

ENCIRCLED = frozenset({"encircled"})
"""The place is surrounded, so those inside still hold it or fight for it."""

DISPUTED = frozenset({"contested"})
"""Both sides fight inside the place."""
