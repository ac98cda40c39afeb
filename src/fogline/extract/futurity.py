"""What the parse says of whether a thing heard lies ahead: done already, or the subject of a "would"."""

from __future__ import annotations

from fogline.extract.foretelling import Context
from fogline.extract.readings import THINGS, Heard
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import VERBAL, clause
from fogline.model import Kind, Modality, Polarity

MODALS = frozenset({"will", "would", "shall", "may", "might", "could", "can", "should", "’ll", "'ll"})
AWAITED = frozenset(
    {
        *("likely", "unlikely", "certain", "sure", "bound", "set", "due", "expected", "poised", "about"),
        *("probable", "improbable", "inevitable", "imminent", "possible"),
    }
)
"""Words that put what is said of a thing ahead: "supplies are likely to be cut"."""
DEEMING = frozenset({"consider", "deem", "think", "judge", "call", "see", "regard"})
"""Verbs that say how likely something is held to be: "considers an attack improbable"."""
GOING_ON = frozenset(
    {
        "continue",
        "intensify",
        "resume",
        "increase",
        "grow",
        "worsen",
        "escalate",
        "begin",
        "start",
        "stop",
        "end",
        "go",
        "spread",
        "follow",
    }
)
"""Verbs that say of a deed that it goes on: "shelling would continue" foretells the shelling."""
FORETELLING = frozenset(
    {"expect", "predict", "forecast", "foresee", "anticipate", "doubt", "risk", "threaten", "point"}
)
"""Verbs in whose present a thing lies ahead."""


def context_of(entry: Heard, sentence: Stretch, *, reported: bool, ends: int = -1) -> Context:
    """A thing heard in its sentence, for ``foretelling.foretold``; ``reported`` where another than the outlet says it.

    ``ends`` is where the speech that it stands in ends in the sentence.
    """
    token = entry.trigger.token
    return Context(
        text=sentence.text,
        at=token.idx - sentence.start_char,
        kind=entry.trigger.kind,
        polarity=Polarity.POSITIVE if entry.trigger.phrase.startswith("without ") else entry.factuality.polarity,
        modality=entry.factuality.modality,
        reported=reported,
        subject_of_would=token.dep_ in ("nsubj", "csubj")
        and clause(token).lemma_.lower() not in GOING_ON
        and any(c.dep_ == "aux" and c.lower_ in ("would", "could") for c in clause(token).children),
        ends=ends,
        done=entry.trigger.kind is not Kind.FORECAST and _is_done(entry),
    )


def _is_done(entry: Heard) -> bool:
    """Whether what is told has been or is going on: "took", "has not been taken", "is severing"; and things that are there."""
    token = entry.trigger.token
    verb = token if token.pos_ in VERBAL else clause(token)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_.startswith("aux")}
    if auxiliaries & MODALS:
        return False
    told = entry.factuality.modality in (Modality.ACTUAL, Modality.UNVERIFIED)
    if token.pos_ not in VERBAL and entry.kind in THINGS and told:
        return not (token.dep_ in ("nsubj", "nsubjpass") and any(c.lower_ in AWAITED for c in verb.children))
    near = verb.subtree if verb.lemma_.lower() in DEEMING else verb.children
    awaited = any(c.lower_ in AWAITED for c in near) or _is_wagered(verb)
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and verb.lemma_ != "be" and verb.lemma_.lower() not in FORETELLING
    finite = (finite and not (awaited and verb.tag_ != "VBD")) or (
        verb.tag_ == "VBN" and bool(auxiliaries & {"was", "were"})
    )
    lasting = verb.tag_ == "VBG" and bool(auxiliaries & {"is", "are", "was", "were"})
    return told and (finite or lasting or bool(auxiliaries & {"has", "have", "had"}))


def _is_wagered(verb: Word) -> bool:
    """Whether a present stands under "odds are that" or "chances are that"."""
    return verb.dep_ == "ccomp" and any(c.lower_ in ("odds", "chances") for c in verb.head.children)
