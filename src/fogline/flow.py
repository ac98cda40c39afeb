"""The whole path on one page: bring in, read, hear, compare, weigh, conclude, look ahead, tell.

A reader who wants to know what fogline does starts here. Each step is a pure function of one stage; this module alone
hands the values from one to the next and to the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fogline import bulk, registry
from fogline.comparing import Comparison as Comparison
from fogline.comparing import compared as compared
from fogline.concluding import conclude as conclude
from fogline.concluding import concluded as concluded
from fogline.concluding import settle, settled_anew, silent
from fogline.config import Settings
from fogline.errors import InputError
from fogline.knowing import knows
from fogline.model import Article, Claim, Conclusions, Control, Document, Failure, Judgement, Reading, Theatre
from fogline.nearby import neighbours, units_within
from fogline.ports import Ledger, Progress
from fogline.reading import FEW, Intake, engine_of, heard, sampled, theatre_meant, theatre_named, way_of_reading
from fogline.reading import theatre_of as theatre_of

if TYPE_CHECKING:
    from fogline.control.clocks import Delay
    from fogline.gazetteer import Entry
    from fogline.publish.brief import Brief, Foresight
    from fogline.publish.verify import Broken, Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build did: inputs read now, known before, failed; and what the ledger holds after it.

    ``weighed`` is how many claims there were when sources were last weighed.
    """

    read: int = 0
    known: int = 0
    failures: tuple[Failure, ...] = ()
    documents: int = 0
    claims: int = 0
    families: int = 0
    disputes: int = 0
    places: int = 0
    weighed: int = 0
    theatre: str = ""


def build(
    paths: Sequence[Path | str],
    ledger: Ledger,
    settings: Settings,
    *,
    now: datetime,
    progress: Progress = silent,
    anew: bool = False,
) -> Summary:
    """Read the reports at ``paths`` (a text is an address) into the ledger and conclude, as ``take_in`` says."""
    return take_in(sampled(paths, settings), ledger, settings, now=now, progress=progress, anew=anew)


def take_in(
    sample_and_all: tuple[Sequence[Article | Failure], Iterable[Article | Failure]],
    ledger: Ledger,
    settings: Settings,
    *,
    now: datetime,
    progress: Progress = silent,
    anew: bool = False,
) -> Summary:
    """Read articles, given as the first of them and all, into the ledger and conclude; what it holds already is not read again.

    Only what the new reports touch is concluded, by what was learned of the sources before; everything where they are many
    beside what is there (see ``growing``), and where ``anew`` says so.

    Inputs that cannot be read are listed in the summary and the others go on. Raises ``LedgerError`` where the ledger
    cannot be written; what was stored before stays.
    """
    found, articles = sample_and_all
    reference = theatre_meant(settings, found, ledger)
    theatre = theatre_named(reference)
    run = way_of_reading(reference)
    ledger.start(run, now)
    intake = Intake(articles, partial(ledger.has, run))
    failures, read = intake.failures, 0
    for batch in bulk.heard(intake, reference, settings, len(found)):
        failures += [entry for entry in batch if isinstance(entry, Failure)]
        read += ledger.add(run, [entry for entry in batch if isinstance(entry, Reading)], now)
        progress("reading", read + intake.known + len(failures), 0)
    return Summary(
        read=read,
        known=intake.known,
        failures=tuple(sorted(failures, key=lambda f: (f.name, f.problem))),
        theatre=theatre.name,
        **settle(ledger, theatre, run, progress, anew=anew, engine=partial(engine_of, settings, FEW)),
    )


def check_names(settings: Settings) -> None:
    """Raise what is wrong with the theatre or engine that the settings name, before anything is made for it."""
    if settings.theatre:
        theatre_of(settings, ())
    if settings.engine:
        registry.pick("engine", settings.engine.partition("://")[0])


def hear(paths: Sequence[Path], settings: Settings) -> Iterator[Reading | Failure]:
    """Read the reports at ``paths`` without a ledger: each as a reading, or as a failure that says why not."""
    found, articles = sampled(paths, settings)
    theatre = theatre_meant(settings, found)
    intake = Intake(articles)
    for batch in heard(intake, theatre, settings, len(found)):
        yield from batch
    yield from intake.failures


TOGETHER = 256
"""Documents that a step hears at once, so that memory stays bounded on any input."""


def hearings(
    paths: Sequence[Path], what: str, settings: Settings
) -> Iterator[tuple[Document, Sequence[Any]] | Failure]:
    """What one step alone hears in the reports at ``paths``: ``attributions``, ``places``, ``dates`` or ``quantities``.

    Documents are heard in batches of ``TOGETHER``: places help each other among an outlet's documents in a batch.
    All of the text is heard, titles and captions too: nothing is furniture to a step that is being measured.
    """
    from fogline.clean.cleaning import clean

    found, articles = sampled(paths, settings)
    theatre = theatre_of(settings, found)
    step = _step(what, theatre)
    while batch := list(islice(articles, TOGETHER)):
        documents: list[Document] = []
        for entry in batch:
            if isinstance(entry, Failure):
                yield entry
                continue
            try:
                documents.append(replace(clean(entry, theatre), furniture=()))
            except InputError as error:
                yield Failure(name=entry.name, problem=error.message, remedy=error.hint)
        yield from zip(documents, step(documents), strict=True)


def _step(what: str, theatre: Theatre) -> Callable[[Sequence[Document]], Iterable[Sequence[Any]]]:
    from fogline import timex
    from fogline.extract import attribution, places, quantities
    from fogline.extract.parse import parse
    from fogline.gazetteer.loading import load as gazetteer_of

    if what == "places":
        gazetteer = gazetteer_of(theatre)
        return lambda documents: places.toponyms(documents, gazetteer, theatre)
    hear: dict[str, Callable[[Document], Sequence[Any]]] = {
        "attributions": lambda document: attribution.find(document, parse(document)),
        "dates": lambda document: timex.of_document(document, theatre.anchors),
        "quantities": lambda document: quantities.find(document.text),
    }
    return partial(map, hear[what])


