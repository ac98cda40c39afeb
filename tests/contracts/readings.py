"""Runs, readings and conclusions made by hand: what the ledger's contract is tried with."""

from datetime import UTC, date, datetime

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
    Furniture,
    FurnitureKind,
    Given,
    Judgement,
    Kind,
    Link,
    Matter,
    Place,
    PlacePrecision,
    Precision,
    Quantity,
    Reading,
    Reason,
    Relation,
    Run,
    SourceGrade,
    Span,
    Speaker,
    SpeakerType,
    Stretch,
    When,
)

NOON = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)

FIRST = Run(extractor="by-hand", version="1", cleaner="plain-1", theatre="made")
SECOND = Run(extractor="by-hand", version="2", cleaner="plain-1", theatre="made", settings='{"cautious":true}')

HRUSHIVKA = Place(
    name="Hrushivka", text="Hrushivka", geonameid=1, lat=49.71, lon=37.61, precision=PlacePrecision.SETTLEMENT
)
LYPOVE = Place(name="Lypove", text="near Lypove", geonameid=2, lat=48.02, lon=37.8, precision=PlacePrecision.NEAR)
NOWHERE = Place(name="", text="Kaminets")

ELM = Speaker(name="General Elm", role="commander", affiliation="the Southern army", side="SO")
COURIER = Speaker(name="Harbour Courier", side="third", type=SpeakerType.OUTLET)


def reading(
    name: str, *sentences: str, places: tuple[Place, ...] = (HRUSHIVKA,), version: str = "1", given: Given | None = None
) -> Reading:
    """A report of those sentences, read so that each is a claim of General Elm's about the places."""
    text = " ".join(sentences)
    article = Article(name=name, raw=text.encode("utf-8"), given=given or Given())
    document = Document(
        article_id=article.id,
        name=name,
        text=text,
        outlet=COURIER.name,
        title="From the front",
        language="en",
        published=on(date(2025, 11, 19)),
        url=f"https://courier.example/{name}",
        furniture=(Furniture(Span(0, 0), FurnitureKind.TITLE),),
        cleaner="plain-1",
    )
    starts = [sum(len(sentence) + 1 for sentence in sentences[:n]) for n in range(len(sentences))]
    claims = tuple(
        said(document, start, sentence, places, version) for start, sentence in zip(starts, sentences, strict=True)
    )
    return Reading(article=article, document=document, claims=claims)


def said(document: Document, start: int, sentence: str, places: tuple[Place, ...], version: str) -> Claim:
    """The claim that a sentence of the document is."""
    span = Span(start, start + len(sentence))
    return Claim(
        document_id=document.id,
        span=span,
        quote=sentence,
        kind=Kind.CONTROL,
        attribution=Attribution(type=AttributionType.DIRECT, content=(span,), chain=(ELM, COURIER)),
        extractor=Extractor(name="by-hand", version=version),
        holder="SO",
        places=places,
        when=on(date(2025, 11, 18)),
        quantities=(Quantity(low=3.0, high=None, unit="km", of="", approximate=True, text="over three km"),),
        manner="holds",
    )


def on(day: date) -> When:
    """That day, as stated."""
    return When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, text=str(day), basis=Basis.STATED)


def conclusions(claims: tuple[Claim, ...], belief: float = 0.75) -> Conclusions:
    """One of everything that can be concluded, about those claims."""
    ids = tuple(claim.id for claim in claims)
    why = (Reason(name="same words", detail="the passages agree", weight=0.5, claims=ids),)
    family = Family(root=ids[0], members=ids, reasons=why)
    day = date(2025, 11, 18)
    beliefs = {"SO": belief, "NO": 0.25, "contested": 0.75 - belief}
    return Conclusions(
        families=(family,),
        links=(Link(a=ids[0], b=ids[-1], relation=Relation.REPEATS, aspect="control", reasons=why),),
        matters=(
            Matter(
                question="Who holds Hrushivka?",
                place="Hrushivka",
                aspect="control",
                answers=(Answer(value="SO", claims=ids, families=(family.id,)),),
            ),
        ),
        sources=(
            SourceGrade(
                name="General Elm",
                type=SpeakerType.PERSON,
                side="SO",
                claims=len(ids),
                reliability=0.1 + 0.2,
                grade="C",
                reasons=why,
            ),
        ),
        grades=tuple(ClaimGrade(claim=id, credibility=3, reasons=why) for id in ids),
        control=(
            Control(
                place="Hrushivka",
                geonameid=1,
                known_by=None,
                states=tuple(beliefs),
                start=day,
                daily=(tuple(beliefs.values()), (0.1, 0.2, 0.7)),
                timeline=(Stretch(start=day, end=date(2025, 11, 19), belief=beliefs, status="SO", claims=ids),),
                reasons=why,
            ),
        ),
    )


def judgement(reason: str, at: datetime = NOON, decision: str = "reject") -> Judgement:
    """What an editor decided about a claim."""
    return Judgement(subject="claim-1", decision=decision, value="", person="An editor", reason=reason, at=at)
