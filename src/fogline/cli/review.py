"""``fogline review``: readings to look at, and what people decide about them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe, say, table
from fogline.cli.options import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fogline.ahead import Shelf
    from fogline.model import Judgement
    from fogline.review.deciding import Decision

ClaimId = Annotated[str, typer.Argument(help="The claim's id.", metavar="CLAIM")]
Other = Annotated[str, typer.Argument(help="The other claim's id.", metavar="CLAIM")]
By = Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")]
Why = Annotated[str, typer.Option("--reason", help="Why, in words that others can check.", metavar="TEXT")]
Preview = Annotated[bool, typer.Option("--preview", help="Show what it would change, and keep nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    group.command("queue", epilog="Example: [bold]fogline review queue --limit 20[/bold]")(queue)
    group.command(
        "accept", epilog="Example: [bold]fogline review accept claim-1f --by Koval --reason 'read it'[/bold]"
    )(accept)
    group.command(
        "correct",
        epilog="Example: [bold]fogline review correct claim-1f holder UA --by Koval --reason 'misread'[/bold]",
    )(correct)
    group.command("reject", epilog="Example: [bold]fogline review reject claim-1f --by Koval --reason 'a hope'[/bold]")(
        reject
    )
    group.command(
        "merge",
        epilog="Example: [bold]fogline review merge claim-1f claim-2a --by Koval --reason 'one briefing'[/bold]",
    )(merge)
    group.command(
        "split", epilog="Example: [bold]fogline review split claim-1f --by Koval --reason 'his own phone call'[/bold]"
    )(split)
    group.command(
        "relate",
        epilog="Example: [bold]fogline review relate claim-1f claim-2a unrelated --by Koval --reason 'two towns'[/bold]",
    )(relate)
    group.command(
        "regrade", epilog="Example: [bold]fogline review regrade TASS D --by Koval --reason 'two retractions'[/bold]"
    )(regrade)
    group.command(
        "undo", epilog="Example: [bold]fogline review undo judgement-1f --by Koval --reason 'my error'[/bold]"
    )(undo)
    group.command("history", epilog="Example: [bold]fogline review history --format jsonl[/bold]")(history)
    app.add_typer(
        group,
        name="review",
        help="Look at doubtful readings; decide on readings, voices, links and grades, each with a name and a reason; undo.",
        epilog="Example: [bold]fogline review queue[/bold]",
    )


def queue(
    limit: Annotated[int, typer.Option("--limit", help="At most so many.", min=1, max=10_000)] = 20,
    ledger: options.Ledger = options.LEDGER,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Readings in doubt on which nobody has decided: those first that move an assessment most."""
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.review.doubting import queue as doubtful

    with reading(ledger, load()) as opened:
        found = doubtful(opened.claims(), opened.conclusions().control, opened.judgements())[:limit]
    rows = [
        {
            "claim": one.claim.id,
            "doubts": "; ".join(one.reasons),
            "moves": f"{one.moves:.2f}",
            "speaker": one.claim.speaker.name,
            "kind": f"{one.claim.kind} {one.claim.holder}".strip(),
            "quote": one.claim.quote,
        }
        for one in found
    ]
    _show(rows, ("claim", "doubts", "moves", "speaker", "kind", "quote"), form, output, f"{len(rows)} to look at")


