"""A made war over one town, with real bytes: reports, claims cut from them, conclusions and control by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fogline.foresee.outlook import outlook
from fogline.model import (
    Answer,
    Article,
    Attribution,
    AttributionType,
    Basis,
    Claim,
    ClaimGrade,
    Conclusions,
    Control,
    Document,
    Extractor,
    Family,
    Given,
    Kind,
    Link,
    Matter,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Reason,
    Relation,
    Side,
    SourceGrade,
    Span,
    Speaker,
    SpeakerType,
    Stretch,
    Theatre,
    When,
)
from fogline.publish.brief import Brief, compose

NORTH, SOUTH, THIRD = "NO", "SO", "third"
TOWN = Place(name="Dubrova", text="Dubrova", geonameid=7, lat=49.7, lon=37.6, precision=PlacePrecision.SETTLEMENT)
THEATRE = Theatre(
    name="made",
    title="The made war",
    sides=(Side(code=NORTH, name="Norland"), Side(code=SOUTH, name="Sudland")),
)
EXTRACTOR = Extractor(name="by-hand", version="1")
OAK = Speaker(name="General Oak", role="chief of staff", affiliation="Norland army", side=NORTH)
ELM = Speaker(name="Colonel Elm", role="spokesman", side=SOUTH)
REED = Speaker(name="Dr Reed", role="analyst", side=THIRD)
WIRE = Speaker(name="World Wire", side=THIRD, type=SpeakerType.OUTLET)


def on(text: str, basis: Basis = Basis.STATED) -> When:
    """A single day."""
    day = date.fromisoformat(text)
    return When(start=day, end=day, edtf=text, precision=Precision.DAY, text=text, basis=basis)


def article(name: str, text: str, outlet: str = "Harbour Times", published: str = "2025-03-02") -> Article:
    """A report's bytes with what was given about it."""
    return Article(name=name, raw=text.encode(), given=Given(outlet=outlet, title=f"On {name}", published=published))


def redecode(stored: Article) -> Document:
    """The document of stored bytes, as a cleaner would make it."""
    given = stored.given
    return Document(
        article_id=stored.id,
        name=stored.name,
        text=stored.raw.decode(),
        outlet=given.outlet,
        title=given.title,
        language="en",
        published=on(given.published) if given.published else When(),
    )


def claim(source: Document, quote: str, *voices: Speaker, kind: Kind = Kind.CONTROL, **about: object) -> Claim:
    """A claim cut from the document's text; raises ``ValueError`` where the quote is not in it."""
    start = source.text.index(quote)
    outlet = Speaker(name=source.outlet, side=THIRD, type=SpeakerType.OUTLET)
    span = Span(start, start + len(quote))
    attributed = AttributionType.INDIRECT if voices else AttributionType.NONE
    given: dict[str, object] = {"places": (TOWN,), "when": source.published, **about}
    return Claim(
        document_id=source.id,
        span=span,
        quote=quote,
        kind=kind,
        attribution=Attribution(type=attributed, content=(span,), chain=(*voices, outlet)),
        extractor=EXTRACTOR,
        **given,  # type: ignore[arg-type]
    )


TEXTS = {
    "first.txt": (
        "Southern Sun",
        "2025-02-20",
        "Dubrova is a rail town on the Lipa. Its depot feeds the whole southern front. "
        "Colonel Elm said that Dubrova is under the full control of the Sudland army. "
        "The north wants to cut the railway, he said.",
    ),
    "second.txt": (
        "Northern Voice",
        "2025-03-01",
        "General Oak told World Wire that his troops took Dubrova on 1 March. "
        "He put enemy losses at 300 soldiers. If reserves come, the road will be cut within a month.",
    ),
    "copy.txt": (
        "Northern Post",
        "2025-03-01",
        "General Oak told World Wire that his troops took Dubrova on 1 March.",
    ),
    "third.txt": (
        "Harbour Times",
        "2025-03-02",
        "Dubrova still flies the flag of Sudland, our reporter saw. "
        "Dr Reed called the northern drive a feint. Dr Reed doubts that Norland holds Dubrova. "
        "Watch the number of trains through the depot over the next three months.",
    ),
}


@dataclass(frozen=True)
class World:
    """All that a brief is composed from."""

    articles: tuple[Article, ...]
    documents: dict[str, Document]
    claims: tuple[Claim, ...]
    conclusions: Conclusions
    control: Control

    def brief(self, **about: object) -> Brief:
        """The brief on the town."""
        return compose(TOWN.name, TOWN.geonameid, **self.given(), **about)  # type: ignore[arg-type]

    def given(self) -> dict[str, object]:
        """The arguments of ``compose``."""
        hashes = {redecode(one).id: one.sha256 for one in self.articles}
        return {
            "claims": self.claims,
            "documents": self.documents,
            "hashes": hashes,
            "conclusions": self.conclusions,
            "control": self.control,
            "outlook": outlook(self.claims, self.conclusions.links),
            "theatre": THEATRE,
        }


