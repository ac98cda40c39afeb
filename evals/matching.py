"""Claims against gold: which gold claims were found, and which of their fields were read right.

A gold claim is found if some claim of its document overlaps its anchor, a stretch of the text found by exact search. Of
several, the one with most fields right is held against it. Only what a gold line states is asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fogline.model import (
    AttributionType,
    Claim,
    Document,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    SpeakerType,
)

FIELDS = ("kind", "speaker", "side", "places", "date", "holder", "quantity", "via", "negated")
"""What a gold line may ask, in the order of reports."""

Names = Callable[[str], frozenset[int]]
"""The GeoNames ids that a name may stand for, in any spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A claim that a reader found: ``None`` where the line does not ask; a speaker ``None`` is the report itself."""

    id: str
    doc: str
    anchor: str
    kind: tuple[str, ...]
    speaker: tuple[str | None, ...] | None = None
    side: str | None = None
    places: tuple[str, ...] | None = None
    date: date | None = None
    holder: str | None = None
    quantity: tuple[float, str] | None = None
    via: tuple[str, ...] | None = None
    negated: bool | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A gold claim, the claim held against it (``None``: not found), and for each asked field whether it is right."""

    gold: Gold
    claim: Claim | None
    right: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1: ``recall`` of gold claims, ``fields`` right of those asked (micro), and ``by_field``."""

    recall: float
    fields: float
    by_field: Mapping[str, float]


def load(path: Path) -> tuple[Gold, ...]:
    """The gold claims of a JSON lines file, in its order."""
    return tuple(parse(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip())


def parse(line: Mapping[str, Any]) -> Gold:
    """A gold claim from its JSON object."""
    amount = line.get("quantity")
    return Gold(
        id=line["id"],
        doc=line["doc"],
        anchor=line["anchor"],
        kind=tuple(line["kind"]),
        speaker=_tuple(line, "speaker"),
        side=line.get("side"),
        places=_tuple(line, "places"),
        date=date.fromisoformat(line["date"]) if "date" in line else None,
        holder=line.get("holder"),
        quantity=(float(amount["value"]), amount["unit"]) if amount else None,
        via=_tuple(line, "via"),
        negated=line.get("negated"),
    )


def _tuple(line: Mapping[str, Any], name: str) -> tuple[Any, ...] | None:
    return tuple(line[name]) if name in line else None


def anchored(anchor: str, document: Document) -> tuple[Span, ...]:
    """Where the anchor stands in the document's text, in prose if it stands there at all."""
    spans: list[Span] = []
    at = document.text.find(anchor)
    while at >= 0:
        spans.append(Span(at, at + len(anchor)))
        at = document.text.find(anchor, at + 1)
    return tuple(span for span in spans if not document.is_furniture(span)) or tuple(spans)


def match_all(golds: Iterable[Gold], readings: Iterable[Reading], names: Names) -> tuple[Match, ...]:
    """Each gold claim with the claim held against it, in the order of the gold."""
    by_name = {reading.document.name: reading for reading in readings}
    return tuple(match(gold, by_name.get(gold.doc), names) for gold in golds)


def match(gold: Gold, reading: Reading | None, names: Names) -> Match:
    """The claim that overlaps the anchor and has most fields right; of equals the shortest, then the kind named first."""
    spans = anchored(gold.anchor, reading.document) if reading else ()
    near = [claim for claim in (reading.claims if reading else ()) if any(claim.span.overlaps(span) for span in spans)]
    if not near:
        return Match(gold, None, {})
    judged = [(claim, fields_right(gold, claim, names)) for claim in near]

    def rank(pair: tuple[Claim, Mapping[str, bool]]) -> tuple[int, int, int, int, str]:
        claim, right = pair
        kind = claim.kind.value
        named = gold.kind.index(kind) if kind in gold.kind else len(gold.kind)
        return (-sum(right.values()), claim.span.end - claim.span.start, claim.span.start, named, claim.id)

    claim, right = min(judged, key=rank)
    return Match(gold, claim, right)


def fields_right(gold: Gold, claim: Claim, names: Names) -> dict[str, bool]:
    """For each field that the gold line asks, whether the claim has it right."""
    right = {"kind": claim.kind.value in gold.kind}
    if gold.speaker is not None:
        right["speaker"] = any(_speaks(name, claim) for name in gold.speaker)
    if gold.side is not None:
        right["side"] = claim.speaker.side == gold.side
    if gold.places is not None:
        right["places"] = all(any(_same_place(name, place, names) for place in claim.places) for name in gold.places)
    if gold.date is not None:
        right["date"] = _on_day(gold.date, claim)
    if gold.holder is not None:
        right["holder"] = claim.holder == gold.holder
    if gold.quantity is not None:
        right["quantity"] = any(_same_amount(*gold.quantity, amount) for amount in claim.quantities)
    if gold.via is not None:
        relays = [speaker.name for speaker in claim.attribution.chain[1:]]
        right["via"] = all(any(_within(name, relay) for relay in relays) for name in gold.via)
    if gold.negated is not None:
        right["negated"] = (claim.polarity is Polarity.NEGATIVE) == gold.negated
    return right


def _speaks(name: str | None, claim: Claim) -> bool:
    if name is None:
        return claim.attribution.type is AttributionType.NONE or claim.speaker.type is SpeakerType.OUTLET
    return _within(name, claim.speaker.name)


def _within(name: str, longer: str) -> bool:
    return name.casefold() in longer.casefold()


def _same_place(name: str, place: Place, names: Names) -> bool:
    if name.casefold() in (place.name.casefold(), place.text.casefold()):
        return True
    return place.geonameid is not None and place.geonameid in names(name)


def _on_day(day: date, claim: Claim) -> bool:
    when = claim.when
    return when.start == when.end == day or (when.precision is Precision.DAY and when.covers(day))


def _same_amount(value: float, unit: str, amount: Quantity) -> bool:
    above = amount.low is None or amount.low <= value
    below = amount.high is None or value <= amount.high
    bounded = amount.low is not None or amount.high is not None
    return bounded and above and below and amount.unit.rstrip("s") == unit.rstrip("s")


def score(matches: Sequence[Match]) -> Score:
    """Recall, and fields right of those asked of the found claims, together and by field."""
    found = [m for m in matches if m.claim is not None]
    asked = Counter(name for m in found for name in m.right)
    good = Counter(name for m in found for name, right in m.right.items() if right)
    return Score(
        recall=share(len(found), len(matches)),
        fields=share(good.total(), asked.total()),
        by_field={name: share(good[name], asked[name]) for name in FIELDS if asked[name]},
    )


def share(part: int, whole: int) -> float:
    """``part`` of ``whole``; of nothing, 0: an empty set must not pass a floor."""
    return part / whole if whole else 0.0
