"""Competing explanations, and the scenario paths and indicators that speakers state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from fogline.model import Claim, Kind
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Block, Listing, Section, Sentence, Standing, empty
from fogline.publish.sections.assessing import copies

SHOWN = 8
"""Statements shown under one label."""

PATHS = 6
"""Paths shown; the rest are in the ledger."""


class Voice(Protocol):
    """What one speaker says a side wants."""

    @property
    def claims(self) -> Sequence[str]:
        """Claim ids in reading order."""


class Explanations(Protocol):
    """All that is said of what one side wants at one place."""

    @property
    def actor(self) -> str:
        """The side's code."""

    @property
    def place(self) -> str:
        """The place's name."""

    @property
    def voices(self) -> Sequence[Voice]:
        """Who explains it."""

    @property
    def rivals(self) -> Sequence[tuple[str, str]]:
        """Pairs of claims that shut each other out."""


class Statement(Protocol):
    """A forecast or an indicator."""

    @property
    def claim(self) -> str:
        """The claim's id."""


class Path(Protocol):
    """A scenario as one document states it."""

    @property
    def name(self) -> str:
        """Its name, where the document gives one."""

    @property
    def document(self) -> str:
        """The document's id."""

    @property
    def claims(self) -> Sequence[str]:
        """Claim ids in reading order."""


class Outlook(Protocol):
    """What was said of aims and of the future."""

    @property
    def explanations(self) -> Sequence[Explanations]:
        """Aims, by side and place."""

    @property
    def forecasts(self) -> Sequence[Statement]:
        """What is said to come."""

    @property
    def paths(self) -> Sequence[Path]:
        """What would come if."""

    @property
    def indicators(self) -> Sequence[Statement]:
        """What to watch."""


def explanations(evidence: Evidence, citations: Citations, outlook: Outlook) -> Section:
    """What speakers say a side wants and what it means, by voice, rivals named as such."""
    own = {claim.id: claim for claim in evidence.around}
    blocks: list[Block] = []
    shown: set[str] = set()
    for group in outlook.explanations:
        told = [own[name] for voice in group.voices for name in voice.claims if name in own]
        if group.place != evidence.place or len({evidence.voice(claim) for claim in told}) < 2:
            continue
        shown |= {claim.id for claim in told}
        name = wording.side(group.actor, evidence.theatre)
        rivals = [_rivals(citations, own[a], own[b]) for a, b in group.rivals if a in own and b in own]
        items, more = _items(evidence, citations, told)
        blocks.append(Listing(label=f"What {name} is after", items=(*rivals[:SHOWN], *items), more=more))
    rest = [claim for claim in evidence.claims if claim.kind is Kind.ASSESSMENT and claim.id not in shown]
    blocks += _listing(evidence, citations, "How speakers read it", rest)
    return Section(
        key="explanations",
        title="Competing explanations",
        blocks=tuple(blocks) or empty("No explanation is stated in the ledger."),
        lead="Explanations as their speakers give them; none is preferred here.",
    )


def scenarios(evidence: Evidence, citations: Citations, outlook: Outlook) -> Section:
    """Stated paths and indicators, as read."""
    own = {claim.id: claim for claim in evidence.around}
    blocks: list[Block] = []
    paths = [(path, [own[name] for name in path.claims if name in own]) for path in outlook.paths]
    for path, told in [pair for pair in paths if pair[1]][:PATHS]:
        document = evidence.documents[path.document]
        named = f"Stated path: {path.name}" if path.name else "Stated under a condition"
        blocks += _listing(evidence, citations, f"{named} ({document.outlet or document.name})", told)
    blocks += _listing(evidence, citations, "Indicators to watch", _of(own, outlook.indicators))
    return Section(
        key="scenarios",
        title="Stated scenario paths and indicators",
        blocks=tuple(blocks) or empty("No report in the ledger states a scenario or an indicator."),
        lead="What speakers expect. Nothing here is a forecast by fogline.",
    )


def read_as(claim: Claim) -> str:
    """How a forecast is read: "Read as: likely; by 31 January 2026; on the condition “if aid wanes”."."""
    if claim.ahead is None:
        return ""
    told = [claim.ahead.likelihood.value]
    told += [f"by {wording.day(claim.when.end)}"] if claim.when.end else []
    told += [f"on the condition “{claim.ahead.condition}”"] if claim.ahead.condition else []
    return f"Read as: {'; '.join(told)}."


def _of(own: dict[str, Claim], statements: Iterable[Statement]) -> list[Claim]:
    return [own[one.claim] for one in statements if one.claim in own]


def _rivals(citations: Citations, a: Claim, b: Claim) -> Sentence:
    text = f"{a.speaker.name} and {b.speaker.name} give explanations that shut each other out."
    return Sentence(parts=(text,), standing=Standing.CLAIMED, citations=citations.numbers((a, b)))


def _items(evidence: Evidence, citations: Citations, claims: Sequence[Claim]) -> tuple[tuple[Sentence, ...], int]:
    folded = list(evidence.folded(claims))
    items = tuple(
        citations.told(claim, after=copies(evidence, same), others=same[:SHOWN]) for claim, same in folded[:SHOWN]
    )
    return items, max(0, len(folded) - SHOWN)


def _listing(evidence: Evidence, citations: Citations, label: str, claims: Sequence[Claim]) -> list[Block]:
    items, more = _items(evidence, citations, claims)
    return [Listing(label=label, items=items, more=more)] if items else []
