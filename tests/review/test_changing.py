"""What two sets of conclusions differ in: told where a person would see it, and not told where no figure shown differs."""

from datetime import date

import pytest
from tests.builders import NORTH, SOUTH

from fogline.model import Conclusions, Control
from fogline.review.changing import Change, changes

STATES = (NORTH, SOUTH, "contested")


def held(*daily: tuple[float, float, float], start: str = "2024-03-01", place: str = "Halya") -> Conclusions:
    one = Control(
        place=place, geonameid=7, known_by=None, states=STATES, start=date.fromisoformat(start), daily=daily, timeline=()
    )  # fmt: skip
    return Conclusions(control=(one,))


def told(before: Conclusions, after: Conclusions) -> list[Change]:
    return list(changes(before, after, {}))


SURE, UNSURE, OTHER = (0.9, 0.05, 0.05), (0.5, 0.4, 0.1), (0.2, 0.7, 0.1)


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (held(SURE, SURE, SURE), held(SURE, UNSURE, SURE), "2024-03-02"),
        (held(SURE, UNSURE, SURE), held(OTHER, OTHER, SURE), "2024-03-01"),
        (held(UNSURE, SURE, start="2024-03-02"), held(OTHER, SURE, SURE), "2024-03-02"),
        (held(OTHER, SURE, SURE), held(UNSURE, SURE, start="2024-03-02"), "2024-03-02"),
    ],
)
def test_of_two_that_end_alike_the_day_that_differs_most_is_told(
    before: Conclusions, after: Conclusions, day: str
) -> None:
    (one,) = told(before, after)
    assert (one.what, one.of) == ("assessment", f"Halya on {day}")
    assert one.before != one.after


def test_what_no_figure_shows_is_not_told() -> None:
    assert told(held(SURE, SURE), held((0.9001, 0.0499, 0.05), SURE)) == []
    assert told(held(SURE), held(SURE)) == []
    assert told(held(SURE, start="2024-03-05"), held(SURE, start="2024-03-01")) == []
    assert told(Conclusions(), Conclusions()) == []
