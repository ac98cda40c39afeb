"""Every command line on a page, in the Makefile and in the gate is one that fogline understands."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from tests.docs.pages import PAGES, ROOT, name

from fogline.cli.main import app

DOOR = typer.main.get_command(app)
WRITTEN = [*PAGES, ROOT / "Makefile", ROOT / ".ci" / "run"]
LINE = re.compile(r"^(?:\s*\$ | {4}|\t@?|)(?:\S*/)?(fogline [^#|&>\n]+)", re.M)
INLINE = re.compile(r"`(fogline [^`\n]+)`")


def command_lines() -> Iterator[tuple[str, str, bool]]:
    """Each page with each command line on it, and whether it is whole: a mention in a sentence may name a part of it."""
    for page in WRITTEN:
        text = page.read_text("utf-8")
        yield from ((name(page), found[1].strip(), True) for found in LINE.finditer(_blocks(page, text)))
        yield from ((name(page), found[1].strip(), False) for found in INLINE.finditer(text))


def _blocks(page: Path, text: str) -> str:
    """What stands in fenced or indented blocks; all of a file that is no page."""
    if page.suffix != ".md":
        return text
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```$", text, re.M | re.S)
    return "\n".join([*fenced, *re.findall(r"^ {4}\S.*$", text, re.M)])


LINES = sorted(set(command_lines()))


def refusal(line: str, whole: bool = True) -> str:
    """Why fogline would refuse a command line; "" where it would not. Nothing is run."""
    words = shlex.split(line.replace("...", "").replace("\\", ""))[1:]
    command = words[0] if words else ""
    found = DOOR.commands.get(command)  # type: ignore[attr-defined]
    if hasattr(found, "commands"):  # a group, as "gazetteer": its own commands come next
        command, words = " ".join(words[:2]), words[1:]
        if len(words) == 0 and not whole:
            return ""
        found = found.commands.get(words[0] if words else "")
    if found is None:
        return "" if command == "COMMAND" or command.startswith("-") else f"there is no command {command!r}"
    try:
        found.make_context(command, words[1:], resilient_parsing="--help" in words)
    except Exception as error:  # typer carries its own copy of click, whose errors have no public name
        show = getattr(error, "format_message", None)
        if show is None:
            raise
        return "" if not whole and type(error).__name__ in ("MissingParameter", "NoArgsIsHelpError") else str(show())
    return ""


@pytest.mark.parametrize(("page", "line", "whole"), LINES)
def test_a_command_line_on_a_page_is_understood(page: str, line: str, whole: bool):
    assert refusal(line, whole) == ""


def test_command_lines_are_found_everywhere():
    assert {page for page, _, _ in LINES} >= {"README.md", "docs/tour.md", "docs/brief.md", "Makefile", ".ci/run"}


@pytest.mark.parametrize(
    "line", ["fogline demo --nowhere", "fogline invent", "fogline brief", "fogline brief --format doc Kupiansk"]
)
def test_a_wrong_command_line_is_noticed(line: str):
    assert refusal(line)
