"""The five seed reports: gold claims of three of them, and the claim counts of the other two."""

from __future__ import annotations

from pathlib import Path

from evals.matching import load
from evals.reading import hear, measure


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Recall of the gold claims, fields right of those asked, and the share of claims in prose: 0 to 1."""
    golds = load(shared / "gold/seeds/claims.jsonl")
    readings = hear([shared / "seeds"])
    covered = {gold.doc for gold in golds}
    for reading in readings:
        if reading.document.name not in covered:
            print(f"seeds: {len(reading.claims)} claims in {reading.document.name}, which has no gold")
    return measure("seeds", golds, readings, verbose)
