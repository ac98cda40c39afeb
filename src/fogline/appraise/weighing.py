"""Stage 5, weigh: how far each source can be relied on and each claim believed, kept apart, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.appraise import credibility, reliability
from fogline.appraise.independence import Others, spoken_to
from fogline.appraise.learning import Learned, learn, taught
from fogline.appraise.voices import Voice, hear
from fogline.model import Claim, ClaimGrade, Document, Family, Lessons, Link, Relation, SourceGrade, Theatre

Graded = tuple[SourceGrade, ...]


def as_learned(sources: Graded) -> Graded:
    """The grades of sources where nobody overrules one."""
    return sources


def weigh(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
    overrule: Callable[[Graded], Graded] = as_learned,
) -> tuple[tuple[SourceGrade, ...], tuple[ClaimGrade, ...]]:
    """Grades of all sources (by name) and of all claims (by id).

    Each family counts once, however often it was copied. How much a claim matters never enters. ``documents`` are by
    id; only the day on which they came out enters: a voice is known by its name in the theatre alone. ``overrule`` gives the
    letters of sources as people see them, before claims are graded by them.
    """
    sources, grades, _ = weigh_and_learn(claims, documents, families, links, theatre, overrule)
    return sources, grades


def weigh_and_learn(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
    overrule: Callable[[Graded], Graded] = as_learned,
) -> tuple[tuple[SourceGrade, ...], tuple[ClaimGrade, ...], Lessons]:
    """``weigh``, with what was learned of the sources, to weigh later reports by."""
    own = {claim.id: claim for claim in claims}
    heard = _heard(own, documents, families, links, theatre)
    learned = learn(heard.voices, heard.support, heard.dispute, theatre.priors)
    spoken = reliability.spoken_in((claim.speaker, claim.outlet, 1) for claim in own.values())
    sources = overrule(reliability.grade(spoken, heard.voices, heard.support, heard.dispute, learned, theatre))
    grades = credibility.grade(heard.of, heard.support, heard.dispute, learned, sources, links)
    return sources, grades, learned.lessons


def weigh_as_learned(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
    sources: Iterable[SourceGrade],
    lessons: Lessons,
) -> tuple[ClaimGrade, ...]:
    """Grades of claims by what was learned of the sources before, and by their grades as given.

    A grade depends on the claim's family and on the voices linked to its root, no more: with ``families`` and ``links`` those of
    some claims and of all who speak to them, the grades of these claims are those of the whole ledger.
    """
    heard = _heard({claim.id: claim for claim in claims}, documents, families, links, theatre)
    learned = taught(heard.voices, heard.support, heard.dispute, frozenset(theatre.priors), lessons)
    return credibility.grade(heard.of, heard.support, heard.dispute, learned, sources, links)


def believe(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
) -> Learned:
    """What ``weigh`` rests on, as numbers: the belief in each family's root, and how often each source is right."""
    heard = _heard({claim.id: claim for claim in claims}, documents, families, links, theatre)
    return learn(heard.voices, heard.support, heard.dispute, theatre.priors)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The voices of all families, that of every claim, and who stands with and against each."""

    voices: tuple[Voice, ...]
    of: Mapping[str, Voice]
    support: Others
    dispute: Others


def _heard(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    families: Sequence[Family],
    links: Sequence[Link],
    theatre: Theatre,
) -> _Heard:
    voices = hear(claims, documents, families, theatre)
    by_root = {voice.root: voice for voice in voices}
    of = {member: by_root[family.root] for family in families for member in family.members}
    support, dispute = (spoken_to(links, of, how) for how in (Relation.CORROBORATES, Relation.CONTRADICTS))
    return _Heard(voices, of, support, dispute)
