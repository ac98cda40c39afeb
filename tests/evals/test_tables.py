import json

import pytest
from evals import tables

DAY = {"text": "It fell on 10 September 2022.", "published": None}


def row(edtf: str) -> dict[str, object]:
    return {**DAY, "expect": [{"text": "10 September 2022", "edtf": edtf}]}


def test_a_case_is_right_where_the_value_is() -> None:
    score = tables.dates([row("2022-09-10"), row("2022-09")])
    assert (score.right, score.cases, score.rows_right, score.rows) == (1, 2, 1, 2)
    assert len(score.misses) == 1


def test_what_is_found_beside_counts_as_a_case_wrong() -> None:
    score = tables.dates([{**DAY, "expect": []}])
    assert (score.right, score.cases, score.rows_right) == (0, 1, 0)


def test_a_row_that_holds_nothing_is_right_where_nothing_is_found() -> None:
    score = tables.amounts([{"text": "The 3rd brigade left.", "expect": []}])
    assert (score.right, score.cases, score.rows_right) == (1, 1, 1)


@pytest.mark.parametrize("name", ["dates", "quantities"])
def test_the_tables_are_broad(name: str) -> None:
    rows = [json.loads(line) for line in (tables.FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert sum(len(row["expect"]) for row in rows) >= 120
    assert sum(not row["expect"] for row in rows) >= 20
    assert len({(row["text"], row.get("published")) for row in rows}) == len(rows)
