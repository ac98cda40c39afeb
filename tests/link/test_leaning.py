"""What two statements lean to where the comparators are silent, and what it rests on."""

import json
import math
from dataclasses import replace

import pytest

from fogline.comparing import heard_pairs
from fogline.config import Settings
from fogline.link import features, leaning, statements
from fogline.model import Relation

PAIRS = {
    "one thing, told by two": (
        ("Trucks with flour reached Kupiansk on Friday, the aid office said.", "2024-06-08"),
        (
            "Flour was brought to Kupiansk by lorry on Friday, a shopkeeper said. People were waiting for it.",
            "2024-06-08",
        ),
    ),
    "no claim in either": (
        ("The bakery opened again.", "2024-06-01"),
        ("The bakery stayed shut for another week.", "2024-06-02"),
    ),
    "one day, two hours of it": (
        ("Two people were hurt when a drone hit a bus in Kherson, the governor said on Friday morning.", "2024-06-07"),
        ("Nine were hurt in all when a bus was hit in Kherson, the governor said on Friday evening.", "2024-06-07"),
    ),
    "capture and denial": (
        ("Russian forces have taken Kupiansk, the ministry in Moscow said.", "2024-06-07"),
        ("Kupiansk is held by Ukraine, and reports of its fall are false, the General Staff said.", "2024-06-07"),
    ),
}


@pytest.fixture(scope="module")
def weighed(tmp_path_factory):
    file = tmp_path_factory.mktemp("pairs") / "pairs.jsonl"
    rows = (
        {
            "id": name,
            "theatre": "ukraine",
            "a": {"text": a[0], "outlet": "Harbour Times", "published": a[1]},
            "b": {"text": b[0], "outlet": "Hill Echo", "published": b[1]},
        }
        for name, (a, b) in PAIRS.items()
    )
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return {name: (a, b, theatre) for name, a, b, theatre in heard_pairs(file, Settings(workers=1))}


def told(weighed, name):
    return statements.weighed(*weighed[name])


@pytest.mark.parametrize("name", PAIRS)
def test_whichever_is_given_first_the_features_are_the_same(weighed, name):
    a, b = told(weighed, name)
    assert features.between(a, b) == features.between(b, a)


@pytest.mark.parametrize("name", PAIRS)
def test_features_are_between_nothing_and_all_and_each_has_its_weights(weighed, name):
    found = features.between(*told(weighed, name))
    assert all(0 <= value <= 1 for value in found.values())
    assert set(found) == set(leaning.relations().weights)
    tied = {relation.value for relation in Relation} - {"unrelated"}
    assert set(leaning.aspects().weights) == set(found) | tied


def test_chances_follow_from_sums_of_the_weights(weighed):
    found = features.between(*told(weighed, "capture and denial"))
    table = leaning.relations()
    sums = [
        bias + math.fsum(value * table.weights[name][n] for name, value in found.items())
        for n, bias in enumerate(table.bias)
    ]
    whole = math.fsum(map(math.exp, sums))
    chances = table.chances(found)
    assert math.isclose(math.fsum(chances.values()), 1.0)
    assert all(math.isclose(chances[name], math.exp(s) / whole) for name, s in zip(table.outcomes, sums, strict=True))


def test_a_pair_that_no_comparator_ties_is_weighed_and_says_by_what(weighed):
    verdict = statements.relate(*weighed["one thing, told by two"])
    assert verdict.relation is Relation.CORROBORATES
    assert verdict.aspect in ("humanitarian", "logistics")
    first, *others = verdict.reasons
    assert first.name == "weighed"
    assert "corroborates is likeliest" in first.detail
    assert others
    found = features.between(*told(weighed, "one thing, told by two"))
    assert all(found[reason.name] > 0 for reason in others)


def test_statements_in_which_nothing_is_heard_still_have_features(weighed):
    a, b = told(weighed, "no claim in either")
    found = features.between(a, b)
    assert found["heard in none"] == 1
    assert found["opposed: open"] == 1
    assert found["words shared"] > 0


def test_of_one_day_the_later_hour_is_later(weighed):
    found = features.between(*told(weighed, "one day, two hours of it"))
    assert found["later in the day"] == 1
    assert found["more of one thing, later"] == 1
    assert found["less of one thing, later"] == 0


def test_in_a_language_without_cues_the_comparators_word_stands(weighed):
    a, b = told(weighed, "one thing, told by two")
    foreign = replace(a, document=replace(a.document, language="uk"))
    silent = statements.Verdict(Relation.UNRELATED, "", ())
    assert leaning.settle(silent, a, b) != silent
    assert leaning.settle(silent, foreign, b) is silent


def test_a_contradiction_that_is_not_likely_enough_is_told_as_a_doubt(weighed, monkeypatch):
    a, b = told(weighed, "capture and denial")
    silent = statements.Verdict(Relation.UNRELATED, "", ())
    assert leaning.settle(silent, a, b).relation is Relation.CONTRADICTS
    monkeypatch.setattr(leaning, "_CONTRADICTS", 1.0)
    (reason,) = leaning.settle(silent, a, b).reasons
    assert "may contradict" in reason.detail


def chances(**given):
    rest = (1 - sum(given.values())) / (len(Relation) - len(given))
    return {relation.value: given.get(relation.value, rest) for relation in Relation}


@pytest.mark.parametrize(
    ("likely", "comparators", "said"),
    [
        ({"contradicts": 0.6}, "unrelated", "unrelated"),
        ({"contradicts": 0.9}, "unrelated", "contradicts"),
        ({"contradicts": 0.05, "updates": 0.5}, "contradicts", "updates"),
        ({"contradicts": 0.3, "updates": 0.5}, "contradicts", "contradicts"),
        ({"corroborates": 0.4, "unrelated": 0.35}, "unrelated", "unrelated"),
        ({"corroborates": 0.5, "unrelated": 0.35}, "unrelated", "corroborates"),
        ({"corroborates": 0.7, "updates": 0.2}, "updates", "updates"),
        ({"corroborates": 0.9, "updates": 0.02}, "updates", "corroborates"),
    ],
)
def test_a_contradiction_has_to_be_likely_and_a_comparator_outdone_by_far(likely, comparators, said):
    assert leaning.likeliest(chances(**likely), Relation(comparators)).value == said
