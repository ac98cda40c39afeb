"""From pairs of statements to how each two stand to each other: read, hear, compare, in batches. ``flow`` hands it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fogline.config import Settings
from fogline.errors import UnknownTheatre
from fogline.model import Article, Claim, Document, Failure, Reading, Reason, Relation, Theatre
from fogline.reading import SHARD, read_shard, theatre_named
from fogline.sources.pairs import Pair, read

Heard = tuple[Document, Sequence[Claim]]
"""A statement with the claims that were heard in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How the two statements of a pair stand to each other; ``aspect`` is "" and the reasons say why where unrelated."""

    id: str
    relation: Relation
    aspect: str
    reasons: tuple[Reason, ...]


def compared(path: Path, settings: Settings) -> Iterator[Comparison | Failure]:
    """The pairs of a JSON-lines file, compared, in its order; a line or a statement that cannot be read is a failure.

    A pair's own theatre counts, then that of the settings, then the one that its statements speak of.
    """
    pairs = read(path, settings.max_bytes)
    while batch := list(islice(pairs, SHARD)):
        yield from _batch(batch, settings)


def heard_pairs(path: Path, settings: Settings) -> Iterator[tuple[str, Heard, Heard, Theatre]]:
    """Each pair that can be read by its id: what was heard in its two statements, and its theatre. For measuring and fitting."""
    batch = list(read(path, settings.max_bytes))
    theatres, readings = _heard(batch, settings)
    for pair in batch:
        if isinstance(pair, Pair):
            a, b, theatre = readings.get(pair.a.name), readings.get(pair.b.name), theatres[pair.a.name]
            if isinstance(a, Reading) and isinstance(b, Reading):
                yield pair.id, (a.document, a.claims), (b.document, b.claims), theatre_named(str(theatre))


def _heard(
    batch: Sequence[Pair | Failure], settings: Settings
) -> tuple[dict[str, str | Failure], dict[str, Reading | Failure]]:
    """The theatre of each pair, and what was heard in each statement, by the name of the statement."""
    pairs = [pair for pair in batch if isinstance(pair, Pair)]
    theatres = {pair.a.name: _theatre(pair, settings) for pair in pairs}
    return theatres, _readings(pairs, theatres)


def _batch(batch: Sequence[Pair | Failure], settings: Settings) -> Iterator[Comparison | Failure]:
    theatres, readings = _heard(batch, settings)
    for pair in batch:
        if isinstance(pair, Failure):
            yield pair
            continue
        theatre = theatres[pair.a.name]
        problem = next((r for r in (theatre, readings.get(pair.a.name), readings.get(pair.b.name)) if _failed(r)), None)
        if isinstance(problem, Failure):
            yield problem
        else:
            yield _compared(pair, readings, str(theatre))


def _failed(outcome: object) -> bool:
    return isinstance(outcome, Failure)


def _theatre(pair: Pair, settings: Settings) -> str | Failure:
    from fogline.theatres.loading import recognise_few, reference

    named = pair.theatre or settings.theatre
    if not named:
        both = (pair.a, pair.b)
        text = "\n".join(article.raw.decode("utf-8") for article in both)
        named = recognise_few(text, [article.given.outlet for article in both if article.given.outlet])
    try:
        return reference(named, settings.gazetteer)
    except UnknownTheatre as error:
        return Failure(name=pair.a.name.rsplit(" ", 1)[0], problem=error.message, remedy=error.hint)


def _readings(pairs: Iterable[Pair], theatres: dict[str, str | Failure]) -> dict[str, Reading | Failure]:
    """What was heard in each statement, by its name; one batch a theatre."""
    articles: dict[str, list[Article]] = {}
    for pair in pairs:
        theatre = theatres[pair.a.name]
        if isinstance(theatre, str):
            articles.setdefault(theatre, []).extend((pair.a, pair.b))
    found: dict[str, Reading | Failure] = {}
    for theatre, own in articles.items():
        for outcome in read_shard(theatre, own, screened=False):
            found[outcome.article.name if isinstance(outcome, Reading) else outcome.name] = outcome
    return found


def _compared(pair: Pair, readings: dict[str, Reading | Failure], theatre: str) -> Comparison:
    from fogline.link import statements

    a, b = readings[pair.a.name], readings[pair.b.name]
    assert isinstance(a, Reading)  # failures were sorted out before
    assert isinstance(b, Reading)
    found = statements.relate((a.document, a.claims), (b.document, b.claims), theatre_named(theatre))
    return Comparison(id=pair.id, relation=found.relation, aspect=found.aspect, reasons=found.reasons)
