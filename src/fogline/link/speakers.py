"""Whether two statements come out of one mouth, by the name of who speaks, where no theatre knows that name."""

from __future__ import annotations

from fogline.link import act
from fogline.link.facets import Facet
from fogline.link.near_duplicates import words
from fogline.link.one_voice import FEW_DAYS

_ALIKE = 0.6
"""Passages that share so much of all their telling words say the same."""
_PREFIX = 5
"""Names are compared by so many letters of each word: "Israel's" and "Israeli"."""
_SMALL = frozenset({"the", "of", "for", "in", "and", "s", "a", "an", "its", "their"})
_BEARERS = frozenset(
    {
        *(
            "report",
            "reports",
            "bulletin",
            "statement",
            "briefing",
            "message",
            "post",
            "address",
            "summary",
            "update",
            "press",
        ),
        *(
            "service",
            "office",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "evening",
            "morning",
            "daily",
            "latest",
            "late",
        ),
    }
)
"""Words for what somebody speaks in or through: "the General Staff's evening report" is the General Staff."""
_ANYBODY = frozenset(
    {
        *(
            "official",
            "officials",
            "source",
            "sources",
            "officer",
            "officers",
            "soldier",
            "soldiers",
            "resident",
            "residents",
        ),
        *(
            "expert",
            "experts",
            "analyst",
            "analysts",
            "commander",
            "commanders",
            "witness",
            "witnesses",
            "medics",
            "media",
        ),
        *(
            "activist",
            "activists",
            "observer",
            "observers",
            "locals",
            "people",
            "monitor",
            "monitors",
            "diplomat",
            "diplomats",
        ),
        *(
            "blogger",
            "bloggers",
            "mappers",
            "volunteers",
            "workers",
            "report",
            "reports",
            "outlet",
            "adviser",
            "doctor",
        ),
    }
)
"""Who is called so may be anybody of many."""


def one_mouth(a: Facet, b: Facet) -> bool:
    """Whether one named speaker says both, within a few days or of one stated time.

    A short form of a name is the name: "Syrian Observatory" is the Syrian Observatory for Human Rights.
    """
    alone = [len(f.claim.attribution.chain) == 1 for f in (a, b)]
    if all(alone):
        return False  # two outlets' own words are two voices
    if a.said is not None and b.said is not None and abs(a.said - b.said) > FEW_DAYS and not (a.dated and b.dated):
        return False
    if a.voice and a.voice == b.voice:
        return True
    one, other = _name(a), _name(b)
    if one and other and (one <= other or other <= one):
        return True
    sides = frozenset(word[:_PREFIX] for word in a.party)
    return any(name - sides and name <= _outlet(facet) for name, facet in ((one, b), (other, a)))


def same_words(a: Facet, b: Facet) -> bool:
    """Whether both passages say the same in nearly the same words, with the same numbers."""
    if a.denied is not b.denied:
        return False
    one, other = ({act.stem(w) for w in words(f.claim.quote) if len(w) > 2} for f in (a, b))
    digits = [{w for w in words(f.claim.quote) if w.isdigit()} for f in (a, b)]
    return digits[0] == digits[1] and len(one & other) >= _ALIKE * max(1, len(one | other))


def _outlet(facet: Facet) -> frozenset[str]:
    """The words of the outlet's name, shortened: who posts under his own name is his own outlet."""
    return frozenset(word[:_PREFIX] for word in words(facet.claim.outlet.name) if word not in _SMALL)


def _name(facet: Facet) -> frozenset[str]:
    """The words of a speaker's name, shortened; empty where the name may be anybody's."""
    name = facet.claim.speaker.name
    found = [word for word in words(name) if word not in _BEARERS]
    if not any(part[:1].isupper() for part in name.split()) or set(found) & _ANYBODY:
        return frozenset()
    return frozenset(word[:_PREFIX] for word in found if word not in _SMALL)
