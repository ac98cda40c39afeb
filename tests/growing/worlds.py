"""Made reports in which everything that a new report can touch does happen: copies, wires, districts, days unknown."""

import random
from dataclasses import replace
from datetime import date, timedelta

from fogline.model import (
    Article,
    Attribution,
    AttributionType,
    Basis,
    Claim,
    Document,
    Extractor,
    Kind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    Speaker,
    SpeakerType,
    When,
)

FIRST, DAYS = date(2024, 1, 1), 90
EXTRACTOR = Extractor(name="made", version="1")
SIDES = {"RU": "Russian", "UA": "Ukrainian"}
TOWNS = (("Kupiansk", 703656), ("Vovchansk", 689304), ("Dvorichna", 709399), ("Lyman", 704204))
UNITS = (("Kupiansk Raion", 11_000_000), ("Chuhuiv Raion", 11_000_001))
KINDS = (Kind.CONTROL, Kind.CONTROL, Kind.ADVANCE, Kind.STRIKE, Kind.LOSSES, Kind.WITHDRAWAL, Kind.INTENT)
WORDS = tuple(f"word{n}" for n in range(120))

NAMES = [
    ("Syrskyi", 40),
    ("Vovchansk", 15),
    ("Lyman", 1200),
    ("Zelensky", 35),
    ("Dvorichna", 77),
    ("Petrenko", 310),
    ("Kharkiv", 52),
]


def readings(count: int, seed: int, towns: tuple[tuple[str, int], ...] = TOWNS) -> list[Reading]:
    """So many reports of a few claims each; a third are copies of earlier ones, whole or carried in a longer text."""
    chance = random.Random(seed)
    made: list[Reading] = []
    for number in range(count):
        said = FIRST + timedelta(chance.randrange(DAYS))
        published = When() if chance.random() < 0.1 else day(said, Basis.PUBLICATION)
        outlet = f"Outlet {chance.randrange(8)}"
        told = [sentence(chance, said, towns) for _ in range(chance.randrange(1, 5))]
        if made and chance.random() < 0.35:
            copied = [(claim, claim.quote) for claim in chance.choice(made).claims]
            told = copied if chance.random() < 0.5 else [*told, *copied]
        text = "\n\n".join(f"{quote}." for _, quote in told) + "\n\n" + " ".join(chance.choices(WORDS, k=30))
        if chance.random() < 0.2:
            text = f"KYIV, May 3 (World Wire) - {text}"
        made.append(reading(f"report-{number:03}.txt", text, outlet, published, told))
    return made


def of_districts() -> list[Reading]:
    """What one speaker says of two districts, and in other words of one of them: one voice."""
    said, width = FIRST + timedelta(30), PlacePrecision.DISTRICT
    units = tuple(Place(name=n, text=n, geonameid=i, precision=width) for n, i in UNITS)
    chain = (Speaker(name="Speaker 0", side="third"), Speaker(name="", type=SpeakerType.OUTLET))
    made: list[Reading] = []
    for number, (places, quote) in enumerate(
        ((units, "Russian forces hold both of the districts"), (units[:1], "Russian forces hold all of the district"))
    ):
        content = (Span(0, len(quote)),)
        claim = Claim(
            document_id="", span=content[0], quote=quote, kind=Kind.CONTROL, extractor=EXTRACTOR, holder="RU",
            actor="RU", manner="hold", places=places, when=day(said, Basis.STATED),
            attribution=Attribution(type=AttributionType.INDIRECT, content=content, chain=chain),
        )  # fmt: skip
        published = day(said + timedelta(number), Basis.PUBLICATION)
        made.append(reading(f"district-{number}.txt", f"{quote}.", f"Gazette {number}", published, [(claim, quote)]))
    return made


def reading(name: str, text: str, outlet: str, published: When, told: list[tuple[Claim, str]]) -> Reading:
    """A report as it was read: ``told`` are claims to be heard in it, with their words."""
    article = Article(name=name, raw=text.encode())
    document = Document(article_id=article.id, name=name, text=text, outlet=outlet, published=published)
    claims, at = [], 0
    for claim, quote in told:
        at = text.index(quote, at)
        claims.append(moved(claim, document, Span(at, at + len(quote))))
    return Reading(article=article, document=document, claims=tuple(claims))


def moved(claim: Claim, document: Document, span: Span) -> Claim:
    """The same claim, heard in another document."""
    outlet = Speaker(name=document.outlet, type=SpeakerType.OUTLET)
    chain = (*claim.attribution.chain[:-1], outlet)
    attribution = Attribution(type=claim.attribution.type, content=(span,), chain=chain)
    when = claim.when if claim.when.basis is not Basis.PUBLICATION else document.published
    return Claim(
        document_id=document.id, span=span, quote=claim.quote, kind=claim.kind, attribution=attribution, when=when,
        extractor=EXTRACTOR, holder=claim.holder, actor=claim.actor, polarity=claim.polarity, modality=claim.modality,
        places=claim.places, quantities=claim.quantities, manner=claim.manner,
    )  # fmt: skip


