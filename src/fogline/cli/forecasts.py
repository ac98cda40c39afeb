"""``fogline forecasts list``, ``scores``, ``make`` and ``resolve``: who foretold what, and who was right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe, say, table
from fogline.cli.options import Format
from fogline.errors import UsageError

Row = Mapping[str, Any]
Journal = Annotated[
    Path | None,
    typer.Option("--journal", help="The journal of our own forecasts and of people's resolutions.", metavar="FILE"),
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


SPOKEN = {Verdict.YES: "came true", Verdict.NO: "did not come true", Verdict.VOID: "void"}


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
        epilog="Example: [bold]fogline forecasts resolve forecast-1a2b yes --person Ada --why seen --on 2026-03-04[/bold]",
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
    journal: Journal = None,
    ledger: options.Ledger = options.LEDGER,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Track records: Brier and log score, calibration, skill against the base rate and against always one half.

    The best come first. A record of few forecasts says little: look at how many were scored.
    """
    from fogline.foresee.scoring import score
    from fogline.publish.tracks import tracks

    rows = tracks(_rows(ledger, known_by, journal), by.value, score)
    shown = (by.value, "forecasts", "scored", "void", "not_due", "brier", "log", "skill_base_rate", "skill_half")
    _print(rows, shown, form, output, f"Track records by {by.value}")


def make(
    file: Annotated[Path, typer.Argument(help="A scenario file (TOML).", metavar="SCENARIO")],
    known_by: options.KnownBy = None,
    journal: Kept = JOURNAL,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Add the scenario's probabilities as forecasts of our own to the journal, each line with the hash of the one before."""
    from fogline import foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load()
    with reading(ledger, settings) as opened:
        scenario = foreseeing.scenario_of(file, opened, settings)
        board = foreseeing.history(scenario, foreseeing.known(opened, settings), known_by or scenario.closes)[-1]
    lines = _journal(journal)
    for row in foreseeing.own_forecasts(scenario, board):
        lines.append(_add(journal, lines, row))
        say(f"{row['id']}: {row['title']}, {row['probability']:.0%}, by {row['until']}")


def resolve(
    forecast: Annotated[
        str, typer.Argument(help="The forecast's id, from fogline forecasts list --format jsonl.", metavar="ID")
    ],
    outcome: Annotated[Verdict, typer.Argument(help="What became of it: yes, no or void.", metavar="OUTCOME")],
    person: Annotated[str, typer.Option("--person", help="Who says so.", metavar="NAME")],
    why: Annotated[str, typer.Option("--why", help="What it rests on.", metavar="TEXT")],
    on: Annotated[date, typer.Option("--on", help="The day of the resolution.", parser=options.day, metavar="DAY")],
    journal: Kept = JOURNAL,
) -> None:
    """Resolve a forecast by a person's word, in the journal; a later resolution of the same forecast takes its place."""
    lines = _journal(journal)
    told = {
        "kind": "resolution",
        "id": forecast,
        "outcome": SPOKEN[outcome],
        "person": person,
        "why": why,
        "on": on.isoformat(),
    }
    _add(journal, lines, told)
    say(f"{journal}: {forecast} {SPOKEN[outcome]}, says {person}.")


def _rows(ledger: str, known_by: date | None, journal: Path | None) -> list[Row]:
    """The speakers' forecasts and those of the journal, with what became of them; a person's word goes first."""
    from fogline import foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.tracks import forecast_row

    settings = load()
    lines = _journal(journal) if journal is not None else []
    with reading(ledger, settings) as opened:
        rows: list[Row] = [forecast_row(one) for one in foreseeing.resolved(opened, settings, known_by)]
        rows += foreseeing.own_resolved(lines, opened, settings, known_by)
    spoken = {
        line["id"]: line
        for line in lines
        if line["kind"] == "resolution" and (known_by is None or line["on"] <= known_by.isoformat())
    }
    return [_spoken(row, spoken.get(row["id"])) for row in rows]


def _spoken(row: Row, line: Row | None) -> Row:
    return (
        row
        if line is None
        else {**row, "outcome": line["outcome"], "why": f"{line['why']} ({line['person']})", "evidence": []}
    )


def _journal(path: Path) -> list[Row]:
    from fogline.foresee.journal import read

    if not path.exists():
        return []
    try:
        return list(read(str(path), path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).", "Name another journal with --journal.") from error


def _add(path: Path, lines: Sequence[Row], told: Row) -> Row:
    from fogline.foresee.journal import appended

    line = appended(lines, told)
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
    found: Row = json.loads(line)
    return found


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
