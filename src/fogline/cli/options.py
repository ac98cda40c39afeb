"""Options that several commands share, each worded once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fogline.errors import UsageError
from fogline.model import Kind


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def day(text: str) -> date:
    """A day from the command line; raises ``UsageError`` for anything but a date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day.", "Write it as YEAR-MONTH-DAY, for example 2022-09-10.") from error


Ledger = Annotated[
    str,
    typer.Option(
        "--ledger",
        help="The ledger's file, or postgresql://USER@HOST/DATABASE.",
        envvar="FOGLINE_LEDGER",
        metavar="FILE|ADDRESS",
        show_default=True,
    ),
]
LEDGER = "fogline.sqlite"
"""Where the ledger is, unless told otherwise."""

Out = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file, not to the screen.", metavar="FILE")
]
Theatre = Annotated[
    str | None,
    typer.Option("--theatre", help="The conflict, by name or folder; recognised if left out.", metavar="NAME"),
]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="A TOML file of settings.", metavar="FILE")]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Reading processes; 0 lets fogline choose.", min=0, metavar="N")
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="Where reports are read: serial, pool, ray or ray://HOST:PORT; fogline chooses if left out.",
        metavar="NAME",
    ),
]
Shards = Annotated[
    str | None,
    typer.Option(
        "--shards",
        help="Read in bulk through files in this folder or at this address; what is read there is not read again.",
        metavar="FOLDER|ADDRESS",
    ),
]
Rows = Annotated[Format, typer.Option("--format", help="How to print the rows.")]
Place = Annotated[
    str | None, typer.Option("--place", help="Only about this settlement, in any spelling.", metavar="NAME")
]
Speaker = Annotated[
    str | None, typer.Option("--speaker", help="Only with this name among the speakers.", metavar="NAME")
]
Side = Annotated[str | None, typer.Option("--side", help="Only from speakers of this side.", metavar="CODE")]
Kinds = Annotated[
    list[Kind] | None, typer.Option("--kind", help="Only of this kind; may be given again.", metavar="KIND")
]
Since = Annotated[date | None, typer.Option("--since", help="Only from this day on.", parser=day, metavar="DAY")]
Until = Annotated[date | None, typer.Option("--until", help="Only up to this day.", parser=day, metavar="DAY")]
KnownBy = Annotated[
    date | None,
    typer.Option("--known-by", help="Only from what was published by this day.", parser=day, metavar="DAY"),
]
Plot = Annotated[
    Path | None, typer.Option("--plot", help="Draw belief over time: an .svg or .png file.", metavar="FILE")
]
AreaNames = Annotated[
    list[str] | None,
    typer.Option("--area", help="A district, region or settlement; may be given again.", metavar="NAME"),
]
InBox = Annotated[str | None, typer.Option("--box", help="Only within these degrees.", metavar="SOUTH,WEST,NORTH,EAST")]


def box(given: str | None) -> tuple[float, float, float, float] | None:
    """South, west, north and east in degrees; raises ``UsageError`` for anything else."""
    if given is None:
        return None
    try:
        south, west, north, east = (float(number) for number in given.split(","))
    except ValueError as error:
        raise UsageError(f"{given!r} is no box.", "Write SOUTH,WEST,NORTH,EAST in degrees: 49,37,50,38.") from error
    return south, west, north, east
