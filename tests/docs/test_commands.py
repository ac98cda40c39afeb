"""Every command line on a page, in the Makefile and in the gate is one that fogline understands."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from tests.docs.pages import PAGES, ROOT, name

from fogline.cli.main import app

DOOR = typer.main.get_command(app)
WRITTEN = [*PAGES, ROOT / "Makefile", ROOT / ".ci" / "run"]
LINE = re.compile(r"^(?:\s*\$ | {4}|\t@?|)(?:\S*/)?(fogline [^#|&>\n]+)", re.M)
INLINE = re.compile(r"`(fogline [^`\n]+)`")


def command_lines() -> Iterator[tuple[str, str]]:
    for page in WRITTEN:
        text = page.read_text("utf-8")
        for found in (*LINE.finditer(_blocks(page, text)), *INLINE.finditer(text)):
            yield name(page), found[1].strip()


def _blocks(page: Path, text: str) -> str:
    """What stands in fenced or indented blocks; all of a file that is no page."""
    if page.suffix != ".md":
        return text
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```$", text, re.M | re.S)
    return "\n".join([*fenced, *re.findall(r"^ {4}\S.*$", text, re.M)])


LINES = sorted(set(command_lines()))


def understand(line: str) -> None:
    """Parse a command line without running it; raises ``click.UsageError`` where fogline would refuse it."""
    words = shlex.split(line.replace("...", "").replace("$(", "(").replace("\\", ""))[1:]
    command = words[0] if words else ""
    if command in DOOR.commands:  # type: ignore[attr-defined]
        found = DOOR.commands[command]  # type: ignore[attr-defined]
        if len(words) > 1:  # the name of a command alone speaks of it and does not call it
            found.make_context(command, words[1:], resilient_parsing="--help" in words)
    elif command != "COMMAND":
        DOOR.make_context("fogline", words, resilient_parsing=True)
        assert command.startswith("-"), f"there is no command {command!r}"


@pytest.mark.parametrize(("page", "line"), LINES)
def test_a_command_line_on_a_page_is_understood(page: str, line: str):
    try:
        understand(line)
    except click.UsageError as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")


def test_command_lines_are_found_everywhere():
    assert {page for page, _ in LINES} >= {"README.md", "docs/tour.md", "docs/brief.md", "Makefile", ".ci/run"}


@pytest.mark.parametrize("line", ["fogline demo --nowhere", "fogline invent", "fogline brief --format doc Kupiansk"])
def test_a_wrong_command_line_is_noticed(line: str):
    with pytest.raises((click.UsageError, AssertionError)):
        understand(line)
