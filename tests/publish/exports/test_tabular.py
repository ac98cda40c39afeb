"""CSV with its HXL row, the codebook, JSON lines with their schema, and GeoJSON."""

import csv
import io
import json
import re

import jsonschema
import pytest
from tests.publish.exports.made import WORST, account, hostile

from fogline import registry
from fogline.publish.exports import sheets
from fogline.publish.exports.columns import Cell

HXL = re.compile(r"#[a-z]+(\+[a-z0-9_]+)*")


def written(name, made=None):
    return registry.pick("export", name)().write(made or account()).decode()


def table(name, made=None):
    head, tags, *lines = csv.reader(io.StringIO(written(name, made), newline=""))
    return head, tags, [dict(zip(head, line, strict=True)) for line in lines]


@pytest.mark.parametrize("sheet", sheets.SHEETS)
def test_a_table_names_its_columns_and_tags_them(sheet):
    head, tags, lines = table(f"{sheet}.csv")
    wanted = sheets.columns(sheet, account())
    assert head == [column.name for column in wanted]
    assert all(HXL.fullmatch(tag) for tag in tags)
    assert len(set(tags)) == len(tags)
    for column in wanted:
        if column.required and column.cell is not Cell.TEXTS:
            assert all(line[column.name] for line in lines), column.name


def test_a_claim_keeps_its_words_and_where_they_stand():
    made = account()
    _, _, lines = table("claims.csv", made)
    assert len(lines) == len(made.claims)
    for line, claim in zip(lines, made.claims, strict=True):
        document = made.documents[line["document_id"]]
        assert document.text[int(line["start"]) : int(line["end"])] == line["quote"]
        assert line["chain"].split("; ") == [voice.name for voice in claim.attribution.chain]
        assert line["standing"] == "claimed"


def test_copies_are_one_family_and_grades_are_kept_apart():
    _, _, lines = table("claims.csv")
    took = [line for line in lines if line["quote"] == "his troops took Dubrova on 1 March"]
    assert len({line["family"] for line in took}) == 1
    assert {line["reliability"] for line in lines} <= set("ABCDEF") | {""}
    assert {line["credibility"] for line in lines} <= set("123456") | {""}


def test_hostile_words_come_back_and_do_not_run():
    _, _, lines = table("claims.csv", hostile())
    assert lines[4]["quote"] == f"'{WORST}"


def test_a_link_carries_both_passages_and_why():
    _, _, lines = table("links.csv")
    assert {line["relation"] for line in lines} == {"contradicts", "corroborates"}
    assert all(line["a_quote"] and line["b_quote"] and line["reasons"] for line in lines)


def test_control_is_assessed_and_carries_its_doubt_and_its_passages():
    _, _, lines = table("control.csv")
    assert lines
    for line in lines:
        belief = [float(value) for name, value in line.items() if name.startswith("belief_")]
        assert sum(belief) == pytest.approx(1, abs=0.001)
        assert float(line["doubt"]) == pytest.approx(1 - max(belief), abs=0.001)
        assert line["standing"] == "assessed"
        assert line["valid_from"] <= line["valid_to"]
        assert line["passages"].count("characters") >= (1 if line["claims"] else 0)


def test_the_codebook_explains_every_column():
    told = {(row["table"], row["column"]): row for row in csv.DictReader(io.StringIO(written("codebook.csv")))}
    for sheet in sheets.SHEETS:
        head, tags, _ = table(f"{sheet}.csv")
        for name, tag in zip(head, tags, strict=True):
            assert told[sheet, name]["hxl"] == tag
            assert told[sheet, name]["meaning"].endswith(".")


@pytest.mark.parametrize("sheet", sheets.SHEETS)
@pytest.mark.parametrize("made", [account, hostile])
def test_lines_keep_their_schema(sheet, made):
    schema = json.loads(written(f"{sheet}.schema", made()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = [json.loads(line) for line in written(f"{sheet}.jsonl", made()).split("\n")[:-1]]
    assert lines
    for line in lines:
        validator.validate(line)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**lines[0], "standing": None, "id": None})


def test_a_map_has_a_feature_for_each_stretch():
    made = account()
    found = json.loads(written("control.geojson", made))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == sum(len(control.timeline) for control in made.control)
    assert len({feature["id"] for feature in found["features"]}) == len(found["features"])
    for feature in found["features"]:
        assert feature["geometry"] == {"type": "Point", "coordinates": [37.6, 49.7]}
        about = feature["properties"]
        assert about["valid_from"] <= about["valid_to"]
        assert 0 <= about["doubt"] <= 1
        assert about["standing"] == "assessed"
