"""Amounts as a claim states them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value (``low == high``) or a range; an open bound is ``None`` ("at least 40": low 40, high ``None``).

    ``unit`` is the normalised unit ("km", "km²", "km²/day", "%", "" for a count), ``of`` what is counted
    ("soldiers", "divisions"), ``text`` the words.
    """

    low: float | None
    high: float | None
    unit: str
    of: str
    approximate: bool
    text: str
