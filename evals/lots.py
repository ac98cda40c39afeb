"""Blind lots: reports in manners that no rule was made for, each lot written with its gold before any of it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from evals.matching import Match, load, match_all, score
from evals.reading import gazetteer_names, hear, in_prose, show
from fogline.config import Settings
from fogline.model import Reading

FOLDER = Path(__file__).parent / "lots"
"""Where the lots lie, each with ``reports`` and ``claims.jsonl``."""


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Over all lots: recall of the gold claims, fields right of those asked, the share of claims in prose, each field: 0 to 1.

    ``shared`` is not looked at: the lots are part of the project. They were judged blind once, when they were written
    (the figures of that day are in ``docs/methods/extraction.md``); since then rules were made for their misses.
    """
    del shared
    matches: list[Match] = []
    readings: list[Reading] = []
    for lot in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        heard = {report: hear([report]) for report in sorted((lot / "reports").iterdir())}
        own = list(_matches(lot, heard))
        result = score(own)
        told = sum(len(reading.claims) for one in heard.values() for reading in one)
        print(
            f"lots: {lot.name}: {told} claims; {len(own)} of gold, recall {result.recall:.3f}, fields {result.fields:.3f}"
        )
        if verbose:
            show(own)
        matches += own
        readings += [reading for one in heard.values() for reading in one]
    result = score(matches)
    return {"recall": result.recall, "fields": result.fields, "prose": in_prose(readings), **result.by_field}


def _matches(lot: Path, heard: Mapping[Path, Sequence[Reading]]) -> Iterator[Match]:
    """The gold of one lot held against its reports, each read by itself in the theatre that it is recognised to speak of."""
    golds = load(lot / "claims.jsonl")
    for report, readings in heard.items():
        own = [gold for gold in golds if gold.doc == report.name]
        yield from match_all(own, readings, gazetteer_names(theatre_of(report)))


@cache
def theatre_of(report: Path) -> str:
    """The theatre that a report is recognised to speak of, as when somebody names none."""
    from fogline.reading import sampled, theatre_meant

    found: Sequence = sampled([report], Settings())[0]
    return theatre_meant(Settings(), found)
