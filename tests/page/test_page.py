"""What a first-time user asks of the page, each in at most three actions; and that anyone can read every view of it."""

import gzip
import re

import pytest
from tests.page.conftest import keep, violations

from fogline import web

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]

VIEWS = ("place", "claims", "disputes", "matrix", "timeline", "sources", "brief")


def test_who_holds_it_today_and_since_when(look) -> None:
    page = look()
    assessed = page.locator(".assessed-card")
    assessed.locator(".big").wait_for()
    assert re.search(r"contested.*\(\d+ %\), since \d+ \w+ \d{4}", assessed.inner_text(), re.DOTALL)
    assert "Kupiansk" in page.locator("h1").inner_text()


def test_who_says_otherwise_and_is_it_one_voice_or_many(look) -> None:
    page = look()
    said = page.locator(".claimed-card").filter(has_text=re.compile("claimed by russia", re.IGNORECASE))
    said.get_by_text("Russia holds it").wait_for()
    assert re.search(r"\d+ reports?, \d+ voices?", said.inner_text())
    page.get_by_role("link", name="Disputes", exact=True).click()
    page.locator("a.clash-row", has_text="Russian troops have captured the town of Kupiansk").filter(
        has_text="Kupiansk remains under"
    ).first.click()
    page.get_by_text("Both cannot hold").wait_for()
    assert page.locator("mark.chosen").count() >= 2
    assert page.get_by_text("folded into the first").count() >= 1
    assert violations(page) == []
    keep(page, "dispute")


def test_show_me_the_words(look) -> None:
    page = look()
    page.get_by_role("link", name="Show the words").first.click()
    page.locator("mark.chosen").first.wait_for()
    chosen = "".join(page.locator("mark.chosen").all_inner_texts())
    assert chosen.strip() in page.locator(".standing blockquote").inner_text()
    assert violations(page) == []
    keep(page, "document")


def test_what_could_be_known_on_a_day(look) -> None:
    from playwright.sync_api import expect

    page = look()
    page.locator(".assessed-card .big").wait_for()
    page.get_by_label("As known on").fill("2025-11-21")
    page.get_by_text("As known on 21 Nov 2025").wait_for()
    page.wait_for_load_state("networkidle")
    assert "known_by=2025-11-21" in page.url
    expect(page.locator(".said")).not_to_contain_text("Dec 2025")
    keep(page, "known-by")
    again = look(page.url.rpartition("/")[2] and "#" + page.url.partition("#")[2])
    again.get_by_text("As known on 21 Nov 2025").wait_for()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("name", "width", "scheme"), [("wide", 1440, "light"), ("phone-dark", 390, "dark")])
def test_every_view_can_be_read_by_anyone(look, view: str, name: str, width: int, scheme: str) -> None:
    page = look(f"#/{view}?place=Kupiansk", width=width, scheme=scheme)
    page.locator("h1").wait_for()
    assert page.locator("[role=alert]").count() == 0
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    keep(page, f"{view}-{name}")


def test_claims_are_found_filtered_and_walked_by_keyboard(look) -> None:
    page = look("#/claims")
    page.locator("a.claim").first.wait_for()
    page.keyboard.press("/")
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    page.locator("a.claim mark").first.wait_for()
    assert page.locator("a.claim mark").first.inner_text().casefold() == "bridge"
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator(".passage mark.chosen").first.wait_for()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1


def test_only_the_rows_in_view_are_drawn(look) -> None:
    page = look("#/claims")
    page.locator("a.claim").first.wait_for()
    assert page.locator("a.claim").count() < 60
    first = page.locator("a.claim").first.get_attribute("data-claim")
    page.locator(".rows").evaluate("box => box.scrollTo(0, 86 * 90)")
    page.wait_for_function("id => document.querySelector('a.claim').dataset.claim !== id", arg=first)
    assert page.locator("a.claim").count() < 60


def test_the_map_has_a_table_and_its_settlements_can_be_followed(look) -> None:
    page = look("#/place?map=svg")
    page.locator(".map-svg text", has_text="Куп’янськ").first.wait_for()
    page.get_by_text("The map as a table").click()
    assert (
        page.locator("table", has_text="Claimed by Ukraine").get_by_role("link", name="Kupiansk", exact=True).count()
        == 1
    )


def test_the_script_stays_small() -> None:
    if not web.is_built():
        pytest.skip("the page is not built: make web")
    parts = [path for path in (web.STATIC / "assets").iterdir() if path.suffix in (".js", ".mjs")]
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in parts}
    of_map = sum(size for name, size in sizes.items() if name.lower().startswith("map"))
    assert sum(sizes.values()) <= 500_000, sizes
    assert sum(sizes.values()) - of_map <= 80_000, sizes
