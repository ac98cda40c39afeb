"""From a document to its claims: sentences, who speaks in them, what they say, of where, when and how much."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fogline.extract import attribution, places, quantities
from fogline.extract.codes import codes
from fogline.extract.denials import denied, is_denial
from fogline.extract.factuality import Factuality, read_factuality
from fogline.extract.holders import View, holder_of, manner_of, parties
from fogline.extract.naming import words
from fogline.extract.parse import Paragraph, parse_all
from fogline.extract.quantities import Amount
from fogline.extract.readings import Heard, heard
from fogline.extract.roster import Roster
from fogline.extract.speakers import UNNAMED, Voices, resolve, words_of
from fogline.extract.triggers import Trigger, clause, deeds, find, members
from fogline.extract.whereabouts import Whereabouts, of_settlement
from fogline.gazetteer import Gazetteer
from fogline.model import (
    UNKNOWN_WHEN,
    Attribution,
    AttributionType,
    Basis,
    Certainty,
    Claim,
    Document,
    Extractor,
    Kind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
    When,
)
from fogline.timex import Timex
from fogline.timex import find as find_timexes

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from fogline.extract.attribution import Speech

NAME, VERSION = "english-rules", "1"
"""A change of what is heard from the same text takes a new version: old ledgers keep both readings apart."""

PATH = re.compile(
    r"^\W{0,4}(?:baseline|risk|base|best|worst|upside|downside|alternative)[\s-](?:path|case|scenario)\b", re.IGNORECASE
)
INDICATOR = re.compile(r"^\W{0,4}indicator\s+\d+", re.IGNORECASE)
INTERPRETING = frozenset({Kind.INTENT, Kind.FORECAST, Kind.ASSESSMENT, Kind.FORCES, Kind.LOGISTICS})
"""Kinds that, right after somebody's indirect speech and in the same paragraph, go on with that speech; events do not."""

HOLDABLE = frozenset(
    {
        PlacePrecision.SETTLEMENT,
        PlacePrecision.NO_COORDINATES,
        PlacePrecision.NOT_FOUND,
        PlacePrecision.DISTRICT,
        PlacePrecision.REGION,
    }
)
"""What a side can be said to hold; a direction, a river bank or a country is none of it."""

SAID_OF_WORDS = frozenset({"hold", "push", "press", "maintain", "target"})
"""Verbs of deeds that are speech only before "that": "he holds that ...", but "they hold the bank"."""

SHORTEST = 3
"""Words below which a quoted stretch is a scare quote or an exclamation, and no claim."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that was found in one document before claims are put together."""

    document: Document
    speeches: Sequence[Speech]
    voices: Mapping[int, Voices]
    timexes: Sequence[Timex]
    amounts: Sequence[Amount]
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class Mouth:
    """Who says a stretch: the speeches around it, innermost first, and the chains that follow from them."""

    speeches: tuple[int, ...]
    chains: tuple[tuple[Speaker, ...], ...]


