"""Made worlds: settlements whose holders are known, and reports of them by voices whose habits are known.

For tests, and for users who want to see what the model does with what. Each settlement's true path comes from the
model's own chain at a faster pace; each day its changes and its standing are told by voices: independent outlets that
are mostly right, sides that boast and deny, admissions, each some days late; copies of what was told; and silence.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fogline.control import hmm
from fogline.control.parameters import Parameters, fitted
from fogline.model import (
    CONTESTED,
    THIRD,
    Attribution,
    AttributionType,
    Basis,
    Claim,
    Control,
    Document,
    Extractor,
    Family,
    Kind,
    Place,
    PlacePrecision,
    Precision,
    SourceGrade,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
    When,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEGINS = date(2024, 1, 1)
_BY_HAND = Extractor(name="made", version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a made world is told of; rates are chances a day and settlement, the others chances a report.

    ``leaves`` and ``settles`` are the true rates of change. ``status`` is how often an outlet tells who holds a place,
    ``news`` the chance that it tells a change; ``right`` the chance that it tells the true side, ``sees_contest`` that it
    tells contest where there is some. ``boasts`` is how often a side claims a place, true or not; ``admits`` the chance that
    the loser of a place says so. ``late`` is the mean delay in days, ``copies`` the chance that another outlet prints it again.
    """

    leaves: float = 0.004
    settles: float = 0.06
    status: float = 0.01
    news: float = 0.8
    right: float = 0.85
    sees_contest: float = 0.35
    boasts: float = 0.01
    admits: float = 0.15
    late: float = 1.5
    copies: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is true, by settlement (geonameids from 1) and day, and what was told of it."""

    states: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    claims: tuple[Claim, ...]
    documents: dict[str, Document]
    families: tuple[Family, ...]
    sources: tuple[SourceGrade, ...]

    def changes(self, settlement: int) -> list[int]:
        """The days (from 0) on which the truth about a settlement (from 1) became another."""
        path = self.paths[settlement - 1]
        return [day for day in range(1, len(path)) if path[day] != path[day - 1]]


def parameters(habits: Habits) -> Parameters:
    """The model's parameters for such a world: its true rates of change, and how right its voices are.

    A dated report is right more often than its voice about a day at random, since changes are told when they happen;
    half-way to sure is what fits worlds of other seeds than those that are measured.
    """
    right = (1 + habits.right) / 2
    return replace(fitted(), leaves=habits.leaves, settles=habits.settles, stated=right, background=right)


def make(theatre: Theatre, settlements: int, days: int, seed: int, habits: Habits | None = None) -> World:
    """A world of a theatre's sides, the same for the same seed on every machine."""
    habits = habits or Habits()
    chance = random.Random(seed)
    states = (*theatre.codes, CONTESTED)
    paths = tuple(_path(states, days, habits, chance) for _ in range(settlements))
    teller = _Teller(theatre, habits, chance)
    for number, path in enumerate(paths, 1):
        teller.tell(number, path)
    graded = [
        SourceGrade(name=n, type=t, side=s, claims=1, reliability=habits.right, grade="B", reasons=())
        for n, t, s in sorted({(c.speaker.name, c.speaker.type, c.speaker.side) for c in teller.claims})
    ]
    return World(
        states=states,
        paths=paths,
        claims=tuple(teller.claims),
        documents=teller.documents,
        families=tuple(teller.families),
        sources=tuple(graded),
    )


def _path(states: Sequence[str], days: int, habits: Habits, chance: random.Random) -> tuple[str, ...]:
    rates = replace(fitted(), leaves=habits.leaves, settles=habits.settles)
    step = hmm.step(len(states) - 1, rates=rates)
    at = _drawn(hmm.balance(len(states) - 1, rates), chance)
    path = [at]
    for _ in range(days - 1):
        path.append(_drawn(step[path[-1]], chance))
    return tuple(states[number] for number in path)


def _drawn(chances: NDArray[np.float64], chance: random.Random) -> int:
    left = chance.random()
    for number, share in enumerate(chances.tolist()):
        left -= share
        if left < 0:
            return number
    return len(chances) - 1


