"""The words in a sentence that show what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fogline.extract.lexicon import read
from fogline.extract.naming import words
from fogline.extract.syntax import Stretch, Word
from fogline.extract.taken_places import objects_of, of_place, takes_place
from fogline.model import Kind


class Frame(StrEnum):
    """How a trigger's subject and object stand to the place: who takes, holds or loses it."""

    TAKING = "taking"
    HOLDING = "holding"
    LOSING = "losing"
    FALLING = "falling"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that shows a kind, with the frame that its arguments fill."""

    token: Word
    kind: Kind
    frame: Frame = Frame.EVENT
    phrase: str = ""


VERBAL = ("VERB", "AUX")
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"})
CONTROL_NOUN_FRAMES = {"loss": Frame.LOSING, "surrender": Frame.LOSING, "fall": Frame.FALLING}


@dataclass(frozen=True, slots=True)
class _Lexicon:
    verbs: dict[str, tuple[tuple[Kind, Frame], ...]]
    nouns: dict[str, tuple[tuple[Kind, Frame], ...]]
    adjectives: dict[str, tuple[tuple[Kind, Frame], ...]]
    phrases: dict[str, Kind]
    phrase_pattern: re.Pattern[str]
    holding: re.Pattern[str]
    presence: dict[str, Kind]


@cache
def _lexicon() -> _Lexicon:
    verbs: dict[str, tuple[tuple[Kind, Frame], ...]] = {}
    nouns: dict[str, tuple[tuple[Kind, Frame], ...]] = {}
    adjectives: dict[str, tuple[tuple[Kind, Frame], ...]] = {}
    phrases: dict[str, Kind] = {}
    for name, lists in read("kinds").items():
        kind = Kind(name)
        for frame in (Frame.TAKING, Frame.HOLDING, Frame.LOSING, Frame.FALLING):
            _add(verbs, lists.get(frame, ()), kind, frame)
        _add(verbs, lists.get("verbs", ()), kind, Frame.EVENT)
        for noun in lists.get("nouns", ()):
            frame = CONTROL_NOUN_FRAMES.get(noun, Frame.TAKING) if kind is Kind.CONTROL else Frame.EVENT
            _add(nouns, [noun], kind, frame)
        _add(adjectives, lists.get("adjectives", ()), kind, Frame.TAKING if kind is Kind.CONTROL else Frame.EVENT)
        phrases.update(dict.fromkeys(lists.get("phrases", ()), kind))
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)
    control = read("kinds")["control"]
    holding = re.compile("|".join(control["holding_patterns"]), re.IGNORECASE)
    presence = {noun: Kind(kind) for kind, nouns in read("presence").items() for noun in nouns}
    return _Lexicon(verbs, nouns, adjectives, phrases, pattern, holding, presence)


def _add(
    table: dict[str, tuple[tuple[Kind, Frame], ...]], words: Iterator[str] | list[str], kind: Kind, frame: Frame
) -> None:
    for word in words:
        table[word] = (*table.get(word, ()), (kind, frame))


@cache
def deeds() -> frozenset[str]:
    """Verbs of acts of war: whoever is their subject does something and says nothing, whatever stands as their object."""
    telling = {Kind.INTENT, Kind.FORECAST, Kind.INDICATOR, Kind.ASSESSMENT}
    both = {"close", "gain", "recover", "free"}  # also said of words and things
    found = frozenset(w for w, entries in _lexicon().verbs.items() if all(k not in telling for k, _ in entries)) - both
    return found | {"pull", "draw", "blow"}  # "pulled out", "drew back", "blew up"


def find(sentence: Stretch) -> tuple[Trigger, ...]:
    """The triggers of a sentence in text order; words for people and things that are there count where nothing else does."""
    lexicon = _lexicon()
    found = list(_phrased(sentence, lexicon))
    taken = {trigger.token.i for trigger in found}
    for token in sentence:
        if token.i not in taken:
            found += _worded(token, lexicon)
    if not found:
        found = [
            Trigger(t, lexicon.presence[t.lemma_.lower()]) for t in sentence if t.lemma_.lower() in lexicon.presence
        ]
    return tuple(sorted(found, key=lambda t: (t.token.i, t.kind)))


def _phrased(sentence: Stretch, lexicon: _Lexicon) -> Iterator[Trigger]:
    taken: set[int] = set()
    matches = [(m, Kind.CONTROL) for m in lexicon.holding.finditer(sentence.text)]
    matches += [(m, lexicon.phrases[m.group().lower()]) for m in lexicon.phrase_pattern.finditer(sentence.text)]
    for match, kind in matches:
        span = sentence.char_span(*match.span())
        if (
            span is not None
            and not taken & {t.i for t in span}
            and _moves(span.root, kind)
            and _is_of_place(span.root, match.group())
        ):
            taken |= {t.i for t in span}
            frame = Frame.HOLDING if kind is Kind.CONTROL else Frame.EVENT
            yield Trigger(span.root, kind, frame, match.group().lower())


def _moves(root: Word, kind: Kind) -> bool:
    """Whether soldiers go, where a verb of withdrawal says what is pulled out: "pulled out three bodies" is none."""
    if kind is not Kind.WITHDRAWAL or root.pos_ not in VERBAL:
        return True
    moved = [c for c in root.children if c.dep_ in ("dobj", "nsubjpass")]
    return not moved or any(c.lemma_.lower() in objects_of("troops") for c in moved)


_SAID_OF_ALL = re.compile(
    r"(?:is|are|was|were|has been|remains?|stays?|became|passed|reverted|given|handed|returned)\b(?!.*\b(?:ours|theirs|masters?)\b)",
    re.IGNORECASE,
)
"""Phrases of holding that are said of people and things too: "is Ukrainian", "passed to"."""


def _is_of_place(root: Word, phrase: str) -> bool:
    """Whether a phrase that is said of people and things too has a place as its subject."""
    if not _SAID_OF_ALL.match(phrase):
        return True
    verb = root if root.pos_ in VERBAL else root.head
    subjects = [c for c in (*verb.children, *root.children) if c.dep_ in ("nsubj", "nsubjpass")]
    return any(
        c.pos_ == "PROPN" or c.lemma_.lower() in objects_of("places") or c.lower_ in ("it", "which") for c in subjects
    )


def _worded(token: Word, lexicon: _Lexicon) -> Iterator[Trigger]:
    table = lexicon.verbs if token.pos_ in VERBAL else lexicon.nouns
    entries = lexicon.adjectives.get(token.lower_, ()) if token.pos_ == "ADJ" else table.get(token.lemma_.lower(), ())
    entries = entries or _going_on(token, lexicon)
    if (particle := PARTICLES.get(token.lemma_.lower())) and any(
        c.dep_ == "prt" and c.lower_ == particle for c in token.children
    ):
        entries = ((Kind.CONTROL, Frame.LOSING),)
    if token.lemma_.lower() in FLEEING and _is_of(token, "civilians"):
        entries = ((Kind.HUMANITARIAN, Frame.EVENT),)
    for kind, frame in entries:
        if _fits(token, kind, frame):
            yield Trigger(token, Kind.STRIKE if kind is Kind.BATTLE and _is_strike(token) else kind, frame)
            return


LASTING = frozenset({"keep", "continue", "resume", "start", "begin", "stop"})
"""Verbs after which a word in -ing is a deed, whatever the parse makes of it: "keep *striking* substations"."""


def _going_on(token: Word, lexicon: _Lexicon) -> tuple[tuple[Kind, Frame], ...]:
    word = token.lower_
    if token.pos_ != "ADJ" or not word.endswith("ing") or not token.i or token.nbor(-1).lemma_.lower() not in LASTING:
        return ()
    stems = (word[:-3], f"{word[:-3]}e", word[:-4])
    return next((lexicon.verbs[stem] for stem in stems if stem in lexicon.verbs), ())


PARTICLES = {"give": "up", "hand": "over"}
"""Verbs that lose a place with a particle."""
FLEEING = frozenset({"leave", "flee"})
"""Verbs that tell of civilians or of soldiers, as who does it."""


def _is_of(token: Word, who: str) -> bool:
    """Whether people of a sort leave, or are moved."""
    moved = [c for c in token.children if c.dep_ in MOVED]
    moved += [token.head] if token.dep_ in ("acl", "relcl") else []
    return any(c.lemma_.lower() in objects_of(who) for c in moved)


MOVED = frozenset({"nsubj", "nsubjpass", "dobj"})
"""How soldiers stand to a verb of moving."""


def _fits(token: Word, kind: Kind, frame: Frame) -> bool:
    lemma = token.lemma_.lower()
    if kind is Kind.CONTROL and token.pos_ in VERBAL:
        return takes_place(token, lemma)
    if kind is Kind.LOSSES and lemma == "capture":
        return any(
            c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in objects_of("captives") for c in token.children
        ) or (token.dep_ in ("amod", "acl") and token.head.lemma_.lower() in objects_of("captives"))
    if kind is Kind.LOSSES and lemma == "surrender":
        return _is_done_by(token, objects_of("captives") | objects_of("troops"))
    if kind is Kind.LOSSES and lemma in ("die", "perish"):
        people = objects_of("captives") | objects_of("troops") | objects_of("civilians") | words("role_nouns")
        return _is_done_by(token, people, counted=True) and not _dies_of_itself(token)
    if kind is Kind.LOSSES and lemma in ("lose", "take"):
        return any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in objects_of("lost") for c in token.children)
    if token.dep_ == "compound" and token.pos_ == "NOUN" and token.head.lemma_.lower() not in _lexicon().nouns:
        return False  # "assault groups" are groups, and no assault
    if kind is Kind.CONTROL and token.pos_ == "NOUN" and lemma == "occupation" and token.dep_ == "nsubj":
        return True  # "the occupation lasted three months"
    if kind is Kind.CONTROL and token.pos_ == "NOUN":
        return any(child.dep_ in ("prep", "poss", "compound", "amod", "acl") for child in token.children) and (
            lemma not in ("loss", "fall", "surrender") or of_place(token)
        )
    if kind is Kind.ADVANCE and lemma == "reach" and _brought(token):
        return False
    if kind is Kind.ADVANCE and lemma in ("gain", "press", "close", "cross", "enter", "approach", "push", "progress"):
        return lemma not in ("gain",) or any(c.lemma_ in objects_of("places") for c in token.children)
    if lemma in objects_of("moving") and kind is not Kind.HUMANITARIAN:
        return _is_of(token, "troops")
    if kind is Kind.LOGISTICS and lemma in ("supply",) and token.pos_ in VERBAL:
        return any(child.dep_ in ("dobj", "nsubjpass") for child in token.children)
    return True


_SOME_ONE = frozenset({"one", "nobody", "none", "many", "several"})


def _is_done_by(token: Word, who: frozenset[str], counted: bool = False) -> bool:
    """Whether one of these people is the verb's subject, or if ``counted`` a bare number of them: "one in six"."""
    subjects = [c for c in token.children if c.dep_ == "nsubj"]
    subjects += [token.head for c in subjects if c.lower_ == "who" and token.dep_ == "relcl"]
    return any(c.lemma_.lower() in who or (counted and (c.pos_ == "NUM" or c.lower_ in _SOME_ONE)) for c in subjects)


