"""Control against a list of settlements that others kept: its notes read as reports, its daily status as the answer.

Each note of history is a report of the day on which it first showed, under its settlement's name, and goes the whole
path: read, hear, compare, weigh, conclude. The belief known by the last day of each month is then held against the
status that the list gave on that day, or at most three days before. Settlements that share a name are left out, since
their rows are mixed up in the list. Where nothing was told of a settlement, the answer is the state in which it lies.

The model's parameters are fitted on this list too (``evals.control_fit``), so the Brier score is taken out of fold: the
beliefs of each fifth of the settlements come from the parameters that fit the other four best.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from evals.matching import share
from fogline.config import Settings
from fogline.control.parameters import Parameters
from fogline.model import CONTESTED, Basis, Claim, Control, Document, Failure, Family, Precision, SourceGrade
from fogline.model.manner import TAKING

FOLDER = "gold/control-wikipedia"
STALE = 3
"""Days that a status may be older than the month's end."""
LASTED = 14
"""Days for which both statuses must have lasted for a change to count."""
NEAR_CHANGE, NEAR_DATE = 7, 3
HOME = "UA"
STATES = ("RU", "UA", CONTESTED)
SIDE = re.compile(r"\b(?:Russian?s?|Ukrain(?:e|ians?)|(?:D|L)PR|(?:Donetsk|Luhansk|Lugansk) PR|People's Republic)\b")
DEED = re.compile(
    r"(?:captu|seiz|occup|liberat|taken|control|annex|held|hold|regain|contest)", re.IGNORECASE
)  # fmt: skip
_STATUS = {"UA": "UA", "RU": "RU", "CONTESTED": CONTESTED}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """The status that the list gave a settlement on a day, and the day for which it says so."""

    day: date
    status: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """A settlement at a month's end: the list's status, our belief, and what kind of case it is."""

    settlement: str
    day: date
    status: str
    belief: Mapping[str, float]
    told: bool
    named: bool
    changed: bool


Weighed = tuple[Sequence[Claim], Mapping[str, Document], Sequence[Family], Sequence[SourceGrade]]


@dataclass(frozen=True, slots=True)
class World:
    """The list's notes as heard, and its daily status, by settlement."""

    claims: tuple[Claim, ...]
    weighed: Mapping[date | None, Weighed]
    numbers: Mapping[str, int]
    notes: Mapping[str, Sequence[tuple[date, str]]]
    rows: Mapping[str, Sequence[Row]]


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Agreement with the list, Brier score out of fold, changes found and dates right: 0 to 1."""
    world = load(shared / FOLDER)
    cases = assess(world)
    named = [case for case in cases if case.named]
    found = {
        "all": agreement(cases),
        "named": agreement(named),
        "changed": agreement([case for case in named if case.changed]),
        # Floors are least values, so the score is given as what is left of one.
        "one_less_brier": 1 - out_of_fold(world),
    }
    fit = sum(map(brier, named)) / len(named)
    print(f"control_wikipedia: Brier {fit:.4f} as fitted, {1 - found['one_less_brier']:.4f} out of fold")
    print(f"control_wikipedia: {len(cases)} settlement-months, {len(named)} with a holder named; {_contested(named)}")
    found |= changes(world, verbose)
    if verbose:
        for case in named:
            if answer(case) != case.status:
                print(f"  {case.day} {case.settlement}: list {case.status}, read {_shown(case.belief)}")
    return found


def load(folder: Path) -> World:
    """The list, read and heard."""
    rows = _panel(folder / "control_panel.csv.gz")
    with (folder / "history_text_versions.csv").open(encoding="utf-8") as file:
        notes = [n for n in csv.DictReader(file) if not n["population_if_homonym"] and n["settlement"] in rows]
    numbers = {name: number for number, name in enumerate(sorted(rows), 1)}
    by_name: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for note in notes:
        by_name[note["settlement"]].append((date.fromisoformat(note["first_snapshot"]), note["history_text"]))
    claims, documents = _hear(notes, numbers)
    weighed = {day: _weighed(claims, documents, day) for day in (*_month_ends(rows), None)}
    return World(claims, weighed, numbers, by_name, rows)


def assess(world: World, parameters: Parameters | None = None) -> list[Case]:
    """Every settlement at every month's end for which the list has a status."""
    from fogline.control.inferring import belief_on

    cases = []
    for day in _month_ends(world.rows):
        control = known_by(world, day, parameters)
        for name, rows in sorted(world.rows.items()):
            row = next((r for r in reversed(rows) if day - timedelta(STALE) <= r.day <= day), None)
            if row is None:
                continue
            found = control.get(world.numbers[name])
            told = found is not None and bool(found.reasons)
            belief = belief_on(found, day) if found is not None and told else {s: float(s == HOME) for s in STATES}
            named = any(shown <= day and _names_a_holder(text) for shown, text in world.notes.get(name, ()))
            changed = len({r.status for r in rows}) > 1
            cases.append(Case(name, day, row.status, belief, told, named, changed))
    return cases


