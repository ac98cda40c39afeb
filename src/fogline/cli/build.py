"""``fogline build``: reports into a ledger."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import complain, emit, failed, progressing, say
from fogline.operating import logs

if TYPE_CHECKING:
    from fogline.flow import Summary
    from fogline.operating.metrics import BuildMetrics

SOME_FAILED = 3
"""The exit code where some inputs could not be read and the others were."""


class SummaryFormat(StrEnum):
    """How the summary is printed."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "build",
        epilog="Example: [bold]fogline build reports/ more/report.html --ledger kupiansk.sqlite[/bold]",
    )(build)


def build(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders and addresses (s3://...) of reports.", metavar="PATH...")
    ],
    ledger: options.Ledger = options.LEDGER,
    theatre: options.Theatre = None,
    workers: options.Workers = None,
    engine: options.Engine = None,
    shards: options.Shards = None,
    settings: options.SettingsFile = None,
    anew: Annotated[
        bool, typer.Option("--all", help="Conclude everything anew, and weigh sources by all there is.")
    ] = False,
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", help="Write the build's metrics for Prometheus to this file.", metavar="FILE"),
    ] = None,
    form: Annotated[SummaryFormat, typer.Option("--format", help="How to print the summary.")] = SummaryFormat.TABLE,
) -> None:
    """Read reports, hear their claims, compare, weigh and conclude, into a ledger.

    Run again, it adds only what is new, and concludes only what that touches, by sources as they were last weighed; they are
    weighed anew once a twentieth of the claims is new, or with --all. Reads text, Markdown, HTML, feeds, Telegram exports, tables,
    letters and JSON lines; a meta.csv in a folder (name, outlet, url, title, published) wins over guesses. What cannot be read is
    listed and the rest goes on: exit code 3.
    """
    from fogline import flow
    from fogline.cli.ledgers import writing
    from fogline.config import load
    from fogline.store.opening import shown

    loaded = load(settings, theatre=theatre, workers=workers, engine=engine, shards=shards)
    try:
        flow.check_names(loaded)
        with measuring(metrics) as measured, writing(ledger, loaded) as opened, progressing() as progress:
            places = [path if "://" in path else Path(path) for path in paths]
            watched = measured.watched(progress) if measured else progress
            summary = flow.build(places, opened, loaded, now=datetime.now(UTC), progress=watched, anew=anew)
            if measured:
                measured.came_to(summary)
    except KeyboardInterrupt:
        complain(
            "Stopped.", f"What was read is safe in {shown(ledger)}; the same command goes on from there and concludes."
        )
        raise typer.Exit(130) from None
    report(summary, ledger, form)
    if summary.failures:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def measuring(file: Path | None) -> Iterator[BuildMetrics | None]:
    """The metrics of a build, written to the file at its end, also where it breaks off; none without a file."""
    from fogline.operating.metrics import BuildMetrics

    if file is None:
        yield None
        return
    measured = BuildMetrics(file)
    try:
        yield measured
    finally:
        measured.write(datetime.now(UTC).timestamp())


def report(summary: Summary, ledger: Path | str, form: SummaryFormat = SummaryFormat.TABLE) -> None:
    """Say what a build did: in words on standard error, or as one JSON object on standard output."""
    from fogline.publish.wording import count
    from fogline.store.opening import shown

    for failure in summary.failures:
        logs.note("not read", logging.WARNING, name=failure.name, problem=failure.problem, remedy=failure.remedy)
    counts = {name: value for name, value in asdict(summary).items() if name != "failures"}
    logs.note("built", **counts, failures=len(summary.failures))
    if form is SummaryFormat.JSON:
        emit([json.dumps({**asdict(summary), "ledger": shown(str(ledger))}, ensure_ascii=False) + "\n"], None)
        return
    say(f"Read {summary.read} new, {summary.known} known before, {len(summary.failures)} failed.")
    say(
        f"{shown(str(ledger))} holds {count(summary.documents, 'document')}, {count(summary.claims, 'claim')} of "
        f"{count(summary.families, 'voice')}, {count(summary.disputes, 'dispute')}, {count(summary.places, 'place')}."
    )
    if summary.weighed != summary.claims:
        say(f"Sources are graded as they were weighed by {count(summary.weighed, 'claim')}; --all weighs them anew.")
    for failure in summary.failures:
        say(f"  {failed(failure)}")
