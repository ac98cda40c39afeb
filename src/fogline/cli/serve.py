"""``fogline serve``: the API over a ledger."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, cast

import typer

from fogline.api.addresses import is_loopback
from fogline.cli import options
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.api.answers import PagedLedger

SHORTEST_TOKEN = 20
"""Characters under which a token can be guessed."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", epilog="Example: [bold]fogline serve --ledger demo/ledger.sqlite[/bold]")(serve)


def serve(
    ledger: options.Ledger = options.LEDGER,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.", metavar="HOST")] = "localhost",
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=1, max=65535)] = 8400,
    tokens: Annotated[
        Path | None,
        typer.Option("--tokens", help="Who may read and decide: a file of lines NAME TOKEN ROLE.", metavar="FILE"),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody decide about readings.")] = False,
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios", help="Serve the scenario and hypothesis files (TOML) of this folder.", metavar="DIR"
        ),
    ] = None,
    theatre: options.Theatre = None,
) -> None:
    """Answer over HTTP what the other commands answer, and take what reviewers decide; a build may go on meanwhile."""
    from fogline.ahead import NOTHING, shelf
    from fogline.cli.console import say
    from fogline.cli.ledgers import reading, writing
    from fogline.config import load
    from fogline.ports import HoldsColumns
    from fogline.store.opening import shown

    check_address(host, tokens is not None)
    known = read_tokens(tokens) if tokens else {}
    try:
        import uvicorn

        from fogline.api.app import make
        from fogline.api.reviewing import Desk, Role
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed.", "Install it with: pip install 'fogline[serve]'.") from error
    if scenarios:
        shelf(scenarios)  # a folder that is none is said now, not when somebody asks
    settings = load(theatre=theatre)
    roles = {name: Role(role) for name, role in read_roles(tokens).items()} if tokens else {}
    desk = None if read_only else Desk(lambda: writing(ledger, settings), roles)
    with reading(ledger, settings) as opened:
        say(f"{shown(ledger)}: served at http://{host}:{port}/v1/openapi.json; stop with Ctrl-C.")
        if isinstance(opened, HoldsColumns):
            # Until it is there questions are answered from the tables.
            Thread(target=opened.hold, daemon=True).start()
        app = make(
            cast("PagedLedger", opened), settings, known, desk, lambda: shelf(scenarios) if scenarios else NOTHING
        )
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def check_address(host: str, guarded: bool) -> None:
    """Raise ``UsageError`` for an address that others can reach where nobody is asked who they are."""
    if guarded or is_loopback(host):
        return
    raise UsageError(
        f"{host} can be reached from other machines, and no authentication is configured.",
        "Give --tokens FILE, or leave --host out to serve this machine alone.",
    )


def read_tokens(path: Path) -> dict[str, str]:
    """SHA-256 of each token to whom it was given; raises ``UsageError`` for a file that does not say that."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).", "Give a text file of lines NAME TOKEN.") from error
    known: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) not in (2, 3) or len(words[1]) < SHORTEST_TOKEN or (len(words) == 3 and words[2] not in ROLES):
            raise UsageError(
                f"{path}, line {number}: not a name, a token of at least {SHORTEST_TOKEN} characters, and a role.",
                f"Write NAME TOKEN ROLE, with a long random token; roles are {', '.join(ROLES)}.",
            )
        known[hashlib.sha256(words[1].encode()).hexdigest()] = words[0]
    if not known:
        raise UsageError(f"{path}: names no token.", "Write a line NAME TOKEN for each who may read.")
    return known


ROLES = ("reader", "reviewer", "admin")
"""What a line of the file of tokens may end in; without it, its holder reads."""


def read_roles(path: Path) -> dict[str, str]:
    """The role of each name in a file of tokens that ``read_tokens`` took."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    named = [words for words in lines if words and not words[0].startswith("#")]
    return {words[0]: words[2] if len(words) == 3 else ROLES[0] for words in named}
