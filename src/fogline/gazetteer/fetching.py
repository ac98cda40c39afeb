"""Fetches GeoNames dumps, and only when somebody asks for it: looking places up never uses the network."""

from __future__ import annotations

import re
import tempfile
import urllib.error
import urllib.request
import zipfile
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import IO

from fogline.errors import BadGazetteer, UsageError

GEONAMES = "https://download.geonames.org/export/dump/"
"""Where GeoNames offers its dumps."""
MOST_BYTES = 1_000_000_000
"""Of one dump: that of all countries is 400 MB."""
WAIT_SECONDS = 60.0
_NAMES = re.compile(r"[A-Z]{2}|allCountries|cities(?:500|1000|5000|15000)")


def fetch(name: str, folder: Path, base: str = GEONAMES) -> Path:
    """The dump of that name (a country's two letters, ``cities500``, ``allCountries``), put whole into the folder.

    ``base`` is a URL or a folder in which the dumps lie. An earlier file stays as it was until the new one is there and
    sound. Raises ``UsageError`` for a name that GeoNames has no dump of, ``BadGazetteer`` where it cannot be had.
    """
    if not _NAMES.fullmatch(name):
        raise UsageError(
            f"GeoNames has no dump called {name!r}.",
            "Give a country's two letters, as in UA, or cities500, cities1000, cities5000, cities15000, allCountries.",
        )
    target = folder / f"{name}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}.", delete=False) as aside:
            kept = Path(aside.name)
            try:
                with closing(_opened(base, target.name)) as source:
                    _copied(source, aside, target.name)
                aside.flush()
                _checked(kept, f"{base} {target.name}")
                kept.replace(target)
            finally:
                kept.unlink(missing_ok=True)
    except (OSError, HTTPException) as error:
        raise BadGazetteer(f"{target}: the dump cannot be stored or was cut off ({error}).", _by_hand(name)) from error
    return target


def _opened(base: str, file: str) -> IO[bytes]:
    if not base.startswith(("https://", "http://")):
        try:
            return (Path(base) / file).open("rb")
        except OSError as error:
            raise BadGazetteer(
                f"{Path(base) / file}: it cannot be read ({error}).", "Name the folder that holds the dump."
            ) from error
    url = f"{base.rstrip('/')}/{file}"
    try:
        answer: IO[bytes] = urllib.request.urlopen(url, timeout=WAIT_SECONDS)
    except urllib.error.HTTPError as error:
        raise BadGazetteer(f"{url}: the server answered {error.code} ({error.reason}).", _by_hand(file[:-4])) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise BadGazetteer(f"{url}: it cannot be reached ({reason}).", _by_hand(file[:-4])) from error
    return answer


def _copied(source: IO[bytes], target: IO[bytes], file: str) -> None:
    left = MOST_BYTES
    while part := source.read(min(left + 1, 1 << 20)):
        left -= len(part)
        if left < 0:
            raise BadGazetteer(f"{file}: it is over {MOST_BYTES:,} bytes.", "Fetch the dump of one country.")
        target.write(part)


def _checked(path: Path, what: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise BadGazetteer(
            f"{what}: what came is no zip archive, or is cut off ({error}).", "Fetch it again."
        ) from error
    if broken:
        raise BadGazetteer(f"{what}: {broken} in it is damaged.", "Fetch it again.")


def _by_hand(name: str) -> str:
    return (
        f"Where this machine has none, fetch {GEONAMES}{name}.zip with another, and give "
        "that file to: fogline gazetteer build"
    )
