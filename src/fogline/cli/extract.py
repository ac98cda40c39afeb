"""``fogline extract``: what is heard in reports, without a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fogline.cli import options
from fogline.cli.build import SOME_FAILED
from fogline.cli.console import emit, failed, say, table
from fogline.cli.options import Format
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.config import Settings
    from fogline.model import Failure
    from fogline.publish.rows import Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract", epilog="Example: [bold]fogline extract report.txt --places --format csv[/bold]")(extract)


def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of reports.", metavar="PATH...")],
    attributions: Annotated[bool, typer.Option("--attributions", help="Print source, cue and content spans.")] = False,
    places: Annotated[bool, typer.Option("--places", help="Print place names and what they were resolved to.")] = False,
    dates: Annotated[bool, typer.Option("--dates", help="Print time expressions as intervals.")] = False,
    quantities: Annotated[bool, typer.Option("--quantities", help="Print amounts as ranges.")] = False,
    theatre: options.Theatre = None,
    workers: options.Workers = None,
    settings: options.SettingsFile = None,
    form: options.Rows = Format.JSONL,
    output: options.Out = None,
) -> None:
    """Print the claims of reports as they are heard, one a line; or what one step alone hears.

    With --attributions, --places, --dates or --quantities, everything that step hears is printed, relevant to a
    conflict or not: for measuring, and for other programs. Offsets are characters of the file as decoded.
    """
    from fogline.config import load

    asked = {"attributions": attributions, "places": places, "dates": dates, "quantities": quantities}
    steps = [name for name, wanted in asked.items() if wanted]
    if len(steps) > 1:
        raise UsageError(f"One step at a time: {', '.join('--' + name for name in steps)}.", "Leave all but one out.")
    loaded = load(settings, theatre=theatre, workers=workers)
    failures: list[Failure] = []
    found = _claims(paths, loaded, failures) if not steps else _step(paths, steps[0], loaded, failures)
    _print(found, steps[0] if steps else "claims", form, output)
    for failure in failures:
        say(failed(failure))
    if failures:
        raise typer.Exit(SOME_FAILED)


def _claims(paths: Sequence[Path], settings: Settings, failures: list[Failure]) -> Iterator[Row]:
    from fogline import flow
    from fogline.model import Reading
    from fogline.publish.rows import claim_row

    for outcome in flow.hear(paths, settings):
        if isinstance(outcome, Reading):
            yield from (claim_row(claim, outcome.document) for claim in outcome.claims)
        else:
            failures.append(outcome)


def _step(paths: Sequence[Path], step: str, settings: Settings, failures: list[Failure]) -> Iterator[Row]:
    from fogline import flow
    from fogline.model import Failure
    from fogline.publish import steps

    as_row: dict[str, Callable[[Any, Any], Row]] = {
        "attributions": steps.attribution_row,
        "places": steps.toponym_row,
        "dates": steps.timex_row,
        "quantities": steps.amount_row,
    }
    for outcome in flow.hearings(paths, step, settings):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            document, heard = outcome
            yield from (as_row[step](document, one) for one in heard)


def _print(found: Iterator[Row], step: str, form: Format, output: Path | None) -> None:
    from fogline.publish import tables

    if form in (Format.JSON, Format.JSONL):
        emit((tables.json_array if form is Format.JSON else tables.json_lines)(found), output)
        return
    every: list[Row] = list(found)
    columns = tables.CLAIMS if step == "claims" else tables.flat(every[0]) if every else {}
    if form is Format.CSV:
        emit(tables.csv_lines(every, columns) if columns else (), output)
        return
    shown = tables.BRIEFLY["claims"] if step == "claims" else columns
    lines: Iterable[Iterable[str]] = (tables.cells(row, shown) for row in every)
    emit([table(f"{len(every)} {step}", shown, lines, f"No {step} heard.")], output)
