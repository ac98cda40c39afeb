"""What a first-time user asks of the page, each in at most three actions; and that anyone can read every view of it."""

import gzip
import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.page.conftest import FITS, keep, settle, turn, violations

from fogline import web

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]

VIEWS = ("place", "claims", "disputes", "matrix", "timeline", "sources", "brief", "ahead", "review")


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


def test_who_stands_with_each_end_is_a_voice_once_and_its_own_first(look, served: str) -> None:
    with urlopen(f"{served}v1/disputes?place=Kupiansk&limit=50") as answer:
        disputes = json.load(answer)["rows"]
    page = look("#/sources")
    several = 0
    for one in disputes[:6]:
        turn(page, f"dispute/{one['id']}?place=Kupiansk")
        for half, end in zip(page.locator(".half").all(), "ab", strict=True):
            voices = half.locator(".voices li").all_inner_texts()
            assert len(voices) == len(set(voices)), voices
            assert one[end]["quote"] in voices[0]
            assert f"Who says so: {len(voices)} voice" in half.inner_text()
            several += len(voices) > 1
    assert several


def test_two_claims_of_one_passage_that_clash_alike_are_one_row(look) -> None:
    page = look()
    with page.expect_response(re.compile(r"/v1/disputes\?.*limit=50")) as asking:
        page.get_by_role("link", name="Disputes", exact=True).click()
    rows, total = (asking.value.json()[name] for name in ("rows", "total"))
    shown = {
        (one["aspect"], *sorted((one[end]["document"], one[end]["start"], one[end]["end"]) for end in "ab"))
        for one in rows
    }
    assert len(shown) < len(rows)  # the demonstration has such
    page.locator("a.clash-row").first.wait_for()
    texts = page.locator("a.clash-row").all_inner_texts()
    assert len(texts) == len(shown)
    assert len({text for text in texts if "claims of these words" in text}) >= 1
    assert f"({total})" in page.locator("h1").inner_text()
    assert violations(page) == []
    keep(page, "disputes")


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
    page.locator(".known", has_text="21 Nov 2025").wait_for()
    settle(page)
    assert "known_by=2025-11-21" in page.url
    expect(page.locator(".said")).not_to_contain_text("Dec 2025")
    keep(page, "known-by")
    again = look(page.url.rpartition("/")[2] and "#" + page.url.partition("#")[2])
    again.locator(".known", has_text="21 Nov 2025").wait_for()


def test_the_card_the_brief_and_the_map_say_the_same_number(look) -> None:
    page = look()
    told = page.locator(".assessed-card .big")
    told.wait_for()
    word, share = re.search(r"([a-z ]+) \((\d+) %\)", told.locator("small").inner_text()).groups()
    page.get_by_text("The map as a table").click()
    row = page.locator("table tr").filter(has=page.get_by_role("link", name="Kupiansk", exact=True))
    row.wait_for()
    assert f"contested {share} %" in row.inner_text()
    page.get_by_role("link", name="Brief", exact=True).click()
    line = page.locator(".bottom-line")
    line.wait_for()
    assert f"{word.strip()} ({share}\N{NO-BREAK SPACE}%)" in line.inner_text()


def test_a_part_of_a_town_is_told_as_a_part_and_a_dispute_in_words(look) -> None:
    page = look()
    said = page.locator(".claimed-card").filter(has_text=re.compile("claimed by ukraine", re.IGNORECASE))
    assert "Ukraine holds a part of it" in said.inner_text()
    page.get_by_role("link", name="Disputes", exact=True).click()
    page.locator("a.clash-row").first.wait_for()
    page.locator("a.clash-row").first.click()
    page.locator(".clash-why p").first.wait_for()
    assert not re.search(r"\b(RU|UA)\b", page.locator("main").inner_text())


