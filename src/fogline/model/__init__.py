"""What things are: frozen values named by their content, from the standard library alone."""

from fogline.model.account import Account
from fogline.model.ahead import Ahead, Likelihood, likelihood_of, whole_percent
from fogline.model.article import FORWARDED, Article, Given
from fogline.model.asked import MOST_COUNTED, Asked, Mark, Page, PlaceClaims, Told
from fogline.model.claim import (
    CONTESTED,
    THIRD,
    UNKNOWN_SIDE,
    Attribution,
    AttributionType,
    Certainty,
    Claim,
    Codes,
    Correction,
    Extractor,
    Kind,
    Modality,
    Polarity,
    Speaker,
    SpeakerType,
)
from fogline.model.control import UNKNOWN_STATUS, Control, Stretch, StretchAt
from fogline.model.document import Document, Furniture, FurnitureKind, KnownFrom, Origins, Part, Passage
from fogline.model.extent import Extent, extent_of
from fogline.model.grade import CREDIBILITY, RELIABILITY, ClaimGrade, SourceGrade
from fogline.model.grounds import Amendment, Grounds, Growth, Keys, Lesson, Lessons, Placed
from fogline.model.identity import fingerprint, sha256
from fogline.model.link import Answer, Family, Link, Matter, Reason, Relation
from fogline.model.place import Place, PlacePrecision
from fogline.model.quantity import Quantity
from fogline.model.ruling import NO_RULINGS, LinkRuling, Rulings, VoiceRuling
from fogline.model.run import Conclusions, Failure, Judgement, Lost, Reading, Run
from fogline.model.span import Span, Spans, merge
from fogline.model.theatre import Actor, AnchorEvent, NamedPlace, Office, Outlet, Side, Theatre
from fogline.model.when import UNKNOWN_WHEN, Basis, Precision, When

__all__ = [
    "CONTESTED",
    "CREDIBILITY",
    "FORWARDED",
    "MOST_COUNTED",
    "NO_RULINGS",
    "RELIABILITY",
    "THIRD",
    "UNKNOWN_SIDE",
    "UNKNOWN_STATUS",
    "UNKNOWN_WHEN",
    "Account",
    "Actor",
    "Ahead",
    "Amendment",
    "AnchorEvent",
    "Answer",
    "Article",
    "Asked",
    "Attribution",
    "AttributionType",
    "Basis",
    "Certainty",
    "Claim",
    "ClaimGrade",
    "Codes",
    "Conclusions",
    "Control",
    "Correction",
    "Document",
    "Extent",
    "Extractor",
    "Failure",
    "Family",
    "Furniture",
    "FurnitureKind",
    "Given",
    "Grounds",
    "Growth",
    "Judgement",
    "Keys",
    "Kind",
    "KnownFrom",
    "Lesson",
    "Lessons",
    "Likelihood",
    "Link",
    "LinkRuling",
    "Lost",
    "Mark",
    "Matter",
    "Modality",
    "NamedPlace",
    "Office",
    "Origins",
    "Outlet",
    "Page",
    "Part",
    "Passage",
    "Place",
    "PlaceClaims",
    "PlacePrecision",
    "Placed",
    "Polarity",
    "Precision",
    "Quantity",
    "Reading",
    "Reason",
    "Relation",
    "Rulings",
    "Run",
    "Side",
    "SourceGrade",
    "Span",
    "Spans",
    "Speaker",
    "SpeakerType",
    "Stretch",
    "StretchAt",
    "Theatre",
    "Told",
    "VoiceRuling",
    "When",
    "extent_of",
    "fingerprint",
    "likelihood_of",
    "merge",
    "sha256",
    "whole_percent",
]
