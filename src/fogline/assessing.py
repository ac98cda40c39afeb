"""A control as a row with all that belongs to it: a day's belief, changes, each side's claim, what moved it, would change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fogline.control.changing import Change, changes
from fogline.control.claimed import claimed_by
from fogline.control.clocks import Delay
from fogline.control.inferring import belief_on, status_on
from fogline.control.turning import turning
from fogline.model import Claim, Control, Theatre
from fogline.publish.rows import Row, control_row


def assessment_row(
    control: Control,
    claims: Iterable[Claim],
    theatre: Theatre,
    delays: Iterable[Delay] | None = None,
    on: date | None = None,
) -> Row:
    """The control row with ``day``, ``changes``, ``claimed``, ``moved_by`` and ``would_change``; and ``delays`` where they are given.

    ``claims`` are those known by the control's day; each side's word is told apart from the assessment. ``day`` is
    ``day_row`` of ``on``, or else of the last assessed day.
    """
    row = control_row(control) | {
        "day": day_row(control, on or last_day(control)),
        "changes": [change_row(one) for one in changes(control)],
        "claimed": claimed_rows(control, claims, theatre),
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


def claimed_rows(control: Control, claims: Iterable[Claim], theatre: Theatre) -> dict[str, Row]:
    """What each side last claimed of the settlement, by the side's code; ``claims`` are those known by the control's day."""
    place = control.geonameid if control.geonameid is not None else control.place
    return {
        side: {"status": one.status, "since": _iso(one.since), "last": _iso(one.last), "claims": list(one.claims)}
        for side, one in claimed_by(claims, theatre, place).items()
    }


def last_day(control: Control) -> date | None:
    """The last day of which something is assessed."""
    return control.timeline[-1].end if control.timeline else None


def day_row(control: Control, on: date | None) -> Row | None:
    """What is assessed of one day: its own belief and status, since when the status is so, and the claims that moved it.

    A stretch of the timeline bears the mean of its days; this is what to say of a day. ``None`` where nothing is assessed.
    """
    if on is None or not control.timeline:
        return None
    around = next((one for one in control.timeline if one.start <= on <= one.end), None)
    return {
        "on": on.isoformat(),
        "status": status_on(control, on),
        "belief": belief_row(control, on),
        "since": _iso(around.start if around else None),
        "claims": list(around.claims) if around else [],
    }


def belief_row(control: Control, on: date) -> dict[str, float]:
    """The belief of a day, to four places."""
    return {state: round(share, 4) for state, share in belief_on(control, on).items()}


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
