"""Made claims for measuring what comes after reading: seeded, labelled as made, as many as asked for.

A made war of two sides: the number of settlements and of days grows with the number of claims, as it does when a war goes
on, so that a settlement has about as many claims a month in a large ledger as in a small one. A fifth of the claims are
copies of another outlet's, one town in fifty is told of ten times as often as the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from fogline.model import (
    Attribution,
    AttributionType,
    Basis,
    Claim,
    Document,
    Extractor,
    Kind,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Span,
    Speaker,
    SpeakerType,
    When,
)

FIRST = date(2015, 1, 1)
DAYS = 1500
EXTRACTOR = Extractor(name="made", version="1")
SIDES = ("RU", "UA")
NAMES = {"RU": "Russian", "UA": "Ukrainian"}
_OBJECTS = ("depot", "bridge", "school", "hospital", "refinery", "station", "warehouse", "airfield", "market", "column")
_SMALL = tuple(f"word{n}" for n in range(400))
_KINDS = (Kind.CONTROL, Kind.CONTROL, Kind.BATTLE, Kind.STRIKE, Kind.ADVANCE, Kind.LOSSES, Kind.WITHDRAWAL)


def documents(count: int, seed: int) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Documents of five claims each until there are ``count`` claims; the same seed gives the same ones."""
    chance = random.Random(seed)
    places = [_place(number) for number in range(max(20, count // 400))]
    weights = [10 if number % 50 == 0 else 1 for number in range(len(places))]
    outlets = [f"Made Outlet {number}" for number in range(60)]
    earlier: list[tuple[Kind, str, Place, str, date]] = []
    made = 0
    while made < count:
        number = made // 5
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        outlet = outlets[chance.randrange(len(outlets))]
        when = _day(day, Basis.PUBLICATION)
        document = Document(
            article_id=f"article-{number}", name=f"made-{number}", text="", outlet=outlet, published=when
        )
        claims = []
        for at in range(min(5, count - made)):
            if earlier and chance.random() < 0.2:
                kind, side, place, words, when_told = earlier[chance.randrange(len(earlier))]
                claims.append(_claim(document, at, kind, side, place, words, _day(when_told, Basis.STATED), chance))
                continue
            place = chance.choices(places, weights)[0]
            kind, side = chance.choice(_KINDS), chance.choice(SIDES)
            words = _words(kind, side, place, chance)
            claims.append(_claim(document, at, kind, side, place, words, when, chance))
            earlier.append((kind, side, place, words, day))
            if len(earlier) > 2000:
                earlier.pop(0)
        made += len(claims)
        yield document, tuple(claims)


def _place(number: int) -> Place:
    precision = PlacePrecision.SETTLEMENT
    return Place(name=f"Madetown {number}", text=f"Madetown {number}", geonameid=number + 1, precision=precision)


def _day(day: date, basis: Basis) -> When:
    return When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=basis)


def _words(kind: Kind, side: str, place: Place, chance: random.Random) -> str:
    who, tail = NAMES[side], " ".join(chance.choices(_SMALL, k=chance.randrange(4, 14)))
    what = {
        Kind.CONTROL: f"{who} forces {chance.choice(('captured', 'hold', 'do not hold'))} {place.name}",
        Kind.BATTLE: f"{who} troops attacked {place.name}",
        Kind.STRIKE: f"{who} drones struck a {chance.choice(_OBJECTS)} in {place.name}",
        Kind.ADVANCE: f"{who} troops advanced near {place.name}",
        Kind.LOSSES: f"{chance.randrange(2, 90)} people were killed in {place.name}",
        Kind.WITHDRAWAL: f"{who} troops withdrew from {place.name}",
    }[kind]
    return f"{what} {tail}"


def _claim(
    source: Document, at: int, kind: Kind, side: str, place: Place, words: str, when: When, chance: random.Random
) -> Claim:
    outlet = Speaker(name=source.outlet, type=SpeakerType.OUTLET)
    spoken = chance.random() < 0.5
    speaker = Speaker(name=f"Spokesman {chance.randrange(300)}", side=chance.choice(SIDES))
    chain = (speaker, outlet) if spoken else (outlet,)
    number = float(words.split()[0]) if kind is Kind.LOSSES else None
    amounts = (
        (Quantity(low=number, high=number, unit="", of="people", approximate=False, text=f"{number:g} people"),)
        if number is not None
        else ()
    )
    start = at * 300
    return Claim(
        document_id=source.id,
        span=Span(start, start + len(words)),
        quote=words,
        kind=kind,
        attribution=Attribution(
            type=AttributionType.INDIRECT if spoken else AttributionType.NONE,
            content=(Span(start, start + len(words)),),
            chain=chain,
        ),
        extractor=EXTRACTOR,
        holder=side if kind is Kind.CONTROL else "",
        actor="" if kind is Kind.LOSSES else side,
        polarity=Polarity.NEGATIVE if "do not" in words else Polarity.POSITIVE,
        places=(place,),
        when=when,
        quantities=amounts,
        manner=("capture" if "captured" in words else "hold") if kind is Kind.CONTROL else "",
    )