class _Teller:
    """Makes the reports of a world, one document a report."""

    def __init__(self, theatre: Theatre, habits: Habits, chance: random.Random) -> None:
        self.claims: list[Claim] = []
        self.documents: dict[str, Document] = {}
        self.families: list[Family] = []
        self._codes, self._habits, self._chance = theatre.codes, habits, chance

    def tell(self, settlement: int, path: Sequence[str]) -> None:
        """All that is told of a settlement whose true path is given."""
        habits, chance = self._habits, self._chance
        for day, state in enumerate(path):
            before = path[day - 1] if day else state
            if state != before and chance.random() < habits.news:
                told = self._seen(state)
                self._report(settlement, day, told, "contested" if told == CONTESTED else "captured", dated=True)
            if state != before and before in self._codes and chance.random() < habits.admits:
                self._report(settlement, day, before, "lost", speaker=before, dated=True)
            if chance.random() < habits.status:
                told = self._seen(state)
                self._report(settlement, day, told, "contested" if told == CONTESTED else "hold", dated=True)
            for side in self._codes:
                if chance.random() < habits.boasts:
                    self._report(settlement, day, side, "captured", speaker=side)

    def _seen(self, state: str) -> str:
        """What an outlet takes the state to be: mostly the true one; of a contested place, often whoever it is with."""
        roll, habits = self._chance.random(), self._habits
        if state == CONTESTED:
            return CONTESTED if roll < habits.sees_contest else self._chance.choice(self._codes)
        if roll < habits.right:
            return state
        others = [other for other in self._codes if other != state]
        return self._chance.choice(others) if roll < 1 - (1 - habits.right) * 0.1 or not others else CONTESTED

    def _report(
        self, settlement: int, day: int, holder: str, manner: str, *, speaker: str = "", dated: bool = False
    ) -> None:
        late = int(self._chance.expovariate(1 / self._habits.late)) if self._habits.late else 0
        outlet = Speaker(name=f"Outlet {self._chance.randrange(6)}", side=THIRD, type=SpeakerType.OUTLET)
        told = [self._claim(settlement, day, late, holder, manner, outlet, speaker, dated)]
        if self._chance.random() < self._habits.copies:
            copier = replace(outlet, name=f"Copier {self._chance.randrange(3)}")
            told.append(self._claim(settlement, day, late + 1, holder, manner, copier, speaker, dated))
            self.families.append(Family(root=told[0].id, members=tuple(claim.id for claim in told)))
        self.claims += told

    def _claim(
        self, settlement: int, day: int, late: int, holder: str, manner: str, outlet: Speaker, side: str, dated: bool
    ) -> Claim:
        document = self._document(day + late, outlet.name)
        place = Place(
            name=f"Settlement {settlement}", text=f"Settlement {settlement}", geonameid=settlement,
            precision=PlacePrecision.SETTLEMENT,
        )  # fmt: skip
        voice = Speaker(name=f"Command of {side}", side=side, type=SpeakerType.ORGANISATION)
        span = Span(0, len(document.text))
        return Claim(
            document_id=document.id,
            span=span,
            quote=document.text,
            kind=Kind.CONTROL,
            attribution=Attribution(
                type=AttributionType.INDIRECT if side else AttributionType.NONE,
                content=(span,),
                chain=(voice, outlet) if side else (outlet,),
            ),
            extractor=_BY_HAND,
            holder=holder,
            manner=manner,
            places=(place,),
            when=_on(day, Basis.STATED) if dated else _on(day + late, Basis.PUBLICATION),
        )

    def _document(self, day: int, outlet: str) -> Document:
        number = len(self.documents) + 1
        document = Document(
            article_id=f"made-{number}", name=f"report-{number}", text=f"Report {number}.", outlet=outlet,
            published=_on(day, Basis.STATED),
        )  # fmt: skip
        self.documents[document.id] = document
        return document


def _on(day: int, basis: Basis) -> When:
    when = BEGINS + timedelta(day)
    return When(start=when, end=when, edtf=when.isoformat(), precision=Precision.DAY, basis=basis)


def reports(world: World) -> Iterator[dict[str, str]]:
    """What was told, as lines that ``fogline build`` and other programs can read: who said what, when, through whom."""
    for claim in world.claims:
        document = world.documents[claim.document_id]
        published = document.published.start
        yield {
            "published": published.isoformat() if published else "",
            "outlet": document.outlet,
            "speaker": claim.speaker.name,
            "side": claim.speaker.side,
            "settlement": claim.places[0].name,
            "holder": claim.holder,
            "manner": claim.manner,
            "when": claim.when.edtf,
        }


def days(world: World, found: Iterable[Control]) -> Iterator[dict[str, str]]:
    """The true state and the belief of every settlement and day of which anything was told."""
    for control in found:
        path = world.paths[(control.geonameid or 0) - 1]
        for number, (state, belief) in enumerate(zip(path, control.daily, strict=False)):
            yield {
                "settlement": control.place,
                "day": (BEGINS + timedelta(number)).isoformat(),
                "true": state,
                **{name: f"{chance:.4f}" for name, chance in zip(world.states, belief, strict=True)},
            }
