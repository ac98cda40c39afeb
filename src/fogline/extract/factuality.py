"""How firmly, whether, and in what mode an event is put: polarity, certainty and modality of a trigger.

The scale of certainty is FactBank's (Saurí and Pustejovsky 2009); modality follows the words of the design. The reading
looks at the trigger's clause and at its governors, the words it depends on, up to the border of the speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fogline.extract.lexicon import read
from fogline.extract.parse import sentence_of
from fogline.extract.triggers import VERBAL
from fogline.model import Certainty, Modality, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Factuality:
    """Polarity, certainty and modality of one event in one mouth."""

    polarity: Polarity
    certainty: Certainty
    modality: Modality


# Dependencies along which a governor's mode carries over to what it governs: "failed *to capture*", "the goal *of encircling*".
CARRYING = frozenset({"xcomp", "ccomp", "acl", "dobj", "pobj", "prep", "pcomp", "attr", "conj", "csubj", "appos"})


SHORT_OF = frozenset({"within", "near", "close", "short"})
"""Prepositions that put an event ahead: "within a few kilometres *of securing* the town"."""

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


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read("firmness").items()}


def read_factuality(trigger: Token, first: int = 0, last: int | None = None) -> Factuality:
    """The factuality of a trigger; only words from token ``first`` to ``last`` (the speech) are looked at."""
    end = len(trigger.doc) if last is None else last
    chain = [t for t in _governors(trigger) if first <= t.i < end]
    negative = _is_negative(trigger, chain)
    certainty = _certainty(trigger, chain)
    modality = _modality(trigger, chain)
    return Factuality(Polarity.NEGATIVE if negative else Polarity.POSITIVE, certainty, modality)


def _governors(trigger: Token) -> Iterator[Token]:
    """The trigger, then the words it depends on while their mode carries over; subjects pass the mode of their verb."""
    token = trigger
    yield token
    while token.head.i != token.i:
        if token.dep_ not in CARRYING and not _is_purpose(token) and token.dep_ not in ("nsubj", "nsubjpass"):
            return
        token = token.head
        yield token


def _is_purpose(token: Token) -> bool:
    return token.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _is_negative(trigger: Token, chain: list[Token]) -> bool:
    words = _words()
    flips = 0
    for previous, token in zip([None, *chain], chain, strict=False):
        if previous is not None and previous.dep_ == "conj":
            continue  # "was not repelled and advanced": the second is not negated
        if previous is None or not _is_subject(previous) or token.lemma_.lower() in HAPPENING:
            flips += any(_negates(child) for child in token.children) and not _is_ranked(token)
        if previous is None and token.pos_ in VERBAL:
            flips += any(_is_nobody(child) for child in token.children)
        lemma = token.lemma_.lower()
        if previous is not None and not _is_subject(previous):
            flips += (
                lemma in words["failing"]
                or lemma in words["failing_nouns"]
                or token.lower_ in words["failing_adjectives"]
            )
        flips += any(
            c.dep_ in ("acomp", "attr", "amod", "oprd") and c.lower_ in words["failing_adjectives"]
            for c in token.children
        )
    return flips % 2 == 1


def _is_nobody(child: Token) -> bool:
    """A subject, or what "there is", that is said not to be: "no soldiers", "nobody", "none of them"."""
    if child.dep_ not in ("nsubj", "nsubjpass", "attr"):
        return False
    return child.lower_ in ("nobody", "none", "nothing", "neither") or any(c.lower_ == "no" for c in child.children)


def _is_ranked(token: Token) -> bool:
    """ "Not the first attempt" denies a rank, not the attempt."""
    return any(
        c.dep_ == "attr" and any(a.lower_ in ("first", "only", "last", "surprise") for a in (c, *c.children))
        for c in token.children
    )


def _is_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass")


def _negates(child: Token) -> bool:
    negators = _words()["negators"]
    return child.dep_ == "neg" or (child.lower_ in negators and child.dep_ in ("det", "advmod", "preconj", "prep"))


def _certainty(trigger: Token, chain: list[Token]) -> Certainty:
    words = _words()
    near = {c.lower_ for t in chain for c in t.children if c.dep_ in ("aux", "advmod", "amod", "acomp", "nsubj", "neg")}
    lemmas = {t.lemma_.lower() for t in chain[1:]}
    if near & words["underspecified"]:
        return Certainty.UNDERSPECIFIED
    if near & words["possible"] or lemmas & words["possible"]:
        return Certainty.POSSIBLE
    if near & words["probable"] or lemmas & words["probable"]:
        return Certainty.PROBABLE
    return Certainty.CERTAIN


def _modality(trigger: Token, chain: list[Token]) -> Modality:
    words = _words()
    if _unverified(trigger):
        return Modality.UNVERIFIED
    for previous, token in zip([None, *chain], chain, strict=False):
        auxiliaries = {c.lower_ for c in token.children if c.dep_ == "aux"}
        if token.pos_ in VERBAL:
            if auxiliaries & words["conditional_modals"] or _has_condition(token):
                return Modality.CONDITIONAL
            if auxiliaries & words["future"] or (
                auxiliaries & (words["possible"] - {"can"}) and "have" not in auxiliaries
            ):
                return Modality.PREDICTED
        if previous is None or _is_subject(previous) or previous.dep_ == "conj":
            continue
        if token.lower_ in SHORT_OF and token.dep_ == "prep":
            return Modality.PREDICTED
        lemma = token.lemma_.lower()
        if lemma in words["intending"] or _is_aim(token):
            return Modality.INTENDED
        if lemma in words["predicting"] and lemma not in words["probable"]:
            return Modality.PREDICTED
        if lemma == "go" and token.tag_ == "VBG" and previous.dep_ == "xcomp":
            return Modality.PREDICTED
    if any(_is_purpose(t) for t in chain):
        return Modality.INTENDED
    return Modality.ACTUAL


def _is_aim(token: Token) -> bool:
    """Whether a copula says what somebody's aim is: "the goal is to break through"."""
    intending = _words()["intending"]
    return token.lemma_ == "be" and any(c.dep_ == "nsubj" and c.lemma_.lower() in intending for c in token.children)


def _has_condition(token: Token) -> bool:
    """Whether a verb stands under "if", or under "once" or "until" with a present: "once the town is taken"."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    present = token.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in token.children if "aux" in c.dep_)
    temporal = {"before", "until", "once", "when", "after"}
    firm = _words()["conditional_marks"] - temporal
    return token.dep_ == "advcl" and bool(marks & firm or (marks & {"once", "until", "before"} and present))


def _unverified(trigger: Token) -> bool:
    words = _words()
    sentence = sentence_of(trigger)
    return _unconfirmed().search(sentence.text) is not None or any(t.lower_ in words["unverified"] for t in sentence)


@cache
def _unconfirmed() -> re.Pattern[str]:
    return re.compile("|".join(read("firmness")["unverified_patterns"]), re.IGNORECASE)
