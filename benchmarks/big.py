"""A made ledger as large as asked for, loaded through the store's own bulk path: seeded, plausible, labelled as made.

A made war on real settlements of the theatre: a few towns are told of most, voices and outlets likewise; an eighth of the
claims are copies. What is concluded of them is made too (families, links, matters, grades), but for control, which is
inferred: comparing a million claims takes longer than a bench may, and what is measured here is reading. With ``--concluded`` it is
concluded as ``fogline build`` does it, so that it can grow.

    python -m benchmarks.big FILE [--claims 1000000] [--concluded]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import (
    Ahead,
    Article,
    Attribution,
    AttributionType,
    Basis,
    Certainty,
    Claim,
    Document,
    Extractor,
    Kind,
    Likelihood,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Run,
    Span,
    Speaker,
    SpeakerType,
    When,
)
from fogline.theatres.loading import load as theatre_named

if TYPE_CHECKING:
    from fogline.ports import Ledger

SEED = 7
FIRST, DAYS = date(2022, 2, 24), 1375
AT = datetime(2026, 1, 1, tzinfo=UTC)
A_DOCUMENT = 10
"""Claims in a document."""
BATCH = 2_000
"""Documents that go into the ledger in one transaction."""
EXTRACTOR = Extractor(name="made", version="1")
RUN = Run(extractor="made", version="1", cleaner="made", theatre="ukraine")
SIDES = ("RU", "UA", "third", "unknown")
WHO = {"RU": "Russian", "UA": "Ukrainian", "third": "Foreign", "unknown": "Unnamed"}
KINDS = (
    (Kind.CONTROL, 20), (Kind.BATTLE, 16), (Kind.STRIKE, 14), (Kind.ADVANCE, 10), (Kind.LOSSES, 8), (Kind.FORCES, 7),
    (Kind.WITHDRAWAL, 4), (Kind.LOGISTICS, 4), (Kind.INTENT, 4), (Kind.FORECAST, 3), (Kind.HUMANITARIAN, 4),
    (Kind.DIPLOMACY, 2), (Kind.ASSESSMENT, 2), (Kind.INDICATOR, 1), (Kind.BACKGROUND, 1),
)  # fmt: skip
TOLD = {
    Kind.CONTROL: "{who} forces {hold} {place}", Kind.BATTLE: "{who} troops attacked positions at {place}",
    Kind.STRIKE: "a {who} drone struck a {thing} in {place}", Kind.ADVANCE: "{who} units advanced near {place}",
    Kind.LOSSES: "{n} people were killed in {place}", Kind.FORCES: "{who} command has {n} vehicles around {place}",
    Kind.WITHDRAWAL: "{who} troops withdrew from {place}", Kind.LOGISTICS: "{who} supplies reach {place} by one {thing}",
    Kind.INTENT: "{who} command means to take {place}", Kind.FORECAST: "{place} will probably fall within weeks",
    Kind.HUMANITARIAN: "families were led out of {place}", Kind.DIPLOMACY: "envoys spoke of {place} at length",
    Kind.ASSESSMENT: "the fight for {place} is a costly distraction", Kind.INDICATOR: "a pontoon bridge appeared at {place}",
    Kind.BACKGROUND: "{place} lies on an old railway",
}  # fmt: skip
THINGS = ("depot", "bridge", "school", "hospital", "refinery", "station", "warehouse", "airfield", "market", "column")
SYLLABLES = ("ka", "ro", "vel", "min", "ta", "shu", "ber", "lo", "nid", "gra", "pol", "es", "ura", "tek", "osh")
COPIED = 0.125


@dataclass(frozen=True, slots=True)
class Told:
    """What conclusions need of a claim; ``original`` is the claim it copies, itself where it copies none."""

    id: str
    document: str
    speaker: Speaker
    outlet: str
    kind: Kind
    answer: str
    place: Place
    day: date
    original: str


@dataclass(slots=True)
class World:
    """What claims are made of, each list with the sums of its weights; and what was told so far."""

    places: list[Place]
    place_sums: list[float]
    voices: list[Speaker]
    voice_sums: list[float]
    outlets: list[str]
    outlet_sums: list[float]
    words: list[str]
    word_sums: list[float]
    told: list[Told] = field(default_factory=list)
    of_control: list[Claim] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)


def world(count: int) -> World:
    """Settlements, voices, outlets and words for so many claims; few of each are in most of the claims, as Zipf has it."""
    chance = random.Random(SEED)
    settled = [e for e in gazetteer_of(theatre_named("ukraine")).every() if _usable(e)]
    settled.sort(key=lambda e: (not e.front, -e.population, e.geonameid or 0))
    places = [
        Place(
            name=e.name, text=e.name, geonameid=e.geonameid, lat=e.lat, lon=e.lon, precision=PlacePrecision.SETTLEMENT
        )
        for e in settled[: max(20, count // 400)]
    ]
    voices = [
        Speaker(
            name=f"Made Speaker {n}",
            role=chance.choice(("spokesman", "governor", "analyst", "")),
            side=SIDES[min(n % 7, 3)] if n % 7 < 4 else SIDES[n % 2],
            type=SpeakerType.PERSON if n % 3 else SpeakerType.ORGANISATION,
        )
        for n in range(max(20, count // 300))
    ]
    outlets = [f"Made Outlet {n}" for n in range(max(10, count // 3000))]
    words = ["".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))) for _ in range(max(200, count // 50))]
    return World(
        places=places, place_sums=zipf(len(places), 0.9), voices=voices, voice_sums=zipf(len(voices), 0.9),
        outlets=outlets, outlet_sums=zipf(len(outlets), 0.7), words=words, word_sums=zipf(len(words), 1.0),
    )  # fmt: skip


def zipf(count: int, power: float) -> list[float]:
    """Sums of weights that fall with the rank to that power."""
    return list(accumulate(1 / (rank + 3) ** power for rank in range(count)))


def _usable(entry: Entry) -> bool:
    return (
        entry.feature is Feature.SETTLEMENT and entry.located and entry.geonameid is not None and entry.country == "UA"
    )


def readings(made: World, count: int) -> Iterator[Reading]:
    """Reports of ten claims each until there are ``count`` claims; the same count gives the same ones."""
    chance = random.Random(SEED + 1)
    recent: list[tuple[Kind, Speaker, Place, str, str]] = []
    kinds, kind_sums = [kind for kind, _ in KINDS], list(accumulate(weight for _, weight in KINDS))
    for number in range(count // A_DOCUMENT):
        day = FIRST + timedelta(days=min(DAYS - 1, int(DAYS * chance.random() ** 0.8)))
        outlet = chance.choices(made.outlets, cum_weights=made.outlet_sums)[0]
        picked = []
        for _ in range(A_DOCUMENT):
            if recent and chance.random() < COPIED:
                picked.append(recent[chance.randrange(len(recent))])
                continue
            kind = chance.choices(kinds, cum_weights=kind_sums)[0]
            place = chance.choices(made.places, cum_weights=made.place_sums)[0]
            voice = chance.choices(made.voices, cum_weights=made.voice_sums)[0]
            picked.append((kind, voice, place, _quote(made, kind, voice, place, chance), ""))
        reading = _reading(made, number, day, outlet, picked, chance)
        recent += [
            (kind, voice, place, quote, claim.id)
            for (kind, voice, place, quote, original), claim in zip(picked, reading.claims, strict=True)
            if not original
        ]
        del recent[:-3000]
        yield reading


def _quote(made: World, kind: Kind, voice: Speaker, place: Place, chance: random.Random) -> str:
    told = TOLD[kind].format(
        who=WHO[chance.choice(SIDES[:2])],
        hold=chance.choice(("captured", "hold", "hold", "do not hold")),
        place=place.name,
        thing=chance.choice(THINGS),
        n=chance.randrange(2, 90),
    )
    tail = " ".join(chance.choices(made.words, cum_weights=made.word_sums, k=chance.randrange(5, 16)))
    return f"{voice.name} said that {told}, {tail}."


def _reading(
    made: World,
    number: int,
    day: date,
    outlet: str,
    picked: list[tuple[Kind, Speaker, Place, str, str]],
    chance: random.Random,
) -> Reading:
    text = "\n\n".join(quote for _, _, _, quote, _ in picked)
    article = Article(name=f"made-{number:07d}.txt", raw=text.encode())
    undated = number % 200 == 199
    published = When() if undated else _day(day, Basis.PUBLICATION)
    document = Document(
        article_id=article.id, name=article.name, text=text, outlet=outlet, title=f"Made report {number}", language="en",
        published=published, cleaner="made",
    )  # fmt: skip
    claims, start = [], 0
    for kind, voice, place, quote, original in picked:
        claim = _claim(document, start, kind, voice, place, quote, published, chance)
        start += len(quote) + 2
        claims.append(claim)
        answer = claim.holder or str(chance.randrange(3))
        made.told.append(
            Told(claim.id, document.id, voice, outlet, kind, answer, place, day, original or claim.id)
        )  # fmt: skip
        if kind in (Kind.CONTROL, Kind.WITHDRAWAL):
            made.of_control.append(claim)
    if any(kind in (Kind.CONTROL, Kind.WITHDRAWAL) for kind, *_ in picked):
        made.documents[document.id] = document
    return Reading(article=article, document=document, claims=tuple(claims))


def _day(day: date, basis: Basis) -> When:
    return When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=basis)


def _claim(
    source: Document,
    start: int,
    kind: Kind,
    voice: Speaker,
    place: Place,
    quote: str,
    when: When,
    chance: random.Random,
) -> Claim:
    side = "RU" if "Russian" in quote else "UA"
    said = quote.index("that ") + 5
    number = next((float(word) for word in quote[said:].split() if word.isdigit()), None)
    counted = number is not None and kind in (Kind.LOSSES, Kind.FORCES)
    likely = chance.choice((Likelihood.LIKELY, Likelihood.UNLIKELY, Likelihood.VERY_LIKELY))
    amount = Quantity(low=number, high=number, unit="", of="people", approximate=False, text=f"{number or 0:g}")
    return Claim(
        document_id=source.id,
        span=Span(start, start + len(quote)),
        quote=quote,
        kind=kind,
        attribution=Attribution(
            type=AttributionType.INDIRECT,
            source=(Span(start, start + len(voice.name)),),
            cue=(Span(start + len(voice.name) + 1, start + len(voice.name) + 5),),
            content=(Span(start + said, start + len(quote) - 1),),
            chain=(voice, Speaker(name=source.outlet, type=SpeakerType.OUTLET)),
        ),
        extractor=EXTRACTOR,
        holder=side if kind in (Kind.CONTROL, Kind.FORECAST) else "",
        actor="" if kind is Kind.LOSSES else side,
        polarity=Polarity.NEGATIVE if "do not" in quote else Polarity.POSITIVE,
        certainty=chance.choices((Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE), (8, 1, 1))[0],
        modality=Modality.PREDICTED if kind is Kind.FORECAST else Modality.ACTUAL,
        places=(place,),
        when=When() if not when.known else _day(when.start, Basis.PUBLICATION) if when.start else When(),
        quantities=(amount,) if counted else (),
        manner=("capture" if "captured" in quote else "hold") if kind is Kind.CONTROL else "",
        ahead=Ahead(event="control", likelihood=likely, words="probably") if kind is Kind.FORECAST else None,
    )


def fill(ledger: Ledger, count: int, concluded: bool = False) -> None:
    """Load ``count`` made claims and what is concluded of them (made, or really ``concluded``), saying how far it is."""
    from benchmarks.big_concluded import conclusions

    made, batch, done = world(count), [], 0
    begun = time.perf_counter()
    for reading in readings(made, count):
        batch.append(reading)
        if len(batch) == BATCH:
            done += ledger.add(RUN, batch, AT)
            batch = []
            print(f"{done * A_DOCUMENT:9,} claims, {time.perf_counter() - begun:6.0f} s", flush=True)
    ledger.add(RUN, batch, AT)
    if concluded:
        _conclude(ledger)
        print(f"concluded, {time.perf_counter() - begun:6.0f} s", flush=True)
        return
    found = conclusions(made)
    print(f"concluded, {time.perf_counter() - begun:6.0f} s", flush=True)
    ledger.conclude(found)
    print(
        f"{len(found.links):,} links, {len(found.families):,} families, {len(found.matters):,} matters, "
        f"{len(found.control):,} settlements; {time.perf_counter() - begun:6.0f} s",
        flush=True,
    )


def _conclude(ledger: Ledger) -> None:
    from fogline.concluding import settled_anew
    from fogline.reading import way_of_reading

    settled_anew(ledger, theatre_named("ukraine"), way_of_reading("ukraine"))


def main() -> int:
    """Make the ledger where there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", help="a file, or postgresql://...")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument(
        "--concluded", action="store_true", help="compare, weigh and conclude: 6 minutes and 4 GB a million claims"
    )
    given = parser.parse_args()
    if "://" in given.ledger:
        from fogline.store.postgres import PostgresLedger

        with PostgresLedger(given.ledger) as shared:
            fill(shared, given.claims, given.concluded)
        return 0
    from fogline.store.sqlite import SqliteLedger

    if Path(given.ledger).exists():
        return 0
    making = Path(given.ledger).with_suffix(".making")
    making.unlink(missing_ok=True)
    with SqliteLedger(making) as ledger:
        fill(ledger, given.claims, given.concluded)
    making.rename(given.ledger)
    return 0


if __name__ == "__main__":
    sys.exit(main())
