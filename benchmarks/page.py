"""How fast the page is usable on a made ledger: first map, first list, frames while a long list is scrolled, memory of the tab.

    python -m benchmarks.page                   20,000 made claims
    python -m benchmarks.page --ledger FILE     one that ``benchmarks.big`` made: 1,000,000 claims
    python -m benchmarks.page --ledger FILE --map gl   the map drawn by WebGL, also where that has no graphics processor

By hand: it needs Chromium, the built page (``make web``) and, for a million claims, minutes to make the ledger. The server
has answered each question once before, as one that serves a newsroom has; the browser has kept nothing. Times are of the
clock, from navigation to the mark that the page sets when the map, or the list, stands (User Timing); beside them is the
processor time of the tab, since the clock of a shared machine says little. A frame counts as late at twice its sixtieth of a second.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.serving import SHORT, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = 3
MOST_SECONDS = 2.0
"""The most that the first map, and the first list, may take."""
MOST_A_FRAME = 16.7
"""The most processor time, in milliseconds, of a frame while scrolling: what a frame has at sixty a second. Without a
graphics processor painting is in it, some 12 to 14 on a list of the made ledger."""
ROWS = 3_000
LATE = 2 * 1000 / 60
SCROLL = """rows => new Promise(done => {
  const box = document.querySelector('.rows'), frames = [];
  let before, still = 0, gaps = 0;
  const step = now => {
    if (before !== undefined) frames.push(now - before);
    before = now;
    const at = box.scrollTop;
    box.scrollTop = at + 86;
    still = box.scrollTop === at ? still + 1 : 0;
    const last = [...box.querySelectorAll('a.claim')].at(-1)?.getBoundingClientRect().bottom ?? 0;
    const more = box.scrollTop + box.clientHeight < box.scrollHeight - 1;
    if (more && last < box.getBoundingClientRect().bottom - 1) gaps += 1;
    if (still < 3600 && box.scrollTop < rows * 86) return requestAnimationFrame(step);
    const seen = Math.round((box.scrollTop + box.clientHeight) / 86);
    done({ frames, gaps, rows: seen, drawn: box.querySelectorAll('a.claim').length });
  };
  requestAnimationFrame(step);
})"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was measured of opening a view: seconds of the clock and of the tab's processor, and what it asked for."""

    view: str
    seconds: float
    busy: float
    requests: int
    kilobytes: float
    nodes: int
    heap: float


def main() -> int:
    """Measure, print, and fail where the page is not usable in time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", default="")
    parser.add_argument("--map", default="", choices=["", "gl", "svg"])
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("page: Chromium is not installed: apt-get install chromium")
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or str(Path(folder) / "made.sqlite")
        if not given.ledger:
            making = [sys.executable, "-m", "benchmarks.big", ledger, "--claims", str(SHORT)]
            subprocess.run(making, check=True, stdout=subprocess.DEVNULL)
        with serving(ledger, workers=2) as (port, _, _), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            address = f"http://localhost:{port}/"
            drawn = f"#/place?map={given.map}" if given.map else "#/place"
            views = {"first map": (drawn, "fogline-map"), "first list": ("#/claims", "fogline-list")}
            for path, mark in views.values():
                opened(browser, "", address + path, mark)
            found = [median(browser, view, address + path, mark) for view, (path, mark) in views.items()]
            scrolled = scroll(browser, address + "#/claims")
            browser.close()
    print(f"{'view':12} {'s':>6} {'CPU s':>6} {'asked':>6} {'KB':>8} {'nodes':>7} {'heap MB':>8}")
    for one in found:
        figures = (
            f"{one.seconds:6.2f} {one.busy:6.2f} {one.requests:6d} {one.kilobytes:8.0f} {one.nodes:7d} {one.heap:8.1f}"
        )
        print(f"{one.view:12} {figures}")
    return told(found, scrolled)


def told(found: list[Opened], scrolled: dict[str, Any]) -> int:
    """Print what scrolling was like and whether all holds."""
    frames = sorted(scrolled["frames"])
    late = sum(frame > LATE for frame in frames) / len(frames)
    p95 = frames[int(len(frames) * 0.95)]
    each = 1000 * scrolled["busy"] / len(frames)
    print(
        f"scrolling {scrolled['rows']:,} rows, one a frame: {each:.1f} ms of processor time a frame; by the clock "
        f"{statistics.median(frames):.1f} ms, p95 {p95:.1f}, worst {frames[-1]:.0f}, {late:.1%} late; "
        f"{scrolled['gaps']} frames with a gap, {scrolled['drawn']} rows drawn, heap {scrolled['heap']:.1f} MB"
    )
    usable = max(one.seconds for one in found)
    steady = each <= MOST_A_FRAME and scrolled["rows"] >= ROWS and not scrolled["gaps"]
    print(f"page: usable in {usable:.2f} s, at most {MOST_SECONDS}: {_word(usable <= MOST_SECONDS)}")
    print(f"page: scrolling takes {each:.1f} ms a frame, at most {MOST_A_FRAME}, without gaps: {_word(steady)}")
    return 0 if usable <= MOST_SECONDS and steady else 1


def _word(holds: bool) -> str:
    return "holds" if holds else "BREACH"


def median(browser: Browser, view: str, address: str, mark: str) -> Opened:
    """The middle one of some rounds, each with a browser that has kept nothing."""
    rounds = [opened(browser, view, address, mark) for _ in range(ROUNDS)]
    return sorted(rounds, key=lambda one: one.seconds)[ROUNDS // 2]


def opened(browser: Browser, view: str, address: str, mark: str) -> Opened:
    """Open a view in a tab of its own until its mark is set."""
    page, measure = _tab(browser)
    asked: list[int] = []
    page.on("requestfinished", lambda request: asked.append(request.sizes()["responseBodySize"]))
    page.goto(address)
    page.wait_for_function("mark => performance.getEntriesByName(mark).length", arg=mark, timeout=600_000)
    seconds = page.evaluate("mark => performance.getEntriesByName(mark)[0].startTime", mark) / 1000
    page.wait_for_load_state("networkidle")
    about = measure()
    page.context.close()
    return Opened(
        view,
        seconds,
        about["TaskDuration"],
        len(asked),
        sum(asked) / 1000,
        int(about["Nodes"]),
        about["JSHeapUsedSize"] / 1e6,
    )


def scroll(browser: Browser, address: str) -> dict[str, Any]:
    """Scroll the list of claims a row a frame; ``gaps`` are frames in which a row that is loaded was not drawn."""
    page, measure = _tab(browser)
    page.goto(address)
    page.locator("a.claim").first.wait_for(timeout=600_000)
    page.wait_for_load_state("networkidle")
    before = measure()
    found: dict[str, Any] = page.evaluate(SCROLL, ROWS)
    after = measure()
    found["heap"], found["busy"] = after["JSHeapUsedSize"] / 1e6, after["TaskDuration"] - before["TaskDuration"]
    page.context.close()
    return found


def _tab(browser: Browser) -> tuple[Page, Callable[[], dict[str, float]]]:
    """A tab, and what tells its figures: seconds that its main thread was busy, nodes, bytes of its heap."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    speaks = page.context.new_cdp_session(page)
    speaks.send("Performance.enable")

    def measure() -> dict[str, float]:
        return {one["name"]: one["value"] for one in speaks.send("Performance.getMetrics")["metrics"]}

    return page, measure


if __name__ == "__main__":
    sys.exit(main())
