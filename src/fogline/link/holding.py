"""Who holds a place if a claim is right, read from its words where the extraction left it open, and whether it denies that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fogline.link import act, extent
from fogline.link.naming import side_names, side_pattern, side_words, worded_holder
from fogline.model import CONTESTED, Claim, Kind, Polarity, Speaker, Theatre
from fogline.model.manner import RETAKING

_OWN_DEED = re.compile(r"(?:(?:that|and|but) )?(?:it|its|they|their|we|our)\b", re.IGNORECASE)

_TOOK = (
    r"(?:re)?captured|(?:re)?took|seized|occupied|liberated|retaken|taken|fell to|conquered|overran|regained|won back"
)

_DONE_BY = re.compile(rf"\b(?:{_TOOK}|held|controlled|run|administered) by (?P<whom>(?:[\w’'-]+ ?){{1,4}})")
_TAKEN_FROM = re.compile(r"\bfrom (?:the )?(?:[A-Z][\w-]+ ?)+")
"""Whom a place was taken from does not have it."""
_FELL_TO = re.compile(r"\b(?:lost|fallen|fell|passed|handed over|given back|returned|gone over) to (?P<whom>.{0,60})")

TAKES = re.compile(rf"\b(?:{_TOOK})\b")

CAME = re.compile(r"\b(?:came|come|comes|passed|fell|fallen) (?:back )?(?:under|into)\b")

_HELD = (
    r"holds?|held|holding|controls?|controlled|controlling|under (?:\S+ ){0,4}control|in (?:\S+ ){1,3}hands"
    r"|in (?:full |firm )?(?:control|possession) of|in \S+ possession|is ours|are ours|masters? of"
    r"|administered by|runs?|run by|took charge of|in charge (?:of|there|here)"
    r"|(?:has been|is|remains?) (?:again |now |still |once more )?[A-Z]\w+(?:an|ese|ish|i)(?= (?:again|since|now)\b|[,.;:]|$)"
)

_HOLDS = re.compile(rf"\b(?:{_HELD})\b")

_OWN_CONTROL = re.compile(r"\b(?:under (?:its|their|our) (?:full )?control|is ours|are ours|in our hands)\b")

_GREY = re.compile(r"\b(?:gr[ae]y[- ]zone|contested|no man.s land)\b")

_NOT = re.compile(r"\b(?:do|does|did|is|are|was|were|has|have|had) not\b|n['’]t\b")

_NONE = re.compile(r"\bno (?:part|piece|inch|street|metre|quarter|building|settlement|block)\b")

_RID = re.compile(r"\b(?:free|clear|cleared|cleansed|purged|rid) of .*?(?= and |[,.;]|$)")

_PART_HELD = frozenset({Kind.FORCES, Kind.ADVANCE, Kind.BATTLE, Kind.ASSESSMENT, Kind.FORECAST, Kind.LOGISTICS})

"""Kinds under which the holding of a part of a place, or of a place that no gazetteer knows, is heard."""

_NOUN_LED = frozenset({Kind.FORCES, Kind.ASSESSMENT, Kind.HUMANITARIAN, Kind.LOGISTICS})

"""Kinds that a noun may show, so that the negation of the verb beside it is not heard."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who a theatre knows: names of voices, states of control, and the sides by name and by word."""

    aliases: Mapping[str, str]
    universe: frozenset[str]
    sides: Mapping[str, str]
    words: frozenset[str]
    pattern: re.Pattern[str] | None

    def sides_in(self, text: str) -> tuple[str, ...]:
        """The codes of the sides that a passage names, in its order, each once."""
        found = self.pattern.finditer(text.casefold()) if self.pattern else ()
        return tuple(dict.fromkeys(self.sides[match.group()] for match in found))

    def side_of(self, speaker: Speaker) -> str:
        """The side of whoever speaks, by what is known of it or by its name; "" where neither tells."""
        return speaker.side if speaker.side in self.universe else self.sides.get(speaker.name.casefold(), "")


