"""All of a ledger concluded shard by shard, with what the whole has in common kept in columns: the same as at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from fogline import registry
from fogline.collecting import undisturbed
from fogline.link import keys
from fogline.link.independent import owners_of
from fogline.model import Conclusions, Control, Grounds, Judgement, Keys, Lost, Theatre
from fogline.ports import Engine, Progress
from fogline.review.deciding import as_overruled, overruled
from fogline.sharing import copies, families, links
from fogline.sharing.control import control_in, shards, spread
from fogline.sharing.families import Families, Shard, joined, ties_in
from fogline.sharing.grading import Weighed, weigh
from fogline.sharing.links import Links, asking, links_in
from fogline.sharing.spill import Made, Rows, Run, aside
from fogline.sharing.taking import SHARD, Taken, TellsInTurn, take

Asked = TypeVar("Asked")
Found = TypeVar("Found")

_AT_ONCE = 500
_CONTROL = "CREATE TABLE control (place INTEGER PRIMARY KEY, raw BLOB);"


@contextmanager
def concluded(
    ledger: TellsInTurn,
    theatre: Theatre,
    way: str,
    engine: Engine,
    progress: Progress,
    judgements: Sequence[Judgement] = (),
    size: int = SHARD,
) -> Iterator[tuple[Conclusions, Grounds]]:
    """The conclusions and their grounds, to be gone through while this lasts; ``size`` is about how many claims make a shard.

    What does not stay in memory lies in a folder for temporary files: some two KB a claim. Raises ``SpillError`` where these cannot
    be written or read.
    """
    tables = families.TABLES + links.TABLES + _CONTROL
    with aside() as place, closing(Rows(place / "rows", tables)) as rows:
        working = _Working(ledger, theatre, engine, rows, progress)
        with undisturbed():
            taken = take(ledger, theatre, judgements, place, size)
        found = working.families(taken)
        related = working.links(taken, found)
        progress("weighing", 0, len(taken.columns))
        weighed = weigh(found, related, theatre, partial(overruled, judgements=judgements), as_overruled(judgements))
        control = working.control(taken, found, weighed)
        documents = _named(ledger, sorted(taken.columns.documents), place / "documents")
        progress("concluding", len(taken.columns), len(taken.columns))
        yield (
            Conclusions(
                families=Made(len(found), found),
                links=Made(len(related), related),
                matters=related.matters(),
                sources=weighed.sources,
                grades=weighed.grades,
                control=control,
            ),
            _grounds(documents, taken, related, weighed, way),
        )


class _Working:
    """Gives out what there is to work out, and keeps what comes back."""

    def __init__(self, ledger: TellsInTurn, theatre: Theatre, engine: Engine, rows: Rows, progress: Progress) -> None:
        self._ledger, self._theatre, self._engine, self._rows = ledger, theatre, engine, rows
        self._progress = progress

    def families(self, taken: Taken) -> Families:
        """The families of all claims."""
        proposers = [registry.pick("translations", name)() for name in registry.names("translations")]
        families.keep(self._rows, copies.ties(self._ledger, taken, proposers))
        every = (_shard(taken, number) for number in range(taken.shards))
        for number, found in enumerate(worked(self._engine, ties_in, every)):
            families.keep(self._rows, found)
            self._progress("comparing", number + 1, 2 * taken.shards)
        return joined(taken.columns, self._rows)

    def links(self, taken: Taken, found: Families) -> Links:
        """The links and the matters of all claims."""
        related = Links(found, self._rows)
        every = (asking(found, _shard(taken, number), taken.claims[number]) for number in range(taken.shards))
        for number, own in enumerate(worked(self._engine, partial(links_in, owners_of(self._theatre)), every)):
            related.keep(own)
            self._progress("comparing", taken.shards + number + 1, 2 * taken.shards)
        related.finish()
        return related

    def control(self, taken: Taken, found: Families, weighed: Weighed) -> Made[Control]:
        """Who held each settlement, by GeoNames id."""
        units = spread(taken, self._theatre)
        every = shards(taken, units, found, weighed.sources)
        count = 0
        for held in worked(self._engine, partial(control_in, self._theatre), every):
            count += len(held)
            self._rows.put("INSERT INTO control VALUES (?, ?)", held)
        return Made(count, _Controls(self._rows))


class _Controls:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Control]:
        for (raw,) in self._rows.ask("SELECT raw FROM control ORDER BY place"):
            yield pickle.loads(raw)  # what a worker of this very run packed


def worked(engine: Engine, function: Callable[[Asked], Found], asked: Iterable[Asked]) -> Iterator[Found]:
    """The results of all shards, in their order; one at which workers die is worked out here, where its error is seen."""
    for outcome in engine.map(function, asked):
        yield function(outcome.shard) if isinstance(outcome, Lost) else outcome


def _shard(taken: Taken, number: int) -> Shard:
    return Shard(number, taken.shards, tuple(taken.by_place.chunks(number)))


def _grounds(
    documents: Iterable[tuple[str, int, Keys]], taken: Taken, related: Links, weighed: Weighed, way: str
) -> Grounds:
    return Grounds(
        way=way,
        claims=taken.names,
        documents=documents,
        links=related.placed(),
        matters=related.asked(),
        lessons=weighed.lessons,
        languages=frozenset(taken.columns.languages) - {""},
    )


def _named(ledger: TellsInTurn, names: Sequence[str], path: Path) -> Run[tuple[str, int, Keys]]:
    """What the grounds say of documents, read before anything is written: a ledger need not do both at once."""
    found: Run[tuple[str, int, Keys]] = Run(path)
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        whole = ledger.whole(some)
        found.extend(list(keys.named(whole[name] for name in some)))
    return found
