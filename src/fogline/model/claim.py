"""One speaker asserts one thing in one passage."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fogline.model.ahead import Ahead
from fogline.model.identity import fingerprint
from fogline.model.place import Place
from fogline.model.quantity import Quantity
from fogline.model.span import Span, Spans
from fogline.model.when import UNKNOWN_WHEN, When

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode

THIRD = "third"
"""The side of outsiders to a conflict."""
UNKNOWN_SIDE = "unknown"
"""The side where it is not known."""
CONTESTED = "contested"
"""The holder, or the status, where no side holds a place alone."""


class Kind(StrEnum):
    """What a claim is about."""

    CONTROL = "control"
    ADVANCE = "advance"
    WITHDRAWAL = "withdrawal"
    BATTLE = "battle"
    STRIKE = "strike"
    LOSSES = "losses"
    FORCES = "forces"
    LOGISTICS = "logistics"
    INTENT = "intent"
    FORECAST = "forecast"
    INDICATOR = "indicator"
    ASSESSMENT = "assessment"
    DIPLOMACY = "diplomacy"
    HUMANITARIAN = "humanitarian"
    BACKGROUND = "background"


class Polarity(StrEnum):
    """Whether the speaker says that it is so or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """How sure the speaker is (FactBank's scale)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Modality(StrEnum):
    """Whether the event is put as having happened, as aimed at, as to come, as a condition, or as only reported."""

    ACTUAL = "actual"
    INTENDED = "intended"
    PREDICTED = "predicted"
    CONDITIONAL = "conditional"
    UNVERIFIED = "reported-as-unverified"


class AttributionType(StrEnum):
    """The form of the speech (PARC/PolNeAR)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class SpeakerType(StrEnum):
    """What sort of voice a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A voice in an attribution chain: who speaks, or through whom it is heard."""

    name: str
    role: str = ""
    affiliation: str = ""
    side: str = UNKNOWN_SIDE
    type: SpeakerType = SpeakerType.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content spans (the PARC/PolNeAR scheme) and the chain: speaker, then each relay, up to the outlet.

    An unattributed sentence has type ``none``, no source or cue, and the outlet alone in its chain.
    """

    type: AttributionType = AttributionType.NONE
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    chain: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The claim's kind in the words of event coders: PLOVER event type, CAMEO root code, ACLED sub-event type."""

    plover: str = ""
    cameo: str = ""
    acled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """Who read the text: name and version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person set right in a reading: the field, what was heard and what it is now, who, why and on which day.

    ``claim`` and ``judgement`` are the ids of the claim as it was heard and of the judgement.
    """

    claim: str
    field: str
    was: str
    now: str
    person: str
    reason: str
    day: date
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One speaker asserts one thing in one passage; frozen, and never edited.

    ``span`` is the passage in the document's text and ``quote`` its very words. ``holder`` is a side's code for control
    claims, and for forecasts of control, else empty; ``actor`` and ``target`` are side codes of who acts on whom, where known.
    ``ahead`` is what a forecast foretells, and ``when`` is then by when. ``corrected`` is what people set right in it: a ledger
    never holds such a claim, it is made where judgements are applied, and it keeps the id of the claim as it was heard.
    """

    document_id: str
    span: Span
    quote: str
    kind: Kind
    attribution: Attribution
    extractor: Extractor
    holder: str = ""
    actor: str = ""
    target: str = ""
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    modality: Modality = Modality.ACTUAL
    places: tuple[Place, ...] = ()
    when: When = UNKNOWN_WHEN
    quantities: tuple[Quantity, ...] = ()
    manner: str = ""
    codes: Codes = field(default_factory=Codes)
    ahead: Ahead | None = None
    corrected: tuple[Correction, ...] = ()
    id: str = field(init=False, compare=False)
    """The claim's name by content: where it stands, who read it, and all that was read from it before any correction."""

    def __post_init__(self) -> None:
        """Name the claim once; it is asked for often."""
        object.__setattr__(self, "id", self.corrected[0].claim if self.corrected else self._name())

    @property
    def speaker(self) -> Speaker:
        """Who asserts it: the first of the chain."""
        return self.attribution.chain[0]

    @property
    def outlet(self) -> Speaker:
        """Through whom it is read: the last of the chain."""
        return self.attribution.chain[-1]

    def _name(self) -> str:
        chain = [[s.name, s.role, s.affiliation, s.side, s.type] for s in self.attribution.chain]
        spans = [[[s.start, s.end] for s in g] for g in (self.attribution.source, self.attribution.content)]
        reading = [
            self.holder,
            self.actor,
            self.target,
            self.polarity,
            self.certainty,
            self.modality,
            self.manner,
            [[p.name, p.geonameid, p.precision] for p in self.places],
            [self.when.edtf, self.when.basis],
            [[q.low, q.high, q.unit, q.of] for q in self.quantities],
        ]
        if self.ahead is not None:
            reading.append([self.ahead.event, self.ahead.likelihood, self.ahead.words, self.ahead.condition])
        return fingerprint(
            "claim",
            self.document_id,
            self.span.start,
            self.span.end,
            self.kind,
            self.extractor.name,
            self.extractor.version,
            _ENCODE([chain, spans, reading]),
        )
