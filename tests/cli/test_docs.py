"""docs/cli.md says what --help says."""

import re
from pathlib import Path

import pytest
import typer

from fogline.cli.main import app

MANUAL = Path(__file__).parents[2] / "docs" / "cli.md"


def leaves(group, before: str = "") -> dict:
    """The commands by the words that call them; those of a group one by one."""
    found = {}
    for name, command in group.commands.items():
        called = f"{before}{name}"
        found |= leaves(command, f"{called} ") if hasattr(command, "commands") else {called: command}
    return found


COMMANDS = leaves(typer.main.get_command(app))


def section(name: str) -> str:
    text = MANUAL.read_text("utf-8")
    found = re.search(rf"^## fogline {name}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    assert found, f"docs/cli.md has no section for fogline {name}"
    return found[1]


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_manual_has_the_commands_there_are_in_their_order():
    assert re.findall(r"^## fogline (.+)$", MANUAL.read_text("utf-8"), re.M) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_has_every_option_and_no_other(name):
    documented = set(re.findall(r"`(--?[a-z-]+)`(?=[ ,|].*\|$)", section(name), re.M))
    there_are = {option for p in COMMANDS[name].params if p.name != "help" for option in p.opts if option[0] == "-"}
    assert documented == there_are


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_says_what_help_says(name):
    command, told = COMMANDS[name], words(section(name))
    assert words(command.help) in told
    for parameter in command.params:
        assert parameter.name == "help" or words(parameter.help) in told
    assert re.findall(r"fogline [^\[]+", command.epilog)[0].strip() in told