def known_by(world: World, day: date | None, parameters: Parameters | None = None) -> dict[int, Control]:
    """Control of every settlement, by number, as known by a day (``None``: in hindsight)."""
    from fogline.control.inferring import infer
    from fogline.theatres.loading import load as theatre_named

    claims, documents, families, sources = world.weighed[day]
    theatre = theatre_named("ukraine")
    found = infer(claims, documents, families, sources, theatre, known_by=day, parameters=parameters)
    return {control.geonameid: control for control in found if control.geonameid is not None}


def _weighed(claims: Sequence[Claim], documents: Mapping[str, Document], day: date | None) -> Weighed:
    """What had been published by a day, compared and weighed."""
    from fogline.appraise.weighing import weigh
    from fogline.link.comparing import compare
    from fogline.theatres.loading import load as theatre_named

    theatre = theatre_named("ukraine")
    by_then = {n: d for n, d in documents.items() if day is None or (d.published.end or date.max) <= day}
    heard = tuple(claim for claim in claims if claim.document_id in by_then)
    families, links, _ = compare(heard, by_then, theatre)
    sources, _ = weigh(heard, by_then, families, links, theatre)
    return heard, by_then, families, sources


def out_of_fold(world: World) -> float:
    """Mean Brier score of named cases, each with the parameters that fit the settlements of other folds best."""
    from evals.control_fit import fold_of, kept

    assessed: dict[Parameters, list[Case]] = {}
    scores = []
    for fold, parameters in enumerate(kept()):
        if parameters not in assessed:
            assessed[parameters] = [case for case in assess(world, parameters) if case.named]
        scores += [brier(case) for case in assessed[parameters] if fold_of(case.settlement) == fold]
    return sum(scores) / len(scores)


def answer(case: Case) -> str:
    """The likeliest state."""
    return max(STATES, key=lambda state: (case.belief[state], state))


def agreement(cases: Sequence[Case]) -> float:
    """Share of cases whose likeliest state is the list's status."""
    return share(sum(answer(case) == case.status for case in cases), len(cases))


def brier(case: Case) -> float:
    """Squared error summed over the three states: 0 to 2."""
    return sum((case.belief[state] - (state == case.status)) ** 2 for state in STATES)


def changes(world: World, verbose: bool = False) -> dict[str, float]:
    """Of the list's lasting changes between the sides: share found in hindsight near the day, and share dated right."""
    hindsight = known_by(world, None)
    every = asked = found = named = dated = 0
    for name, rows in sorted(world.rows.items()):
        control = hindsight.get(world.numbers[name])
        ours = [] if control is None else _turns(control)
        told = any(_names_a_holder(text) for _, text in world.notes.get(name, ()))
        for day, side in _lasting(rows):
            every += 1
            if not told:
                continue
            asked += 1
            near = [turn for turn, to in ours if to == side and abs((turn - day).days) <= NEAR_CHANGE]
            found += bool(near)
            stated = _stated(world, name, side)
            named += bool(stated)
            hit = any(abs((told - day).days) <= NEAR_DATE for told in stated)
            dated += hit
            if verbose and not near:
                print(f"  change of {name} to {side} {day}: ours {[(str(d), to) for d, to in ours]} stated {hit}")
    print(f"control_wikipedia: {every} lasting changes, {asked} of places told of, {found} of them found")
    print(f"control_wikipedia: {named} with a day told, {dated} of them right")
    return {"changes": share(found, asked), "dates": share(dated, named)}


def _stated(world: World, name: str, side: str) -> list[date]:
    """The days to which the notes of a settlement date its taking by a side."""
    number = world.numbers[name]
    return [
        claim.when.end
        for claim in world.claims
        if claim.holder == side
        and claim.when.end is not None
        and claim.manner in TAKING
        and claim.when.precision is Precision.DAY
        and claim.when.basis is not Basis.PUBLICATION
        and number in _ids(claim)
    ]


