"""Who holds a place after what a control trigger tells: read from its arguments, its speaker and the place's country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fogline.extract.holding_words import (
    AIMS,
    CLAUSE_END,
    FOE,
    FREEING,
    GOVERNMENT,
    HAVING,
    IN_CONTROL,
    OWN,
    OWNED,
    PARTIAL,
    PARTS,
    SEIZING,
    SURROUNDING,
    TROOPS,
    TROOPS_OF_ONE,
)
from fogline.extract.lexicon import read
from fogline.extract.parse import sentence_of
from fogline.extract.roster import Roster
from fogline.extract.syntax import Word
from fogline.extract.triggers import VERBAL, Frame, Trigger
from fogline.model import CONTESTED, UNKNOWN_SIDE, Kind, Speaker, SpeakerType


@dataclass(frozen=True, slots=True)
class View:
    """From where a control trigger is read: the roster, who speaks, and the side in whose country the place lies (or "").

    ``own`` is the side that "we" and "our" mean, or "".
    """

    roster: Roster
    speaker: Speaker
    home: str
    own: str


def holder_of(trigger: Trigger, view: View) -> str:
    """The code of the side that holds the place if the trigger came true, or ``unknown``."""
    token, frame = trigger.token, trigger.frame
    if trigger.phrase:
        return _of_phrase(trigger, view)
    if frame is Frame.LOSING:
        return view.roster.theatre.opponent(_agent(token, view) or _before(token, view) or _losing(view))
    if frame is Frame.FALLING:
        return _side(_prepositional(token, ("to",)), view) or view.roster.theatre.opponent(_home(view))
    agent = _agent(token, view) or _before(token, view)
    if agent:
        return agent
    if frame is Frame.HOLDING and token.lemma_.lower() == "hold" and not any(c.dep_ == "dobj" for c in token.children):
        return view.home or _unsaid(token, view)  # the town itself holds: those hold it whose it is
    if frame is Frame.HOLDING and any(c.dep_ == "nsubj" for c in token.children):
        return view.own or UNKNOWN_SIDE  # whoever holds it is named, and nothing tells for whom
    objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
    loser = _side(_driven_out(token, objects), view)
    if loser:
        return view.roster.theatre.opponent(loser)
    if token.lemma_.lower() in read("objects")["expelling"] and view.home:
        return view.home  # who is driven out of a country's town had come into it
    return _unsaid(token, view)


def _losing(view: View) -> str:
    """Who lost a place that "was lost" or "was abandoned": a party speaks of its own, others of the country it lies in."""
    return view.speaker.side if view.roster.theatre.is_party(view.speaker.side) else _home(view)


def _driven_out(token: Word, objects: Sequence[Word]) -> list[Word]:
    """Who had the place before: taken "from" them, cleared "of" them, or they are the object of driving out."""
    lemma = token.lemma_.lower()
    if lemma in read("objects")["expelling"]:
        return [t for o in objects for t in o.subtree]
    prepositions = ("from", "of") if lemma == "clear" else ("from",)
    return [t for word in (token, *objects) for t in _prepositional(word, prepositions)]


def manner_of(trigger: Trigger, words: Sequence[Word]) -> str:
    """How a place is held, in one word: ``partly`` for a share of it, else the trigger itself."""
    if any(
        (t.lower_ in PARTIAL and not _is_ordinal(t))
        or (t.lower_ in PARTS and any(c.lower_ == "the" for c in t.children))
        for t in words
    ):
        return "partly"
    return trigger.phrase or trigger.token.lemma_.lower()


def _is_ordinal(token: Word) -> bool:
    """Whether "third" or "quarter" counts off another word: "on the third day", "in the third quarter"."""
    return token.lower_ in ("third", "quarter") and token.dep_ in ("amod", "compound", "nummod")


def surrounding(trigger: Trigger, kind: Kind) -> str:
    """For fighting around a place: ``encircled`` or ``cut off`` where that is what is told, else nothing."""
    if kind is not Kind.BATTLE:
        return ""
    if trigger.phrase == "cut off":
        return "cut off"
    return "encircled" if trigger.token.lemma_.lower() in SURROUNDING or trigger.phrase == "under siege" else ""


def parties(token: Word, view: View) -> tuple[str, str]:
    """Which side acts and on which, where the words around a trigger name them; "" for each that they do not."""
    actor = _agent(token, view)
    objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "attr")]
    objects += [
        o for c in token.children if c.dep_ == "prep" and c.lower_ not in ("by", "with", "from") for o in c.children
    ]
    if not actor and token.dep_ in ("dobj", "pobj", "attr", "nsubjpass") and token.head.i != token.i:
        verb = token.head if token.head.pos_ in VERBAL else token.head.head
        actor = _agent(verb, view)
    target = next((side for side in (_side(list(o.subtree), view) for o in objects) if side and side != actor), "")
    return actor, target


def _unsaid(token: Word, view: View) -> str:
    """No agent is named: a party speaks of its own deed; else a place is freed by its own side and taken by the other."""
    theatre = view.roster.theatre
    if token.lemma_.lower() in FREEING or token.lower_ in FREEING:
        return view.speaker.side if theatre.is_party(view.speaker.side) else _home(view)
    if token.lemma_.lower() in ("hold", "secure", "control", "retain", "keep") and theatre.is_party(view.speaker.side):
        return view.speaker.side
    at_home = len({side.country for side in theatre.sides if side.country}) < 2
    if at_home and not view.home and theatre.is_party(view.speaker.side):
        return view.speaker.side  # in a civil war whoever announces a capture announces his own
    near = {code for _, code in view.roster.sides_in(_clause_text(token))}
    if len(near) == 1 and token.pos_ == "NOUN" and (_home(view) not in near or token.lemma_.lower() not in SEIZING):
        return near.pop()
    return theatre.opponent(_home(view))


def _of_phrase(trigger: Trigger, view: View) -> str:
    """For "under the control of ...", "under Russian control", "took control": the side in it, nearest after, or before."""
    token, phrase = trigger.token, trigger.phrase
    if CONTESTED in phrase or "zone" in phrase or "no man" in phrase:
        return CONTESTED
    if phrase.endswith("ours"):
        return view.own or UNKNOWN_SIDE
    if phrase.endswith("theirs"):
        return view.roster.theatre.opponent(view.speaker.side)
    if phrase.endswith("free"):
        return view.speaker.side if view.roster.theatre.is_party(view.speaker.side) else _home(view)
    if phrase.endswith(("free of", "rid of", "purged of")):
        return view.roster.theatre.opponent(_side(_prepositional(token, ("of",)), view) or _first_after(token, view))
    within = view.roster.sides_in(_cased(trigger))
    if within:
        return within[0][1]
    of_government = GOVERNMENT.match(phrase)
    if of_government and (forces := view.roster.sides_in(f"{of_government['who']} forces")):
        return forces[0][1]
    if OWNED & set(phrase.split()) or phrase == "under control":
        ours = view.own if "our" in phrase.split() else ""
        ours = view.speaker.side if view.roster.theatre.is_party(view.speaker.side) else ours
        return ours or _agent(token, view) or UNKNOWN_SIDE
    behind = {t.lower_ for t in token.doc.words[token.i : min(token.i + 7, sentence_of(token).end)]}
    if phrase.endswith(" of") and behind & {"our"} and view.own:
        return view.own  # "under the control of our defenders"
    if (
        phrase.endswith(" of")
        and behind & {"his", "her", "its", "their"}
        and behind & TROOPS_OF_ONE
        and view.roster.theatre.is_party(view.speaker.side)
    ):
        return view.speaker.side  # "in the hands of his troops"
    if "occupation" in phrase:
        return view.roster.theatre.opponent(_home(view))
    agent = _agent(token, view)
    after = CLAUSE_END.split(
        "".join(t.text_with_ws for t in token.doc.words[token.i : min(token.i + 9, sentence_of(token).end)]), maxsplit=1
    )[0]
    before = "".join(t.text_with_ws for t in token.doc.words[max(sentence_of(token).start, token.i - 6) : token.i + 1])
    following, preceding = view.roster.sides_in(after), view.roster.sides_in(before)
    if token.pos_ in VERBAL and agent:
        return agent
    if IN_CONTROL.match(phrase):  # "its troops are in control of the town"
        agent = agent or _side(_subject(token.head, ()), view)
        if agent:
            return agent
    if not agent and token.dep_ == "dobj" and token.head.lemma_.lower() in HAVING:
        agent = _agent(token.head, view)  # "its troops had taken full control": who took it has it
    if agent and token.dep_ == "dobj" and token.head.lemma_.lower() in HAVING:
        return agent  # also "of the Ukrainian town"
    if following:
        return following[0][1]
    if not agent and token.dep_ == "dobj" and token.head.pos_ in VERBAL:
        agent = _agent(token.head, view)
    if agent:
        return agent
    if preceding:
        return preceding[-1][1]
    claimed = phrase.endswith("control") and view.roster.theatre.is_party(view.speaker.side)
    return view.speaker.side if claimed else UNKNOWN_SIDE


def _first_after(token: Word, view: View) -> str:
    """The side first named in the few words behind one."""
    behind = token.doc.words[token.i : min(token.i + 9, sentence_of(token).end)]
    named = view.roster.sides_in("".join(t.text_with_ws for t in behind))
    return named[0][1] if named else ""


def _cased(trigger: Trigger) -> str:
    """The words of a phrase as written, with their capitals."""
    text = sentence_of(trigger.token).text
    start = text.lower().find(trigger.phrase)
    return text[start : start + len(trigger.phrase)] if start >= 0 else ""


def _agent(token: Word, view: View) -> str:
    """The side of whoever does it: the subject, the "by" phrase, or the noun's "Russian ..." and "... of the army"."""
    if token.pos_ in VERBAL or token.tag_ in ("VBN", "VBD"):
        own = any(c.dep_ == "nsubj" for c in token.children)
        passive = _passive(token) or (token.dep_ in ("acl", "amod") and not own)
        by = [t for c in token.children if c.dep_ in ("agent", "prep") and c.lower_ == "by" for t in c.subtree]
        if by:
            return _side(by, view)
        if passive:
            return _side(_subject(token.head, ()), view) if token.dep_ == "conj" and not _passive(token.head) else ""
        return _side(_subject(token, ()), view)
    modifiers = [t for c in token.children if c.dep_ in ("poss", "amod", "compound", "nmod") for t in c.subtree]
    return _side([*modifiers, *_prepositional(token, ("by",))], view) or _whose(token, view)


