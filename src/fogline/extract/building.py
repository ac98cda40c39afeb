"""From one thing heard in one mouth to a claim: its places, time, amounts, holder, firmness and chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from fogline.extract.claimants import claimant
from fogline.extract.codes import codes
from fogline.extract.cues import DENYING, Cues, begins
from fogline.extract.factuality import Factuality
from fogline.extract.foretelling import foretold, stretch
from fogline.extract.futurity import context_of
from fogline.extract.holders import View, holder_of, manner_of, parties, surrounding
from fogline.extract.horizons import horizon
from fogline.extract.joined_times import is_joined, is_later, leading
from fogline.extract.naming import words
from fogline.extract.parse import Paragraph
from fogline.extract.readings import EVENTS, Heard
from fogline.extract.roster import Roster
from fogline.extract.scene import Scene
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import clause, members
from fogline.extract.whereabouts import of_settlement
from fogline.model import (
    UNKNOWN_SIDE,
    UNKNOWN_WHEN,
    Ahead,
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
    Polarity,
    Span,
    Speaker,
    When,
)

HOLDABLE = frozenset(
    {
        PlacePrecision.SETTLEMENT,
        PlacePrecision.NO_COORDINATES,
        PlacePrecision.NOT_FOUND,
        PlacePrecision.AREA,
        PlacePrecision.DISTRICT,
        PlacePrecision.REGION,
    }
)
"""What a side can be said to hold; a direction or a country is none of it."""


LOSSES = frozenset({"lost", "lose", "loss", "surrender", "cede", "relinquish", "abandon", "yield"})
"""Manners in which a place is told to be lost."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What claims are put together with: who is known, in whose country a place lies, and who reads."""

    roster: Roster
    home: Callable[[Place | None], str]
    label: Extractor


@dataclass(frozen=True, slots=True)
class Mouth:
    """Who says a stretch: the speeches around it, innermost first, and the chains that follow from them."""

    speeches: tuple[int, ...]
    chains: tuple[tuple[Speaker, ...], ...]


