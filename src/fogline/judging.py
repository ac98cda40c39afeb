"""What people decide about a ledger: a judgement made, tried out or kept, and what it changes in the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fogline import flow
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Claim, Conclusions, Judgement, Place, When
from fogline.ports import Ledger
from fogline.review import correcting
from fogline.review.changing import Change, changes
from fogline.review.deciding import RELATIONS, Decision, made, reread, source_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person decides: of a claim, a source or a judgement; ``field`` where a reading is corrected, ``value`` what it sets.

    ``others`` are further claims: the one to merge with or to relate to, or those that leave a family together.
    """

    decision: Decision
    subject: str
    person: str
    reason: str
    field: str = ""
    value: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a judgement changes, and whether what the ledger had concluded was older than what it holds.

    Both sides of ``changes`` are concluded anew from the same claims, so that they are of the judgement alone.
    """

    changes: tuple[Change, ...]
    outdated: bool

    def told(self) -> tuple[str, ...]:
        """The effect in sentences."""
        return (*(one.told() for one in self.changes), *((OUTDATED,) if self.outdated else ()))


OUTDATED = (
    "The conclusions kept so far are not those that are drawn anew from all the ledger holds (it has grown since sources were "
    "weighed, a build was stopped, or another version made them); keeping this draws them anew, and what comes of that alone "
    "is not told here."
)


def judgement(ledger: Ledger, wanted: Wanted, settings: Settings, at: datetime) -> Judgement:
    """The judgement a person means.

    Raises ``UsageError`` where the ledger has no such subject, or the value is none; ``UnknownPlace`` for a place that is none.
    """
    decision, subject = wanted.decision, _subject(ledger, wanted)
    value = wanted.value
    if wanted.others and decision not in _TOGETHER:
        raise UsageError(f"{decision.value} takes no other claims.", "Leave them out.")
    if decision is Decision.CORRECT:
        value = _correction(ledger, wanted.field, wanted.value, settings)
    elif decision is Decision.REGRADE:
        value = wanted.value.upper()
    elif decision in _TOGETHER:
        value = _together(ledger, wanted)
    elif wanted.value:
        raise UsageError(f"{decision.value} sets no value.", "Leave the value out.")
    return made(decision, subject, value, wanted.person, wanted.reason, at)


def tried(ledger: Ledger, one: Judgement, settings: Settings) -> Effect:
    """What a judgement would change; nothing is kept."""
    theatre = flow.theatre_of(settings, (), ledger)
    counted, _, before = flow.concluded(ledger, theatre)
    counting, _, after = flow.concluded(ledger, theatre, more=(one,))
    return _effect(ledger.conclusions(), before, after, {claim.id: claim for claim in (*counted, *counting)})


def kept(ledger: Ledger, one: Judgement, settings: Settings) -> Effect:
    """What a judgement changed, once it is kept and all is concluded anew."""
    theatre = flow.theatre_of(settings, (), ledger)
    stored = ledger.conclusions()
    counted, _, before = flow.concluded(ledger, theatre)
    after = flow.judge(ledger, one, settings)
    claims = {claim.id: claim for claim in (*ledger.claims(), *counted)}
    return _effect(stored, before, after, claims)


def _effect(stored: Conclusions, before: Conclusions, after: Conclusions, claims: Mapping[str, Claim]) -> Effect:
    return Effect(changes=tuple(changes(before, after, claims)), outdated=stored != before)


_TOGETHER = frozenset({Decision.MERGE, Decision.SPLIT, Decision.RELATE})


def _together(ledger: Ledger, wanted: Wanted) -> str:
    """The value of a judgement on voices or links; raises ``UsageError`` where it would say nothing."""
    claims = {claim.id: claim for claim in reread(ledger.claims(), ledger.judgements())}
    others = tuple(dict.fromkeys(wanted.others))
    stray = next((name for name in others if name not in claims), None)
    if stray is not None:
        raise UsageError(f"The ledger has no {stray}.", "Look at fogline claims --format jsonl.")
    if wanted.value and wanted.decision is not Decision.RELATE:
        raise UsageError(f"{wanted.decision.value} sets no value.", "Leave the value out.")
    voice = _voice(ledger, wanted.subject)
    if wanted.decision is Decision.SPLIT:
        return _split(wanted.subject, others, voice)
    if len(others) != 1 or wanted.subject in others:
        raise UsageError(f"{wanted.decision.value} is of two claims.", "Give one other claim.")
    if others[0] in voice:
        hint = "Nothing is to be done." if wanted.decision is Decision.MERGE else "Set one of them apart first: split."
        raise UsageError("Both claims are one voice.", hint)
    if wanted.decision is Decision.RELATE:
        if wanted.value not in [relation.value for relation in RELATIONS]:
            words = ", ".join(relation.value for relation in RELATIONS)
            raise UsageError(f"Claims cannot stand as {wanted.value!r}.", f"Give one of {words}; for one voice, merge.")
        return f"{wanted.value} {others[0]}"
    _check_alike(claims[wanted.subject], claims[others[0]])
    return others[0]


def _split(subject: str, others: tuple[str, ...], voice: tuple[str, ...]) -> str:
    leaving = {subject, *others}
    if not leaving <= set(voice):
        raise UsageError(
            "Not all of these claims are one voice now.", "Name claims of one family; see the standing of one."
        )
    if leaving == set(voice):
        raise UsageError("These are all of the family: nothing would be left to part from.", "Name some of them.")
    return " ".join(name for name in others if name != subject)


def _voice(ledger: Ledger, claim: str) -> tuple[str, ...]:
    return next((one.members for one in ledger.conclusions().families if claim in one.members), (claim,))


def _check_alike(one: Claim, other: Claim) -> None:
    """A family speaks by its root alone: merging what says different things would silence one of them."""
    said = [f"{claim.kind} {claim.holder}".strip() + f" ({claim.polarity})" for claim in (one, other)]
    places = [sorted({place.name for place in claim.places}) for claim in (one, other)]
    if said[0] == said[1] and all(places) and not set(places[0]) & set(places[1]):
        said = ["about " + ", ".join(names) for names in places]
    elif said[0] == said[1] and _apart(one.when, other.when):
        said = [f"of {claim.when.edtf}" for claim in (one, other)]
    if said[0] != said[1]:
        raise UsageError(
            f"The claims say different things: {said[0]} and {said[1]}.", "Correct the one that was misread first."
        )


def _apart(one: When, other: When) -> bool:
    """Whether it is known that the two share no day, the first before the second or the other way round."""
    return (one.end is not None and other.start is not None and one.end < other.start) or (
        other.end is not None and one.start is not None and other.end < one.start
    )


def _correction(ledger: Ledger, field: str, text: str, settings: Settings) -> str:
    if field not in list(correcting.Field):
        raise UsageError(f"A reading has no {field!r} to correct.", f"Give one of {', '.join(correcting.Field)}.")
    theatre = flow.theatre_of(settings, (), ledger)

    def find(name: str) -> Place:
        from fogline.extract.places import placed

        return placed(flow.place_meant(name, ledger.claims(), theatre))

    return correcting.correction(correcting.Field(field), text, theatre.codes, find)


def _subject(ledger: Ledger, wanted: Wanted) -> str:
    """The subject as judgements name it; raises ``UsageError`` where the ledger has none such."""
    decision, subject = wanted.decision, wanted.subject
    there = ledger.judgements() if decision is Decision.UNDO else ledger.claims()
    if any(one.id == subject for one in there):
        return subject
    if decision is Decision.REGRADE:
        return _source(ledger, subject)
    where = "fogline review history" if decision is Decision.UNDO else "fogline claims --format jsonl"
    raise UsageError(f"The ledger has no {subject}.", f"Look at {where}.")


def _source(ledger: Ledger, subject: str) -> str:
    graded = ledger.conclusions().sources
    names = [source_subject(one) for one in graded if subject in (one.name, source_subject(one))]
    if len(names) == 1:
        return names[0]
    told = "Name its type too: " + ", ".join(names) + "." if names else "Look at fogline sources."
    raise UsageError(f"{'Several sources are' if names else 'No source is'} named {subject!r}.", told)