def _whose(token: Word, view: View) -> str:
    """For an aim or a plan: whose it is, also by "of" and by "they", who in a party's mouth are the other side."""
    if token.lemma_.lower() not in AIMS:
        return ""
    return _side(_prepositional(token, ("of", "behind", "for")), view)


def _before(token: Word, view: View) -> str:
    """Whom "they" means as the subject: the side last named before the sentence, in the same paragraph."""
    subject = _subject(token, ())
    if [t.lower_ for t in subject] not in (["they"], ["it"]):
        return ""
    named = view.roster.sides_in(token.doc.text[: sentence_of(token).start_char])
    return named[-1][1] if named else ""


def _passive(token: Word) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)


def _subject(token: Word, seen: tuple[int, ...]) -> list[Word]:
    """The words of the subject: its own, or that of the verb it is joined to or governed by."""
    raised = ("nsubj", "nsubjpass") if seen and token.dep_ != "conj" else ("nsubj",)  # "they are expected to take it"
    own = [t for c in token.children if c.dep_ in raised for t in c.subtree]
    if own or token.i in seen:
        return own
    if token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "acomp") and token.head.i != token.i:
        return _subject(token.head, (*seen, token.i))
    if token.dep_ in ("acl", "prep") and token.head.i != token.i:
        modifiers = [
            t for c in token.head.children if c.dep_ in ("poss", "amod", "compound", "nmod") for t in c.subtree
        ]
        return modifiers or _subject(token.head, (*seen, token.i))
    if token.dep_ in ("dobj", "pobj"):
        return _subject(token.head, (*seen, token.i))
    return []


