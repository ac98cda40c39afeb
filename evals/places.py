"""Places: mentions and resolution on TR-News and LGL (English), resolution on VIINA's Ukrainian and Russian reports.

Spans are right where both ends are. A found toponym is put right where it is the gold place or within 161 km of it, or,
where the gold place is a country or a first-level unit, where it is in that country or unit; one left open is wrong.
VIINA's places are geocodes of whole reports, made by machine: a report is right where a settlement or other narrow place
read in it is within 161 km (or 25 km) of the geocode. ``wide`` also counts the middle of an oblast that is named, which
is far easier: the geocode of a report that names an oblast alone is somewhere in it.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from xml.etree import ElementTree
from zlib import crc32

from fogline.extract.places import Toponym, find, heard, located
from fogline.gazetteer import Entry, Feature, Gazetteer
from fogline.gazetteer import loading as gazetteers
from fogline.gazetteer.distance import kilometres
from fogline.model import Document, PlacePrecision, Span, Theatre
from fogline.theatres import loading as theatres

SETS = {"trnews": "TR-News.xml.gz", "lgl": "lgl.xml.gz"}
REALIGN = 12
"""Characters around a wrong offset within which the gold phrase is looked for."""
NEAR_KM, RIGHT_KM = 25.0, 161.0


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked toponym: its span, and where it is known the place it was put at."""

    span: Span
    geonameid: int | None
    lat: float | None
    lon: float | None
    code: str
    country: str
    region: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Toponyms marked, read, read at the very span, and of these those with a gold place and those put right."""

    gold: int = 0
    read: int = 0
    same: int = 0
    placed: int = 0
    right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def f1(self) -> float:
        """F1 of exact spans."""
        return 2 * self.same / (self.gold + self.read) if self.gold + self.read else 0.0

    @property
    def put_right(self) -> float:
        """Share of the found toponyms with a gold place that are put right."""
        return self.right / self.placed if self.placed else 0.0


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Span F1 and share put right on TR-News and LGL; share put right and near on VIINA's reports, by language.

    TR-News and LGL are shown as a whole and by halves: ``tuned`` is the half whose errors were read, ``judged`` the other.
    ``by_outlet`` is the share put right where the documents of one outlet are read together.
    """
    theatre = theatres.load("world")
    gazetteer = gazetteers.load(theatre)
    found: dict[str, float] = {}
    for name, file in SETS.items():
        marked = list(articles(shared / "gold" / "places-lgl-trnews" / file))
        documents = [document for document, _ in marked]
        mentioned = [heard(document, gazetteer, theatre) for document in documents]
        for form, given in (("", [replace(d, outlet="") for d in documents]), ("_by_outlet", documents)):
            counts = [Counts(), Counts()]
            for (document, gold), read in zip(marked, located(given, mentioned, gazetteer, theatre), strict=True):
                counts[half(document)] += compare(document.text, gold, read, gazetteer, verbose and not form)
            tuned, judged = counts
            if not form:
                for which, count in (("", tuned + judged), ("_tuned", tuned), ("_judged", judged)):
                    found[f"places.{name}_f1{which}"] = count.f1
            for which, count in (("", tuned + judged), ("_tuned", tuned), ("_judged", judged)):
                found[f"places.{name}{form}_161km{which}"] = count.put_right
    viina = shared / "gold" / "places-uk-ru-viina" / "dev.csv.gz"
    return found | (reports(viina, verbose) if viina.exists() else {})


def half(document: Document) -> int:
    """0 for the half of the documents that weights and word lists were tuned on, 1 for that they are judged on."""
    return crc32(document.name.encode()) % 2


def articles(path: Path) -> Iterator[tuple[Document, tuple[Gold, ...]]]:
    """The documents of a set with their toponyms, offsets put right where the phrase stands a little aside."""
    root = ElementTree.fromstring(gzip.decompress(path.read_bytes()))
    for article in root.iter("article"):
        text, name = article.findtext("text") or "", article.get("docid") or ""
        outlet = (article.findtext("domain") or "").strip()
        gold = tuple(_gold(text, toponym) for toponym in article.iter("toponym"))
        yield Document(article_id=name, name=name, text=text, outlet=outlet), gold


def _gold(text: str, toponym: ElementTree.Element) -> Gold:
    phrase, start = (toponym.findtext("phrase") or "").strip(), int(toponym.findtext("start") or 0)
    tag = toponym.find("gaztag")
    place = tag if tag is not None else toponym
    geonameid = place.get("geonameid") or ""
    lat, lon = place.findtext("lat") or toponym.findtext("lat"), place.findtext("lon") or toponym.findtext("lon")
    return Gold(
        span=aligned(text, phrase, start), geonameid=int(geonameid) if geonameid.isdigit() else None,
        lat=float(lat) if lat else None, lon=float(lon) if lon else None, code=place.findtext("fcode") or "",
        country=_id(place, "country"), region=_id(place, "admin1"),
    )  # fmt: skip


def _id(place: ElementTree.Element, name: str) -> str:
    element = place.find(name)
    return (element.get("geonameid") or "") if element is not None else ""


def aligned(text: str, phrase: str, start: int) -> Span:
    """The phrase's span nearest to where it is said to start, if it is within ``REALIGN`` characters; else as said.

    >>> aligned("In Rome and Paris", "Paris", 10)
    Span(start=12, end=17)
    """
    places = [at for at in range(max(0, start - REALIGN), start + REALIGN + 1) if text.startswith(phrase, at)]
    at = min(places, key=lambda place: abs(place - start), default=max(0, start))
    return Span(at, at + len(phrase))


