"""``fogline mcp``: the ledger as tools for a language model, on standard input and output."""

from __future__ import annotations

import typer

from fogline.cli import options
from fogline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp", epilog="Example: [bold]fogline mcp --ledger demo/ledger.sqlite[/bold]")(mcp)


def mcp(ledger: options.Ledger = options.LEDGER, theatre: options.Theatre = None) -> None:
    """Answer a language model over the Model Context Protocol, for reading only, every answer with its citations."""
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.mcp.answers import Answers
    from fogline.mcp.server import server

    settings = load(theatre=theatre)
    with reading(ledger, settings) as opened:
        try:
            made = server(Answers(opened, settings))
        except ImportError as error:
            raise UsageError(
                "The package mcp is not installed.", "Install it with: pip install 'fogline[mcp]'."
            ) from error
        made.run("stdio")
