"""The fit of the weights, on some rows."""

import tomllib

from evals import leaning_fit
from evals.pairs import JUDGED, rows_of

from fogline.link import leaning


def test_the_same_rows_give_the_same_weights_and_they_say_most_of_the_rows_right(tmp_path, monkeypatch):
    rows = [row for row in rows_of() if row["part"] not in JUDGED][::30]
    found = leaning_fit.examples(rows)
    assert len(found) == len(rows)
    tables = leaning_fit.fitted(found)
    assert leaning_fit.fitted(found) == tables
    table = tables["relation"]
    told = [max(chances, key=chances.__getitem__) for e in found if (chances := table.chances(e.found))]
    right = sum(one == e.row["relation"] for one, e in zip(told, found, strict=True))
    assert right > 0.8 * len(rows)
    read = tomllib.loads("\n".join(leaning_fit.written(tables, len(rows))))
    assert tuple(read["relation"]["outcomes"]) == table.outcomes
    assert {name: tuple(row) for name, row in read["relation"]["weights"].items()} == dict(table.weights)


def test_the_weights_are_fitted_on_no_row_that_judges():
    fitted = [row for row in rows_of() if row["part"] not in JUDGED]
    first = leaning_fit.WEIGHTS.read_text("utf-8").splitlines()[1]
    assert f"on {len(fitted)} pairs" in first
    assert len(leaning.relations().weights) > 100