class EnglishExtractor:
    """Hears English reports of one theatre. Holds the indexes that are made once; documents pass through unchanged."""

    def __init__(self, theatre: Theatre, gazetteer: Gazetteer) -> None:
        """Hear with the people and outlets of this theatre and the places of this gazetteer."""
        self.label = Extractor(name=NAME, version=VERSION)
        self.settings = json.dumps({"gazetteer": gazetteer.version, "theatre": theatre.version}, sort_keys=True)
        self._theatre = theatre
        self._gazetteer = gazetteer
        self._roster = Roster(theatre, gazetteer)

    def extract(self, documents: Iterable[Document]) -> Iterator[tuple[Claim, ...]]:
        """For each document its claims in text order; the documents are parsed in one batch."""
        documents = list(documents)
        for document, paragraphs in zip(documents, parse_all(documents), strict=True):
            yield self._claims(document, paragraphs)

    def _claims(self, document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Claim, ...]:
        scene = self._scene(document, paragraphs)
        found: dict[str, Claim] = {}
        for paragraph in paragraphs:
            structure = _structure(paragraph.doc.text)
            lead: int | None = None
            for sentence in paragraph.doc.sents:
                claims = list(self._of_sentence(scene, paragraph, sentence, structure, lead))
                if is_denial(sentence):
                    denials = list(self._denials(scene, paragraph, sentence, tuple(found.values())))
                    claims = denials + [c for c in claims if not denials or c.kind is not Kind.ASSESSMENT]
                for claim in claims:
                    found.setdefault(claim.id, claim)
                lead = _lead(scene, paragraph, sentence, lead)
        return tuple(sorted(found.values(), key=lambda c: (c.span.start, c.span.end, c.id)))

    def _scene(self, document: Document, paragraphs: Sequence[Paragraph]) -> Scene:
        speeches = [s for s in attribution.find(document, paragraphs) if not _is_wish(s, paragraphs, document.text)]
        whereabouts = Whereabouts(places.find(document, self._gazetteer, self._theatre), document.text)
        home = self.home(whereabouts.main)
        return Scene(
            document=document,
            speeches=speeches,
            voices=resolve(document, paragraphs, speeches, self._roster, home),
            timexes=find_timexes(document.text, published=document.published, anchors=self._theatre.anchors),
            amounts=quantities.find(document.text),
            whereabouts=whereabouts,
        )

    def _denials(
        self, scene: Scene, paragraph: Paragraph, sentence: Sentence, before: Sequence[Claim]
    ) -> Iterator[Claim]:
        whole = paragraph.span(sentence.start_char, sentence.end_char)
        span = Span(whole.start, whole.start + len(sentence.text.rstrip()))
        numbers = [n for n, s in enumerate(scene.speeches) if any(c.overlaps(whole) for c in s.content)]
        nest = tuple(numbers[:1])
        places = scene.whereabouts.inside(whole)
        for chain in self._mouth(scene, nest).chains:
            spoken = scene.speeches[nest[0]] if nest else None
            attribution = Attribution(content=(span,), chain=chain)
            if spoken:
                attribution = replace(attribution, type=spoken.type, source=spoken.source, cue=spoken.cue)
            yield from denied(before, span, span.of(scene.document.text), attribution, places)

    def _of_sentence(
        self, scene: Scene, paragraph: Paragraph, sentence: Sentence, structure: Kind | None, lead: int | None
    ) -> Iterator[Claim]:
        whole = paragraph.span(sentence.start_char, sentence.end_char)
        if sentence.text.rstrip("\"”’' ").endswith("?"):
            return  # a question asserts nothing
        triggers = find(sentence)
        groups: dict[tuple[int, ...], list[Trigger]] = {}
        for trigger in triggers:
            position = paragraph.start + trigger.token.idx
            if not _in_frame(scene, position):
                groups.setdefault(_around(scene, position), []).append(trigger)
        for number, speech in enumerate(scene.speeches):
            if any(span.overlaps(whole) for span in speech.content) and not _holds_other(scene, number, whole):
                nest = _around(scene, max(whole.start, speech.content[0].start))
                groups.setdefault(nest if number in nest else (number,), [])
        for nest, own in sorted(groups.items()):
            span = _stretch(scene, nest, whole)
            if span is None or (not nest and not own):
                continue
            carried = lead if not nest and own and structure is None and _is_carried(sentence) else None
            yield from self._of_mouth(scene, paragraph, sentence, span, nest, own, structure, carried)

    def _of_mouth(
        self,
        scene: Scene,
        paragraph: Paragraph,
        sentence: Sentence,
        span: Span,
        nest: tuple[int, ...],
        triggers: list[Trigger],
        structure: Kind | None,
        lead: int | None,
    ) -> Iterator[Claim]:
        inside = [t for t in sentence if span.start <= paragraph.start + t.idx < span.end]
        if not inside or (not triggers and len(inside) < SHORTEST + 1):
            return
        entries = heard(triggers, inside[0].i, inside[-1].i + 1)
        if structure is not None:
            nest = ()
        if structure is not None and entries:
            entries = (
                replace(
                    entries[0], kind=structure, factuality=replace(entries[0].factuality, modality=Modality.CONDITIONAL)
                ),
            )
        if not entries and (structure or self._is_statement(nest, inside)):
            entries = (self._assessment(inside, structure),)
        if lead is not None and all(entry.kind in INTERPRETING for entry in entries):
            nest = (lead,)
        mouth = self._mouth(scene, nest)
        builder = _Builder(self, scene, paragraph, sentence, span, mouth, entries)
        yield from builder.claims()

    def _is_statement(self, nest: tuple[int, ...], inside: Sequence[Token]) -> bool:
        """Whether words without a trigger are still a view worth keeping: somebody's, in a theatre, with a verb or a no."""
        return bool(nest and self._theatre.sides) and any(t.pos_ in ("VERB", "AUX") or t.dep_ == "neg" for t in inside)

    def _assessment(self, inside: Sequence[Token], structure: Kind | None) -> Heard:
        root = next((t for t in inside if t.dep_ == "ROOT"), next((t for t in inside if t.pos_ == "VERB"), inside[0]))
        kind = structure or Kind.ASSESSMENT
        return Heard(kind, Trigger(root, kind), read_factuality(root, inside[0].i, inside[-1].i + 1))

    def _mouth(self, scene: Scene, nest: tuple[int, ...]) -> Mouth:
        outlet = self._roster.outlet(scene.document.outlet or scene.document.name)
        outer: tuple[Speaker, ...] = (outlet,)
        chains: tuple[tuple[Speaker, ...], ...] = (outer,)
        for number in reversed(nest):
            voices = scene.voices[number]
            if voices.own or not voices.speakers:
                continue
            upward = chains[0]
            if voices.speakers[0].name == upward[0].name and len(upward) > 1:
                continue
            chains = tuple(_chain(speaker, voices.relays, upward) for speaker in voices.speakers)
        return Mouth(nest, chains)

    def home(self, place: Place | None) -> str:
        """The side in whose country a place lies, or ""."""
        entry = self._gazetteer.entry(place.geonameid) if place and place.geonameid else None
        return next((s.code for s in self._theatre.sides if entry and s.country == entry.country), "")

    @property
    def roster(self) -> Roster:
        """Whom the theatre knows."""
        return self._roster


