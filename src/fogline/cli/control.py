"""``fogline control``: who held a settlement, or the settlements of an area, when, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe, table
from fogline.cli.options import Format
from fogline.cli.pictures import draw
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.config import Settings
    from fogline.control.clocks import Delay
    from fogline.model import Control
    from fogline.ports import Ledger
    from fogline.publish.rows import Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "control",
        epilog="Example: [bold]fogline control Kupiansk --on 2022-12-01[/bold], or [bold]--area Kharkiv[/bold]",
    )(control)


def control(
    place: Annotated[
        str, typer.Argument(help="A settlement, in any spelling; or none with --area or --box.", metavar="PLACE")
    ] = "",
    on: Annotated[
        date | None, typer.Option("--on", help="Only this day, in words.", parser=options.day, metavar="DAY")
    ] = None,
    known_by: options.KnownBy = None,
    area: options.AreaNames = None,
    box: options.InBox = None,
    lag: Annotated[
        bool, typer.Option("--lag", help="Beside each change, when it could first be known: how long the news took.")
    ] = False,
    plot: options.Plot = None,
    ledger: options.Ledger = options.LEDGER,
    theatre: options.Theatre = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Who held a settlement, when, and how sure that is; what sides claim is kept apart.

    Without --known-by it looks back from all reports; with it, it says what could be known on that day. With --area or
    --box it tells of many settlements at once.
    """
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load(theatre=theatre)
    if bool(place) == bool(area or box):
        raise UsageError("Which settlement?", "Name one, or an area with --area NAME or --box SOUTH,WEST,NORTH,EAST.")
    with reading(ledger, settings) as opened:
        if not place:
            _of_area(opened, settings, area or (), box, on, known_by, plot, form, output)
        elif lag:
            _of_clocks(opened, settings, place, form, output)
        else:
            _of_place(opened, settings, place, on, known_by, plot, form, output)


def _of_place(
    opened: Ledger,
    settings: Settings,
    place: str,
    on: date | None,
    known_by: date | None,
    plot: Path | None,
    form: Format,
    output: Path | None,
) -> None:
    from fogline import flow
    from fogline.assessing import assessment_row
    from fogline.cli.ask import show
    from fogline.publish import tables

    found = flow.control(opened, place, settings, day=known_by)
    theatre = flow.theatre_of(settings, (), opened)
    if form is Format.TABLE and plot is None and (on is not None or not found.timeline):
        emit(_status(opened, settings, found, on, known_by), output)
        return
    claims, _, _ = flow.known_by(opened, theatre, known_by)
    if plot is not None:
        known = {found.geonameid or 0: [c for c in claims if any(p.geonameid == found.geonameid for p in c.places)]}
        draw(plot, [found], known, theatre, f"Who held {found.place}")
        return
    row = assessment_row(found, claims, theatre, on=on)
    if on is not None:
        row = {**row, "timeline": [one for one in (_stretch_on(found, on),) if one]}
    if form in (Format.JSON, Format.JSONL):
        emit([json.dumps(row, ensure_ascii=False) + "\n"], output)
        return
    when = f"as known by {known_by}" if known_by else "in hindsight"
    stretches = list(tables.stretch_rows(row, claims))
    show("control", stretches, tables.CONTROL, form, output, f"Assessed control of {found.place}, {when}")


def _of_clocks(opened: Ledger, settings: Settings, place: str, form: Format, output: Path | None) -> None:
    """Both clocks: each change in hindsight, and when it could first be known."""
    from fogline import flow
    from fogline.assessing import assessment_row

    found, delays = flow.delays(opened, place, settings)
    theatre = flow.theatre_of(settings, (), opened)
    if form in (Format.JSON, Format.JSONL):
        row = assessment_row(found, opened.claims(), theatre, delays)
        emit([json.dumps(row, ensure_ascii=False) + "\n"], output)
        return
    head = ("before", "after", "changed between", "likely", "could be known by", "days later")
    lines = [_delay(one) for one in delays]
    if form is Format.CSV:
        emit([",".join(head) + "\n", *(",".join(line) + "\n" for line in lines)], output)
        return
    columns = {name: (lambda row, name=name: row[name]) for name in head}
    emit([table(f"How long the news of {found.place} took", columns, lines, "No change is assessed.")], output)