def world(texts: dict[str, tuple[str, str, str]] | None = None) -> World:
    """The made war."""
    articles = tuple(
        article(name, text, outlet, published) for name, (outlet, published, text) in (texts or TEXTS).items()
    )
    documents = [redecode(one) for one in articles]
    claims = tuple(_claims(*documents))
    return World(
        articles=articles,
        documents={document.id: document for document in documents},
        claims=claims,
        conclusions=_conclusions(claims),
        control=_control(claims),
    )


def _claims(first: Document, second: Document, copy: Document, third: Document) -> Iterable[Claim]:
    took = "his troops took Dubrova on 1 March"
    yield claim(first, "Dubrova is a rail town on the Lipa.", kind=Kind.BACKGROUND)
    yield claim(first, "Its depot feeds the whole southern front.", kind=Kind.LOGISTICS, places=(), actor=SOUTH)
    yield claim(first, "Dubrova is under the full control of the Sudland army", ELM, holder=SOUTH, manner="holds")
    yield claim(first, "The north wants to cut the railway", ELM, kind=Kind.INTENT, places=(), actor=NORTH)
    for source in (second, copy):
        yield claim(source, took, OAK, WIRE, holder=NORTH, manner="captured", when=on("2025-03-01"))
    yield claim(
        second,
        "He put enemy losses at 300 soldiers.",
        OAK,
        WIRE,
        kind=Kind.LOSSES,
        quantities=(Quantity(low=300, high=300, unit="", of="soldiers", approximate=False, text="300 soldiers"),),
    )
    yield claim(
        second,
        "If reserves come, the road will be cut within a month.",
        kind=Kind.FORECAST,
        modality=Modality.CONDITIONAL,
        places=(),
    )
    yield claim(third, "Dubrova still flies the flag of Sudland, our reporter saw.", holder=SOUTH, manner="holds")
    yield claim(third, "Dr Reed called the northern drive a feint.", REED, kind=Kind.ASSESSMENT, places=())
    yield claim(third, "Dr Reed doubts that Norland holds Dubrova.", REED, holder=NORTH, polarity=Polarity.NEGATIVE)
    yield claim(
        third,
        "Watch the number of trains through the depot over the next three months.",
        kind=Kind.INDICATOR,
        places=(),
    )


def _conclusions(claims: Sequence[Claim]) -> Conclusions:
    held, took, copied = claims[2], claims[4], claims[5]
    flag, doubt = claims[8], claims[10]
    families = [Family(root=took.id, members=(took.id, copied.id))]
    families += [Family(root=c.id, members=(c.id,)) for c in claims if c not in (took, copied)]
    name = {member: family.id for family in families for member in family.members}
    why = Reason(name="holder", detail="same town, same days, different holder", claims=(took.id, flag.id))
    matter = Matter(
        question="who holds Dubrova around 1 March 2025",
        place="Dubrova",
        aspect="control",
        answers=(
            Answer(value=SOUTH, claims=(held.id, flag.id), families=(name[held.id], name[flag.id])),
            Answer(value=NORTH, claims=(took.id, copied.id), families=(name[took.id],)),
        ),
    )
    return Conclusions(
        families=tuple(families),
        links=(
            Link(a=took.id, b=flag.id, relation=Relation.CONTRADICTS, aspect="control", reasons=(why,)),
            Link(a=copied.id, b=flag.id, relation=Relation.CONTRADICTS, aspect="control", reasons=(why,)),
            Link(a=held.id, b=flag.id, relation=Relation.CORROBORATES, aspect="control", reasons=(why,)),
        ),
        matters=(matter,),
        sources=tuple(
            SourceGrade(
                name=voice, type=SpeakerType.PERSON, side=side, claims=2, reliability=0.6, grade=grade,
                reasons=(Reason(name="prior", detail=f"{voice} speaks as an official"),),
            )
            for voice, side, grade in (("Colonel Elm", SOUTH, "C"), ("General Oak", NORTH, "D"), ("Nobody", "", "F"))
        ),
        grades=tuple(ClaimGrade(claim=c.id, credibility=3, reasons=()) for c in (took, flag, doubt)),
    )  # fmt: skip


def _control(claims: Sequence[Claim]) -> Control:
    start, turn, end = date(2025, 2, 10), date(2025, 2, 20), date(2025, 3, 2)
    before = {NORTH: 0.2, SOUTH: 0.2, "contested": 0.6}
    after = {NORTH: 0.1, SOUTH: 0.82, "contested": 0.08}
    daily = tuple(
        tuple((before if start + timedelta(days=n) < turn else after).values()) for n in range((end - start).days + 1)
    )
    return Control(
        place="Dubrova",
        geonameid=7,
        known_by=None,
        states=(NORTH, SOUTH, "contested"),
        start=start,
        daily=daily,
        timeline=(
            Stretch(
                start=start, end=turn - timedelta(days=1), belief=before, status="contested", claims=(claims[2].id,)
            ),
            Stretch(start=turn, end=end, belief=after, status=SOUTH, claims=(claims[2].id, claims[8].id)),
        ),
    )
