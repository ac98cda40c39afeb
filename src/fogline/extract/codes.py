"""A claim's kind in the words of event coders."""

from __future__ import annotations

from fogline.extract.events import event_codes
from fogline.extract.lexicon import read
from fogline.model import Codes, Kind

TERRITORIAL = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
)
"""Sub-events that only a claim of control or withdrawal can have."""

BY_KIND = frozenset({Kind.CONTROL, Kind.ADVANCE, Kind.WITHDRAWAL})
"""Kinds whose codes the kind itself gives: who holds what is read from the parse, which knows more than the words."""


def codes(kind: Kind, holder: str = "", home: str = "", words: str = "") -> Codes:
    """PLOVER event type, CAMEO root code and ACLED sub-event type of a claim (names only; none of their data is used).

    ``home`` is the side in whose country the place lies: ACLED names a capture by it "Government regains territory".
    ``words`` are those of the claim: for most kinds they tell the type more closely, where they hold a sign of one.

    >>> codes(Kind.WITHDRAWAL).plover, codes(Kind.STRIKE, words="A suicide bomber struck the market.").acled
    ('RETREAT', 'Suicide bomb')
    """
    entry = read("codes").get(kind.value)
    if entry is None:
        return Codes()
    told = event_codes(words) if words and kind not in BY_KIND else Codes()
    if told.acled and told.acled not in TERRITORIAL:
        return told
    acled = entry["acled"]
    if kind is Kind.CONTROL and holder and holder == home:
        acled = "Government regains territory"
    return Codes(plover=entry["plover"], cameo=entry["cameo"], acled=acled)
