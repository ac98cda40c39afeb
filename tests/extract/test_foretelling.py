"""What is foretold, how likely, by when and on what condition; and what is not, though it sounds like it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fogline.extract.headed import heads
from fogline.extract.horizons import horizon
from fogline.model import Kind, Likelihood, likelihood_of

if TYPE_CHECKING:
    from tests.extract.conftest import Hear

FRIDAY = date(2025, 11, 21)


def test_a_forecast_has_event_holder_likelihood_last_day_and_condition(hear: Hear):
    (told,) = [
        c for c in hear("If aid dries up, Russian forces may take Lyman in the spring, Oleh Marchuk said.") if c.ahead
    ]
    assert told.ahead is not None
    assert (told.kind, told.ahead.event, told.holder, told.places[0].name) == (Kind.FORECAST, "control", "RU", "Lyman")
    assert (told.ahead.likelihood, told.ahead.condition) == (Likelihood.EVEN, "If aid dries up")
    assert told.when.end == date(2026, 5, 31)
    assert told.speaker.name == "Oleh Marchuk"


@pytest.mark.parametrize(
    ("text", "likelihood"),
    [
        ("Lyman will fall to the Russian army.", Likelihood.ALMOST_CERTAIN),
        ("Lyman will not fall to the Russian army.", Likelihood.ALMOST_NO_CHANCE),
        ("Lyman is unlikely to fall to the Russian army.", Likelihood.UNLIKELY),
        ("Lyman is not expected to fall to the Russian army.", Likelihood.UNLIKELY),
        ("There is a 15 percent chance that Lyman will fall to the Russian army.", Likelihood.VERY_UNLIKELY),
    ],
)
def test_the_likelihood_is_that_of_the_event_as_it_stands(hear: Hear, text: str, likelihood: Likelihood):
    assert likelihood in {c.ahead.likelihood for c in hear(text) if c.ahead}


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces have taken Lyman, a move that could change the war.",
        "Russian forces want to take Lyman.",
        "In May 2024 Russian forces took Lyman.",
        "Lyman would have fallen to the Russian army without the bridge.",
        "Russian forces may have taken Lyman on Thursday.",
    ],
)
def test_nothing_is_foretold_of_what_is_done_wanted_or_never_was(hear: Hear, text: str):
    assert not [c for c in hear(text) if c.ahead and c.ahead.event == "control"]


def test_one_sentence_may_foretell_twice(hear: Hear):
    text = "“Our troops may repel the attacks on Lyman, and next summer we will push towards Svatove,” General Oleh Marchuk said."
    told = {c.ahead.event: (c.ahead.likelihood, c.when.end) for c in hear(text) if c.ahead}
    assert told == {
        "battle": (Likelihood.EVEN, None),
        "advance": (Likelihood.ALMOST_CERTAIN, date(2026, 8, 31)),
    }


def test_bands_cover_all_probabilities_and_mirror_each_other():
    for step in range(101):
        band = likelihood_of(step / 100)
        assert likelihood_of(1 - step / 100) is band.mirrored
    assert [band.middle for band in Likelihood] == sorted(band.middle for band in Likelihood)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("by the end of January", "2025-11-21", "2026-01-31"),
        ("in November", "2025-11-21", "2025-11-30"),
        ("before spring", "2025-11-21", "2026-02-28"),
        ("within two weeks", "2025-11-21", "2025-12-05"),
        ("next 3-6 months", "2025-11-21", "2026-05-23"),
        ("in the coming quarter", "2026-01-01", "2026-03-31"),
        ("by 5 December", "2025-11-21", "2025-12-05"),
        ("this winter", "2025-12-01", "2026-02-28"),
        ("by Sunday", "2025-11-21", "2025-11-23"),
        ("in mid-March", "2026-03-11", "2026-03-21"),
    ],
)
def test_times_are_told_forward(words: str, start: str, end: str):
    found = horizon(f"the town will fall {words}", FRIDAY)
    assert found is not None
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))


def test_no_time_is_made_up():
    assert horizon("the town will fall during the day", FRIDAY) is None
    assert horizon("the town that fell in 2023 will not fall again", FRIDAY) is None


TEXT = """Base case: Lyman holds.

Escalation scenario

Russian forces would take Lyman if the bridge falls.

Further reading

Indicators to watch

- Counts of sorties over the next two months near Lyman.
- Convoys near Svatove.
"""


def test_heads_speak_for_what_stands_under_them(hear: Hear):
    named = [(head.kind, head.name) for head in heads(TEXT)]
    assert named == [
        (Kind.FORECAST, "base case"),
        (Kind.FORECAST, "escalation scenario"),
        (Kind.INDICATOR, ""),
    ]
    told = hear(TEXT)
    assert {c.manner for c in told if c.kind is Kind.FORECAST} >= {"escalation scenario"}
    assert sum(c.kind is Kind.INDICATOR for c in told) == 2
    assert not [c for c in told if c.kind is Kind.CONTROL]
