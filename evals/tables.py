"""The project's own tables of dates and quantities, written from knowledge of the language, and how they are scored.

    python -m evals.tables [--verbose]

A row has a text and what it holds, in order; a row that holds nothing is there to be left alone. Everything expected,
everything found beside it, and every row that holds nothing is one case; the figure is the share of cases right.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fogline.extract import quantities
from fogline.model import UNKNOWN_WHEN, AnchorEvent, Basis, Precision, Quantity, Span, When
from fogline.timex import find

FOLDER = Path(__file__).parent / "tables"
ANCHORS = (
    AnchorEvent(
        name="full-scale invasion",
        phrases=("full-scale invasion", "2022 invasion", "invasion", "full-scale war", "war"),
        day=date(2022, 2, 24),
    ),
)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Cases right out of all, rows wholly right out of all, and a line for each miss."""

    right: int
    cases: int
    rows_right: int
    rows: int
    misses: tuple[str, ...]


def figures(shared: Path | None = None, verbose: bool = False) -> dict[str, float]:
    """Each table's share of cases right, and of rows with nothing missed and nothing wrong; needs no other data."""
    measured: dict[str, float] = {}
    for name, score in (("dates", dates()), ("quantities", amounts())):
        measured[name] = score.right / score.cases
        measured[f"{name}_rows"] = score.rows_right / score.rows
        if verbose:
            print(*score.misses, sep="\n")
    return measured


def dates(rows: Iterable[Row] | None = None) -> Score:
    """The score on the table of dates: the EDTF string, and the basis where the row names one."""
    return _score(rows or _rows("dates.jsonl"), _dates_found, _same_date)


def amounts(rows: Iterable[Row] | None = None) -> Score:
    """The score on the table of quantities: bounds, unit, what is counted, approximation."""
    return _score(rows or _rows("quantities.jsonl"), _amounts_found, _same_amount)


def _rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines() if line.strip()]


def _dates_found(row: Row) -> list[tuple[Span, object]]:
    published = UNKNOWN_WHEN
    if row["published"]:
        day = date.fromisoformat(row["published"])
        published = When(start=day, end=day, edtf=row["published"], precision=Precision.DAY, basis=Basis.STATED)
    return [(timex.span, timex.when) for timex in find(row["text"], published=published, anchors=ANCHORS)]


def _same_date(wanted: Row, found: object) -> bool:
    assert isinstance(found, When)
    return (found.edtf, found.basis) == (wanted["edtf"], wanted.get("basis", found.basis))


def _amounts_found(row: Row) -> list[tuple[Span, object]]:
    return [(amount.span, amount.quantity) for amount in quantities.find(row["text"])]


def _same_amount(wanted: Row, found: object) -> bool:
    assert isinstance(found, Quantity)
    return (found.low, found.high, found.unit, found.of, found.approximate) == (
        wanted["low"], wanted["high"], wanted["unit"], wanted["of"], wanted["approximate"],
    )  # fmt: skip


def _score(rows: Iterable[Row], read: Any, same: Any) -> Score:
    right = cases = rows_right = count = 0
    misses: list[str] = []
    for row in rows:
        found: Sequence[tuple[Span, object]] = read(row)
        hits, own = _compare(row, found, same, misses)
        right, cases, rows_right, count = right + hits, cases + own, rows_right + (hits == own), count + 1
    return Score(right, cases, rows_right, count, tuple(misses))


def _compare(row: Row, found: Sequence[tuple[Span, object]], same: Any, misses: list[str]) -> tuple[int, int]:
    """Cases right and all cases of a row."""
    free = list(found)
    right = at = 0
    for wanted in row["expect"]:
        start = row["text"].index(wanted["text"], at)
        span = Span(start, start + len(wanted["text"]))
        at = span.end
        met = [pair for pair in free if pair[0].overlaps(span)]
        hit = next((pair for pair in met if same(wanted, pair[1])), None)
        right += hit is not None
        if hit is None:
            misses.append(f"{row['text']}\n    wanted {wanted}\n    found  {[pair[1] for pair in met]}")
        for pair in [hit] if hit else met[:1]:
            free.remove(pair)
    misses += [f"{row['text']}\n    found beside {pair[1]}" for pair in free]
    if not row["expect"]:
        return int(not found), max(1, len(found))
    return right, len(row["expect"]) + len(free)


if __name__ == "__main__":
    for figure, value in figures(verbose="--verbose" in sys.argv).items():
        print(f"{figure}  {value:.3f}")
