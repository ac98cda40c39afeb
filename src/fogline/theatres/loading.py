"""Theatres from folders of TOML and CSV: ``theatre.toml``, ``people.toml``, ``organisations.toml``, ``outlets.csv``,
``places.csv``. Only the first must be there; ``docs/theatres.md`` says what each holds.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from fogline.errors import BadSettings, UnknownTheatre
from fogline.model import (
    UNKNOWN_SIDE,
    Actor,
    AnchorEvent,
    NamedPlace,
    Office,
    Outlet,
    Side,
    SpeakerType,
    Theatre,
)

WORLD = "world"
"""The theatre without sides."""

SPEAKING_HITS = 4
"""Words of a theatre from which on a text speaks of it; fewer are enough where they name two of its sides."""
SPEAKING_SHARE = 0.3
"""The share of the texts that must speak of a theatre for it to be recognised in them."""

Read = TypeVar("Read")


def names() -> tuple[str, ...]:
    """The shipped theatres, sorted.

    >>> "world" in names()
    True
    """
    return tuple(sorted(f.name for f in files("fogline.theatres").iterdir() if (f / "theatre.toml").is_file()))


def load(name: str) -> Theatre:
    """The shipped theatre of that name, or the one in the folder of that path.

    Raises ``UnknownTheatre`` where there is neither, ``BadSettings`` where its files cannot be understood.
    """
    if name in names():
        return _load(files("fogline.theatres") / name)
    folder = Path(name)
    if (folder / "theatre.toml").is_file():
        return _load(folder)
    raise UnknownTheatre(
        f"There is no theatre {name!r}.", f"Shipped: {', '.join(names())}; or give a folder that holds theatre.toml."
    )


def recognise(texts: Iterable[str]) -> str:
    """The shipped theatre that the texts speak of: the one that most of them name; ``"world"`` where few name any.

    >>> recognise(["Ukrainian and Russian forces fought near Kupiansk."])
    'ukraine'
    >>> recognise(["The council met on Tuesday."])
    'world'
    """
    speaking, count = Counter[str](), 0
    for text in texts:
        count += 1
        speaking.update([best] if (best := _speaks_of(text)) else [])
    if not speaking:
        return WORLD
    name, most = min(speaking.items(), key=lambda item: (-item[1], item[0]))
    return name if most >= SPEAKING_SHARE * count else WORLD


def _speaks_of(text: str) -> str:
    """The theatre whose words the text holds most of, if it holds enough."""
    found: dict[str, int] = {}
    for name, sides in _markers().items():
        hits = [len(pattern.findall(text)) if pattern else 0 for pattern in sides]
        named = sum(count > 0 for count in hits[1:])
        if hits[0] and (sum(hits) >= SPEAKING_HITS or named >= 2):
            found[name] = sum(hits)
    return min(found, key=lambda name: (-found[name], name)) if found else ""


@cache
def _markers() -> dict[str, tuple[re.Pattern[str] | None, ...]]:
    """By theatre: its own words, without which no text speaks of it, and the names of each side."""
    found: dict[str, tuple[re.Pattern[str] | None, ...]] = {}
    for name in names():
        folder = files("fogline.theatres") / name
        theatre = load(name)
        if theatre.sides:
            own = _toml(folder / "theatre.toml").get("words", [])
            found[name] = (_words(own), *(_words([*side.names, *side.demonyms, side.name]) for side in theatre.sides))
    return found


def _words(words: Iterable[str]) -> re.Pattern[str] | None:
    # In English capitals tell names from words; in Ukrainian and Russian adjectives are written small.
    escaped = sorted({re.escape(word) for word in words if word}, key=lambda word: (-len(word), word))
    any_case = [f"(?i:{word})" if re.search("[а-яіїєґ]", word) else word for word in escaped]
    return re.compile(rf"\b(?:{'|'.join(any_case)})") if escaped else None


def _load(folder: Traversable) -> Theatre:
    head = _toml(folder / "theatre.toml")
    try:
        return Theatre(
            name=head["name"],
            title=head.get("title", ""),
            version=str(head.get("version", "")),
            sides=tuple(_side(side) for side in head.get("sides", [])),
            actors=tuple(actor for kind, usual in _ACTORS.items() for actor in _actors(folder, kind, usual)),
            outlets=tuple(_rows(folder / "outlets.csv", _outlet)),
            anchors=tuple(_anchor(anchor) for anchor in head.get("anchors", [])),
            priors={standing: (prior["for"], prior["against"]) for standing, prior in head.get("priors", {}).items()},
            bounds=_bounds(head.get("bounds")),
            countries=tuple(head.get("countries", [])),
            regions=tuple(head.get("regions", [])),
            begins=_day(head.get("begins")),
            places=tuple(_rows(folder / "places.csv", _place)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise BadSettings(
            f"The theatre in {folder} is not whole: {error!r}.", "See docs/theatres.md for its files."
        ) from error


def _side(side: Mapping[str, Any]) -> Side:
    return Side(
        code=side["code"], name=side["name"], names=tuple(side.get("names", [])),
        demonyms=tuple(side.get("demonyms", [])), capital=side.get("capital", ""), country=side.get("country", ""),
    )  # fmt: skip


_ACTORS = {"people": SpeakerType.PERSON, "organisations": SpeakerType.ORGANISATION}
"""The files of those who speak, and what they usually are."""


def _anchor(anchor: Mapping[str, Any]) -> AnchorEvent:
    return AnchorEvent(name=anchor["name"], phrases=tuple(anchor["phrases"]), day=anchor["day"])


def _actors(folder: Traversable, kind: str, usual: SpeakerType) -> list[Actor]:
    path = folder / f"{kind}.toml"
    if not path.is_file():
        return []
    return [
        Actor(
            names=tuple(actor["names"]),
            side=actor.get("side", UNKNOWN_SIDE),
            type=SpeakerType(actor.get("type", usual)),
            standing=actor.get("standing", ""),
            offices=tuple(_office(office) for office in actor.get("offices", [])),
        )
        for actor in _toml(path).get("actors", [])
    ]


def _office(office: Mapping[str, Any]) -> Office:
    return Office(
        role=office["role"], affiliation=office.get("of", ""),
        since=_day(office.get("since")), until=_day(office.get("until")),
    )  # fmt: skip


def _outlet(row: Mapping[str, str]) -> Outlet:
    return Outlet(
        names=_several(row["names"]), domains=_several(row["domains"]), side=row["side"] or UNKNOWN_SIDE,
        standing=row["standing"], owner=row["owner"], country=row["country"], languages=_several(row["languages"]),
    )  # fmt: skip


def _place(row: Mapping[str, str]) -> NamedPlace:
    return NamedPlace(
        names=_several(row["names"]), feature=row["feature"] or "settlement",
        geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
        country=row["country"], region=row["region"], district=row["district"],
    )  # fmt: skip


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise ValueError(f"{value!r} is no day")


def _bounds(value: list[float] | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    south, west, north, east = map(float, value)
    return south, west, north, east


def _toml(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path}: not TOML ({error}).", "See docs/theatres.md for a theatre's files.") from error


def _rows(path: Traversable, reading: Callable[[Mapping[str, str]], Read]) -> list[Read]:
    if not path.is_file():
        return []
    return [reading(row) for row in csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))]
