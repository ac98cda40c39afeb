from datetime import date

import pytest

from fogline.model import UNKNOWN_WHEN, AnchorEvent, Basis, Precision, When
from fogline.timex import find

ANCHORS = (AnchorEvent(name="war", phrases=("full-scale invasion", "war"), day=date(2022, 2, 24)),)
WEDNESDAY = date(2023, 10, 11)


def on(day: date) -> When:
    return When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=Basis.STATED)


def only(text: str, published: When = UNKNOWN_WHEN) -> When:
    (timex,) = find(text, published=published, anchors=ANCHORS)
    assert timex.span.of(text) == timex.when.text
    return timex.when


@pytest.mark.parametrize(
    ("text", "edtf", "start", "end", "precision"),
    [
        ("Held in September 2022.", "2022-09", date(2022, 9, 1), date(2022, 9, 30), Precision.MONTH),
        ("Lost in 2022.", "2022", date(2022, 1, 1), date(2022, 12, 31), Precision.YEAR),
        ("A lull in spring 2023.", "2023-21", date(2023, 3, 1), date(2023, 5, 31), Precision.SEASON),
        ("The winter of 2023-24.", "2023-24", date(2023, 12, 1), date(2024, 2, 29), Precision.SEASON),
        ("On 10 September 2022.", "2022-09-10", date(2022, 9, 10), date(2022, 9, 10), Precision.DAY),
        ("Dark since 26 April 2023.", "2023-04-26/..", date(2023, 4, 26), None, Precision.INTERVAL),
        ("Wanted by 26 April 2023.", "../2023-04-26", None, date(2023, 4, 26), Precision.INTERVAL),
    ],
)
def test_a_value_says_no_more_than_the_words(
    text: str, edtf: str, start: date | None, end: date | None, precision: Precision
) -> None:
    when = only(text)
    assert (when.edtf, when.start, when.end, when.precision) == (edtf, start, end, precision)
    assert when.basis is Basis.STATED


@pytest.mark.parametrize("text", ["Seen today.", "Seen on Tuesday.", "Seen last week.", "Seen two days ago."])
def test_what_is_told_from_an_unknown_publication_stays_unknown(text: str) -> None:
    when = only(text)
    assert not when.known
    assert when.edtf == ""
    assert when.basis is Basis.PUBLICATION_RELATIVE


def test_an_open_publication_gives_an_open_value() -> None:
    published = When(start=WEDNESDAY, edtf="2023-10-11/..", precision=Precision.INTERVAL, basis=Basis.STATED)
    when = only("Seen yesterday.", published)
    assert (when.start, when.end, when.edtf) == (date(2023, 10, 10), None, "2023-10-10/..")


def test_an_interval_of_publication_moves_both_ends() -> None:
    published = When(start=date(2023, 10, 1), end=date(2023, 10, 31), edtf="2023-10", basis=Basis.STATED)
    when = only("Seen yesterday.", published)
    assert (when.start, when.end) == (date(2023, 9, 30), date(2023, 10, 30))


def test_a_year_that_nothing_names_stays_open() -> None:
    when = only("Announced on July 6.")
    assert (when.edtf, when.known, when.basis) == ("XXXX-07-06", False, Basis.STATED)


def test_a_missing_year_is_that_of_the_nearest_past_day() -> None:
    assert only("Announced on July 6.", on(WEDNESDAY)).edtf == "2023-07-06"
    assert only("Announced on 6 December.", on(WEDNESDAY)).edtf == "2022-12-06"


def test_a_leap_day_is_found_in_its_year() -> None:
    assert only("It fell on 29 February.", on(WEDNESDAY)).edtf == "2020-02-29"


def test_a_year_named_before_carries_on_where_no_news_is_told() -> None:
    text = "The brigade was raised in March 2021. On 5 June it moved."
    assert [t.when.edtf for t in find(text, published=on(WEDNESDAY), anchors=())] == ["2021-03", "2021-06-05"]


def test_news_does_not_take_the_year_of_background() -> None:
    text = "The town was freed in September 2022. On 9 October it was hit again."
    assert [t.when.edtf for t in find(text, published=on(WEDNESDAY), anchors=())] == ["2022-09", "2023-10-09"]


def test_anchor_events_and_plain_dates_stand_side_by_side() -> None:
    text = "Four days after the beginning of the full-scale invasion, on 28 February 2022, it was taken."
    first, second = find(text, published=UNKNOWN_WHEN, anchors=ANCHORS)
    assert first.when.start == second.when.start == date(2022, 2, 28)
    assert (first.when.basis, second.when.basis) == (Basis.ANCHOR_RELATIVE, Basis.STATED)


def test_an_anchor_of_another_year_is_not_the_anchor() -> None:
    when = only("Quiet since the war of 2008.")
    assert when.edtf == "2008"


def test_what_is_to_come_is_marked() -> None:
    (coming,) = find("Voters will go to the polls on 5 November.", published=on(WEDNESDAY), anchors=())
    (past,) = find("Voters went to the polls on 5 November.", published=on(WEDNESDAY), anchors=())
    assert (coming.ahead, coming.when.edtf) == (True, "2023-11-05")
    assert (past.ahead, past.when.edtf) == (False, "2022-11-05")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("В ніч на 12 лютого 2024 року було тихо.", "2024-02-11/2024-02-12"),
        ("В ночь на 12 февраля 2024 года было тихо.", "2024-02-11/2024-02-12"),
        ("Бої точилися з 22 на 23 серпня 2024 року.", "2024-08-22/2024-08-23"),
        ("Сводка на утро 3 марта 2024 г.", "2024-03-03"),
    ],
)
def test_ukrainian_and_russian_days(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


def test_days_are_kept_within_the_calendar() -> None:
    when = only("Built 9999 years before the war.")
    assert when.start == date(1, 1, 1) or not when.known
    assert find("On 31 February 2023.", published=UNKNOWN_WHEN, anchors=())[0].when.edtf == "2023-02"