def cast_of(theatre: Theatre) -> Cast:
    """What the comparators need to know of a theatre."""
    aliases = {name.casefold(): actor.name for actor in theatre.actors for name in actor.names}
    aliases |= {name.casefold(): outlet.name for outlet in theatre.outlets for name in outlet.names}
    names = side_names(theatre)
    return Cast(aliases, frozenset(theatre.codes) | {CONTESTED}, names, side_words(theatre), side_pattern(names))


def is_denied(claim: Claim) -> bool:
    """Whether the claim says that it was not so: by its polarity, "no part of", "is false", or a verb that was not heard."""
    quote = claim.quote
    if claim.polarity is Polarity.NEGATIVE or _NONE.search(quote) or act.is_false(quote):
        return True
    return claim.kind in _NOUN_LED and bool(_NOT.search(quote))


def own_side(claim: Claim, cast: Cast) -> str:
    """The speaker's side where it speaks of its own deed: "it had withdrawn"."""
    return cast.side_of(claim.speaker) if _OWN_DEED.match(claim.quote) else ""


def holder_of(claim: Claim, actor: str, cast: Cast, *, bare: bool) -> str:
    """The side that holds the place, or a part of it, if the claim is right; "" where it says nothing of that.

    ``bare``: no place of the passage is known to the gazetteer, so that its holding was not heard as control.
    """
    quote = claim.quote
    if claim.kind is Kind.CONTROL:
        if claim.holder in cast.universe:
            return _freed_by(claim, cast) or claim.holder
        if len(cast.universe) == 1:
            return worded_holder(quote, claim.speaker.name)
        return own_side(claim, cast) or _only_side(quote, cast) or claim.holder
    if claim.kind not in _PART_HELD:
        return ""
    if bare and _GREY.search(quote.casefold()):
        return CONTESTED
    if not (_HOLDS.search(quote) or TAKES.search(quote) or _FELL_TO.search(quote)):
        return ""
    read = extent.read(quote)
    if not (bare or read.part or read.whole or _is_object(claim)):
        return ""
    if _OWN_CONTROL.search(quote):
        return cast.side_of(claim.speaker)
    by = _DONE_BY.search(quote)
    if by and not actor:
        return next(iter(cast.sides_in(by["whom"])), "")
    fell = _FELL_TO.search(quote)
    if fell and (gaining := cast.sides_in(fell["whom"])):
        return gaining[0]
    told = _TAKEN_FROM.sub("", quote)
    if told != quote and not actor:
        return _only_side(told, cast) or cast.side_of(claim.speaker)
    return (
        actor
        or _only_side(quote, cast)
        or (worded_holder(quote, claim.speaker.name) if len(cast.universe) == 1 else "")
    )


def _freed_by(claim: Claim, cast: Cast) -> str:
    """The outlet's own side where it tells of a liberation and nobody says whose: each side calls its own captures that."""
    unsaid = claim.manner in RETAKING and not claim.actor and claim.speaker.side not in cast.universe
    outlet = claim.outlet.side
    return outlet if unsaid and outlet in cast.universe and not cast.sides_in(claim.quote) else ""


def _only_side(quote: str, cast: Cast) -> str:
    """The one side that is named, but for one that the place is rid of: "free of rebels and under army control"."""
    sides = cast.sides_in(_RID.sub("", quote))
    return sides[0] if len(sides) == 1 else ""


def _is_object(claim: Claim) -> bool:
    """Whether the passage says of a place by name that it is taken or held: "took the town of X", "X was occupied"."""
    for place in claim.places:
        name = re.escape(place.text)
        verbs = rf"(?:{_TOOK}|{_HELD})"
        active = rf"\b{verbs} (?:all of |the (?:whole |entire )?(?:\w+ of )?)?{name}"
        passive = rf"{name} (?:is|was|were|has|had|have|might|may|could|remains?|fell)\b(?: \w+){{0,4}}? {verbs}\b"
        if re.search(rf"{active}|{passive}", claim.quote):
            return True
    return False
