"""What is told: why the place matters, what each side wants and lacks, and the signals of each side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fogline.model import UNKNOWN_SIDE, Claim, Kind, Polarity
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Section, Sentence, empty
from fogline.publish.sections.assessing import copies

SHOWN = 6
"""Voices shown under one label; the rest are counted."""

SIGNALS = (
    Kind.CONTROL,
    Kind.ADVANCE,
    Kind.WITHDRAWAL,
    Kind.BATTLE,
    Kind.STRIKE,
    Kind.LOSSES,
    Kind.HUMANITARIAN,
    Kind.DIPLOMACY,
)
"""Kinds that report what happens, as against what it means."""


SAID = (
    ("What {} is said to want", (Kind.INTENT,), None),
    ("What {} is said to have", (Kind.FORCES, Kind.LOGISTICS), Polarity.POSITIVE),
    ("What {} is said to lack", (Kind.FORCES, Kind.LOGISTICS), Polarity.NEGATIVE),
)
"""What is told of a side: the label, the kinds of claims, and whether they say that it is so or that it is not."""


def context(evidence: Evidence, citations: Citations) -> Section:
    """Why the place matters and what each side is said to want, to have and to lack: all as told."""
    ways = [claim for claim in _named(evidence, Kind.LOGISTICS) if _actor(claim, evidence) == UNKNOWN_SIDE]
    blocks = [_list(evidence, citations, "Why the place matters", [*_named(evidence, Kind.BACKGROUND), *ways])]
    for code in evidence.theatre.codes:
        for label, kinds, polarity in SAID:
            about = [claim for claim in _told(evidence, code, kinds) if polarity in (None, claim.polarity)]
            blocks.append(_list(evidence, citations, label.format(wording.side(code, evidence.theatre)), about))
    unnamed = [c for c in _named(evidence, Kind.INTENT, Kind.FORCES) if _actor(c, evidence) == UNKNOWN_SIDE]
    blocks.append(_list(evidence, citations, "Aims and forces, no side named", unnamed))
    found = tuple(block for block in blocks if block is not None)
    return Section(
        key="context",
        title="Context, as told",
        blocks=found or empty("No report in the ledger says why the place matters."),
        lead="These are the words of speakers, not findings.",
    )


def signals(evidence: Evidence, citations: Citations) -> Section:
    """What each side reports, newest first, apart from any assessment."""
    sides = [*evidence.theatre.codes, *sorted({c.speaker.side for c in evidence.claims} - set(evidence.theatre.codes))]
    blocks: list[Listing] = []
    for code in sides:
        own = [c for c in _named(evidence, *SIGNALS) if c.speaker.side == code]
        name = wording.side(code, evidence.theatre)
        listing = _list(evidence, citations, name[:1].upper() + name[1:], own)
        if listing:
            blocks.append(listing)
    return Section(
        key="signals",
        title="Source signals, by side",
        blocks=tuple(blocks) or empty("No report of events at the place is in the ledger."),
        lead="What speakers of each side report, newest first. None of it is an assessment.",
    )


def _named(evidence: Evidence, *kinds: Kind) -> list[Claim]:
    """The claims of these kinds that name the place, newest first."""
    own = [claim for claim in evidence.claims if claim.kind in kinds]
    return sorted(own, key=lambda claim: evidence.day(claim) or date.min, reverse=True)


def _told(evidence: Evidence, code: str, kinds: Sequence[Kind]) -> list[Claim]:
    """What is said of a side in reports on the place, whether or not the passage names the place again."""
    own = [claim for claim in evidence.around if claim.kind in kinds and claim.actor == code]
    return sorted(own, key=lambda claim: evidence.day(claim) or date.min, reverse=True)


def _actor(claim: Claim, evidence: Evidence) -> str:
    """Of whom the claim speaks: the side that acts in it, where the text names one."""
    return claim.actor if evidence.theatre.side(claim.actor) else UNKNOWN_SIDE


def _list(evidence: Evidence, citations: Citations, label: str, claims: Sequence[Claim]) -> Listing | None:
    folded = list(evidence.folded(claims))
    if not folded:
        return None
    items = tuple(_item(evidence, citations, shown, same) for shown, same in folded[:SHOWN])
    return Listing(label=label, items=items, more=max(0, len(folded) - SHOWN))


def _item(evidence: Evidence, citations: Citations, shown: Claim, same: Iterable[Claim]) -> Sentence:
    same = tuple(same)
    return citations.told(shown, after=copies(evidence, same), others=same[:SHOWN])
