"""Stage 5, weigh: how far each source can be relied on and each claim believed, kept apart, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fogline.appraise import credibility, reliability
from fogline.appraise.voices import hear, spoken_to
from fogline.model import Claim, ClaimGrade, Document, Family, Link, Relation, SourceGrade, Theatre


def weigh(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
) -> tuple[tuple[SourceGrade, ...], tuple[ClaimGrade, ...]]:
    """Grades of all sources (by name) and of all claims (by id).

    Each family counts once, however often it was copied. How much a claim matters never enters. ``documents`` are by
    id; their names and outlets do not enter either: a voice is known by its name in the theatre alone.
    """
    own = {claim.id: claim for claim in claims}
    voices = hear(own, families, theatre)
    support = spoken_to(links, voices, Relation.CORROBORATES)
    dispute = spoken_to(links, voices, Relation.CONTRADICTS)
    sources = reliability.grade(own.values(), voices, support, dispute, theatre)
    return sources, credibility.grade(voices, support, dispute, sources, links)
