"""The project's own forecast sentences: what is foretold by whom, how likely, by when, on what condition; and near misses.

    python -m evals.forecasts [--verbose]

Each row of ``tables/forecasts.jsonl`` is heard as a report of its own, published on ``evals.sentences.DAY``. A row is right
where one forecast has its event, place, holder, last day (``null``: not asked, empty: none is told), band of ICD 203 and
condition, and no claim of control in it is put as having come about. A row with ``none`` is right where nothing is foretold.
Whose a forecast is (none: the report or nobody named) is a figure of its own, ``speakers``.

``tuning`` rows were there while the first rules were written, ``judging`` rows were written afterwards, and their misses were then
looked at. ``improving`` and ``untouched`` rows were written later still, before any rule was looked at again: the rules were made
better on the first, and of the second nobody has looked at a miss.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.sentences import FOLDER, Row, hear
from fogline.model import Claim, Kind, Modality

ANONYMOUS = ("Plain Courier", "unnamed source")


def figures(shared: Path | None = None, verbose: bool = False) -> dict[str, float]:
    """The share of rows heard right, of each half and of all; needs no other data."""
    del shared
    rows = [json.loads(line) for line in (FOLDER / "forecasts.jsonl").read_text("utf-8").splitlines()]
    right: dict[str, list[bool]] = {}
    spoken: list[bool] = []
    for row, claims in zip(rows, hear(row["text"] for row in rows), strict=True):
        wrong = problem(row, claims)
        right.setdefault(row["half"], []).append(not wrong)
        spoken += [] if "none" in row else [any(speaks(row, claim) for claim in claims if claim.ahead)]
        if verbose and wrong and row["half"] != "untouched":
            print(f"{row['text']}\n    {wrong}")
            for claim in claims:
                print(f"    {claim.speaker.name}: {claim.kind.value} {claim.holder} {claim.when.edtf} {claim.ahead}")
    every = [ok for oks in right.values() for ok in oks]
    shares = {half: sum(oks) / len(oks) for half, oks in right.items()}
    return {"rows": sum(every) / len(every), **shares, "speakers": sum(spoken) / len(spoken)}


def problem(row: Row, claims: Sequence[Claim]) -> str:
    """What is wrong with what was heard of a row; "" where nothing is."""
    told = [claim for claim in claims if claim.ahead is not None]
    if "none" in row:
        return "foretells nothing" if told else ""
    if any(c.kind is Kind.CONTROL and c.modality is Modality.ACTUAL for c in claims):
        return "a forecast is read as having come about"
    misses = [[name for name, ok in _checks(row, claim).items() if not ok] for claim in told]
    best = min(misses, key=len, default=["no forecast"])
    return ", ".join(best)


def speaks(row: Row, claim: Claim) -> bool:
    """Whether a claim has the row's speaker."""
    names = (row["by"],) if row["by"] else ANONYMOUS
    chained = [speaker.name for speaker in claim.attribution.chain[: 1 if row["by"] else None]]
    return any(name in speaker for name in names for speaker in chained)


def _checks(row: Row, claim: Claim) -> dict[str, bool]:
    ahead = claim.ahead
    assert ahead is not None  # only forecasts are asked
    until = claim.when.end.isoformat() if claim.when.end else ""
    return {
        "event": ahead.event == row["event"],
        "place": not row["place"] or any(_same(row["place"], p.name, p.text) for p in claim.places),
        "until": row["until"] is None or until == row["until"],
        "likelihood": ahead.likelihood.value == row["likelihood"],
        "condition": ahead.condition.lower() == row["condition"].lower(),
        "holder": claim.holder == row.get("holder", claim.holder),
    }


def _same(asked: str, name: str, text: str) -> bool:
    return asked in (name, text)


if __name__ == "__main__":
    for figure, value in figures(verbose="--verbose" in sys.argv).items():
        print(f"{figure}  {value:.3f}")
