"""Who speaks: from the source of each speech to a chain of speakers, resolved inside the document and by the theatre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fogline.extract.antecedents import by_role, by_short_form, last_group, last_person
from fogline.extract.attribution.sources import QUOTING
from fogline.extract.naming import Naming, can_speak, conjuncts, naming, words
from fogline.extract.parse import Paragraph
from fogline.extract.roster import Roster
from fogline.extract.syntax import Word
from fogline.model import UNKNOWN_SIDE, AttributionType, Document, Spans, Speaker, SpeakerType

if TYPE_CHECKING:
    from fogline.extract.attribution import Speech

MENTION = 25  # words of a subject that are looked at for a name; a longer one is a clause gone wrong

PLAINLY = frozenset(
    {
        "acknowledge", "add", "admit", "allege", "announce", "answer", "argue", "believe", "claim", "complain", "declare",
        "deny", "explain", "insist", "joke", "maintain", "recall", "remark", "reply", "say", "state", "stress", "tell",
        "think", "warn", "write",
    }
)  # fmt: skip
"""Verbs whose subject is somebody who speaks."""

UNNAMED = "unnamed source"  # the name of a voice that the text does not name


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in one speech: the speakers (several where they are named together) and the relays, nearest first.

    ``own`` marks "I" and "we" inside a quotation: the words are those of whoever is quoted around it.
    """

    speakers: tuple[Speaker, ...]
    relays: tuple[Speaker, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What sources are read against: the theatre's roster, the day of publication, the side of the document's main place.

    ``told_from`` is the side of the outlet, or of the capital in the dateline: "the Defence Ministry" there is its own.
    """

    roster: Roster
    day: date | None
    home: str
    told_from: str = ""


def resolve(
    document: Document, paragraphs: Sequence[Paragraph], speeches: Sequence[Speech], setting: Setting
) -> Mapping[int, Voices]:
    """For each speech (by its index) who speaks; sources are read in text order, so that "he" finds who came before."""
    heard: list[tuple[int, Speaker]] = []
    resolved: dict[int, Voices] = {}
    quoted = [span for speech in speeches if speech.type is AttributionType.DIRECT for span in speech.content]
    printing = {n for n, speech in enumerate(speeches) if _relays_told(speech, speeches, paragraphs, document.text)}
    quoted += [span for n in printing for span in speeches[n].source]
    mentions = [m for m in _mentions(paragraphs, setting) if not any(q.start <= m[0] < q.end for q in quoted)]
    for number in sorted(range(len(speeches)), key=lambda n: _position(speeches[n])):
        speech = speeches[number]
        position = _position(speech)
        while mentions and mentions[0][0] < position:
            heard.append(mentions.pop(0))
        voices = _voices(speech, paragraphs, heard, setting, document.text)
        if number in printing:
            voices = replace(voices, speakers=tuple(map(_as_outlet, voices.speakers)))
        resolved[number] = voices
        heard += [(position, s) for s in voices.speakers if s.type is not SpeakerType.GROUP and s.name != UNNAMED]
    return _with_sides(resolved, speeches, document, setting.roster)


def _voices(
    speech: Speech, paragraphs: Sequence[Paragraph], heard: Sequence[tuple[int, Speaker]], setting: Setting, text: str
) -> Voices:
    tokens = words_of(paragraphs, speech.antecedent or speech.source)
    cue = words_of(paragraphs, speech.cue)
    if not tokens:
        return Voices((_side_behind(cue, setting) or Speaker(name=UNNAMED, type=SpeakerType.GROUP),))
    said = any(word.pos_ == "VERB" and word.lemma_ in PLAINLY for word in cue)
    if speech.source and not speech.antecedent and _is_label(tokens, cue, heard, setting):
        return Voices((), own=True)
    parts = [part for part in conjuncts(tokens) if can_speak(part, said) and not _is_town(part, heard, setting)]
    if not parts or (len(tokens) == 1 and tokens[0].lower_ in words("first_person")):
        return Voices((), own=True)
    found = (_speaker(part, heard, _position(speech), setting) for part in parts)
    speakers = tuple(dict.fromkeys(s for s in found if s.name))
    relays = setting.roster.relays(speech, tokens, cue, text)
    cited = setting.roster.cited(speech, text)
    if cited and speakers and speakers[0].type is SpeakerType.OUTLET:
        relays, speakers = (speakers[0], *relays), (setting.roster.known(cited, setting.day),)
    quoter = _quoter(cue)
    if quoter:
        relays = (_speaker(quoter, heard, _position(speech), setting), *relays)
    return Voices(speakers, tuple(r for r in relays if r.name and r.name not in {s.name for s in speakers}))


def _is_label(
    tokens: Sequence[Word], cue: Sequence[Word], heard: Sequence[tuple[int, Speaker]], setting: Setting
) -> bool:
    """Whether one word before a colon is the label of what follows, and nobody's name: "Cholera: 80 cases were found"."""
    if [word.text for word in cue] != [":"] or len(tokens) != 1 or tokens[0].pos_ != "PROPN":
        return False
    name = tokens[0].text
    return not setting.roster.find(name, None) and not any(name in s.name.split() for _, s in heard)


_PRINTING = frozenset({"carry", "print", "publish", "report", "write"})
"""Verbs for what an outlet does with what somebody told another."""
_TOLD_TO = re.compile(r"\b(?:told|as saying|in an interview with|in a comment to)\b|\b(?:said|wrote) (?:to|on)\b")


def _relays_told(speech: Speech, speeches: Sequence[Speech], paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Whether somebody writes what another has told a third: "..., an expert told the agency, Northern Post writes"."""
    if not any(_TOLD_TO.search(content.of(text)) for content in speech.content):
        return False
    cue = words_of(paragraphs, speech.cue)
    verbs = [word for word in cue if word.pos_ in ("VERB", "AUX")]
    if not cue or verbs != cue or verbs[-1].lemma_.lower() not in _PRINTING:
        return False
    inner = [o for o in speeches if o is not speech and any(c.covers(q) for c in speech.content for q in o.cue)]
    return bool(inner)


def _as_outlet(speaker: Speaker) -> Speaker:
    """A name that no more is known of than that it prints."""
    unknown = speaker.type is SpeakerType.PERSON and speaker.side == UNKNOWN_SIDE and not speaker.role
    return replace(speaker, type=SpeakerType.OUTLET) if unknown else speaker


def _side_behind(cue: Sequence[Word], setting: Setting) -> Speaker | None:
    """The side whose claims a noun names by an adjective alone: "rejected Russian claims that ..."."""
    theatre = setting.roster.theatre
    for word in cue:
        if word.pos_ == "NOUN" and word.lemma_.lower() in words("sayings"):
            side = theatre.side(setting.roster.side_of(" ".join(c.text for c in word.children if c.dep_ == "amod")))
            if side is not None:
                return Speaker(name=side.name, side=side.code, type=SpeakerType.ORGANISATION)
    return None


def _quoter(cue: Sequence[Word]) -> list[Word]:
    """The words for who quotes the speaker: "the analyst" in "the analyst quoted the general as saying"."""
    for word in cue:
        verb = word.head.head
        if word.dep_ == "pcomp" and word.head.lower_ == "as" and verb.lemma_ in QUOTING:
            return [t for c in verb.children if c.dep_ == "nsubj" for t in c.subtree][:MENTION]
    return []


def _is_town(part: Sequence[Word], heard: Sequence[tuple[int, Speaker]], setting: Setting) -> bool:
    """Whether a lone name is a settlement that the parser took for the subject: "X had been left but denied that Y was"."""
    if len(part) != 1 or part[0].pos_ != "PROPN":
        return False
    name = part[0].text
    known = setting.roster.find(name, None) or any(name in speaker.name.split() for _, speaker in heard)
    return not known and setting.roster.is_own_town(name)


def _mentions(paragraphs: Sequence[Paragraph], setting: Setting) -> list[tuple[int, Speaker]]:
    """Persons who are the subject of a sentence or open it, with their place in the text: "she" may be yet to speak."""
    found: list[tuple[int, Speaker]] = []
    for paragraph in paragraphs:
        for token in paragraph.doc:
            opens = token.dep_ in ("nsubj", "nsubjpass") or _is_asked_of(token)
            if opens and token.pos_ in ("PROPN", "NOUN"):
                words_around = [t for t in token.subtree if not t.is_space][:MENTION]
                said = naming(words_around)
                if _is_introduced(token, said):
                    found.append((paragraph.start + words_around[0].idx, setting.roster.unnamed(said, setting.home)))
                if said.name and not said.organisation and (" " in said.name or setting.roster.find(said.name, None)):
                    speaker = named(said, found, setting)
                    if speaker.type is SpeakerType.PERSON and not setting.roster.is_place(said.name):
                        found.append((paragraph.start + words_around[0].idx, speaker))
    return found


def _is_asked_of(token: Word) -> bool:
    """For "For Petro Bondar, who teaches law, the drive is a feint": "he argues" further on means him."""
    opening = token.dep_ == "pobj" and token.head.lower_ == "for" and token.head.is_sent_start
    relative = (c for t in token.children if t.dep_ == "relcl" for c in t.children) if opening else ()
    return any(c.lower_ == "who" for c in relative)


def _is_introduced(token: Word, said: Naming) -> bool:
    """Whether a subject brings in somebody without a name, who may speak later: "A pilot of the brigade disagreed"."""
    one = any(c.dep_ == "det" and c.lower_ in ("a", "an", "one", "another") for c in token.children)
    return one and not said.name and not said.plural and said.noun in words("role_nouns")


def words_of(paragraphs: Sequence[Paragraph], spans: Spans) -> list[Word]:
    """The parsed words that the spans touch, in text order, without white space."""
    found: list[Word] = []
    for paragraph in paragraphs:
        if not spans or paragraph.start >= spans[-1].end or paragraph.end <= spans[0].start:
            continue
        for span in spans:
            if span.start < paragraph.end and paragraph.start < span.end:
                start, end = max(span.start, paragraph.start), min(span.end, paragraph.end)
                piece = paragraph.doc.touched(start - paragraph.start, end - paragraph.start)
                found += [t for t in piece if not t.is_space]
    return found


def _position(speech: Speech) -> int:
    spans = speech.source or speech.cue or speech.content
    return spans[0].start


def _speaker(tokens: Sequence[Word], heard: Sequence[tuple[int, Speaker]], position: int, setting: Setting) -> Speaker:
    if len(tokens) == 1 and tokens[0].lower_ in words("singular_pronouns"):
        return last_person(heard, position) or Speaker(name=UNNAMED)
    if _is_plural_pronoun(tokens):
        return last_group(heard, position, tokens[-1]) or Speaker(name=UNNAMED, type=SpeakerType.GROUP)
    said = naming(tokens)
    if said.name:
        return named(said, heard, setting)
    definite = tokens[0].lower_ in ("the", "this", "that") or tokens[0].pos_ != "DET"
    if said.noun in words("role_nouns") and not said.plural and definite and len(tokens) <= 4:
        back = by_role(said, heard, position)
        if back:
            return back
    if said.noun in words("organisation") and not said.plural and tokens[0].lower_ == "the" and len(tokens) <= 3:
        back = by_short_form(tokens, heard, position)
        if back:
            return back
    return setting.roster.office(said, setting.told_from) or setting.roster.unnamed(said, setting.home)


def _is_plural_pronoun(tokens: Sequence[Word]) -> bool:
    """Whether a source is "they" or "it", or "one of them", who are taken for one voice with the others."""
    partitive = [t.lower_ for t in tokens[:3]]
    return (len(tokens) == 1 and tokens[0].lower_ in words("plural_pronouns")) or (
        len(tokens) >= 3 and partitive[1] == "of" and partitive[2] in ("them", "these", "those")
    )


def named(said: Naming, heard: Sequence[tuple[int, Speaker]], setting: Setting) -> Speaker:
    """The speaker of a name: whom the theatre knows, who was heard before, an office, else somebody new."""
    known = setting.roster.find(said.name, setting.day) or _titled(said.name, setting)
    if known:
        role = known.role or said.role
        return replace(known, role=role, affiliation=known.affiliation or said.affiliation)
    for _, earlier in reversed(heard):
        if said.name in earlier.name.split() or said.name == earlier.name:
            return earlier
    return setting.roster.office(said, setting.told_from) or setting.roster.newcomer(said, setting.home)


def _titled(name: str, setting: Setting) -> Speaker | None:
    """A person of the theatre whose full name ends the words, behind an office: "General Staff Valery Gerasimov"."""
    parts = name.split()
    ends = (" ".join(parts[-size:]) for size in (3, 2) if len(parts) > size)
    found = (setting.roster.find(end, setting.day) for end in ends)
    return next((s for s in found if s is not None and s.type is SpeakerType.PERSON), None)


def _with_sides(
    resolved: dict[int, Voices], speeches: Sequence[Speech], document: Document, roster: Roster
) -> dict[int, Voices]:
    """Give a side to speakers whose own words show it ("our troops ... the Russians"), all through the document."""
    spoken: dict[str, list[str]] = {}
    for number, voices in resolved.items():
        for speaker in voices.speakers:
            own = speeches[number].type is not AttributionType.INDIRECT
            if speaker.side == UNKNOWN_SIDE and speaker.type is SpeakerType.PERSON and own:
                spoken.setdefault(speaker.name, []).extend(span.of(document.text) for span in speeches[number].content)
    told_to: dict[str, set[str]] = {}
    for voices in resolved.values():
        for speaker in voices.speakers:
            told_to.setdefault(speaker.name, set()).update(relay.side for relay in voices.relays)
    sides = {name: roster.side_of_words(" ".join(texts), told_to[name]) for name, texts in spoken.items()}

    def sided(speaker: Speaker) -> Speaker:
        side = sides.get(speaker.name, UNKNOWN_SIDE)
        return replace(speaker, side=side) if speaker.side == UNKNOWN_SIDE and side != UNKNOWN_SIDE else speaker

    return {
        number: Voices(tuple(map(sided, voices.speakers)), voices.relays, voices.own)
        for number, voices in resolved.items()
    }
