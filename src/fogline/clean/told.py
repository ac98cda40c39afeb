"""What a page tells of itself, with how each thing is known."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.model import KnownFrom


@dataclass(frozen=True, slots=True)
class Told:
    """A value and what told it; empty and ``UNKNOWN`` where nothing did."""

    value: str = ""
    known_from: KnownFrom = KnownFrom.UNKNOWN

    def __bool__(self) -> bool:
        """Whether anything was told."""
        return bool(self.value)


NOTHING = Told()
