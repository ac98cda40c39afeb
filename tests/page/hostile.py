"""A ledger whose every text is hostile: markup that would run, marks that turn the reading direction, a word of a million letters."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from tests.publish.world import article, claim, redecode

from fogline import flow
from fogline.config import Settings
from fogline.model import (
    Claim,
    Document,
    Kind,
    Modality,
    Place,
    PlacePrecision,
    Precision,
    Reading,
    Run,
    Speaker,
    SpeakerType,
    When,
)
from fogline.store.sqlite import SqliteLedger

SCRIPT = "<script>window.harmed=1</script>"
IMAGE = '<img src=x onerror="window.harmed=1">'
TURN = "\N{RIGHT-TO-LEFT OVERRIDE}"
LONG = "W" * 1_000_000
TOWN = Place(
    name="Vovchansk", text="Vovchansk", geonameid=689304, lat=50.29, lon=36.94, precision=PlacePrecision.SETTLEMENT
)
OUTLET = f"Courier {IMAGE}{TURN}"
GENERAL = Speaker(name=f"General {SCRIPT}{TURN}", role=f"chief {IMAGE}", side="UA", type=SpeakerType.PERSON)
MINISTRY = Speaker(name=f"Ministry {IMAGE}{TURN}", side="RU", type=SpeakerType.ORGANISATION)
TEXT = (
    f"{SCRIPT} {TURN}A report {IMAGE}\n\n"
    f"The general said that Vovchansk is under our control {SCRIPT} {TURN}today.\n\n"
    f"The ministry said that Russia took Vovchansk {IMAGE} {TURN}today.\n\n"
    f"The general said that Ukraine holds Vovchansk {LONG} wholly.\n\n"
    f"The general expects that Ukraine will hold it {SCRIPT}{TURN} in May.\n"
)
DAY = "2025-03-03"


def build(path: Path) -> None:
    """Write the ledger."""
    when = When(start=date(2025, 3, 3), end=date(2025, 3, 3), edtf=DAY, precision=Precision.DAY)
    source = article(f"{IMAGE}{TURN}.txt", TEXT, outlet=OUTLET, published=DAY)
    document = redecode(source)
    run = Run(extractor="by-hand", version="1", cleaner="by-hand", theatre="ukraine")
    with SqliteLedger(path) as ledger:
        read = Reading(article=source, document=document, claims=tuple(_claims(document, when)))
        ledger.add(run, [read], datetime(2025, 4, 1, tzinfo=UTC))
        _, _, conclusions = flow.concluded(ledger, flow.theatre_of(Settings(), (), ledger))
        ledger.conclude(conclusions)


def _claims(document: Document, when: When) -> Iterator[Claim]:
    at = {"places": (TOWN,), "when": when}
    line = document.text.split("\n\n")
    yield claim(document, line[1], GENERAL, holder="UA", **at)
    yield claim(document, line[2], MINISTRY, holder="RU", manner="captured", **at)
    yield claim(document, line[3], GENERAL, holder="UA", **at)
    yield claim(document, line[4].strip(), GENERAL, kind=Kind.FORECAST, modality=Modality.PREDICTED, holder="UA", **at)
