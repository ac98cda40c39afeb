"""Errors of a PostgreSQL server, told in the ledger's own; none repeats a password."""

from __future__ import annotations

from fogline.errors import LedgerAway, LedgerBusy, LedgerError, LedgerFull

_AGAIN = "Run the same command again: what was stored before is safe, and only the rest is done."

# By the class or code of SQLSTATE (PostgreSQL's appendix A).
_BY_STATE: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    ("53100", LedgerFull, "the server's disk is full", f"Free some space there. {_AGAIN}"),
    ("53300", LedgerBusy, "the server has no connection left", "Try again later, or raise max_connections."),
    ("28", LedgerError, "the server let nobody in", "Check user and password."),
    ("3D000", LedgerError, "there is no such database", "Make it: createdb NAME"),
    (
        "42501",
        LedgerError,
        "the user may not do this",
        "Ask for the right: GRANT CREATE, USAGE ON SCHEMA public TO USER",
    ),
    ("25006", LedgerError, "the server only reads", "Give the address of the primary, not of a replica."),
    ("40", LedgerBusy, "two writers were in each other's way", _AGAIN),
    ("55P03", LedgerBusy, "another session holds the tables", _AGAIN),
    ("57", LedgerAway, "the server went away", _AGAIN),
    ("08", LedgerAway, "the server went away", _AGAIN),
)

# A refused connection has no SQLSTATE in psycopg: only the words are there.
_SILENT = "Check host and port, and that a firewall lets you through."
_NOBODY = "Start the server, or check host and port."
_BY_WORDS: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    (
        "password authentication failed",
        LedgerError,
        "wrong user or password",
        "Check them, or put the password into ~/.pgpass.",
    ),
    ("no password supplied", LedgerError, "the server asks for a password", "Put it into ~/.pgpass or PGPASSWORD."),
    ("does not exist", LedgerError, "there is no such database or user", "Make the database: createdb NAME"),
    ("timeout expired", LedgerAway, "the server does not answer", _SILENT),
    ("connection timeout", LedgerAway, "the server does not answer", _SILENT),
    ("refused", LedgerAway, "no server listens there", _NOBODY),
    ("No such file or directory", LedgerAway, "no server listens there", _NOBODY),
    ("resolve host", LedgerError, "no such host is known", "Check the host's name."),
)


def of_server(state: str, told: str, place: str, unreachable: bool) -> LedgerError:
    """The error for a SQLSTATE, or for what libpq said of a connection where there is none."""
    line = told.strip().splitlines()[0] if told.strip() else "no reason given"
    for begins, kind, problem, hint in _BY_STATE:
        if state.startswith(begins):
            return kind(f"{place}: {problem} ({line}).", hint)
    if unreachable and not state:
        for words, kind, problem, hint in _BY_WORDS:
            if words in told:
                return kind(f"{place}: {problem}.", hint)
        return LedgerAway(f"{place}: the server went away, or cannot be reached ({line}).", _AGAIN)
    return LedgerError(
        f"{place}: the database refused ({line}).",
        "Nothing of this step was stored. If it happens again, it is a defect of fogline: please report it.",
    )
