"""Notes in lists of settlements: "Captured by Russia 3 March 2022. Recaptured by Ukraine 2 April 2022."

Such a note has no subject and often no verb; what it speaks of is the settlement under whose name it stands: the heading
line, the name before a colon, or the title. A parser for prose reads it badly, so it is read by its own short grammar:
[hedge] [part] deed [claimed] by SIDE [date] [according to SOURCE]. What does not fit the grammar is left to the prose.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from fogline.extract.codes import codes
from fogline.extract.lexicon import read
from fogline.extract.roster import Roster
from fogline.gazetteer import Feature, Gazetteer
from fogline.model import (
    CONTESTED,
    UNKNOWN_WHEN,
    Attribution,
    AttributionType,
    Basis,
    Certainty,
    Claim,
    Extractor,
    Kind,
    Modality,
    Place,
    PlacePrecision,
    Precision,
    Span,
    Speaker,
    SpeakerType,
    When,
)
from fogline.model.manner import RETAKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fogline.extract.scene import Scene

LONGEST = 220
"""Characters of a note; what is longer is prose."""
REST = 9
"""Words that may follow the side besides dates; more is a sentence."""
HEADING = 60
"""Characters of a line that can be a settlement's name alone."""
SHORT = 400
"""Characters of a text that can be about nothing but the settlement whose name stands over it."""
CLEARLY = 5
"""So many times the people of the next namesake make a settlement the one that is meant."""
_REFERENCE = re.compile(r"\W*(?:see(?: also)?|main articles?|further information)\b:?\s+[A-Z0-9]", re.IGNORECASE)
_RETOLD = re.compile(
    r"(?P<who>[^.,;]{3,60}?)\s+(?:claimed|claims?|said|say)\s+"
    r"(?:to be |that it was |it )?(?P<what>(?:re-?)?captured\b.*)$"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?=[^\w]*$)")
_LINE = re.compile(r"(?m)^[ \t#*•|-]*(?P<name>[^\n:|–—]+?)[ \t*]*(?::|\||[–—]|$)")
_NAME = re.compile(r"[^\W\d_a-z][\w'’ʼ-]*(?: (?:[^\W\d_a-z][\w'’ʼ-]*|na|nad|pid)){0,3}")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx")
_GROUND = frozenset({Kind.CONTROL, Kind.ADVANCE})


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read: where it stands, what it says, and by whom it is said where it names somebody."""

    span: Span
    holder: str
    manner: str
    certainty: Certainty
    modality: Modality
    when: When
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class _Grammar:
    contested: re.Pattern[str]
    surrounded: re.Pattern[str]
    deed: re.Pattern[str]
    begins: re.Pattern[str]
    finite: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    lists = read("list_notes")
    hedge = _any([*lists["possible"], *lists["probable"], *lists["underspecified"], *lists["firm"]])
    lead = rf"^[\W_]*(?P<lead>(?:(?:{hedge}|{_any(lists['parts'])})[\"”]?\s+)*)(?:[\"“])?"
    deeds = _any(lists["deeds"])
    heads = _any([*lists["deeds"], *lists["contested"], *lists["surrounded"], "partially", "partly", "possibly", "see"])
    return _Grammar(
        contested=re.compile(rf"{lead}(?P<deed>{_any(lists['contested'])})\b", re.IGNORECASE),
        surrounded=re.compile(rf"{lead}(?P<deed>{_any(lists['surrounded'])})\b", re.IGNORECASE),
        deed=re.compile(
            rf"{lead}(?P<deed>{deeds})\b[\"”]?(?P<along>\s+along with [^.]{{2,60}}?)?"
            rf"(?P<claimed>\s+(?:reportedly\s+)?claimed)?\s+(?:by|of)\s+(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        ),
        # Cells of a table come glued together: "... in MayCaptured by ...".
        begins=re.compile(rf"(?<=[a-z0-9)\]])(?=(?-i:[A-Z]))(?={heads}\b)|(?<=[.;!?])\s*(?=[\"“A-Z])", re.IGNORECASE),
        finite=re.compile(rf"\b(?:{_any(lists['finite'])})\b", re.IGNORECASE),
    )


def with_notes(
    scene: Scene, claims: Collection[Claim], roster: Roster, home: Callable[[Place | None], str], label: Extractor,
    settlement: Callable[[str], Place | None],
) -> Iterator[Claim]:  # fmt: skip
    """The claims of a document with those of its list notes, which take the place of what prose rules heard in them.

    ``settlement`` gives the place that a bare name is the name of. In a list and in a short text, claims on ground that
    stand under a settlement's name, and name no place, are about it.
    """
    notes = list(_notes(scene, roster))
    if not notes and len(scene.document.text) > SHORT:
        yield from claims
        return
    headings = _headings(scene, settlement)
    notes = [note for note in notes if _heading(headings, note.span.start) is not None]
    for claim in claims:
        if claim.kind in _GROUND and any(note.span.overlaps(claim.span) for note in notes):
            continue
        if _is_name(claim):
            yield replace(claim, when=UNKNOWN_WHEN)
            continue
        place = _heading(headings, claim.span.start) if _bare(claim) else None
        yield replace(claim, places=(place,)) if place is not None else claim
    outlet = roster.outlet(scene.document.outlet or scene.document.name)
    for note in notes:
        place = _heading(headings, note.span.start)
        if place is not None:
            yield _claim(scene, note, place, home(place), outlet, label)


def bare_name(name: str, gazetteer: Gazetteer, countries: Collection[str]) -> Place:
    """The settlement of the theatre's countries that a bare name can only, or far more likely, mean; else left open."""
    found = [e for e in gazetteer.candidates(name) if e.feature is Feature.SETTLEMENT and e.country in countries]
    exact = set(gazetteer.exact(name))
    found = [e for e in found if e in exact] or found
    front = [e for e in found if e.front and e.located]
    sized = sorted(found, key=lambda e: (-e.population, e.number))
    clear = len(sized) > 1 and sized[0].population >= CLEARLY * max(1, sized[1].population)
    if clear or len(found) == 1:
        front = sized[:1]
    if len(front) != 1:
        return Place(name=name, text=name)
    best = front[0]
    precision = PlacePrecision.SETTLEMENT if best.located else PlacePrecision.NO_COORDINATES
    return Place(name=best.name, text=name, geonameid=best.geonameid, lat=best.lat, lon=best.lon, precision=precision)


