from datetime import date, timedelta

import pytest

from fogline.control.changing import changes
from fogline.model import CONTESTED, UNKNOWN_STATUS, Control, Stretch

START = date(2024, 3, 1)


def made(shares, statuses):
    """A control whose belief in the south rises as given, with stretches of the statuses."""
    daily = tuple((1 - share, share, 0.0) for share in shares)
    stretches, first = [], 0
    for number in range(1, len(statuses) + 1):
        if number == len(statuses) or statuses[number] != statuses[first]:
            stretches.append(
                Stretch(
                    start=START + timedelta(first), end=START + timedelta(number - 1), belief={},
                    status=statuses[first], claims=(f"claim-{first}",),
                )
            )  # fmt: skip
            first = number
    states = ("NO", "SO", CONTESTED)
    return Control(
        place="Lypove", geonameid=1, known_by=None, states=states, start=START, daily=daily, timeline=tuple(stretches)
    )


def test_a_slow_change_has_a_wide_interval_and_a_sudden_one_a_day():
    slow = made([0, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1, 1, 1], ["NO"] * 4 + [UNKNOWN_STATUS] + ["SO"] * 5)
    (found,) = changes(slow)
    assert (found.before, found.after) == ("NO", "SO")
    assert (found.first, found.likely, found.last) == (date(2024, 3, 3), date(2024, 3, 5), date(2024, 3, 8))
    (sudden,) = changes(made([0, 0, 0, 1, 1, 1], ["NO"] * 3 + ["SO"] * 3))
    assert sudden.first == sudden.last == date(2024, 3, 4)
    assert sudden.claims == ("claim-3",)


def test_doubt_between_days_of_one_status_is_no_change():
    assert changes(made([0, 0.5, 0], ["NO", UNKNOWN_STATUS, "NO"])) == ()


@pytest.mark.parametrize("within", [0.5, 0.9, 0.99])
def test_a_surer_interval_holds_the_less_sure_one(within):
    slow = made([n / 20 for n in range(21)], ["NO"] * 8 + [UNKNOWN_STATUS] * 5 + ["SO"] * 8)
    (wide,), (narrow,) = changes(slow, 0.99), changes(slow, within)
    assert wide.first <= narrow.first <= narrow.likely <= narrow.last <= wide.last
