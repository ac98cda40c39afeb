"""``fogline export``: the ledger in other programs' formats."""

from __future__ import annotations

from typing import Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export", epilog="Example: [bold]fogline export control.geojson --place Kupiansk -o kupiansk.geojson[/bold]"
    )(export)


def export(
    form: Annotated[
        str,
        typer.Argument(
            help="What to write, and how: claims.csv, control.geojson, stix, brief.pdf ...", metavar="FORMAT"
        ),
    ],
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    known_by: options.KnownBy = None,
    theatre: options.Theatre = None,
    output: options.Out = None,
) -> None:
    """Write claims, links, control or a brief in a format that other programs read (`docs/exports.md`)."""
    from fogline import exporting
    from fogline.cli.ledgers import reading
    from fogline.config import load

    exporting.media_type(form)  # before a ledger is opened for nothing
    settings = load(theatre=theatre)
    with reading(ledger, settings) as opened:
        made = exporting.write(opened, settings, form, place=place or "", day=known_by)
    emit([made], output)
    if output:
        say(f"{output}: {form}, {len(made):,} bytes.")