def _is_name(claim: Claim) -> bool:
    """Whether it is the mere name of a capture ("See Capture of ..."), which tells that it happened, but not when.

    Of what was taken back it was taken before: such a name tells what came last.
    """
    undated = claim.kind is Kind.CONTROL and claim.when.basis is Basis.PUBLICATION
    return undated and claim.manner not in RETAKING and _REFERENCE.match(claim.quote) is not None


def _bare(claim: Claim) -> bool:
    return not claim.places and claim.kind in (Kind.CONTROL, Kind.WITHDRAWAL)


def _claim(scene: Scene, note: Note, place: Place, home: str, outlet: Speaker, label: Extractor) -> Claim:
    attribution = Attribution(content=(note.span,), chain=(outlet,))
    if note.speaker is not None:
        attribution = replace(attribution, type=AttributionType.INDIRECT, chain=(note.speaker, outlet))
    return Claim(
        document_id=scene.document.id,
        span=note.span,
        quote=note.span.of(scene.document.text),
        kind=Kind.CONTROL,
        attribution=attribution,
        extractor=label,
        holder=note.holder,
        actor="" if note.holder == CONTESTED else note.holder,
        certainty=note.certainty,
        modality=note.modality,
        places=(place,),
        when=note.when,
        manner=note.manner,
        codes=codes(Kind.CONTROL, note.holder, home),
    )


def _headings(scene: Scene, settlement: Callable[[str], Place | None]) -> list[tuple[int, Place]]:
    """Where the names under which notes stand end, with the settlement; a title stands over everything."""
    text = scene.document.text
    found: list[tuple[int, Place]] = []
    for name, end in ((scene.document.title, 0), *((m["name"], m.end()) for m in _LINE.finditer(text))):
        bare = re.sub(r"\s*\([^)]*\)\s*$", "", name).strip()
        if bare and len(bare) <= HEADING and _NAME.fullmatch(bare):
            place = settlement(bare)
            found += [(end, place)] if place is not None else []
    return found


def _heading(headings: Sequence[tuple[int, Place]], position: int) -> Place | None:
    return next((place for end, place in reversed(headings) if end <= position), None)


def _notes(scene: Scene, roster: Roster) -> Iterator[Note]:
    text = scene.document.text
    begins = _grammar().begins
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        colon = re.match(r"[^\n:–—|]{2,60}[:–—|]\s+", line.group())
        cuts = sorted(
            {0, colon.end() if colon else 0, *(m.end() for m in begins.finditer(line.group())), len(line.group())}
        )
        for first, last in itertools.pairwise(cuts):
            piece = line.group()[first:last].rstrip()
            span = Span(start + first, start + first + len(piece))
            if piece and len(piece) <= LONGEST and not scene.document.is_furniture(span):
                yield from _read(scene, roster, span, piece)


