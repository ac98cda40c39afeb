"""What a server's workers are copies of: a ledger whose columns are in memory, with what answers begin with."""

from __future__ import annotations

from collections.abc import Callable

from fogline.ahead import Shelf
from fogline.api.answers import Answers, PagedLedger
from fogline.api.app import unguarded
from fogline.config import Settings
from fogline.ports import HoldsColumns, Progress


class HeldLedger:
    """See ``forking.Holding``."""

    def __init__(
        self,
        ledger: PagedLedger,
        settings: Settings,
        shelf: Callable[[], Shelf],
        progress: Progress,
        told: Callable[[], None],
    ) -> None:
        """``progress`` is told how far reading is, ``told`` is called when the first workers are there."""
        self._ledger = ledger
        self.copied = told
        self._answers = Answers(ledger, settings)
        self.app = unguarded(self._answers, shelf)
        if isinstance(ledger, HoldsColumns):
            ledger.hold(progress)
        self._answers.warm()

    def refresh(self) -> None:
        """Read what was written meanwhile, and what many answers begin with, so that no worker has to."""
        if isinstance(self._ledger, HoldsColumns):
            self._ledger.hold()
        self._answers.warm()

    def rest(self) -> None:
        """Let go of the connections."""
        if isinstance(self._ledger, HoldsColumns):
            self._ledger.rest()
