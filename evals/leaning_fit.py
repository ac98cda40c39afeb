"""Fits the weights by which two statements are weighed against each other: ``src/fogline/link/leaning.toml``.

    python -m evals.leaning_fit                  fits on all rows that are no judging part, and writes the weights
    python -m evals.leaning_fit --left-out       leaves one lot out after the other, and prints what is right in it

The rows are the pairs of ``evals/tables``, written for this project. Multinomial logistic regression with a ridge penalty
(scikit-learn's), no sampling: the same rows give the same weights. The aspect is weighed by the same features and the
relation that is asked; where a row takes several aspects each counts its share.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.pairs import JUDGED, file_of, rows_of
from fogline.comparing import heard_pairs
from fogline.config import Settings
from fogline.link import features, leaning, statements
from fogline.model import Relation

WEIGHTS = Path(leaning.__file__).with_name("leaning.toml")
STRENGTH = 0.5
"""The inverse of the penalty: .1 to 1 do alike on lots left out."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of the tables with its features."""

    row: Row
    found: features.Features


def examples(rows: Sequence[Row]) -> list[Example]:
    """The rows with their features; a row that cannot be read is left out."""
    by_id = {row["id"]: row for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        file = file_of(rows, Path(folder))
        return [
            Example(by_id[name], features.between(*statements.weighed(a, b, theatre)))
            for name, a, b, theatre in heard_pairs(file, Settings(workers=1))
        ]


def fitted(found: Sequence[Example]) -> Mapping[str, leaning.Table]:
    """The weights of relations and of aspects."""
    names = sorted(found[0].found)
    given = np.array([[e.found[name] for name in names] for e in found])
    relations = np.array([e.row["relation"] for e in found])
    tables = {"relation": _table(names, given, relations, np.ones(len(found)))}
    told = [relation.value for relation in Relation if relation is not Relation.UNRELATED]
    tied = [(n, aspect, 1 / len(e.row["aspect"])) for n, e in enumerate(found) for aspect in e.row["aspect"]]
    asked = np.array([[*given[n], *(float(relations[n] == one) for one in told)] for n, _, _ in tied])
    share = np.array([weight for _, _, weight in tied])
    return tables | {"aspect": _table([*names, *told], asked, np.array([aspect for _, aspect, _ in tied]), share)}


def _table(names: Sequence[str], given: Any, outcomes: Any, share: Any) -> leaning.Table:
    model = LogisticRegression(C=STRENGTH, max_iter=10_000, tol=1e-6).fit(given, outcomes, sample_weight=share)
    weights = {name: tuple(float(round(w, 2)) for w in model.coef_[:, n]) for n, name in enumerate(names)}
    return leaning.Table(tuple(map(str, model.classes_)), tuple(float(round(b, 2)) for b in model.intercept_), weights)


def written(tables: Mapping[str, leaning.Table], rows: int) -> Iterator[str]:
    """The lines of the file of weights."""
    yield "# What each feature of two statements adds to each relation and each aspect: fitted, not written; see leaning.py."
    yield f"# python -m evals.leaning_fit, on {rows} pairs of evals/tables."
    for name, table in tables.items():
        yield from ("", f"[{name}]", f"outcomes = {json.dumps(table.outcomes)}", f"bias = {json.dumps(table.bias)}")
        yield from ("", f"[{name}.weights]")
        yield from (f'"{feature}" = {json.dumps(row)}' for feature, row in table.weights.items())


def lot(row: Row) -> str:
    """The lot that a row was written in: one hand, one time."""
    return row["part"] if "-" not in row["id"] else row["id"].partition("-")[0]


def _left_out(found: Sequence[Example]) -> None:
    total = right = 0
    for name in sorted({lot(e.row) for e in found}):
        own = [e for e in found if lot(e.row) == name]
        table = fitted([e for e in found if lot(e.row) != name])["relation"]
        told = [max(chances, key=chances.__getitem__) for e in own if (chances := table.chances(e.found))]
        good = sum(one == e.row["relation"] for one, e in zip(told, own, strict=True))
        false = sum(one == "contradicts" != e.row["relation"] for one, e in zip(told, own, strict=True))
        print(f"{name:<14} {len(own):>5} pairs  {good / len(own):.3f} right  {false:>3} falsely contradict")
        total, right = total + len(own), right + good
    print(f"{'all':<14} {total:>5} pairs  {right / total:.3f} right")


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write, or fit and print what is right in lots left out."""
    parser = argparse.ArgumentParser(prog="python -m evals.leaning_fit", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--left-out", action="store_true", help="leave one lot out after the other and print what is right in it"
    )
    args = parser.parse_args(argv)
    found = examples([row for row in rows_of() if row["part"] not in JUDGED])
    if args.left_out:
        _left_out(found)
        return 0
    WEIGHTS.write_text("\n".join(written(fitted(found), len(found))) + "\n", "utf-8")
    print(f"{WEIGHTS.name}: {len(found)} pairs, {len(found[0].found)} features")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
