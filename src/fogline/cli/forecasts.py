"""``fogline forecasts list``, ``scores``, ``make`` and ``resolve``: who foretold what, and who was right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe, say, table
from fogline.cli.options import Format
from fogline.cli.review import By as Person
from fogline.cli.review import Why

if TYPE_CHECKING:
    from fogline.foresee.scoring import Score

Row = Mapping[str, Any]
Journal = Annotated[
    Path | None,
    typer.Option("--journal", help="The journal of our own forecasts.", metavar="FILE"),
]
JOURNAL = Path("forecasts.jsonl")
"""Where the journal is, unless told otherwise."""
Kept = Annotated[
    Path, typer.Option("--journal", help="The journal to add to; made where there is none.", metavar="FILE")
]


class By(StrEnum):
    """Whose track record."""

    SPEAKER = "speaker"
    OUTLET = "outlet"


class Verdict(StrEnum):
    """A person's resolution."""

    YES = "yes"
    NO = "no"
    VOID = "void"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    group.command("list", epilog="Example: [bold]fogline forecasts list --place Kupiansk --format csv[/bold]")(listed)
    group.command("scores", epilog="Example: [bold]fogline forecasts scores --by outlet[/bold]")(scores)
    group.command("make", epilog="Example: [bold]fogline forecasts make kupiansk.toml --known-by 2025-11-21[/bold]")(
        make
    )
    group.command(
        "resolve",
        epilog="Example: [bold]fogline forecasts resolve forecast-1a2b yes --on 2026-03-04 --by Ada --reason seen[/bold]",
    )(resolve)
    app.add_typer(
        group,
        name="forecasts",
        help="Forecasts that speakers made, and ours: resolved when due, scored, with track records.",
        epilog="Example: [bold]fogline forecasts scores[/bold]",
    )


def listed(
    place: options.Place = None,
    speaker: options.Speaker = None,
    known_by: options.KnownBy = None,
    journal: Journal = None,
    ledger: options.Ledger = options.LEDGER,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Who foretold what, how likely, by when, and what became of it.

    A forecast is resolved from assessed control or from two other voices, never from the forecaster's own word.
    """
    rows = [
        row
        for row in _rows(ledger, known_by, journal)
        if (not place or place.casefold() == row["place"].casefold())
        and (not speaker or speaker.casefold() in row["speaker"].casefold())
    ]
    shown = ("made", "speaker", "event", "side", "place", "until", "likelihood", "outcome", "why")
    _print(rows, shown, form, output, f"{len(rows)} forecasts")


def scores(
    by: Annotated[By, typer.Option("--by", help="Whose track record.")] = By.SPEAKER,
    known_by: options.KnownBy = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot", help="Draw the calibration of all that were scored: an .svg or .png file.", metavar="FILE"
        ),
    ] = None,
    journal: Journal = None,
    ledger: options.Ledger = options.LEDGER,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Track records: Brier and log score, calibration, skill against the base rate and against always one half.

    The best come first. A record of few forecasts says little: look at how many were scored.
    """
    from fogline.foresee.scoring import score
    from fogline.publish.tracks import due, tracks

    every = _rows(ledger, known_by, journal)
    if plot is not None:
        _draw(plot, score(due(every)))
    rows = tracks(every, by.value, score)
    shown = (
        by.value,
        "forecasts",
        "scored",
        "void",
        "unknown",
        "not_due",
        "brier",
        "log",
        "skill_base_rate",
        "skill_half",
    )
    _print(rows, shown, form, output, f"Track records by {by.value}")


def make(
    file: Annotated[Path, typer.Argument(help="A scenario file (TOML).", metavar="SCENARIO")],
    known_by: options.KnownBy = None,
    journal: Kept = JOURNAL,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Add the scenario's probabilities as forecasts of our own to the journal, each line with the hash of the one before."""
    from fogline import ahead, forecasting, foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load()
    with reading(ledger, settings) as opened:
        scenario = foreseeing.scenario_of(file, opened, settings)
        known = foreseeing.known(opened, settings)
        board = foreseeing.history(scenario, known, known_by or foreseeing.today(scenario, known))[-1]
    lines = list(ahead.journal(journal))
    for row in forecasting.own_forecasts(scenario, board):
        lines.append(ahead.entered(journal, lines, row))
        say(f"{row['id']}: {row['title']}, {row['probability']:.0%}, by {row['until']}")


def resolve(
    forecast: Annotated[
        str, typer.Argument(help="The forecast's id, from fogline forecasts list --format jsonl.", metavar="ID")
    ],
    outcome: Annotated[Verdict, typer.Argument(help="What became of it: yes, no or void.", metavar="OUTCOME")],
    on: Annotated[
        date | None,
        typer.Option(
            "--on", help="From which day it could be known; today if left out.", parser=options.day, metavar="DAY"
        ),
    ] = None,
    by: Person = "",
    reason: Why = "",
    journal: Journal = None,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Resolve a forecast by your word: it goes before the rules', and stands in fogline review history.

    fogline review undo takes it back. One of ours needs the journal that it is in.
    """
    from fogline.ahead import Shelf
    from fogline.cli.review import decide_ahead
    from fogline.review.deciding import Decision

    value = f"{outcome.value} {on}" if on else outcome.value
    decide_ahead(Decision.RESOLVE, forecast, value, by, reason, ledger, Shelf({}, journal))


def _rows(ledger: str, known_by: date | None, journal: Path | None) -> list[Row]:
    """The speakers' forecasts and those of the journal, with what became of them; a person's word goes first."""
    from fogline import ahead, forecasting
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.tracks import forecast_row

    settings = load()
    with reading(ledger, settings) as opened:
        rows: list[Row] = [forecast_row(one) for one in forecasting.resolved(opened, settings, known_by)]
        return rows + list(ahead.forecasts(ahead.Shelf({}, journal), opened, settings, known_by))


def _draw(path: Path, found: Score | None) -> None:
    from fogline.cli.pictures import save
    from fogline.publish.calibration import FORECASTS, calibration

    title = f"Calibration of {found.number if found else 0} forecasts"
    save(path, calibration(found.calibration if found else (), title, FORECASTS), title)


def _print(rows: Sequence[Row], shown: Iterable[str], form: Format, output: Path | None, title: str) -> None:
    from fogline.publish import tables

    shown = tuple(shown)
    if form is Format.TABLE:
        cells = ([safe(_cell(row[name])) for name in shown] for row in rows)
        emit([table(title, shown, cells, f"Nothing found ({title}).")], output)
    elif form is Format.CSV:
        columns = {name: (lambda row, name=name: _cell(row[name])) for name in shown}
        emit(tables.csv_lines(map(dict, rows), columns), output)
    else:
        write = tables.json_array if form is Format.JSON else tables.json_lines
        emit(write(map(dict, rows)), output)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else str(value)
