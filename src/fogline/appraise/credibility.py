"""How far a claim can be believed: the Admiralty code's 1 to 6, from the voices with and against it.

A family is graded once, by its root, and all its members bear the grade; so copies confirm nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from fogline.appraise.independence import Other, Others
from fogline.appraise.interest import Interest
from fogline.appraise.learning import Learned
from fogline.appraise.voices import Voice
from fogline.model import ClaimGrade, Link, Modality, Reason, Relation, SourceGrade

CONFIRMING = 0.5
"""Voices of other sides, or without interest, of at least this weight together confirm a claim."""
_CLEARLY, _MORE = 2.0, 1.25
"""Voices outweigh others by at least this factor; anything less is a draw."""
_ALONE = {"A": 2, "B": 2, "C": 3, "D": 4, "E": 4, "F": 6}
"""What the word of one disinterested source is worth by its letter, where nobody else speaks to it."""


def grade(
    voices: Mapping[str, Voice],
    support: Others,
    dispute: Others,
    learned: Learned,
    sources: Iterable[SourceGrade],
    links: Iterable[Link],
) -> tuple[ClaimGrade, ...]:
    """The credibility of every claim, by claim id; ``voices`` gives the voice of each claim's family."""
    grading = Grading(support, dispute, learned, sources, doubted(links, voices))
    graded = {voice.number: grading.of(voice) for voice in voices.values()}
    found = ((member, *graded[voice.number]) for member, voice in sorted(voices.items(), key=itemgetter(0)))
    return tuple(ClaimGrade(claim=claim, credibility=number, reasons=why) for claim, number, why in found)


class Grading:
    """Grades families by their roots: by what was learned of the sources, by their letters, and by who doubts a root."""

    def __init__(
        self,
        support: Others,
        dispute: Others,
        learned: Learned,
        sources: Iterable[SourceGrade],
        doubted: Mapping[int, tuple[str, ...]],
    ) -> None:
        self._support, self._dispute, self._learned, self._doubted = support, dispute, learned, doubted
        self._letters = {(source.name, source.type): source for source in sources}

    def of(self, voice: Voice) -> tuple[int, tuple[Reason, ...]]:
        """The credibility of a family, and why."""
        number = voice.number
        return _grade(
            voice,
            self._support.get(number, ()),
            self._dispute.get(number, ()),
            self._learned,
            self._letters[voice.key],
            self._doubted.get(number, ()),
        )


def doubts(link: Link) -> bool:
    """Whether one of a link's claims may report the other as unverified."""
    return link.relation is Relation.QUALIFIES and link.reasons[0].name == "reported as unverified"


def doubted(links: Iterable[Link], voices: Mapping[str, Voice]) -> Mapping[int, tuple[str, ...]]:
    """Families (by number) whose root another claim reports as unverified, with those claims."""
    found: dict[int, set[str]] = {}
    for link in filter(doubts, links):
        for own, other in ((link.a, link.b), (link.b, link.a)):
            if voices[other].modality is Modality.UNVERIFIED:
                found.setdefault(voices[own].number, set()).add(other)
    return {number: tuple(sorted(claims)) for number, claims in found.items()}


def _grade(
    voice: Voice,
    support: tuple[Other, ...],
    dispute: tuple[Other, ...],
    learned: Learned,
    source: SourceGrade,
    doubted: tuple[str, ...],
) -> tuple[int, tuple[Reason, ...]]:
    if voice.modality is not Modality.ACTUAL:
        detail = f"It is put as {voice.modality.value}, not as having happened."
        return 6, (Reason(name="not put as having happened", detail=detail, claims=(voice.root,)),)
    own = max(0.0, 2 * learned.voiced[voice.number] - 1) if source.grade != "F" else 0.0
    elsewhere = sum(learned.weight(other) for other in support if other.elsewhere)
    agreed = sum(map(learned.weight, support))
    denied = sum(map(learned.weight, dispute))
    number = _number(voice, source.grade, own, elsewhere, agreed, denied)
    reasons = [_speaker_reason(voice, source, own), *_voices_reasons(support, dispute, learned)]
    if support or dispute:
        reasons.append(_belief(learned.believed[voice.number]))
    if doubted:
        reasons.append(Reason(name="reported as unverified", detail="A report calls it unverified.", claims=doubted))
        number = max(number, 3)
    return number, tuple(reasons)


def _number(voice: Voice, grade: str, own: float, elsewhere: float, agreed: float, denied: float) -> int:
    if denied > _MORE * (own + agreed):
        return 5 if denied > _CLEARLY * (own + agreed) and denied >= 1.0 else 4
    if denied > 0:
        return 2 if elsewhere >= CONFIRMING and own + agreed >= _CLEARLY * denied else 3
    if elsewhere > 0:
        return 1 if elsewhere >= CONFIRMING else 2
    if agreed > 0:
        return 3
    if voice.interest is Interest.FOR:
        return 6
    return 2 if voice.interest is Interest.AGAINST else _ALONE[grade]


def _belief(belief: float) -> Reason:
    detail = f"By all voices together, such a claim is right in about {belief * 100:.0f} of 100."
    return Reason(name="belief", detail=detail, weight=round(belief, 6))


def _speaker_reason(voice: Voice, source: SourceGrade, own: float) -> Reason:
    told = {
        Interest.FOR: "tells of a gain of its own side",
        Interest.AGAINST: "tells of a loss of its own side",
        Interest.NEUTRAL: "has no side's gain to tell of",
    }[voice.interest]
    detail = f"{voice.speaker.name or 'The report'} (source {source.grade}) {told}."
    return Reason(name="speaker", detail=detail, weight=round(own, 6), claims=(voice.root,))


def _voices_reasons(support: tuple[Other, ...], dispute: tuple[Other, ...], learned: Learned) -> list[Reason]:
    groups = (
        (
            "confirmed from elsewhere",
            "{} independent voices of another side or of none say so too.",
            support,
            True,
            1.0,
        ),
        ("repeated by its own side", "{} further voices of the same side say so too.", support, False, 1.0),
        ("contradicted", "{} independent voices say otherwise.", dispute, None, -1.0),
    )
    reasons = []
    for name, detail, others, elsewhere, sign in groups:
        chosen = [other for other in others if elsewhere is None or other.elsewhere is elsewhere]
        if chosen:
            weight = round(sign * sum(map(learned.weight, chosen)), 6)
            claims = tuple(other.voice.root for other in chosen)
            reasons.append(Reason(name=name, detail=detail.format(len(chosen)), weight=weight, claims=claims))
    return reasons
