"""What became new in a span of days: settlements that changed, are newly contested, or are newly claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fogline.control.changing import Change, changes
from fogline.control.claimed import claimed_by
from fogline.model import CONTESTED, Claim, Control, Theatre

CHANGED, NEWLY_CONTESTED, NEWLY_CLAIMED = "changed", "newly contested", "newly claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One settlement's news: ``what`` became new, from and to which status, and between which days.

    A claim alone changes no status: ``newly claimed`` says which side claims the place while nobody assesses it so.
    """

    what: str
    place: str
    geonameid: int | None
    before: str
    after: str
    first: date
    last: date
    claims: tuple[str, ...]


def news(
    controls: Iterable[Control], claims: Mapping[int, Sequence[Claim]], theatre: Theatre, since: date, until: date
) -> tuple[News, ...]:
    """What became new from ``since`` to ``until``; ``claims`` are those on each settlement, by geonameid."""
    found: list[News] = []
    for control in controls:
        found += (_changed(change) for change in changes(control) if since <= change.likely <= until)
        found += _claimed(control, claims.get(control.geonameid or 0, ()), theatre, since, until)
    return tuple(sorted(found, key=lambda n: (n.first, n.place, n.what, n.after)))


def _changed(change: Change) -> News:
    return News(
        what=NEWLY_CONTESTED if change.after == CONTESTED else CHANGED,
        place=change.place,
        geonameid=change.geonameid,
        before=change.before,
        after=change.after,
        first=change.first,
        last=change.last,
        claims=change.claims,
    )


def _claimed(control: Control, claims: Sequence[Claim], theatre: Theatre, since: date, until: date) -> Iterator[News]:
    if control.geonameid is None:
        return
    status = control.timeline[-1].status if control.timeline else ""
    for side, said in sorted(claimed_by(claims, theatre, control.geonameid).items()):
        if said.since is not None and since <= said.since <= until and said.status == side != status:
            yield News(
                what=NEWLY_CLAIMED,
                place=control.place,
                geonameid=control.geonameid,
                before=status,
                after=side,
                first=said.since,
                last=said.last or said.since,
                claims=said.claims,
            )
