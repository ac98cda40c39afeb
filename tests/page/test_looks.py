"""How the views look and what they say where there is much, little or nothing to show."""

import pytest
from tests.page.conftest import FITS, violations

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]


def test_the_short_list_of_disputes_shows_each_clash_once(look) -> None:
    page = look()
    rows = page.locator(".short li")
    rows.first.wait_for()
    told = rows.all_inner_texts()
    assert 1 < len(told) <= 5
    assert len(set(told)) == len(told)
    assert all(" against " in " ".join(one.split()) for one in told)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(FITS)
    assert violations(page) == []


def test_a_day_before_all_reports_is_told_as_such(look) -> None:
    page = look("#/place?place=Kupiansk&known_by=2021-11-21")
    page.get_by_text("No settlement to show").wait_for()
    page.get_by_text("No report that was out by 21 Nov 2021 speaks of this place.").wait_for()
    assert page.get_by_text("Nothing here").count() == 0
    assert page.get_by_text("Too little evidence").count() >= 1
    assert violations(page) == []


CENTRES = """() => [...document.querySelectorAll('.map-svg a')].map(one => {
  const box = one.querySelector('.dot').getBoundingClientRect();
  return { name: one.getAttribute('aria-label'), x: box.x + box.width / 2, y: box.y + box.height / 2,
           told: !!one.querySelector('.ring, .dot:not(.unknown)') };
})"""


def test_the_map_begins_where_the_place_is_told_apart_and_each_side_has_its_form(look) -> None:
    page = look("#/place?place=Kupiansk&map=svg")
    page.locator(".map-svg .ring").first.wait_for(state="attached")
    dots = page.evaluate(CENTRES)
    (here,) = [one for one in dots if one["name"].startswith("Kupiansk Куп’янськ:")]
    away = [
        ((one["x"] - here["x"]) ** 2 + (one["y"] - here["y"]) ** 2) ** 0.5
        for one in dots
        if one["told"] and one is not here
    ]
    assert min(away) >= 28
    first, second = (page.locator(f".map-svg .ring.side-{n}").first.get_attribute("d") for n in (0, 1))
    assert "a" not in first, "a square"
    assert "a" in second, "a circle"


def test_what_is_dragged_on_the_map_is_drawn_anew_when_it_is_let_go(look) -> None:
    page = look("#/place?place=Kupiansk&map=svg")
    page.locator(".map-svg .dot.here").wait_for()
    before = page.locator(".map-svg .dot.here").get_attribute("d")
    start = page.locator(".map-svg .dot.here").bounding_box()
    box = page.locator(".map-svg").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 90, steps=5)
    assert page.locator(".map-svg .dot.here").get_attribute("d") == before, "shifted as it is"
    assert page.locator(".map-svg > g[transform]").count() == 1
    page.mouse.up()
    page.locator(".map-svg > g:not([transform])").wait_for(state="attached")
    end = page.locator(".map-svg .dot.here").bounding_box()
    assert page.locator(".map-svg .dot.here").get_attribute("d") != before
    assert (round(end["x"] - start["x"]), round(end["y"] - start["y"])) == (40, 30)
