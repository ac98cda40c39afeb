"""``fogline backtest``: a scenario replayed day by day, as known by each day."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe
from fogline.errors import UsageError


class LookFormat(StrEnum):
    """What is printed of what lies ahead."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backtest", epilog="Example: [bold]fogline backtest Kupiansk --from 2025-09-01 --to 2025-12-01[/bold]")(
        backtest
    )


def backtest(
    place: Annotated[str, typer.Argument(help="A settlement, in any spelling.", metavar="PLACE")],
    start: Annotated[date, typer.Option("--from", help="The first day.", parser=options.day, metavar="DAY")],
    end: Annotated[date, typer.Option("--to", help="The last day.", parser=options.day, metavar="DAY")],
    scenario: Annotated[
        Path | None,
        typer.Option("--scenario", help="A scenario file; without one, a draft of the first day.", metavar="FILE"),
    ] = None,
    plot: options.Plot = None,
    ledger: options.Ledger = options.LEDGER,
    form: Annotated[LookFormat, typer.Option("--format", help="What to print.")] = LookFormat.TABLE,
    output: options.Out = None,
) -> None:
    """Replay a scenario day by day as known by: how its probabilities moved, what moved them, and how they scored.

    No day sees what was published after it. The scores hold each day's probability against the path that came true by the last.
    """
    from fogline import foreseeing
    from fogline.cli import scenarios
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.outlook_rows import scenario_row
    from fogline.publish.tracks import score_row

    if end <= start:
        raise UsageError(f"The replay ends ({end}) before it starts ({start}).", "Swap --from and --to.")
    settings = load()
    with reading(ledger, settings) as opened:
        replay = foreseeing.backtest(opened, place, settings, start, end, scenario)
    if plot is not None:
        scenarios.chart(plot, replay.scenario, replay.boards)
    row = scenario_row(replay.scenario, replay.boards)
    row |= {"came": replay.came or None, "scores": {name: score_row(found) for name, found in replay.scores}}
    if form is LookFormat.JSON:
        emit([json.dumps(row, ensure_ascii=False) + "\n"], output)
        return
    emit([*_days(row), *scenarios.lines(replay.scenario, replay.boards), *_scores(row)], output)


def _days(row: dict[str, Any]) -> list[str]:
    """One line for each day on which a probability changed."""
    names = [path["id"] for path in row["board"]["paths"]]
    out = [f"day         {'  '.join(f'{safe(name)[:16]:>16}' for name in names)}\n"]
    before: list[float] = []
    for board in row["history"]:
        chances = [path["probability"] for path in board["paths"]]
        if chances != before:
            out.append(f"{board['day']}  {'  '.join(f'{chance:16.0%}' for chance in chances)}\n")
        before = chances
    return [*out, "\n"]


def _scores(row: dict[str, Any]) -> list[str]:
    if not row["came"]:
        return ["\nWhich path came true is not known by the last day, so nothing is scored.\n"]
    out = [f"\n{safe(row['came'])} came true. Scores over the days, each path for itself\n"]
    for name, found in row["scores"].items():
        out.append(
            f"  {safe(name)}: Brier {found['brier']:.3f}, log {found['log']:.3f}, against always one half {found['skill_half']:+.2f}\n"
        )
    return out
