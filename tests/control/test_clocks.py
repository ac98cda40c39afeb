"""Both clocks at once, and what would change an assessment."""

from datetime import date

from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.control.clocks import delays
from fogline.control.inferring import infer
from fogline.control.timeline import status
from fogline.control.turning import turning
from fogline.model import Control

THEN = document("then", outlet="World Wire", published="2024-01-14")
LATER = document("later", outlet="Harbour Times", published="2024-06-01")


def concluded(*claims, day: date | None = None) -> Control:
    (found,) = infer(claims, by_id(THEN, LATER), (), (), THEATRE, known_by=day)
    return found


def test_news_that_came_at_once_and_news_that_came_late() -> None:
    before = claim(THEN, holder=NORTH, manner="captured", when=on("2023-03-01"))
    taken = claim(THEN, holder=SOUTH, manner="liberated", when=on("2024-01-10"), start=40)
    (change,) = delays(concluded(before, taken), lambda day: concluded(before, taken, day=day), [date(2024, 1, 14)])
    assert (change.change.after, change.known, change.days) == (SOUTH, date(2024, 1, 14), 4)


def test_news_told_only_as_background_was_never_known_in_time() -> None:
    one = claim(LATER, holder=NORTH, manner="captured", when=on("2023-03-01"))
    two = claim(LATER, holder=SOUTH, manner="liberated", when=on("2024-01-10"), start=40)
    three = claim(LATER, holder=NORTH, manner="recaptured", when=on("2024-03-10"), start=80)
    found = delays(concluded(one, two, three), lambda day: concluded(one, two, three, day=day), [date(2024, 6, 1)])
    assert [(d.change.after, d.known) for d in found] == [(SOUTH, None), (NORTH, date(2024, 6, 1))]


def test_what_would_change_it_changes_it_and_no_less_does() -> None:
    found = concluded(claim(THEN, holder=NORTH, manner="captured", when=on("2024-01-12")))
    now = status(dict(zip(found.states, found.daily[-1], strict=True)))
    turns = turning(found)
    assert turns
    for turn in turns:
        assert turn.status == turn.holder != now
        assert abs(sum(turn.belief.values()) - 1) < 1e-9
    reports = {turn.holder: turn.reports for turn in turns if not turn.by}
    admitted = [turn for turn in turns if turn.by == NORTH]
    assert all(turn.holder == SOUTH for turn in admitted)
    assert all(count >= 1 for count in reports.values())


def test_of_a_place_of_which_nothing_is_known_one_report_is_enough_to_say_something() -> None:
    empty = Control(
        place="x", geonameid=1, known_by=None, states=(NORTH, SOUTH, "contested"), start=None, daily=(), timeline=()
    )
    assert {turn.holder for turn in turning(empty)} >= {NORTH, SOUTH}
