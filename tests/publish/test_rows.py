import csv
import io
import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from tests.publish.world import NORTH, SOUTH, World, on, world

from fogline.model import Certainty, Kind, Modality, Place, PlacePrecision, Polarity, Quantity, Span, When
from fogline.publish import rows, steps, tables
from fogline.publish.views import Filter, heard_sources, ids_named, select


@pytest.fixture(scope="module")
def made() -> World:
    return world()


def valid(name: str, row: object) -> None:
    checker = jsonschema.Draft202012Validator(rows.schema(name), format_checker=jsonschema.FormatChecker())
    checker.validate(json.loads(json.dumps(row)))


@pytest.mark.parametrize("name", rows.SCHEMAS)
def test_every_schema_is_itself_valid(name):
    jsonschema.Draft202012Validator.check_schema(rows.schema(name))


def test_claims_have_their_published_shape(made):
    for row in rows.claim_rows(made.claims, made.documents, made.conclusions.families):
        valid("claim", row)
        assert row["family"]


def test_a_claim_of_an_unread_ledger_has_no_family(made):
    first = made.claims[0]
    row = rows.claim_row(first, made.documents[first.document_id])
    valid("claim", row)
    assert row["family"] is None
    assert row["document"]["published"] == "2025-02-20"
    assert row["attribution"]["source"] == []
    assert row["holder"] is None


def test_disputes_have_their_published_shape(made):
    found = list(rows.dispute_rows(made.conclusions, made.claims, made.documents, made.claims))
    assert len(found) == 2
    for row in found:
        valid("dispute", row)
    assert found[0]["a"]["side"] == NORTH
    assert found[0]["b"]["quote"].startswith("Dubrova still flies")


def test_sources_control_and_matters_have_their_published_shape(made):
    for grade in made.conclusions.sources:
        valid("source", rows.source_row(grade))
    control = rows.control_row(made.control)
    valid("control", control)
    assert control["place"] == "Dubrova"
    assert list(control["timeline"][0]) == ["from", "to", "belief", "status", "claims"]
    for row in rows.matter_rows(made.conclusions, made.claims, made.claims):
        valid("matter", row)
        assert [(a["reports"], a["voices"]) for a in row["answers"]] == [(2, 2), (2, 1)]


class Heard:
    """What one step alone hears."""

    def __init__(self, **about: object) -> None:
        self.__dict__.update(about)


def test_what_one_step_hears_has_its_published_shape(made):
    document = next(iter(made.documents.values()))
    span = Span(0, 7)
    speech = steps.attribution_row(document, Heard(source=(span,), cue=(Span(8, 12),), content=()))
    assert speech == {"doc": "first", "source": [[0, 7]], "cue": [[8, 12]], "content": []}
    valid("attribution", speech)
    nowhere = Place(name="Dubrova", text="Dubrova", precision=PlacePrecision.NOT_FOUND)
    valid(
        "toponym",
        steps.toponym_row(document, Heard(span=span, text="Dubrova", use="literal", place=nowhere, score=0.0)),
    )
    timex = steps.timex_row(document, Heard(span=span, when=on("2025-03-01")))
    valid("timex", timex)
    assert (timex["start_date"], timex["end_date"]) == ("2025-03-01", "2025-03-01")
    dozens = Quantity(low=24, high=None, unit="", of="tanks", approximate=True, text="dozens")
    valid("quantity", steps.amount_row(document, Heard(span=span, quantity=dozens)))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (When(), None),
        (on("2025-03-01"), "2025-03-01"),
        (When(start=date(2025, 3, 1), edtf="2025-03-01/.."), "2025-03-01/.."),
        (When(start=date(2025, 3, 1)), "2025-03-01/.."),
    ],
)
def test_published_is_a_day_an_interval_or_null(when, told):
    assert rows.published(when) == told


def test_filters_keep_what_was_asked_for(made):
    def kept(**wanted):
        return select(made.claims, made.documents, Filter(**wanted))

    assert len(kept()) == len(made.claims)
    assert {c.speaker.side for c in kept(side="no")} == {NORTH}
    assert {c.speaker.name for c in kept(speaker="elm")} == {"Colonel Elm"}
    assert {c.outlet.name for c in kept(speaker="southern sun")} == {"Southern Sun"}
    assert {c.kind for c in kept(kinds=frozenset({Kind.LOSSES}))} == {Kind.LOSSES}
    assert all(c.places for c in kept(place="dubrova"))
    assert kept(place="Nowhere") == ()
    assert kept(place="Other spelling", geonameids=frozenset({7})) == kept(place="Dubrova")
    assert len(kept(since=date(2025, 3, 2))) == 4
    assert len(kept(until=date(2025, 2, 28))) == 4
    assert ids_named(made.claims, "DUBROVA") == {7}
    assert [s.name for s in heard_sources(made.conclusions.sources, kept(side=SOUTH))] == ["Colonel Elm"]


