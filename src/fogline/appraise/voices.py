"""Families as voices: who speaks in each, when, for whose gain, and with which prior."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fogline.appraise.interest import Interest, interest
from fogline.model import Claim, Document, Family, Modality, Speaker, SpeakerType, Theatre

UNKNOWN_PRIOR = (0.55, 0.8)
"""The chance that a voice of unknown standing is right for, and against, its own side's interest."""

SourceKey = tuple[str, SpeakerType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One family: its root (a claim's id), who speaks, how that stands to the speaker's interest, and its prior.

    ``number`` is its place among all families by root, ``modality`` how the root puts what it tells. ``day`` is the ordinal of
    the day on which it was published, or else spoken of; ``None`` where neither is known.
    """

    number: int
    root: str
    modality: Modality
    speaker: Speaker
    interest: Interest
    prior: float
    standing: str
    owner: str
    day: int | None

    @property
    def key(self) -> SourceKey:
        """The speaker as a source that is graded."""
        return self.speaker.name, self.speaker.type


def standings(theatre: Theatre) -> Mapping[str, tuple[str, str]]:
    """Standing and owner of every name the theatre knows, by folded name."""
    known = {n.casefold(): (o.standing, o.owner.casefold()) for o in theatre.outlets for n in o.names}
    return known | {n.casefold(): (a.standing, "") for a in theatre.actors for n in a.names}


def prior_of(standing: str, theatre: Theatre) -> tuple[float, float]:
    """The prior chances of being right for, and against, one's own side's interest."""
    return theatre.priors.get(standing, UNKNOWN_PRIOR)


def chance(pair: tuple[float, float], how: Interest) -> float:
    """The chance that goes with the interest; a voice that has none in the matter stands between the two."""
    if how is Interest.NEUTRAL:
        return (pair[0] + pair[1]) / 2
    return pair[0] if how is Interest.FOR else pair[1]


def hear(
    claims: Mapping[str, Claim], documents: Mapping[str, Document], families: Iterable[Family], theatre: Theatre
) -> tuple[Voice, ...]:
    """The voices of families, by root; ``claims`` are at least the roots."""
    known = standings(theatre)
    return tuple(
        voice_of(number, claims[root], documents.get(claims[root].document_id), known, theatre)
        for number, root in enumerate(sorted({family.root for family in families}))
    )


def voice_of(
    number: int, claim: Claim, document: Document | None, known: Mapping[str, tuple[str, str]], theatre: Theatre
) -> Voice:
    """The voice of a family by its root; ``known`` are the ``standings``."""
    return voice(
        number, claim.id, claim.modality, claim.speaker, interest(claim, claim.speaker.side, theatre),
        day_of(claim, document), known, theatre,
    )  # fmt: skip


def voice(
    number: int,
    root: str,
    modality: Modality,
    speaker: Speaker,
    how: Interest,
    day: int | None,
    known: Mapping[str, tuple[str, str]],
    theatre: Theatre,
) -> Voice:
    """The voice of a speaker in a root; ``known`` are the ``standings``."""
    standing, owner = known.get(speaker.name.casefold(), ("", ""))
    return Voice(
        number=number,
        root=root,
        modality=modality,
        speaker=speaker,
        interest=how,
        prior=chance(prior_of(standing, theatre), how),
        standing=standing,
        owner=owner,
        day=day,
    )


def day_of(claim: Claim, document: Document | None) -> int | None:
    """The ordinal of the day on which a claim was published, or else spoken of; ``None`` where neither is known."""
    said = document.published.end if document else None
    known = said or claim.when.end or claim.when.start
    return known.toordinal() if known else None
