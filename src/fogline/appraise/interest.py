"""Whether a claim speaks for the interest of its speaker's own side, or against it.

A side that tells of its own gain says little; one that tells of its own loss says much. Every side by the same rules.
"""

from __future__ import annotations

from enum import StrEnum

from fogline.model import CONTESTED, Claim, Kind, Polarity, Theatre
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING

_GAINS = frozenset({Kind.ADVANCE, Kind.BATTLE, Kind.STRIKE})
"""Kinds of act that are a gain for whoever does them."""


class Interest(StrEnum):
    """How a claim stands to the interest of its speaker's side."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


def interest(claim: Claim, side: str, theatre: Theatre) -> Interest:
    """How the claim stands to the interest of ``side``; neutral for outsiders and where no side gains by it."""
    gains = favoured(claim, theatre)
    if not theatre.is_party(side) or not gains:
        return Interest.NEUTRAL
    return Interest.FOR if gains == side else Interest.AGAINST


def favoured(claim: Claim, theatre: Theatre) -> str:
    """The side whose gain the claim tells of; empty where it tells of none."""
    gains = _gaining(claim, theatre)
    if claim.polarity is Polarity.NEGATIVE:
        gains = theatre.opponent(gains)
    return gains if theatre.is_party(gains) else ""


def _gaining(claim: Claim, theatre: Theatre) -> str:
    if claim.kind is Kind.CONTROL:
        if claim.holder == CONTESTED or claim.manner in DISPUTED or claim.manner in ENCIRCLED:
            return ""
        return theatre.opponent(claim.holder) if claim.manner in LOSING else claim.holder
    if claim.kind is Kind.WITHDRAWAL:
        return theatre.opponent(claim.actor)
    if claim.kind is Kind.LOSSES:
        return theatre.opponent(claim.target) if claim.target else claim.actor
    return claim.actor if claim.kind in _GAINS else ""
