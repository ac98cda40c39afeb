"""From a ledger to a file in somebody else's format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fogline import __version__, flow, registry
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Account, Claim, Control, Place
from fogline.nearby import units_within
from fogline.ports import Exporter, Ledger
from fogline.publish.views import Filter, select

if TYPE_CHECKING:
    from fogline.publish.brief import Foresight
    from fogline.publish.exports.illustrated import Illustrated


BRIEFS = {
    "brief.md": "text/markdown",
    "brief.html": "text/html",
    "brief.json": "application/json",
    "brief.pdf": "application/pdf",
    "brief.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The forms of the brief, with what they are called over HTTP; all other formats are in the registry."""
TOLD = ("brief.md", "brief.html", "brief.json")
"""Those of them that need no picture of the settlements around."""


def formats() -> tuple[str, ...]:
    """All that can be exported, by name."""
    return (*registry.names("export"), *BRIEFS)


def media_type(form: str) -> str:
    """What a format is called over HTTP. Raises ``UnknownName``, with what there is, for a format that is not there."""
    return BRIEFS.get(form) or exporter(form).media_type


def exporter(name: str) -> Exporter:
    """The writer of a format. Raises ``UnknownName``, with what there is, for a name that is not there."""
    made: Exporter = registry.pick("export", name)()
    return made


def write(
    ledger: Ledger,
    settings: Settings,
    form: str,
    *,
    place: str = "",
    day: date | None = None,
    period: tuple[date | None, date | None] = (None, None),
    only: frozenset[str] | None = None,
    foresight: Callable[[str], Foresight | None] = lambda _: None,
) -> bytes:
    """A file in a format, as known by ``day``, of ``place`` alone where one is named.

    ``period`` is the first and last day that a brief tells of, and ``only`` the ids of the claims that all else holds.
    ``foresight`` works out what is followed ahead of a place, which a brief tells too.

    Raises ``UnknownName`` for a format that is not there, and ``UsageError`` for a brief on no place.
    """
    if form not in BRIEFS:
        return exporter(form).write(account(ledger, settings, place=place, day=day, only=only))
    if not place:
        raise UsageError(
            "A brief is on one settlement, and none was named.", "Name it with --place, or place= in an address."
        )
    if form in ("brief.pdf", "brief.docx"):
        return bound(
            printed(ledger, place, settings, start=period[0], end=period[1], day=day, foresight=foresight(place)), form
        )
    from fogline.publish.html import html
    from fogline.publish.markdown import markdown
    from fogline.publish.plain import brief_json

    render = {"brief.md": markdown, "brief.html": html, "brief.json": brief_json}[form]
    return render(
        flow.brief(ledger, place, settings, start=period[0], end=period[1], day=day, foresight=foresight(place))
    ).encode()


LAKE = "lake"
"""The form that is a folder of files."""


def lake(ledger: Ledger, settings: Settings, folder: Path, *, place: str = "", day: date | None = None) -> int:
    """Write the ledger as partitioned Parquet with a manifest into a folder; how many files that are.

    A lake that is there is replaced as a whole once the new one is written. Raises ``UsageError`` for a folder that holds
    anything else, or cannot be written, and where pyarrow is not installed.
    """
    from fogline.publish.exports.lake import MANIFEST, files

    if folder.exists() and not (folder / MANIFEST).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: there is something else than a lake.", "Name a folder that is empty or not there.")
    made = account(ledger, settings, place=place, day=day)
    count = 0
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            for path, raw in files(made):
                target = Path(beside) / "new" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(raw)
                count += 1
            if folder.exists():
                folder.rename(Path(beside) / "old")
            (Path(beside) / "new").rename(folder)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{folder}: the lake cannot be written ({reason}).", "Name another folder.") from error
    return count


def bound(made: Illustrated, form: str) -> bytes:
    """A brief as ``brief.pdf`` or ``brief.docx``."""
    from fogline.publish.exports.docx import docx
    from fogline.publish.exports.pdf import pdf

    return pdf(made) if form == "brief.pdf" else docx(made)


def account(
    ledger: Ledger, settings: Settings, *, place: str = "", day: date | None = None, only: frozenset[str] | None = None
) -> Account:
    """All that was known by ``day`` (``None``: all), of ``place`` alone where one is named, of the claims ``only`` names.

    Raises ``UnknownPlace`` where neither the ledger nor the gazetteer has that place.
    """
    from fogline.control.inferring import infer

    theatre = flow.theatre_of(settings, (), ledger)
    claims, documents, conclusions = flow.known_by(ledger, theatre, day)
    control = conclusions.control
    if day is not None:
        control = infer(
            claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day,
            within=units_within(claims, theatre),
        )  # fmt: skip
    kept = claims
    if place:
        entry = flow.place_meant(place, ledger.claims(), theatre)
        ids = frozenset() if entry.geonameid is None else frozenset({entry.geonameid})
        kept = select(claims, documents, Filter(place=place, geonameids=ids))
        control = tuple(one for one in control if one.geonameid in ids)
    return Account(
        claims=kept if only is None else tuple(claim for claim in kept if claim.id in only),
        every={claim.id: claim for claim in claims},
        documents=documents,
        hashes={name: ledger.article(document.article_id).sha256 for name, document in documents.items()},
        conclusions=conclusions,
        control=tuple(sorted(control, key=_by_place)),
        points=_points(claims),
        runs=ledger.runs(),
        theatre=theatre,
        place=place,
        known_by=day,
        version=__version__,
    )


def printed(
    ledger: Ledger,
    place: str,
    settings: Settings,
    *,
    start: date | None = None,
    end: date | None = None,
    day: date | None = None,
    foresight: Foresight | None = None,
) -> Illustrated:
    """The brief on a settlement with its map and its ribbon frozen as pictures, as ``flow.brief`` composes it."""
    from fogline.publish.exports.illustrated import illustrated

    made = flow.brief(ledger, place, settings, start=start, end=end, day=day, foresight=foresight)
    return illustrated(made, account(ledger, settings, day=day))


def _by_place(control: Control) -> tuple[str, int]:
    return control.place, control.geonameid or 0


def _points(claims: Sequence[Claim]) -> dict[int, Place]:
    """A place by GeoNames id, as the first claim that names it has it."""
    points: dict[int, Place] = {}
    for claim in claims:
        for place in claim.places:
            if place.geonameid is not None:
                points.setdefault(place.geonameid, place)
    return points