@dataclass(frozen=True, slots=True)
class Builder:
    """Puts together the claims of one stretch in one mouth."""

    ear: Ear
    scene: Scene
    paragraph: Paragraph
    sentence: Stretch
    span: Span
    mouth: Mouth
    entries: tuple[Heard, ...]

    def claims(self) -> Iterator[Claim]:
        """The claims of the stretch, like ones of one speaker joined."""
        joined: dict[tuple[object, ...], Claim] = {}
        for chain in self.mouth.chains:
            for entry in self.entries:
                for claim in self._told(entry, chain):
                    key = (
                        claim.speaker,
                        claim.kind,
                        claim.holder,
                        claim.polarity,
                        claim.when if claim.holder else None,
                        claim.ahead,
                    )
                    before = joined.get(key)
                    joined[key] = _joined(before, claim) if before else claim
        yield from joined.values()

    def _told(self, entry: Heard, chain: tuple[Speaker, ...]) -> Iterator[Claim]:
        """What the speaker claims of one thing heard; and its denial, where the one around rejects the other's word."""
        claim = self._claimed(entry, chain) or self._claim(entry, chain)
        yield claim
        around = [self.scene.speeches[number] for number in self.mouth.speeches[1:2]]
        if len(chain) > 2 and claim.modality is Modality.UNVERIFIED and begins(self._cues().words(around), DENYING):
            polarity = Polarity.NEGATIVE if claim.polarity is Polarity.POSITIVE else Polarity.POSITIVE
            said, manner = around[0], claim.manner
            holder = claim.holder
            if manner in LOSSES and self.ear.roster.theatre.is_party(chain[1].side):
                # A side that denies that the place is lost says that it holds it.
                holder, polarity, manner = chain[1].side, Polarity.POSITIVE, ""
            attribution = Attribution(
                type=said.type, source=said.source, cue=said.cue, content=said.content, chain=chain[1:]
            )
            yield replace(
                claim,
                holder=holder,
                polarity=polarity,
                manner=manner,
                modality=Modality.ACTUAL,
                attribution=attribution,
            )

    def _claimed(self, entry: Heard, chain: tuple[Speaker, ...]) -> Claim | None:
        """The same as the claim of whoever a noun says claims it ("the president's claim to have taken the town")."""
        found = claimant(entry.trigger.token, self.scene.setting)
        if found is None or found[0].name == chain[0].name:
            return None
        speaker, named = found
        claim = self._claim(entry, (speaker, *chain), inner=True)
        source = self.paragraph.span(named[0].idx, named[-1].idx + len(named[-1]))
        attribution = Attribution(
            type=AttributionType.INDIRECT, source=(source,), content=(self.span,), chain=(speaker, *chain)
        )
        return replace(claim, attribution=attribution)

    def _claim(self, entry: Heard, chain: tuple[Speaker, ...], inner: bool = False) -> Claim:
        clauses = self._inside(_words(entry, self.entries, self.sentence))
        where = self.scene.whereabouts.of(clauses, self.paragraph, self.sentence, entry.trigger)
        home = self.ear.home(next(iter(where), None))
        view = View(self.ear.roster, chain[0], home, self._we(chain))
        kind = entry.kind
        holder = holder_of(entry.trigger, view) if kind is Kind.CONTROL else ""
        if (
            kind is Kind.CONTROL
            and not any(p.precision in HOLDABLE for p in where)
            and not of_settlement(entry.trigger.token)
        ):
            kind, holder = Kind.ADVANCE, ""  # ground changed hands, but no place that can be held is named
        actor, target = parties(entry.trigger.token, view)
        firmness = self._firmness(entry, inner)
        ahead = self._ahead(entry, chain) if kind is not Kind.INDICATOR else None
        if ahead is not None:
            kind = Kind.FORECAST if kind in (*EVENTS, Kind.CONTROL, Kind.INTENT) else kind
            holder = holder_of(entry.trigger, view) if ahead.event == Kind.CONTROL and not holder else holder
            if firmness.modality in (Modality.ACTUAL, Modality.INTENDED):
                firmness = replace(firmness, modality=Modality.PREDICTED)
        return Claim(
            document_id=self.scene.document.id,
            span=self.span,
            quote=self.span.of(self.scene.document.text),
            kind=kind,
            attribution=self._attribution(chain),
            extractor=self.ear.label,
            holder=holder,
            actor=actor,
            target=target,
            polarity=firmness.polarity,
            certainty=firmness.certainty,
            modality=firmness.modality,
            places=where,
            when=self._by_when(entry, clauses) if ahead else self._when(entry, clauses),
            quantities=tuple(a.quantity for a in self.scene.amounts if self._near(a.span, clauses)),
            manner=manner_of(entry.trigger, clauses) if holder else surrounding(entry.trigger, kind),
            codes=codes(kind, holder, home, self.span.of(self.scene.document.text)),
            ahead=ahead,
        )

    def _we(self, chain: tuple[Speaker, ...]) -> str:
        """The side that "our" means: the speaker's, or that of the outlet where the speaker's is not known; "" for no party's."""
        sides = (chain[0].side, chain[-1].side if chain[0].side == UNKNOWN_SIDE else "")
        return next((side for side in sides if self.ear.roster.theatre.is_party(side)), "")

    def _ahead(self, entry: Heard, chain: tuple[Speaker, ...]) -> Ahead | None:
        """What is foretold here, read from the words of the sentence."""
        ends = self.span.end - self.paragraph.start - self.sentence.start_char
        return foretold(context_of(entry, self.sentence, reported=len(chain) > 1, ends=ends))

    def _by_when(self, entry: Heard, clauses: Sequence[Word]) -> When:
        """By when what is foretold is to come: told forward from publication; else any time of the clause that is not past."""
        published = self.scene.document.published_at(self.paragraph.start)
        at = entry.trigger.token.idx - self.sentence.start_char
        if published.start is not None and published.end is not None:
            found = horizon(stretch(self.sentence.text, at).of(self.sentence.text), published.start)
            if found is not None:
                return found
        told = self._when(entry, clauses)
        if told.text and told.text not in stretch(self.sentence.text, at).of(self.sentence.text):
            return UNKNOWN_WHEN
        late = published.end is not None and told.end is not None and told.end < published.end
        return UNKNOWN_WHEN if told.basis is Basis.PUBLICATION or late else told

    def _inside(self, clauses: Sequence[Word]) -> tuple[Word, ...]:
        """The words of a clause that the speaker says: those of the frame around ("the governor of ... said") tell no place."""
        return tuple(t for t in clauses if self.span.start <= self.paragraph.start + t.idx < self.span.end)

    def _firmness(self, entry: Heard, inner: bool) -> Factuality:
        """The firmness of the words in their speaker's mouth.

        A cue of doubt or denial ("denied that") turns what its own speaker says of it. What somebody further in says,
        whom the speaker around doubts or denies, stays as it was put, and is marked as unverified.
        """
        speeches = [self.scene.speeches[number] for number in self.mouth.speeches]
        own, around = ([], speeches) if inner else (speeches[:1], speeches[1:])
        heard = entry.factuality
        cues = self._cues()
        if begins(cues.words(own), words("doubting")):
            flipped = Polarity.NEGATIVE if heard.polarity is Polarity.POSITIVE else Polarity.POSITIVE
            denied = begins(cues.words(own), DENYING)
            return replace(heard, polarity=flipped) if denied else replace(heard, certainty=Certainty.UNDERSPECIFIED)
        lost = entry.trigger.token.lemma_.lower() in LOSSES  # who rejects reports of a loss says who holds the place
        if heard.modality is Modality.ACTUAL and not lost and any(map(cues.is_rejected, own)):
            flipped = Polarity.NEGATIVE if heard.polarity is Polarity.POSITIVE else Polarity.POSITIVE
            return replace(heard, polarity=flipped)
        if any(map(cues.is_raised, own)) and heard.polarity is Polarity.POSITIVE:
            return replace(heard, polarity=Polarity.NEGATIVE)
        questioned = begins(cues.words(around), words("doubting")) or any(map(cues.is_questioned, speeches[:1]))
        if questioned and heard.modality is Modality.ACTUAL:
            return replace(heard, modality=Modality.UNVERIFIED)
        return heard

    def _cues(self) -> Cues:
        return Cues(self.scene.document.text, self.paragraph.start, self.sentence)

    def _attribution(self, chain: tuple[Speaker, ...]) -> Attribution:
        spoken = [n for n in self.mouth.speeches if not self.scene.voices[n].own]
        if not spoken or len(chain) == 1:
            return Attribution(content=(self.span,), chain=chain)
        speech = self.scene.speeches[spoken[0]]
        carried = not any(span.overlaps(self.span) for span in speech.content)
        content = (self.span,) if carried else speech.content
        return Attribution(type=speech.type, source=speech.source, cue=speech.cue, content=content, chain=chain)

    def _near(self, span: Span, clauses: Sequence[Word]) -> bool:
        if not self.span.overlaps(span):
            return False
        positions = {self.paragraph.start + t.idx for t in clauses}
        return any(span.start <= p < span.end for p in positions)

    def _when(self, entry: Heard, clauses: Sequence[Word]) -> When:
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
            # Told from an event that is not known: its day is that of the news, where the sentence names it, and not publication's.
            news = (t.when for t in inside if t.when.known and t.when.basis is Basis.PUBLICATION_RELATIVE)
            return known[0].when if known[0].when.known or known[0].when.edtf else next(news, known[0].when)
        if is_joined(entry.trigger.token) and not is_later(clauses):
            first = min(self.paragraph.start + e.trigger.token.idx for e in self.entries)
            opening = leading(inside, whole.start, first)
            if opening is not None:
                return opening
        if is_later(clauses) and self._earlier(entry):
            return self._earlier(entry) or UNKNOWN_WHEN
        lead = self.scene.leads.at(self.paragraph.start)
        if lead is not None:
            return lead
        published = self.scene.document.published_at(self.paragraph.start)
        return replace(published, basis=Basis.PUBLICATION, text="") if published.known else UNKNOWN_WHEN

    def _near_any(self, span: Span, clauses: Sequence[Word]) -> bool:
        return any(span.start <= self.paragraph.start + t.idx < span.end for t in clauses)

    def _earlier(self, entry: Heard) -> When | None:
        """For "and later ...": open from the time of the clause before, to the day of publication."""
        for other in reversed(self.entries[: self.entries.index(entry)]):
            before = self._when(other, _words(other, self.entries, self.sentence))
            if before.start:
                end = self.scene.document.published_at(self.paragraph.start).end
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


def _words(entry: Heard, entries: Sequence[Heard], sentence: Stretch) -> tuple[Word, ...]:
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


def _joined(before: Claim, claim: Claim) -> Claim:
    seen = {(p.name, p.geonameid) for p in before.places}
    extra = tuple(p for p in claim.places if (p.name, p.geonameid) not in seen)
    amounts = tuple(q for q in claim.quantities if q not in before.quantities)
    return replace(before, places=before.places + extra, quantities=before.quantities + amounts)
