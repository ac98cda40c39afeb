"""What lies ahead as people have it: their scenario and hypothesis files beside a ledger, and what they decide about them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fogline import explaining, flow, forecasting, foreseeing
from fogline.config import Settings
from fogline.errors import FoglineError, UsageError
from fogline.knowing import knows
from fogline.model import Judgement
from fogline.ports import Ledger
from fogline.review.deciding import Decision, made, standing

if TYPE_CHECKING:
    from fogline.forecasting import Resolved
    from fogline.foresee.hypotheses import Matrix
    from fogline.foresee.scenarios import Scenario
    from fogline.publish.brief import Foresight

JOURNAL = "forecasts.jsonl"
"""The journal of our own forecasts in a folder of files."""
SCENARIO, HYPOTHESES = "scenario", "hypotheses"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files of scenarios and hypotheses, by name, and the journal of our own forecasts. They are read anew when asked for."""

    files: Mapping[str, Path]
    journal: Path | None = None


NOTHING = Shelf({})
"""A shelf with no file."""


def shelf(folder: Path) -> Shelf:
    """The TOML files of a folder, and its journal; or one file. Raises ``UsageError`` where there is neither."""
    if folder.is_file():
        return Shelf({folder.name: folder})
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Give a folder with scenario and hypothesis files (TOML).")
    found = {path.name: path for path in sorted(folder.glob("*.toml")) if path.is_file()}
    journal = folder / JOURNAL
    return Shelf(found, journal if journal.is_file() else None)


def stamp(of: Shelf) -> str:
    """What changes when a file of a shelf does: names, sizes and times of change."""
    paths = [*of.files.values(), *([of.journal] if of.journal else [])]
    told = [(path.name, found.st_size, found.st_mtime_ns) for path in paths if path.exists() and (found := path.stat())]
    return repr(told) if told else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file of a shelf: what it is and about which place; ``problem``, ``hint`` and ``line`` where it makes no sense."""

    file: str
    sort: str
    id: str = ""
    title: str = ""
    place: str = ""
    problem: str = ""
    hint: str = ""
    line: int | None = None


def kept(of: Shelf, ledger: Ledger, settings: Settings) -> tuple[Kept, ...]:
    """The files of a shelf, in the order of their names. Two of one id are a problem of the later."""
    found: list[Kept] = []
    for name, path in of.files.items():
        one = _kept(name, path, ledger, settings)
        if one.id and (other := next((k for k in found if (k.sort, k.id) == (one.sort, one.id)), None)):
            one = Kept(
                file=name, sort=one.sort, problem=f"{name}: its id {one.id!r} is that of {other.file}.",
                hint='Give it another: id = "..." at the top.', line=1,
            )  # fmt: skip
        found.append(one)
    return tuple(found)


def _kept(name: str, path: Path, ledger: Ledger, settings: Settings) -> Kept:
    sort = ""
    try:
        told = text(path)
        sort = sort_of(told)
        if sort == SCENARIO:
            scenario = foreseeing.scenario_from(name, told, ledger, settings)
            return Kept(file=name, sort=sort, id=scenario.id, title=scenario.title, place=scenario.place)
        matrix = explaining.weighed_from(name, told, ledger, settings)
        return Kept(file=name, sort=sort, id=matrix.id, title=matrix.question, place=matrix.place)
    except FoglineError as error:
        return Kept(file=name, sort=sort, problem=error.message, hint=error.hint, line=line_of(error))


def line_of(error: FoglineError) -> int | None:
    """The line that an error about a file names, if it does."""
    found = re.search(r", line (\d+): ", error.message)
    return int(found[1]) if found else None


def sort_of(text: str) -> str:
    """Whether a text is a scenario or hypotheses, by the tables that it has."""
    return HYPOTHESES if re.search(r"^\s*\[\[\s*(hypothesis|evidence)\s*\]\]", text, re.MULTILINE) else SCENARIO


def scenario(of: Shelf, name: str, ledger: Ledger, settings: Settings) -> Scenario:
    """The scenario of a file of a shelf. Raises ``KeyError`` for no such file, ``BadScenario`` for one that makes no sense."""
    return foreseeing.scenario_from(name, text(of.files[name]), ledger, settings)


def matrix(of: Shelf, name: str, ledger: Ledger, settings: Settings, day: date | None = None) -> Matrix:
    """The matrix of a file of a shelf; raises like ``scenario``."""
    return explaining.weighed_from(name, text(of.files[name]), ledger, settings, day)


def foresight(
    of: Shelf,
    place: str,
    ledger: Ledger,
    settings: Settings,
    day: date | None = None,
    resolved: Sequence[Resolved] | None = None,
) -> Foresight:
    """What is followed ahead of a place, for its brief: files of a shelf on it, rival explanations, forecasts, track records.

    ``resolved`` are the speakers' forecasts as known by the day, where they are worked out already. Files that make no sense
    are passed over: ``kept`` says what is wrong with them.
    """
    from fogline.foresee.hypotheses import standings, turning
    from fogline.foresee.scoring import score
    from fogline.publish.brief import Foresight
    from fogline.publish.matrix import matrix_row
    from fogline.publish.tracks import forecast_row, tracks

    claims, theatre = ledger.claims(), flow.theatre_of(settings, (), ledger)
    entry = flow.place_meant(place, claims, theatre)

    def here(one: Kept) -> bool:
        return flow.place_meant(one.place, claims, theatre).geonameid == entry.geonameid

    speakers = {claim.id: claim.speaker.name for claim in claims}
    matrices = [
        matrix(of, one.file, ledger, settings, day) for one in _sound(of, HYPOTHESES, ledger, settings) if here(one)
    ]
    matrices = matrices or _drafted(ledger, place, settings, day)
    own = [row for row in forecasts(of, ledger, settings, day) if row["geonameid"] == entry.geonameid]
    only = entry.geonameid if knows(ledger).rest is not None else None
    made_here = forecasting.resolved(ledger, settings, day, only) if resolved is None else resolved
    rows = [forecast_row(one) for one in made_here] + own
    return Foresight(
        scenarios=[
            board(found, ledger, settings, day)
            for one in _sound(of, SCENARIO, ledger, settings)
            if here(one) and (found := scenario(of, one.file, ledger, settings))
        ],
        matrix=matrix_row(matrices[0], standings(matrices[0]), turning(matrices[0]), speakers) if matrices else None,
        forecasts=rows,
        tracks=tracks(rows, "speaker", score),
    )


def _drafted(ledger: Ledger, place: str, settings: Settings, day: date | None) -> list[Matrix]:
    try:
        return [explaining.draft(ledger, place, settings, day)]
    except UsageError:
        return []  # fewer than two explanations are given


def board(of: Scenario, ledger: Ledger, settings: Settings, day: date | None = None) -> dict[str, Any]:
    """The row of a scenario with its boards up to a day, else to the last that anything is known of."""
    from fogline.publish.outlook_rows import scenario_row

    known = foreseeing.known(ledger, settings)
    return scenario_row(of, foreseeing.history(of, known, day or foreseeing.today(of, known)))


def forecasts(of: Shelf, ledger: Ledger, settings: Settings, day: date | None) -> list[dict[str, Any]]:
    """Our own forecasts of the shelf's journal, with what became of them. Raises ``BadScenario`` for a journal that was changed."""
    lines = journal(of.journal) if of.journal is not None else ()
    return forecasting.own_resolved(lines, ledger, settings, day) if lines else []