@dataclass(frozen=True, slots=True)
class _Builder:
    """Puts together the claims of one stretch in one mouth."""

    extractor: EnglishExtractor
    scene: Scene
    paragraph: Paragraph
    sentence: Sentence
    span: Span
    mouth: Mouth
    entries: tuple[Heard, ...]

    def claims(self) -> Iterator[Claim]:
        joined: dict[tuple[object, ...], Claim] = {}
        for chain in self.mouth.chains:
            for entry in self.entries:
                claim = self._claim(entry, chain)
                key = (chain[0], claim.kind, claim.holder, claim.polarity, claim.when if claim.holder else None)
                before = joined.get(key)
                joined[key] = _joined(before, claim) if before else claim
        yield from joined.values()

    def _claim(self, entry: Heard, chain: tuple[Speaker, ...]) -> Claim:
        clauses = self._inside(_words(entry, self.entries, self.sentence))
        where = self.scene.whereabouts.of(clauses, self.paragraph, self.sentence, entry.trigger)
        home = self.extractor.home(next(iter(where), None))
        view = View(self.extractor.roster, chain[0], home)
        kind = entry.kind
        holder = holder_of(entry.trigger, view) if kind is Kind.CONTROL else ""
        if (
            kind is Kind.CONTROL
            and not any(p.precision in HOLDABLE for p in where)
            and not of_settlement(entry.trigger.token)
        ):
            kind, holder = Kind.ADVANCE, ""  # ground changed hands, but no place that can be held is named
        actor, target = parties(entry.trigger.token, view)
        firmness = self._firmness(entry)
        return Claim(
            document_id=self.scene.document.id,
            span=self.span,
            quote=self.span.of(self.scene.document.text),
            kind=kind,
            attribution=self._attribution(chain),
            extractor=self.extractor.label,
            holder=holder,
            actor=actor,
            target=target,
            polarity=firmness.polarity,
            certainty=firmness.certainty,
            modality=firmness.modality,
            places=where,
            when=self._when(entry, clauses),
            quantities=tuple(a.quantity for a in self.scene.amounts if self._near(a.span, clauses)),
            manner=manner_of(entry.trigger, clauses) if kind is Kind.CONTROL else "",
            codes=codes(kind, holder, home),
        )

    def _inside(self, clauses: Sequence[Token]) -> tuple[Token, ...]:
        """The words of a clause that the speaker says: those of the frame around ("the governor of ... said") tell no place."""
        return tuple(t for t in clauses if self.span.start <= self.paragraph.start + t.idx < self.span.end)

    def _firmness(self, entry: Heard) -> Factuality:
        """The firmness of the words, less where the speaker before doubts them."""
        speeches = [self.scene.speeches[number] for number in self.mouth.speeches]
        cues = {word for s in speeches for c in s.cue for word in c.of(self.scene.document.text).lower().split()}
        if any(cue.startswith(stem[:-1]) for cue in cues for stem in words("doubting")):
            negative = any(cue.startswith(("den", "refut", "reject", "dismiss", "debunk")) for cue in cues)
            flipped = Polarity.NEGATIVE if entry.factuality.polarity is Polarity.POSITIVE else Polarity.POSITIVE
            return (
                replace(entry.factuality, polarity=flipped)
                if negative
                else replace(entry.factuality, certainty=Certainty.UNDERSPECIFIED)
            )
        return entry.factuality

    def _attribution(self, chain: tuple[Speaker, ...]) -> Attribution:
        spoken = [n for n in self.mouth.speeches if not self.scene.voices[n].own]
        if not spoken or len(chain) == 1:
            return Attribution(content=(self.span,), chain=chain)
        speech = self.scene.speeches[spoken[0]]
        carried = not any(span.overlaps(self.span) for span in speech.content)
        content = (self.span,) if carried else speech.content
        return Attribution(type=speech.type, source=speech.source, cue=speech.cue, content=content, chain=chain)

    def _near(self, span: Span, clauses: Sequence[Token]) -> bool:
        if not self.span.overlaps(span):
            return False
        positions = {self.paragraph.start + t.idx for t in clauses}
        return any(span.start <= p < span.end for p in positions)

    def _when(self, entry: Heard, clauses: Sequence[Token]) -> When:
        """The time in the clause; else in the sentence outside other clauses; else that of publication."""
        whole = self.paragraph.span(self.sentence.start_char, self.sentence.end_char)
        inside = [t for t in self.scene.timexes if t.span.overlaps(whole)]
        own = [t for t in inside if self._near_any(t.span, clauses)]
        taken = {
            t
            for t in inside
            for other in self.entries
            if other is not entry and self._near_any(t.span, _words(other, self.entries, self.sentence))
        }
        candidates = own or [t for t in inside if t not in taken]
        position = self.paragraph.start + entry.trigger.token.idx
        known = sorted(candidates, key=lambda t: (not t.when.known, not t.when.edtf, abs(t.span.start - position)))
        if known and (known[0].when.known or known[0].when.edtf or known[0].when.basis is Basis.ANCHOR_RELATIVE):
            return known[0].when  # told from an event that is not known: its day is not that of publication
        if _is_later(clauses) and self._earlier(entry):
            return self._earlier(entry) or UNKNOWN_WHEN
        published = self.scene.document.published
        return replace(published, basis=Basis.PUBLICATION, text="") if published.known else UNKNOWN_WHEN

    def _near_any(self, span: Span, clauses: Sequence[Token]) -> bool:
        return any(span.start <= self.paragraph.start + t.idx < span.end for t in clauses)

    def _earlier(self, entry: Heard) -> When | None:
        """For "and later ...": open from the time of the clause before, to the day of publication."""
        for other in reversed(self.entries[: self.entries.index(entry)]):
            before = self._when(other, _words(other, self.entries, self.sentence))
            if before.start:
                end = self.scene.document.published.end
                end = end if end and end >= before.start else None
                edtf = f"{before.start.isoformat()}/{end.isoformat() if end else '..'}"
                return When(
                    start=before.start,
                    end=end,
                    edtf=edtf,
                    precision=before.precision.INTERVAL,
                    text="later",
                    basis=before.basis,
                )
        return None


