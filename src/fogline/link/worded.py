"""Two statements that no comparator ties, told in mostly the same words of one place and day: agreed, denied or doubted.

Asked only of two statements that a person puts side by side, and only where nothing else was found.
"""

from __future__ import annotations

from fogline.link import act
from fogline.link.facets import Facet, gap
from fogline.link.near_duplicates import words
from fogline.link.quantity import disagree
from fogline.link.verdict import HEDGED, Verdict, beside
from fogline.model import Modality, Relation

_SHARED, _AGREED = 0.5, 0.6
"""The least share of the shorter passage's telling words that both have: to be denied or doubted, and to agree.

Set by hand on the plain part of the blind pairs."""
_LEAST, _LEAST_AGREED = 2, 3
"""The least number of such words."""
_DAYS = 1
_PUT = frozenset({Modality.ACTUAL, Modality.UNVERIFIED})


def compare(a: Facet, b: Facet) -> Verdict | None:
    """The relation of two claims by their words alone; ``None`` where they share too few or tell of two days."""
    apart = gap(a, b)
    if apart is None or apart > _DAYS or not {a.modality, b.modality} <= _PUT or a.states or b.states:
        return None
    if (a.actor and b.actor and a.actor != b.actor) or disagree(a, b) or _numbers(a) != _numbers(b):
        return None
    named = act.names(a, b)
    own, others = act.telling(a.claim.quote) - named, act.telling(b.claim.quote) - named
    met, least = len(own & others), min(len(own), len(others))
    if met < _LEAST or met < _SHARED * least:
        return None
    if a.denied is not b.denied:
        return _verdict(
            Relation.CONTRADICTS, "polarity", "asserted and denied", a, b, "one says so and the other denies it"
        )
    doubted = [f.modality is Modality.UNVERIFIED or f.claim.certainty in HEDGED for f in (a, b)]
    if doubted[0] is not doubted[1]:
        return _verdict(Relation.QUALIFIES, a.claim.kind.value, "hedged", a, b, "one puts it as less than certain")
    if met < _LEAST_AGREED or met < _AGREED * least:
        return None
    return _verdict(
        Relation.CORROBORATES, a.claim.kind.value, "same words", a, b, "both say the same in mostly the same words"
    )


def _numbers(facet: Facet) -> frozenset[str]:
    return frozenset(word for word in words(facet.claim.quote) if word.isdigit())


def _verdict(relation: Relation, aspect: str, name: str, a: Facet, b: Facet, why: str) -> Verdict:
    return Verdict(relation, aspect, (beside(name, a, b, why),))
