"""How far a speaker or an outlet can be relied on: a prior by standing, moved by what independent voices say.

A Beta-Bernoulli model: the prior is worth ``_STRENGTH`` observations; each of the source's families that other voices
speak to adds at most one more, in the share in which their weights stand with it and against it. What is learned from
a concession counts more and from a boast confirmed less (Dawid and Skene, 1979, give the general scheme).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fogline.appraise.interest import Interest
from fogline.appraise.voices import Other, SourceKey, Voice, chance, prior_of, standings
from fogline.model import UNKNOWN_SIDE, Claim, Reason, SourceGrade, Theatre

LETTERS = ((0.9, "A"), (0.8, "B"), (0.65, "C"), (0.5, "D"), (0.0, "E"))
"""The least chance of being right for each letter of the Admiralty code."""
ENOUGH = 3.0
"""A source of unknown standing is F until independent voices have spoken to this many of its families."""
_STRENGTH, _STRENGTH_UNKNOWN = 8.0, 2.0
_CREDIT = {Interest.FOR: 0.5, Interest.NEUTRAL: 1.0, Interest.AGAINST: 1.5}
"""What being confirmed is worth, by the interest of the side in what was said."""

Others = Mapping[str, tuple[Other, ...]]


@dataclass(slots=True)
class _Tally:
    right: float = 0.0
    wrong: float = 0.0
    seen: float = 0.0
    confirmed: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    interests: Counter[Interest] = field(default_factory=Counter)


def grade(
    claims: Iterable[Claim], voices: Mapping[str, Voice], support: Others, dispute: Others, theatre: Theatre
) -> tuple[SourceGrade, ...]:
    """The grade of every speaker and every outlet of the claims, by name and type."""
    sides: dict[SourceKey, Counter[str]] = defaultdict(Counter)
    counts: Counter[SourceKey] = Counter()
    for claim in claims:
        heard = {(s.name, s.type): s.side for s in (claim.speaker, claim.outlet)}
        for key, side in heard.items():
            counts[key] += 1
            sides[key][side] += 1
    tallies = _tallies(voices, support, dispute)
    known = standings(theatre)
    return tuple(
        _grade(
            key, sides[key], counts[key], tallies.get(key, _Tally()), known.get(key[0].casefold(), ("", ""))[0], theatre
        )
        for key in sorted(counts)
    )


def letter(reliability: float, judged: bool) -> str:
    """The Admiralty letter; F where there is too little to judge by.

    >>> letter(0.82, True), letter(0.82, False)
    ('B', 'F')
    """
    return next(name for least, name in LETTERS if reliability >= least) if judged else "F"


def _tallies(voices: Mapping[str, Voice], support: Others, dispute: Others) -> dict[SourceKey, _Tally]:
    tallies: dict[SourceKey, _Tally] = defaultdict(_Tally)
    families = {voice.family.root: voice for voice in voices.values()}
    for root, voice in sorted(families.items()):
        tally = tallies[voice.key]
        tally.interests[voice.interest] += 1
        agreed = sum(other.weight for other in support.get(root, ()))
        denied = sum(other.weight for other in dispute.get(root, ()))
        if agreed + denied <= 0:
            continue
        mass = min(1.0, agreed + denied)
        share = agreed / (agreed + denied)
        tally.seen += mass
        tally.right += mass * share * _CREDIT[voice.interest]
        tally.wrong += mass * (1 - share)
        (tally.confirmed if share >= 0.5 else tally.contradicted).append(root)
    return tallies


def _grade(
    key: SourceKey, sides: Counter[str], count: int, tally: _Tally, standing: str, theatre: Theatre
) -> SourceGrade:
    pair = prior_of(standing, theatre)
    told = sum(tally.interests.values())
    mixed = sum(chance(pair, how) * n for how, n in sorted(tally.interests.items())) / told if told else 0.0
    prior = mixed if told else chance(pair, Interest.NEUTRAL)
    known = standing in theatre.priors
    strength = _STRENGTH if known else _STRENGTH_UNKNOWN
    reliability = (prior * strength + tally.right) / (strength + tally.right + tally.wrong)
    judged = known or tally.seen >= ENOUGH
    side = min(sides, key=lambda one: (-sides[one], one))
    return SourceGrade(
        name=key[0],
        type=key[1],
        side=side,
        claims=count,
        reliability=reliability,
        grade=letter(reliability, judged),
        reasons=_reasons(standing if known else "", side, prior, tally, judged),
    )


def _reasons(standing: str, side: str, prior: float, tally: _Tally, judged: bool) -> tuple[Reason, ...]:
    of = " of no known side" if side in ("", UNKNOWN_SIDE) else f" of side {side}"
    about = f"Starts from standing “{standing}”{of}" if standing else f"An unknown voice{of}"
    detail = f"{about}: right in about {prior * 100:.0f} of 100 such claims."
    reasons = [Reason(name="prior", detail=detail, weight=round(prior, 6))]
    if tally.confirmed:
        detail = f"Independent voices bear out {len(tally.confirmed)} of its statements."
        weight = round(tally.right, 6)
        reasons.append(Reason(name="borne out", detail=detail, weight=weight, claims=tuple(tally.confirmed)))
    if tally.contradicted:
        detail = f"Independent voices of more weight contradict {len(tally.contradicted)} of its statements."
        weight = -round(tally.wrong, 6)
        reasons.append(Reason(name="contradicted", detail=detail, weight=weight, claims=tuple(tally.contradicted)))
    for how, name in ((Interest.AGAINST, "concedes"), (Interest.FOR, "speaks for its own side")):
        if tally.interests[how]:
            detail = f"{tally.interests[how]} of its statements tell of a {_WHOSE[how]}."
            reasons.append(Reason(name=name, detail=detail))
    if not judged:
        reasons.append(
            Reason(name="too little to judge by", detail=f"Fewer than {ENOUGH:.0f} statements are spoken to.")
        )
    return tuple(reasons)


_WHOSE = {Interest.AGAINST: "loss of its own side", Interest.FOR: "gain of its own side"}
