"""``fogline review``: readings to look at, and what people decide about them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, say, table
from fogline.cli.options import Format
from fogline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fogline.model import Conclusions
    from fogline.ports import Ledger
    from fogline.review.deciding import Decision

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
    group.command("reject", epilog="Example: [bold]fogline review reject claim-1f --by Koval --reason 'a hope'[/bold]")(
        reject
    )
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
        help="Look at doubtful readings; accept, reject, overrule a grade, each with a name and a reason; undo.",
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
    claim: Annotated[str, typer.Argument(help="The claim's id.", metavar="CLAIM")],
    by: By = "",
    reason: Why = "",
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The reading is right as it stands; it leaves the queue."""
    from fogline.review.deciding import Decision

    _decide(Decision.ACCEPT, claim, "", by, reason, ledger, preview=False)


def reject(
    claim: Annotated[str, typer.Argument(help="The claim's id.", metavar="CLAIM")],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """The text does not say that: the claim stays in the ledger and no longer counts for anything."""
    from fogline.review.deciding import Decision

    _decide(Decision.REJECT, claim, "", by, reason, ledger, preview=preview)


def regrade(
    source: Annotated[str, typer.Argument(help="A speaker or outlet, by name.", metavar="SOURCE")],
    letter: Annotated[str, typer.Argument(help="A to F of the Admiralty code.", metavar="GRADE")],
    by: By = "",
    reason: Why = "",
    preview: Preview = False,
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Overrule how reliable a source is; what was learned stays among the reasons."""
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
            "judgement": one.id, "decision": one.decision, "subject": one.subject, "value": one.value,
            "by": one.person, "reason": one.reason, "at": one.at.isoformat(timespec="seconds"),
            "holds": "yes" if one.id in holds else "undone" if one.decision != "undo" else "",
        }
        for one in judgements
    ]  # fmt: skip
    columns = ("judgement", "decision", "subject", "value", "by", "reason", "at", "holds")
    _show(rows, columns, form, output, f"{len(rows)} judgements")


def _decide(decision: Decision, subject: str, value: str, by: str, reason: str, ledger: Path, *, preview: bool) -> None:
    from datetime import UTC

    from fogline import flow
    from fogline.cli.ledgers import reading, writing
    from fogline.config import load
    from fogline.review.deciding import made

    settings = load()
    with (reading if preview else writing)(ledger, settings) as opened:
        before = opened.conclusions()
        known = _known(opened, decision, subject)
        one = made(decision, known, value, by, reason, datetime.now(UTC))
        if preview:
            theatre = flow.theatre_of(settings, (), opened)
            _, _, after = flow.concluded(opened, theatre, more=(one,))
        else:
            after = flow.judge(opened, one, settings)
    changed = list(_changes(before, after))
    emit([f"{line}\n" for line in changed or ["No assessment, grade or dispute changes."]], None)
    say(f"{'Would keep' if preview else 'Kept'} {one.id}: {decision.value} {known}.")


def _known(opened: Ledger, decision: Decision, subject: str) -> str:
    """The subject as judgements name it; raises ``UsageError`` where the ledger has none such."""
    from fogline.review.deciding import Decision, source_subject

    if decision is Decision.UNDO:
        names = [one.id for one in opened.judgements()]
    elif decision is Decision.REGRADE:
        graded = opened.conclusions().sources
        names = [source_subject(one) for one in graded if subject in (one.name, source_subject(one))]
        if len(names) == 1:
            return names[0]
        told = "Name its type too: " + ", ".join(names) + "." if names else "Look at fogline sources."
        raise UsageError(f"{'Several sources are' if names else 'No source is'} named {subject!r}.", told)
    else:
        names = [claim.id for claim in opened.claims()]
    if subject not in names:
        where = "fogline review history" if decision is Decision.UNDO else "fogline claims --format jsonl"
        raise UsageError(f"The ledger has no {subject}.", f"Look at {where}.")
    return subject


def _changes(before: Conclusions, after: Conclusions) -> Sequence[str]:
    """In words what differs: the last assessed status of settlements, grades, and the number of disputes."""
    found: list[str] = []
    was = {one.geonameid: one for one in before.control}
    for one in after.control:
        old = was.get(one.geonameid)
        statuses = [(c.timeline[-1].status if c.timeline else "unknown") if c else "unknown" for c in (old, one)]
        shares = [_share(c.daily[-1], c.states) if c and c.daily else "nothing known" for c in (old, one)]
        if statuses[0] != statuses[1] or shares[0] != shares[1]:
            found.append(f"{one.place}: {statuses[0]} ({shares[0]}) becomes {statuses[1]} ({shares[1]})")
    gone = {one.geonameid for one in before.control} - {one.geonameid for one in after.control}
    found += [f"{one.place}: nothing is told of it any more" for one in before.control if one.geonameid in gone]
    grades = {(one.type, one.name): one.grade for one in before.sources}
    for source in after.sources:
        earlier = grades.get((source.type, source.name), source.grade)
        if earlier != source.grade:
            found.append(f"{source.name}: grade {earlier} becomes {source.grade}")
    disputes = [sum(link.relation == "contradicts" for link in one.links) for one in (before, after)]
    if disputes[0] != disputes[1]:
        found.append(f"disputes: {disputes[0]} become {disputes[1]}")
    return found


def _share(belief: Sequence[float], states: Sequence[str]) -> str:
    return ", ".join(f"{state} {share:.2f}" for state, share in zip(states, belief, strict=True))


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
