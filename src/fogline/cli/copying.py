"""``fogline copy``, and what ``fogline verify --against`` says of two ledgers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli.console import complain, emit, progressing, safe, say
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.store.differing import Compared


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("copy", epilog="Example: [bold]fogline copy kupiansk.sqlite postgresql://ann@db.example/war[/bold]")(
        copy
    )


def copy(
    source: Annotated[str, typer.Argument(help="The ledger to copy.", metavar="FROM")],
    target: Annotated[str, typer.Argument(help="Where to: a new file, or an empty database.", metavar="TO")],
) -> None:
    """Copy a ledger whole into another file or database, either way.

    Every report's bytes, document, claim, run, judgement and conclusion comes along, as the ledger stands at this moment; a build
    may go on meanwhile. All or nothing: stopped midway, the target holds nothing yet, and the same command starts again. A
    target that holds something is refused.
    """
    from fogline.cli.ledgers import reading, writing
    from fogline.config import load
    from fogline.store.copying import copy as copied
    from fogline.store.opening import shown

    if _place(source) == _place(target):
        raise UsageError(f"{shown(source)} cannot be copied onto itself.", "Give another file or database.")
    settings = load()
    with reading(source, settings) as one, writing(target, settings) as other, progressing() as progress:
        rows = copied(one, other, progress)
    told = f"{shown(source)} was copied to {shown(target)}: {rows:,} rows."
    say(f"{told} Compare them with: fogline verify {shown(source)} --against {shown(target)}")


def _place(location: str) -> str:
    return location if "://" in location else str(Path(location).resolve())


def report(file: str, against: str, as_json: bool, times: bool) -> None:
    """Say whether two ledgers hold the same; exit code 1 where they do not."""
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.store.differing import compared
    from fogline.store.opening import shown

    settings = load()
    with reading(file, settings) as one, reading(against, settings) as other, progressing() as progress:
        found = compared(one, other, progress, times=times)
    _tell(shown(file), shown(against), found, as_json)
    if found.different:
        complain(
            f"{shown(file)} and {shown(against)} differ in {found.different:,} of {found.lines:,} lines.",
            "Copy again into an empty place, or build both from the same reports with the same fogline.",
        )
        raise typer.Exit(1)


def _tell(file: str, against: str, found: Compared, as_json: bool) -> None:
    if as_json:
        emit([json.dumps({"file": file, "against": against, **asdict(found)}, ensure_ascii=False) + "\n"], None)
    else:
        emit((f"{one.part} {safe(one.id)}: {one.problem}\n" for one in found.differences), None)
        if found.different > len(found.differences):
            emit([f"and {found.different - len(found.differences):,} more\n"], None)
    if not found.different:
        say(f"{file} and {against} hold the same {found.lines:,} lines (SHA-256 {found.sha256}).")
