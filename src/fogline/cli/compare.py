"""``fogline compare``: how two statements stand to each other, pair by pair, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.build import SOME_FAILED
from fogline.cli.console import emit, failed, say

if TYPE_CHECKING:
    from fogline.config import Settings
    from fogline.model import Failure


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", epilog="Example: [bold]fogline compare pairs.jsonl -o compared.jsonl[/bold]")(compare)


def compare(
    pairs: Annotated[Path, typer.Argument(help="A file of pairs, one a line.", metavar="PAIRS.jsonl")],
    theatre: options.Theatre = None,
    settings: options.SettingsFile = None,
    output: options.Out = None,
) -> None:
    """Say of each pair of statements how they stand to each other, one object a line: id, relation, aspect, reasons.

    A pair is {"id": ..., "a": {"text": ..., "outlet": ..., "published": ...}, "b": {...}, "theatre": ...}; the id, the outlets,
    the dates and the theatre may be left out. A line that cannot be read is listed and the rest goes on: exit code 3.
    """
    from fogline.config import load

    loaded = load(settings, theatre=theatre)
    failures: list[Failure] = []
    emit(_lines(pairs, loaded, failures), output)
    for failure in failures:
        say(failed(failure))
    if failures:
        raise typer.Exit(SOME_FAILED)


def _lines(pairs: Path, settings: Settings, failures: list[Failure]) -> Iterator[str]:
    from fogline import flow
    from fogline.publish import tables
    from fogline.publish.rows import comparison_row

    for outcome in flow.compared(pairs, settings):
        if isinstance(outcome, flow.Comparison):
            row = comparison_row(outcome.id, outcome.relation, outcome.aspect, outcome.reasons)
            yield from tables.json_lines([row])
        else:
            failures.append(outcome)
