"""Numbers of a statement, whatever they count."""

import pytest

from fogline.link import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Twelve drones and 1,200 shells", {12, 1200}),
        ("twenty-one villages", {21}),
        ("two hundred thousand people", {200_000}),
        ("3.5 million tonnes", {3_500_000}),
        ("On 3 May 2023, May 4 and the 5th, at 6.30", set()),
        ("one man, 1 dog", {1}),
        ("a dozen tanks", {12}),
    ],
)
def test_numbers_are_read_from_figures_and_words_and_days_are_none(text, found):
    assert set(numbers.read(text)) == found


def test_a_number_goes_with_the_words_behind_it():
    assert numbers.read("They lost 12 armoured vehicles and forty men.")[12] == {"armour", "vehicl"}
    assert "%" in numbers.read("80% of the town")[80]
