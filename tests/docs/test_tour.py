"""What the tour shows is what fogline prints."""

import pytest
from tests.docs.shown import BLOCK, TOUR, anew, prepared


@pytest.mark.journey
@pytest.mark.slow
def test_the_tour_shows_what_fogline_prints():
    page = TOUR.read_text("utf-8")
    with prepared() as folder:
        made = anew(page, folder)
    assert made.splitlines() == page.splitlines(), "bring it up to date with: python -m tests.docs.shown"


def test_every_output_in_the_tour_is_made_by_a_command():
    page = TOUR.read_text("utf-8")
    assert len(BLOCK.findall(page)) == page.count("```console") > 5
