"""``fogline scenarios init`` and ``show``: paths, what to watch, and how likely each path is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.backtest import LookFormat
from fogline.cli.console import emit, safe, say
from fogline.cli.review import By, Why
from fogline.model import whole_percent

if TYPE_CHECKING:
    from fogline.foresee.scenarios import Board, Scenario

File = Annotated[Path, typer.Argument(help="A scenario file (TOML).", metavar="SCENARIO")]


class Stand(StrEnum):
    """How a person reads an indicator."""

    HIT = "hit"
    MISS = "miss"


MONTHS = 3
"""How long a drafted scenario runs, in months of 30 days."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    group.command("init", epilog="Example: [bold]fogline scenarios init Kupiansk -o kupiansk.toml[/bold]")(init)
    group.command("show", epilog="Example: [bold]fogline scenarios show kupiansk.toml --known-by 2025-11-21[/bold]")(
        show
    )
    group.command(
        "read",
        epilog="Example: [bold]fogline scenarios read kupiansk.toml ferries hit --on 2025-12-04 --by Ada --reason 'seen'[/bold]",
    )(read)
    app.add_typer(
        group,
        name="scenarios",
        help="Scenarios: paths with priors, indicators read from the ledger, probabilities over time.",
        epilog="Example: [bold]fogline scenarios init Kupiansk -o kupiansk.toml[/bold]",
    )


def init(
    place: Annotated[str, typer.Argument(help="A settlement, in any spelling.", metavar="PLACE")],
    known_by: options.KnownBy = None,
    ledger: options.Ledger = options.LEDGER,
    output: options.Out = None,
) -> None:
    """Draft a scenario file from the paths and indicators that documents state, else from who may hold the place.

    It opens on the day of --known-by, else when the paths were stated or the ledger first speaks of the place. Priors and
    ratios are for you to judge.
    """
    from fogline import foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load()
    with reading(ledger, settings) as opened:
        emit([foreseeing.draft(opened, place, settings, known_by, timedelta(days=30 * MONTHS))], output)
    if output:
        say(f"{output}: look at every prior and ratio, then: fogline scenarios show {output}")


def show(
    file: File,
    known_by: options.KnownBy = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Draw the probabilities over time: an .svg or .png file.", metavar="FILE"),
    ] = None,
    ledger: options.Ledger = options.LEDGER,
    form: Annotated[LookFormat, typer.Option("--format", help="What to print.")] = LookFormat.TABLE,
    output: options.Out = None,
) -> None:
    """How likely each path is as known by a day, which indicators were hit or missed, and what moved it.

    A probability says how likely; confidence, beside it, says how much evidence it rests on.
    """
    from fogline import foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.outlook_rows import scenario_row

    settings = load()
    with reading(ledger, settings) as opened:
        scenario = foreseeing.scenario_of(file, opened, settings)
        known = foreseeing.known(opened, settings)
    boards = foreseeing.history(scenario, known, known_by or foreseeing.today(scenario, known))
    if plot is not None:
        chart(plot, scenario, boards)
    if form is LookFormat.JSON:
        emit([json.dumps(scenario_row(scenario, boards), ensure_ascii=False) + "\n"], output)
        return
    emit(lines(scenario, boards), output)


def read(
    file: File,
    indicator: Annotated[str, typer.Argument(help="The indicator's id.", metavar="INDICATOR")],
    state: Annotated[Stand, typer.Argument(help="How it stands: hit or miss.", metavar="STATE")],
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            help="From which day it counts; that of the last report if left out.",
            parser=options.day,
            metavar="DAY",
        ),
    ] = None,
    by: By = "",
    reason: Why = "",
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Read an indicator yourself: your word goes before what the ledger shows, and stands in fogline review history.

    fogline review undo takes it back.
    """
    from fogline.ahead import Shelf
    from fogline.cli.review import decide_ahead
    from fogline.review.deciding import Decision

    value = f"{state.value} {on}" if on else state.value
    name = scenario_id(file, ledger)
    decide_ahead(Decision.READ, f"indicator:{name}:{indicator}", value, by, reason, ledger, Shelf({file.name: file}))


def scenario_id(file: Path, ledger: str) -> str:
    """The id of a scenario file; raises ``BadScenario``."""
    from fogline import foreseeing
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load()
    with reading(ledger, settings) as opened:
        return foreseeing.scenario_of(file, opened, settings).id


def lines(scenario: Scenario, boards: Sequence[Board]) -> list[str]:
    """The last board, and what moved it, for reading."""
    from fogline.publish.outlook_rows import scenario_row

    row = scenario_row(scenario, boards)
    board = row["board"]
    out = [f"{safe(scenario.title)}, as known by {board['day']}\n"]
    out.append(f"Confidence {board['confidence']}: {board['reason']}.\n\n")
    for path in board["paths"]:
        prior = row["priors"][path["id"]]
        told = f"  {whole_percent(path['probability'])}%  {path['likelihood']}: {safe(path['title'])}"
        out.append(f"{told} (prior {whole_percent(prior)}%)\n")
    put = {one["id"]: one["threshold"] for one in row["indicators"]}
    out.append("\nIndicators\n")
    for one in board["indicators"]:
        when = f" since {one['day']}" if one["day"] else ""
        weight = f", odds of {one['path']} times {one['ratio']:g}" if one["ratio"] != 1 else ""
        who = "" if one["by"] == "ledger" else f", read by {safe(one['by'])}: {safe(one['why'] or 'no reason given')}"
        now = "" if one["now"] is None else f" ({one['now']:.2g} now, {put[one['id']]:g} asked)"
        out.append(f"  {one['state']}{when}: {safe(one['title'])}{now}{weight}{who}\n")
    out.append("\nWhat moved it\n" if row["moves"] else "\nNothing has moved it.\n")
    for move in row["moves"]:
        change = f"{move['before']:.0%} to {move['after']:.0%}"
        cited = f" ({', '.join(move['claims'][:3])})" if move["claims"] else ""
        cited = cited if move["by"] == "ledger" else f" (read by {safe(move['by'])})"
        out.append(f"  {move['day']}  {safe(move['path'])} {change}: {safe(move['title'])} {move['state']}{cited}\n")
    return out


def chart(path: Path, scenario: Scenario, boards: Sequence[Board]) -> None:
    """Write the picture of a scenario's history."""
    from fogline.cli.pictures import save
    from fogline.publish.curves import curves
    from fogline.publish.outlook_rows import moves, names

    titles, watched = names(scenario)
    priors = {path.id: path.prior for path in scenario.paths}
    marks = [(date.fromisoformat(m["day"]), f"{m['title']}: {m['state']}") for m in moves(boards, watched, priors)]
    points = [(board.day, dict(board.probabilities)) for board in boards]
    save(path, curves(points, titles, scenario.title, marks), f"{scenario.title}, by day")
