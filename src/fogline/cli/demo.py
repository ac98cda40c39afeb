"""``fogline demo``: the main job on the bundled reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from fogline.cli import build as building
from fogline.cli import options, tell
from fogline.cli.console import progressing, say
from fogline.errors import FoglineError

PLACE = "Kupiansk"
"""What the bundled reports are about."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", epilog="Example: [bold]fogline demo --output demo[/bold], then open demo/brief.html")(demo)


def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to write to.", metavar="FOLDER", show_default=True)
    ] = Path("demo"),
    workers: options.Workers = None,
) -> None:
    """Run the whole path on the bundled reports: ledger.sqlite, brief.html and brief.md in one folder."""
    from fogline import flow
    from fogline.ahead import NOTHING, foresight
    from fogline.cli.ledgers import writing
    from fogline.config import load

    settings = load(theatre="ukraine", workers=workers)
    ledger = output / "ledger.sqlite"
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FoglineError(f"{output}: cannot be made ({error.strerror}).", "Give another folder with -o.") from error
    with reports() as folder, writing(ledger, settings) as opened:
        with progressing() as progress:
            summary = flow.build([folder], opened, settings, now=datetime.now(UTC), progress=progress)
        building.report(summary, ledger)
        made = replace(
            flow.brief(opened, PLACE, settings, foresight=foresight(NOTHING, PLACE, opened, settings)),
            ledger=ledger.name,
        )
    tell.write(made, tell.BriefFormat.HTML, output / "brief.html")
    tell.write(made, tell.BriefFormat.MD, output / "brief.md")
    say(f"Open {output / 'brief.html'} in a browser; then try: fogline disputes --place {PLACE} --ledger {ledger}")
    if summary.failures:
        raise typer.Exit(building.SOME_FAILED)


@contextmanager
def reports() -> Iterator[Path]:
    """The folder of bundled reports: inside the package, or in the checkout it runs from.

    Raises ``FoglineError`` where neither is there.
    """
    shipped = files("fogline") / "examples" / "kupiansk" / "reports"
    if shipped.is_dir():
        with as_file(shipped) as folder:
            yield folder
        return
    checkout = Path(__file__).parents[3] / "examples" / "kupiansk" / "reports"
    if not checkout.is_dir():
        raise FoglineError(
            "The bundled reports are not installed.", "Install fogline from a wheel, or run in a checkout."
        )
    yield checkout
