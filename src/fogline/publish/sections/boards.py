"""What is followed ahead: boards of scenarios, the matrix of explanations, forecasts with what became of them, track records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from fogline.model import Claim, whole_percent
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Block, Listing, Prose, Ribbon, Section, Sentence, Standing, Table, empty, note
from fogline.publish.sections.ahead import SHOWN, Outlook, read_as
from fogline.publish.sections.assessing import CITED, copies

Row = Mapping[str, Any]
MOVES = 12
"""Moves of a scenario that are shown, the last ones; the rest are on its board."""
ROWS = 20
"""Pieces of evidence in the matrix, the most diagnostic first."""
GROUPS = (
    ("came true", "Came true"),
    ("did not come true", "Did not come true"),
    ("not due", "Not due yet"),
    ("unknown", "Due, and not known"),
    ("void", "Void: nothing can tell"),
    ("", "Told without a day, a place, or an event that could be checked"),
)
"""Outcomes in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What is followed ahead of a place, as rows: scenarios, a matrix of explanations, forecasts, and track records by speaker."""

    scenarios: Sequence[Row] = ()
    matrix: Row | None = None
    forecasts: Sequence[Row] = ()
    tracks: Sequence[Row] = ()


def boards(evidence: Evidence, citations: Citations, foresight: Foresight) -> Section:
    """Each scenario that is followed: its paths, how they came to stand so, and every indicator."""
    blocks = tuple(block for row in foresight.scenarios for block in _board(evidence, citations, row))
    nothing = (
        f"No scenario of {evidence.place} is followed here; reports' own paths stand above, without probabilities."
    )
    return Section(
        key="boards",
        title="Scenarios that are followed",
        blocks=blocks or empty(nothing),
        lead="Probabilities follow from stated priors and ratios, which are somebody's judgement, and from what the ledger tells.",
    )


def _board(evidence: Evidence, citations: Citations, row: Row) -> list[Block]:
    board = row["board"]
    moved = {path["id"]: [m for m in row["moves"] if m["path"] == path["id"]] for path in board["paths"]}
    cited = {
        name: _numbers(evidence, citations, [c for m in own for c in m["claims"]][-CITED:])
        for name, own in moved.items()
    }
    paths = Table(
        caption=f"{row['title']}: paths as known by {_day(board['day'])}",
        head=("Path", "Prior", "Now", "In words"),
        rows=tuple(
            (
                note(path["title"]),
                note(f"{whole_percent(row['priors'][path['id']])}%"),
                _told(f"{whole_percent(path['probability'])}%", cited[path["id"]]),
                note(path["likelihood"]),
            )
            for path in board["paths"]
        ),
    )
    sure = note(
        f"Confidence {board['confidence']}: {board['reason']}. {row['basis'].rstrip('.').capitalize()}.".strip()
    )
    indicators = Table(
        caption=f"{row['title']}: indicators",
        head=("Indicator", "Path", "How it stands", "Reading now", "Until", "Odds times"),
        rows=tuple(_indicator(evidence, citations, one, row) for one in board["indicators"]),
    )
    moves = [_move(evidence, citations, one, board) for one in row["moves"]]
    history = Listing(
        label="What moved it",
        items=tuple(moves[-MOVES:]) or (note("Nothing has moved it."),),
        more=max(0, len(moves) - MOVES),
    )
    return [Prose(sentences=(sure,)), paths, _chart(row), indicators, history]


def _chart(row: Row) -> Ribbon:
    """The probabilities over time, in steps: a probability holds until the day that moves it."""
    titles = {path["id"]: path["title"] for path in row["board"]["paths"]}
    shares = [
        (date.fromisoformat(board["day"]), tuple(path["probability"] for path in board["paths"]))
        for board in row["history"]
    ]
    points = shares[:1]
    for (_, before), (day, after) in pairwise(shares):
        if after != before and day - timedelta(1) > points[-1][0]:
            points.append((day - timedelta(1), before))
        points.append((day, after))
    return Ribbon(
        caption=f"{row['title']}: probability of each path by day",
        states=tuple(titles),
        names=tuple(titles.values()),
        points=tuple(points),
        key=f"scenario-{'-'.join(row['id'].split())}",
        even_is_unknown=False,
    )


def _indicator(evidence: Evidence, citations: Citations, one: Row, row: Row) -> tuple[Sentence, ...]:
    put = next(watched for watched in row["indicators"] if watched["id"] == one["id"])
    since = f" since {_day(one['day'])}" if one["day"] else ""
    who = "" if one["by"] == "ledger" else f", read by {one['by']}" + (f": {one['why']}" if one["why"] else "")
    now = "" if one["now"] is None else f"{one['now']:.2g} of {put['threshold']:g}"
    return (
        note(one["title"]),
        note(one["path"]),
        _told(f"{one['state']}{since}{who}", _numbers(evidence, citations, one["claims"][:CITED])),
        note(now),
        note(_day(put["horizon"])),
        note(f"{one['ratio']:.2g}"),
    )


def _move(evidence: Evidence, citations: Citations, one: Row, board: Row) -> Sentence:
    title = next(path["title"] for path in board["paths"] if path["id"] == one["path"])
    by = "" if one["by"] == "ledger" else f" (read by {one['by']})"
    told = (
        f"{_day(one['day'])}: “{title}” went from {one['before']:.0%} to {one['after']:.0%}; “{one['title']}” was "
        f"{'hit' if one['state'] == 'hit' else 'missed'}{by}."
    )
    return _told(told, _numbers(evidence, citations, one["claims"][:CITED]))


def matrix(evidence: Evidence, citations: Citations, foresight: Foresight) -> Section:
    """The rival explanations against the evidence: what speaks against each, and what would turn the order."""
    row = foresight.matrix
    if row is None:
        blocks: tuple[Block, ...] = empty("Reports give no two explanations that could be weighed against each other.")
    else:
        blocks = tuple(_matrix(evidence, citations, row))
    return Section(
        key="hypotheses",
        title="Explanations against the evidence",
        blocks=blocks,
        lead="Analysis of competing hypotheses: the first is the one that least speaks against, which is not proof. CC and C fit, "
        "N tells nothing, I and II speak against; letters are rules' first guesses unless a person is named.",
    )


def _matrix(evidence: Evidence, citations: Citations, row: Row) -> Iterable[Block]:
    titles = {one["id"]: one["title"] for one in row["hypotheses"]}
    said = {one["id"]: one for one in row["hypotheses"]}
    rows = {one["id"]: one for one in row["evidence"]}
    order = [one["hypothesis"] for one in row["standings"]]
    for one in row["standings"]:
        name = one["hypothesis"]
        who = ", ".join(said[name]["said_by"][:SHOWN]) or "nobody in the ledger"
        lead = (
            f"Inconsistency {one['inconsistency']:.1f}, by Bayes {whole_percent(one['probability'])}% ({one['likelihood']}, in place "
            f"{one['rank_bayes']} by that). Said by {who}."
        )
        against = [rows[found] for found in one["against"]]
        items = tuple(
            _told(
                wording.named(f"Against it: {found['title']} ({_letter(found['cells'][name])}).", evidence.theatre),
                _numbers(evidence, citations, found["claims"]),
                Standing.CLAIMED,
            )
            for found in against[:SHOWN]
        )
        yield Listing(
            label=f"{one['rank']}. {titles[name]}",
            lead=_told(lead, _numbers(evidence, citations, said[name]["said"][:CITED])),
            items=items or (note("Nothing in the ledger speaks against it."),),
            more=max(0, len(against) - SHOWN),
        )
    yield Prose(sentences=(_turn(evidence, citations, row, rows, titles),))
    shown = sorted(row["evidence"], key=lambda found: (-found["diagnosticity"], found["id"]))
    yield Table(
        caption=row["question"],
        head=("Evidence", "Voices", "Diagnosticity", *(titles[name] for name in order)),
        rows=tuple(
            (
                _told(
                    wording.named(found["title"], evidence.theatre),
                    _numbers(evidence, citations, found["claims"][:CITED]),
                    Standing.CLAIMED,
                ),
                note(str(found["voices"])),
                note(f"{found['diagnosticity']:.2f}"),
                *(note(found["cells"][name]["letter"]) for name in order),
            )
            for found in shown[:ROWS]
        ),
        more=max(0, len(shown) - ROWS),
    )


def _turn(
    evidence: Evidence, citations: Citations, row: Row, rows: Mapping[str, Row], titles: Mapping[str, str]
) -> Sentence:
    turn = row["turning"]
    if turn is None:
        return note("No single piece of evidence, if wrong, would change which comes first.")
    found = rows[turn["row"]]
    by = "inconsistency" if turn["ranking"] == "inconsistency" else "Bayes"
    told = f"If “{wording.named(found['title'], evidence.theatre)}” were wrong, “{titles[turn['first']]}” would come first by {by}."
    return _told(told, _numbers(evidence, citations, found["claims"][:CITED]))


def _letter(cell: Row) -> str:
    why = f": {cell['why']}" if cell["why"] else ""
    return f"{cell['letter']}, {cell['by']}{why}"


def forecasts(evidence: Evidence, citations: Citations, outlook: Outlook, foresight: Foresight) -> Section:
    """What speakers foretold, and ours, by what became of it."""
    own = {claim.id: claim for claim in evidence.around}
    told = {row["claim"]: row for row in foresight.forecasts if row["claim"]}
    groups: dict[str, list[Claim]] = {}
    for one in outlook.forecasts:
        if one.claim in own:
            groups.setdefault(told[one.claim]["outcome"] if one.claim in told else "", []).append(own[one.claim])
    blocks: list[Block] = []
    for outcome, label in GROUPS:
        blocks += _foretold(evidence, citations, label, groups.get(outcome, []), told)
    blocks += _ours(evidence, citations, [row for row in foresight.forecasts if row["ours"]])
    return Section(
        key="forecasts",
        title="Forecasts, and what became of them",
        blocks=tuple(blocks) or empty(f"No report in the ledger foretells anything about {evidence.place}."),
        lead="Forecasts are their speakers'. They are resolved by assessed control or by two others' word, never by the "
        "forecaster's own.",
    )


def _foretold(
    evidence: Evidence, citations: Citations, label: str, claims: Sequence[Claim], told: Mapping[str, Row]
) -> list[Block]:
    folded = list(evidence.folded(claims))
    items = []
    for claim, same in folded[:SHOWN]:
        row = told.get(claim.id)
        became = _became(row) if row else ""
        rests = [evidence.known[name] for name in (row["evidence"] if row else ())[:CITED] if name in evidence.known]
        after = " ".join(
            filter(None, (read_as(claim), wording.named(became, evidence.theatre), copies(evidence, same)))
        )
        items.append(citations.told(claim, after=after, others=(*same[:SHOWN], *rests)))
    return [Listing(label=label, items=tuple(items), more=max(0, len(folded) - SHOWN))] if items else []


def _became(row: Row) -> str:
    by = "" if row["by"] == "rules" else f", says {row['by']}"
    return f"What became of it: {row['outcome']}{by} ({row['why']})."


def _ours(evidence: Evidence, citations: Citations, rows: Sequence[Row]) -> list[Block]:
    items = tuple(
        _told(
            f"{_day(row['made'])}: {whole_percent(row['probability'])}% ({row['likelihood']}) by {_day(row['until'])}. {_became(row)}",
            _numbers(evidence, citations, row["evidence"][:CITED]),
        )
        for row in rows
    )
    return (
        [Listing(label="Our own, from scenarios", items=items[:SHOWN], more=max(0, len(items) - SHOWN))]
        if items
        else []
    )


def tracks(evidence: Evidence, citations: Citations, foresight: Foresight) -> Section:
    """How those who forecast here did before, anywhere in the ledger."""
    speaking: dict[str, list[str]] = {}
    own = {claim.id for claim in evidence.around}
    for row in foresight.forecasts:
        if row["claim"] in own or row["ours"]:
            speaking.setdefault(row["speaker"], []).append(row["claim"] or "")
    rows = [row for row in foresight.tracks if row["speaker"] in speaking]
    if not rows:
        blocks = empty("Nobody heard here has made a forecast that could be followed.")
        return Section(key="tracks", title="Track records", blocks=blocks)
    table = Table(
        caption="Forecasts of those heard here, over the whole ledger",
        head=(
            "Speaker",
            "Forecasts",
            "Scored",
            "Brier",
            "Log",
            "Skill against the base rate",
            "Skill against one half",
        ),
        rows=tuple(
            (
                _told(
                    row["speaker"], _numbers(evidence, citations, speaking[row["speaker"]][:CITED]), Standing.CLAIMED
                ),
                note(str(row["forecasts"])),
                note(str(row["scored"])),
                *(note(_number(row[name])) for name in ("brier", "log", "skill_base_rate", "skill_half")),
            )
            for row in rows[:ROWS]
        ),
        more=max(0, len(rows) - ROWS),
    )
    lead = "Brier and log score: less is better. Skill: above 0 is better than the reference. A record of few forecasts says little."
    return Section(key="tracks", title="Track records", blocks=(table,), lead=lead)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _numbers(evidence: Evidence, citations: Citations, names: Iterable[str]) -> tuple[int, ...]:
    return citations.numbers(evidence.known[name] for name in names if name in evidence.known)


def _told(text: str, cited: tuple[int, ...], standing: Standing = Standing.ASSESSED) -> Sentence:
    """A sentence that rests on passages; without any it is about the scenario or the ledger."""
    return Sentence(parts=(text,), standing=standing if cited else Standing.NOTE, citations=cited)


def _day(text: str) -> str:
    return wording.day(date.fromisoformat(text))
