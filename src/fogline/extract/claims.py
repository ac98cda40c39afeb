"""From a document to its claims: sentences, who speaks in them, what they say, of where, when and how much."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from fogline.extract import attribution, places, quantities
from fogline.extract.building import Builder, Ear, Mouth
from fogline.extract.denials import denied, denied_saying, points_back
from fogline.extract.factuality import read_factuality
from fogline.extract.headed import Head, head_at, heads
from fogline.extract.joined_times import leads
from fogline.extract.list_notes import bare_name, with_notes
from fogline.extract.parse import Paragraph, parse_all, prose
from fogline.extract.readings import Heard, beside, heard
from fogline.extract.roster import Roster
from fogline.extract.scene import (
    Scene,
    around,
    cued_by,
    holds_other,
    in_frame,
    is_aside,
    is_carried,
    is_wish,
    next_lead,
    stretch,
)
from fogline.extract.screening import Screen
from fogline.extract.speakers import UNNAMED, Setting, resolve
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import Trigger, find
from fogline.extract.whereabouts import SETTLED, Whereabouts
from fogline.gazetteer import Gazetteer
from fogline.model import (
    FORWARDED,
    Attribution,
    Claim,
    Document,
    Extractor,
    Kind,
    Modality,
    Place,
    Span,
    Speaker,
    SpeakerType,
    Theatre,
)
from fogline.timex import of_document

NAME, VERSION = "english-rules", "10"
"""A change of what is heard from the same text takes a new version: old ledgers keep both readings apart."""

INTERPRETING = frozenset({Kind.INTENT, Kind.FORECAST, Kind.ASSESSMENT, Kind.FORCES, Kind.LOGISTICS})
"""Kinds that, right after somebody's indirect speech and in the same paragraph, go on with that speech; events do not."""

SHORTEST = 3
"""Words below which a quoted stretch is a scare quote or an exclamation, and no claim."""


