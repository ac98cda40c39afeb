"""What is told only to be called false: "reports that the town has fallen are untrue", "Rumours say ... This is a lie."."""

from __future__ import annotations

from itertools import islice

from fogline.extract.governing import lists
from fogline.extract.naming import words
from fogline.extract.parse import sentence_of
from fogline.extract.syntax import Stretch, Word

FALSE = frozenset(
    {
        "false", "untrue", "true", "invented", "fake", "wrong", "baseless", "unfounded", "invention", "lie", "fabrication",
        "fiction", "propaganda", "disinformation", "misinformation", "hoax", "nonsense", "myth", "exaggeration", "fairytale",
    }
)  # fmt: skip
"""What a claim is called that is denied; "true" where it is negated."""

REACH = 12
"""Words up from an event to the noun for the hearsay that tells it."""


def calls_false(verb: Word) -> bool:
    """Whether a copula calls its subject untrue: "is false", "is not true"."""
    if verb.lemma_ != "be":
        return False
    negative = any(c.dep_ == "neg" for c in verb.children)
    return any(
        c.lower_ in FALSE and (c.lower_ == "true") is negative for c in verb.children if c.dep_ in ("acomp", "attr")
    )


def is_refuted(event: Word) -> bool:
    """Whether an event is what hearsay tells that the same sentence, or the next one, calls false."""
    noun = _hearsay(event)
    if noun is None:
        return False
    return _is_called_false(noun) or _next_calls_false(sentence_of(noun))


def _hearsay(event: Word) -> Word | None:
    below = event
    for token in islice(event.ancestors, REACH):
        if (
            token.lemma_.lower() in words("hearsay")
            and token.pos_ == "NOUN"
            and below.dep_ in ("acl", "ccomp", "relcl")
        ):
            owned = any(c.dep_ in ("poss", "amod") and c.lower_ not in ("any", "false", "all") for c in token.children)
            return None if owned else token
        if token.pos_ == "VERB" and _is_told(below) and _speaks_nobody(token):
            return next(c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))
        below = token
    return None


def _is_told(clause: Word) -> bool:
    """Whether a clause is what a verb tells, also where the parser hung it on elsewise: "are being spread that ..."."""
    marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
    return clause.dep_ == "ccomp" or (clause.dep_ in ("advcl", "acl") and marked)


def _speaks_nobody(verb: Word) -> bool:
    """For "rumours say that ..."."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lemma_.lower() in words("hearsay") for c in verb.children)


def _is_called_false(noun: Word) -> bool:
    """Whether the noun's own sentence says so in a word that does not turn polarity by itself, as "false" does."""
    called = [c.lower_ for c in noun.head.children if c.dep_ in ("acomp", "attr")]
    turning = any(word in lists()["failing_adjectives"] or word == "true" for word in called)
    return noun.dep_ in ("nsubj", "nsubjpass") and calls_false(noun.head) and not turning


def _next_calls_false(sentence: Stretch) -> bool:
    following = next((s for s in sentence.doc.sents if s.start == sentence.end), None)
    if following is None:
        return False
    return any(_points_at_false(t) for t in following)


def _points_at_false(verb: Word) -> bool:
    """For "this is a lie", "it is untrue, he said", but not for "it is wrong to shell civilians"."""
    if not calls_false(verb) or verb.head.dep_ != "ROOT" or verb.dep_ not in ("ROOT", "ccomp"):
        return False
    below = [c for t in (verb, *verb.children) for c in t.children]
    return any(
        c.dep_ == "nsubj" and c.lower_ in words("pointing") | {"these", "all"} for c in verb.children
    ) and not any(c.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp") for c in below)


def is_hearsay(token: Word) -> bool:
    """Whether a noun is one for what is said, by somebody or nobody in particular."""
    return token.lemma_.lower() in words("sayings") | words("hearsay") | words("tellings")
