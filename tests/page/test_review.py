"""Reviewing on the page: what is decided is shown before it is kept, by keyboard alone, by those who may."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest
import uvicorn
from playwright.sync_api import expect
from tests.api.provider import CLIENT, SECRET, Login
from tests.page.conftest import free_port, keep, looking, serving, settle, violations

pytestmark = [pytest.mark.enable_socket, pytest.mark.journey]

TOKENS = {name: f"a-long-random-token-of-{name.casefold()}" for name in ("Reader", "Koval", "Chief")}
ROLES = {"Reader": "reader", "Koval": "reviewer", "Chief": "admin"}
HOSTILE = "<img src=x onerror=alert(1)> \u202eback\u202c"


@pytest.fixture(scope="module")
def login() -> Iterator[Login]:
    """An OpenID provider at an address of its own, at which one person of the desk is signed in."""
    port = free_port()
    known = {"email": "zorya@news.example", "email_verified": True, "groups": ["desk"]}
    made = Login(issuer=f"http://localhost:{port}", claims=known)
    server = uvicorn.Server(uvicorn.Config(made.app(), host="localhost", port=port, log_level="warning"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield made
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def desk(built: Path, login: Login, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a ledger that people may write to, each with a token and a role, or signed in at the provider."""
    folder, port = tmp_path_factory.mktemp("desk"), free_port()
    ledger = Path(shutil.copy(built, folder / "ledger.sqlite"))
    (folder / "tokens").write_text("".join(f"{name} {token} {ROLES[name]}\n" for name, token in TOKENS.items()))
    (folder / "secret").write_text(SECRET)
    (folder / "oidc.toml").write_text(
        f'issuer = "{login.issuer}"\nclient_id = "{CLIENT}"\nclient_secret_file = "secret"\n'
        f'public_url = "http://localhost:{port}/"\ntitle = "Newsroom"\n[roles]\nreviewer = ["desk"]\n'
    )
    guards = ("--tokens", str(folder / "tokens"), "--oidc", str(folder / "oidc.toml"))
    with serving(ledger, *guards, port=port) as address:
        yield address


@pytest.fixture
def enter(desk: str, browser) -> Iterator[Callable[..., object]]:
    """Opens the page and signs in; the browser tells of the 401 before that."""
    with looking(desk, browser, refused="401") as opened:

        def signed_in(name: str, path: str = "#/review", **more):
            page = opened(path, **more)
            page.get_by_label("Token").fill(TOKENS[name])
            page.keyboard.press("Enter")
            page.get_by_text(f"{name} ({ROLES[name]})").wait_for()
            return page

        yield signed_in


def decided(address: str) -> list[dict[str, object]]:
    asked = Request(f"{address}v1/judgements?limit=500", headers={"Authorization": f"Bearer {TOKENS['Reader']}"})
    with urlopen(asked) as answer:
        return json.load(answer)["rows"]


def test_a_reading_is_rejected_and_taken_back_by_keyboard_alone(enter, desk: str) -> None:
    before = len(decided(desk))
    page = enter("Koval")
    page.locator("a.claim").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    chosen = page.locator("a.claim.current").get_attribute("data-claim")
    page.locator(".decide").wait_for()
    page.keyboard.press("x")
    expect(page.locator(".decide textarea")).to_be_focused()
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result")).to_be_focused()
    expect(page.locator(".result")).to_contain_text("Voices")
    assert len(decided(desk)) == before
    assert violations(page) == []
    keep(page, "review-preview")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".kept summary")).to_have_text("Rejected. It is kept.")
    row = decided(desk)[-1]
    assert (row["decision"], row["by"], row["reason"], row["subject"]) == ("reject", "Koval", HOSTILE, chosen)
    expect(page.locator("a.claim.current")).not_to_have_attribute("data-claim", str(chosen))
    page.get_by_role("link", name="What was decided").click()
    expect(page.locator(".judgements li").first).to_contain_text("<img src=x")
    keep(page, "review-history")
    page.get_by_role("button", name="Take back: Rejected, by Koval").first.press("Enter")
    page.locator(".decide textarea").fill("my error")
    page.locator(".decide textarea").press("Control+Enter")
    page.locator(".result").wait_for()
    page.locator(".result").press("Control+Enter")
    expect(page.locator(".judgements li").nth(1)).to_contain_text("taken back")
    assert [one["holds"] for one in decided(desk)[-2:]] == [False, None]
    assert violations(page) == []


def test_who_is_signed_in_asks_for_the_places_once(enter) -> None:
    page = enter("Reader")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.get_by_text("Reader (reader)").wait_for()
    settle(page)
    assert len([one for one in asked if "/v1/places?" in one]) == 1


def test_what_is_changed_after_it_was_shown_has_to_be_shown_again(enter, desk: str) -> None:
    before = decided(desk)
    page = enter("Koval")
    page.locator("a.claim").first.click()
    page.get_by_role("radio", name="Correct").check()
    page.get_by_label("Field").select_option("certainty")
    page.get_by_label("It is").select_option("probable")
    page.get_by_label("Reason").fill("it says so")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_role("button", name="Keep it").wait_for()
    page.get_by_label("It is").select_option("possible")
    expect(page.get_by_role("button", name="Keep it")).to_have_count(0)
    expect(page.locator(".result")).to_have_count(0)
    page.get_by_role("radio", name="Grade").check()
    expect(page.locator(".inputs select")).to_have_value("")
    assert decided(desk) == before


