"""``fogline hypotheses draft`` and ``show``: rival explanations against the evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fogline.cli import options
from fogline.cli.backtest import LookFormat
from fogline.cli.console import emit, safe, say
from fogline.cli.review import By, Why
from fogline.model import whole_percent

if TYPE_CHECKING:
    from fogline.foresee.hypotheses import Matrix


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    group.command("draft", epilog="Example: [bold]fogline hypotheses draft Kupiansk -o why.toml[/bold]")(draft)
    group.command("show", epilog="Example: [bold]fogline hypotheses show why.toml --known-by 2025-11-21[/bold]")(show)
    group.command(
        "rate",
        epilog="Example: [bold]fogline hypotheses rate why.toml reserves feint II --by Ada --reason 'too many'[/bold]",
    )(rate)
    app.add_typer(
        group,
        name="hypotheses",
        help="Rival explanations against the evidence (analysis of competing hypotheses).",
        epilog="Example: [bold]fogline hypotheses draft Kupiansk -o why.toml[/bold]",
    )


def draft(
    place: Annotated[str, typer.Argument(help="A settlement, in any spelling.", metavar="PLACE")],
    known_by: options.KnownBy = None,
    ledger: options.Ledger = options.LEDGER,
    output: options.Out = None,
) -> None:
    """Draft a matrix from the rival explanations that reports give: who says which, and what the evidence says of each.

    The letters are rules' first guesses, for you to judge.
    """
    from fogline import explaining
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.foresee.hypothesis_files import written

    settings = load()
    with reading(ledger, settings) as opened:
        emit([written(explaining.draft(opened, place, settings, known_by))], output)
    if output:
        say(f"{output}: look at every letter, then: fogline hypotheses show {output}")


def show(
    file: Annotated[Path, typer.Argument(help="A hypothesis file (TOML).", metavar="HYPOTHESES")],
    known_by: options.KnownBy = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw the matrix: an .svg or .png file.", metavar="FILE")
    ] = None,
    ledger: options.Ledger = options.LEDGER,
    form: Annotated[LookFormat, typer.Option("--format", help="What to print.")] = LookFormat.TABLE,
    output: options.Out = None,
) -> None:
    """The explanations ranked by least inconsistency and by Bayes, what speaks against each, and what would turn the order.

    The first is the one that least speaks against, which is not the same as proven.
    """
    from fogline import explaining
    from fogline.cli.ledgers import reading
    from fogline.cli.pictures import save
    from fogline.config import load
    from fogline.publish.grid import grid
    from fogline.publish.matrix import matrix_row

    settings = load()
    with reading(ledger, settings) as opened:
        matrix = explaining.weighed(opened, file, settings, known_by)
        speakers = {claim.id: claim.speaker.name for claim in opened.claims()}
    row = matrix_row(matrix, *_ranked(matrix), speakers)
    if plot is not None:
        save(plot, grid(row, row["question"]), row["question"])
    emit([json.dumps(row, ensure_ascii=False) + "\n"] if form is LookFormat.JSON else lines(row), output)


def rate(
    file: Annotated[Path, typer.Argument(help="A hypothesis file (TOML).", metavar="HYPOTHESES")],
    evidence: Annotated[str, typer.Argument(help="The id of the piece of evidence.", metavar="EVIDENCE")],
    hypothesis: Annotated[str, typer.Argument(help="The id of the explanation.", metavar="HYPOTHESIS")],
    letter: Annotated[
        str, typer.Argument(help="CC or C fits, N tells nothing, I or II speaks against.", metavar="LETTER")
    ],
    by: By = "",
    reason: Why = "",
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Give a letter yourself: it takes the place of the file's, and stands in fogline review history.

    fogline review undo takes it back.
    """
    from fogline import explaining
    from fogline.ahead import Shelf
    from fogline.cli.ledgers import reading
    from fogline.cli.review import decide_ahead
    from fogline.config import load
    from fogline.review.deciding import Decision

    settings = load()
    with reading(ledger, settings) as opened:
        name = explaining.weighed(opened, file, settings).id
    subject = f"cell:{name}:{evidence}:{hypothesis}"
    decide_ahead(Decision.RATE, subject, letter, by, reason, ledger, Shelf({file.name: file}))


def _ranked(matrix: Matrix) -> tuple[Any, Any]:
    from fogline.foresee.hypotheses import standings, turning

    return standings(matrix), turning(matrix)


def lines(row: dict[str, Any]) -> list[str]:
    """A matrix for reading: the order first, then what speaks against each, then the evidence."""
    out = [f"{safe(row['question'])}\n\n"]
    titles = {one["id"]: one["title"] for one in row["hypotheses"]}
    evidence = {one["id"]: one for one in row["evidence"]}
    for place, one in enumerate(row["standings"], start=1):
        out.append(f"{place}. {safe(titles[one['hypothesis']])}\n")
        out.append(
            f"   inconsistency {one['inconsistency']:.1f}; by Bayes {whole_percent(one['probability'])}% ({one['likelihood']})\n"
        )
        said = next(h["said_by"] for h in row["hypotheses"] if h["id"] == one["hypothesis"])
        out.append(f"   said by: {safe(', '.join(said)) or 'nobody in the ledger'}\n")
        for name in one["against"]:
            cell = evidence[name]["cells"][one["hypothesis"]]
            out.append(
                f"   against ({cell['letter']}, {safe(cell['by'])}): {safe(evidence[name]['title'])}; {safe(cell['why'])}\n"
            )
    turn = row["turning"]
    if turn:
        told, first = safe(evidence[turn["row"]]["title"]), safe(titles[turn["first"]])
        out.append(f"\nIf “{told}” were wrong, “{first}” would come first by {turn['ranking']}.\n")
    else:
        out.append("\nNo single piece of evidence, if wrong, would change which comes first.\n")
    out.append(f"\n{'diagnosticity':>13}  voices  {'  '.join(f'{name[:12]:>12}' for name in titles)}\n")
    for one in sorted(row["evidence"], key=lambda e: -e["diagnosticity"]):
        letters = "  ".join(f"{one['cells'][name]['letter']:>12}" for name in titles)
        out.append(f"{one['diagnosticity']:13.2f}  {one['voices']:6}  {letters}  {safe(one['title'])}\n")
    return out
