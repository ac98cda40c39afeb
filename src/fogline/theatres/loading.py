"""Theatres from folders of TOML and CSV: ``theatre.toml``, ``people.toml``, ``organisations.toml``, ``outlets.csv``,
``places.csv``. Only the first must be there; ``docs/theatres.md`` says what each holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

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
from fogline.theatres.tables import HINT, Table, rows, toml

WORLD = "world"
"""The theatre without sides."""

SPEAKING_HITS = 4
"""Words of a theatre from which on a text speaks of it; fewer are enough where they name two of its sides."""
SPEAKING_SHARE = 0.3
"""The share of the texts that must speak of a theatre for it to be recognised in them."""


def names() -> tuple[str, ...]:
    """The shipped theatres, sorted.

    >>> "world" in names()
    True
    """
    return tuple(sorted(f.name for f in files("fogline.theatres").iterdir() if (f / "theatre.toml").is_file()))


def load(name: str) -> Theatre:
    """The shipped theatre of that name, or the one in the folder of that path; with the gazetteer file of its reference.

    Raises ``UnknownTheatre`` where there is neither, ``BadSettings`` where its files cannot be understood.
    """
    found, _, gazetteer = reference(name).partition(BESIDE)
    theatre = _load(files("fogline.theatres") / found if found in names() else Path(found))
    return replace(theatre, gazetteer=gazetteer)


BESIDE = "|"
"""In a reference, between the theatre and the path of a user's gazetteer file."""


def reference(name: str, gazetteer: str = "") -> str:
    """What names a theatre from everywhere: the shipped one's name, or the absolute path of the folder; and after a bar
    the absolute path of a user's gazetteer file: ``gazetteer``, or the one that the name already holds.

    Raises ``UnknownTheatre`` where there is no such theatre. Whether the file is there, reading it will tell.

    >>> reference("world")
    'world'
    """
    name, _, held = name.partition(BESIDE)
    file = gazetteer or held
    return f"{_reference(name)}{BESIDE}{Path(file).expanduser().resolve()}" if file else _reference(name)


def _reference(name: str) -> str:
    if name in names():
        return name
    folder = Path(name).expanduser()
    if (folder / "theatre.toml").is_file():
        return str(folder.resolve())
    if folder.is_dir():
        raise UnknownTheatre(f"{name}: there is no theatre.toml in this folder.", HINT)
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


def recognise_few(text: str, outlets: Iterable[str] = ()) -> str:
    """The shipped theatre that a few sentences speak of, which ``outlets`` published; ``"world"`` where two do as well, or none.

    Whoever puts sentences side by side means a conflict: one name of a place, a side or somebody who speaks for one is
    enough, and so is an outlet that one theatre alone knows.

    >>> recognise_few("The RSF has seized the town.")
    'sudan'
    >>> recognise_few("The town was taken.", ["Ukrinform"])
    'ukraine'
    """
    found = Counter[str]()
    for name, (words, *_) in _markers().items():
        proper = _proper_names()[name]
        found[name] = 2 * (len(words.findall(text)) if words else 0) + (len(proper.findall(text)) if proper else 0)
    for outlet in outlets:
        known = _known_outlets().get(outlet.casefold(), ())
        found.update(theatre for theatre in known if len(known) == 1 and theatre in found)
    (best, most), (_, next_best) = found.most_common(2)
    return best if most > next_best else WORLD


@cache
def _known_outlets() -> dict[str, tuple[str, ...]]:
    """By the name of an outlet, the theatres that know it; those that write of every war are the world's as well."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names():
        for spelled in {spelled.casefold() for outlet in load(name).outlets for spelled in outlet.names}:
            found[spelled] = (*found.get(spelled, ()), name)
    return found


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
            own = toml(folder / "theatre.toml").texts("words")
            found[name] = (_words(own), *(_words([*side.names, *side.demonyms, side.name]) for side in theatre.sides))
    return found


@cache
def _proper_names() -> dict[str, re.Pattern[str] | None]:
    """By theatre: the names of its sides and of the people who speak for them; no common nouns, which other theatres have too."""
    found: dict[str, re.Pattern[str] | None] = {}
    for name in _markers():
        theatre = load(name)
        sides = {n for side in theatre.sides for n in (side.name, *side.names, *side.demonyms)}
        people = [a for a in theatre.actors if a.type is SpeakerType.PERSON and theatre.is_party(a.side)]
        # "Rebels" opens a sentence where "rebels" is a name as well.
        proper = {n for n in sides if n != n.lower() and n[0].lower() + n[1:] not in sides}
        found[name] = _words([*proper, *(f"{n} " for person in people for n in person.names)])
    return found


def _words(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds words that begin so; a blank at the end says that it is the whole word ("Niger ", not "Nigeria")."""
    # In English capitals tell names from words; in Ukrainian and Russian adjectives are written small.
    ends = {re.escape(word.rstrip()) + (r"\b" if word.endswith(" ") else "") for word in words if word.strip()}
    escaped = sorted(ends, key=lambda word: (-len(word), word))
    any_case = [f"(?i:{word})" if re.search("[а-яіїєґ]", word) else word for word in escaped]
    return re.compile(rf"\b(?:{'|'.join(any_case)})") if escaped else None


