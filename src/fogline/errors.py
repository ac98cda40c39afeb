"""Every error fogline raises on purpose, drawn as one tree.

    FoglineError                  exit code 1
    ├── InputError                a file or line that cannot be read; the others go on
    │   ├── EmptyInput
    │   ├── NotText
    │   ├── TooLarge
    │   ├── NotReadable           vanished, no permission, not a file
    │   ├── BadMetadata
    │   ├── BadFeed               a feed, sitemap or archive
    │   ├── Refused               an address that must not be asked, or may not by its robots.txt
    │   ├── NotFetched            a server that cannot be reached, or does not answer as it should
    │   ├── BadGazetteer          a list of places, or a gazetteer file
    │   └── BadScenario           a file of scenarios, hypotheses or forecasts
    ├── LedgerError
    │   ├── NotALedger
    │   ├── NewerLedger
    │   ├── LedgerBusy
    │   ├── LedgerFull
    │   ├── LedgerAway            a database server that cannot be reached, or went away
    │   └── DamagedRow
    ├── ShardsError               a folder of shards cannot be read or written
    │   └── DamagedShard
    ├── SpillError                temporary files cannot be written or read
    ├── NoAnswer                  a cluster does not answer at its address
    ├── UsageError                exit code 2
    │   ├── UnknownPlace
    │   ├── UnknownTheatre
    │   ├── UnknownName
    │   └── BadSettings
    ├── BrokenEvidence            kept responses are not what was kept
    ├── MissingModel
    └── BrokenCitation

A message says what was wrong and with which value; ``hint`` says what to do next.
"""

from __future__ import annotations


class FoglineError(Exception):
    """The root: catch this to catch everything fogline raises on purpose."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[FoglineError], tuple[str, str]]:
        """Survive the trip back from a worker process, hint included."""
        return (type(self), (self.message, self.hint))


class InputError(FoglineError):
    """One input could not be read; the message names it."""


class EmptyInput(InputError):
    """The input holds no text."""


class NotText(InputError):
    """The input's bytes are not text in any encoding that was tried."""


class TooLarge(InputError):
    """The input is over the size limit, which the message names."""


class NotReadable(InputError):
    """The input vanished, may not be read, or is not a file."""


class BadMetadata(InputError):
    """A ``meta.csv`` or JSON line cannot be understood."""


class BadFeed(InputError):
    """A feed, sitemap or archive cannot be understood, or would do harm."""


class Refused(InputError):
    """An address must not be asked, or may not by the site's robots.txt."""


class NotFetched(InputError):
    """A server cannot be reached, or does not answer as it should."""


class BadGazetteer(InputError):
    """A source of places or a gazetteer file cannot be had, read or understood; the message names it."""


class BadScenario(InputError):
    """A file of scenarios, hypotheses or forecasts makes no sense; the message names the line."""


class LedgerError(FoglineError):
    """The ledger cannot be opened, read or written."""


class NotALedger(LedgerError):
    """The file exists and is no fogline ledger."""


class NewerLedger(LedgerError):
    """The ledger was written by a newer version of fogline."""


class LedgerBusy(LedgerError):
    """Another process writes to the ledger; the message names it."""


class LedgerFull(LedgerError):
    """The disk is full; what was committed before is safe."""


class LedgerAway(LedgerError):
    """The ledger's database server cannot be reached, or went away; it may come back."""


class DamagedRow(LedgerError):
    """What the ledger holds under a name is not what was stored under it; the message gives the name."""


class ShardsError(FoglineError):
    """A folder of shards cannot be read or written; the message names it."""


class DamagedShard(ShardsError):
    """A file in a folder of shards is not what was written there."""


class SpillError(FoglineError):
    """Temporary files cannot be written or read; the message names their folder."""


class NoAnswer(FoglineError):
    """A cluster does not answer at the address that was given for it."""


class UsageError(FoglineError):
    """The question was put wrongly."""

    exit_code = 2


class UnknownPlace(UsageError):
    """No settlement of that name is known."""


class UnknownTheatre(UsageError):
    """No theatre of that name is shipped or found."""


class UnknownName(UsageError):
    """A registry has nothing under that name."""


class BadSettings(UsageError):
    """A setting has a value that makes no sense."""


class BrokenEvidence(FoglineError):
    """Kept responses, or the manifest over them, are not what was kept."""


class MissingModel(FoglineError):
    """A language model that the step needs is not installed."""


class BrokenCitation(FoglineError):
    """A citation no longer says what it is cited for."""
