"""The tables of sentences and how they are judged."""

import json

import pytest
from evals import sentences


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (sentences.FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("name", "least"), [("factuality", 80), ("control", 60)])
def test_the_tables_are_broad(name: str, least: int) -> None:
    table = rows(name)
    assert len({row["text"] for row in table}) == len(table) >= least


def test_a_third_of_the_table_of_control_is_no_claim_of_it() -> None:
    table = rows("control")
    assert 3 * sum(not row["expect"] for row in table) >= len(table)


def test_a_wrong_row_is_not_right() -> None:
    text = "Russian forces captured Borova."
    claims = next(iter(sentences.hear([text])))
    right = {"place": "Borova", "holder": "RU", "manner": "taking", "polarity": "positive"}
    assert sentences.held({"text": text, "expect": [right]}, claims)
    assert not sentences.held({"text": text, "expect": [{**right, "holder": "UA"}]}, claims)
    assert not sentences.held({"text": text, "expect": []}, claims)
    firm = {
        "text": text,
        "at": "captured",
        "by": "",
        "polarity": "positive",
        "certainty": "certain",
        "modality": "actual",
    }
    assert sentences.firm(firm, claims)
    assert not sentences.firm({**firm, "polarity": "negative"}, claims)
