"""A past day of a large ledger: what was concluded since, cut down to what had been published by that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from fogline.api.known import Parts
from fogline.errors import UsageError
from fogline.excerpt import Placewise
from fogline.model import Asked, Claim, ClaimGrade, Family, Judgement, Link, SourceGrade, TablePart, ToldLink, ToldTable


class PastParts(Parts):
    """Links, families and matters of the claims that were out by a day. Two claims stand to each other as they did then; how
    credible each was is not told, as that takes all claims of the day.
    """

    def __init__(self, ledger: Placewise, judgements: Sequence[Judgement], day: date) -> None:
        super().__init__(ledger, judgements)
        self._placewise, self._day = ledger, day

    def _out(self, ids: Iterable[str]) -> frozenset[str]:
        return self._placewise.out_by(list(ids), self._day)

    def claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        """See ``Known``."""
        return super().claims(self._out(ids))

    def documents_of(self, claims: Iterable[str]) -> Mapping[str, str]:
        """See ``Known``."""
        return super().documents_of(self._out(claims))

    def families(self, claims: Iterable[str]) -> Mapping[str, Family]:
        """See ``Known``."""
        found = super().families(self._out(claims))
        out = self._out({name for family in found.values() for name in family.members})
        return {name: _of(family, out) for name, family in found.items()}

    def grade(self, claim: str) -> ClaimGrade | None:
        """None is told of a past day."""
        return None

    def clash(self, name: str) -> ToldLink | None:
        """See ``Parts``."""
        found = super().clash(name)
        return found if found is not None and len(self._out([found.a.id, found.b.id])) == 2 else None

    def links(self, claim: str) -> Sequence[Link]:
        """See ``Known``."""
        found = super().links(claim)
        out = self._out({end for link in found for end in (link.a, link.b)})
        return [link for link in found if {link.a, link.b} <= out]

    def alike(self, claim: str, other: str) -> frozenset[str]:
        """See ``Known``."""
        return self._out(super().alike(claim, other))

    def tabled(self, asked: Asked, part: TablePart) -> ToldTable:
        """Raises ``UsageError``: see ``matters_asked``."""
        raise _too_large("What was asked by a past day")

    def matters_asked(self, asked: Asked, after: str, limit: int) -> tuple[Sequence[int], bool]:
        """Raises ``UsageError``: a question is put by the claims of its day, and another day puts others."""
        raise _too_large("What was asked by a past day")

    def sources_page(self, side: str, after: str, limit: int) -> tuple[list[SourceGrade], str | None]:
        """Raises ``UsageError``: what a source was worth by a day takes all claims of that day."""
        raise _too_large("What sources had shown by a past day")


def _too_large(what: str) -> UsageError:
    return UsageError(
        f"{what} takes all that was known then, and this ledger is too large for that.",
        "Name a settlement with place= or geonameid=, or ask without known_by.",
    )


def _of(family: Family, out: frozenset[str]) -> Family:
    members = tuple(name for name in family.members if name in out)
    return replace(family, members=members, root=family.root if family.root in out else members[0])
