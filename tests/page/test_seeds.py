"""A first-time user's five questions on a ledger of published reports, each in at most three actions."""

import re
from collections.abc import Callable, Iterator

import pytest
from tests.page.conftest import ROOT, build, keep, looking, serving, settle, turn, violations

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]

SEEDS = ROOT.parent / "shared" / "seeds"
VIEWS = ("place", "claims", "disputes", "matrix", "timeline", "sources", "brief", "ahead")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a ledger of the reports that lie beside the project, where they do."""
    if not SEEDS.is_dir():
        pytest.skip(f"there are no reports in {SEEDS}")
    with serving(build(SEEDS, tmp_path_factory.mktemp("seeds") / "ledger.sqlite")) as address:
        yield address


@pytest.fixture
def look(browser, seeds: str) -> Iterator[Callable[..., object]]:
    """Opens the page; the server refuses to draft a scenario where no report bears a date."""
    with looking(seeds, browser, refused="status of 400") as opened:
        yield opened


@pytest.fixture
def page(look):
    return look()


def test_who_holds_it_and_since_when(page) -> None:
    card = page.locator(".assessed-card")
    card.locator(".big").wait_for()
    assert page.locator("h1").inner_text().startswith("Kupiansk")
    assert re.search(r"Ukraine holds it.*\((over )?\d+ %\), since 10 Sep 2022", card.inner_text(), re.DOTALL)
    assert re.search(r"on \d+ \w+ \d{4}", card.locator("h2").inner_text(), re.IGNORECASE), "of which day it speaks"


def test_who_says_otherwise_and_is_it_one_voice(page) -> None:
    card = page.locator(".claimed-card", has_text="Russia holds it")
    card.wait_for()
    assert re.search(r"1 report, 1 voice\b", card.inner_text())
    page.get_by_role("link", name="Disputes", exact=True).click()
    page.locator("a.clash-row", has_text="who holds it").first.click()
    page.get_by_text("Both cannot hold").wait_for()
    assert page.locator(".half").count() == 2
    assert re.search(r"Who says so: \d+ voice", page.locator(".half").first.inner_text())


def test_show_me_the_words(page) -> None:
    page.get_by_role("link", name="Show the words").first.click()
    page.locator("mark.chosen").first.wait_for()
    chosen = "".join(page.locator("mark.chosen").all_inner_texts()).strip()
    assert chosen
    assert chosen in page.locator(".standing blockquote").inner_text()


def test_what_could_be_known_on_a_day(page) -> None:
    page.locator(".assessed-card .big").wait_for()
    page.get_by_label("As known on").fill("2025-11-21")
    page.locator(".known", has_text="21 Nov 2025").wait_for()
    settle(page)
    card = page.locator(".assessed-card")
    assert re.search(r"Too little evidence|\d+ %", card.inner_text()), "an answer, or that there is none"
    assert "known_by=2025-11-21" in page.url


def test_every_view_of_it_can_be_read(look) -> None:
    page = look("#/sources")
    for view in VIEWS:
        turn(page, f"{view}?place=Kupiansk")
        assert page.locator("[role=alert]").count() == 0, view
        keep(page, f"seeds-{view}")
    assert violations(page) == []