def test_a_relation_and_a_grade_are_overruled_from_where_they_stand(enter, desk: str) -> None:
    page = enter("Chief", "#/disputes")
    page.locator("a.clash-row").first.click()
    page.get_by_role("link", name="Overrule").click()
    page.get_by_label("They").select_option("unrelated")
    expect(page.locator("input[name=other]:checked")).to_have_count(1)
    page.get_by_label("Reason").fill("two towns of one name")
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.locator(".result")).to_contain_text("Disputes")
    assert violations(page) == []
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Relation overruled. It is kept.").wait_for()
    expect(page.locator(".chosen-one .judgements li")).to_contain_text("two towns of one name")
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name=re.compile("^Overrule: ")).first.click()
    page.get_by_role("combobox", name="Grade").select_option("E")
    page.get_by_label("Reason").fill("two retractions")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Grade overruled. It is kept.").wait_for()
    expect(page.locator(".chosen-one .grade")).to_have_text("E")
    assert violations(page) == []
    keep(page, "review-grade")


def test_copies_are_set_apart_and_made_one_voice_again(enter, desk: str) -> None:
    with urlopen(
        Request(f"{desk}v1/claims?limit=500", headers={"Authorization": f"Bearer {TOKENS['Reader']}"})
    ) as told:
        claims = json.load(told)["rows"]
    families: dict[str, list[str]] = {}
    for row in claims:
        families.setdefault(row["family"], []).append(row["id"])
    one, other = next(own for own in families.values() if len(own) > 1)[:2]
    page = enter("Koval", f"#/review/{one}")
    page.get_by_role("radio", name="Own voice").check()
    page.get_by_label("Reason").fill("his own call")
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.locator(".result")).to_contain_text("Voices")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Set apart. It is kept.").wait_for()
    page.goto(f"{desk}#/review/{one}?with={other}")
    page.get_by_role("radio", name="Same voice").check()
    page.locator(f"input[name=other][value='{other}']").check()
    page.get_by_label("Reason").fill("one briefing after all")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Made one voice. It is kept.").wait_for()
    assert [row["decision"] for row in decided(desk)[-2:]] == ["split", "merge"]


def test_a_token_is_kept_nowhere_that_a_script_reads_and_a_reader_decides_nothing(enter, desk: str) -> None:
    page = enter("Reader")
    page.locator("a.claim").first.click()
    page.get_by_text("You may read here, and not decide.").wait_for()
    page.get_by_role("heading", name="As it was read").wait_for()
    assert page.locator(".decide").count() == 0
    assert page.get_by_role("button", name="Take back").count() == 0
    kept = page.evaluate("document.cookie + JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert TOKENS["Reader"] not in kept
    assert "fogline" not in page.evaluate("document.cookie")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Token").wait_for()
    assert page.context.cookies() == []
    assert violations(page) == []
    keep(page, "sign-in")
    page.get_by_label("Token").fill("a-token-that-nobody-was-given")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("served to those who have a token")


def test_without_tokens_a_name_is_asked_for_and_a_preview_keeps_nothing(look, served: str) -> None:
    page = look("#/review")
    page.locator("a.claim").first.click()
    page.get_by_role("radio", name="Reject").check()
    page.get_by_label("Reason").fill("it does not say that")
    page.get_by_role("button", name="Show what it changes").click()
    assert page.evaluate("document.activeElement.labels[0].innerText.trim()").startswith("Your name")
    page.get_by_label("Your name").fill("Koval")
    page.keyboard.press("Control+Enter")
    page.locator(".result").wait_for()
    with urlopen(f"{served}v1/judgements") as told:
        assert json.load(told)["rows"] == []


def test_single_keys_can_be_switched_off(look) -> None:
    page = look("#/review")
    page.locator("a.claim").first.click()
    page.locator(".decide").wait_for()
    page.get_by_role("button", name="Keyboard help").click()
    page.get_by_role("checkbox", name="Single keys act").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator("#main").focus()
    page.keyboard.press("x")
    assert page.locator("input[name=decision]:checked").count() == 0


def test_who_signs_in_at_the_provider_comes_back_to_where_he_was_and_decides(desk: str, browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{desk}#/review?place=Kupiansk")
    page.get_by_role("link", name="Sign in: Newsroom").click()
    page.get_by_text("zorya@news.example (reviewer)").wait_for()
    expect(page).to_have_url(f"{desk}#/review?place=Kupiansk")
    (cookie,) = [one for one in context.cookies() if one["name"].startswith("__Host-")]
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    page.locator("a.claim").first.click()
    page.get_by_role("radio", name="Accept").check()
    page.get_by_label("Reason").fill("read it")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Accepted. It is kept.").wait_for()
    assert decided(desk)[-1]["by"] == "zorya@news.example"
    context.close()
