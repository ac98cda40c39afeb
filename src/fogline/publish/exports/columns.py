"""The columns of the exported tables: one list for CSV, HXL, Parquet, JSON Schema and the codebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fogline.publish.rows import Row


class Cell(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"
    TEXTS = "list of texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, its HXL tag with attributes, what is in its cells, and what that means.

    ``value`` takes it from a row; ``required`` says that it is never empty.
    """

    name: str
    hxl: str
    cell: Cell
    says: str
    value: Callable[[Row], Any]
    required: bool = False


def column(name: str, hxl: str, says: str, cell: Cell = Cell.TEXT, *, required: bool = False, at: str = "") -> Column:
    """A column that shows what the row holds under its name, or under ``at``."""
    key = at or name
    return Column(name=name, hxl=hxl, cell=cell, says=says, value=lambda row: row[key], required=required)


def belief_columns(states: Sequence[str]) -> tuple[Column, ...]:
    """A column for each state's belief."""

    def of(state: str) -> Column:
        return Column(
            name=f"belief_{state.lower()}",
            hxl=f"#indicator+belief+{state.lower()}+num",
            cell=Cell.NUMBER,
            says=f"Mean belief over these days that the state is {state}, 0 to 1; all states sum to one.",
            value=lambda row: row["belief"].get(state),
        )

    return tuple(of(state) for state in states)


_PASSAGE = (
    ("quote", "#description+quote", "The passage, word for word, in the document's language.", Cell.TEXT, True),
    ("document", "#meta+document+name", "The file or address the passage stands in.", Cell.TEXT, True),
    ("document_id", "#meta+document+id", "The document's name by content.", Cell.TEXT, True),
    ("sha256", "#meta+document+hash", "SHA-256 of the document's stored bytes.", Cell.TEXT, True),
    ("start", "#meta+start+num", "Where the passage begins: characters into the document's text.", Cell.WHOLE, True),
    ("end", "#meta+end+num", "Where it ends: the first character behind it.", Cell.WHOLE, True),
    ("outlet", "#meta+source+outlet", "Who published the document.", Cell.TEXT, False),
    (
        "published",
        "#date+published+edtf",
        "When it was published (EDTF); empty where the report does not say.",
        Cell.TEXT,
        False,
    ),
    ("speaker", "#contact+name+speaker", "Who asserts it.", Cell.TEXT, True),
    (
        "side",
        "#group+side+speaker",
        "Whose side the speaker is on: a code of the theatre, third, or unknown.",
        Cell.TEXT,
        True,
    ),
    (
        "chain",
        "#contact+name+list",
        "Through whom it is heard: the speaker first, each relay, the outlet last.",
        Cell.TEXTS,
        True,
    ),
    (
        "reliability",
        "#severity+source+code",
        "The speaker's reliability, Admiralty letter A to F (F: cannot be judged).",
        Cell.TEXT,
        False,
    ),
    (
        "credibility",
        "#severity+claim+code",
        "The claim's credibility, Admiralty figure 1 to 6 (6: cannot be judged).",
        Cell.WHOLE,
        False,
    ),
    (
        "family",
        "#meta+family+id",
        "Claims of one family are one voice: copies, relays, the same statement again.",
        Cell.TEXT,
        False,
    ),
)
"""What every exported claim carries: its words and where they stand, who says it, its grades and its family."""


def passage_columns(prefix: str = "", attribute: str = "") -> tuple[Column, ...]:
    """The columns of a passage; ``prefix`` sets the two ends of a link apart."""
    return tuple(
        column(f"{prefix}{name}", f"{hxl}{attribute}", says, cell, required=required)
        for name, hxl, says, cell, required in _PASSAGE
    )


