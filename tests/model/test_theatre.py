"""Sides, opponents and dated offices."""

from datetime import date

from fogline.model import Actor, Office, Side, Theatre

TWO = Theatre(name="two", sides=(Side(code="N", name="North"), Side(code="S", name="South")))


def test_each_of_two_sides_opposes_the_other() -> None:
    assert TWO.opponent("N") == "S"
    assert TWO.opponent("S") == "N"


def test_outsiders_and_the_unknown_oppose_nobody() -> None:
    assert TWO.opponent("third") == TWO.opponent("unknown") == "unknown"
    three = Theatre(name="three", sides=(*TWO.sides, Side(code="E", name="East")))
    assert three.opponent("N") == "unknown"


def test_only_a_side_is_a_party() -> None:
    assert TWO.is_party("N")
    assert not TWO.is_party("third")
    assert not TWO.is_party("unknown")


def test_an_office_is_the_one_held_on_the_day() -> None:
    ground = Office(role="Commander of Ground Forces", until=date(2024, 2, 7))
    chief = Office(role="Commander-in-Chief", since=date(2024, 2, 8))
    actor = Actor(names=("Anna Example",), offices=(ground, chief))
    assert actor.office(date(2023, 1, 1)) is ground
    assert actor.office(date(2025, 1, 1)) is chief
    assert actor.office(None) is chief
