"""Judgements applied: a rejected reading is no evidence, an overruled grade or link is the person's. Nothing is edited.

A judgement is about how fogline read or weighed, not about the world: it holds for every day that is asked about, also
as known by a day before it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from fogline.errors import UsageError
from fogline.model import (
    CREDIBILITY,
    Claim,
    ClaimGrade,
    Judgement,
    LinkRuling,
    Reason,
    Relation,
    Rulings,
    SourceGrade,
    VoiceRuling,
)
from fogline.review.correcting import corrected


class Decision(StrEnum):
    """What can be decided: of a claim, of voices and links, of a grade, of what lies ahead, and of a judgement."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    RELATE = "relate"
    REGRADE = "regrade"
    READ = "read"
    RATE = "rate"
    RESOLVE = "resolve"
    UNDO = "undo"


AHEAD = frozenset({Decision.READ, Decision.RATE, Decision.RESOLVE})
"""Of an indicator, of a cell of a matrix, of a forecast: they move no claim, grade or assessment."""


RELIABILITY = {"A": 0.95, "B": 0.85, "C": 0.75, "D": 0.62, "E": 0.52, "F": 0.6}
"""The chance of being right that a letter given by a person stands for: the middle of the letter's range in the
weighing; F, "cannot be judged", is what an unknown source has."""


RELATIONS = tuple(relation for relation in Relation if relation is not Relation.REPEATS)
"""What a person may say two voices are to each other; that they are one voice is a merging."""
ABOUT_READING = frozenset({Decision.ACCEPT, Decision.CORRECT, Decision.REJECT})
"""Decisions after which a reading is no longer in doubt."""


def source_subject(grade: SourceGrade) -> str:
    """How a judgement names a source: its type and name.

    >>> source_subject(SourceGrade(name="TASS", type="outlet", side="RU", claims=1, reliability=.5, grade="E", reasons=()))
    'outlet:TASS'
    """
    return f"{grade.type}:{grade.name}"


def made(decision: Decision, subject: str, value: str, person: str, reason: str, at: datetime) -> Judgement:
    """A judgement; raises ``UsageError`` where it has no person or reason, or a letter that is none."""
    if not person.strip() or not reason.strip():
        raise UsageError("A judgement needs a name and a reason.", "Give both: --by NAME --reason TEXT.")
    if decision is Decision.REGRADE:
        grades = list(map(str, CREDIBILITY)) if subject.startswith("claim-") else list(RELIABILITY)
        if value not in grades:
            raise UsageError(f"{value!r} is no grade of that.", f"Give one of {', '.join(grades)}.")
    return Judgement(
        subject=subject, decision=decision.value, value=value, person=person.strip(), reason=reason.strip(), at=at
    )


def standing(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, oldest first: those that are not undone, by undoings that are not undone themselves."""
    undone: set[str] = set()
    for one in reversed(judgements):
        if one.decision == Decision.UNDO and one.id not in undone:
            undone.add(one.subject)
    return tuple(one for one in judgements if one.id not in undone and one.decision != Decision.UNDO)


def counted(claims: Iterable[Claim], judgements: Sequence[Judgement]) -> tuple[Claim, ...]:
    """The claims as people let them stand: without those rejected, and with what was set right in the others.

    Of an accepting and a rejecting of one claim the later holds; a correction does neither.
    """
    out = rejected(judgements)
    kept = (claim for claim in claims if claim.id not in out)
    return corrected(kept, (one for one in standing(judgements) if one.decision == Decision.CORRECT))


def rejected(judgements: Sequence[Judgement]) -> frozenset[str]:
    """The ids of claims that do not count, because a person rejected the reading."""
    last = {
        one.subject: one.decision for one in standing(judgements) if one.decision in (Decision.ACCEPT, Decision.REJECT)
    }
    return frozenset(subject for subject, decision in last.items() if decision == Decision.REJECT)


def reread(claims: Iterable[Claim], judgements: Sequence[Judgement]) -> tuple[Claim, ...]:
    """All claims, rejected ones too, with what people set right in them: for lists of what was heard."""
    return corrected(claims, (one for one in standing(judgements) if one.decision == Decision.CORRECT))


def rulings(judgements: Sequence[Judgement]) -> Rulings:
    """What people said of voices and links, as far as it holds, for the comparing."""
    holding = standing(judgements)
    return Rulings(
        voices=tuple(
            VoiceRuling(
                claims=(one.subject, *one.value.split()),
                joined=one.decision == Decision.MERGE,
                reason=_ruled(one, "made one voice of these" if one.decision == Decision.MERGE else "set these apart"),
            )
            for one in holding
            if one.decision in (Decision.MERGE, Decision.SPLIT)
        ),
        links=tuple(
            LinkRuling(a=one.subject, b=other, relation=Relation(relation), reason=_ruled(one, f"set {relation}"))
            for one in holding
            if one.decision == Decision.RELATE
            for relation, other in [one.value.split()]
        ),
    )


def _ruled(one: Judgement, what: str) -> Reason:
    return Reason(name="ruled by a person", detail=f"{one.person} {what} on {one.at.date()}: {one.reason}.")


def graded_anew(grades: Iterable[ClaimGrade], judgements: Sequence[Judgement]) -> tuple[ClaimGrade, ...]:
    """The credibility of claims, with what a person overruled; who and why stands before the reasons found."""
    return tuple(map(as_overruled(judgements), grades))


def as_overruled(judgements: Sequence[Judgement]) -> Callable[[ClaimGrade], ClaimGrade]:
    """What makes of a claim's grade what a person overruled it to, and leaves the others as they are."""
    given = {one.subject: one for one in standing(judgements) if one.decision == Decision.REGRADE}
    return lambda grade: _graded_anew(grade, given[grade.claim]) if grade.claim in given else grade


def _graded_anew(grade: ClaimGrade, judgement: Judgement) -> ClaimGrade:
    detail = f"{judgement.person} set {judgement.value} (it was {grade.credibility}) on {judgement.at.date()}: {judgement.reason}"
    why = Reason(name="overruled", detail=detail, claims=(grade.claim,))
    return replace(grade, credibility=int(judgement.value), reasons=(why, *grade.reasons))


def overruled(sources: Iterable[SourceGrade], judgements: Sequence[Judgement]) -> tuple[SourceGrade, ...]:
    """The grades with those that a person overruled, each with who and why as a reason before the others."""
    letters = {one.subject: one for one in standing(judgements) if one.decision == Decision.REGRADE}
    return tuple(_overruled(grade, letters.get(source_subject(grade))) for grade in sources)


def _overruled(grade: SourceGrade, judgement: Judgement | None) -> SourceGrade:
    if judgement is None:
        return grade
    detail = (
        f"{judgement.person} set {judgement.value} (it was {grade.grade}) on {judgement.at.date()}: {judgement.reason}"
    )
    reliability = RELIABILITY[judgement.value]
    why = Reason(name="overruled", detail=detail, weight=round(reliability - grade.reliability, 6), claims=())
    return replace(grade, grade=judgement.value, reliability=reliability, reasons=(why, *grade.reasons))
