"""Every format of another program is read again by that program's own library."""

import io
import json

import pytest
from tests.publish.exports.made import WORST, account, hostile

from fogline import registry

WORLDS = pytest.mark.parametrize("made", [account, hostile])


def written(name, made):
    return registry.pick("export", name)().write(made)


@WORLDS
@pytest.mark.parametrize("sheet", ["claims", "links", "control"])
def test_parquet_has_the_rows_of_json_lines_with_their_types(sheet, made):
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(written(f"{sheet}.parquet", made())))
    lines = [json.loads(line) for line in written(f"{sheet}.jsonl", made()).decode().split("\n")[:-1]]
    told = [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in table.to_pylist()
    ]
    assert told == lines
    assert table.schema.field(0).metadata[b"description"]


@WORLDS
def test_stix_is_valid_and_every_reference_leads_somewhere(made):
    import stix2

    text = written("stix", made()).decode()
    bundle = stix2.parse(text, allow_custom=False)
    ids = {one.id for one in bundle.objects}
    assert len(ids) == len(bundle.objects)
    named = [one[key] for one in json.loads(text)["objects"] for key in one if key.endswith("_ref")]
    named += [name for one in json.loads(text)["objects"] for name in one.get("object_refs", [])]
    assert set(named) <= ids
    kinds = {one.relationship_type for one in bundle.objects if one.type == "relationship"}
    assert kinds == {"asserts", "contradicts", "corroborates"}


def test_stix_tells_what_was_claimed_from_what_was_assessed():
    made = account()
    objects = json.loads(written("stix", made))["objects"]
    told = [next(iter(one["extensions"].values())) for one in objects if one["type"] == "note"]
    claimed = [one for one in told if one["standing"] == "claimed"]
    assessed = [one for one in told if one["standing"] == "assessed"]
    assert len(claimed) == len(made.claims)
    assert all({"document", "start", "end", "chain", "family"} <= one.keys() for one in claimed)
    assert len(assessed) == sum(len(control.timeline) for control in made.control)
    assert all(0 <= one["doubt"] <= 1 and one["belief"] for one in assessed)


@WORLDS
def test_follow_the_money_knows_every_schema_and_property(made):
    followthemoney = pytest.importorskip(
        "followthemoney", reason="needs ICU and a compiler: pip install followthemoney"
    )
    found = [json.loads(line) for line in written("followthemoney", made()).decode().split("\n")[:-1]]
    ids = {row["id"] for row in found}
    for row in found:
        proxy = followthemoney.model.get_proxy(row)
        proxy.schema.validate({"properties": row["properties"]})
        assert set(row["properties"]) <= set(proxy.schema.properties)
        for name, value in proxy.itervalues():
            assert name.type.name != "entity" or value in ids
        kept = {name for name, values in row["properties"].items() if values}
        assert kept == set(proxy.properties), row


def test_follow_the_money_names_only_what_its_model_had_when_this_was_written():
    known = {
        "Person": {"name", "summary"}, "Organization": {"name", "summary"}, "LegalEntity": {"name", "summary"},
        "Address": {"name", "full", "latitude", "longitude"},
        "Article": {"title", "fileName", "publishedAt", "publisher", "bodyText", "sourceUrl"},
        "Event": {"name", "summary", "description", "startDate", "endDate", "recordId", "addressEntity", "location", "proof"},
        "UnknownLink": {"subject", "object", "role", "date", "proof"},
    }  # fmt: skip
    for line in written("followthemoney", account()).decode().split("\n")[:-1]:
        row = json.loads(line)
        assert set(row["properties"]) <= known[row["schema"]]


# Of rdflib's own making: its reader of JSON-LD uses what rdflib calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
@WORLDS
def test_claim_reviews_are_a_graph_of_schema_org(made):
    import rdflib

    account = made()
    graph = rdflib.Graph().parse(data=written("claimreview", account).decode(), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == len(account.claims)
    assert {str(graph.value(one, schema.text)) for one in claims} == {claim.quote for claim in account.claims}
    reviews = set(graph.subjects(rdflib.RDF.type, schema.ClaimReview))
    assert len(reviews) == len({grade.claim for grade in account.conclusions.grades} & account.every.keys())
    for review in reviews:
        assert graph.value(review, schema.itemReviewed) in claims
        rating = graph.value(review, schema.reviewRating)
        value = graph.value(rating, schema.ratingValue)
        assert value is None or 1 <= int(value) <= 5


@WORLDS
def test_provenance_is_read_and_written_again_by_prov(made):
    from prov.model import ProvDocument

    account = made()
    text = written("prov", account).decode()
    document = ProvDocument.deserialize(content=text, format="json")
    assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document
    told = json.loads(text)
    there = {name for kind in ("entity", "activity", "agent") for name in told[kind]}
    for kind, rows in told.items():
        if kind in ("wasGeneratedBy", "used", "wasDerivedFrom", "wasAssociatedWith", "wasAttributedTo"):
            assert {value for row in rows.values() for value in row.values()} <= there
    assert sum(row.get("fogline:standing") == "claimed" for row in told["entity"].values()) == len(account.claims)


def test_hostile_words_stay_words_in_every_format():
    for name in ("stix", "followthemoney", "claimreview", "prov"):
        assert json.dumps(WORST, ensure_ascii=False) in written(name, hostile()).decode()


def test_a_format_without_its_library_says_how_to_install_it(monkeypatch):
    import sys

    from fogline.errors import UsageError

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pyarrow") as told:
        written("claims.parquet", account())
    assert "fogline[export]" in told.value.hint
