"""The quality gate: run every set, print every figure, hold each to its floor.

    python -m evals.gate [--shared DIR] [--only NAME] [--verbose] [--pin] [--check-floors-against REV]

Exits 1 where a figure is under its floor or missing, or a set failed. A set whose data are not there is skipped, says
so, and fails nothing.
"""

from __future__ import annotations

import argparse
import inspect
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from evals import demonstration, floors
from evals.floors import Floor, Floors

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled set: the module whose ``figures(shared)`` measures it, and what it needs in the shared folder.

    ``besides`` are figures (names without the set's) that are measured only where all of ``wants`` is there as well.
    """

    module: str
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a set: its figures by full name, or why it was skipped, or how it failed.

    ``without`` are the full names of figures that could not be measured here, and ``wanting`` says why.
    """

    figures: Mapping[str, float]
    skipped: str = ""
    failed: str = ""
    without: tuple[str, ...] = ()
    wanting: str = ""


SETS: Mapping[str, Measured] = {
    "demonstration": Measured("evals.demonstration"),
    "lots": Measured("evals.lots"),
    "links": Measured("evals.links"),
    "pairs": Measured("evals.pairs"),
    "families": Measured("evals.families"),
    "made_sources": Measured("evals.made_sources"),
    "seeds": Measured("evals.seeds", ("seeds", "gold/seeds/claims.jsonl")),
    "polnear": Measured("evals.polnear", ("gold/attribution-polnear/polnear_dev.tar.gz",)),
    "places": Measured("evals.places", ("gold/places-lgl-trnews",)),
    "events": Measured("evals.events", ("gold/events-acled-types/dev.tsv",)),
    "factuality": Measured("evals.factuality", ("gold/factuality",)),
    "truth_discovery": Measured("evals.truth_discovery", ("gold/truth-discovery",)),
    "tables": Measured("evals.tables"),
    "control_wikipedia": Measured("evals.control_wikipedia", ("gold/control-wikipedia",)),
    "control_seeds": Measured("evals.control_seeds", ("seeds",)),
    "ahead_seeds": Measured("evals.ahead_seeds", ("seeds",)),
    "control_worlds": Measured("evals.control_worlds"),
    "sentences": Measured("evals.sentences"),
    "forecasts": Measured("evals.forecasts"),
    "foreseeing": Measured("evals.foreseeing"),
    "extraction_html": Measured("evals.extraction_html", ("gold/article-extraction",)),
    "plain_furniture": Measured("evals.plain_furniture", ("gold/article-extraction",)),
    "publication_dates": Measured(
        "evals.publication_dates", wants=("gold/article-extraction",), besides=("all", "without_address")
    ),
}
"""Every set there is, in the order in which they run. A module is imported when its set runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    options = _options(arguments)
    if options.check_floors_against:
        return _check_against(options.check_floors_against)
    pinned = floors.parse(floors.FILE.read_text("utf-8"))
    names = options.only or list(SETS)
    outcomes = {name: measure(name, SETS[name], options.shared, options.verbose) for name in names}
    figures = {full: value for outcome in outcomes.values() for full, value in outcome.figures.items()}
    if options.pin:
        pinned = pin(pinned, figures, floors.FILE)
    for line in report(outcomes, pinned):
        print(line)
    problems = judge(outcomes, pinned)
    if "demonstration" in names:
        problems += floors.extent_breaches(demonstration.extent(), pinned.demonstration)
    for problem in problems:
        print(f"BREACH  {problem}")
    print(f"{len(figures)} figures, {len(problems)} breaches")
    return 1 if problems else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description=__doc__.split("\n", 1)[0])
    shared = ROOT.parent / "shared"
    parser.add_argument("--shared", type=Path, default=shared, metavar="DIR", help="where the seeds and gold sets lie")
    parser.add_argument("--only", action="append", choices=list(SETS), metavar="NAME", help=", ".join(SETS))
    parser.add_argument("--verbose", action="store_true", help="list what was missed, as asked and as read")
    parser.add_argument("--pin", action="store_true", help="raise floors to the figures less their noise; lowers none")
    parser.add_argument("--check-floors-against", metavar="REV", help="measure nothing; list floors lower than in REV")
    return parser.parse_args(arguments)


def measure(name: str, measured: Measured, shared: Path, verbose: bool = False) -> Outcome:
    """Run one set. A module that cannot be imported or that breaks is a failure of this set; the others go on."""
    missing = [str(shared / need) for need in measured.needs if not (shared / need).exists()]
    if missing:
        return Outcome({}, skipped=f"{', '.join(missing)} not found")
    try:
        run = import_module(measured.module).figures
        # Not every set can say more than its figures.
        more = {"verbose": verbose} if "verbose" in inspect.signature(run).parameters else {}
        figures: Mapping[str, float] = run(shared, **more)
    except Exception as error:  # whatever breaks one set is shown, fails the gate, and hides none of the others
        traceback.print_exc()
        return Outcome({}, failed=f"{type(error).__name__}: {error}")
    wanting = [str(shared / want) for want in measured.wants if not (shared / want).exists()]
    return Outcome(
        {full_name(name, figure): float(value) for figure, value in figures.items()},
        without=tuple(full_name(name, figure) for figure in measured.besides) if wanting else (),
        wanting=f"{', '.join(wanting)} not found" if wanting else "",
    )


def full_name(name: str, figure: str) -> str:
    """A figure's name with its set in front.

    >>> full_name("seeds", "recall"), full_name("seeds", "seeds.recall")
    ('seeds.recall', 'seeds.recall')
    """
    return figure if figure.startswith(f"{name}.") else f"{name}.{figure}"


def judge(outcomes: Mapping[str, Outcome], pinned: Floors) -> tuple[str, ...]:
    """One sentence for each breach in the sets that ran and for each set that failed."""
    failed = tuple(f"{name} failed: {outcome.failed}" for name, outcome in outcomes.items() if outcome.failed)
    ran = {name: outcome for name, outcome in outcomes.items() if not (outcome.skipped or outcome.failed)}
    figures = {full: value for outcome in ran.values() for full, value in outcome.figures.items()}
    without = {full for outcome in ran.values() for full in outcome.without}
    due = {
        full: floor for full, floor in pinned.floors.items() if full.partition(".")[0] in ran and full not in without
    }
    stray = tuple(f"{full}: there is no such set" for full in pinned.floors if full.partition(".")[0] not in SETS)
    return (*failed, *stray, *floors.breaches(figures, due))


def report(outcomes: Mapping[str, Outcome], pinned: Floors) -> tuple[str, ...]:
    """The table: a line for each figure, each floor without one, each set that was skipped or failed."""
    rows: list[tuple[str, str, str, str, str, str]] = []
    notes: list[str] = []
    for name, outcome in outcomes.items():
        notes += [f"{full}  skipped: {outcome.wanting}" for full in outcome.without]
        due = {
            full: floor
            for full, floor in pinned.floors.items()
            if full.startswith(f"{name}.") and full not in outcome.without
        }
        if outcome.skipped:
            notes.append(f"{name}  skipped: {outcome.skipped}")
        elif outcome.failed:
            notes.append(f"{name}  FAILED: {outcome.failed}")
        else:
            rows += [_row(full, outcome.figures.get(full), due.get(full)) for full in {**outcome.figures, **due}]
    head = ("figure", "measured", "floor", "noise", "verdict", "reason")
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    return (*(line.rstrip() for line in lines), *notes)


def _row(full: str, figure: float | None, floor: Floor | None) -> tuple[str, str, str, str, str, str]:
    measured = "missing" if figure is None else f"{figure:.3f}"
    if floor is None:
        return (full, measured, "", "", "no floor", "")
    held = figure is not None and floors.is_share(figure) and floor.holds(figure)
    verdict = "ok" if held else "BREACH"
    return (full, measured, f"{floor.least:.3f}", f"{floor.noise:.3f}", verdict, floor.reason)


def pin(pinned: Floors, figures: Mapping[str, float], file: Path) -> Floors:
    """Raise the file's floors to the figures less their noise and pin the demonstration set; returns both."""
    extent = floors.pin_extent(demonstration.extent(), pinned.demonstration)
    after = Floors(floors.raised(figures, pinned.floors), extent)
    file.write_text(floors.dump(after), "utf-8")
    return after


def _check_against(revision: str) -> int:
    shown = subprocess.run(
        ["git", "show", f"{revision}:evals/floors.toml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if shown.returncode:
        print(f"floors: not compared, {revision} has no evals/floors.toml ({shown.stderr.strip()})")
        return 0
    found = floors.lowered(floors.parse(floors.FILE.read_text("utf-8")), floors.parse(shown.stdout))
    for lowering in found:
        print(f"{'LOWERED' if lowering.explained else 'BREACH'}  {lowering.sentence}")
    print(f"{len(found)} floors lower than in {revision}")
    return 0 if all(lowering.explained for lowering in found) else 1


if __name__ == "__main__":
    sys.exit(main())