def _delay(one: Delay) -> list[str]:
    change = one.change
    return [
        change.before,
        change.after,
        f"{change.first} and {change.last}",
        str(change.likely),
        str(one.known) if one.known else "told later only",
        "" if one.days is None else f"{one.days:+d}",
    ]


def _of_area(
    opened: Ledger,
    settings: Settings,
    names: Sequence[str],
    box: str | None,
    on: date | None,
    known_by: date | None,
    plot: Path | None,
    form: Format,
    output: Path | None,
) -> None:
    """The settlements of an area: the assessed status of a day, or of the last one, and each side's claim."""
    from fogline import areas
    from fogline.assessing import assessment_row

    asked = areas.area(opened, settings, day=known_by, names=names, box=options.box(box))
    title = f"Who held what in {', '.join(names) or 'the box'}"
    if plot is not None:
        draw(plot, asked.controls, asked.claims, asked.theatre, title)
        return
    rows = [
        (one, assessment_row(one, asked.claims.get(one.geonameid or 0, ()), asked.theatre, on=on))
        for one in asked.controls
    ]
    if form in (Format.JSON, Format.JSONL):
        found = [row if on is None else {**row, "timeline": [_stretch_on(one, on)]} for one, row in rows]
        lines = [json.dumps(row, ensure_ascii=False) for row in found]
        emit(["[" + ", ".join(lines) + "]\n"] if form is Format.JSON else [f"{line}\n" for line in lines], output)
        return
    codes = asked.theatre.codes
    head = ("place", "day", "assessed", "belief", "since", *(f"claimed by {code}" for code in codes))
    told = [_line(one, row, on, known_by, codes) for one, row in rows]
    if form is Format.CSV:
        import csv
        import io

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *told])
        emit([text.getvalue()], output)
        return
    columns = {name: (lambda row, name=name: row[name]) for name in head}
    emit([table(title, columns, told, "Nothing is known there.")], output)


def _line(one: Control, row: Row, on: date | None, known_by: date | None, codes: Sequence[str]) -> list[str]:
    last = one.timeline[-1].end if one.timeline else None
    day = on or known_by or last
    now = _stretch_on(one, day) if day is not None else None
    if now is None:
        return [one.place, "", "unknown", "", "", *("" for _ in codes)]
    since = next((s.start for s in one.timeline if day is not None and s.start <= day <= s.end), None)
    share = now["belief"].get(now["status"])
    claimed = row["claimed"]
    return [
        one.place,
        str(day),
        str(now["status"]),
        "" if share is None else f"{share:.2f}",
        str(since or ""),
        *(claimed[code]["status"] if code in claimed else "" for code in codes),
    ]


def _status(
    ledger: Ledger, settings: Settings, found: Control, on: date | None, known_by: date | None
) -> Iterable[str]:
    from fogline import flow
    from fogline.publish.status import status_on

    theatre = flow.theatre_of(settings, (), ledger)
    claims, documents, conclusions = flow.known_by(ledger, theatre, known_by)
    told, cited = status_on(
        on,
        claims=claims,
        documents=documents,
        conclusions=conclusions,
        control=found,
        theatre=theatre,
        known_by=known_by,
    )
    yield f"{found.place}{f' on {on}' if on else ''}, {f'as known by {known_by}' if known_by else 'in hindsight'}\n"
    for label, sentences in told:
        yield f"\n{safe(label)}\n"
        for sentence in sentences:
            numbers = "".join(f"[{number}]" for number in sentence.citations)
            yield f"  {safe(sentence.text)} {numbers}\n"
    if cited:
        yield "\nThe claims it rests on\n"
    for citation in cited:
        yield f"  [{citation.number}] {safe(citation.told)} ({safe(citation.dated)}): “{safe(citation.quote)}”\n"
        yield f"      {safe(citation.document)}, characters {citation.start}-{citation.end}, {citation.claim}\n"


def _stretch_on(found: Control, on: date) -> Row | None:
    """The day as a stretch of its own."""
    from fogline.assessing import day_row

    told = day_row(found, on)
    return told and {
        "from": told["on"],
        "to": told["on"],
        **{name: told[name] for name in ("belief", "status", "claims")},
    }
