"""Pairs of statements about war, written for this project: is the relation right, and is nothing called a contradiction?

    python -m evals.gate --only pairs --verbose

``tables/pairs.jsonl`` has all aspects and as many near misses. Its rows go through the whole path as ``fogline compare``
does. The comparators were tuned on the rows of the tuning part; those of the judging part were written afterwards, run
for the figure alone, and tuned on never. The rows of the wars and wars_judging parts are of five wars and of many manners, with short
paragraphs among them. They were written by somebody who had not seen the comparators, first heard at .583 and .592, and mended by
rules for what they showed, one lot after the other; two labels were changed, to what `comparing` says of a share against an explicit
whole and of "only".

``tables/pairs_blind.jsonl`` has 3,010 more, written blind by many hands after all that, and labelled by one reader each. In
the plain part they are worded as a fact-checker words statements; five lots of it were first heard by the comparators at .54,
.50, .525, .583 and .575, each after what the lots before it showed was mended (.33 to .41 before any of it). In the press
parts they are worded as good correspondents and bloggers write, hardly two words alike: .23 to .27 before. The wide part is
ten lots by ten hands, of eight wars and more and of every kind; the comparators alone have .42 of it right. On the tuning,
wars, plain, press and wide parts the weights of ``fogline.link.leaning`` are fitted; their figures are those of text that was
looked at. The judging parts nobody looks at and nothing is fitted on: wide_judging is a lot like those of the wide part,
short_judging of one sentence a statement, press_judging and apart_judging share hardly two words. They say what to expect.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.matching import share
from fogline.config import Settings
from fogline.flow import Comparison, compared

FILES = tuple(Path(__file__).parent / "tables" / name for name in ("pairs.jsonl", "pairs_blind.jsonl"))
PARTS = (
    *("tuning", "judging", "wars", "wars_judging", "plain", "press", "press_judging"),
    *("wide", "wide_judging", "short_judging", "apart_judging"),
)
JUDGED = frozenset({"judging", "press_judging", "wide_judging", "short_judging", "apart_judging"})
"""Parts whose misses nobody is shown."""
Row = Mapping[str, Any]


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """For each part: relations right; aspects right among those; non-contradictions that are not called contradictions."""
    del shared
    rows = rows_of()
    found = compare(rows)
    measured: dict[str, float] = {}
    for part in PARTS:
        own = [row for row in rows if row["part"] == part]
        measured |= {f"{part}.{name}": value for name, value in _part(own, found).items()}
    if verbose:
        print(*_misses([row for row in rows if row["part"] not in JUDGED], found), sep="\n")
    return measured


def rows_of() -> list[Row]:
    """The rows of all tables of pairs."""
    return [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines() if line.strip()]


def file_of(rows: Sequence[Row], folder: Path) -> Path:
    """A file of the rows as ``fogline compare`` takes them, without what is asked of them."""
    file = folder / "pairs.jsonl"
    given = ("id", "a", "b", "theatre")
    lines = (json.dumps({name: row[name] for name in given if name in row}) for row in rows)
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return file


def compare(rows: Sequence[Row]) -> Mapping[str, Comparison]:
    """Each row's comparison, by its id; a row that cannot be read is missing."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = compared(file_of(rows, Path(folder)), Settings(workers=1))
        return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Comparison)}


def _part(rows: Sequence[Row], found: Mapping[str, Comparison]) -> dict[str, float]:
    right = [row for row in rows if _relation(row, found) == row["relation"]]
    tied = [row for row in right if row["aspect"]]
    others = [row for row in rows if row["relation"] != "contradicts"]
    return {
        "relation": share(len(right), len(rows)),
        "aspect": share(sum(found[row["id"]].aspect in row["aspect"] for row in tied), len(tied)),
        "no_false_contradiction": share(sum(_relation(row, found) != "contradicts" for row in others), len(others)),
    }


def _relation(row: Row, found: Mapping[str, Comparison]) -> str:
    return found[row["id"]].relation.value if row["id"] in found else ""


def _misses(rows: Sequence[Row], found: Mapping[str, Comparison]) -> Iterator[str]:
    for row in rows:
        read = _relation(row, found)
        if read != row["relation"]:
            yield f"  {row['id']}: asked {row['relation']}, read {read}"
            yield from (f"      {row[side]['outlet']}, {row[side]['published']}: {row[side]['text']}" for side in "ab")