@pytest.mark.parametrize(
    ("view", "form", "begins"),
    [
        ("claims?place=Kupiansk&side=RU&kind=control&known_by=2025-11-21", "claims.jsonl", b"{"),
        ("place?place=Kupiansk", "control.geojson", b"{"),
        ("brief?place=Kupiansk", "brief.md", b"# "),
        ("brief?place=Kupiansk", "brief.pdf", b"%PDF"),
        ("brief?place=Kupiansk", "brief.docx", b"PK"),
    ],
)
def test_a_view_is_saved_as_a_file_with_its_filters_and_its_clock(look, view: str, form: str, begins: bytes) -> None:
    page = look(f"#/{view}")
    page.locator(".export summary").click()
    with page.expect_download() as saving:
        page.locator(f"[data-format='{form}']").click()
    assert saving.value.suggested_filename.startswith("Kupiansk")
    saved = Path(saving.value.path()).read_bytes()
    assert saved.startswith(begins)
    if form == "claims.jsonl":
        rows = [json.loads(line) for line in saved.splitlines()]
        assert {(row["side"], row["kind"]) for row in rows} == {("RU", "control")}
        assert max(row["published"] for row in rows) <= "2025-11-21"
        assert page.get_by_text(f"{len(rows)} claims").count() == 1


def test_every_format_is_offered(look, served: str) -> None:
    page = look("#/brief?place=Kupiansk")
    page.locator(".export summary").click()
    page.locator("[data-format]").first.wait_for()
    with urlopen(f"{served}v1/exports") as answer:
        named = [link["href"].rpartition("/")[2] for link in json.load(answer)["links"]]
    assert sorted(
        page.eval_on_selector_all("[data-format]", "found => found.map(one => one.dataset.format)")
    ) == sorted(named)
    assert violations(page) == []
    keep(page, "export")


@pytest.mark.parametrize(("scheme", "width", "other"), [("light", 1440, 390), ("dark", 390, 1440)])
def test_every_view_can_be_read_by_anyone(look, scheme: str, width: int, other: int) -> None:
    page = look("#/sources?place=Kupiansk", scheme=scheme, width=width)
    for view in VIEWS:
        turn(page, f"{view}?place=Kupiansk")
        assert page.locator("[role=alert]").count() == 0, view
        assert violations(page) == [], view
        assert page.evaluate(FITS), view
        keep(page, f"{view}-{scheme}-{width}")
        page.set_viewport_size({"width": other, "height": 1000})
        assert violations(page, "color-contrast", "target-size", "scrollable-region-focusable") == [], view
        assert page.evaluate(FITS), view
        keep(page, f"{view}-{scheme}-{other}")
        page.set_viewport_size({"width": 320, "height": 1000})  # 1280 pixels at 400 % (WCAG 1.4.10)
        assert page.evaluate(FITS), view
        page.set_viewport_size({"width": width, "height": 1000})


def test_what_may_come_is_shown_with_its_files_their_faults_and_their_past(look) -> None:
    page = look("#/ahead?place=Kupiansk")
    page.get_by_text("broken.toml, line 15 makes no sense").wait_for()
    board = page.locator("section", has=page.get_by_role("heading", name="Scenarios: paths and indicators"))
    assert re.search(r"\(\d+ %\) prior 40 %", board.locator(".paths li").first.inner_text())
    assert board.locator("path.chance").count() == 2
    page.get_by_text("The history as a table").click()
    assert board.locator("details table tbody tr").count() >= 2
    assert "hit 20 Nov 2025" in board.inner_text()
    assert "a person reads it" in board.inner_text()
    page.get_by_role("link", name="Drafted from the reports").click()
    page.get_by_text("for a person to judge; it is nobody").wait_for()
    assert "scenario=draft" in page.url
    page.get_by_role("link", name="By outlet").click()
    page.wait_for_url("**by=outlet**")
    assert page.get_by_role("heading", name="Track records").count() == 1


def test_a_scenario_is_shown_as_it_could_be_known(look) -> None:
    page = look("#/ahead?place=Kupiansk&known_by=2025-11-10")
    board = page.locator("section", has=page.get_by_role("heading", name="Scenarios: paths and indicators"))
    board.get_by_text("as it stood on 10 Nov 2025").wait_for()
    assert "20 Nov 2025" not in board.inner_text()


ADDRESSES = {
    "claims?place=Kupiansk&side=RU&kind=control": ".facet[aria-current]",
    "place?place=Kupiansk&on=2022-06-01&span=year": ".slide b",
    "sources?side=RU": ".spans [aria-current]",
    "ahead?place=Kupiansk&outcome=void&by=outlet&scenario=draft": ".spans [aria-current]",
    "brief?place=Kupiansk&from=2025-11-01&to=2025-11-30": ".bottom-line",
    "timeline?place=Kupiansk&known_by=2025-11-21": ".line li",
}