def _words(entry: Heard, entries: Sequence[Heard], sentence: Sentence) -> tuple[Token, ...]:
    """The words a trigger is read with: its clause, and if it is the sentence's only or main one, all unclaimed clauses."""
    head = clause(entry.trigger.token)
    others = {clause(other.trigger.token).i for other in entries} - {head.i}
    if not others:
        return tuple(sentence)
    own = members(head)
    claimed = {
        t.i
        for other in entries
        if clause(other.trigger.token).i != head.i
        for t in members(clause(other.trigger.token))
    }
    governed = {t.i for t in head.subtree}
    extra = [t for t in sentence if t.i not in claimed and t.i in governed]
    return tuple(sorted({*own, *extra}, key=lambda t: t.i))


def _is_later(clauses: Sequence[Token]) -> bool:
    return any(t.lower_ in ("later", "subsequently", "then", "afterwards") and t.dep_ == "advmod" for t in clauses)


def _joined(before: Claim, claim: Claim) -> Claim:
    seen = {(p.name, p.geonameid) for p in before.places}
    extra = tuple(p for p in claim.places if (p.name, p.geonameid) not in seen)
    amounts = tuple(q for q in claim.quantities if q not in before.quantities)
    return replace(before, places=before.places + extra, quantities=before.quantities + amounts)


