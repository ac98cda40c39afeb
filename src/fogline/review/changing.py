"""What two sets of conclusions differ in, told so that a person can judge whether that is what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fogline.model import Claim, Conclusions, Control, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference, in words.

    ``what`` is ``assessment``, ``grade``, ``answer``, ``credibility``, ``voices`` or ``disputes``, ``of`` names whose.
    """

    what: str
    of: str
    before: str
    after: str

    def told(self) -> str:
        """The difference as a sentence.

        >>> Change(what="grade", of="TASS", before="C", after="E").told()
        'TASS: grade C becomes E'
        """
        noun = "" if self.what in ("assessment", "answer") else f"{self.what} "
        return f"{self.of}: {noun}{self.before} becomes {self.after}"


def changes(before: Conclusions, after: Conclusions, claims: Mapping[str, Claim]) -> Iterator[Change]:
    """What differs: assessments first, then grades, then how many voices there are and what they answer, then disputes.

    ``claims`` are those that counted before or count after, by id, to name them by their words.
    """
    yield from _assessments(before, after)
    yield from _grades(before, after)
    yield from _answers(before, after)
    yield from _credibility(before, after, claims)
    voices = [len(one.families) for one in (before, after)]
    yield from _count("voices", "all claims", *voices)
    disputes = [sum(link.relation is Relation.CONTRADICTS for link in one.links) for one in (before, after)]
    yield from _count("disputes", "all claims", *disputes)


def _assessments(before: Conclusions, after: Conclusions) -> Iterator[Change]:
    was = {one.geonameid: one for one in before.control}
    left = {one.geonameid for one in after.control}
    for one in after.control:
        earlier, now = _told(was.get(one.geonameid)), _told(one)
        if earlier != now:
            yield Change(what="assessment", of=one.place, before=earlier, after=now)
        elif one.geonameid in was and (moved := _moved(was[one.geonameid], one)) is not None:
            day, earlier, now = moved
            yield Change(what="assessment", of=f"{one.place} on {day}", before=earlier, after=now)
    for one in before.control:
        if one.geonameid not in left:
            yield Change(what="assessment", of=one.place, before=_told(one), after="nothing is told of it any more")


def _moved(before: Control, after: Control) -> tuple[date, str, str] | None:
    """Of two that end alike, the earlier day on which the beliefs differ most, and both; none where no figure shown differs."""
    if before.start is None or after.start is None or before.states != after.states:
        return None
    shift = (after.start - before.start).days
    days = range(max(0, shift), min(len(before.daily), len(after.daily) + shift))
    apart = [(max(map(_gap, before.daily[n], after.daily[n - shift])), -n) for n in days]
    n = -max(apart, default=(0.0, 0))[1]
    if not apart:
        return None
    told = [_share(belief, after.states) for belief in (before.daily[n], after.daily[n - shift])]
    return (before.start + timedelta(days=n), told[0], told[1]) if told[0] != told[1] else None


def _gap(one: float, other: float) -> float:
    return abs(one - other)


def _grades(before: Conclusions, after: Conclusions) -> Iterator[Change]:
    was = {(one.type, one.name): one.grade for one in before.sources}
    for source in after.sources:
        grade = was.get((source.type, source.name), source.grade)
        if grade != source.grade:
            yield Change(what="grade", of=source.name, before=grade, after=source.grade)


def _answers(before: Conclusions, after: Conclusions) -> Iterator[Change]:
    """How many voices give an answer, where a question has that answer before and after."""
    was, now = _voices(before), _voices(after)
    for (question, value), voices in now.items():
        earlier = was.get((question, value))
        if earlier is not None and earlier != voices:
            yield Change(what="answer", of=f"{question} {value}", before=_voiced(earlier), after=_voiced(voices))


def _voices(of: Conclusions) -> dict[tuple[str, str], int]:
    return {(matter.question, answer.value): answer.voices for matter in of.matters for answer in matter.answers}


def _voiced(count: int) -> str:
    return f"{count} voice{'' if count == 1 else 's'}"


def _credibility(before: Conclusions, after: Conclusions, claims: Mapping[str, Claim]) -> Iterator[Change]:
    was = {one.claim: one.credibility for one in before.grades}
    for one in after.grades:
        earlier = was.get(one.claim, one.credibility)
        if earlier != one.credibility:
            claim = claims[one.claim]
            name = f"{claim.speaker.name or 'The report'}, “{_short(claim.quote)}”"
            yield Change(what="credibility", of=name, before=str(earlier), after=str(one.credibility))


def _short(quote: str, longest: int = 80) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= longest else f"{words[:longest].rpartition(' ')[0] or words[:longest]} …"


def _count(what: str, of: str, before: int, after: int) -> Iterator[Change]:
    if before != after:
        yield Change(what=what, of=of, before=str(before), after=str(after))


def _told(control: Control | None) -> str:
    if control is None or not control.timeline or not control.daily:
        return "unknown (nothing known)"
    return f"{control.timeline[-1].status} ({_share(control.daily[-1], control.states)})"


def _share(belief: Sequence[float], states: Sequence[str]) -> str:
    return ", ".join(f"{state} {share:.2f}" for state, share in zip(states, belief, strict=True))
