"""From paths to readings: bring in, read and hear, in shards, on an engine. ``flow`` hands the rest on from there."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fogline import registry
from fogline.config import Settings
from fogline.errors import InputError, UnknownTheatre
from fogline.model import Article, Document, Failure, Lost, Reading, Run, Theatre
from fogline.ports import Engine, Ledger

if TYPE_CHECKING:
    from fogline.extract.claims import EnglishExtractor

Part = TypeVar("Part")
Result = TypeVar("Result")

SHARD = 32
"""Articles read at once: enough to batch the parser, few enough that a kill loses little. A shard is one transaction."""

FEW = 200
"""Below this many articles a second process costs more than it saves: loading the models takes some seconds."""

SECONDS_A_KILOBYTE = 0.25
"""A worker has that long for each kilobyte of its shard, beside ``shard_seconds``: dense text takes .03 s of a core here."""

SAMPLE = 200
"""Articles looked at to recognise the theatre."""


def sampled(
    paths: Sequence[Path | str], settings: Settings
) -> tuple[list[Article | Failure], Iterator[Article | Failure]]:
    """The first articles at the paths, to recognise the theatre by, and all of them as a stream."""
    from fogline.sources.reading import read

    return sample_of(read(paths, settings.max_bytes))


def sample_of(articles: Iterator[Article | Failure]) -> tuple[list[Article | Failure], Iterator[Article | Failure]]:
    """The first of a stream of articles, and all of them as a stream."""
    sample = list(islice(articles, SAMPLE))
    return sample, chain(sample, articles)


def theatre_of(settings: Settings, found: Iterable[Article | Failure], ledger: Ledger | None = None) -> Theatre:
    """The theatre named in the settings; else that of the ledger's last run; else the one the reports speak of."""
    return theatre_named(theatre_meant(settings, found, ledger))


def theatre_meant(settings: Settings, found: Iterable[Article | Failure], ledger: Ledger | None = None) -> str:
    """The reference of ``theatre_of``: by it workers load the theatre, and later commands on the ledger find it.

    It is a shipped theatre's name, or the absolute path of a folder, with the settings' gazetteer
    file if there is one. Raises ``UnknownTheatre`` where there is neither.
    """
    from fogline.clean.cleaning import clean
    from fogline.theatres.loading import recognise, reference

    if settings.theatre:
        return reference(settings.theatre, settings.gazetteer)
    runs = ledger.runs() if ledger else ()
    if runs:
        return _kept(runs[-1][0].theatre, settings.gazetteer)
    world = theatre_named("world")
    texts = []
    for entry in found:
        if isinstance(entry, Article):
            try:
                texts.append(clean(entry, world).text)
            except InputError:
                continue  # reading it will say what is wrong with it
    return reference(recognise(texts), settings.gazetteer)


def _kept(theatre: str, gazetteer: str) -> str:
    """The reference that a ledger keeps, if the theatre is still there."""
    from fogline.theatres.loading import reference

    try:
        return reference(theatre, gazetteer)
    except UnknownTheatre as error:
        raise UnknownTheatre(
            f"The ledger was built with the theatre {theatre}, which is no longer there.",
            "Put the folder back, or name the theatre with --theatre (for commands without it, in FOGLINE_THEATRE).",
        ) from error


def way_of_reading(theatre: str) -> Run:
    """The run that this version of fogline makes of documents in a theatre, given by its reference."""
    from fogline.clean.cleaning import VERSION as CLEANER

    extractor = extractor_of(theatre)
    return Run(
        extractor=extractor.label.name,
        version=extractor.label.version,
        cleaner=CLEANER,
        theatre=theatre,
        settings=extractor.settings,
    )