def accept(
    claim: ClaimId,
    by: By = "",
    reason: Why = "",
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The reading is right as it stands; it leaves the queue."""
    from fogline.review.deciding import Decision

    _decide(Decision.ACCEPT, claim, "", by, reason, ledger, preview=False)


def correct(
    claim: ClaimId,
    field: Annotated[
        str,
        typer.Argument(help="kind, holder, actor, target, polarity, certainty, modality, speaker, side, place, when."),
    ],
    to: Annotated[str, typer.Argument(help="What it says instead; none empties a field.", metavar="VALUE")],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The text says something else than was read: one field is set right, and the claim shows by whom and why."""
    from fogline.review.deciding import Decision

    _decide(Decision.CORRECT, claim, to, by, reason, ledger, preview=preview, field=field)


def reject(
    claim: ClaimId,
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The text does not say that: the claim stays in the ledger and no longer counts for anything."""
    from fogline.review.deciding import Decision

    _decide(Decision.REJECT, claim, "", by, reason, ledger, preview=preview)


def merge(
    claim: ClaimId,
    other: Other,
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Both claims, and all that are one voice with either, are one voice: counted once from now on."""
    from fogline.review.deciding import Decision

    _decide(Decision.MERGE, claim, "", by, reason, ledger, preview=preview, others=(other,))


def split(
    claim: ClaimId,
    others: Annotated[
        list[str] | None, typer.Argument(help="Further claims of its family that leave with it.", metavar="[CLAIM]...")
    ] = None,
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The claim, with those named beside it, is a voice of its own and no copy of the others in its family."""
    from fogline.review.deciding import Decision

    _decide(Decision.SPLIT, claim, "", by, reason, ledger, preview=preview, others=tuple(others or ()))


def relate(
    claim: ClaimId,
    other: Other,
    relation: Annotated[
        str, typer.Argument(help="corroborates, contradicts, updates, qualifies, unrelated.", metavar="RELATION")
    ],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Overrule how two claims stand to each other; the voices of both count so from now on."""
    from fogline.review.deciding import Decision

    _decide(Decision.RELATE, claim, relation, by, reason, ledger, preview=preview, others=(other,))


def regrade(
    source: Annotated[
        str, typer.Argument(help="A speaker or outlet, by name; or a claim's id.", metavar="SOURCE|CLAIM")
    ],
    letter: Annotated[
        str, typer.Argument(help="A to F of a source, 1 to 6 of a claim (Admiralty code).", metavar="GRADE")
    ],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Overrule how reliable a source is, or how credible a claim; what was found stays among the reasons."""
    from fogline.review.deciding import Decision

    _decide(Decision.REGRADE, source, letter.upper(), by, reason, ledger, preview=preview)


def undo(
    judgement: Annotated[str, typer.Argument(help="The judgement's id, as history shows it.", metavar="JUDGEMENT")],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Take a judgement back, by another one; an undoing can be undone too."""
    from fogline.review.deciding import Decision

    _decide(Decision.UNDO, judgement, "", by, reason, ledger, preview=preview)


def history(
    ledger: options.Ledger = options.LEDGER, form: options.Rows = Format.TABLE, output: options.Out = None
) -> None:
    """What people decided, oldest first, and whether it still holds."""
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.review.deciding import standing

    with reading(ledger, load()) as opened:
        judgements = opened.judgements()
    holds = {one.id for one in standing(judgements)}
    rows = [
        {
            "judgement": one.id, "decision": one.decision, "subject": one.subject, "value": _value(one),
            "by": one.person, "reason": one.reason, "at": one.at.isoformat(timespec="seconds"),
            "holds": "yes" if one.id in holds else "undone" if one.decision != "undo" else "",
        }
        for one in judgements
    ]  # fmt: skip
    columns = ("judgement", "decision", "subject", "value", "by", "reason", "at", "holds")
    _show(rows, columns, form, output, f"{len(rows)} judgements")


def _value(one: Judgement) -> str:
    from fogline.review.correcting import shown
    from fogline.review.deciding import Decision

    return shown(one.value) if one.decision == Decision.CORRECT else one.value


def _decide(
    decision: Decision,
    subject: str,
    value: str,
    by: str,
    reason: str,
    ledger: str,
    *,
    preview: bool,
    field: str = "",
    others: tuple[str, ...] = (),
) -> None:
    from datetime import UTC

    from fogline import judging
    from fogline.cli.ledgers import reading, writing
    from fogline.config import load

    settings = load()
    wanted = judging.Wanted(
        decision=decision, subject=subject, person=by, reason=reason, field=field, value=value, others=others
    )
    with (reading if preview else writing)(ledger, settings) as opened:
        one = judging.judgement(opened, wanted, settings, datetime.now(UTC))
        effect = (judging.tried if preview else judging.kept)(opened, one, settings)
    emit([f"{safe(line)}\n" for line in effect.told() or ["No assessment, grade or dispute changes."]], None)
    say(f"{'Would keep' if preview else 'Kept'} {one.id}: {decision.value} {one.subject}.")


def decide_ahead(decision: Decision, subject: str, value: str, by: str, reason: str, ledger: str, shelf: Shelf) -> None:
    """Keep a judgement about what lies ahead; ``shelf`` has the files that it is about."""
    from datetime import UTC

    from fogline import ahead
    from fogline.cli.ledgers import writing
    from fogline.config import load

    settings = load()
    wanted = ahead.Wanted(decision=decision, subject=subject, person=by, reason=reason, value=value)
    with writing(ledger, settings) as opened:
        one = ahead.judgement(shelf, opened, wanted, settings, datetime.now(UTC))
        changed = ahead.tried(shelf, opened, one, settings)
        ahead.keep(opened, one)
    emit([f"{line}\n" for line in changed or ["Nothing else changes."]], None)
    say(f"Kept {one.id}: {decision.value} {one.subject}.")


def _show(rows: Sequence[dict[str, str]], names: Sequence[str], form: Format, output: Path | None, title: str) -> None:
    from fogline.publish.tables import csv_lines

    columns = {name: (lambda row, name=name: row[name]) for name in names}
    if form is Format.TABLE:
        emit([table(title, columns, ([row[name] for name in names] for row in rows), "Nothing there.")], output)
    elif form is Format.CSV:
        emit(csv_lines(rows, columns), output)
    else:
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        emit(["[" + ", ".join(lines) + "]\n"] if form is Format.JSON else [f"{line}\n" for line in lines], output)
