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
    return frozenset(w for w, entries in _lexicon().verbs.items() if all(k not in telling for k, _ in entries)) - both


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
        if span is not None and not taken & {t.i for t in span} and _moves(span.root, kind):
            taken |= {t.i for t in span}
            frame = Frame.HOLDING if kind is Kind.CONTROL else Frame.EVENT
            yield Trigger(span.root, kind, frame, match.group().lower())


def _moves(root: Word, kind: Kind) -> bool:
    """Whether soldiers go, where a verb of withdrawal says what is pulled out: "pulled out three bodies" is none."""
    if kind is not Kind.WITHDRAWAL or root.pos_ not in VERBAL:
        return True
    moved = [c for c in root.children if c.dep_ in ("dobj", "nsubjpass")]
    return not moved or any(c.lemma_.lower() in _objects("troops") for c in moved)


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
    return any(c.lemma_.lower() in _objects(who) for c in moved)


MOVED = frozenset({"nsubj", "nsubjpass", "dobj"})
"""How soldiers stand to a verb of moving."""


@cache
def _objects(name: str) -> frozenset[str]:
    return frozenset(read("objects")[name])


def _fits(token: Word, kind: Kind, frame: Frame) -> bool:
    lemma = token.lemma_.lower()
    if kind is Kind.CONTROL and token.pos_ in VERBAL:
        return _takes_place(token, lemma)
    if kind is Kind.LOSSES and lemma == "capture":
        return any(
            c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in _objects("captives") for c in token.children
        ) or (token.dep_ in ("amod", "acl") and token.head.lemma_.lower() in _objects("captives"))
    if kind is Kind.LOSSES and lemma == "surrender":
        return _is_done_by(token, _objects("captives") | _objects("troops"))
    if kind is Kind.LOSSES and lemma in ("die", "perish"):
        people = _objects("captives") | _objects("troops") | _objects("civilians") | words("role_nouns")
        return _is_done_by(token, people, counted=True) and not _dies_of_itself(token)
    if kind is Kind.LOSSES and lemma in ("lose", "take"):
        return any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in _objects("lost") for c in token.children)
    if token.dep_ == "compound" and token.pos_ == "NOUN" and token.head.lemma_.lower() not in _lexicon().nouns:
        return False  # "assault groups" are groups, and no assault
    if kind is Kind.CONTROL and token.pos_ == "NOUN" and lemma == "occupation" and token.dep_ == "nsubj":
        return True  # "the occupation lasted three months"
    if kind is Kind.CONTROL and token.pos_ == "NOUN":
        return any(child.dep_ in ("prep", "poss", "compound", "amod", "acl") for child in token.children) and (
            lemma not in ("loss", "fall", "surrender") or _of_place(token)
        )
    if kind is Kind.ADVANCE and lemma == "reach" and _brought(token):
        return False
    if kind is Kind.ADVANCE and lemma in ("gain", "press", "close", "cross", "enter", "approach", "push", "progress"):
        return lemma not in ("gain",) or any(c.lemma_ in _objects("places") for c in token.children)
    if lemma in _objects("moving") and kind is not Kind.HUMANITARIAN:
        return _is_of(token, "troops")
    if kind is Kind.LOGISTICS and lemma in ("supply",) and token.pos_ in VERBAL:
        return any(child.dep_ in ("dobj", "nsubjpass") for child in token.children)
    return True


def _is_done_by(token: Word, who: frozenset[str], counted: bool = False) -> bool:
    """Whether one of these people is the verb's subject, or if ``counted`` a bare number of them: "one in six"."""
    subjects = [c for c in token.children if c.dep_ == "nsubj"]
    subjects += [token.head for c in subjects if c.lower_ == "who" and token.dep_ == "relcl"]
    return any(c.lemma_.lower() in who or (counted and c.pos_ == "NUM") for c in subjects)


def _dies_of_itself(token: Word) -> bool:
    """For "died of old age", but not "died of wounds"."""
    causes = [o for c in token.children if c.lower_ in ("of", "from") for o in c.children if o.dep_ == "pobj"]
    return bool(causes) and not any(o.lemma_.lower() in _objects("wounds") for o in causes)


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
    return any(o.lemma_.lower() in _objects("struck") for o in hit)


def _holds_out(token: Word) -> bool:
    """Whether a place is the one that will or will not hold: "the town won't hold past Christmas"."""
    kids = list(token.children)
    ahead = any(c.dep_ in ("aux", "neg") for c in kids) and not any(c.dep_ in ("dobj", "prt", "auxpass") for c in kids)
    return ahead and any(
        c.dep_ == "nsubj" and (c.pos_ == "PROPN" or c.lemma_.lower() in _objects("places")) for c in kids
    )


def _brought(token: Word) -> bool:
    """Whether what reaches a place is brought there, or people are reached: nothing is conquered."""
    helped = any(c.dep_ == "dobj" and c.lemma_.lower() in _objects("civilians") for c in token.children)
    return helped or any(c.dep_ == "nsubj" and c.lemma_.lower() in _objects("brought") for c in token.children)


def _takes_place(token: Word, lemma: str) -> bool:
    """Whether the thing taken, held or lost is a place: a proper name that is no person's, or a word for a place."""
    if lemma in _objects("expelling"):
        behind = [o for c in token.children if c.lower_ in ("from", "out") for o in c.subtree]
        return any(o.pos_ == "PROPN" or (o.lower_ in ("it", "there") and o.dep_ in ("pobj", "pcomp")) for o in behind)
    objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "oprd", "attr")]
    if lemma == "hold" and _holds_out(token):
        return True
    if lemma == "fall":
        objects = [c for c in (*token.children, *_raised(token)) if c.dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ in ("acl", "relcl", "amod"):
        objects.append(token.head)
    if token.dep_ == "conj" and not objects:
        objects = [c for c in token.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if token.head.dep_ in ("acl", "relcl"):
            objects.append(token.head.head)
    objects += [
        o for share in objects if share.lower_ in _objects("shares") for o in share.children if o.dep_ == "conj"
    ]
    objects += [
        o
        for share in objects
        if share.lower_ in _objects("shares") or share.pos_ == "NUM"
        for p in share.children
        if p.lower_ == "of"
        for o in p.children
    ]
    named = any(o.pos_ == "PROPN" or o.lower_ in ("it", "which", "that") for o in objects)
    placed = any(
        o.lemma_.lower() in _objects("places") | {"control"}
        or (any(c.pos_ == "PROPN" for c in o.children) and o.lemma_.lower() in _objects("places"))
        for o in objects
    )
    if lemma in ("lose", "abandon") and any(o.lemma_.lower() in _objects("lost") for o in objects):
        return False
    return named or placed or (lemma not in _objects("needing_place") and not objects)


def _raised(token: Word) -> Iterator[Word]:
    """The words beside an infinitive's governors, whose subject is its own: "the town *is certain* to fall"."""
    while token.dep_ == "xcomp" and token.head.i != token.i:
        token = token.head
        yield from token.children
        if token.pos_ == "ADJ" and token.dep_ == "acomp":
            yield from token.head.children


def _of_place(token: Word) -> bool:
    return any(
        child.dep_ == "prep"
        and child.lower_ == "of"  # not "inflicted losses on the brigade in the area"
        and any(o.pos_ == "PROPN" or o.lemma_ in _objects("places") for o in child.children)
        for child in token.children
    )


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
