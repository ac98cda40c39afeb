"""Probabilities move by independent readings alone, and by nothing that was not out yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, NORTH, SOUTH, THEATRE, claim, document

from fogline.foresee.queries import Measure, Query
from fogline.foresee.scenarios import Indicator, Marking, Path, Scenario, State
from fogline.foreseeing import Known, history
from fogline.model import Claim, Document, Kind, Likelihood, Modality, Polarity

OPENED, CLOSES = date(2022, 5, 1), date(2022, 6, 30)


def query(**changes: object) -> Query:
    base = Query(measure=Measure.VOICES, place="Hrushivka", geonameid=1, kinds=(Kind.ADVANCE,), side=NORTH, threshold=2)
    return replace(base, **changes)


def scenario(*indicators: Indicator, outcome: Query | None = None) -> Scenario:
    return Scenario(
        title="made", place="Hrushivka", opened=OPENED, closes=CLOSES, basis="",
        paths=(
            Path(id="falls", title="It falls", prior=0.5, indicators=indicators, outcome=outcome),
            Path(id="holds", title="It holds", prior=0.5),
        ),
    )  # fmt: skip


def watch(name: str = "advance", **changes: object) -> Indicator:
    base = Indicator(id=name, title=name, query=query(), horizon=CLOSES, hit=4.0, miss=0.5)
    return replace(base, **changes)


def told(*days: str, outlet: str = "Harbour Times", words: str = "") -> tuple[tuple[Document, Claim], ...]:
    """Reports of a northern advance, each in words of its own unless ``words`` are given."""
    found = []
    for number, day in enumerate(days):
        source = document(f"{day}-{outlet}-{number}", outlet=outlet, published=day)
        quote = words or f"on {day} the men of the north came {number} streets nearer, says {outlet}"
        found.append(
            (
                source,
                claim(source, kind=Kind.ADVANCE, actor=NORTH, quote=quote, speaker=f"Witness {day} {number} {outlet}"),
            )
        )
    return tuple(found)


def known(*pairs: tuple[Document, Claim]) -> Known:
    return Known(claims=tuple(c for _, c in pairs), documents={d.id: d for d, _ in pairs}, theatre=THEATRE)


def falls(of: Known, made: Scenario, until: date = CLOSES) -> float:
    return dict(history(made, of, until)[-1].probabilities)["falls"]


def test_two_voices_in_the_window_hit_and_move_the_odds_by_the_ratio():
    of = known(*told("2022-05-10", "2022-05-12"))
    boards = history(scenario(watch()), of, CLOSES)
    assert [(b.day.isoformat(), round(dict(b.probabilities)["falls"], 3)) for b in boards] == [
        ("2022-05-01", 0.5), ("2022-05-10", 0.5), ("2022-05-12", 0.8), ("2022-06-30", 0.8),
    ]  # fmt: skip
    assert dict(boards[-1].words)["falls"] is Likelihood.VERY_LIKELY
    assert boards[-1].confidence == "moderate"
    assert len(boards[-1].reads[0].families) == 2


def test_copies_move_nothing():
    one = told("2022-05-10", words="the men of the north came nearer, the witness said at length and in the same words")
    copies = [
        (d, replace(c, document_id=d.id))
        for day in range(11, 25)
        for d, c in [(document(f"copy-{day}", outlet=f"Copier {day}", published=f"2022-05-{day}"), one[0][1])]
    ]
    assert falls(known(*one, *copies), scenario(watch())) == falls(known(*one), scenario(watch())) == 0.5


def test_families_that_one_reading_spent_move_no_other():
    of = known(*told("2022-05-10", "2022-05-12"))
    twice = scenario(watch("a"), watch("b", query=query(threshold=1.0)))
    assert falls(of, twice) == pytest.approx(1 - 1 / (1 + 4 * 4**0.5))
    assert falls(of, scenario(watch("a"), watch("b"))) == pytest.approx(0.8)


def test_a_miss_counts_after_the_horizon_and_not_before():
    made = scenario(watch(horizon=date(2022, 5, 31)))
    assert falls(known(), made, date(2022, 5, 31)) == 0.5
    assert falls(known(), made, date(2022, 6, 1)) == pytest.approx(1 / 3)


def test_what_is_denied_planned_or_elsewhere_does_not_count():
    ((source, one),) = told("2022-05-10")
    others = (
        replace(one, polarity=Polarity.NEGATIVE),
        replace(one, modality=Modality.INTENDED),
        replace(one, actor=SOUTH),
        replace(one, places=(replace(HRUSHIVKA, geonameid=9, name="Elsewhere"),)),
    )
    for other in others:
        assert falls(known((source, other)), scenario(watch(query=query(threshold=1)))) == 0.5
    assert falls(known((source, one)), scenario(watch(query=query(threshold=1)))) == 0.8


def test_a_person_reads_what_the_ledger_cannot_see():
    marking = Marking(day=date(2022, 5, 20), state=State.HIT, person="A. Reader")
    unseen = scenario(watch(query=None))
    assert history(unseen, known(), CLOSES)[-1].reads[0].state is State.UNSEEN
    read = scenario(watch(query=None, markings=(marking,)))
    assert falls(known(), read, date(2022, 5, 19)) == 0.5
    assert falls(known(), read, date(2022, 5, 20)) == 0.8


def test_an_indicator_waits_for_those_it_comes_after():
    of = known(*told("2022-05-10", "2022-05-12"))
    waits = watch("second", after=("first",))
    assert falls(of, scenario(watch("first", query=query(threshold=9)), waits)) == 0.5


DAYS = st.integers(0, 50).map(lambda n: (OPENED + timedelta(days=n)).isoformat())
OUTLETS = st.sampled_from(["Harbour Times", "World Wire", "Northern Voice", "Southern Courier"])
REPORTS = st.lists(st.tuples(DAYS, OUTLETS, st.booleans()), max_size=8)


@settings(max_examples=25, deadline=None)
@given(REPORTS, st.integers(0, 60))
def test_a_replay_equals_a_ledger_built_only_from_what_was_out_by_then(
    reports: list[tuple[str, str, bool]], after: int
):
    pairs = []
    for number, (day, outlet, advance) in enumerate(reports):
        ((source, one),) = told(day, outlet=outlet)
        source = replace(source, name=f"{source.name}-{number}", article_id=f"article-{number}")
        taken = replace(one, kind=Kind.CONTROL, holder=NORTH, manner="captured", actor="")
        pairs.append((source, replace(one if advance else taken, document_id=source.id)))
    until = OPENED + timedelta(days=after)
    early = [(d, c) for d, c in pairs if d.published.end is not None and d.published.end <= until]
    held = query(measure=Measure.CONTROL, threshold=0.7)
    made = scenario(watch("a"), watch("b", query=query(measure=Measure.CHANGE, threshold=1)), watch("c", query=held))
    assert history(made, known(*pairs), until) == history(made, known(*early), until)