def _read(scene: Scene, roster: Roster, span: Span, piece: str) -> Iterator[Note]:
    grammar, plain = _grammar(), piece.translate(_LOOKALIKES)
    told = _RETOLD.match(plain)
    if told is not None and roster.sides_in(told["who"]):
        source: Speaker | None = _voice(told["who"], roster)
        plain = told["what"]
    else:
        source = _according(plain, roster)
    if grammar.finite.search(re.split(r"(?i)\baccording to\b", plain)[0]):
        return
    certainty, modality = _firmness(plain)
    when = _when(scene, span)
    for pattern in (grammar.contested, grammar.surrounded):
        match = pattern.match(plain)
        if match is None:
            continue
        sides = roster.sides_in(plain[match.end() :])
        if pattern is grammar.contested:
            yield Note(span, CONTESTED, "contested", certainty, modality, when, source)
        elif sides and plain[match.end() :].lstrip().startswith("by"):
            yield Note(span, roster.theatre.opponent(sides[0][1]), "encircled", certainty, modality, when, source)
        return
    match = grammar.deed.match(plain)
    sides = roster.sides_in(match["rest"]) if match else ()
    if match is None or not sides or sides[0][0] > 6 or _wordy(scene, span, plain, match.end("deed")):
        return
    manner = "partly" if re.search(rf"\b(?:{_any(read('list_notes')['parts'])})", match["lead"], re.IGNORECASE) else ""
    claimed = match["claimed"] or re.search(r"\bclaimed\b", match["lead"] + match["rest"], re.IGNORECASE)
    if claimed and source is None:
        source = _voice(match["rest"].split(",")[0], roster)
    yield Note(span, sides[0][1], manner or _manner(match["deed"]), certainty, modality, when, source)


def _wordy(scene: Scene, span: Span, plain: str, after: int) -> bool:
    """Whether more follows than a note would have."""
    dates = [t.span for t in scene.timexes if t.span.overlaps(span)]
    words = [m for m in re.finditer(r"[^\W\d_]+", plain) if m.start() >= after]
    return sum(not any(d.start <= span.start + m.start() < d.end for d in dates) for m in words) > REST + 4


def _manner(deed: str) -> str:
    lists, deed = read("list_notes"), deed.lower()
    for stem, manner in (*lists["retaking"].items(), *lists["taking"].items()):
        if deed.startswith(stem):
            return str(manner)
    return "control" if deed.startswith("control") else deed


def _firmness(plain: str) -> tuple[Certainty, Modality]:
    lists = read("list_notes")
    modality = Modality.ACTUAL
    if re.search(r"\b(?:not|un)[ -]?(?:verified|confirmed)\b", plain, re.IGNORECASE):
        modality = Modality.UNVERIFIED
    for name, certainty in (
        ("possible", Certainty.POSSIBLE),
        ("probable", Certainty.PROBABLE),
        ("underspecified", Certainty.UNDERSPECIFIED),
    ):
        if re.match(rf"^[\W_]*(?:{_any(lists[name])})\b", plain, re.IGNORECASE):
            return certainty, modality
    return Certainty.CERTAIN, modality


def _when(scene: Scene, span: Span) -> When:
    for timex in scene.timexes:
        if span.start <= timex.span.start < span.end and timex.when.known:
            return timex.when
    year = _YEAR.search(span.of(scene.document.text))
    if year is not None:  # "Captured by Russia 2022."
        number = int(year[0])
        return When(
            start=date(number, 1, 1), end=date(number, 12, 31), edtf=year[0], precision=Precision.YEAR, text=year[0],
            basis=Basis.STATED,
        )  # fmt: skip
    published = scene.document.published_at(span.start)
    return replace(published, basis=Basis.PUBLICATION, text="") if published.known else UNKNOWN_WHEN


def _according(plain: str, roster: Roster) -> Speaker | None:
    match = re.search(r"\baccording to ([^.,;]{3,80})", plain, re.IGNORECASE)
    return _voice(match[1], roster) if match else None


def _voice(words: str, roster: Roster) -> Speaker:
    """Who is named as saying it; a side by its own name."""
    sides = roster.sides_in(words)
    side = roster.side_of(words)
    name = re.sub(r"^(?:an?|the)\s+", "", words.strip(' ."”'))
    if sides and sides[0][0] <= 1 and not re.search(r"\b(?:sources?|journalists?|bloggers?)\b", words):
        name = next((s.name for s in roster.theatre.sides if s.code == side), name)
    return Speaker(name=name, side=side, type=SpeakerType.GROUP)


def _any(words: Sequence[str]) -> str:
    return "|".join(words)