def test_csv_reads_back_and_no_cell_runs_as_a_formula(made):
    found = [row | {"quote": f"=HYPERLINK(1)\n{row['quote']}"} for row in rows.claim_rows(made.claims, made.documents)]
    text = "".join(tables.csv_lines(found, tables.CLAIMS))
    back = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(back) == len(found)
    assert all(row["quote"].startswith("'=HYPERLINK") for row in back)
    assert back[0]["start"] == "0"


def test_json_lines_and_arrays_read_back(made):
    found = list(rows.claim_rows(made.claims, made.documents))
    assert [json.loads(line) for line in tables.json_lines(found)] == found
    assert json.loads("".join(tables.json_array(found))) == found
    assert json.loads("".join(tables.json_array([]))) == []


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({}, "control NO"),
        ({"polarity": Polarity.NEGATIVE}, "not control NO"),
        ({"modality": Modality.UNVERIFIED}, "unverified: control NO"),
        ({"certainty": Certainty.POSSIBLE}, "control NO (possible)"),
        ({"modality": Modality.PREDICTED, "polarity": Polarity.NEGATIVE}, "predicted: not control NO"),
        ({"kind": Kind.STRIKE, "holder": "", "polarity": Polarity.NEGATIVE}, "not strike"),
    ],
)
def test_a_table_tells_a_denial_and_a_doubt_from_a_plain_statement(made, about, told):
    claim = next(claim for claim in made.claims if claim.kind is Kind.CONTROL and claim.holder == NORTH)
    plain = {"polarity": Polarity.POSITIVE, "modality": Modality.ACTUAL, "certainty": Certainty.CERTAIN}
    row = rows.claim_row(replace(claim, **{**plain, **about}), made.documents[claim.document_id])
    assert tables.cells(row, tables.BRIEFLY["claims"])[0] == told


def test_a_table_of_control_counts_the_claims_and_names_two_speakers(made):
    row = rows.control_row(made.control)
    ids = [claim.id for claim in made.claims]
    row["timeline"] = [{**row["timeline"][0], "claims": ids}, {**row["timeline"][0], "claims": []}]
    many, none = (told["rests_on"] for told in tables.stretch_rows(row, made.claims))
    speakers = list(dict.fromkeys(claim.speaker.name for claim in made.claims))
    assert many == f"{len(ids)} claims: {speakers[0]}; {speakers[1]}; and {len(speakers) - 2} more"
    assert none == "0 claims"
    assert "claim-" not in "".join(tables.cells(next(tables.stretch_rows(row)), tables.BRIEFLY["control"]))


def test_a_table_of_matters_counts_in_english_and_tells_questions_of_one_wording_apart(made):
    (row, *_) = rows.matter_rows(made.conclusions, made.claims, made.claims)
    row["answers"] = [{**row["answers"][0], "reports": 1, "voices": 1}, {**row["answers"][1], "reports": 2}]
    answers = tables.MATTERS["answers"](row)
    assert "(1 report, 1 voice)" in answers
    assert "(2 reports, " in answers
    (timed,) = tables.timed([row], made.claims)
    asked = [claim.when for claim in made.claims if any(claim.id in answer["claims"] for answer in row["answers"])]
    days = sorted(day for when in asked for day in (when.start, when.end) if day)
    assert timed["told_of"] == " to ".join(dict.fromkeys((str(days[0]), str(days[-1]))))
    assert [one["told_of"] for one in tables.timed([row], ())] == [""]


def test_reasons_stand_in_a_table_as_sentences(made):
    row = {"reasons": [{"detail": "One thing."}, {"detail": ""}, {"detail": "Another."}]}
    assert tables.SOURCES["reasons"](row) == tables.DISPUTES["why"](row) == "One thing. Another."


def test_sources_are_asked_for_by_their_own_side_and_name(made):
    heard = heard_sources(made.conclusions.sources, made.claims, side=SOUTH.lower())
    assert heard
    assert {source.side for source in heard} == {SOUTH}
    assert [s.name for s in heard_sources(made.conclusions.sources, made.claims, speaker="elm")] == ["Colonel Elm"]
    assert heard_sources(made.conclusions.sources, (), side=SOUTH) == ()
