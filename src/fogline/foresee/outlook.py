"""Stage 7, look ahead: what speakers say is wanted, will come, or would come, grouped for the brief.

Nothing here is fogline's own forecast: it is what was said, with who said it, kept apart from what is assessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.model import (
    Certainty,
    Claim,
    Kind,
    Likelihood,
    Link,
    Modality,
    PlacePrecision,
    Polarity,
    Relation,
    Speaker,
    When,
)

_TOO_WIDE = frozenset({PlacePrecision.COUNTRY})
_EXPLAINING = frozenset({Kind.INTENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one speaker says a side wants at a place: the claims, in reading order."""

    speaker: Speaker
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanations:
    """All that is said of what one side wants at one place; ``rivals`` are pairs of claims that shut each other out."""

    actor: str
    place: str
    voices: tuple[Explanation, ...]
    rivals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One statement on what will come: whose, how likely, on what condition, by when (the claim's time).

    ``likelihood`` is that of the event as it stands; ``None`` where the words name none.
    """

    claim: str
    speaker: Speaker
    certainty: Certainty
    polarity: Polarity
    likelihood: Likelihood | None
    condition: str
    horizon: When
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A scenario as one document states it: its name where the document gives one, and its conditional statements."""

    document: str
    name: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something a speaker says to watch, and until when."""

    claim: str
    speaker: Speaker
    horizon: When
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that was said of aims and of the future."""

    explanations: tuple[Explanations, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    paths: tuple[Path, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def outlook(claims: Iterable[Claim], links: Iterable[Link]) -> Outlook:
    """What the claims say of aims, of what will come, of what would come if, and of what to watch.

    A claim that is put as a condition belongs to a path of its document, whatever its kind; ``manner`` names the path
    where the document does. Groups come with the most voices first, single statements in reading order.
    """
    told = sorted(claims, key=lambda claim: (claim.document_id, claim.span, claim.id))
    indicators = [c for c in told if c.kind is Kind.INDICATOR]
    paths = [c for c in told if c.modality is Modality.CONDITIONAL and c.kind is not Kind.INDICATOR]
    forecasts = [c for c in told if c.modality is not Modality.CONDITIONAL and _looks_ahead(c)]
    return Outlook(
        explanations=_explanations(told, links),
        forecasts=tuple(_forecast(claim) for claim in forecasts),
        paths=_paths(paths),
        indicators=tuple(
            Indicator(claim=c.id, speaker=c.speaker, horizon=c.when, places=_places(c)) for c in indicators
        ),
    )


def _looks_ahead(claim: Claim) -> bool:
    return claim.kind is Kind.FORECAST or (claim.modality is Modality.PREDICTED and claim.kind is not Kind.INDICATOR)


def _forecast(claim: Claim) -> Forecast:
    return Forecast(
        claim=claim.id,
        speaker=claim.speaker,
        certainty=claim.certainty,
        polarity=claim.polarity,
        likelihood=claim.ahead.likelihood if claim.ahead else None,
        condition=claim.ahead.condition if claim.ahead else "",
        horizon=claim.when,
        places=_places(claim),
    )


def _paths(claims: Sequence[Claim]) -> tuple[Path, ...]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in claims:
        groups[claim.document_id, claim.manner].append(claim.id)
    return tuple(Path(document=doc, name=name, claims=tuple(ids)) for (doc, name), ids in groups.items())


def _explanations(claims: Sequence[Claim], links: Iterable[Link]) -> tuple[Explanations, ...]:
    """Explanations by actor and place: every stated aim, and whatever else a link of explanation ties to one."""
    rivals = [
        (link.a, link.b) for link in links if link.aspect == "explanation" and link.relation is Relation.CONTRADICTS
    ]
    tied = {claim for pair in rivals for claim in pair}
    groups: dict[tuple[str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.actor and (claim.kind in _EXPLAINING or claim.id in tied):
            for place in _places(claim):
                groups[claim.actor, place][claim.id] = claim
    found = [_group(actor, place, group, rivals) for (actor, place), group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.voices), one.place, one.actor)))


def _group(actor: str, place: str, group: Mapping[str, Claim], rivals: Sequence[tuple[str, str]]) -> Explanations:
    voices: dict[str, list[Claim]] = defaultdict(list)
    for claim in group.values():
        voices[claim.speaker.name].append(claim)
    return Explanations(
        actor=actor,
        place=place,
        voices=tuple(
            Explanation(speaker=told[0].speaker, claims=tuple(claim.id for claim in told))
            for _, told in sorted(voices.items())
        ),
        rivals=tuple((a, b) for a, b in rivals if a in group and b in group),
    )


def _places(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.name for p in claim.places if p.precision not in _TOO_WIDE))
