"""Competing explanations, and the scenario paths and indicators that speakers state."""

from __future__ import annotations

from collections.abc import Sequence

from fogline.model import Claim, Kind
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Prose, Section, note

SHOWN = 8
"""Explanations or forecasts shown under one label."""


def explanations(evidence: Evidence, citations: Citations) -> Section:
    """What speakers say it means and why it happens, side by side by voice."""
    told = [claim for claim in evidence.around if claim.kind is Kind.ASSESSMENT]
    listing = _list(evidence, citations, "", told)
    return Section(
        key="explanations",
        title="Competing explanations",
        blocks=(listing,) if listing else (Prose(sentences=(note("No explanation is stated in the ledger."),)),),
        lead="Explanations as their speakers give them; none is preferred here.",
    )


def scenarios(evidence: Evidence, citations: Citations) -> Section:
    """Forecasts, stated paths and indicators, as read."""
    forecasts = [claim for claim in evidence.around if claim.kind is Kind.FORECAST]
    indicators = [claim for claim in evidence.around if claim.kind is Kind.INDICATOR]
    found = [
        _list(evidence, citations, "Forecasts and paths", forecasts),
        _list(evidence, citations, "Indicators to watch", indicators),
    ]
    blocks = tuple(block for block in found if block is not None)
    return Section(
        key="scenarios",
        title="Stated scenario paths and indicators",
        blocks=blocks or (Prose(sentences=(note("No report in the ledger states a scenario or an indicator."),)),),
        lead="What speakers expect. fogline makes no forecast here.",
    )


def _list(evidence: Evidence, citations: Citations, label: str, claims: Sequence[Claim]) -> Listing | None:
    folded = list(evidence.folded(claims))
    if not folded:
        return None
    items = tuple(citations.told(claim, others=same[:SHOWN]) for claim, same in folded[:SHOWN])
    return Listing(label=label, items=items, more=max(0, len(folded) - SHOWN))
