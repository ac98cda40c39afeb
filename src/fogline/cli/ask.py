"""``fogline claims``, ``matters``, ``disputes``, ``sources`` and ``control``: questions to a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, safe, say, table
from fogline.cli.options import Format
from fogline.cli.pictures import draw

if TYPE_CHECKING:
    from fogline.config import Settings
    from fogline.model import Claim, Conclusions, Control, Document, Kind
    from fogline.ports import Ledger
    from fogline.publish.rows import Row
    from fogline.publish.tables import Columns


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("claims", epilog="Example: [bold]fogline claims --place Kupiansk --side RU --kind control[/bold]")(
        claims
    )
    app.command("matters", epilog="Example: [bold]fogline matters --place Kupiansk --kind control[/bold]")(matters)
    app.command("disputes", epilog="Example: [bold]fogline disputes --place Kupiansk --format jsonl[/bold]")(disputes)
    app.command("sources", epilog="Example: [bold]fogline sources --side third --format csv -o sources.csv[/bold]")(
        sources
    )
    app.command("control", epilog="Example: [bold]fogline control Kupiansk --on 2022-12-01[/bold]")(control)


def claims(
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    speaker: options.Speaker = None,
    side: options.Side = None,
    kind: options.Kinds = None,
    since: options.Since = None,
    until: options.Until = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Who said what: one row a claim, with its chain of speakers and its exact words."""
    from fogline.publish import rows, tables

    kept, every, documents, conclusions = _asked(ledger, place, speaker, side, kind, since, until)
    found = rows.claim_rows(kept, documents, conclusions.families)
    _print("claims", found, tables.CLAIMS, form, output, f"{len(kept)} of {len(every)} claims")