CLAIMS: tuple[Column, ...] = (
    column("id", "#meta+claim+id", "The claim's name by content.", required=True),
    column(
        "standing",
        "#status+standing",
        "Always claimed: this is what somebody said, and nothing that was assessed.",
        required=True,
    ),
    column("kind", "#event+type", "What the claim is about.", required=True),
    column("holder", "#group+side+holder", "Of control claims: the side that is said to hold the place."),
    column("actor", "#group+side+actor", "The side that acts, where known."),
    column("target", "#group+side+target", "The side acted on, where known."),
    column(
        "polarity",
        "#status+polarity",
        "Whether it is said to be so (positive) or not to be so (negative).",
        required=True,
    ),
    column("certainty", "#status+certainty", "How sure the speaker is (FactBank's scale).", required=True),
    column(
        "modality",
        "#status+modality",
        "Whether it is put as having happened, or intended, predicted, conditional, reported as unverified.",
        required=True,
    ),
    *passage_columns(),
    column("place", "#loc+name", "The first place named, by the gazetteer's name."),
    column("geonameid", "#loc+code+geonames", "Its GeoNames id.", Cell.WHOLE),
    column("lat", "#geo+lat", "Its latitude (WGS84) where the gazetteer has a point; never made up.", Cell.NUMBER),
    column("lon", "#geo+lon", "Its longitude.", Cell.NUMBER),
    column(
        "place_precision",
        "#loc+precision",
        "How the words stand to the point: at the settlement, near it, a wider area.",
    ),
    column("places", "#loc+name+list", "All places named.", Cell.TEXTS, required=True),
    column("when", "#date+occurred+edtf", "The time spoken of (EDTF)."),
    column("when_from", "#date+occurred+start", "Its first day.", Cell.DAY),
    column("when_to", "#date+occurred+end", "Its last day.", Cell.DAY),
    column("when_basis", "#meta+date+basis", "How that time is known.", required=True),
    column("quantities", "#value+text", "Amounts named, in the words of the text.", Cell.TEXTS, required=True),
    column("plover", "#event+code+plover", "PLOVER event type."),
    column("cameo", "#event+code+cameo", "CAMEO root code."),
    column("acled", "#event+code+acled", "ACLED's sub-event type, by name."),
    column("language", "#meta+language", "The document's language (ISO 639-1)."),
    column("title", "#meta+document+title", "The document's title."),
    column("url", "#meta+url", "The document's address, where known."),
    column("extractor", "#meta+method", "Who read the text: name and version.", required=True),
)
"""One row a claim."""

LINKS: tuple[Column, ...] = (
    column("id", "#meta+link+id", "The link's name by content.", required=True),
    column(
        "relation",
        "#status+relation",
        "What claim a is to claim b: corroborates, contradicts, repeats, updates, qualifies.",
        required=True,
    ),
    column(
        "aspect",
        "#status+aspect",
        "In what they meet: the claims' kind, or date, quantity, polarity, explanation, scope.",
        required=True,
    ),
    column("reasons", "#description+reasons", "Why, each reason a sentence.", Cell.TEXTS, required=True),
    column("a", "#meta+claim+id+a", "The first claim.", required=True),
    *passage_columns("a_", "+a"),
    column("b", "#meta+claim+id+b", "The second claim.", required=True),
    *passage_columns("b_", "+b"),
)
"""One row a pair of claims."""


def control_columns(states: Sequence[str]) -> tuple[Column, ...]:
    """One row a stretch of days in which a settlement's assessed status stays as it is."""
    return (
        column("place", "#loc+name", "The settlement, by the gazetteer's name.", required=True),
        column("geonameid", "#loc+code+geonames", "Its GeoNames id.", Cell.WHOLE),
        column("lat", "#geo+lat", "Its latitude (WGS84), where known.", Cell.NUMBER),
        column("lon", "#geo+lon", "Its longitude.", Cell.NUMBER),
        column(
            "standing",
            "#status+standing",
            "Always assessed: worked out from the claims, and said by nobody.",
            required=True,
        ),
        column("valid_from", "#date+start", "First day of the stretch.", Cell.DAY, required=True),
        column("valid_to", "#date+end", "Last day of the stretch.", Cell.DAY, required=True),
        column("status", "#status+control", "The likely holder: a side's code, contested, or unknown.", required=True),
        *belief_columns(states),
        column(
            "doubt",
            "#indicator+doubt+num",
            "One less the belief in the likeliest state: how far the status may be wrong.",
            Cell.NUMBER,
            required=True,
        ),
        column(
            "known_by",
            "#date+known",
            "Only what had been published by this day counts; empty: all, in hindsight.",
            Cell.DAY,
        ),
        column("claims", "#meta+claim+id+list", "The claims that moved it.", Cell.TEXTS, required=True),
        column("voices", "#indicator+voices+num", "In how many families, each one voice.", Cell.WHOLE, required=True),
        column(
            "passages",
            "#description+quote+list",
            "Their words: speaker chain, quote, document, characters, published, grades.",
            Cell.TEXTS,
            required=True,
        ),
    )
