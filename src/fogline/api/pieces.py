"""Rows of claims as they are written: read and put into JSON once, and kept until the ledger changes.

Most questions show claims that others asked for before: the latest ones, those of a side, those of a busy place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

import orjson

from fogline.api.keeping import Bounded
from fogline.api.responding import written
from fogline.model import Asked, Mark
from fogline.ports import ReadsParts
from fogline.publish import told_rows
from fogline.publish.rows import Row
from fogline.review.deciding import Decision

if TYPE_CHECKING:
    from fogline.api.answers import Answers

Key = TypeVar("Key", str, int)

MOST = 32_000_000
"""Bytes of rows that are kept in one process: those of some 14,000 claims."""
_HEADS = 50_000
"""Documents of which a row's part is kept: some 20 MB."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A row in JSON, and what else is asked of it: a claim's quotation, or the id of what was concluded."""

    told: bytes
    word: str

    @property
    def row(self) -> orjson.Fragment:
        """The row as a part of what is written."""
        return orjson.Fragment(self.told)


def piece(row: Row) -> Piece:
    """A claim's row as it is written."""
    return Piece(written(row), row["quote"])


class Pieces(Generic[Key]):
    """The rows written last, by revision and their names there; shared by threads. ``make`` writes those that are not kept."""

    def __init__(self, make: Callable[[Sequence[Key]], Mapping[Key, Piece]], most: int = MOST) -> None:
        self._make: Callable[[Sequence[Key]], Mapping[Key, Piece]] = make
        self._kept: Bounded[tuple[str, Key], Piece] = Bounded(most, _weight)

    def of(self, revision: str, ids: Sequence[Key]) -> list[Piece]:
        """Rows as they stand at a revision, in the order of their names."""
        found = {name: one for name in ids if (one := self._kept.find((revision, name))) is not None}
        missing = [name for name in ids if name not in found]
        made = self._make(missing) if missing else {}
        for name, one in made.items():
            self._kept.keep((revision, name), one)
        return [found.get(name) or made[name] for name in ids]


def _weight(one: Piece) -> int:
    return len(one.told) + sys.getsizeof(one.word)


class ToldClaims:
    """The claims of a ledger in tables, told as they are kept there."""

    def __init__(self, answers: Answers, ledger: ReadsParts) -> None:
        self._answers, self._ledger = answers, ledger
        self._pieces = Pieces(self._made)
        self._heads: dict[str, Row] = {}

    def page(self, asked: Asked, after: Mark | None, limit: int) -> tuple[list[Piece], Mark | None]:
        """A page of claims, and where the next one goes on."""
        ids, mark = self._ledger.page_ids(asked, after, limit)
        return self.of(ids), mark

    def of(self, ids: Sequence[str]) -> list[Piece]:
        """Claims by their ids, in this order."""
        return self._pieces.of(self._answers.ledger.revision(), ids)

    def heads(self, ids: Iterable[str]) -> dict[str, Row]:
        """What rows say of documents; a document is named by its content, so that this never changes."""
        wanted = set(ids)
        known = {name: self._heads[name] for name in wanted if name in self._heads}
        kept = self._ledger.outline_bodies(wanted - known.keys())
        new = {name: told_rows.document_head(name, orjson.loads(body)) for name, body in kept.items()}
        if len(self._heads) > _HEADS:
            self._heads = {}
        self._heads.update(new)
        return known | new

    def bodies(self, ids: Sequence[str]) -> dict[str, Row]:
        """Claims as they are kept, by id."""
        return {one.id: orjson.loads(one.body) for one in self._ledger.bodies(ids)}

    def _made(self, ids: Sequence[str]) -> dict[str, Piece]:
        """The rows of claims, with what people set right in some."""
        judged = {one.subject for one in self._answers.judgements if one.decision == Decision.CORRECT}
        again = self._ledger.claims_by_id(sorted(judged.intersection(ids)))
        told = self.bodies([name for name in ids if name not in again])
        heads = self.heads(body["document_id"] for body in told.values())
        families = self._answers.ledger.families(list(told))
        plain = (
            told_rows.claim_row(name, body, heads[body["document_id"]], families.get(name))
            for name, body in told.items()
        )
        return {row["id"]: piece(row) for row in chain(plain, self._answers.claim_rows(list(again.values())))}
