"""Whether two claims can speak of the deed of one side, and whether they deny it."""

from __future__ import annotations

import re

from fogline.link import act
from fogline.link.facets import Facet
from fogline.model import Kind

_NEGATION = re.compile(r"\b(?:not|no|never|neither|nobody|without)\b|n['’]t\b")
_ENCIRCLED = re.compile(r"\b(?:are|is|was|were|been|being)(?: \w+){0,2} (?:encircled|surrounded|trapped|cut off)\b")
_MOVES = frozenset({"leave", "go_in", "yield_up", "break_out"})
"""Acts whose doer may be heard as their object: "the withdrawal of Russian troops"."""


def sides_meet(a: Facet, b: Facet) -> bool:
    """Whether one side can be meant as who acts, and one as who suffers it: the same, or not named by one of the two."""
    doers, sufferers = zip(_roles(a), _roles(b), strict=True)
    if len(set(doers) - {""}) > 1 or len(set(sufferers) - {""}) > 1:
        return False
    return not any(one and one == other for one, other in (doers[:1] + sufferers[1:], doers[1:] + sufferers[:1]))


def _roles(facet: Facet) -> tuple[str, str]:
    """Who does it and who suffers it: whoever "lost tanks" suffers what whoever "destroyed tanks" did."""
    classes = act.read(facet.claim.quote).asserted
    doer, sufferer = facet.actor, facet.claim.target
    if "lose" in classes and doer and not sufferer:
        return "", doer
    if "encircle" in classes and doer and not sufferer and _ENCIRCLED.search(facet.claim.quote):
        return "", doer
    if classes & _MOVES and sufferer and not doer:
        return sufferer, ""
    return doer, sufferer


def denies(facet: Facet) -> bool:
    """Whether the claim says that it was not so, or calls it false."""
    claim = facet.claim
    return facet.denied or (claim.kind is Kind.ASSESSMENT and bool(_NEGATION.search(claim.quote.casefold())))