class Intake:
    """Articles as they come in, each once; keeps the failures among them, and counts those that are known already."""

    def __init__(self, articles: Iterable[Article | Failure], has: Callable[[str], bool] = lambda _: False) -> None:
        """``has`` says by an article's id whether it is known already."""
        self._articles, self._has = articles, has
        self.failures: list[Failure] = []
        self.known = 0

    def all(self) -> Iterator[Article]:
        """Every article once, the known ones too."""
        seen: set[str] = set()
        for entry in self._articles:
            if isinstance(entry, Failure):
                self.failures.append(entry)
            elif entry.id not in seen:
                seen.add(entry.id)
                yield entry

    def unknown(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Those of the articles that are not known; the others are counted."""
        for article in articles:
            if self._has(article.id):
                self.known += 1
            else:
                yield article


def engine_of(settings: Settings, expected: int) -> Engine:
    """The engine that the settings name, else what suits the likely number of articles: few are read in this process.

    Raises ``UnknownName`` for an engine that is not there.
    """
    workers = settings.workers or (1 if expected < FEW else os.cpu_count() or 1)
    name, _, address = settings.engine.partition("://")
    if not name:
        name = "serial" if workers == 1 else "pool"
    made: Engine = registry.pick("engine", name)(settings.workers, address)
    return made


def heard(intake: Intake, theatre: str, settings: Settings, expected: int) -> Iterator[tuple[Reading | Failure, ...]]:
    """Readings and failures shard by shard, on one process or several; ``expected`` is how many articles are likely.

    ``theatre`` is a reference, as ``theatre_meant`` gives it.
    """
    shards = _shards(intake.unknown(intake.all()))
    for outcome in lived_through(engine_of(settings, expected), partial(read_shard, theatre), shards, settings):
        yield (outcome,) if isinstance(outcome, Failure) else outcome


def seconds_for(settings: Settings, shard: Sequence[Article]) -> float:
    """How long a worker may take for a shard before it is ended: generous, so that it is passed by what hangs alone."""
    if not settings.shard_seconds:
        return math.inf
    return settings.shard_seconds + sum(len(article.raw) for article in shard) / 1000 * SECONDS_A_KILOBYTE


def lived_through(
    engine: Engine,
    function: Callable[[tuple[Article, ...]], Result],
    shards: Iterable[tuple[Article, ...]],
    settings: Settings,
) -> Iterator[Result | Failure]:
    """The results of all shards; an article at which workers die or hang comes as a failure, and the others are read."""
    for outcome in parted(engine, function, shards, partial(seconds_for, settings)):
        yield _deadly(outcome.shard[0].name, outcome) if isinstance(outcome, Lost) else outcome


def parted(
    engine: Engine,
    function: Callable[[tuple[Part, ...]], Result],
    shards: Iterable[tuple[Part, ...]],
    limit: Callable[[tuple[Part, ...]], float] | None = None,
) -> Iterator[Result | Lost[tuple[Part, ...]]]:
    """The results of all shards. One at which workers die or hang is tried in halves, until what does it is alone, and lost."""
    again: Iterable[tuple[Part, ...]] = shards
    while again:
        lost: list[tuple[Part, ...]] = []
        for outcome in engine.map(function, again, limit):
            if isinstance(outcome, Lost) and len(outcome.shard) > 1:
                middle = len(outcome.shard) // 2
                lost += [outcome.shard[:middle], outcome.shard[middle:]]
            else:
                yield outcome
        again = lost


def _deadly(name: str, lost: Lost[tuple[Article, ...]]) -> Failure:
    if lost.waited:
        problem = f"{name}: reading it did not end within {lost.waited:.1f} seconds."
        return Failure(name=name, problem=problem, remedy="Set shard_seconds higher, or report this, with the file.")
    problem = f"{name}: reading it ended its process, {lost.deaths} times."
    return Failure(name=name, problem=problem, remedy="Give it more memory, or report this, with the file if you can.")


def read_shard(theatre: str, articles: Sequence[Article], *, screened: bool = True) -> tuple[Reading | Failure, ...]:
    """Clean and hear one shard of articles: a pure function that any engine can run anywhere.

    ``screened=False`` parses all of it: for texts that somebody chose as being about this theatre.
    """
    from fogline.clean.cleaning import clean

    loaded = theatre_named(theatre)
    outcomes: list[Reading | Failure] = []
    pairs: list[tuple[Article, Document]] = []
    for article in articles:
        try:
            pairs.append((article, clean(article, loaded)))
        except InputError as error:
            outcomes.append(Failure(name=article.name, problem=error.message, remedy=error.hint))
    return (*outcomes, *_extracted(pairs, theatre, screened))


def _extracted(pairs: Sequence[tuple[Article, Document]], theatre: str, screened: bool) -> list[Reading | Failure]:
    extractor = extractor_of(theatre)
    try:
        heard = list(extractor.extract([document for _, document in pairs], screened=screened))
    except Exception as error:  # one poisoned document must not take its shard along: it is named, the others go on
        if len(pairs) == 1:
            problem = f"{pairs[0][0].name}: reading it failed ({type(error).__name__}: {error})"
            return [Failure(name=pairs[0][0].name, problem=problem, remedy="Report this, with the file if you can.")]
        return [outcome for pair in pairs for outcome in _extracted([pair], theatre, screened)]
    return [
        Reading(article=article, document=document, claims=claims)
        for (article, document), claims in zip(pairs, heard, strict=True)
    ]


def versions_of(evidence: Path, url: str, max_bytes: int) -> Iterator[tuple[str, str]]:
    """Each version of a page in a folder of evidence, oldest first: when it was fetched, and the text of its article.

    Raises ``BrokenEvidence`` where what is kept was changed, ``InputError`` for a version that has no text.
    """
    from fogline.clean.cleaning import clean
    from fogline.model import Given
    from fogline.sources.evidence.archive import body, versions
    from fogline.sources.media import with_charset
    from fogline.sources.web.unpacking import unpacked

    for at, kept in versions(evidence, url):
        sent, encoding, stated = body(evidence, kept)
        raw = unpacked(url, sent, encoding, max_bytes)
        article = Article(name=url, raw=raw, media_type=with_charset("text/html", stated), given=Given(url=url))
        yield at, clean(article, theatre_named("world")).text


def _shards(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    remaining = iter(articles)
    while shard := tuple(islice(remaining, SHARD)):
        yield shard


@cache
def theatre_named(reference: str) -> Theatre:
    """The theatre of that reference, loaded once a process."""
    from fogline.theatres.loading import load

    return load(reference)


@cache
def extractor_of(theatre: str) -> EnglishExtractor:
    """The extractor of a theatre, given by its reference; made once a process."""
    from fogline.extract.claims import EnglishExtractor
    from fogline.gazetteer.loading import load as gazetteer_of

    loaded = theatre_named(theatre)
    return EnglishExtractor(loaded, gazetteer_of(loaded))
