"""The outputs that docs/tour.md shows, made anew: ``python -m tests.docs.shown`` writes them into the page.

A shown block is a fenced ``console`` block under a comment. Its commands, the lines that begin with ``$ fogline``, are run in a
folder that holds ``examples/`` and ``demo/``; what they print stands below them. The comment says which lines are kept:
``<!-- shown -->`` keeps all, ``<!-- shown: 1-6, 9 -->`` keeps these; ``…`` stands for what is left out.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"
WIDTH = 100
"""Characters of a shown line, which fit the page; a longer one is wrapped, as a terminal would."""
BLOCK = re.compile(r"^<!-- shown(?:: (?P<kept>[\d, -]+))? -->\n```console\n(?P<body>.*?)^```$", re.M | re.S)
PROMPT = "$ "


def anew(page: str, folder: Path) -> str:
    """The page with every shown block run again in ``folder``, in the order of the page."""
    return BLOCK.sub(lambda found: _block(found, folder), page)


@contextmanager
def prepared() -> Iterator[Path]:
    """A folder as a newcomer's checkout is: with the examples, and nothing made yet."""
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
        yield Path(made)


def output(command: str, folder: Path) -> str:
    """What a command line prints, on both streams, in a folder; nothing of this machine's settings reaches it."""
    from fogline.cli.main import run

    program, *arguments = shlex.split(command)
    if program != "fogline":
        raise ValueError(f"only fogline is run here, not {program}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOGLINE_")}
    environment = {**kept, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "FOGLINE_LEDGER": "demo/ledger.sqlite"}
    printed = io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, environment, clear=True),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        run(arguments)
    return printed.getvalue()


def _block(found: re.Match[str], folder: Path) -> str:
    commands = [line for line in found["body"].splitlines() if line.startswith(PROMPT)]
    lines: list[str] = []
    for command in commands:
        lines += [command, *_kept(output(command.removeprefix(PROMPT), folder).splitlines(), found["kept"])]
    first, _, _ = found[0].partition("\n")
    return "\n".join([first, "```console", *lines, "```"])


def _kept(lines: list[str], kept: str | None) -> list[str]:
    wanted = set(range(1, len(lines) + 1))
    if kept:
        ends = [part.split("-") for part in kept.replace(" ", "").split(",")]
        wanted = {n for end in ends for n in range(int(end[0]), int(end[-1]) + 1)}
    shown: list[str] = []
    for number, line in enumerate(lines, 1):
        if number in wanted:
            shown += _wrapped(line.rstrip())
        elif shown[-1:] != ["…"]:
            shown.append("…")
    return shown


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]


if __name__ == "__main__":
    with prepared() as place:
        before = TOUR.read_text("utf-8")
        after = anew(before, place)
    TOUR.write_text(after, "utf-8")
    sys.exit(0 if after == before else "docs/tour.md was brought up to date.")