def matters(
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    speaker: options.Speaker = None,
    side: options.Side = None,
    kind: options.Kinds = None,
    since: options.Since = None,
    until: options.Until = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Questions that claims answer, with who gives which answer: reports and independent voices."""
    from fogline.publish import rows, tables

    kept, every, _, conclusions = _asked(ledger, place, speaker, side, kind, since, until)
    found = list(rows.matter_rows(conclusions, every, kept))
    shown = tables.timed(found, every) if form is Format.TABLE else found
    _print("matters", shown, tables.MATTERS, form, output, f"{len(found)} of {len(conclusions.matters)} matters")


def disputes(
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    speaker: options.Speaker = None,
    side: options.Side = None,
    kind: options.Kinds = None,
    since: options.Since = None,
    until: options.Until = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Claims that contradict each other: both passages, the aspect and the reasons."""
    from fogline.publish import rows, tables
    from fogline.publish.wording import count

    kept, every, documents, conclusions = _asked(ledger, place, speaker, side, kind, since, until)
    found = list(rows.dispute_rows(conclusions, every, documents, kept))
    _print("disputes", found, tables.DISPUTES, form, output, count(len(found), "dispute"))


def sources(
    ledger: options.Ledger = options.LEDGER,
    place: options.Place = None,
    speaker: options.Speaker = None,
    side: options.Side = None,
    kind: options.Kinds = None,
    since: options.Since = None,
    until: options.Until = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Speakers and outlets with their reliability (Admiralty letter) and the reasons for it."""
    from fogline.publish import rows, tables
    from fogline.publish.views import heard_sources
    from fogline.publish.wording import count

    # Whose side and name is asked for is the source's own, not that of those it passes on.
    kept, _, _, conclusions = _asked(ledger, place, None, None, kind, since, until)
    graded = heard_sources(conclusions.sources, kept, speaker=speaker or "", side=side or "")
    found = [rows.source_row(grade) for grade in graded]
    _print("sources", found, tables.SOURCES, form, output, count(len(found), "source"))


def control(
    place: Annotated[str, typer.Argument(help="A settlement, in any spelling.", metavar="PLACE")],
    on: Annotated[
        date | None, typer.Option("--on", help="Only this day, in words.", parser=options.day, metavar="DAY")
    ] = None,
    known_by: options.KnownBy = None,
    plot: options.Plot = None,
    ledger: options.Ledger = options.LEDGER,
    theatre: options.Theatre = None,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """Who held a settlement, when, and how sure that is; what sides claim is kept apart.

    Without --known-by it looks back from all reports; with it, it says what could be known on that day.
    """
    from fogline import flow
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish import rows, tables

    settings = load(theatre=theatre)
    with reading(ledger, settings) as opened:
        found = flow.control(opened, place, settings, day=known_by)
        every = opened.claims() if form is Format.TABLE or plot else ()
        if plot is not None:
            known = {found.geonameid or 0: [c for c in every if any(p.geonameid == found.geonameid for p in c.places)]}
            draw(plot, [found], known, flow.theatre_of(settings, (), opened), f"Who held {found.place}")
            return
        if form is Format.TABLE and (on is not None or not found.timeline):
            emit(_status(opened, settings, found, on, known_by), output)
            return
    row = rows.control_row(found)
    if on is not None:
        row = {**row, "timeline": [one for one in (_stretch_on(found, on),) if one]}
    if form is Format.JSON:
        emit([json.dumps(row, ensure_ascii=False) + "\n"], output)
        return
    when = f"as known by {known_by}" if known_by else "in hindsight"
    stretches = list(tables.stretch_rows(row, every))
    if form is Format.JSONL:
        emit([json.dumps(row, ensure_ascii=False) + "\n"], output)
        return
    _print("control", stretches, tables.CONTROL, form, output, f"Assessed control of {found.place}, {when}")


def _asked(
    path: Path,
    place: str | None,
    speaker: str | None,
    side: str | None,
    kinds: Sequence[Kind] | None,
    since: date | None,
    until: date | None,
) -> tuple[tuple[Claim, ...], tuple[Claim, ...], dict[str, Document], Conclusions]:
    """The claims that the filters keep, all claims, the documents and the conclusions."""
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.publish.views import Filter, select

    settings = load()
    with reading(path, settings) as opened:
        every = opened.claims()
        documents = {document.id: document for document in opened.documents()}
        wanted = Filter(
            place=place or "",
            geonameids=_places(opened, settings, every, place),
            speaker=speaker or "",
            side=side or "",
            kinds=frozenset(kinds or ()),
            since=since,
            until=until,
        )
        return select(every, documents, wanted), every, documents, opened.conclusions()


def _places(ledger: Ledger, settings: Settings, every: Sequence[Claim], place: str | None) -> frozenset[int]:
    """The GeoNames id a name stands for: the ledger's own spellings go first, then the gazetteer's."""
    from fogline import flow
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.publish.views import ids_named

    if (
        not place
        or ids_named(every, place)
        or any(p.name.casefold() == place.casefold() for c in every for p in c.places)
    ):
        return frozenset()
    entry = gazetteer_of(flow.theatre_of(settings, (), ledger)).find(place)
    return frozenset() if entry.geonameid is None else frozenset({entry.geonameid})


def _print(what: str, found: Iterable[Row], columns: Columns, form: Format, output: Path | None, title: str) -> None:
    from fogline.publish import tables

    if form is Format.TABLE:
        shown = tables.BRIEFLY[what]
        lines = (tables.cells(row, shown) for row in found)
        emit([table(title, shown, lines, f"Nothing found ({title}).")], output)
        return
    writers = {Format.JSON: tables.json_array, Format.JSONL: tables.json_lines}
    emit(tables.csv_lines(found, columns) if form is Format.CSV else writers[form](found), output)
    if output:
        say(f"{output}: {title}.")


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
    """The day as a stretch of its own: its belief, its status, and the claims of the stretch it lies in."""
    from fogline.control.inferring import belief_on, status_on

    belief = belief_on(found, on)
    if not belief:
        return None
    moved = next((stretch.claims for stretch in found.timeline if stretch.start <= on <= stretch.end), ())
    return {
        "from": on.isoformat(),
        "to": on.isoformat(),
        "belief": {state: round(chance, 4) for state, chance in belief.items()},
        "status": status_on(found, on),
        "claims": list(moved),
    }
