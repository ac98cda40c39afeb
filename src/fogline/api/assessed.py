"""Who held a settlement when, as answers tell it: what does not hang on the question's day is read and written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson

from fogline.api.keeping import Bounded
from fogline.api.telling import change_rows
from fogline.assessing import assessment_row, claimed_rows, day_row, last_day
from fogline.control.timeline import rounded
from fogline.model import Control
from fogline.publish.rows import Row

if TYPE_CHECKING:
    from fogline.api.answers import Answers

Parts = Mapping[str, bytes]
"""Values of a row by name, each as JSON."""
_Key = tuple[str, str, date | None, str]
"""Revision, place as it was asked for, ``known_by``, and what was made of it."""

MOST = 24_000_000
"""Bytes of parts that are kept: of some two hundred settlements of which a thousand days are assessed."""
_CONTROLS = 8
"""Controls that are kept for another day: some 0.3 MB for a thousand days."""


class Assessed:
    """The control of settlements as rows whose dear parts are JSON already; kept for as long as the ledger stays as it is."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._kept = Bounded[_Key, Parts](MOST, lambda parts: sum(map(len, parts.values())))
        self._control = lru_cache(_CONTROLS)(lambda revision, place, day: answers.settled.control(place, day))

    def row(self, place: str, day: date | None, on: date | None) -> Row:
        """A settlement's control as known by a day, with what belongs to it, and the belief of every day.

        With ``on``, ``day`` is that day's, and ``claimed`` is what each side had claimed by then, in how many reports and
        voices. Raises ``UnknownPlace``.
        """
        lasting = self._parts(place, day, "assessment", lambda control: self._lasting(control))
        of_day = self._parts(place, day, f"day {on or ''}", lambda control: self._of_day(control, place, day, on))
        return {name: orjson.Fragment(part) for name, part in {**lasting, **of_day}.items()}

    def changes(self, place: str, day: date | None) -> Row:
        """The days on which the assessed status changed, the latest first; raises ``UnknownPlace``."""
        parts = self._parts(place, day, "changes", lambda control: {"rows": orjson.dumps(change_rows(control))})
        return {"rows": orjson.Fragment(parts["rows"]), "next": None}

    def _parts(self, place: str, day: date | None, what: str, make: Callable[[Control], Parts]) -> Parts:
        revision = self._answers.ledger.revision()
        found = self._kept.find((revision, place, day, what))
        if found is None:
            found = make(self._control(revision, place, day))
            self._kept.keep((revision, place, day, what), found)
        return found

    def _lasting(self, control: Control) -> Parts:
        """The row in its order, without what is said of one day."""
        row = assessment_row(control, (), self._answers.theatre)
        first = None if control.start is None else control.start.isoformat()
        days = {"from": first, "states": list(control.states), "belief": rounded(control.daily)}
        return {name: _json(value) for name, value in {**row, "days": days}.items()}

    def _of_day(self, control: Control, place: str, day: date | None, on: date | None) -> Parts:
        """What is said of one day, and what each side had claimed by then."""
        answers = self._answers
        claimed = claimed_rows(control, answers.settled.evidence(place, control, day, on), answers.theatre)
        voices = answers.settled.voiced(place, day, {side: one["claims"] for side, one in claimed.items()})
        latest = answers.named([one["claims"][-1] for one in claimed.values()])
        told = {
            side: {**one, **voices[side], "latest": last.row}
            for (side, one), last in zip(claimed.items(), latest, strict=True)
        }
        return {"day": _json(day_row(control, on or last_day(control))), "claimed": _json(told)}


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
