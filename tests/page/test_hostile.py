"""Text of reports that means harm is shown as text, in every view that shows text."""

from collections.abc import Callable, Iterator

import pytest
from tests.page import hostile
from tests.page.conftest import keep, looking, serving, turn
from tests.page.hostile import IMAGE, LONG, SCRIPT, TURN

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]

VIEWS = ("place", "claims", "disputes", "matrix", "timeline", "sources", "brief", "ahead", "review")
TELLING = ("claims", "disputes", "brief", "sources", "matrix")

LOOSE = """turn => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
  const stands = (element) => ['isolate', 'plaintext', 'isolate-override'].includes(getComputedStyle(element).unicodeBidi);
  while (walk.nextNode()) {
    const told = walk.currentNode.textContent;
    let held = walk.currentNode.parentElement;
    while (held.tagName !== 'MAIN' && !stands(held)) held = held.parentElement;
    if (told.includes(turn) && held.tagName === 'MAIN') found.push(told.slice(0, 80));
  }
  return found;
}"""
"""Texts that turn the reading direction of what stands behind them."""


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a ledger whose every text is hostile."""
    ledger = tmp_path_factory.mktemp("harmful") / "ledger.sqlite"
    hostile.build(ledger)
    with serving(ledger) as address:
        yield address


@pytest.fixture
def look(browser, harmful: str) -> Iterator[Callable[..., object]]:
    """Opens the page; the server refuses to draft explanations, as the ledger gives none."""
    with looking(harmful, browser, refused="status of 400") as opened:
        yield opened


def is_harmless(page, view: str) -> None:
    assert page.evaluate("window.harmed === undefined"), view
    assert page.locator("main script, main img[src=x]").count() == 0, view
    assert page.evaluate(LOOSE, TURN) == [], view
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), view


def test_every_view_shows_hostile_text_as_text(look) -> None:
    page = look("#/sources")
    for view in VIEWS:
        turn(page, f"{view}?place=Vovchansk")
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        is_harmless(page, view)
        text = page.locator("main").text_content()
        assert view not in TELLING or (SCRIPT in text and IMAGE in text), view


def test_a_report_and_a_dispute_show_hostile_text_as_text(look) -> None:
    page = look("#/disputes?place=Vovchansk")
    page.locator("a.clash-row").first.click()
    page.locator("mark.chosen").first.wait_for()
    is_harmless(page, "dispute")
    assert SCRIPT in page.locator(".passage").first.text_content()
    page.locator(".half h2 a").first.click()
    page.locator(".reading .passage").wait_for()
    is_harmless(page, "document")
    assert LONG in page.locator(".reading .passage").text_content()
    assert TURN in page.locator(".reading .passage").text_content()
    keep(page, "hostile-document")


def test_a_word_without_end_is_found_and_chosen_on_a_phone(look) -> None:
    page = look("#/claims?place=Vovchansk", width=390)
    page.locator("a.claim", has_text="WWWWWW").first.click()
    page.locator(".standing blockquote").wait_for()
    is_harmless(page, "claims")
    assert LONG in page.locator(".standing blockquote").text_content()
