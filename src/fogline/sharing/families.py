"""Which claims are one voice: ties are found shard by shard, put in order, and joined by one union over all claims."""

from __future__ import annotations

import json
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from fogline.collecting import undisturbed
from fogline.control.inferring import ranks
from fogline.link import families, one_voice
from fogline.link.credit import Origin
from fogline.link.facets import Facet
from fogline.link.groups import Groups
from fogline.link.independent import Voices
from fogline.link.one_voice import Bucket, Tie, place_of
from fogline.model import Family, Reason
from fogline.sharing.columns import Columns
from fogline.sharing.packing import unpacked
from fogline.sharing.spill import Rows
from fogline.sharing.taking import nowhere, shard_of

Numbers = NDArray[np.int32]
Found = tuple[int, int, int, int, int, int, str]
"""A tie as a row: its rank, its two claims, and its reason without them, in JSON."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The claims of some places: the shard's number of how many, and chunks of facets with whom their documents credit."""

    number: int
    shards: int
    chunks: tuple[bytes, ...]

    def read(self) -> tuple[list[Facet], Mapping[str, Origin]]:
        """Its facets in reading order, and the origins of their documents."""
        found: dict[int, Facet] = {}
        origins: dict[str, Origin] = {}
        for facet, origin in unpacked(self.chunks):
            found[facet.order] = facet
            origins[facet.claim.document_id] = origin
        return [found[order] for order in sorted(found)], origins

    def has(self, place: str) -> bool:
        """Whether all that is told of a place is in this shard."""
        return shard_of(place, self.shards) == self.number


@dataclass(frozen=True, slots=True)
class _Own(Container[Bucket]):
    """The buckets of a shard's places."""

    shard: Shard

    def __contains__(self, bucket: object) -> bool:
        place, kind = place_of(cast("Bucket", bucket))
        return self.shard.has(place or nowhere(kind))


def ties_in(shard: Shard) -> list[Found]:
    """The ties of a shard's claims by what they say of its places: what an engine runs."""
    with undisturbed():
        read, origins = shard.read()
        return [as_row(tie, read) for tie in one_voice.in_buckets(read, origins, _Own(shard))]


def as_row(tie: Tie, read: Sequence[Facet]) -> Found:
    """A tie with its claims by their place in reading order."""
    reason = json.dumps([tie.reason.name, tie.reason.detail, tie.reason.weight], ensure_ascii=False)
    return (*tie.rank, read[tie.a].order, read[tie.b].order, reason)


TABLES = """CREATE TABLE ties (rank1 INTEGER, rank2 INTEGER, rank3 INTEGER, rank4 INTEGER, a INTEGER, b INTEGER, reason TEXT);
CREATE TABLE kept (family INTEGER, place INTEGER, tie INTEGER, PRIMARY KEY (family, place)) WITHOUT ROWID;"""


def keep(rows: Rows, found: Iterable[Found]) -> None:
    """Keep the ties of a shard."""
    rows.put("INSERT INTO ties VALUES (?, ?, ?, ?, ?, ?, ?)", found)


@dataclass(slots=True)
class Families:
    """The family of every claim: ``first`` is the first claim of it, ``root`` its root, by claim."""

    columns: Columns
    rows: Rows
    first: Numbers
    root: Numbers = field(init=False)
    _order: Numbers = field(init=False)
    _starts: Numbers = field(init=False)

    def __post_init__(self) -> None:
        """Sort the claims by family, and find the root of each."""
        size = len(self.first)
        self._order = np.argsort(self.first, kind="stable").astype(np.int32)
        self._starts = np.searchsorted(self.first[self._order], np.arange(size + 1)).astype(np.int32)
        self.root = np.arange(size, dtype=np.int32)
        for first in self.several():
            members = self.members(first)
            self.root[members] = families.root_of(members, self.columns.published)

    def members(self, family: int) -> list[int]:
        """The claims of a family, named by its first claim, in reading order."""
        found: list[int] = self._order[self._starts[family] : self._starts[family + 1]].tolist()
        return found

    def several(self) -> Iterator[int]:
        """The families of more than one claim, by their first claim."""
        yield from np.flatnonzero(np.diff(self._starts) > 1).tolist()

    def all(self) -> Iterator[int]:
        """All families, by their first claim."""
        yield from np.flatnonzero(np.diff(self._starts)).tolist()

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self._starts)))

    def size_of(self, first: int) -> int:
        """How many claims a family has, by its first claim."""
        return int(self._starts[first + 1] - self._starts[first])

    def name(self, first: int) -> str:
        """The id of a family by its first claim."""
        name = self.columns.name
        return Family(root=name(first), members=tuple(map(name, self.members(first)))).id

    def voices(self, claims: Iterable[int]) -> Voices:
        """What the families of some claims are, and hang on."""
        family, ties, side = dict[str, str](), dict[str, tuple[str, ...]](), dict[str, str]()
        names: dict[int, str] = {}
        for claim in claims:
            first = int(self.first[claim])
            if first not in names:
                names[first] = self.name(first)
            own = family[self.columns.name(claim)] = names[first]
            mouth = self.columns.said_by(int(self.root[claim]))
            ties[own], side[own] = mouth.ties, mouth.speaker.side
        return Voices(family=family, ties=ties, side=side)

    def ranks(self, claims: Iterable[int]) -> dict[str, tuple[str, int]]:
        """Of those of these claims that are not alone in their families the root, and their rank, that of the root being 0."""
        found: dict[str, tuple[str, int]] = {}
        for first in sorted({int(self.first[claim]) for claim in claims}):
            if self.size_of(first) > 1:
                found |= ranks([self._bare(first)])
        return found

    def family(self, first: int) -> Family:
        """A family by its first claim."""
        found = self._bare(first)
        return replace(found, reasons=tuple(self._reasons(first))) if len(found.members) > 1 else found

    def _bare(self, first: int) -> Family:
        """The same without its reasons."""
        name = self.columns.name
        return Family(root=name(int(self.root[first])), members=tuple(map(name, self.members(first))))

    def _reasons(self, first: int) -> Iterator[Reason]:
        asked = "SELECT a, b, reason FROM kept JOIN ties ON ties.rowid = kept.tie WHERE family = ? ORDER BY kept.place"
        for a, b, text in self.rows.ask(asked, (first,)):
            name, detail, weight = json.loads(text)
            yield Reason(name=name, detail=detail, weight=weight, claims=(self.columns.name(a), self.columns.name(b)))

    def __iter__(self) -> Iterator[Family]:
        return map(self.family, self.all())


def joined(columns: Columns, rows: Rows) -> Families:
    """The families that the kept ties make of all claims."""
    groups = Groups(len(columns))
    rows.do("CREATE INDEX by_rank ON ties (rank1, rank2, rank3, rank4)")
    kept, of = array("q"), array("i")
    for tie, a, b in rows.ask("SELECT rowid, a, b FROM ties ORDER BY rank1, rank2, rank3, rank4, rowid"):
        if groups.join(a, b):
            kept.append(tie)
            of.append(a)
    of_family = ((groups.root(a), at, tie) for at, (tie, a) in enumerate(zip(kept, of, strict=True)))
    rows.put("INSERT INTO kept VALUES (?, ?, ?)", of_family)
    return Families(columns, rows, np.array([groups.root(one) for one in range(len(columns))], dtype=np.int32))