def compare(
    text: str, gold: Sequence[Gold], read: Sequence[Toponym], gazetteer: Gazetteer, verbose: bool = False
) -> Counts:
    """Count what was read against what was marked."""
    by_span = {toponym.span: toponym for toponym in read}
    same = [(mark, by_span[mark.span]) for mark in gold if mark.span in by_span]
    placed = [(mark, toponym) for mark, toponym in same if mark.lat is not None]
    right = [put_right(mark, toponym, gazetteer) for mark, toponym in placed]
    if verbose:
        _show(text, gold, read, placed, right)
    return Counts(len(gold), len(read), len(same), len(placed), sum(right))


def put_right(mark: Gold, toponym: Toponym, gazetteer: Gazetteer) -> bool:
    """Whether the toponym is put where the mark is."""
    place = toponym.place
    if place.precision is PlacePrecision.NOT_FOUND:
        return False
    if place.geonameid is not None and place.geonameid == mark.geonameid:
        return True
    entry = gazetteer.entry(place.geonameid) if place.geonameid is not None else None
    if mark.code.startswith("PCL") and entry is not None:
        return str(_country_id(entry, gazetteer)) == (mark.country or str(mark.geonameid))
    if mark.code == "ADM1" and entry is not None:
        return str(_region_id(entry, gazetteer)) == (mark.region or str(mark.geonameid))
    if None in (place.lat, place.lon, mark.lat, mark.lon):
        return False
    assert place.lat is not None and place.lon is not None and mark.lat is not None and mark.lon is not None  # noqa: PT018 -- for the type checker
    return kilometres(place.lat, place.lon, mark.lat, mark.lon) <= RIGHT_KM


def _country_id(entry: Entry, gazetteer: Gazetteer) -> int | None:
    return next(
        (e.geonameid for e in gazetteer.units() if e.feature is Feature.COUNTRY and e.country == entry.country), None
    )


def _region_id(entry: Entry, gazetteer: Gazetteer) -> int | None:
    where = (entry.country, entry.admin1)
    units = (e for e in gazetteer.units() if e.feature is Feature.REGION and (e.country, e.admin1) == where)
    return next((e.geonameid for e in units), None)


def _show(
    text: str,
    gold: Sequence[Gold],
    read: Sequence[Toponym],
    placed: Sequence[tuple[Gold, Toponym]],
    right: Sequence[bool],
) -> None:
    spans = {mark.span for mark in gold}
    for mark in gold:
        if all(mark.span != toponym.span for toponym in read):
            print("missed ", _around(text, mark.span), mark.code)
    for toponym in read:
        if toponym.span not in spans:
            print("beyond ", _around(text, toponym.span), toponym.use, toponym.score, toponym.reasons)
    for (mark, toponym), good in zip(placed, right, strict=True):
        if not good:
            point = (mark.lat, mark.lon)
            print(
                "astray ",
                toponym.text,
                mark.code,
                point,
                "read",
                toponym.place.name,
                toponym.place.lat,
                toponym.place.lon,
                toponym.reasons,
            )


def _around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - 30) : span.start], text[span.end : span.end + 30]
    return f"{before}[{span.of(text)}]{after}".replace("\n", " ")


def reports(path: Path, verbose: bool = False) -> dict[str, float]:
    """Share of VIINA's reports with a place read within 161 km, and within 25 km, of the geocode, by language."""
    theatre: Theatre = theatres.load("ukraine")
    gazetteer = gazetteers.load(theatre)
    counts = {language: dict.fromkeys(("reports", "161km", "25km", "wide_161km"), 0) for language in ("uk", "ru")}
    for row in csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))):
        if not (row["lat"] and row["lon"]):
            continue
        text, language = row["text"], "uk" if set(row["text"]) & set("іїєґІЇЄҐ") else "ru"
        read = find(Document(article_id="viina", name="viina", text=text, language=language), gazetteer, theatre)
        narrow = _nearest(row, [t for t in read if t.place.precision not in _WIDE])
        wide = _nearest(row, [t for t in read if t.place.precision is not PlacePrecision.COUNTRY])
        counts[language]["reports"] += 1
        counts[language]["161km"] += narrow <= RIGHT_KM
        counts[language]["25km"] += narrow <= NEAR_KM
        counts[language]["wide_161km"] += wide <= RIGHT_KM
        if verbose and narrow > NEAR_KM:
            print(
                "astray ", language, row["asciiname"], round(narrow), [(t.text, t.place.name) for t in read], text[:300]
            )
    return {
        f"places.viina_{language}_{what}": number / tally["reports"]
        for language, tally in counts.items()
        if tally["reports"]
        for what, number in tally.items()
        if what != "reports"
    }


def _nearest(row: dict[str, str], read: Sequence[Toponym]) -> float:
    """Kilometres from the geocode to the nearest place read; infinite where none has a point."""
    if any(str(toponym.place.geonameid) == row["geonameid"] for toponym in read):
        return 0.0
    points = [(t.place.lat, t.place.lon) for t in read]
    away = [
        kilometres(lat, lon, float(row["lat"]), float(row["lon"]))
        for lat, lon in points
        if lat is not None and lon is not None
    ]
    return min(away, default=inf)


_WIDE = (PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.AREA)
