"""``fogline brief`` and ``fogline verify``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import copying, options
from fogline.cli.console import complain, emit, progressing, safe, say
from fogline.errors import BrokenCitation, BrokenEvidence, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fogline.publish.brief import Brief
    from fogline.publish.verify import Broken

MAGIC = b"SQLite format 3\x00"
"""The first bytes of an SQLite file."""


class BriefFormat(StrEnum):
    """What a brief is written as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    DOCX = "docx"


class VerdictFormat(StrEnum):
    """How the verdict is printed."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("brief", epilog="Example: [bold]fogline brief Kupiansk --known-by 2025-11-21 -o brief.html[/bold]")(
        brief
    )
    app.command("verify", epilog="Example: [bold]fogline verify brief.html --ledger fogline.sqlite[/bold]")(verify)


def brief(
    place: Annotated[str, typer.Argument(help="A settlement, in any spelling.", metavar="PLACE")],
    start: Annotated[
        date | None, typer.Option("--from", help="Tell of the time from this day.", parser=options.day, metavar="DAY")
    ] = None,
    end: Annotated[
        date | None, typer.Option("--to", help="Tell of the time to this day.", parser=options.day, metavar="DAY")
    ] = None,
    known_by: options.KnownBy = None,
    ledger: options.Ledger = options.LEDGER,
    theatre: options.Theatre = None,
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios", help="Scenario and hypothesis files to tell of: a folder, or one file.", metavar="PATH"
        ),
    ] = None,
    form: Annotated[
        BriefFormat | None, typer.Option("--format", help="What to write; else by the file's ending, else md.")
    ] = None,
    output: options.Out = None,
) -> None:
    """The cited report on a settlement: every sentence opens to the passages it rests on."""
    from fogline import exporting, flow
    from fogline.ahead import NOTHING, foresight, shelf
    from fogline.ahead import kept as known
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.store.opening import shown

    if start and end and end < start:
        raise UsageError(f"The period ends ({end}) before it starts ({start}).", "Swap --from and --to.")
    settings = load(theatre=theatre)
    chosen = form or _by_ending(output)
    kept = shelf(scenarios) if scenarios else NOTHING
    with reading(ledger, settings) as opened:
        followed = foresight(kept, place, opened, settings, known_by)
        for bad in (one for one in known(kept, opened, settings) if one.problem):
            complain(bad.problem, bad.hint)
        if chosen in (BriefFormat.PDF, BriefFormat.DOCX):
            printed = exporting.printed(opened, place, settings, start=start, end=end, day=known_by, foresight=followed)
            _put(printed.brief, exporting.bound(printed, f"brief.{chosen}"), output)
            return
        made = flow.brief(opened, place, settings, start=start, end=end, day=known_by, foresight=followed)
    named = shown(ledger) if "://" in ledger else Path(ledger).name
    write(replace(made, ledger=named), chosen, output)


def write(made: Brief, form: BriefFormat, output: Path | None) -> None:
    """Render a brief and write it out."""
    from fogline.publish.html import html
    from fogline.publish.markdown import markdown
    from fogline.publish.plain import brief_json

    render = {BriefFormat.MD: markdown, BriefFormat.HTML: html, BriefFormat.JSON: brief_json}[form]
    _put(made, render(made), output)


def _put(made: Brief, written: str | bytes, output: Path | None) -> None:
    emit([written], output)
    if output:
        say(f"{output}: {made.place}, {len(made.citations)} passages cited from {made.reports} reports.")


def verify(
    file: Annotated[
        str,
        typer.Argument(
            help="A brief (.html, .md, .json), a ledger, or a folder of evidence.", metavar="LEDGER|BRIEF|DIR"
        ),
    ],
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger", help="The ledger a brief was made from; else the one it names, beside it.", metavar="FILE"
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Another ledger: whether both hold the same, line by line.", metavar="LEDGER"),
    ] = None,
    ignore_times: Annotated[
        bool, typer.Option("--ignore-times", help="With --against: leave out when something was read.")
    ] = False,
    form: Annotated[VerdictFormat, typer.Option("--format", help="How to print what is broken.")] = VerdictFormat.TABLE,
) -> None:
    """Re-check every citation against the stored bytes; exit code 1 if one no longer says what it is cited for.

    Of a folder of evidence the manifest is walked, and every kept response checked against it. With --against, two
    ledgers are compared instead, wherever they are kept, and what differs is named.
    """
    if against is not None:
        copying.report(file, against, form is VerdictFormat.JSON, not ignore_times)
        return
    from fogline import flow
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.rereading import reread
    from fogline.sharing.verifying import verified
    from fogline.store.opening import shown

    settings, path = load(), Path(file)
    if "://" not in file and not path.exists():
        raise UsageError(f"{file}: there is no such file.", "Give a ledger, or a brief that fogline wrote.")
    if path.is_dir():
        _evidence(path)
        return
    if "://" in file or _is_ledger(path):
        with reading(file, settings) as opened, progressing() as progress:
            found = verified(opened, settings, progress, file)
        broken, checked = found.broken, found.claims
    else:
        cited = reread(path)
        with reading(ledger or _ledger_beside(path, cited.ledger), settings) as opened:
            broken, checked = (*cited.spoilt, *flow.verify(opened, cited)), len(cited.citations)
    _verdict(shown(file), broken, checked, form)


def _evidence(folder: Path) -> None:
    from fogline.sources.evidence import archive

    count, wrong = archive.verify(folder)
    emit((f"{safe(sentence)}\n" for sentence in wrong), None)
    if wrong:
        raise BrokenEvidence(
            f"{folder}: {len(wrong)} of {count} kept responses do not hold.", "Restore them from a copy."
        )
    say(f"{folder}: all {count} kept responses are as they were kept.")


def _verdict(file: str, broken: Sequence[Broken], checked: int, form: VerdictFormat) -> None:
    if form is VerdictFormat.JSON:
        row = {
            "file": file if "://" in file else Path(file).name,
            "checked": checked,
            "broken": [asdict(one) for one in broken],
        }
        emit([json.dumps(row, ensure_ascii=False) + "\n"], None)
    for one in broken if form is VerdictFormat.TABLE else ():
        number = f"[{one.number}] " if one.number else ""
        claim = f" ({one.claim})" if one.claim else ""
        emit([f"{number}{safe(one.document)}{claim}: {safe(one.problem)}\n"], None)
    if broken:
        bad = len({(one.number, one.claim or one.document) for one in broken})
        error = BrokenCitation(
            f"{file}: {bad} of {checked} citations no longer say what they are cited for.",
            "Do not rely on these sentences; build the ledger and the brief again from the reports.",
        )
        complain(error.message, error.hint)
        raise typer.Exit(error.exit_code)
    say(f"{file}: all {checked} citations still say what they are cited for.")


def _by_ending(output: Path | None) -> BriefFormat:
    """The format a file's ending asks for; Markdown where there is none."""
    if output is None or not output.suffix:
        return BriefFormat.MD
    endings = {f".{form}": form for form in BriefFormat} | {".htm": BriefFormat.HTML}
    if output.suffix.lower() not in endings:
        raise UsageError(
            f"{output}: a brief cannot be written as {output.suffix}.", "Use .md, .html, .json, .pdf or .docx."
        )
    return endings[output.suffix.lower()]


def _is_ledger(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}).", "Give a ledger or a brief.") from error


def _ledger_beside(file: Path, named: str) -> Path:
    """The ledger that a brief names, beside it; else the only one in its folder."""
    if named and (file.parent / Path(named).name).exists():
        return file.parent / Path(named).name
    beside = sorted(file.parent.glob("*.sqlite"))
    if len(beside) == 1:
        return beside[0]
    if named == options.LEDGER and Path(named).exists():
        return Path(named)
    about = f"it names {named}, which is not beside it" if named else "it names none"
    raise UsageError(f"{file}: its ledger was not found ({about}).", "Name the ledger with --ledger FILE.")
