"""What people rule about claims that stand together: which are one voice, and how two stand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.model.link import Reason, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRuling:
    """These claims (ids) are one voice with each other; or, where not ``joined``, a voice apart from all others."""

    claims: tuple[str, ...]
    joined: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRuling:
    """How the voices of two claims (ids) stand to each other, whatever the comparators say."""

    a: str
    b: str
    relation: Relation
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """All that holds, oldest first."""

    voices: tuple[VoiceRuling, ...] = ()
    links: tuple[LinkRuling, ...] = ()


NO_RULINGS = Rulings()
"""Nobody ruled anything."""
