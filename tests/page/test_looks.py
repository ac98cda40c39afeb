"""How the views look and what they say where there is much, little or nothing to show."""

import json
from urllib.request import urlopen

import pytest
from tests.page.conftest import FITS, settle, turn, violations

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


def test_words_in_charts_are_as_large_on_a_phone_as_on_a_desk(look) -> None:
    page = look("#/timeline?place=Kupiansk")
    for view, chart in (("timeline", ".bars"), ("ahead", ".chances")):
        turn(page, f"{view}?place=Kupiansk")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            page.locator(chart).wait_for()
            settle(page)
            for box in (one.bounding_box() for one in page.locator(f"{chart} .tick").all()):
                assert 8 <= box["height"] <= 20, (view, width)
                assert box["x"] >= 0, (view, width)
                assert box["x"] + box["width"] <= width, (view, width)


def test_further_questions_and_voices_of_the_matrix_can_be_reached(look) -> None:
    page = look("#/sources")
    page.route(
        "**/v1/matrix?*",
        lambda route: more(route, {"questions": "questions=" not in route.request.url, "voices": False}),
    )
    turn(page, "matrix?place=Kupiansk")
    page.get_by_text("Up to 60 questions by 60 voices").wait_for()
    assert page.get_by_role("link", name="Further voices").count() == 0
    assert violations(page) == []
    page.get_by_role("link", name="Further questions").click()
    page.wait_for_url("**questions=60**")
    page.get_by_role("link", name="Questions before").click()
    page.wait_for_function("() => !location.hash.includes('questions=')")
    page.get_by_role("link", name="Further questions").wait_for()


def more(route, told: dict[str, bool]) -> None:
    """The server's answer, as that of a ledger with more than stands on a page."""
    route.fulfill(json={**route.fetch().json(), "more": told})


def test_sources_beyond_the_first_page_can_be_reached(look) -> None:
    page = look("#/matrix?place=Kupiansk")

    def answer(route) -> None:
        behind = "after=" in route.request.url
        told = route.fetch(url=route.request.url.replace("&after=x", "")).json()["rows"]
        half = len(told) // 2
        route.fulfill(json={"rows": told[half:] if behind else told[:half], "next": None if behind else "x"})

    page.route("**/v1/sources?*", answer)
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_text("of more, by name").wait_for()
    half = page.locator(".sources tbody tr").count()
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("of more, by name").wait_for(state="detached")
    assert page.locator(".sources tbody tr").count() > half


def test_on_a_phone_the_list_comes_before_its_filters(look) -> None:
    page = look("#/claims?place=Kupiansk", width=390, height=844)
    page.locator("a.claim").first.wait_for()
    assert page.locator("a.claim").first.bounding_box()["y"] < 500
    button = page.get_by_role("button", name="Filters (1)")
    assert button.get_attribute("aria-expanded") == "false"
    assert not page.get_by_label("Spoken of since").is_visible()
    button.click()
    page.get_by_label("Spoken of since").wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    assert violations(page) == []


def test_a_view_that_is_still_on_its_way_is_announced(look) -> None:
    page = look("#/sources")
    held = []
    page.route("**/assets/Timeline-*.js", lambda route: held.append(route))
    page.evaluate("() => { location.hash = '#/timeline?place=Kupiansk'; }")
    page.get_by_role("status", name="Loading").wait_for()
    assert page.locator(".sources").count() == 0
    for route in held:
        route.continue_()
    page.get_by_role("heading", name="Timeline").wait_for()


def test_the_claims_of_a_report_stand_at_the_chosen_one(look, served: str) -> None:
    with urlopen(f"{served}v1/claims?place=Kupiansk&limit=100") as answer:
        rows = json.load(answer)["rows"]
    last = max((one for one in rows if one["document"]["name"].startswith("21_")), key=lambda one: one["start"])
    page = look(f"#/document/{last['document']['id']}?claim={last['id']}")
    page.locator(".heard .claim.current").wait_for()
    box, row = page.locator(".heard").bounding_box(), page.locator(".heard .claim.current").bounding_box()
    assert box["y"] <= row["y"]
    assert row["y"] + row["height"] <= box["y"] + box["height"] + 1
