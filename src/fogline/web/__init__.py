"""The page: its sources in ``app`` (Svelte, TypeScript), and ``static``, what ``make web`` builds of them."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
"""The built page; not there where it was not built."""

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>fogline</title>
<h1>The page was not built</h1>
<p>This installation of fogline has no page: it is built with Node 20 or newer, by <code>make web</code>.
All else works: the answers are under <a href="/v1/openapi.json">/v1</a>, and the commands print the same.</p>
</html>
"""
"""What is shown in the place of the page."""


def is_built(folder: Path = STATIC) -> bool:
    """Whether the page is there to be shown."""
    return (folder / "index.html").is_file()