def journal(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The lines of a journal; none where there is no file yet. Raises ``BadScenario`` where one was changed."""
    from fogline.foresee.journal import read

    if not path.exists():
        return ()
    try:
        return read(str(path), path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).", "Name another journal with --journal.") from error


def entered(path: Path, lines: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A line added to a journal."""
    from fogline.foresee.journal import appended

    line = appended(lines, told)
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
    found: Mapping[str, Any] = json.loads(line)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person decides about what lies ahead: an indicator read, a cell rated, a forecast resolved."""

    decision: Decision
    subject: str
    person: str
    reason: str
    value: str


def judgement(of: Shelf, ledger: Ledger, wanted: Wanted, settings: Settings, at: datetime) -> Judgement:
    """The judgement a person means. Raises ``UsageError`` where there is no such subject, or the value is none."""
    from fogline.foresee.judged import meant

    day = at.date()
    if wanted.decision is Decision.READ:
        day = min(day, _read_until(of, wanted.subject, ledger, settings) or day)
    value = meant(wanted.decision, wanted.value, at.date(), day)
    if wanted.subject not in set(_subjects(of, ledger, wanted, settings)):
        where = {
            Decision.READ: "the indicators of /v1/scenarios, or: fogline scenarios show FILE --format json",
            Decision.RATE: "the cells of /v1/hypotheses, or: fogline hypotheses show FILE --format json",
            Decision.RESOLVE: "fogline forecasts list --format jsonl",
        }[wanted.decision]
        raise UsageError(f"There is no {wanted.subject!r} to {wanted.decision.value}.", f"Look at {where}.")
    return made(wanted.decision, wanted.subject, value, wanted.person, wanted.reason, at)


def _subjects(of: Shelf, ledger: Ledger, wanted: Wanted, settings: Settings) -> Iterator[str]:
    from fogline.foresee.judged import cell_subject, indicator_subject

    if wanted.decision is Decision.RESOLVE:
        yield from (one.forecast.id for one in forecasting.resolved(ledger, settings))
        yield from (row["id"] for row in forecasts(of, ledger, settings, None))
    elif wanted.decision is Decision.READ:
        for found in _scenarios(of, ledger, settings):
            yield from (indicator_subject(found.id, watched.id) for path in found.paths for watched in path.indicators)
    else:
        for made_of in _matrices(of, ledger, wanted.subject, settings):
            yield from (cell_subject(made_of.id, row.id, one.id) for row in made_of.rows for one in made_of.hypotheses)


def _read_until(of: Shelf, subject: str, ledger: Ledger, settings: Settings) -> date | None:
    """The day of the board on which a person reads an indicator of a scenario, where no other is given."""
    for one in _scenarios(of, ledger, settings):
        if subject.startswith(f"indicator:{one.id}:"):
            return foreseeing.today(one, foreseeing.known(ledger, settings))
    return None


def _scenarios(of: Shelf, ledger: Ledger, settings: Settings) -> list[Scenario]:
    return [scenario(of, one.file, ledger, settings) for one in _sound(of, SCENARIO, ledger, settings)]


def _sound(of: Shelf, sort: str, ledger: Ledger, settings: Settings) -> list[Kept]:
    return [one for one in kept(of, ledger, settings) if one.sort == sort and not one.problem]


def _matrices(of: Shelf, ledger: Ledger, subject: str, settings: Settings) -> Iterator[Matrix]:
    """Those of the shelf, and that which is drafted of the place that a subject names: a draft's id is its place."""
    for one in _sound(of, HYPOTHESES, ledger, settings):
        yield matrix(of, one.file, ledger, settings)
    parts = subject.split(":")
    if len(parts) > 1:
        try:
            yield explaining.draft(ledger, parts[1], settings)
        except FoglineError:
            return  # no such place, or no rival explanations of it: then there is no such cell either


def tried(of: Shelf, ledger: Ledger, one: Judgement, settings: Settings) -> tuple[str, ...]:
    """What a judgement about what lies ahead changes, in words; nothing is kept."""
    if one.decision == Decision.READ:
        return tuple(_moved(of, ledger, one, settings))
    if one.decision == Decision.RATE:
        return tuple(_ranked(of, ledger, one, settings))
    rows = [(o.forecast.id, o.resolution.outcome.value) for o in forecasting.resolved(ledger, settings)]
    rows += [(row["id"], row["outcome"]) for row in forecasts(of, ledger, settings, None)]
    was = next((outcome for name, outcome in rows if name == one.subject), "")
    now = {"yes": "came true", "no": "did not come true"}.get(one.value.partition(" ")[0], "void")
    return () if was == now else (f"{one.subject}: {was} becomes {now}",)


def _moved(of: Shelf, ledger: Ledger, one: Judgement, settings: Settings) -> Iterator[str]:
    from fogline.foresee.judged import read

    holding = (*standing(ledger.judgements()), one)
    for found in _scenarios(of, ledger, settings):
        if one.subject.startswith(f"indicator:{found.id}:"):
            before, after = (board(s, ledger, settings)["board"]["paths"] for s in (found, read(found, holding)))
            for was, now in zip(before, after, strict=True):
                if was["probability"] != now["probability"]:
                    yield f"{was['title']}: {was['probability']:.0%} becomes {now['probability']:.0%}"


def _ranked(of: Shelf, ledger: Ledger, one: Judgement, settings: Settings) -> Iterator[str]:
    from fogline.foresee.hypotheses import standings
    from fogline.foresee.judged import rated

    holding = (*standing(ledger.judgements()), one)
    for found in _matrices(of, ledger, one.subject, settings):
        if one.subject.startswith(f"cell:{found.id}:"):
            titles = {h.id: h.title for h in found.hypotheses}
            before, after = ({s.hypothesis: s for s in standings(m)} for m in (found, rated(found, holding)))
            for name, was in before.items():
                if (now := after[name]) != was:
                    yield (
                        f"{titles[name]}: inconsistency {was.inconsistency:.1f} becomes {now.inconsistency:.1f}, by Bayes "
                        f"{was.probability:.0%} becomes {now.probability:.0%}"
                    )
            return


def keep(ledger: Ledger, one: Judgement) -> None:
    """Keep a judgement about what lies ahead; nothing of the assessment follows from it."""
    ledger.judge(one)


def text(path: Path) -> str:
    """The text of a file of a shelf; raises ``BadScenario``."""
    from fogline.foresee.located import text_of

    return text_of(path)
