"""Probabilities move by independent readings alone, and by nothing that was not out yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, THEATRE, claim, document

from fogline.foresee.queries import Evidence, Held, Measure, Query, answer
from fogline.foresee.scenarios import Indicator, Marking, Path, Scenario, State
from fogline.foreseeing import Known, evidence_of, history
from fogline.model import Claim, Document, Kind, Likelihood, Modality, PlacePrecision, Polarity

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


def test_an_area_counts_claims_on_any_place_in_it():
    near, far = told("2022-05-05"), told("2022-05-06", outlet="World Wire")
    there = [(d, replace(c, places=(LYPOVE,))) for d, c in far]
    asked = query(geonameid=None, area="North", within=frozenset({1, 2}), threshold=2)
    assert answer(asked, evidence_of(known(*near, *there), ())(CLOSES)).hit is False  # of other days than the window
    wide = replace(asked, window=120)
    assert answer(wide, evidence_of(known(*near, *there), ())(CLOSES)).value == 2
    assert answer(replace(wide, within=frozenset({2})), evidence_of(known(*near, *there), ())(CLOSES)).value == 1


def test_a_side_holds_so_many_settlements_of_an_area():
    held = {1: Held(belief={NORTH: 0.9, SOUTH: 0.1}, claims=()), 2: Held(belief={NORTH: 0.4, SOUTH: 0.6}, claims=())}
    evidence = Evidence(day=CLOSES, claims=(), said={}, family={}, control=held)
    asked = query(measure=Measure.CONTROL, side=NORTH, area="North", within=frozenset({1, 2, 3}), threshold=1.2)
    assert answer(asked, evidence).value == pytest.approx(1.3)
    assert answer(asked, evidence).hit
    assert not answer(replace(asked, within=frozenset({3}), below=True), evidence).hit  # of which nothing is known


def test_a_label_of_a_wide_area_locates_nothing():
    there = [(d, replace(c, places=(replace(LYPOVE, precision=PlacePrecision.REGION),))) for d, c in told("2022-05-05")]
    assert answer(query(within_km=100, window=120, threshold=1), evidence_of(known(*there), ())(CLOSES)).value == 0


def test_a_person_reads_what_the_ledger_cannot_see():
    marking = Marking(day=date(2022, 5, 20), state=State.HIT, person="A. Reader")
    unseen = scenario(watch(query=None))
    assert history(unseen, known(), CLOSES)[-1].reads[0].state is State.UNSEEN
    read = scenario(watch(query=None, markings=(marking,)))
    assert falls(known(), read, date(2022, 5, 19)) == 0.5
    assert falls(known(), read, date(2022, 5, 20)) == 0.8


def test_the_last_reading_of_a_person_stands_and_goes_before_the_ledger():
    of = known(*told("2022-05-10", "2022-05-12"))
    marks = (
        Marking(day=date(2022, 5, 20), state=State.MISS, person="Ada", why="a misreading"),
        Marking(day=date(2022, 6, 10), state=State.HIT, person="Ben"),
    )
    read = scenario(watch(markings=marks))
    assert falls(of, read, date(2022, 5, 15)) == 0.8
    assert falls(of, read, date(2022, 5, 20)) == pytest.approx(1 / 3)
    assert falls(of, read, date(2022, 6, 10)) == 0.8
    board = history(read, of, date(2022, 5, 20))[-1]
    assert (board.reads[0].by, board.reads[0].why, board.reads[0].now) == ("Ada", "a misreading", 2.0)


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
