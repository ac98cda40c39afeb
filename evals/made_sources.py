"""Sources in made worlds, where it is known what is true: whom does the weighing believe, and how well does it know?

    python -m evals.gate --only made_sources

Each world has settlements that one of two sides holds on a day, and outlets and officials that tell of it; all goes through
families, links and weights. A verdict is the answer (who holds the place on that day) whose claims are believed most.

- ``copies``: seven outlets that are right 85 times in 100, and one that is right 25 times, whose words eight others
  reprint, some with a word changed or the opening cut.
- ``sides``: two officials and a state outlet a side, who keep to one line: where the other side has the place they claim it all
  the same 60 times in 100, admit the loss 15 times, or say nothing; five outlets that see 90 in 100 of the places and
  are right 80 times in 100.
- ``turning``: five outlets that are right 75 times in 100, and one that is right 95 times until the middle of the time and
  20 times after it.

The constants of the weighing were set on seeds 1 to 3 of these worlds; the seeds here are others.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from fogline.appraise.weighing import believe
from fogline.link.comparing import compare
from fogline.model import (
    UNKNOWN_SIDE,
    Actor,
    Attribution,
    AttributionType,
    Basis,
    Claim,
    Document,
    Extractor,
    Kind,
    Outlet,
    Place,
    PlacePrecision,
    Precision,
    Side,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
    When,
)

SEEDS = (11, 12, 13, 14)
QUESTIONS = 240
FIRST = date(2023, 1, 1)
DAYS = 480
BINS = 10
EAST, WEST = "EA", "WE"
SIDES = (EAST, WEST)
_WORDS = tuple(
    f"{a}{b}" for a in ("bar", "col", "dun", "fer", "gil", "hom", "jat", "lor") for b in ("an", "et", "ith", "os", "um")
)
PRIORS = {"official": (0.6, 0.92), "state": (0.55, 0.9), "independent": (0.78, 0.88)}


@dataclass(slots=True)
class World:
    """What is true (who holds which place) and what was told of it."""

    chance: random.Random
    truth: dict[int, str] = field(default_factory=dict)
    days: dict[int, date] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    odds: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """Log-odds that the east holds a place, to whoever knows how often each voice is right: the most that can be told."""

    def says(self, place: int, holder: str, right: float) -> None:
        """Take down what a word is worth that is right so often."""
        self.odds[place] += math.log(right / (1 - right)) * (1 if holder == EAST else -1)

    def tell(
        self, place: int, holder: str, outlet: str, speaker: str = "", side: str = UNKNOWN_SIDE, words: str = ""
    ) -> str:
        """Publish that ``holder`` holds the place on its day, in an outlet's own words or a speaker's; returns the words."""
        name = f"Madeville {place}"
        words = words or f"Forces of {holder} hold {name} {' '.join(self.chance.choices(_WORDS, k=14))}"
        day = self.days[place]
        when = When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=Basis.STATED)
        document = Document(
            article_id=f"{place}-{outlet}-{speaker}",
            name=f"{place}-{outlet}-{speaker}",
            text=words,
            outlet=outlet,
            published=when,
        )
        self.documents[document.id] = document
        own = Speaker(name=outlet, type=SpeakerType.OUTLET, side=UNKNOWN_SIDE if speaker else side)
        chain = (Speaker(name=speaker, type=SpeakerType.PERSON, side=side), own) if speaker else (own,)
        span = Span(0, len(words))
        self.claims.append(
            Claim(
                document_id=document.id,
                span=span,
                quote=words,
                kind=Kind.CONTROL,
                attribution=Attribution(
                    type=AttributionType.INDIRECT if speaker else AttributionType.NONE, content=(span,), chain=chain
                ),
                extractor=Extractor(name="made", version="1"),
                holder=holder,
                manner="hold",
                places=(Place(name=name, text=name, geonameid=place, precision=PlacePrecision.SETTLEMENT),),
                when=when,
            )
        )
        return words

    def seen(self, place: int, right: float) -> str:
        """Whom a voice that is right so often takes to hold the place."""
        truth = self.truth[place]
        holder = truth if self.chance.random() < right else _other(truth)
        self.says(place, holder, right)
        return holder


def _other(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def theatre() -> Theatre:
    """A made war: two sides with two officials and a state outlet each; the other outlets are not known to it."""
    return Theatre(
        name="made",
        sides=tuple(Side(code=side, name=side) for side in SIDES),
        actors=tuple(
            Actor(names=(f"Official {n} of {side}",), side=side, standing="official") for side in SIDES for n in (1, 2)
        ),
        outlets=tuple(Outlet(names=(f"Voice of {side}",), side=side, standing="state") for side in SIDES),
        priors=PRIORS,
        begins=FIRST,
    )


def blank(seed: int) -> World:
    """Places with a day and a true holder, and nothing told."""
    world = World(random.Random(seed))
    for place in range(1, QUESTIONS + 1):
        world.truth[place] = world.chance.choice(SIDES)
        world.days[place] = FIRST + timedelta(place * DAYS // QUESTIONS)
    return world


def copies(seed: int) -> World:
    """One bad voice of nine copies."""
    world = blank(seed)
    for place in world.truth:
        for n in range(7):
            world.tell(place, world.seen(place, 0.85), f"Outlet {n}")
        holder = world.seen(place, 0.25)
        words = world.tell(place, holder, "Loud Voice")
        for n in range(8):
            world.tell(place, holder, f"Reprint {n}", words=_edited(words, world.chance))
    return world


def _edited(words: str, chance: random.Random) -> str:
    """A reprint: as it is, or with a word changed, or shortened at the end."""
    found = words.split()
    how = chance.randrange(3)
    if how == 1:
        found[chance.randrange(len(found) - 8, len(found))] = chance.choice(_WORDS)
    return " ".join(found[:-2] if how == 2 else found)


def sides(seed: int) -> World:
    """Two sides that lie for themselves."""
    world = blank(seed)
    for place, truth in world.truth.items():
        for side in SIDES:
            roll = world.chance.random()
            line = side if roll < (0.9 if truth == side else 0.6) else truth if roll < 0.75 else ""
            if line:
                world.says(place, line, 0.6 if line == side else 0.999)
            for name in (f"Official 1 of {side}", f"Official 2 of {side}", ""):
                if line and world.chance.random() < 0.8:
                    world.tell(place, line, f"Voice of {side}", name, side)
        for n in range(5):
            if world.chance.random() < 0.9:
                world.tell(place, world.seen(place, 0.8), f"Outlet {n}")
    return world


def turning(seed: int) -> World:
    """A source that turns bad midway."""
    world = blank(seed)
    for place in world.truth:
        for n in range(5):
            world.tell(place, world.seen(place, 0.75), f"Outlet {n}")
        early = world.days[place] < FIRST + timedelta(DAYS // 2)
        world.tell(place, world.seen(place, 0.95 if early else 0.2), "Turncoat")
    return world


WORLDS = {"copies": copies, "sides": sides, "turning": turning}


def figures(shared: Path) -> Mapping[str, float]:
    """The share of questions answered right in each sort of world, beside a plain majority; one less the calibration error."""
    found: dict[str, float] = {}
    pooled: list[tuple[float, bool]] = []
    for name, make in WORLDS.items():
        ours, plain, best = [], [], []
        for seed in SEEDS:
            world = make(seed)
            told = beliefs(world)
            verdicts = {place: max(sorted(own), key=lambda holder: own[holder]) for place, own in told.items()}
            ours.append(right(verdicts, world))
            plain.append(right(majority(world), world))
            best.append(right({place: EAST if odds > 0 else WEST for place, odds in world.odds.items()}, world))
            pooled += [(belief, holder == world.truth[p]) for p, own in told.items() for holder, belief in own.items()]
        found[name] = sum(ours) / len(ours)
        print(
            f"made_sources: {name}: right {found[name]:.3f}, plain majority {sum(plain) / len(plain):.3f}, "
            f"knowing how often each is right {sum(best) / len(best):.3f}"
        )
    error = calibration_error(pooled)
    print(f"made_sources: calibration error {error:.4f} over {len(pooled)} answers")
    return {**found, "calibrated": 1 - error}


def beliefs(world: World) -> Mapping[int, Mapping[str, float]]:
    """For each place the belief in each answer that somebody gives: that of the claim believed most."""
    made = theatre()
    families, links, _ = compare(world.claims, world.documents, made)
    learned = believe(world.claims, world.documents, families, links, made)
    by_id = {claim.id: claim for claim in world.claims}
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for family in families:
        claim = by_id[family.root]
        own = found[claim.places[0].geonameid or 0]
        own[claim.holder] = max(own.get(claim.holder, 0.0), learned.beliefs[family.root])
    return found


def majority(world: World) -> Mapping[int, str]:
    """The answer that most claims give, copies and all."""
    votes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for claim in world.claims:
        votes[claim.places[0].geonameid or 0][claim.holder] += 1
    return {place: max(sorted(own), key=lambda holder: own[holder]) for place, own in votes.items()}


def right(verdicts: Mapping[int, str], world: World) -> float:
    """The share of places that are answered right; a place of which nothing is told is answered wrong."""
    return sum(verdicts.get(place) == truth for place, truth in world.truth.items()) / len(world.truth)


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """How far beliefs are from how often they come true: the mean over answers, in ``BINS`` bins of belief."""
    said, came = [0.0] * BINS, [0] * BINS
    for belief, true in told:
        at = min(BINS - 1, int(belief * BINS))
        said[at] += belief
        came[at] += true
    return sum(abs(s - c) for s, c in zip(said, came, strict=True)) / len(told)
