"""The page in a real browser, over the demonstration ledger; left out with a reason where Node or Chromium is missing."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from weakref import WeakKeyDictionary

import pytest

from fogline import web

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = web.STATIC.parent / "app" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "screenshots"
PATIENCE, CALM = 120, 2
"""Seconds to wait for anything, since a busy machine concludes slowly; frames in a row in which nothing is under way."""
FITS = "document.documentElement.scrollWidth <= innerWidth + 1"
NEXT_FRAMES = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(!!document.querySelector('.skeleton')))))"""
WAITING: WeakKeyDictionary[object, set[object]] = WeakKeyDictionary()
"""What each page has asked for and has no answer to yet."""
SHELF = Path(__file__).parent / "shelf"
RUN = [str(Path(sys.executable).with_name("fogline"))]


@pytest.fixture(scope="session")
def shown() -> None:
    """Skips where a page cannot be shown in a browser."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    if not web.is_built():
        pytest.skip("the page is not built: make web, with Node 20.19 or newer")


def build(reports: Path, ledger: Path) -> Path:
    """The ledger of some reports."""
    subprocess.run([*RUN, "build", str(reports), "--ledger", str(ledger)], check=True, capture_output=True)
    return ledger


@pytest.fixture(scope="session")
def built(shown: None, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ledger; nobody writes to it."""
    return Path(shutil.copy(demonstration, tmp_path_factory.mktemp("built") / "ledger.sqlite"))


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[str]:
    """The demonstration ledger, with a scenario file that makes sense and one that does not."""
    with serving(built, "--scenarios", str(SHELF)) as address:
        yield address


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(ledger: Path, *options: str, port: int = 0) -> Iterator[str]:
    """The address at which ``fogline serve`` shows a ledger."""
    port = port or free_port()
    command = [*RUN, "serve", "--ledger", str(ledger), "--port", str(port), *options]
    with ledger.with_name("log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"http://localhost:{port}/"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            urlopen(f"{address}v1/me").close()
        except URLError:
            assert server.poll() is None, "fogline serve ended"
            time.sleep(0.2)
        else:
            return
    raise AssertionError("fogline serve does not answer")


@pytest.fixture(scope="module")
def browser(shown: None) -> Iterator[object]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def look(served: str, browser) -> Iterator[Callable[..., object]]:
    """Opens the page; at the end nothing was asked of another host, and nothing was refused or failed in it."""
    with looking(served, browser) as opened:
        yield opened


@contextmanager
def looking(served: str, browser, refused: str = "") -> Iterator[Callable[..., object]]:
    """See ``look``; what the browser says of answers with the status ``refused`` is not counted as wrong."""
    contexts, asked, wrong = [], [], []

    def opened(path: str = "", width: int = 1440, height: int = 1000, scheme: str = "light"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        waiting = WAITING[page] = set()
        page.on("request", lambda request: (asked.append(request.url), waiting.add(request)))
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda request: waiting.discard(request))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text) if said.type == "error" and not (refused and refused in said.text) else None
            ),
        )
        page.goto(served + path)
        settle(page)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="wait")  # else an answer still being made up fails the test after it
        context.close()
    assert asked
    assert [url for url in asked if not url.startswith((served, "blob:" + served, "data:"))] == []
    assert wrong == []


def settle(page) -> None:
    """Wait until the page has what it asked for, and asks for no more: over some frames nothing is under way."""
    calm, until = 0, time.monotonic() + PATIENCE
    while calm < CALM:
        assert time.monotonic() < until, f"still waiting for {[one.url for one in WAITING[page]]}"
        loading = page.evaluate(NEXT_FRAMES)
        calm = 0 if loading or WAITING[page] else calm + 1


def turn(page, address: str) -> None:
    """Go to another view of the page that stands open, and wait until it has what it asked for."""
    page.evaluate("to => { location.hash = to; }", f"#/{address}")
    settle(page)
    page.locator("h1").first.wait_for()


def violations(page, *rules: str) -> list[str]:
    """What axe-core finds against the page as it stands, the targets of WCAG 2.2 too; by these rules alone where some are named."""
    speaks = page.context.new_cdp_session(page)
    if not page.evaluate("'axe' in window"):
        speaks.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    page.evaluate("scrollTo(0, 0)")  # what lies under the header that stays would count as too small a target
    only = f"{{runOnly: {list(rules)}}}" if rules else "{rules: {'target-size': {enabled: true}}}"
    told = (
        f"axe.run({only})"
        + ".then(r => JSON.stringify(r.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`)))"
    )
    found = speaks.send("Runtime.evaluate", {"expression": told, "awaitPromise": True, "returnByValue": True})
    return json.loads(found["result"]["value"])


def keep(page, name: str) -> None:
    """A picture of the page for a person to look at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"), animations="disabled")
