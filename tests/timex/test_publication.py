from datetime import date

import pytest

from fogline.model import UNKNOWN_WHEN, AnchorEvent, Basis, Precision, When
from fogline.timex import find, latest_past, publication


@pytest.mark.parametrize(
    "line",
    [
        "2023-10-09T14:23:00Z",
        "2023-10-09 14:23",
        "2023-10-09T23:59:59.000+03:00",
        "Oct 9, 2023",
        "Published: October 9th, 2023, 2:23 pm EDT",
        "Mon, 09 Oct 2023 14:23:00 +0300",
        "Mon, 9 Oct 2023 14:23:00 GMT",
        "9 жовтня 2023, 14:23",
        "9 октября 2023 г.",
        "09.10.2023 14:23",
        "20231009",
        "Updated 14:23, 9 October 2023 (first published 8 October 2023)",
    ],
)
def test_an_absolute_line_gives_its_day(line: str) -> None:
    when = publication(line)
    assert (when.start, when.end, when.edtf) == (date(2023, 10, 9), date(2023, 10, 9), "2023-10-09")
    assert (when.precision, when.basis) == (Precision.DAY, Basis.STATED)


@pytest.mark.parametrize(
    "line",
    ["", "yesterday", "2 hours ago", "October 2023", "Oct 9", "10/09/2023", "by 9 October 2023", "Monday", "99999999"],
)
def test_any_other_line_leaves_it_unknown(line: str) -> None:
    assert publication(line) == UNKNOWN_WHEN


def past(text: str, published: When = UNKNOWN_WHEN) -> date | None:
    anchors = (AnchorEvent(name="war", phrases=("war",), day=date(2022, 2, 24)),)
    return latest_past(find(text, published=published, anchors=anchors))


def test_the_latest_past_day_is_the_last_one_told_as_past() -> None:
    assert past("Taken on 27 February 2022, freed on 10 September 2022, seen on July 6.") == date(2022, 9, 10)
    assert past("It fell between 6 and 10 September 2022.") == date(2022, 9, 10)


def test_a_month_counts_from_its_first_day() -> None:
    assert past("It was freed in September 2022.") == date(2022, 9, 1)


def test_what_is_to_come_does_not_count() -> None:
    assert past("It was freed in May 2022 and will be rebuilt by 1 June 2030.") == date(2022, 5, 1)


def test_an_anchor_event_counts() -> None:
    assert past("It was taken two days after the war.") == date(2022, 2, 26)


def test_no_date_gives_none() -> None:
    assert past("It was taken yesterday, or on July 6.") is None
