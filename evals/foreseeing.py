"""Scenarios in made worlds, where it is known which path is true: are the probabilities right, and better than a base rate?

    python -m evals.foreseeing

Each world draws its true path by the prior, and for each indicator whether its voices speak up, by how often they do on that path.
Outlets copy what was said, in every fourth world. The scenario is read by the same path as a user's: claims, families, as known
by each day. ``calibrated`` is one less the expected calibration error, ``skill`` that against the base rate, ``copies`` the share
of the worlds with copies in which these move nothing.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path as File
from random import Random

from fogline.foresee.queries import Measure, Query
from fogline.foresee.scenarios import Indicator, Path, Scenario
from fogline.foresee.scoring import score
from fogline.foreseeing import Known, history
from fogline.model import (
    Attribution,
    AttributionType,
    Claim,
    Document,
    Extractor,
    Kind,
    Place,
    PlacePrecision,
    Precision,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
    When,
)
from fogline.theatres.loading import load

WORLDS, SEED = 400, 11
OPENED = date(2025, 1, 1)
LONG = 60
PRIOR = 0.35
KINDS = (Kind.ADVANCE, Kind.FORCES, Kind.STRIKE, Kind.LOGISTICS)
OFTEN = (0.75, 0.6, 0.7, 0.5)
"""How often each indicator is seen where its path comes true."""
RARE = (0.25, 0.35, 0.3, 0.3)
"""And where it does not."""
PLACE = Place(name="Made", text="Made", geonameid=1, lat=49.0, lon=37.0, precision=PlacePrecision.SETTLEMENT)
BY = Extractor(name="made", version="1")


def figures(shared: File | None = None) -> dict[str, float]:
    """Calibration, skill and steadiness against copies, over ``WORLDS`` worlds; needs no other data."""
    del shared
    theatre = load("ukraine")
    random = Random(SEED)
    pairs: list[tuple[float, bool]] = []
    steady: list[bool] = []
    copying = Random(SEED)
    for number in range(WORLDS):
        falls = random.random() < PRIOR
        told = _told(random, falls, number)
        chance = _chance(told, theatre)
        if number % 4 == 0:
            steady.append(abs(chance - _chance([*told, *_copies(copying, told)], theatre)) < 1e-9)
        pairs.append((chance, falls))
    found = score(pairs)
    assert found is not None  # there are worlds
    return {"calibrated": 1 - found.error, "skill": found.skill_rate or 0.0, "copies": sum(steady) / len(steady)}


def scenario() -> Scenario:
    """The scenario that every world is asked."""
    base = Query(measure=Measure.VOICES, place="Made", geonameid=1, threshold=2, window=LONG)
    watched = tuple(
        Indicator(
            id=kind.value, title=kind.value, query=replace(base, kinds=(kind,)), horizon=OPENED + timedelta(LONG - 1),
            hit=often / rare, miss=(1 - often) / (1 - rare),
        )
        for kind, often, rare in zip(KINDS, OFTEN, RARE, strict=True)
    )  # fmt: skip
    paths = (
        Path(id="falls", title="falls", prior=PRIOR, indicators=watched),
        Path(id="holds", title="holds", prior=1 - PRIOR),
    )
    return Scenario(title="made", place="Made", opened=OPENED, closes=OPENED + timedelta(LONG), basis="", paths=paths)


def _chance(told: list[tuple[Document, Claim]], theatre: Theatre) -> float:
    known = Known(claims=tuple(c for _, c in told), documents={d.id: d for d, _ in told}, theatre=theatre)
    return dict(history(scenario(), known, OPENED + timedelta(LONG))[-1].probabilities)["falls"]


def _told(random: Random, falls: bool, world: int) -> list[tuple[Document, Claim]]:
    """Two voices for each indicator that is seen, one for some that are not."""
    found = []
    for number, kind in enumerate(KINDS):
        seen = random.random() < (OFTEN if falls else RARE)[number]
        for voice in range(2 if seen else random.randint(0, 1)):
            day = OPENED + timedelta(random.randrange(LONG - 5))
            words = (
                f"{kind.value} at Made as seen by witness {voice} of world {world} in street {random.randrange(10**6)}"
            )
            found.append(
                _report(f"{world}-{kind.value}-{voice}", f"Witness {world} {number} {voice}", kind, day, words)
            )
    return found


def _copies(random: Random, told: list[tuple[Document, Claim]]) -> list[tuple[Document, Claim]]:
    """Every report, carried on by three outlets some days later."""
    return [
        _report(
            f"{source.name}-copy-{n}",
            one.speaker.name,
            one.kind,
            _day(source) + timedelta(random.randrange(1, 5)),
            one.quote,
        )
        for source, one in told
        for n in range(3)
    ]


def _day(source: Document) -> date:
    assert source.published.start is not None  # as made
    return source.published.start


def _report(name: str, speaker: str, kind: Kind, day: date, words: str) -> tuple[Document, Claim]:
    when = When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY)
    source = Document(article_id=name, name=name, text=words, outlet=f"Outlet {name}", language="en", published=when)
    chain = (Speaker(name=speaker), Speaker(name=source.outlet, type=SpeakerType.OUTLET))
    attribution = Attribution(type=AttributionType.INDIRECT, chain=chain)
    return source, Claim(
        document_id=source.id, span=Span(0, len(words)), quote=words, kind=kind, attribution=attribution, extractor=BY,
        places=(PLACE,), when=when,
    )  # fmt: skip


if __name__ == "__main__":
    for figure, value in figures().items():
        print(f"{figure}  {value:.3f}")
    sys.exit()