def sentence(chance: random.Random, said: date, towns: tuple[tuple[str, int], ...]) -> tuple[Claim, str]:
    """A claim in a sentence of its own."""
    kind, side = chance.choice(KINDS), chance.choice(tuple(SIDES))
    places = spots(chance, towns)
    where = " and ".join(place.text for place in places) or "the front"
    who, n = SIDES[side], chance.randrange(2, 60)
    manner = chance.choice(("capture", "hold", "lose")) if kind is Kind.CONTROL else ""
    words = {
        Kind.CONTROL: f"{who} forces {'do not hold' if manner == 'lose' else manner} {where}",
        Kind.ADVANCE: f"{who} troops advanced near {where}",
        Kind.STRIKE: f"{who} drones struck a depot in {where}",
        Kind.LOSSES: f"{n} people were killed in {where}",
        Kind.WITHDRAWAL: f"{who} troops withdrew from {where}",
        Kind.INTENT: f"the {who} command wants to encircle {where} to cut the road",
    }[kind]
    quote = f"{words} {' '.join(chance.choices(WORDS, k=chance.randrange(2, 16)))}"
    speaker = Speaker(name=f"Speaker {chance.randrange(6)}", side=chance.choice((*SIDES, "third")))
    relay = Speaker(name=f"Agency {chance.randrange(2)}", type=SpeakerType.OUTLET)
    outlet = Speaker(name="", type=SpeakerType.OUTLET)
    chain = chance.choice(((outlet,), (speaker, outlet), (speaker, relay, outlet)))
    stated = day(said - timedelta(chance.randrange(20)), Basis.STATED)
    counted = Quantity(low=n, high=n, unit="", of="people", approximate=False, text=f"{n} people")
    claim = Claim(
        document_id="", span=Span(0, len(quote)), quote=quote, kind=kind, extractor=EXTRACTOR,
        attribution=Attribution(type=AttributionType.INDIRECT, content=(Span(0, len(quote)),), chain=chain),
        when=chance.choice((stated, When(basis=Basis.PUBLICATION), When())), manner="" if manner == "lose" else manner,
        holder=side if kind is Kind.CONTROL else "", actor="" if kind is Kind.LOSSES else side, places=places,
        polarity=Polarity.NEGATIVE if manner == "lose" else Polarity.POSITIVE,
        modality=Modality.UNVERIFIED if chance.random() < 0.1 else Modality.ACTUAL,
        quantities=(counted,) if kind is Kind.LOSSES else (),
    )  # fmt: skip
    return claim, quote


def spots(chance: random.Random, towns: tuple[tuple[str, int], ...]) -> tuple[Place, ...]:
    """One town mostly, two at times, none, or a district or two."""
    drawn = chance.random()
    if drawn < 0.08:
        return ()
    if drawn < 0.18:
        told = UNITS if drawn < 0.13 else UNITS[:1] if drawn < 0.15 else UNITS[1:]
        return tuple(Place(name=n, text=n, geonameid=i, precision=PlacePrecision.DISTRICT) for n, i in told)
    names = chance.sample(towns, 2 if drawn < 0.3 else 1)
    return tuple(Place(name=n, text=n, geonameid=i, precision=PlacePrecision.SETTLEMENT) for n, i in sorted(names))


def day(told: date, basis: Basis) -> When:
    """A time of one day."""
    return When(start=told, end=told, edtf=told.isoformat(), precision=Precision.DAY, basis=basis)


def in_two_languages(count: int, seed: int, chance: random.Random) -> list[Reading]:
    """So many reports, and half of them again in another language, with the names and numbers in them."""
    made: list[Reading] = []
    for n, one in enumerate(readings(count, seed)):
        names = " ".join(f"with {name} {number}" for name, number in chance.sample(NAMES, 5))
        told = [(claim, claim.quote) for claim in one.claims]
        text, published = f"{one.document.text}\n\nA list {names}.", one.document.published
        made.append(speaking(reading(f"one-{n}.txt", text, f"Outlet {n % 5}", published, told), "en"))
        if n % 2:
            told = [german(claim, n, at) for at, (claim, _) in enumerate(told[: chance.randrange(1, 4)])]
            text = f"{' '.join(quote for _, quote in told)}\n\nEin Verzeichnis {names}."
            made.append(speaking(reading(f"two-{n}.txt", text, f"Blatt {n % 3}", published, told), "de"))
    return made


def german(claim: Claim, *numbers: int) -> tuple[Claim, str]:
    """The same in other words."""
    quote = f"Meldung {numbers} aus {' und '.join(place.text for place in claim.places) or 'dem Land'}"
    return replace(claim, quote=quote), quote


def speaking(one: Reading, language: str) -> Reading:
    """The report in that language."""
    document = replace(one.document, language=language)
    claims = tuple(replace(claim, document_id=document.id) for claim in one.claims)
    return replace(one, document=document, claims=claims)
