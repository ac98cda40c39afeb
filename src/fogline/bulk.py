"""Reading in bulk: from a shard of some hundred articles to a Parquet file, on any worker, loaded by the one writer.

Shards end where an article's own name says so, not after a number of articles: an article more or less changes one shard,
and the others keep their names. So a shard that was read once, by any build on any machine, is not read again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from fogline.config import Settings
from fogline.errors import DamagedShard
from fogline.model import Article, Failure, Reading
from fogline.ports import Engine
from fogline.reading import Intake, engine_of, lived_through, read_shard, way_of_reading
from fogline.reading import heard as heard_at_once

if TYPE_CHECKING:
    from fogline.store.folders import Folder

LEAST, MOST = 250, 1000
"""Articles of a shard: enough to be worth a file, few enough to be tried again. The last one of a build may have fewer."""

ONE_IN = 250
"""Of the articles behind the ``LEAST``, about one in so many ends its shard: most shards have 300 to 700."""

WEIGHT = 32_000_000
"""Bytes at which a shard ends, so that a few of them fit into a process's memory whatever the articles are like."""

Outcomes = tuple[Reading | Failure, ...]


def heard(intake: Intake, theatre: str, settings: Settings, expected: int) -> Iterator[Outcomes]:
    """Readings and failures shard by shard; through files where the settings name a folder for shards, else at once.

    ``theatre`` is a reference, ``expected`` how many articles are likely. Raises ``ShardsError`` where the folder cannot
    be used, before anything is read.
    """
    if not settings.shards:
        yield from heard_at_once(intake, theatre, settings, expected)
        return
    engine = engine_of(settings, expected)
    yield from _Bulk(intake, theatre, settings).read(engine)


def write_shard(theatre: str, place: str, articles: tuple[Article, ...]) -> str:
    """Read a shard into a file of the folder at ``place``, unless it is there; its name. A pure function but for that file."""
    from fogline.store import shards

    folder, name = _folder(place), shards.name_of(way_of_reading(theatre), articles)
    if not folder.has(name):
        shards.write(folder, name, articles, read_shard(theatre, articles))
    return name


class _Bulk:
    """One build's shards: which are there, which are to be read."""

    def __init__(self, intake: Intake, theatre: str, settings: Settings) -> None:
        self._intake, self._theatre, self._settings = intake, theatre, settings
        self._folder = _folder(settings.shards)
        self._there = self._folder.names()
        self._found: deque[str] = deque()

    def read(self, engine: Engine) -> Iterator[Outcomes]:
        """All shards, those that are there already without a worker."""
        write = partial(write_shard, self._theatre, self._settings.shards)
        for outcome in lived_through(engine, write, self._missing(), self._settings):
            yield from self._loaded()
            yield (outcome,) if isinstance(outcome, Failure) else self._load(outcome)
        yield from self._loaded()

    def _missing(self) -> Iterator[tuple[Article, ...]]:
        """The shards that a worker has to read; what is found in a file on the way is put by."""
        from fogline.store import shards

        run = way_of_reading(self._theatre)
        for shard in cut(self._intake.all()):
            unknown = tuple(self._intake.unknown(shard))
            name = shards.name_of(run, shard)
            if unknown and name in self._there:
                self._found.append(name)
            elif unknown:
                yield unknown

    def _loaded(self) -> Iterator[Outcomes]:
        while self._found:
            yield self._load(self._found.popleft())

    def _load(self, name: str) -> Outcomes:
        """What a shard holds; a damaged one is thrown away and listed, so that the same build again reads it anew."""
        from fogline.store import shards

        try:
            return shards.load(self._folder, name)
        except DamagedShard as error:
            self._folder.drop(name)
            return (Failure(name=name, problem=error.message, remedy=error.hint),)


def cut(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    """The articles in shards of ``LEAST`` to ``MOST``, ending where an article's id says so."""
    shard: list[Article] = []
    weight = 0
    for article in articles:
        shard.append(article)
        weight += len(article.raw)
        ends = len(shard) >= LEAST and int(article.id[-8:], 16) % ONE_IN == 0
        if ends or len(shard) >= MOST or weight >= WEIGHT:
            yield tuple(shard)
            shard, weight = [], 0
    if shard:
        yield tuple(shard)


@cache
def _folder(place: str) -> Folder:
    from fogline.store.folders import folder_at

    return folder_at(place)