def _prepositional(token: Word, prepositions: tuple[str, ...]) -> list[Word]:
    return [
        t
        for c in token.children
        if c.dep_ in ("prep", "agent", "dative") and c.lower_ in prepositions
        for t in c.subtree
    ]


def _side(tokens: list[Word], view: View) -> str:
    if not tokens:
        return ""
    theatre = view.roster.theatre
    text = "".join(t.text_with_ws for t in sorted(tokens, key=lambda t: t.i))
    named = view.roster.sides_in(text)
    if named:
        return named[0][1]
    theirs = {t.lower_ for t in tokens} & {"his", "her"}
    if view.speaker.type is not SpeakerType.PERSON:
        theirs |= {t.lower_ for t in tokens if t.lower_ in ("its", "their") and t.head.lemma_.lower() in TROOPS}
    if theirs and theatre.is_party(view.speaker.side):
        return view.speaker.side
    lowered = {t.lower_ for t in tokens}
    if lowered & {"group", "movement"} and lowered & {"’s", "'s"} and theatre.is_party(view.speaker.side):
        return view.speaker.side  # "the group's fighters", in its own mouth
    if lowered & OWN and view.own:
        return view.own
    if lowered & FOE:
        if theatre.is_party(view.speaker.side):
            return theatre.opponent(view.speaker.side)
        if lowered & {"occupier", "occupiers", "invader", "invaders"} and view.home:
            return theatre.opponent(view.home)
    return ""


def _home(view: View) -> str:
    return view.home or UNKNOWN_SIDE


def _clause_text(token: Word) -> str:
    return "".join(t.text_with_ws for t in sentence_of(token))
