"""A control as a row with all that belongs to it: changes as intervals, each side's claim, what moved it, what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fogline.control.changing import Change, changes
from fogline.control.claimed import claimed_by
from fogline.control.clocks import Delay
from fogline.control.turning import turning
from fogline.model import Claim, Control, Theatre
from fogline.publish.rows import Row, control_row


def assessment_row(
    control: Control, claims: Iterable[Claim], theatre: Theatre, delays: Iterable[Delay] | None = None
) -> Row:
    """The control row with ``changes``, ``claimed``, ``moved_by`` and ``would_change``; and ``delays`` where they are given.

    ``claims`` are those known by the control's day; each side's word is told apart from the assessment.
    """
    place = control.geonameid if control.geonameid is not None else control.place
    row = control_row(control) | {
        "changes": [change_row(one) for one in changes(control)],
        "claimed": {
            side: {
                "status": one.status, "since": _iso(one.since), "last": _iso(one.last), "claims": list(one.claims),
            }
            for side, one in claimed_by(claims, theatre, place).items()
        },
        "moved_by": [
            {"role": one.name, "detail": one.detail, "weight": round(one.weight, 4), "claims": list(one.claims)}
            for one in sorted(control.reasons, key=lambda reason: (-abs(reason.weight), reason.detail))
        ],
        "would_change": [
            {
                "to": turn.holder, "by": turn.by or None, "reports": turn.reports,
                "belief": {state: round(share, 4) for state, share in turn.belief.items()},
            }
            for turn in turning(control)
        ],
    }  # fmt: skip
    if delays is not None:
        row["delays"] = [
            {"change": change_row(one.change), "known": _iso(one.known), "days": one.days} for one in delays
        ]
    return row


def change_row(change: Change) -> Row:
    """A change of status as the interval that holds it."""
    return {
        "before": change.before,
        "after": change.after,
        "from": change.first.isoformat(),
        "likely": change.likely.isoformat(),
        "to": change.last.isoformat(),
        "within": change.within,
        "claims": list(change.claims),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
