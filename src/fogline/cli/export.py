"""``fogline export``: the ledger in other programs' formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, say
from fogline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export", epilog="Example: [bold]fogline export control.geojson --place Kupiansk -o kupiansk.geojson[/bold]"
    )(export)


def export(
    form: Annotated[
        str,
        typer.Argument(
            help="What to write, and how: claims.csv, control.geojson, stix, brief.pdf, lake ...", metavar="FORMAT"
        ),
    ],
    folder: Annotated[Path | None, typer.Argument(help="The folder to write a lake to.", metavar="[DIR]")] = None,
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    known_by: options.KnownBy = None,
    theatre: options.Theatre = None,
    output: options.Out = None,
) -> None:
    """Write claims, links, control or a brief in a format that other programs read (`docs/exports.md`).

    A lake is a folder of partitioned Parquet files: fogline export lake DIR (`docs/lake.md`).
    """
    from fogline import exporting
    from fogline.ahead import NOTHING, foresight
    from fogline.cli.ledgers import reading
    from fogline.config import load

    if (form == exporting.LAKE) != (folder is not None):
        raise UsageError("A folder goes with the format lake, and a lake with a folder.", "Write: export lake DIR.")
    if folder is not None:
        settings = load(theatre=theatre)
        with reading(ledger, settings) as opened:
            count = exporting.lake(opened, settings, folder, place=place or "", day=known_by)
        say(f"{folder}: a lake of {count} files.")
        return
    exporting.media_type(form)  # before a ledger is opened for nothing
    settings = load(theatre=theatre)
    with reading(ledger, settings) as opened:
        made = exporting.write(
            opened, settings, form, place=place or "", day=known_by,
            foresight=lambda name: foresight(NOTHING, name, opened, settings, known_by),
        )  # fmt: skip
    emit([made], output)
    if output:
        say(f"{output}: {form}, {len(made):,} bytes.")
