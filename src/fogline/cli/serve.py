"""``fogline serve``: the API over a ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, cast

import typer

from fogline.api.addresses import is_loopback
from fogline.api.people import read_tokens
from fogline.cli import options
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.ahead import Shelf
    from fogline.api.answers import PagedLedger
    from fogline.api.holding import HeldLedger
    from fogline.config import Settings


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
    oidc: Annotated[
        Path | None,
        typer.Option("--oidc", help="The OpenID provider that people sign in at: a TOML file.", metavar="FILE"),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="Serve encrypted, with this certificate (PEM).", metavar="FILE")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="The certificate's private key (PEM).", metavar="FILE")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody decide about readings.")] = False,
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios", help="Serve the scenario and hypothesis files (TOML) of this folder.", metavar="DIR"
        ),
    ] = None,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Answer /metrics for Prometheus, to whoever may read.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            help="Processes that answer beside the server's own; left out: one a core for a large ledger, none for a small one.",
            min=0,
            max=64,
            metavar="N",
        ),
    ] = None,
    theatre: options.Theatre = None,
) -> None:
    """Answer over HTTP what the other commands answer, and take what reviewers decide; a build may go on meanwhile."""
    from fogline.ahead import NOTHING, shelf
    from fogline.cli.console import say
    from fogline.cli.ledgers import reading, writing
    from fogline.config import load
    from fogline.operating import logs
    from fogline.operating.metrics import ServerMetrics
    from fogline.ports import HoldsColumns
    from fogline.store.opening import shown
    from fogline.store.standing import standing

    check_address(host, tokens is not None or oidc is not None)
    check_pair(certificate, key)
    known = read_tokens(tokens) if tokens else {}
    try:
        import uvicorn

        from fogline.api.access import Access
        from fogline.api.app import make
        from fogline.api.crew import Crew
        from fogline.api.forking import start
        from fogline.api.reviewing import Desk
        from fogline.api.single_sign_on import SingleSignOn, read
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed.", "Install it with: pip install 'fogline[serve]'.") from error
    if scenarios:
        shelf(scenarios)  # a folder that is none is said now, not when somebody asks
    access = Access(known, SingleSignOn(read(oidc)) if oidc else None)
    watched = ServerMetrics(lambda: dict(standing(ledger).counts)) if metrics else None
    settings = load(theatre=theatre)
    desk = None if read_only else Desk(lambda: writing(ledger, settings))
    with reading(ledger, settings) as opened:
        say(
            f"{shown(ledger)}: served at {'https' if certificate else 'http'}://{host}:{port}/v1/openapi.json; stop with Ctrl-C."
        )
        if not certificate and not is_loopback(host):
            say("It goes unencrypted: put a proxy with a certificate before it, or give --certificate and --key.")
        shelved = lambda: shelf(scenarios) if scenarios else NOTHING  # noqa: E731
        many = _workers(workers, dict(standing(ledger).counts).get("claims", 0))
        crew = None
        if many and isinstance(opened, HoldsColumns):
            opened.rest()
            crew = Crew(start(partial(_held, ledger, settings, shelved, many), many))
        elif isinstance(opened, HoldsColumns):
            # Until it is there questions are answered from the tables.
            Thread(target=opened.hold, daemon=True).start()
        app = make(cast("PagedLedger", opened), settings, access, desk, shelved, watched, crew)
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            # Where a log is kept, what uvicorn has to say goes there.
            log_config=None if logs.configured() else uvicorn.config.LOGGING_CONFIG,
            server_header=False,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        if crew is not None:
            crew.close()


def _workers(asked: int | None, claims: int) -> int:
    """How many processes answer. Raises ``UsageError`` where some are asked for and the system has no copies of processes."""
    from fogline.api.answers import LARGE
    from fogline.api.forking import can_fork, default_workers

    if asked and not can_fork():
        raise UsageError("This system cannot copy a process.", "Leave --workers out: all is answered by one process.")
    return asked if asked is not None else default_workers() if claims > LARGE else 0


def _held(ledger: str, settings: Settings, shelved: Callable[[], Shelf], many: int) -> HeldLedger:
    """What the workers are copies of, made in a process of its own, with a word of how far it is."""
    from fogline.api.holding import HeldLedger
    from fogline.cli.console import progressing, say
    from fogline.store.opening import open_ledger

    begun = time.monotonic()
    opened = cast("PagedLedger", open_ledger(ledger, wait_seconds=settings.wait_seconds, read_only=True))

    def ready() -> None:
        say(f"All claims are in memory after {time.monotonic() - begun:.0f} s: {many} processes answer from now on.")

    with progressing() as progress:
        return HeldLedger(opened, settings, shelved, progress, ready)


def check_address(host: str, guarded: bool) -> None:
    """Raise ``UsageError`` for an address that others can reach where nobody is asked who they are."""
    if guarded or is_loopback(host):
        return
    raise UsageError(
        f"{host} can be reached from other machines, and no authentication is configured.",
        "Give --tokens FILE or --oidc FILE, or leave --host out to serve this machine alone.",
    )


def check_pair(certificate: Path | None, key: Path | None) -> None:
    """Raise ``UsageError`` where a certificate lacks its key, or one of both is not there."""
    if (certificate is None) != (key is None):
        raise UsageError("A certificate and its key go together.", "Give both: --certificate FILE --key FILE.")
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise UsageError(f"{path}: there is no such file.", "Give a file in PEM.")