def _turns(control: Control) -> list[tuple[date, str]]:
    """The days on which the likeliest side becomes another, contest and doubt between them left out."""
    turns, last = [], ""
    if control.start is None:
        return []
    for number, belief in enumerate(control.daily):
        lead = max(range(len(belief)), key=belief.__getitem__)
        state = control.states[lead]
        if state != CONTESTED and belief[lead] > 0.5 and state != last:
            turns.append((control.start + timedelta(number), state))
            last = state
    return turns


def _lasting(rows: Sequence[Row]) -> list[tuple[date, str]]:
    """Changes from one side to the other after which, and before which, the status stayed for ``LASTED`` days."""
    runs: list[list[Row]] = []
    for row in rows:
        if row.status != CONTESTED:
            if runs and runs[-1][-1].status == row.status:
                runs[-1].append(row)
            else:
                runs.append([row])
    found = []
    lasting = [run for run in runs if (run[-1].day - run[0].day).days >= LASTED]
    for before, after in itertools.pairwise(lasting):
        if before[0].status != after[0].status:
            day, since = after[0].as_of, before[-1].as_of or before[0].day
            found.append((day if day and since < day <= after[0].day else after[0].day, after[0].status))
    return found


def _hear(
    notes: Sequence[Mapping[str, str]], numbers: Mapping[str, int]
) -> tuple[tuple[Claim, ...], dict[str, Document]]:
    from fogline.flow import hear

    lines = [
        {
            "text": f"{note['settlement']}\n\n{note['history_text']}",
            "title": note["settlement"],
            "published": note["first_snapshot"],
            "outlet": "A list of settlements",
        }
        for note in notes
    ]
    claims: list[Claim] = []
    documents: dict[str, Document] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        for reading in hear([path], Settings(workers=1, theatre="ukraine")):
            if isinstance(reading, Failure):
                raise ValueError(f"a note could not be read: {reading.problem}")
            documents[reading.document.id] = reading.document
            name = reading.document.title
            claims += [_about(claim, name, numbers[name]) for claim in reading.claims]
    return tuple(claims), documents


def _about(claim: Claim, name: str, number: int) -> Claim:
    """The claim with the list's own number for the settlement it stands under: which namesake is meant is not asked here."""
    from fogline.model import PlacePrecision

    places = tuple(
        replace(p, name=name, geonameid=number, precision=PlacePrecision.SETTLEMENT)
        if _is_heading(claim, p, name)
        else replace(p, geonameid=None)
        for p in claim.places
    )
    return replace(claim, places=places)


def _is_heading(claim: Claim, place: object, name: str) -> bool:
    from fogline.gazetteer.spelling import key as fold

    return fold(getattr(place, "name", "")) == fold(name) or claim.span.start > len(name)


def _ids(claim: Claim) -> set[int | None]:
    return {place.geonameid for place in claim.places}


def _names_a_holder(text: str) -> bool:
    return bool(SIDE.search(text) and DEED.search(text))


def _panel(path: Path) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    mixed: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["homonym"] == "1":
                mixed.add(row["settlement"])
            elif row["status"] in _STATUS:
                day = date.fromisoformat(row["snapshot_date"])
                rows[row["settlement"]].append(Row(day, _STATUS[row["status"]], _as_of(row["as_of_raw"])))
    return {name: sorted(found, key=lambda r: r.day) for name, found in rows.items() if name not in mixed}


def _as_of(raw: str) -> date | None:
    match = re.search(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(20\d\d)", raw.replace("\xa0", " "))
    month = _MONTHS.get(match[2].lower()) if match else None
    try:
        return date(int(match[3]), month, int(match[1])) if match and month else None
    except ValueError:
        return None


def _month_ends(rows: Mapping[str, Sequence[Row]]) -> Iterable[date]:
    days = {row.day for found in rows.values() for row in found}
    first, last = min(days), max(days)
    day = first.replace(day=1)
    while day <= last:
        after = (day + timedelta(31)).replace(day=1)
        end = after - timedelta(1)
        if end <= last:
            yield end
        day = after


def _contested(cases: Sequence[Case]) -> str:
    right = sum(answer(c) == c.status == CONTESTED for c in cases)
    told, asked = sum(answer(c) == CONTESTED for c in cases), sum(c.status == CONTESTED for c in cases)
    return f"F1 of contested {2 * right / max(1, told + asked):.3f} ({asked} cases)"


def _shown(belief: Mapping[str, float]) -> str:
    return " ".join(f"{state} {belief[state]:.2f}" for state in STATES)
