"""What is foretold, how likely, by when and on what condition; and what is not, though it sounds like it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fogline.extract.headed import heads
from fogline.extract.horizons import horizon
from fogline.model import Kind, Likelihood, Modality, likelihood_of

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
        ("There is a 10 to 20 percent chance that Lyman will fall to the Russian army.", Likelihood.VERY_UNLIKELY),
        ("There is a one-in-three chance that Lyman will fall to the Russian army.", Likelihood.UNLIKELY),
        ("Observers put the probability of Lyman falling to the Russian army at 70%.", Likelihood.LIKELY),
        ("The chance that Lyman will fall to the Russian army is close to zero.", Likelihood.ALMOST_NO_CHANCE),
        ("By then the Russian army is more likely than not to hold Lyman.", Likelihood.LIKELY),
        ("There is every chance that Lyman will fall to the Russian army.", Likelihood.LIKELY),
        ("Odds are that Lyman falls to the Russian army.", Likelihood.LIKELY),
        ("The Russian army is about to take Lyman.", Likelihood.VERY_LIKELY),
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


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("A withdrawal from Lyman looks inevitable.", "withdrawal"),
        ("Ukrainian troops will leave Lyman in December.", "withdrawal"),
        ("Residents will leave Lyman in December.", "humanitarian"),
        ("Three more brigades will be moved to Lyman.", "forces"),
        ("Russian artillery will keep shelling Lyman.", "strike"),
        ("The mayor warned that shelling of Lyman would continue.", "strike"),
        ("Kyiv will never give up Lyman.", "control"),
        ("Lyman won't hold past Christmas.", "control"),
        ("Everything points to an attack on Lyman in January.", "battle"),
        ("The defence minister considers a Russian attack on Lyman improbable.", "battle"),
        ("Russian losses near Lyman will exceed ten thousand.", "losses"),
    ],
)
def test_the_event_is_what_is_to_come(hear: Hear, text: str, event: str):
    assert event in {c.ahead.event for c in hear(text) if c.ahead}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Only if reserves come will Ukraine be able to hold Lyman.", "Only if reserves come"),
        ("The Russian army will attack Lyman as soon as the fields dry.", "as soon as the fields dry"),
        ("Weather permitting, Russian troops will attack Lyman this week.", "Weather permitting"),
        ("Given enough shells, Russian troops could take Lyman.", "Given enough shells"),
        ("Once Russian forces hold Siversk, Lyman will fall to them.", "Once Russian forces hold Siversk"),
        ("Civilians in Lyman will spend the winter without power, the charity said.", ""),
        ("Civilians in Lyman could be cut off from help, Doctors Without Borders said.", ""),
    ],
)
def test_a_condition_is_the_clause_that_puts_it(hear: Hear, text: str, condition: str):
    assert condition in {c.ahead.condition for c in hear(text) if c.ahead}


@pytest.mark.parametrize(
    "text",
    ["Ukraine can retake Lyman, the analyst said.", "Odds are that Lyman remains under Russian control in 2026."],
)
def test_what_may_be_is_not_read_as_held(hear: Hear, text: str):
    assert not [c for c in hear(text) if c.kind is Kind.CONTROL and c.modality is Modality.ACTUAL]


def test_what_was_done_is_not_ahead_though_only_possible(hear: Hear):
    assert not [c for c in hear("It is possible that Lyman was hit by its own side.") if c.ahead]


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
        ("all winter", "2025-12-01", "2026-02-28"),
        ("by year's end", "2025-11-21", "2025-12-31"),
        ("tomorrow", "2025-11-22", "2025-11-22"),
        ("by the weekend", "2025-11-21", "2025-11-23"),
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
