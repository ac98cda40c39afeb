"""What a sentence says in one mouth: triggers weighed, their kind settled by mode, like ones joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fogline.extract.factuality import Factuality, read_factuality
from fogline.extract.foretelling import condition_in, stretch
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import VERBAL, Trigger, clause
from fogline.model import Kind, Modality, Polarity, Span

ORDER = (
    Kind.CONTROL, Kind.INTENT, Kind.WITHDRAWAL, Kind.LOSSES, Kind.STRIKE, Kind.BATTLE, Kind.ADVANCE, Kind.FORCES, Kind.LOGISTICS,
    Kind.FORECAST, Kind.HUMANITARIAN, Kind.DIPLOMACY, Kind.INDICATOR, Kind.ASSESSMENT, Kind.BACKGROUND,
)  # fmt: skip
"""Which kind a clause is about where it shows several: the more telling first."""

KEPT = 2
"""Kinds kept of one clause; further ones are nearly always the nouns of its adjuncts (seen on the demonstration reports)."""

EVENTS = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL, Kind.BATTLE, Kind.STRIKE, Kind.LOSSES, Kind.FORCES, Kind.LOGISTICS})
CONATIVE = frozenset({"attempt", "try", "effort"})
"""An attempt to attack is fighting; an attempt to capture is an aim and no capture."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing said in a sentence: its kind, the trigger it turns on, how firmly it is put."""

    kind: Kind
    trigger: Trigger
    factuality: Factuality


def heard(triggers: Sequence[Trigger], first: int, last: int, cue: frozenset[int] = frozenset()) -> tuple[Heard, ...]:
    """What the triggers of one sentence in one mouth say; words outside token ``first`` to ``last`` belong to others.

    ``cue`` are the positions of the words of saying.
    """
    placed = {clause(t.token).i for t in triggers if t.kind is Kind.BACKGROUND and t.phrase}
    distances = [
        t for t in triggers if t.kind is Kind.ADVANCE and t.phrase.endswith(" from") and clause(t.token).i in placed
    ]
    found = [
        _settled(t, read_factuality(t.token, first, last, thing=_is_thing(t), cue=cue))
        for t in triggers
        if t not in distances
    ]
    kept: list[Heard] = []
    for head in dict.fromkeys(clause(h.trigger.token).i for h in found):
        own = [h for h in found if clause(h.trigger.token).i == head]
        own.sort(
            key=lambda h: (ORDER.index(h.kind), *_eventful(h), h.trigger.token.pos_ not in VERBAL, h.trigger.token.i)
        )
        kinds: list[Kind] = []
        for entry in own:
            if entry.kind is not Kind.CONTROL and entry.kind in kinds:
                continue
            if entry.kind not in kinds and len(kinds) == KEPT:
                continue
            kinds.append(entry.kind)
            kept.append(entry)
    if any(h.kind not in (Kind.BACKGROUND, Kind.FORECAST) for h in kept):
        kept = [h for h in kept if h.kind is not Kind.BACKGROUND or h.trigger.phrase]
    kept = [h for h in kept if not _merely_foretells(h, kept)]
    return tuple(sorted(kept, key=lambda h: h.trigger.token.i))


def _merely_foretells(entry: Heard, kept: Sequence[Heard]) -> bool:
    """Whether a word of foretelling says nothing but that another of the triggers is to come: "is expected to fall"."""
    if entry.trigger.kind is not Kind.FORECAST or entry.trigger.token.pos_ not in VERBAL:
        return False
    governed = {token.i for token in entry.trigger.token.subtree}
    return any(h.trigger.token.i in governed and h is not entry and h.kind is Kind.FORECAST for h in kept)


def beside(sentence: Stretch, inside: Sequence[Word], entries: Sequence[Heard]) -> tuple[Heard, ...]:
    """What is foretold beside the events of a sentence, in a part of it that holds none: "..., and we will be able to ..."."""
    text, first = sentence.text, sentence.start_char
    held = {stretch(text, at) for entry in entries if not _in_condition(text, at := entry.trigger.token.idx - first)}
    found: dict[Span, Heard] = {}
    for token in inside:
        part = stretch(text, token.idx - first)
        if _in_condition(text, token.idx - first):
            continue
        if part not in held and token.pos_ in VERBAL and any(c.lower_ in FUTURE for c in token.children):
            factuality = read_factuality(token, inside[0].i, inside[-1].i + 1)
            found.setdefault(part, Heard(Kind.FORECAST, Trigger(token, Kind.FORECAST), factuality))
    return tuple(found.values())


def _in_condition(text: str, at: int) -> bool:
    condition = condition_in(text, at)
    return condition is not None and condition.start <= at < condition.end


FUTURE = frozenset({"will", "shall", "’ll", "'ll", "may", "might", "could"})
"""Auxiliaries of what is to come."""


def _eventful(entry: Heard) -> tuple[int, ...]:
    """Among forecasts first what names an event, not the word for foretelling or trying it."""
    kind = entry.trigger.kind
    return (kind in (Kind.INTENT, Kind.FORECAST),) if entry.kind is Kind.FORECAST else (0,)


THINGS = frozenset({Kind.FORCES, Kind.LOGISTICS, Kind.HUMANITARIAN})
"""Kinds whose nouns are mostly people and things."""


def _is_thing(trigger: Trigger) -> bool:
    return trigger.kind in THINGS and trigger.token.pos_ == "NOUN"


def _settled(trigger: Trigger, factuality: Factuality) -> Heard:
    kind = trigger.kind
    if kind is Kind.INTENT and trigger.token.lemma_.lower() in CONATIVE:
        kind = Kind.BATTLE
    mode = factuality.modality
    if kind is Kind.CONTROL and factuality.polarity is Polarity.NEGATIVE and _insufficient(trigger.token):
        return Heard(Kind.ASSESSMENT, trigger, factuality)
    if kind is Kind.CONTROL and mode is Modality.ACTUAL and any(c.lower_ == "can" for c in trigger.token.children):
        return Heard(Kind.ASSESSMENT, trigger, factuality)  # what somebody is able to do is not done
    if mode is Modality.INTENDED and kind is not Kind.INTENT and not (kind in EVENTS and _tried(trigger.token)):
        kind = Kind.INTENT
    elif mode in (Modality.PREDICTED, Modality.CONDITIONAL) and kind in EVENTS | {Kind.CONTROL, Kind.INTENT}:
        kind = Kind.FORECAST
    if kind is Kind.INTENT and mode is Modality.ACTUAL:
        factuality = replace(factuality, modality=Modality.INTENDED)
    return Heard(kind, trigger, factuality)


def _tried(token: Word) -> bool:
    return token.dep_ in ("xcomp", "acl", "pobj", "pcomp", "dobj") and any(
        ancestor.lemma_.lower() in CONATIVE for ancestor in list(token.ancestors)[:2]
    )


def _insufficient(token: Word) -> bool:
    """Whether what is denied is the means ("too few to capture"), which says nothing about who holds the place."""
    return token.dep_ in ("xcomp", "advcl", "ccomp") and token.head.pos_ in ("ADJ", "AUX")
