"""``fogline changes``, ``compare-map`` and ``simulate``: many settlements at once."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli import options
from fogline.cli.console import emit, say, table
from fogline.cli.options import Format
from fogline.cli.pictures import draw, write
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.control.maps import Comparison
    from fogline.control.news import News


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("changes", epilog="Example: [bold]fogline changes --since 2025-11-01 --area Kharkiv[/bold]")(changes)
    app.command("compare-map", epilog="Example: [bold]fogline compare-map map.csv --format json[/bold]")(compare_map)
    app.command("simulate", epilog="Example: [bold]fogline simulate --seed 7 -o made/[/bold]")(simulate)


def changes(
    since: Annotated[date, typer.Option("--since", help="From this day on.", parser=options.day, metavar="DAY")],
    until: options.Until = None,
    known_by: options.KnownBy = None,
    area: options.AreaNames = None,
    box: options.InBox = None,
    plot: options.Plot = None,
    ledger: options.Ledger = options.LEDGER,
    form: options.Rows = Format.TABLE,
    output: options.Out = None,
) -> None:
    """What became new: settlements that changed hands, are newly contested, or are newly claimed by a side.

    A change is told as the interval that holds it with 90 %. A claim alone changes nothing: it is told apart.
    """
    from fogline import areas
    from fogline.cli.ledgers import reading
    from fogline.config import load

    settings = load()
    with reading(ledger, settings) as opened:
        asked = areas.area(opened, settings, day=known_by, names=area or (), box=options.box(box))
    if plot is not None:
        draw(plot, asked.controls, asked.claims, asked.theatre, " in ".join(["Who held what", *(area or ())]))
        return
    found = areas.news(asked, since, until or known_by or date.max)
    rows = [_news_row(one) for one in found]
    _emit(rows, form, output, f"New since {since}")


def compare_map(
    chart: Annotated[Path, typer.Argument(help="CSV, or GeoJSON polygons, with date and status.", metavar="MAP")],
    known_by: options.KnownBy = None,
    area: options.AreaNames = None,
    box: options.InBox = None,
    tolerance: Annotated[
        float,
        typer.Option("--tolerance", help="How far a row's point may lie from the settlement's.", metavar="KM", min=0),
    ] = 3.0,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw the calibration: an .svg or .png file.", metavar="FILE")
    ] = None,
    ledger: options.Ledger = options.LEDGER,
    form: Annotated[Format, typer.Option("--format", help="A table, or json with everything.")] = Format.TABLE,
    output: options.Out = None,
) -> None:
    """How far the assessment is from somebody's map: agreement, scores, calibration, lag, and the worst disagreements.

    CSV has columns date, status (a side's code, contested or unknown) and settlement, geonameid or lat and lon.
    """
    from fogline import areas
    from fogline.cli.ledgers import reading
    from fogline.config import load

    if not chart.is_file():
        raise UsageError(f"There is no map at {chart}.", "Name a CSV or GeoJSON file.")
    settings = load()
    with reading(ledger, settings) as opened:
        asked = areas.area(opened, settings, day=known_by, names=area or (), box=options.box(box))
    found = areas.compare_map(asked, chart, tolerance)
    if plot is not None:
        from fogline.publish.calibration import calibration

        write(plot, calibration(found.calibration, f"Calibration against {chart.name}"))
        return
    if form is Format.TABLE:
        emit(_told(found), output)
        return
    emit([json.dumps(_comparison_row(found), ensure_ascii=False) + "\n"], output)


def simulate(
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same world.")] = 1,
    settlements: Annotated[int, typer.Option("--settlements", help="How many.", min=1, max=10_000)] = 20,
    days: Annotated[int, typer.Option("--days", help="How long.", min=2, max=5_000)] = 365,
    theatre: options.Theatre = "ukraine",
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.", metavar="FOLDER")] = Path(
        "made"
    ),
) -> None:
    """A made world: who truly held each settlement, what was said of it, and what the model makes of that.

    Writes reports.csv (who said what, when, through whom) and days.csv (the true state and the belief, by day).
    """
    from dataclasses import replace

    from fogline.control import worlds
    from fogline.control.inferring import infer
    from fogline.theatres.loading import load as theatre_named

    sided = replace(theatre_named(theatre or "ukraine"), begins=worlds.BEGINS)
    if not sided.sides:
        raise UsageError(f"The theatre {sided.name} has no sides.", "Name one that has, such as ukraine.")
    world = worlds.make(sided, settlements, days, seed)
    found = infer(
        world.claims, world.documents, world.families, world.sources, sided,
        parameters=worlds.parameters(worlds.Habits()),
    )  # fmt: skip
    output.mkdir(parents=True, exist_ok=True)
    _write(output / "reports.csv", list(worlds.reports(world)))
    _write(output / "days.csv", list(worlds.days(world, found)))
    say(f"{output}: {len(world.claims)} claims on {settlements} settlements over {days} days, seed {seed}.")


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    emit([_csv(rows)], path)


def _csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["nothing"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _news_row(one: News) -> dict[str, str]:
    return {
        "place": one.place,
        "what": one.what,
        "before": one.before,
        "after": one.after,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "claims": "; ".join(one.claims),
    }


def _emit(rows: list[dict[str, str]], form: Format, output: Path | None, title: str) -> None:
    if form is Format.TABLE:
        shown = {
            name: (lambda row, name=name: row[name]) for name in ("place", "what", "before", "after", "from", "to")
        }
        lines = ([row[name] for name in shown] for row in rows)
        emit([table(title, shown, lines, f"Nothing found ({title}).")], output)
    elif form is Format.CSV:
        emit([_csv(rows)], output)
    elif form is Format.JSON:
        emit([json.dumps(rows, ensure_ascii=False) + "\n"], output)
    else:
        emit([json.dumps(row, ensure_ascii=False) + "\n" for row in rows], output)


def _comparison_row(found: Comparison) -> dict[str, object]:
    return {
        "cells": found.cells,
        "unknown": found.unknown,
        "agreement": round(found.agreement, 4),
        "brier": round(found.brier, 4),
        "log_loss": round(found.log_loss, 4),
        "lag_days": found.lag,
        "changes": found.changes,
        "by_distance": [{"band": b, "cells": n, "agreement": round(a, 4)} for b, n, a in found.by_distance],
        "confusion": [{"map": m, "read": r, "cells": n} for (m, r), n in sorted(found.confusion.items())],
        "calibration": [{"belief": round(b, 4), "true": round(t, 4), "states": n} for b, t, n in found.calibration],
        "worst": [
            {
                "place": one.place,
                "day": one.day.isoformat(),
                "map": one.mapped,
                "belief": {state: round(p, 4) for state, p in one.belief.items()},
                "claims": list(one.claims),
            }
            for one in found.worst
        ],
    }


def _told(found: Comparison) -> list[str]:
    scored = found.cells - found.unknown
    lines = [f"{found.cells} cells of the map, {scored} scored; of {found.unknown} nothing is known by their day\n"]
    if not scored:
        return lines
    lines.append(f"agreement {found.agreement:.3f}, Brier {found.brier:.3f}, log loss {found.log_loss:.3f}\n")
    if found.lag is not None:
        lines.append(f"{found.changes} changes on both; ours {found.lag:+g} days after the map's (median)\n")
    lines.append("\nmap, read, cells\n")
    lines += [f"  {m}, {r}, {n}\n" for (m, r), n in sorted(found.confusion.items())]
    lines.append("\ndistance from the map's front, cells, agreement\n")
    lines += [f"  {band:20} {number:6} {share:.3f}\n" for band, number, share in found.by_distance]
    lines.append("\nbelief, share true, states\n")
    lines += [f"  {b:.2f}  {t:.2f} {'#' * round(40 * t):40} {n}\n" for b, t, n in found.calibration]
    lines.append("\nThe worst disagreements\n")
    for one in found.worst:
        belief = ", ".join(f"{state} {p:.2f}" for state, p in one.belief.items())
        lines.append(f"  {one.place}, {one.day}: map {one.mapped}, read {belief}; {', '.join(one.claims[:3])}\n")
    return lines
