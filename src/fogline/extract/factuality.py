"""How firmly, whether, and in what mode an event is put: polarity, certainty and modality of a trigger.

The scale of certainty is FactBank's (Saurí and Pustejovsky 2009); modality follows the words of the design. The reading
looks at the trigger's clause and at its governors, the words it depends on, up to the border of the speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fogline.extract.governing import HAPPENING, is_definite, is_infinitive, is_purpose, is_yet_to, lists, ruling
from fogline.extract.lexicon import read
from fogline.extract.parse import sentence_of
from fogline.extract.refuting import is_refuted
from fogline.extract.syntax import Word
from fogline.extract.triggers import VERBAL
from fogline.model import Certainty, Modality, Polarity


@dataclass(frozen=True, slots=True)
class Factuality:
    """Polarity, certainty and modality of one event in one mouth."""

    polarity: Polarity
    certainty: Certainty
    modality: Modality


SHORT_OF = frozenset({"within", "near", "close", "short"})
"""Prepositions that put an event ahead: "within a few kilometres *of securing* the town"."""


TIMES = frozenset({"time", "days", "weeks", "months", "hours"})
OPEN = frozenset({"possibility", "prospect", "probability", "likelihood", "option", "chance", "scenario"})
"""What an event is called that may yet come: "its loss is a real possibility"; a threat or danger may be there already."""
TELLING = frozenset({"record", "report", "observe", "see"})
"""Those of them that do so only of what is not known yet: "the losses were not reported" leaves the losses."""


def read_factuality(
    trigger: Word, first: int = 0, last: int | None = None, thing: bool = False, cue: frozenset[int] = frozenset()
) -> Factuality:
    """The factuality of a trigger; only words from token ``first`` to ``last`` (the speech) are looked at.

    A ``thing`` (a garrison, a bridge) tells no event of its own: what is said of it is denied where its verb is.
    ``cue`` are the positions of the words of saying: one that foresees, wants or hedges rules what it governs too.
    """
    end = len(trigger.doc) if last is None else last
    chain = list(ruling(trigger, first, end, cue))
    negative = _is_negative(trigger, chain, thing)
    certainty = _certainty(trigger, chain)
    modality = _modality(trigger, chain)
    return Factuality(Polarity.NEGATIVE if negative else Polarity.POSITIVE, certainty, modality)


def _is_negative(trigger: Word, chain: list[Word], thing: bool) -> bool:
    words = lists()
    flips = sum(is_yet_to(token) for token in chain) + is_refuted(trigger)
    for previous, token in zip([None, *chain], chain, strict=False):
        if previous is not None and previous.dep_ == "conj":
            flips += any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.children)  # "neither the men nor the wish"
            continue  # "was not repelled and advanced": the second is not negated
        of_thing = thing and previous is trigger
        if previous is None or not _is_subject(previous) or of_thing or _denies_subject(token, previous):
            # "attack without armour" tells how, "left without attacking" what was not done
            denied = any(
                _negates(c) or _is_not_one(c) for c in token.children if c.lower_ != "without" or _is_under(previous, c)
            )
            flips += denied and not _is_ranked(token)
        told = previous is not None and previous.dep_ == "ccomp"  # "nobody can say that the town is ours"
        if (previous is None or told) and token.pos_ in VERBAL:
            flips += any(_is_nobody(child) for child in token.children if previous is None or child.dep_ == "nsubj")
        if (
            previous is not None and previous.dep_ == "prep" and token.lemma_ == "be"
        ):  # "not one soldier was in the attack"
            flips += any(_is_nobody(child) for child in token.children if child.dep_ == "nsubj")
        lemma = token.lemma_.lower()
        if previous is not None and not _is_subject(previous):
            flips += (
                (lemma in words["failing"] | words["averting"] and token.pos_ in VERBAL)
                or lemma in words["failing_nouns"]
                or token.lower_ in words["failing_adjectives"]
            )
        if previous is not None and previous.dep_ == "nsubjpass" and not of_thing:
            flips += lemma in words["averting"]  # "civilians were prevented from leaving": there are civilians
        if previous is not None and previous.dep_ == "dobj" and previous.lemma_.lower() in words["tries"]:
            flips += lemma in words["giving_up"]
        flips += any(c.dep_ == "amod" and c.lemma_.lower() in words["averting"] for c in token.children)
        flips += any(
            c != previous and c.dep_ in ("acomp", "attr", "amod", "oprd") and c.lower_ in words["failing_adjectives"]
            for c in token.children
        )
    return flips % 2 == 1


def is_denied(cue: Word) -> bool:
    """Whether a negated verb of saying or expecting denies what it governs.

    Not where nobody can ("cannot be confirmed"), nor of what is known ("the attack was not reported for a week").
    """
    kids = list(cue.children)
    unable = any(c.dep_ == "aux" and c.lemma_.lower() in ("can", "could") for c in kids)
    known = any(c.dep_ == "nsubjpass" and is_definite(c) for c in kids) and cue.lemma_.lower() in TELLING
    return any(c.dep_ == "neg" for c in kids) and not unable and not known


def _denies_subject(verb: Word, subject: Word) -> bool:
    """Whether a negated verb denies that its subject is: "no losses were reported", but not "the losses were not reported"."""
    lemma = verb.lemma_.lower()
    return lemma in HAPPENING and not (is_definite(subject) and lemma in TELLING)


def _is_nobody(child: Word) -> bool:
    """A subject, object, or what "there is", that is said not to be: "no soldiers", "nobody", "none of them"."""
    if child.dep_ not in ("nsubj", "nsubjpass", "attr", "dobj"):
        return False
    return child.lower_ in ("nobody", "none", "nothing", "neither") or any(
        (c.lower_ in ("no", "neither") and not _is_bound(c)) or _is_not_one(c) for c in child.children
    )


def _is_not_one(word: Word) -> bool:
    """For "not one shot was fired", "not a single soldier"."""
    return word.lower_ in ("one", "single") and any(
        before >= 0 and word.doc.words[before].lower_ == "not" for before in (word.i - 1, word.i - 2)
    )


def _is_bound(word: Word) -> bool:
    """For the "no" of "no more than a fifth", which bounds an amount and denies nothing."""
    return word.i + 1 < len(word.doc) and word.nbor().lower_ in ("more", "less", "fewer", "later", "earlier", "doubt")


def _is_ranked(token: Word) -> bool:
    """ "Not the first attempt" denies a rank, not the attempt."""
    return any(
        c.dep_ == "attr" and any(a.lower_ in ("first", "only", "last", "surprise") for a in (c, *c.children))
        for c in token.children
    )


def _is_subject(token: Word) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass")


def _is_under(word: Word | None, preposition: Word) -> bool:
    """Whether a word is the preposition or what it governs."""
    return word is not None and (word is preposition or word.head is preposition)


def _negates(child: Word) -> bool:
    negators = lists()["negators"]
    if child.lower_ in ("nearly", "almost"):
        return child.dep_ == "advmod" and child.head.tag_ in ("VBD", "VBN") and child.i < child.head.i
    if child.lower_ == "without" and child.i < child.head.i:
        return False  # "without fuel, clinics will close": a condition
    following = child.nbor().lower_ if child.i + 1 < len(child.doc) else ""
    if following in ("all", "every", "only", "just", "everyone", "always"):
        return False  # "not all of them", "not only there"
    if child.lower_ == "no" and _is_bound(child):
        return False
    if child.lower_ in ("longer", "more") and child.dep_ == "advmod":
        return any(c.lower_ == "no" for c in child.children)  # "are no longer using the pipe"
    return child.dep_ == "neg" or (child.lower_ in negators and child.dep_ in ("det", "advmod", "preconj", "prep"))


def _certainty(trigger: Word, chain: list[Word]) -> Certainty:
    words = lists()
    if any(c.lower_ == "called" and c.i > 1 and c.nbor(-2).lower_ == "so" for t in chain for c in t.children):
        return Certainty.UNDERSPECIFIED
    kids = [c for t in chain for c in t.children if not (c.lemma_.lower() in ("can", "could") and _is_not(t))]
    near = {c.lower_ for c in kids if c.dep_ in ("aux", "advmod", "amod", "acomp", "nsubj", "neg")}
    lemmas = {t.lemma_.lower() for t in chain[1:]}
    if near & words["underspecified"] or _is_asked(trigger):
        return Certainty.UNDERSPECIFIED
    if near & words["possible"] or lemmas & words["possible"]:
        return Certainty.POSSIBLE
    if near & words["probable"] or lemmas & words["probable"]:
        return Certainty.PROBABLE
    return Certainty.CERTAIN


def _is_not(verb: Word) -> bool:
    """For "cannot" and "could not", which are firm."""
    return any(c.dep_ == "neg" for c in verb.children)


def _modality(trigger: Word, chain: list[Word]) -> Modality:
    words = lists()
    if _unverified(trigger):
        return Modality.UNVERIFIED
    if any(c.dep_ == "amod" and c.lower_ in words["foreseen"] for c in trigger.children) or _is_due(trigger):
        return Modality.PREDICTED
    for previous, token in zip([None, *chain], chain, strict=False):
        auxiliaries = {c.lower_ for c in token.children if c.dep_ == "aux"}
        if token.pos_ in VERBAL:
            if auxiliaries & words["conditional_modals"] or _has_condition(token):
                return Modality.CONDITIONAL
            if (auxiliaries & words["obliging"] and "have" not in auxiliaries) or _is_order(token):
                return Modality.INTENDED
            if (
                auxiliaries & words["future"]
                or _is_going(token)
                or (auxiliaries & (words["possible"] - {"can"}) and "have" not in auxiliaries)
            ):
                return Modality.PREDICTED
        if previous is None or previous.dep_ in ("nsubj", "conj"):
            continue
        if token.lower_ in SHORT_OF and token.dep_ in ("prep", "acomp", "advmod"):
            return Modality.PREDICTED
        lemma = token.lemma_.lower()
        if lemma in words["intending"] or _is_aim(token):
            return Modality.INTENDED
        if lemma in words["predicting"] and lemma not in words["probable"]:
            return Modality.PREDICTED
    if any(is_purpose(t) or _is_ahead(t) for t in chain):
        return Modality.INTENDED
    return Modality.ACTUAL


def _is_going(token: Word) -> bool:
    """For "going to ...": the verb after it lies ahead, and so does "going" itself."""
    return token.lower_ == "going" and any(c.dep_ == "xcomp" for c in token.children)


def _is_order(token: Word) -> bool:
    """An imperative: a bare verb at the head of a sentence or speech, without subject and auxiliary."""
    asked = any(c.lower_ == "please" for c in token.children)
    if not (token.tag_ == "VB" or (asked and token.tag_ == "VBP")) or any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in token.children
    ):
        return False
    return token.dep_ == "ROOT" or (
        token.dep_ in ("ccomp", "advcl", "parataxis") and not is_infinitive(token) and _opens(token)
    )


def _opens(token: Word) -> bool:
    """Whether a word begins its sentence or follows its punctuation."""
    return token.is_sent_start or token.nbor(-1).is_punct or token.nbor(-1).lower_ in ("please", "and", "just", "so")


def _is_ahead(token: Word) -> bool:
    """Whether an infinitive tells what its governor leaves open: "agreed to leave", "the right to return".

    Not so after verbs that imply it ("managed to leave", "was forced to leave") or report it, in the perfect ("is said to
    have left"), after ordinals ("the first to leave"), and after "only" ("came back only to leave").
    """
    words = lists()
    if not is_infinitive(token) or any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children):
        return False
    head = token.head
    if is_yet_to(token):
        return False
    if token.dep_ in ("acl", "relcl"):
        ranked = {c.lower_ for c in (head, *head.children)} & words["ranks"]
        return not ranked
    return (
        token.dep_ in ("xcomp", "ccomp")
        and head.lemma_.lower() not in words["implying"] | words["failing"] | words["failing_adjectives"]
    )


def _is_asked(trigger: Word) -> bool:
    """Whether the trigger is the main verb of a question."""
    if trigger.dep_ != "ROOT":
        return False
    return any(c.is_punct and c.text == "?" for c in trigger.children)


def _is_aim(token: Word) -> bool:
    """Whether a copula says what somebody's aim is: "the goal is to break through"."""
    intending = lists()["intending"]
    return token.lemma_ == "be" and any(c.dep_ == "nsubj" and c.lemma_.lower() in intending for c in token.children)


def _has_condition(token: Word) -> bool:
    """Whether a verb stands under "if", or under "once" or "until" with a present: "once the town is taken"."""
    subject = next((c.i for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), token.i)
    if token.dep_ == "advcl" and any(
        c.lower_ in ("had", "were", "should") and c.i < subject < token.i for c in token.children
    ):
        return True  # "had they taken the town, ..."
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    present = token.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in token.children if "aux" in c.dep_)
    temporal = {"before", "until", "once", "when", "after"}
    firm = lists()["conditional_marks"] - temporal
    return token.dep_ == "advcl" and bool(marks & firm or (marks & {"once", "until", "before"} and present))


def _is_due(trigger: Word) -> bool:
    """For "... is a matter of time", "is a possibility": as its subject."""
    return trigger.dep_ == "nsubj" and any(
        c.dep_ == "attr"
        and (c.lower_ in OPEN or (c.lower_ in ("matter", "question") and any(o.lower_ in TIMES for o in c.subtree)))
        for c in trigger.head.children
    )


def _unverified(trigger: Word) -> bool:
    words = lists()
    sentence = sentence_of(trigger)
    return _unconfirmed().search(sentence.text) is not None or any(t.lower_ in words["unverified"] for t in sentence)


@cache
def _unconfirmed() -> re.Pattern[str]:
    return re.compile("|".join(read("firmness")["unverified_patterns"]), re.IGNORECASE)
