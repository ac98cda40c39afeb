"""What people decide about a ledger: a judgement made, tried out or kept, and what it changes in the assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fogline import flow
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Conclusions, Control, Judgement, Place
from fogline.ports import Ledger
from fogline.review import correcting
from fogline.review.deciding import Decision, made, source_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person decides: of a claim, a source or a judgement; ``field`` where a reading is corrected, ``value`` what it sets."""

    decision: Decision
    subject: str
    person: str
    reason: str
    field: str = ""
    value: str = ""


def judgement(ledger: Ledger, wanted: Wanted, settings: Settings, at: datetime) -> Judgement:
    """The judgement a person means.

    Raises ``UsageError`` where the ledger has no such subject, or the value is none; ``UnknownPlace`` for a place that is none.
    """
    subject = _subject(ledger, wanted.decision, wanted.subject)
    value = wanted.value
    if wanted.decision is Decision.CORRECT:
        value = _correction(ledger, wanted.field, wanted.value, settings)
    elif wanted.decision is Decision.REGRADE:
        value = wanted.value.upper()
    elif wanted.value:
        raise UsageError(f"{wanted.decision.value} sets no value.", "Leave the value out.")
    return made(wanted.decision, subject, value, wanted.person, wanted.reason, at)


def tried(ledger: Ledger, one: Judgement, settings: Settings) -> tuple[str, ...]:
    """What a judgement would change, in words; nothing is kept."""
    _, _, after = flow.concluded(ledger, flow.theatre_of(settings, (), ledger), more=(one,))
    return tuple(changes(ledger.conclusions(), after))


def kept(ledger: Ledger, one: Judgement, settings: Settings) -> tuple[str, ...]:
    """What a judgement changed, in words, once it is kept and all is concluded anew."""
    before = ledger.conclusions()
    return tuple(changes(before, flow.judge(ledger, one, settings)))


def changes(before: Conclusions, after: Conclusions) -> Iterator[str]:
    """In words what differs: the last assessed status of settlements, grades, and the number of disputes."""
    was = {one.geonameid: one for one in before.control}
    for one in after.control:
        earlier, now = (_told(was.get(one.geonameid)), _told(one))
        if earlier != now:
            yield f"{one.place}: {earlier} becomes {now}"
    left = {one.geonameid for one in after.control}
    yield from (f"{one.place}: nothing is told of it any more" for one in before.control if one.geonameid not in left)
    grades = {(one.type, one.name): one.grade for one in before.sources}
    for source in after.sources:
        grade = grades.get((source.type, source.name), source.grade)
        if grade != source.grade:
            yield f"{source.name}: grade {grade} becomes {source.grade}"
    disputes = [sum(link.relation == "contradicts" for link in one.links) for one in (before, after)]
    if disputes[0] != disputes[1]:
        yield f"disputes: {disputes[0]} become {disputes[1]}"


def _told(control: Control | None) -> str:
    if control is None or not control.timeline or not control.daily:
        return "unknown (nothing known)"
    return f"{control.timeline[-1].status} ({_share(control.daily[-1], control.states)})"


def _share(belief: Sequence[float], states: Sequence[str]) -> str:
    return ", ".join(f"{state} {share:.2f}" for state, share in zip(states, belief, strict=True))


def _correction(ledger: Ledger, field: str, text: str, settings: Settings) -> str:
    if field not in list(correcting.Field):
        raise UsageError(f"A reading has no {field!r} to correct.", f"Give one of {', '.join(correcting.Field)}.")
    theatre = flow.theatre_of(settings, (), ledger)

    def find(name: str) -> Place:
        from fogline.extract.places import placed

        return placed(flow.place_meant(name, ledger.claims(), theatre))

    return correcting.correction(correcting.Field(field), text, theatre.codes, find)


def _subject(ledger: Ledger, decision: Decision, subject: str) -> str:
    """The subject as judgements name it; raises ``UsageError`` where the ledger has none such."""
    if decision is Decision.UNDO:
        names = [one.id for one in ledger.judgements()]
    elif decision is Decision.REGRADE:
        graded = ledger.conclusions().sources
        names = [source_subject(one) for one in graded if subject in (one.name, source_subject(one))]
        if len(names) == 1:
            return names[0]
        told = "Name its type too: " + ", ".join(names) + "." if names else "Look at fogline sources."
        raise UsageError(f"{'Several sources are' if names else 'No source is'} named {subject!r}.", told)
    else:
        names = [claim.id for claim in ledger.claims()]
    if subject not in names:
        where = "fogline review history" if decision is Decision.UNDO else "fogline claims --format jsonl"
        raise UsageError(f"The ledger has no {subject}.", f"Look at {where}.")
    return subject
