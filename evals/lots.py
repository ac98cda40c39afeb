"""Blind lots: reports in manners that no rule was made for, each lot written with its gold before any of it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from evals.matching import Match, load, match_all, score
from evals.reading import gazetteer_names, hear, show
from fogline.config import Settings

FOLDER = Path(__file__).parent / "lots"
"""Where the lots lie, each with ``reports`` and ``claims.jsonl``."""


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Over all lots: recall of the gold claims, fields right of those asked, and each field; 0 to 1.

    ``shared`` is not looked at: the lots are part of the project. They were judged blind once, when they were written
    (the figures of that day are in ``docs/methods/extraction.md``); since then rules were made for their misses.
    """
    del shared
    matches: list[Match] = []
    for lot in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        own = list(_matches(lot))
        result = score(own)
        print(f"lots: {lot.name}: {len(own)} claims, recall {result.recall:.3f}, fields {result.fields:.3f}")
        if verbose:
            show(own)
        matches += own
    result = score(matches)
    return {"recall": result.recall, "fields": result.fields, **result.by_field}


def _matches(lot: Path) -> Iterator[Match]:
    """The gold of one lot held against its reports, each read by itself in the theatre that it is recognised to speak of."""
    golds = load(lot / "claims.jsonl")
    for report in sorted((lot / "reports").iterdir()):
        own = [gold for gold in golds if gold.doc == report.name]
        yield from match_all(own, hear([report]), gazetteer_names(theatre_of(report)))


@cache
def theatre_of(report: Path) -> str:
    """The theatre that a report is recognised to speak of, as when somebody names none."""
    from fogline.reading import sampled, theatre_meant

    found: Sequence = sampled([report], Settings())[0]
    return theatre_meant(Settings(), found)
