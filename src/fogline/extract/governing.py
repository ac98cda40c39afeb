"""Which words rule an event: its governors, as far as their mode carries over to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fogline.extract.lexicon import read
from fogline.extract.syntax import Word
from fogline.extract.triggers import VERBAL

# Dependencies along which a governor's mode carries over to what it governs: "failed *to capture*", "the goal *of encircling*".
CARRYING = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "dobj",
        "pobj",
        "prep",
        "pcomp",
        "attr",
        "conj",
        "csubj",
        "appos",
        "compound",
        "acomp",
    }
)


HAPPENING = frozenset(
    {
        "happen",
        "occur",
        "take",
        "succeed",
        "materialise",
        "materialize",
        "begin",
        "start",
        "record",
        "report",
        "observe",
        "see",
        "exist",
        "be",
    }
)
"""Verbs whose negation denies their subject ("no attack took place"); others deny something about it."""


EVIDENCE = frozenset({"evidence", "sign", "indication", "confirmation", "proof", "trace", "report", "footage"})


def words(name: str) -> frozenset[str]:
    """One of the word lists about firmness."""
    return lists()[name]


@cache
def lists() -> dict[str, frozenset[str]]:
    """All word lists about firmness, by name."""
    return {name: frozenset(words) for name, words in read("firmness").items()}


def ruling(trigger: Word, first: int, end: int, cue: frozenset[int]) -> Iterator[Word]:
    """The governors inside the speech, and one of its cue that foresees or wants a deed, or is "is likely" and the like."""
    before = trigger
    for token in _governors(trigger):
        if (
            first <= token.i < end
            or (token.lemma_ == "be" and any(t.i in cue for t in (token, *token.children)))
            or (token.i in cue and _is_foreseeing(token) and not _is_finite(before))
        ):
            yield token
        before = token


def _is_foreseeing(token: Word) -> bool:
    words = lists()
    return token.lemma_.lower() in (words["predicting"] | words["intending"]) - words["warning"]


def _is_finite(token: Word) -> bool:
    return token.pos_ in VERBAL and token.tag_ not in ("VB", "VBG", "VBN")


def _governors(trigger: Word) -> Iterator[Word]:
    """The trigger, then the words it depends on while their mode carries over; subjects pass the mode of their verb."""
    token = trigger
    yield token
    while token.head.i != token.i:
        if token.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            return  # a clause of its own: "they will attack, and we hold the town"
        if token.dep_ == "ccomp" and _is_set_off(token):
            return  # the same: "they took the town; the report could not be confirmed"
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in lists()["presupposing"]:
            return  # "since the attack": it took place, whatever else did not
        if token.dep_ == "dobj" and token.pos_ == "NOUN" and is_definite(token) and not _brings_about(token.head):
            return  # "did not slow the offensive": there is one
        if (
            token.dep_ not in CARRYING
            and not _is_evidenced(token)
            and not is_purpose(token)
            and token.dep_ not in ("nsubj", "nsubjpass")
        ):
            return
        token = token.head
        yield token


def _is_set_off(clause: Word) -> bool:
    """Whether a semicolon parts a clause from the verb behind it, to which the parser joined it as what is said."""
    head = clause.head
    between = clause.doc.words[clause.i + 1 : head.i]
    return clause.i < head.i and any(word.text == ";" for word in between)


def _is_evidenced(token: Word) -> bool:
    """For "(no) sign of captured streets": a participle before the noun of which there is evidence."""
    noun = token.head
    of = noun.head
    return token.dep_ == "amod" and noun.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_.lower() in EVIDENCE


def is_purpose(token: Word) -> bool:
    """Whether a clause tells what for: "crossed *to attack*", but not "came back only *to leave*"."""
    only = token.dep_ == "advcl" and any(c.dep_ == "advmod" and c.lower_ in ("only", "just") for c in token.children)
    return token.dep_ == "advcl" and not only and is_infinitive(token)


def is_definite(noun: Word) -> bool:
    """Whether a noun is one that is known of: "the attack", "their attack"."""
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)


def _brings_about(verb: Word) -> bool:
    """Whether a verb's mode is that of its object: to launch, want, fear, or prevent an attack."""
    words = lists()
    lemma = verb.lemma_.lower()
    return lemma in HAPPENING or any(
        lemma in words[name]
        for name in ("light", "admitting", "failing", "averting", "intending", "predicting", "possible", "probable")
    )


def is_infinitive(token: Word) -> bool:
    """Whether a verb has "to" before it."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def is_yet_to(token: Word) -> bool:
    """Whether a verb tells what has not been done: "have yet *to capture* the town"."""
    near = (*token.children, *token.head.children)
    return (
        is_infinitive(token) and token.head.lemma_ in ("have", "be", "remain") and any(c.lower_ == "yet" for c in near)
    )