def _chain(speaker: Speaker, relays: tuple[Speaker, ...], upward: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    named = {s.name for s in (speaker, *upward)}
    return (
        speaker,
        *(r for r in relays if r.name not in named),
        *(s for s in upward if s.name != speaker.name or s.type is SpeakerType.OUTLET),
    )


def _is_wish(speech: Speech, paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Whether the cue reports what somebody wants, feels or does: its subject asserts nothing."""
    if speech.type is AttributionType.DIRECT:
        return False
    lemmas = {token.lemma_.lower() for token in words_of(paragraphs, speech.cue)}
    if lemmas & SAID_OF_WORDS:
        return not text[speech.content[0].start :].lower().startswith("that ")
    return bool(lemmas & (words("wishing") | deeds()))


def _lead(scene: Scene, paragraph: Paragraph, sentence: Sentence, before: int | None) -> int | None:
    """The indirect speech that the next sentences of the paragraph go on with: that of this sentence, else the one before."""
    whole = paragraph.span(sentence.start_char, sentence.end_char)
    here = [n for n, speech in enumerate(scene.speeches) if any(span.overlaps(whole) for span in speech.content)]
    if not here:
        return before
    outer = max(here, key=lambda n: sum(s.end - s.start for s in scene.speeches[n].content))
    voices = scene.voices[outer]
    person = (
        bool(voices.speakers) and voices.speakers[0].type is SpeakerType.PERSON and voices.speakers[0].name != UNNAMED
    )
    return outer if person and scene.speeches[outer].type is AttributionType.INDIRECT else None


def _is_carried(sentence: Sentence) -> bool:
    """Whether a sentence can go on with the speech before it: it does not step back to tell ("This development ...")."""
    first = next((t for t in sentence if not t.is_punct and not t.is_space), None)
    return first is not None and first.lower_ not in ("this", "these", "such", "meanwhile", "despite", "however")


def _structure(paragraph: str) -> Kind | None:
    """The kind that a paragraph's lead gives all of it: "Baseline path: ...", "Indicator 1: ..."."""
    if INDICATOR.match(paragraph):
        return Kind.INDICATOR
    return Kind.FORECAST if PATH.match(paragraph) else None


def _in_frame(scene: Scene, position: int) -> bool:
    """Whether a word belongs to a source or a cue: these say who speaks, not what."""
    return any(span.start <= position < span.end for speech in scene.speeches for span in (*speech.source, *speech.cue))


def _holds_other(scene: Scene, number: int, sentence: Span) -> bool:
    """Whether another speech stands inside this one in a sentence: what the outer one says is then that the other said so."""
    own = scene.speeches[number].content
    return any(
        other != number
        and speech.source
        and any(mine.covers(cue) for mine in own for cue in speech.cue if cue.overlaps(sentence))
        for other, speech in enumerate(scene.speeches)
    )


def _around(scene: Scene, position: int) -> tuple[int, ...]:
    """The speeches whose content covers a place in the text, innermost (shortest) first."""
    nest = [
        number
        for number, speech in enumerate(scene.speeches)
        if any(span.start <= position < span.end for span in speech.content)
    ]
    size = {number: sum(s.end - s.start for s in scene.speeches[number].content) for number in nest}
    return tuple(sorted(nest, key=lambda number: (size[number], number)))


def _stretch(scene: Scene, nest: tuple[int, ...], sentence: Span) -> Span | None:
    """The words a mouth says in a sentence: the innermost content within it, or the whole sentence."""
    if not nest:
        return sentence
    pieces = [span for span in scene.speeches[nest[0]].content if span.overlaps(sentence)]
    if not pieces:
        return None
    start = max(sentence.start, min(p.start for p in pieces))
    end = min(sentence.end, max(p.end for p in pieces))
    text = scene.document.text
    while start < end and (text[start].isspace() or text[start] in '"“”„«»,;:'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”„«»,;:'):
        end -= 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    return Span(start, end) if end > start else None
