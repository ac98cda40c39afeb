"""``fogline claims``, ``matters``, ``disputes`` and ``sources``: questions to a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from fogline.cli import options
from fogline.cli.console import emit, say, table
from fogline.cli.options import Format

if TYPE_CHECKING:
    from fogline.config import Settings
    from fogline.model import Claim, Conclusions, Document, Kind, SourceGrade
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
    show("claims", found, tables.CLAIMS, form, output, f"{len(kept)} of {len(every)} claims")


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
    show("matters", shown, tables.MATTERS, form, output, f"{len(found)} of {len(conclusions.matters)} matters")


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
    show("disputes", found, tables.DISPUTES, form, output, count(len(found), "dispute"))


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
    """Speakers and outlets with their reliability (Admiralty letter), the reasons for it, and how their forecasts did."""
    from fogline.publish import rows, tables
    from fogline.publish.views import heard_sources
    from fogline.publish.wording import count

    # Whose side and name is asked for is the source's own, not that of those it passes on.
    kept, _, _, conclusions = _asked(ledger, place, None, None, kind, since, until)
    graded = heard_sources(conclusions.sources, kept, speaker=speaker or "", side=side or "")
    record = _records(ledger)
    found = [rows.source_row(grade, record(grade)) for grade in graded]
    show("sources", found, tables.SOURCES, form, output, count(len(found), "source"))


def _records(path: str) -> Callable[[SourceGrade], Row | None]:
    """The track record of a source's forecasts: a speaker's own, an outlet's of all that it passed on."""
    from fogline import forecasting
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.foresee.scoring import score
    from fogline.model import SpeakerType
    from fogline.publish.tracks import forecast_row, tracks

    settings = load()
    with reading(path, settings) as opened:
        made = [forecast_row(one) for one in forecasting.resolved(opened, settings)]
    told = {by: {row[by]: row for row in tracks(made, by, score)} for by in ("speaker", "outlet")}
    return lambda grade: told["outlet" if grade.type is SpeakerType.OUTLET else "speaker"].get(grade.name)


def _asked(
    path: str,
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
    from fogline.review.deciding import reread

    settings = load()
    with reading(path, settings) as opened:
        every = reread(opened.claims(), opened.judgements())
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


def show(what: str, found: Iterable[Row], columns: Columns, form: Format, output: Path | None, title: str) -> None:
    """Print rows as a table, or in the published shape."""
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
