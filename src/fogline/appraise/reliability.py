"""How far a speaker or an outlet can be relied on: the letter, and in words what it rests on.

The chances come from ``learning``: a prior by standing, moved by what independent voices say, for statements in favour of
the source's own side, against it and neither. A source's reliability is their mean over the statements it made, as it
stood when it last spoke. Importance never enters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from fogline.appraise.independence import Others
from fogline.appraise.interest import Interest
from fogline.appraise.learning import Chance, Learned
from fogline.appraise.voices import SourceKey, Voice, chance, prior_of, standings
from fogline.model import UNKNOWN_SIDE, Claim, Reason, SourceGrade, Speaker, Theatre

LETTERS = ((0.9, "A"), (0.8, "B"), (0.65, "C"), (0.5, "D"), (0.0, "E"))
"""The least chance of being right for each letter of the Admiralty code."""
ENOUGH = 3
"""A source of unknown standing is F until independent voices have spoken to this many of its statements."""
WIDE = 0.5
"""A source of unknown standing is F where nine chances in ten span more than this."""
NOT_WEIGHED = "not weighed yet"
"""The name of the reason where a source was first heard after sources were last weighed."""
_TURNED = 0.15
"""A chance that moved by this much between a source's first and last statement is told."""


@dataclass(slots=True)
class _Past:
    """What a source said: how its statements stand to its own interest, and which of them others spoke to."""

    interests: Counter[Interest] = field(default_factory=Counter)
    confirmed: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    of: dict[Interest, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def checked(self) -> int:
        return len(self.confirmed) + len(self.contradicted)


Spoken = tuple[Counter[SourceKey], Mapping[SourceKey, Counter[str]]]
"""How many claims each speaker and outlet has, and for which sides it spoke."""


def grade(
    spoken: Spoken, voices: Iterable[Voice], support: Others, dispute: Others, learned: Learned, theatre: Theatre
) -> tuple[SourceGrade, ...]:
    """The grade of every speaker and every outlet that has ``spoken``, by name and type; the voices are by number."""
    counts, sides = spoken
    pasts = _pasts(voices, support, dispute, learned)
    known = standings(theatre)
    return tuple(
        _grade(
            key, sides[key], counts[key], pasts.get(key, _Past()), known.get(key[0].casefold(), ("", ""))[0],
            learned, theatre,
        )
        for key in sorted(counts)
    )  # fmt: skip


def newcomers(claims: Iterable[Claim], names: Container[SourceKey], theatre: Theatre) -> tuple[SourceGrade, ...]:
    """The grades of sources that were first heard after sources were last weighed: by their standing alone.

    ``claims`` are all claims of these sources, by name and type.
    """
    counts, sides = spoken_in((claim.speaker, claim.outlet, 1) for claim in claims)
    known = standings(theatre)
    return tuple(
        _newcomer(key, sides[key], counts[key], known.get(key[0].casefold(), ("", ""))[0], theatre)
        for key in sorted(counts)
        if key in names
    )


def _newcomer(key: SourceKey, sides: Counter[str], count: int, standing: str, theatre: Theatre) -> SourceGrade:
    side, known = _side(sides), standing in theatre.priors
    prior = chance(prior_of(standing, theatre), Interest.NEUTRAL)
    detail = "It was first heard after sources were last weighed; it is weighed with them the next time."
    return SourceGrade(
        name=key[0],
        type=key[1],
        side=side,
        claims=count,
        reliability=prior,
        grade=letter(prior, known),
        reasons=(_start(standing if known else "", side, prior), Reason(name=NOT_WEIGHED, detail=detail)),
    )


def spoken_in(told: Iterable[tuple[Speaker, Speaker, int]]) -> Spoken:
    """What each source spoke of claims given by speaker, outlet and how many there are of both."""
    sides: dict[SourceKey, Counter[str]] = defaultdict(Counter)
    counts: Counter[SourceKey] = Counter()
    for speaker, outlet, many in told:
        heard = {(s.name, s.type): s.side for s in (speaker, outlet)}
        for key, side in heard.items():
            counts[key] += many
            sides[key][side] += many
    return counts, sides


def _side(sides: Counter[str]) -> str:
    return min(sides, key=lambda one: (-sides[one], one))


def letter(reliability: float, judged: bool) -> str:
    """The Admiralty letter; F where there is too little to judge by.

    >>> letter(0.82, True), letter(0.82, False)
    ('B', 'F')
    """
    return next(name for least, name in LETTERS if reliability >= least) if judged else "F"


def _pasts(voices: Iterable[Voice], support: Others, dispute: Others, learned: Learned) -> Mapping[SourceKey, _Past]:
    pasts: dict[SourceKey, _Past] = defaultdict(_Past)
    for voice in voices:
        root, past = voice.root, pasts[voice.key]
        past.interests[voice.interest] += 1
        past.of[voice.interest].append(root)
        agreed, denied = (sum(learned.weight(other) for other in o.get(voice.number, ())) for o in (support, dispute))
        if agreed + denied > 0:
            (past.confirmed if agreed >= denied else past.contradicted).append(root)
    return pasts


def _grade(
    key: SourceKey,
    sides: Counter[str],
    count: int,
    past: _Past,
    standing: str,
    learned: Learned,
    theatre: Theatre,
) -> SourceGrade:
    side = _side(sides)
    known = standing in theatre.priors
    pair = prior_of(standing, theatre)
    prior = _mean(past.interests, {how: chance(pair, how) for how in Interest})
    last = {how: learned.last[key, how] for how in sorted(past.interests)}
    reliability = _mean(past.interests, {how: one.mean for how, one in last.items()}) if last else prior
    low = _mean(past.interests, {how: one.low for how, one in last.items()}) if last else 0.0
    high = _mean(past.interests, {how: one.high for how, one in last.items()}) if last else 1.0
    judged = known or (past.checked >= ENOUGH and high - low <= WIDE)
    reasons = [_start(standing if known else "", side, prior), *_spoken_to(past)]
    reasons += [_interest(how, one, past) for how, one in last.items() if how is not Interest.NEUTRAL]
    reasons += _turned(key, past, learned)
    if last:
        reasons.append(_uncertainty(low, high))
    if not judged:
        few = past.checked < ENOUGH
        detail = (
            f"Fewer than {ENOUGH} statements are spoken to." if few else "What is spoken to leaves it too wide open."
        )
        reasons.append(Reason(name="too little to judge by", detail=detail))
    return SourceGrade(
        name=key[0],
        type=key[1],
        side=side,
        claims=count,
        reliability=reliability,
        grade=letter(reliability, judged),
        reasons=tuple(reasons),
    )


def _mean(interests: Mapping[Interest, int], chances: Mapping[Interest, float]) -> float:
    """The mean chance over what was told; of a source that told nothing itself, that of a statement without interest."""
    told = sum(interests.values())
    if not told:
        return chances[Interest.NEUTRAL]
    return sum(chances[how] * n for how, n in sorted(interests.items())) / told


def _start(standing: str, side: str, prior: float) -> Reason:
    of = " of no known side" if side in ("", UNKNOWN_SIDE) else f" of side {side}"
    about = f"Starts from standing “{standing}”{of}" if standing else f"An unknown voice{of}"
    detail = f"{about}: right in about {prior * 100:.0f} of 100 such claims."
    return Reason(name="prior", detail=detail, weight=round(prior, 6))


def _spoken_to(past: _Past) -> Iterable[Reason]:
    if past.confirmed:
        detail = f"Independent voices bear out {len(past.confirmed)} of its statements."
        yield Reason(name="borne out", detail=detail, claims=tuple(past.confirmed))
    if past.contradicted:
        detail = f"Independent voices of more weight contradict {len(past.contradicted)} of its statements."
        yield Reason(name="contradicted", detail=detail, claims=tuple(past.contradicted))


_WHOSE = {Interest.AGAINST: "loss of its own side", Interest.FOR: "gain of its own side"}
_NAMES = {Interest.AGAINST: "concedes", Interest.FOR: "speaks for its own side"}


def _interest(how: Interest, one: Chance, past: _Past) -> Reason:
    count = past.interests[how]
    detail = f"{count} of its statements {'tells' if count == 1 else 'tell'} of a {_WHOSE[how]}; such words of it are {_right(one)}."
    return Reason(name=_NAMES[how], detail=detail, weight=round(one.mean, 6), claims=tuple(past.of[how]))


def _right(one: Chance) -> str:
    return f"right in about {one.mean * 100:.0f} of 100 ({one.low * 100:.0f} to {one.high * 100:.0f})"


def _turned(key: SourceKey, past: _Past, learned: Learned) -> Iterable[Reason]:
    """Where the source got worse or better over time: by which kind of statement, from what to what."""
    for how in sorted(past.interests):
        before, after = learned.first[key, how], learned.last[key, how]
        moved = after.mean - before.mean
        if abs(moved) >= _TURNED:
            what = "less" if moved < 0 else "more"
            detail = f"It has become {what} reliable: at first {_right(before)}, at last {_right(after)}."
            yield Reason(name="changed over time", detail=detail, weight=round(moved, 6))


def _uncertainty(low: float, high: float) -> Reason:
    detail = f"Nine chances in ten: right in {low * 100:.0f} to {high * 100:.0f} of 100."
    return Reason(name="uncertainty", detail=detail, weight=round(high - low, 6))
