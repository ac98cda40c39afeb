"""``fogline fetch`` and ``fogline diff``: pages into evidence, and what an outlet changed in them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from fogline.cli import options
from fogline.cli.build import SOME_FAILED, report
from fogline.cli.console import emit, failed, progressing, safe, say
from fogline.errors import UsageError

Folder = Annotated[
    Path, typer.Option("--evidence", help="The folder of evidence: WARC files and their manifest.", metavar="DIR")
]
EVIDENCE = Path("evidence")
"""Where evidence is kept, unless told otherwise."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "fetch", epilog="Example: [bold]fogline fetch https://outlet.example/feed.xml --ledger fogline.sqlite[/bold]"
    )(fetch)
    app.command("diff", epilog="Example: [bold]fogline diff https://outlet.example/story[/bold]")(diff)


def fetch(
    urls: Annotated[list[str], typer.Argument(help="Addresses of pages, feeds and sitemaps.", metavar="URL...")],
    evidence: Folder = EVIDENCE,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="Read what was fetched into this ledger, too.", metavar="FILE")
    ] = None,
    pages: Annotated[
        int, typer.Option("--pages", help="Pages at most of one feed or sitemap.", min=0, metavar="N")
    ] = 200,
    theatre: options.Theatre = None,
    settings: options.SettingsFile = None,
) -> None:
    """Fetch pages, and those that feeds and sitemaps name, into a folder of evidence.

    Every request and response is kept as it came. Sites are asked politely and by their robots.txt; a page that is the same is
    not sent again. Addresses inside a network are refused. Run again, it goes on where it was stopped.
    """
    from fogline import flow
    from fogline.cli.ledgers import writing
    from fogline.config import load
    from fogline.model import Failure
    from fogline.sources.evidence.manifest import Kept
    from fogline.sources.web.client import Limits
    from fogline.sources.web.fetching import Fetcher, World

    loaded = load(settings, theatre=theatre)
    flow.check_names(loaded)
    limits = Limits(sent=loaded.max_bytes, unpacked=loaded.max_bytes)
    fetcher = Fetcher(evidence, World(loopback=loaded.allow_loopback), limits)
    kept, same, failures = 0, 0, 0
    try:
        for outcome in fetcher.fetch(urls, pages=pages):
            kept += isinstance(outcome, Kept)
            if isinstance(outcome, Failure):
                failures += 1
                say(f"  {failed(outcome)}")
            elif not isinstance(outcome, Kept):
                same += 1
    finally:
        fetcher.close()
    say(f"Fetched {kept} into {evidence}, {same} as before, {failures} failed.")
    if ledger is not None:
        with writing(ledger, loaded) as opened, progressing() as progress:
            summary = flow.build([evidence], opened, loaded, now=datetime.now(UTC), progress=progress)
        report(summary, ledger)
        failures += len(summary.failures)
    if failures:
        raise typer.Exit(SOME_FAILED)


def diff(
    url: Annotated[str, typer.Argument(help="The address of a page that was fetched.", metavar="URL")],
    evidence: Folder = EVIDENCE,
) -> None:
    """Show what the outlet changed in a page, word by word, between each two versions that were fetched.

    Words taken out stand in [-brackets-], words put in in {+braces+}.
    """
    from fogline.config import load
    from fogline.reading import versions_of
    from fogline.sources.web.addresses import checked
    from fogline.sources.wording import changed

    found = list(versions_of(evidence, checked(url), load().max_bytes))
    if not found:
        raise UsageError(f"{evidence}: no version of {url} is kept there.", "Fetch it first: fogline fetch URL")
    if len(found) == 1:
        say(f"{url}: one version is kept, of {found[0][0]}.")
    for (before, old), (after, new) in pairwise(found):
        emit([f"{before} -> {after}\n"], None)
        pieces = list(changed(old, new))
        emit([f"  {safe(piece)}\n" for piece in pieces] or ["  Nothing in the text of the article.\n"], None)