def test_an_address_restores_what_it_was_copied_from(look) -> None:
    page, again = look("#/sources"), look("#/matrix?place=Kupiansk")
    for address, shown in ADDRESSES.items():
        turn(page, address)
        page.locator(shown).first.wait_for()
        told = page.locator("main").inner_text()
        turn(again, page.evaluate("location.hash").removeprefix("#/"))
        again.locator(shown).first.wait_for()
        assert again.locator("main").inner_text() == told, address


def test_each_ribbon_of_a_brief_tells_of_its_own_settlement(look, served: str) -> None:
    page = look("#/brief?place=Kupiansk")
    page.locator(".bottom-line").wait_for()
    with urlopen(f"{served}v1/briefs?place=Kupiansk") as answer:
        blocks = [block for section in json.load(answer)["sections"] for block in section["blocks"]]
    around = [block for block in blocks if block["block"] == "ribbon" and block["key"].startswith("around-")]
    assert len(around) > 1
    for block in around:
        _, row = block["points"][-1]
        label = page.locator(f".strip svg[aria-label^='{block['caption']}']").get_attribute("aria-label")
        shares = dict(re.findall(r"(\w+) (\d+) %", label.partition("; ")[2]))
        for name, share in zip(block["names"], row, strict=True):
            assert share < 0.01 or abs(int(shares[name]) - 100 * share) <= 0.51, label
    assert page.locator(".ribbon").count() == 1, "the place's own"
    page.get_by_text("These days as a table").first.click()
    assert page.locator(".strip table tbody tr").count() == len(around[0]["points"])
    assert page.locator(".strip .nothing").count() >= 1, "days of which nothing is known"


def test_a_brief_of_a_period_tells_of_that_period(look) -> None:
    page = look("#/brief?place=Kupiansk&from=2025-11-01&to=2025-11-30")
    page.locator(".bottom-line").wait_for()
    assert "30 November 2025" in page.locator(".bottom-line").inner_text()


def test_the_page_is_used_by_keyboard_alone(look) -> None:
    page = look("#/place?place=Kupiansk")
    page.locator(".assessed-card .big").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    before = page.locator(".slide b").inner_text()
    page.keyboard.press("[")
    page.wait_for_function("told => document.querySelector('.slide b').textContent !== told", arg=before)
    page.locator(".said a", has_text="Show the words").first.wait_for()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('section, nav, details, header')?.className ?? ''"))
    assert any("said" in one for one in reached)
    page.locator(".export summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-format]").first.wait_for()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_help_and_files_are_read_by_anyone_in_the_dark(look) -> None:
    page = look("#/place?place=Kupiansk", scheme="dark")
    page.locator(".export summary").click()
    page.locator("[data-format]").first.wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Keyboard help").click()
    page.locator("dialog[open]").wait_for()
    assert violations(page) == []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0


FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const inside = one.type === 'date' && !one.matches(':focus-visible');  // the button in a field of a day has a ring of its own
  return { unseen: seen || inside ? '' : one.outerHTML.slice(0, 120), top: !!one.closest('header.top, .skip') }; }"""


@pytest.mark.parametrize("view", ["place?", "claims?"])
def test_what_has_the_focus_is_seen_and_comes_in_the_order_of_the_page(look, view: str) -> None:
    page = look(f"#/{view}place=Kupiansk")
    told = []
    for _ in range(28):
        page.keyboard.press("Tab")
        told.append(page.evaluate(FOCUSED))
    assert [one["unseen"] for one in told if one["unseen"]] == []
    tops = [one["top"] for one in told]
    assert tops == sorted(tops, reverse=True), "the header first, then what stands under it"
    assert not tops[-1]


def test_every_picture_has_a_table_beside_it(look) -> None:
    page = look("#/sources")
    for view in ("place?map=svg&", "timeline?", "ahead?", "brief?"):
        turn(page, f"{view}place=Kupiansk")
        page.locator("main svg[role]").first.wait_for()
        pictures = page.locator("main svg[role]").count()
        page.evaluate("document.querySelectorAll('main details.table').forEach(one => { one.open = true; })")
        page.wait_for_function(
            "() => [...document.querySelectorAll('main details.table')].every(one => one.querySelector('table'))"
        )
        assert page.locator("main details.table > table, main .matrix table").count() >= pictures, view


def test_the_brief_prints_without_what_is_for_the_screen(look) -> None:
    page = look("#/brief?place=Kupiansk")
    page.locator(".bottom-line").wait_for()
    page.emulate_media(media="print")
    for shown in ("header.top", ".export", ".spans", ".slide"):
        assert not any(one.is_visible() for one in page.locator(shown).all()), shown
    assert page.locator(".cited li").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    keep(page, "brief-print")


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


def test_rivers_borders_and_names_in_both_scripts_are_on_the_map(look) -> None:
    page = look("#/place?place=Kupiansk&map=svg")
    page.locator(".map-svg .base-river").first.wait_for(state="attached")
    for _ in range(3):  # it begins as close as neighbours are told apart, where no large river may run
        page.locator(".zoom button").nth(1).click()
    page.locator(".map-svg .river-name").first.wait_for(state="attached")
    named = page.locator(".map-svg .river-name").all_text_contents()
    assert any(re.search(r"[A-Za-z]", one) and re.search("[\u0400-\u04ff]", one) for one in named)
    assert page.locator(".map-svg .base-border").count() == 2
    town = page.locator(".map-svg a[aria-label^='Kupiansk'] text")
    assert "Kupiansk" in town.text_content()
    assert "Куп’янськ" in town.text_content()


def test_a_place_is_chosen_by_key_after_the_map_was_dragged(look) -> None:
    page = look("#/place?place=Kupiansk&map=svg")
    page.locator(".map-svg a").first.wait_for()
    box = page.locator(".map-svg").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 80, steps=4)
    page.mouse.up()
    page.locator(".zoom button").nth(2).wait_for()  # it was drawn aside
    other = page.locator(".map-svg a:not([aria-label^='Kupiansk'])").first
    address = other.get_attribute("href")
    other.press("Enter")
    page.wait_for_function("to => location.hash === to.slice(to.indexOf('#'))", arg=address)


def test_where_more_disputes_are_not_given_the_page_says_so_and_asks_again(look) -> None:
    page = look("#/matrix?place=Kupiansk")
    one = "**/v1/disputes?*limit=50*"

    def answer(route) -> None:
        told = route.fetch().json()
        if "after=" in route.request.url:
            route.fulfill(status=200, body="no answer")
        else:
            route.fulfill(json={**told, "next": told["rows"][-1]["id"]})

    page.route(one, answer)
    page.get_by_role("link", name="Disputes", exact=True).click()
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("alert").wait_for()
    page.get_by_role("button", name="Try again").wait_for()
    assert page.locator("a.clash-row").count()


def test_a_map_is_drawn_where_the_browser_has_no_webgl(look) -> None:
    page = look("#/matrix?place=Kupiansk")
    assert not [one for one in loaded(page) if "MapGl" in one], "the map is loaded only where it is shown"
    page.evaluate("HTMLCanvasElement.prototype.getContext = () => null")
    page.get_by_role("link", name="Place", exact=True).click()
    page.locator(".map-svg").wait_for()
    assert not [one for one in loaded(page) if "MapGl" in one]


def test_a_map_is_drawn_by_webgl_where_that_is_quick_or_asked_for(look) -> None:
    page = look("#/place?place=Kupiansk&map=gl")
    page.wait_for_function("() => performance.getEntriesByName('fogline-map').length")
    assert [one for one in loaded(page) if "MapGl" in one]
    assert page.locator(".map-gl canvas").count() == 1
    assert violations(page) == []
    keep(page, "place-webgl")


def loaded(page) -> list[str]:
    return page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")


def test_the_map_has_a_table_and_its_settlements_can_be_followed(look) -> None:
    page = look("#/place?map=svg")
    page.locator(".map-svg text", has_text="Куп’янськ").first.wait_for()
    page.get_by_text("The map as a table").click()
    page.locator("table", has_text="Claimed by Ukraine").get_by_role("link", name="Kupiansk", exact=True).wait_for()


def test_the_script_stays_small() -> None:
    if not web.is_built():
        pytest.skip("the page is not built: make web")
    parts = [path for path in (web.STATIC / "assets").iterdir() if path.suffix in (".js", ".mjs")]
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in parts}
    of_map = sum(size for name, size in sizes.items() if name.lower().startswith("map"))
    assert sum(sizes.values()) <= 500_000, sizes
    assert sum(sizes.values()) - of_map <= 80_000, sizes
