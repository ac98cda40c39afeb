"""``fogline watch``: feeds again and again, and alerts on what is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.build import SOME_FAILED
from fogline.cli.console import emit, failed, safe, say

if TYPE_CHECKING:
    from fogline.watching.rounds import Round


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("watch", epilog="Example: [bold]fogline watch feeds.toml --rounds 1[/bold]")(watch)


def watch(
    feeds: Annotated[Path, typer.Argument(help="A TOML file of feeds, places and alerts.", metavar="FEEDS.toml")],
    rounds: Annotated[
        int, typer.Option("--rounds", help="Stop after so many rounds; 0 goes on for ever.", min=0, metavar="N")
    ] = 0,
    theatre: options.Theatre = None,
    settings: options.SettingsFile = None,
) -> None:
    """Fetch feeds again and again, read what is new into the ledger, and tell what is new about chosen places.

    Told are new claims, new disputes and changes of the assessed holder, each with the passages it rests on. Stopped at any
    moment, it goes on from there.
    """
    from fogline import flow
    from fogline.cli.ledgers import writing
    from fogline.config import load
    from fogline.sources.web.fetching import World
    from fogline.watching.plan import load as load_plan
    from fogline.watching.rounds import Watch

    plan = load_plan(feeds)
    loaded = load(settings, theatre=theatre)
    flow.check_names(loaded)
    watching = Watch(plan, loaded, World(loopback=loaded.allow_loopback), lambda: writing(plan.ledger, loaded), _show)
    count, trouble = 0, False
    while True:
        count += 1
        done = watching.round()
        trouble = _report(count, done) or trouble
        if count == rounds:
            break
        watching.wait()
    if trouble:
        raise typer.Exit(SOME_FAILED)


def _show(text: str) -> None:
    emit([f"{safe_lines(text)}\n"], None)


def safe_lines(text: str) -> str:
    """Lines that can do nothing to a terminal, their indents kept."""
    lines = text.split("\n")
    return "\n".join(f"{line[: len(line) - len(line.lstrip(' '))]}{safe(line)}" for line in lines)


def _report(count: int, done: Round) -> bool:
    """Say what a round did, on standard error; whether something failed in it."""
    say(f"Round {count}: fetched {done.kept}, told {len(done.told)}, {len(done.failures)} failed.")
    for failure in done.failures:
        say(f"  {failed(failure)}")
    for problem in done.problems:
        say(f"  {safe(problem)}")
    return bool(done.failures or done.problems)