class EnglishExtractor:
    """Hears English reports of one theatre. Holds the indexes that are made once; documents pass through unchanged."""

    def __init__(self, theatre: Theatre, gazetteer: Gazetteer) -> None:
        """Hear with the people and outlets of this theatre and the places of this gazetteer."""
        self.label = Extractor(name=NAME, version=VERSION)
        self.settings = json.dumps({"gazetteer": gazetteer.version, "theatre": theatre.version}, sort_keys=True)
        self._theatre = theatre
        self._gazetteer = gazetteer
        self._roster = Roster(theatre, gazetteer)
        self._screen = Screen(theatre, gazetteer)

    def extract(self, documents: Iterable[Document], *, screened: bool = True) -> Iterator[tuple[Claim, ...]]:
        """For each document its claims in text order; the documents are parsed in one batch.

        Paragraphs that cannot hold a claim are left out, unless whoever asks has chosen the texts (``screened=False``).
        """
        documents = list(documents)
        parsed = parse_all(documents, self._screen) if screened else parse_all(documents)
        for document, paragraphs in zip(documents, parsed, strict=True):
            yield self._claims(document, paragraphs)

    def _claims(self, document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Claim, ...]:
        scene = self._scene(document, paragraphs)
        found: dict[str, Claim] = {}
        headed = heads(document.text)
        for paragraph in paragraphs:
            head = head_at(headed, paragraph.start)
            here = scene.within(paragraph)
            lead: int | None = None
            for sentence in paragraph.doc.sents:
                claims = list(self._of_sentence(here, paragraph, sentence, head, lead))
                said = denied_saying(sentence)
                if said is not None:
                    denials = list(self._denials(here, paragraph, sentence, said, tuple(found.values())))
                    claims = denials + [c for c in claims if not denials or c.kind is not Kind.ASSESSMENT]
                for claim in claims:
                    found.setdefault(claim.id, claim)
                lead = next_lead(here, paragraph, sentence, lead)
        noted = with_notes(scene, found.values(), self._roster, self._home, self.label, self._settlement(scene))
        return tuple(sorted(noted, key=lambda c: (c.span.start, c.span.end, c.id)))

    def _settlement(self, scene: Scene) -> Callable[[str], Place | None]:
        """The settlement that a bare name stands for in a document: one it speaks of, else what the gazetteer makes of it."""

        def settlement(name: str) -> Place | None:
            spoken = scene.whereabouts.called(name)
            if spoken is not None or not self._gazetteer.candidates(name):
                return spoken
            return bare_name(name, self._gazetteer, self._theatre.countries)

        return settlement

    def _scene(self, document: Document, paragraphs: Sequence[Paragraph]) -> Scene:
        speeches = [
            s for s in attribution.find(document, paragraphs, nested=True) if not is_wish(s, paragraphs, document.text)
        ]
        frames = [span for speech in speeches for span in speech.source]
        whereabouts = Whereabouts(places.find(document, self._gazetteer, self._theatre), document.text, frames)
        told_from = self._roster.told_from(document.outlet, document.text)
        setting = Setting(self._roster, document.published.start, self._home(whereabouts.main), told_from)
        timexes = of_document(document, self._theatre.anchors)
        return Scene(
            document=document,
            speeches=speeches,
            voices=resolve(document, paragraphs, speeches, setting),
            timexes=timexes,
            leads=leads(document.text, prose(document), timexes),
            amounts=quantities.find(document.text),
            whereabouts=whereabouts,
            setting=setting,
            printed=self._printed(document, setting.home),
            denied=cued_by("denying", speeches, paragraphs),
            judged=cued_by("judging", speeches, paragraphs),
        )

    def _denials(
        self, scene: Scene, paragraph: Paragraph, sentence: Stretch, said: Word, before: Sequence[Claim]
    ) -> Iterator[Claim]:
        whole = paragraph.span(sentence.start_char, sentence.end_char)
        span = Span(whole.start, whole.start + len(sentence.text.rstrip()))
        at = paragraph.start + said.head.idx
        numbers = [n for n, s in scene.here() if any(c.start <= at < c.end for c in s.cue)]
        numbers += [n for n, s in scene.here() if any(c.overlaps(whole) for c in s.content)]
        nest = (numbers[0], *(n for n in around(scene, at) if n != numbers[0])) if numbers else ()
        about = paragraph.span(said.left_edge.idx, said.right_edge.idx + len(said.right_edge))
        places = [p for p in scene.whereabouts.inside(about) if p.precision in SETTLED]
        for chain in self._mouth(scene, nest).chains:
            spoken = scene.speeches[nest[0]] if nest else None
            attribution = Attribution(content=(span,), chain=chain)
            if spoken:
                attribution = replace(attribution, type=spoken.type, source=spoken.source, cue=spoken.cue)
            yield from denied(before, span, scene.document.text, attribution, places, points_back(said))

    def _of_sentence(
        self, scene: Scene, paragraph: Paragraph, sentence: Stretch, head: Head | None, lead: int | None
    ) -> Iterator[Claim]:
        whole = paragraph.span(sentence.start_char, sentence.end_char)
        if sentence.text.rstrip("\"”’' ").endswith("?"):
            return  # a question asserts nothing
        triggers = find(sentence)
        groups: dict[tuple[int, ...], list[Trigger]] = {}
        for trigger in triggers:
            position = paragraph.start + trigger.token.idx
            if not in_frame(scene, position):
                nest = around(scene, position)
                if any(number in scene.denied for number in nest) and is_aside(trigger.token):
                    nest = ()  # what is added about a thing is not denied with the rest
                groups.setdefault(nest, []).append(trigger)
        for number, speech in scene.here():
            if any(span.overlaps(whole) for span in speech.content) and not holds_other(scene, number, whole):
                nest = around(scene, max(whole.start, speech.content[0].start))
                groups.setdefault(nest if number in nest else (number,), [])
        for nest, own in sorted(groups.items()):
            span = stretch(scene, nest, whole)
            if span is None or (not nest and not own):
                continue
            carried = lead if not nest and own and head is None and is_carried(sentence) else None
            yield from self._of_mouth(scene, paragraph, sentence, span, nest, own, head, carried)

    def _of_mouth(
        self,
        scene: Scene,
        paragraph: Paragraph,
        sentence: Stretch,
        span: Span,
        nest: tuple[int, ...],
        triggers: list[Trigger],
        head: Head | None,
        lead: int | None,
    ) -> Iterator[Claim]:
        inside = [t for t in sentence if span.start <= paragraph.start + t.idx < span.end]
        judged = bool(nest) and nest[0] in scene.judged
        if not inside or (not triggers and len(inside) < SHORTEST + 1 and not judged):
            return
        said = [c for number in nest[:1] for c in scene.speeches[number].cue]
        cue = frozenset(t.i for t in sentence if any(c.start <= paragraph.start + t.idx < c.end for c in said))
        entries = heard(triggers, inside[0].i, inside[-1].i + 1, cue)
        if entries and self._is_statement(scene, nest, inside):
            entries += beside(sentence, inside, entries)
        if head is not None:
            nest = ()
            chosen = entries if head.kind is Kind.FORECAST else entries[:1]
            entries = tuple(_under(head, entry) for entry in chosen)
        if not entries and (head or self._is_statement(scene, nest, inside)):
            entries = (self._assessment(inside, head),)
        if lead is not None and all(entry.kind in INTERPRETING for entry in entries):
            nest = (lead,)
        mouth = self._mouth(scene, nest)
        builder = Builder(Ear(self._roster, self._home, self.label), scene, paragraph, sentence, span, mouth, entries)
        claims = tuple(builder.claims())
        yield from claims if head is None else _headed(head, claims)

    def _is_statement(self, scene: Scene, nest: tuple[int, ...], inside: Sequence[Word]) -> bool:
        """Whether words without a trigger are still a view worth keeping: somebody's, in a theatre, with a verb or a no."""
        if not nest or not self._theatre.sides:
            return False
        return nest[0] in scene.judged or any(t.pos_ in ("VERB", "AUX") or t.dep_ == "neg" for t in inside)

    def _assessment(self, inside: Sequence[Word], head: Head | None) -> Heard:
        root = next((t for t in inside if t.dep_ == "ROOT"), next((t for t in inside if t.pos_ == "VERB"), inside[0]))
        factuality = read_factuality(root, inside[0].i, inside[-1].i + 1)
        kind = Kind.FORECAST if factuality.modality is Modality.PREDICTED else Kind.ASSESSMENT
        kind = head.kind if head else kind
        return Heard(kind, Trigger(root, kind), factuality)

    def _mouth(self, scene: Scene, nest: tuple[int, ...]) -> Mouth:
        outer = scene.printed
        chains: tuple[tuple[Speaker, ...], ...] = (outer,)
        for number in reversed(nest):
            voices = scene.voices[number]
            if voices.own or not voices.speakers:
                continue
            upward = chains[0]
            if voices.speakers[0].name == UNNAMED and len(upward) > len(outer):
                continue  # "in his words, the blow should be expected there": nobody else expects it
            if voices.speakers[0].name == upward[0].name and len(upward) > 1:
                continue
            chains = tuple(_chain(speaker, voices.relays, upward) for speaker in voices.speakers)
        return Mouth(nest, chains)

    def _printed(self, document: Document, home: str) -> tuple[Speaker, ...]:
        """Who says what nobody else is named for: the outlet; of what it took over from another channel that one, through it."""
        outlet = self._roster.outlet(document.outlet or document.name)
        author = self._roster.author(document.outlet, document.text, document.published.start, home)
        if author is not None:
            return (author,) if document.outlet and outlet.name in (author.name, document.outlet) else (author, outlet)
        origin = document.text.partition("\n")[0].removeprefix(FORWARDED).rstrip(": ")
        if not document.text.startswith(FORWARDED) or not origin or origin == outlet.name:
            return (outlet,)
        return (self._roster.outlet(origin), outlet)

    def _home(self, place: Place | None) -> str:
        """The one side in whose country a place lies; "" where there is none, or both are of that country."""
        if place is None:
            return ""
        entry = self._gazetteer.entry(place.geonameid) if place.geonameid else None
        countries = {entry.country} if entry else {e.country for e in self._gazetteer.candidates(place.name)}
        sides = {s.code for s in self._theatre.sides if s.country in countries}
        return sides.pop() if len(countries) == len(sides) == 1 else ""


def _under(head: Head, entry: Heard) -> Heard:
    """What is heard under a head: of the head's kind, and put under a condition."""
    return replace(entry, kind=head.kind, factuality=replace(entry.factuality, modality=Modality.CONDITIONAL))


def _headed(head: Head, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claim of a sentence under a head: of several the first that foretells; a path gives it its name."""
    told = sorted(claims, key=lambda claim: claim.ahead is None)[:1]
    yield from (replace(claim, manner=head.name) if claim.kind is Kind.FORECAST else claim for claim in told)


def _chain(speaker: Speaker, relays: tuple[Speaker, ...], upward: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    named = {s.name for s in (speaker, *upward)}
    return (
        speaker,
        *(r for r in relays if r.name not in named and not upward[-1].name.startswith(r.name)),
        *(s for s in upward if s.name != speaker.name or s.type is SpeakerType.OUTLET),
    )
