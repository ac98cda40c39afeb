"""What the parse says of whether a thing heard lies ahead: done already, or the subject of a "would"."""

from __future__ import annotations

from fogline.extract.foretelling import Context
from fogline.extract.readings import THINGS, Heard
from fogline.extract.syntax import Stretch
from fogline.extract.triggers import VERBAL, clause
from fogline.model import Kind, Modality

MODALS = frozenset({"will", "would", "shall", "may", "might", "could", "can", "should", "’ll", "'ll"})
FORETELLING = frozenset({"expect", "predict", "forecast", "foresee", "anticipate", "doubt", "risk", "threaten"})
"""Verbs in whose present a thing lies ahead."""


def context_of(entry: Heard, sentence: Stretch, *, reported: bool) -> Context:
    """A thing heard in its sentence, for ``foretelling.foretold``; ``reported`` where another than the outlet says it."""
    token = entry.trigger.token
    return Context(
        text=sentence.text,
        at=token.idx - sentence.start_char,
        kind=entry.trigger.kind,
        polarity=entry.factuality.polarity,
        modality=entry.factuality.modality,
        reported=reported,
        subject_of_would=token.dep_ in ("nsubj", "csubj")
        and any(c.dep_ == "aux" and c.lower_ in ("would", "could") for c in clause(token).children),
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
        return True
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and verb.lemma_ != "be" and verb.lemma_.lower() not in FORETELLING
    lasting = verb.tag_ == "VBG" and bool(auxiliaries & {"is", "are", "was", "were"})
    return told and (finite or lasting or bool(auxiliaries & {"has", "have", "had"}))
