"""Intervals of days with open ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import UNKNOWN_WHEN, When

days = st.dates(date(2021, 1, 1), date(2026, 12, 31))
ends = st.tuples(st.none() | days, st.none() | days).filter(lambda p: not (p[0] and p[1]) or p[0] <= p[1])


def when(pair: tuple[date | None, date | None]) -> When:
    return When(start=pair[0], end=pair[1])


def test_an_interval_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        When(start=date(2022, 9, 10), end=date(2022, 9, 9))


def test_of_an_unknown_time_nothing_is_claimed() -> None:
    assert not UNKNOWN_WHEN.known
    assert not UNKNOWN_WHEN.covers(date(2022, 9, 10))
    assert not UNKNOWN_WHEN.overlaps(When(start=date(2022, 9, 10)))


@given(ends.map(when), ends.map(when), days)
def test_overlap_is_mutual_and_follows_from_a_shared_day(one: When, other: When, day: date) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    if one.covers(day) and other.covers(day):
        assert one.overlaps(other)
