"""How far the reports of a ledger reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fogline.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many reports there are, how many of them bear no date at all, and up to which day they reach.

    ``dated`` is the last day on which a dated report came out, ``undated`` the latest day that an undated one speaks of: it is
    as old as that, or younger by nobody knows how much.
    """

    documents: int
    without_date: int
    dated: date | None
    undated: date | None

    @property
    def last(self) -> date | None:
        """The day of the last report; ``None`` where an undated one may be later."""
        return self.dated if self.dated == self.reached else None

    @property
    def reached(self) -> date | None:
        """The last day that any report reaches."""
        return max((day for day in (self.dated, self.undated) if day is not None), default=None)


def extent_of(documents: Iterable[Document]) -> Extent:
    """The extent of some reports."""
    published = [document.published for document in documents]
    return Extent(
        documents=len(published),
        without_date=sum(not one.known for one in published),
        dated=max((one.end for one in published if one.end is not None), default=None),
        undated=max((one.start for one in published if one.end is None and one.start is not None), default=None),
    )