def judge(ledger: Ledger, judgement: Judgement, settings: Settings) -> Conclusions:
    """Keep what a person decided, and conclude anew."""
    ledger.judge(judgement)
    return settled_anew(ledger, theatre_of(settings, (), ledger), ledger.runs()[-1][0])


def known_by(
    ledger: Ledger, theatre: Theatre, day: date | None
) -> tuple[tuple[Claim, ...], dict[str, Document], Conclusions]:
    """The claims, documents and conclusions as known on ``day``: from what had been published by then (``None``: all).

    Claims that a person rejected do not count, on any day.
    """
    return knows(ledger).known(theatre, day)


def control(ledger: Ledger, place: str, settings: Settings, *, day: date | None = None) -> Control:
    """The control timeline of the settlement a user means by ``place``, as known by ``day`` (``None``: in hindsight).

    Raises ``UnknownPlace`` where the gazetteer has no such settlement.
    """
    from fogline.control.inferring import infer

    theatre = theatre_of(settings, (), ledger)
    entry = place_meant(place, ledger.claims(), theatre)
    claims, documents, conclusions = known_by(ledger, theatre, day)
    found = knows(ledger).concluded(entry.geonameid, day)
    if found is None:
        places = [] if entry.geonameid is None else [entry.geonameid]
        found = infer(
            claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day, places=places,
            within=units_within(claims, theatre),
        )  # fmt: skip
    return found[0] if found else nothing_known(entry.name, entry.geonameid, theatre, day)


def delays(ledger: Ledger, place: str, settings: Settings) -> tuple[Control, tuple[Delay, ...]]:
    """The control of a settlement in hindsight, and for each change when it could first be known: both clocks at once.

    Raises ``UnknownPlace`` where the gazetteer has no such settlement.
    """
    from fogline.control import clocks

    hindsight = control(ledger, place, settings)
    documents = {document.id: document.published for document in ledger.documents()}
    speaking = {c.document_id for c in ledger.claims() if any(p.geonameid == hindsight.geonameid for p in c.places)}
    days = [documents[name].end for name in sorted(speaking)]
    known = lambda day: control(ledger, place, settings, day=day)  # noqa: E731
    return hindsight, clocks.delays(hindsight, known, [day for day in days if day is not None])


def place_meant(name: str, claims: Sequence[Claim], theatre: Theatre) -> Entry:
    """The settlement a user means by a name: the one that most claims speak of, else the gazetteer's best.

    Raises ``UnknownPlace`` where the gazetteer has no such settlement.
    """
    spoken_of = Counter(place.geonameid for claim in claims for place in claim.places if place.geonameid)
    return place_spoken_of(name, spoken_of, theatre)


def place_spoken_of(name: str, spoken_of: Mapping[int, int], theatre: Theatre) -> Entry:
    """The same, where it is known how many claims speak of each place, by GeoNames id."""
    from fogline.gazetteer.loading import load as gazetteer_of

    gazetteer = gazetteer_of(theatre)
    settled = [entry for entry in gazetteer.candidates(name) if spoken_of.get(entry.geonameid or 0)]
    best = max(
        settled, key=lambda entry: (spoken_of.get(entry.geonameid or 0, 0), -(entry.geonameid or 0)), default=None
    )
    return best or gazetteer.find(name)


def nothing_known(name: str, geonameid: int | None, theatre: Theatre, day: date | None) -> Control:
    """The control of a settlement of which the ledger says nothing."""
    states = (*theatre.codes, "contested")
    return Control(place=name, geonameid=geonameid, known_by=day, states=states, start=None, daily=(), timeline=())


def brief(
    ledger: Ledger,
    place: str,
    settings: Settings,
    *,
    start: date | None = None,
    end: date | None = None,
    day: date | None = None,
    foresight: Foresight | None = None,
) -> Brief:
    """The cited report on a settlement; ``start`` and ``end`` bound what it tells of, ``day`` what was known by then.

    ``foresight`` is what is followed ahead, as ``fogline.ahead.foresight`` works it out.
    """
    from fogline.foresee.outlook import outlook
    from fogline.publish import brief as briefs

    theatre = theatre_of(settings, (), ledger)
    entry = place_meant(place, ledger.claims(), theatre)
    known = knows(ledger)
    claims, documents, conclusions = known.known(theatre, day)
    return briefs.compose(
        entry.name,
        entry.geonameid,
        claims=claims,
        documents=documents,
        hashes=known.hashes_of(documents),
        conclusions=conclusions,
        control=control(ledger, place, settings, day=day),
        outlook=outlook(claims, conclusions.links),
        theatre=theatre,
        neighbours=neighbours(entry, claims, documents, conclusions, theatre, day),
        foresight=foresight or briefs.NOTHING_FOLLOWED,
        start=start,
        end=end,
        known_by=day,
        rest=known.rest,
        texts=known.texts,
    )


def verify(ledger: Ledger, cited: Cites | None = None) -> tuple[Broken, ...]:
    """The citations of a brief, or all claims of the ledger, that no longer say what they are cited for.

    Raises ``UsageError`` for a store that does not hand over what was read.
    """
    from fogline.clean.cleaning import text_of
    from fogline.publish.verify import verify_brief
    from fogline.sharing.verifying import handing_over, verified

    if cited is not None:
        return verify_brief(cited, handing_over(ledger), text_of)
    return verified(ledger, Settings(), silent).broken
