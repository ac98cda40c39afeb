"""Pages of what is concluded in a large ledger, pieced together from rows that were written before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import orjson

from fogline.api.known import Parts
from fogline.api.pieces import Piece, Pieces, ToldClaims
from fogline.api.responding import written
from fogline.api.telling import worded
from fogline.model import Asked, Link, Reason, Relation, Theatre, ToldLink
from fogline.publish import rows, told_rows
from fogline.publish.rows import Row
from fogline.store.encoding import from_json

if TYPE_CHECKING:
    from fogline.api.answers import Answers

_MOST = 16_000_000
"""Bytes of rows of one sort that are kept in one process: some 16,000 contradictions, or 10,000 matters."""


class ToldConclusions:
    """The contradictions and matters of a ledger in tables, told as they are kept there."""

    def __init__(self, answers: Answers, told: ToldClaims) -> None:
        self._answers, self._told = answers, told
        self._disputes = Pieces(self._clashes, _MOST)
        self._matters = Pieces(self._questions, _MOST)

    def disputes(self, known: Parts, asked: Asked, after: str, limit: int) -> tuple[list[Any], str | None, int]:
        """See ``Answers.disputes``."""
        numbers, more, total = known.disputes_asked(asked, after, limit)
        page = self._disputes.of(self._answers.ledger.revision(), numbers)
        return [one.row for one in page], page[-1].word if more else None, total

    def dispute(self, known: Parts, name: str) -> tuple[Row, list[str]] | None:
        """See ``Answers.dispute``."""
        found = known.clash(name)
        if found is None:
            return None
        documents = [found.a.document_id, found.b.document_id]
        return clash(known, found, self._told.heads(documents), self._answers.theatre), documents

    def matters(self, known: Parts, asked: Asked, after: str, limit: int) -> tuple[list[Any], str | None]:
        """See ``Answers.matters``."""
        numbers, more = known.matters_asked(asked, after, limit)
        page = self._matters.of(self._answers.ledger.revision(), numbers)
        return [one.row for one in page], page[-1].word if more else None

    def _now(self) -> Parts:
        """What people rejected and corrected holds for every day."""
        return cast("Parts", self._answers.known(None))

    def _clashes(self, numbers: Sequence[int]) -> dict[int, Piece]:
        known, theatre = self._now(), self._answers.theatre
        found = known.clashes(numbers)
        heads = self._told.heads(end.document_id for one in found.values() for end in (one.a, one.b))
        return {number: Piece(written(clash(known, one, heads, theatre)), one.id) for number, one in found.items()}

    def _questions(self, numbers: Sequence[int]) -> dict[int, Piece]:
        theatre = self._answers.theatre
        return {
            number: Piece(written(worded(told_rows.matter_row(one, orjson.loads(one.answers)), theatre)), one.id)
            for number, one in self._now().told_matters(numbers).items()
        }


def clash(known: Parts, link: ToldLink, heads: Mapping[str, Row], theatre: Theatre) -> Row:
    """The row of a contradiction, with what people set right in its ends."""
    if known.corrects((link.a.id, link.b.id)):
        claims, reasons = known.claims((link.a.id, link.b.id)), from_json(tuple[Reason, ...], link.reasons)
        found = Link(a=link.a.id, b=link.b.id, relation=Relation.CONTRADICTS, aspect=link.aspect, reasons=reasons)
        row = rows.dispute_row(found, claims, known.documents({one.document_id for one in claims.values()}))
    else:
        a, b, reasons = (orjson.loads(text) for text in (link.a.body, link.b.body, link.reasons))
        row = told_rows.dispute_row(link, reasons, a, b, heads)
    return worded(row, theatre)