def _load(folder: Traversable) -> Theatre:
    head = toml(folder / "theatre.toml")
    return Theatre(
        name=head.text("name", needed=True),
        title=head.text("title"),
        version=str(head.values.get("version", "")),
        sides=tuple(_side(side) for side in head.tables("sides")),
        actors=tuple(actor for kind, usual in _ACTORS.items() for actor in _actors(folder, kind, usual)),
        outlets=tuple(map(_outlet, rows(folder / "outlets.csv"))),
        anchors=tuple(_anchor(anchor) for anchor in head.tables("anchors")),
        priors={standing: (prior.chance("for"), prior.chance("against")) for standing, prior in head.named("priors")},
        bounds=_bounds(head.numbers("bounds", 4)),
        countries=head.texts("countries"),
        regions=head.texts("regions"),
        begins=head.day("begins"),
        places=tuple(map(_place, rows(folder / "places.csv"))),
    )


def _side(side: Table) -> Side:
    return Side(
        code=side.text("code", needed=True), name=side.text("name", needed=True), names=side.texts("names"),
        demonyms=side.texts("demonyms"), capital=side.text("capital"), country=side.text("country"),
    )  # fmt: skip


_ACTORS = {"people": SpeakerType.PERSON, "organisations": SpeakerType.ORGANISATION}
"""The files of those who speak, and what they usually are."""


def _anchor(anchor: Table) -> AnchorEvent:
    day = anchor.day("day", needed=True)
    assert day is not None  # it was needed
    return AnchorEvent(name=anchor.text("name", needed=True), phrases=anchor.texts("phrases", needed=True), day=day)


def _actors(folder: Traversable, kind: str, usual: SpeakerType) -> list[Actor]:
    path = folder / f"{kind}.toml"
    if not path.is_file():
        return []
    return [
        Actor(
            names=actor.texts("names", needed=True),
            side=actor.text("side") or UNKNOWN_SIDE,
            type=_type(actor, usual),
            standing=actor.text("standing"),
            offices=tuple(_office(office) for office in actor.tables("offices")),
        )
        for actor in toml(path).tables("actors")
    ]


def _type(actor: Table, usual: SpeakerType) -> SpeakerType:
    told = actor.text("type") or usual.value
    try:
        return SpeakerType(told)
    except ValueError as error:
        known = ", ".join(SpeakerType)
        raise BadSettings(f"{actor.where}: 'type' is {told!r}, and must be one of {known}.", HINT) from error


def _office(office: Table) -> Office:
    return Office(
        role=office.text("role", needed=True), affiliation=office.text("of"),
        since=office.day("since"), until=office.day("until"),
    )  # fmt: skip


def _outlet(row: Table) -> Outlet:
    return Outlet(
        names=row.several("names", needed=True), domains=row.several("domains"), side=row.text("side") or UNKNOWN_SIDE,
        standing=row.text("standing"), owner=row.text("owner"), country=row.text("country"),
        languages=row.several("languages"),
    )  # fmt: skip


def _place(row: Table) -> NamedPlace:
    number = row.number("geonameid")
    return NamedPlace(
        names=row.several("names", needed=True), feature=row.text("feature") or "settlement",
        geonameid=None if number is None else int(number), lat=row.number("lat"), lon=row.number("lon"),
        country=row.text("country"), region=row.text("region"), district=row.text("district"),
    )  # fmt: skip


def _bounds(value: tuple[float, ...] | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    south, west, north, east = value
    return south, west, north, east
