"""Claims, documents and theatres made by hand, for tests of the stages that take them."""

from collections.abc import Mapping, Sequence
from datetime import date

from fogline.model import (
    THIRD,
    UNKNOWN_SIDE,
    UNKNOWN_WHEN,
    Actor,
    Attribution,
    AttributionType,
    Basis,
    Certainty,
    Claim,
    Document,
    Extractor,
    Kind,
    Modality,
    Outlet,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Side,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
    When,
)

EXTRACTOR = Extractor(name="by-hand", version="1")

HRUSHIVKA = Place(
    name="Hrushivka", text="Hrushivka", geonameid=1, lat=49.7, lon=37.6, precision=PlacePrecision.SETTLEMENT
)
LYPOVE = Place(name="Lypove", text="Lypove", geonameid=2, lat=49.8, lon=37.7, precision=PlacePrecision.SETTLEMENT)

NORTH, SOUTH = "NO", "SO"

THEATRE = Theatre(
    name="made",
    sides=(Side(code=NORTH, name="North"), Side(code=SOUTH, name="South")),
    actors=(
        Actor(names=("General Oak", "Oak"), side=NORTH, standing="official"),
        Actor(names=("General Elm",), side=SOUTH, standing="official"),
        Actor(names=("Dr Reed",), side=THIRD, standing="researcher"),
    ),
    outlets=(
        Outlet(names=("Northern Voice",), side=NORTH, standing="state"),
        Outlet(names=("Southern Voice",), side=SOUTH, standing="state"),
        Outlet(names=("Southern Courier",), side=SOUTH, standing="independent"),
        Outlet(names=("World Wire",), side=THIRD, standing="wire"),
        Outlet(names=("Harbour Times",), side=THIRD, standing="independent"),
    ),
    priors={
        "official": (0.45, 0.95),
        "state": (0.4, 0.95),
        "independent": (0.8, 0.9),
        "wire": (0.85, 0.9),
        "researcher": (0.85, 0.9),
        "mapper": (0.85, 0.9),
        "blog": (0.5, 0.85),
    },
    begins=date(2022, 1, 1),
)


def day(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


def on(start: str, end: str = "", basis: Basis = Basis.STATED) -> When:
    """A day, or an interval where an ``end`` is given (``"-"``: open)."""
    first = day(start)
    last = None if end == "-" else day(end or start)
    edtf = start if last == first else f"{start}/{'..' if last is None else end}"
    precision = Precision.DAY if last == first else Precision.INTERVAL
    return When(start=first, end=last, edtf=edtf, precision=precision, text=edtf, basis=basis)


def document(name: str, *, outlet: str = "Harbour Times", published: str = "", text: str = "") -> Document:
    """A document of that name; ``published`` is an ISO day or empty for none."""
    when = on(published, basis=Basis.STATED) if published else UNKNOWN_WHEN
    return Document(
        article_id=f"article-{name}", name=name, text=text or f"The words of {name}.", outlet=outlet, published=when
    )


def side_of(name: str) -> str:
    """The side the made theatre knows the voice by."""
    known = {n: a.side for a in THEATRE.actors for n in a.names} | {n: o.side for o in THEATRE.outlets for n in o.names}
    return known.get(name, UNKNOWN_SIDE)


def claim(
    source: Document,
    *,
    kind: Kind = Kind.CONTROL,
    holder: str = "",
    manner: str = "",
    when: When | None = None,
    places: Sequence[Place] = (HRUSHIVKA,),
    speaker: str = "",
    side: str = "",
    speaker_type: SpeakerType = SpeakerType.PERSON,
    via: Sequence[str] = (),
    polarity: Polarity = Polarity.POSITIVE,
    modality: Modality = Modality.ACTUAL,
    certainty: Certainty = Certainty.CERTAIN,
    actor: str = "",
    target: str = "",
    quantities: Sequence[Quantity] = (),
    quote: str = "",
    start: int = 0,
) -> Claim:
    """A claim in that document: the outlet's own words, unless a ``speaker`` is given.

    Without a ``when`` the publication date stands in.
    """
    outlet = Speaker(name=source.outlet, type=SpeakerType.OUTLET, side=side_of(source.outlet))
    relays = [Speaker(name=n, type=SpeakerType.OUTLET, side=side_of(n)) for n in via]
    first = [Speaker(name=speaker, type=speaker_type, side=side or side_of(speaker))] if speaker else []
    if not speaker and side:
        outlet = Speaker(name=source.outlet, type=SpeakerType.OUTLET, side=side)
    words = quote or f"{holder or actor} {manner} {places[0].name if places else ''}".strip()
    if when is None:
        known = source.published
        when = (
            UNKNOWN_WHEN
            if known.end is None
            else When(
                start=known.start, end=known.end, edtf=known.edtf, precision=known.precision, basis=Basis.PUBLICATION
            )
        )
    return Claim(
        document_id=source.id,
        span=Span(start, start + len(words)),
        quote=words,
        kind=kind,
        attribution=Attribution(
            type=AttributionType.INDIRECT if speaker else AttributionType.NONE, chain=(*first, *relays, outlet)
        ),
        extractor=EXTRACTOR,
        holder=holder,
        actor=actor,
        target=target,
        polarity=polarity,
        certainty=certainty,
        modality=modality,
        places=tuple(places),
        when=when,
        quantities=tuple(quantities),
        manner=manner,
    )


def by_id(*documents: Document) -> Mapping[str, Document]:
    """Documents by their id."""
    return {one.id: one for one in documents}