def _dies_of_itself(token: Word) -> bool:
    """For "died of old age", but not "died of wounds"."""
    causes = [o for c in token.children if c.lower_ in ("of", "from") for o in c.children if o.dep_ == "pobj"]
    return bool(causes) and not any(o.lemma_.lower() in objects_of("wounds") for o in causes)


def _is_strike(token: Word) -> bool:
    """Whether an attack is one from afar: on a building and the like, or that damages one."""
    if token.lemma_.lower() != "attack":
        return False
    if token.pos_ in VERBAL:
        hit = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
    else:
        hit = [o for c in token.children if c.lower_ in ("on", "against") for o in c.children if o.dep_ == "pobj"]
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in ("damage", "destroy", "hit", "injure", "ruin"):
            hit += [c for c in token.head.children if c.dep_ == "dobj"]
    return any(o.lemma_.lower() in objects_of("struck") for o in hit)


def _brought(token: Word) -> bool:
    """Whether what reaches a place is brought there, or people are reached: nothing is conquered."""
    helped = any(c.dep_ == "dobj" and c.lemma_.lower() in objects_of("civilians") for c in token.children)
    return helped or any(c.dep_ == "nsubj" and c.lemma_.lower() in objects_of("brought") for c in token.children)


def clause(token: Word) -> Word:
    """The head of the clause a word stands in: its nearest verb or clausal noun, itself included."""
    while token.dep_ not in CLAUSES and not (token.dep_ == "conj" and token.pos_ in VERBAL):
        if token.head.i == token.i:
            break
        token = token.head
    return token


def members(head: Word) -> tuple[Word, ...]:
    """The words of a clause without those of the clauses inside it, in text order."""
    own: list[Word] = []
    pending = [head]
    while pending:
        token = pending.pop()
        own.append(token)
        pending += [c for c in token.children if clause(c).i == clause(head).i]
    return tuple(sorted(own, key=lambda t: t.i))
