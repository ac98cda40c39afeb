"""The units, the container's file and the scripts: what they call is there, and they share the steps that the checks run."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.cli.test_docs import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


def parts(unit: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    # systemd's names have capitals; configparser documents this assignment for keeping them, mypy forbids it.
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(unit.read_text("utf-8"))
    return read


def options(arguments: list[str]) -> tuple[str, set[str], set[str]]:
    """The command of a line, the options it is given, and those there are."""
    name = arguments[0]
    there_are = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    return name, {word for word in arguments[1:] if word.startswith("--")}, there_are


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_calls_a_command_with_options_that_there_are(unit: Path) -> None:
    told = parts(unit)["Service"]
    program, *arguments = shlex.split(told["ExecStart"])
    assert program == "/usr/lib/fogline/bin/fogline"
    _, given, there_are = options(arguments)
    assert given <= there_are
    assert told["User"] == "fogline"
    assert told["NoNewPrivileges"] == "yes"
    assert "password" not in unit.read_text("utf-8").lower()


def test_a_timer_starts_a_service_that_there_is() -> None:
    for unit in UNITS:
        if unit.suffix == ".timer":
            assert unit.with_suffix(".service") in SERVICES


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = tmp_path / "fogline"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/usr/lib/fogline/bin/fogline", str(program))
        (tmp_path / unit.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ours = [line for line in done.stderr.splitlines() if "fogline" in line]
    assert ours == []


def test_the_container_runs_the_steps_that_the_checks_run() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    steps = re.findall(r"^RUN (.+)$", text, re.M)
    assert steps[:2] == ["make web", "deploy/install.sh /usr/lib/fogline"]
    assert [step.split()[0] for step in steps[2:]] == ["useradd"]
    checks = (ROOT / ".ci" / "wheel").read_text("utf-8")
    assert "deploy/install.sh" in checks
    assert "deploy/smoke.sh" in checks
    assert re.search(r"^wheel: .*\n\tbash \.ci/wheel", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert re.search(r"^web: ", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert re.search(r"^USER (?!root)", text, re.M)
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", text, re.M)
    (command,) = re.findall(r"^CMD (.+)$", text, re.M)
    assert entry == '["fogline"]'
    _, given, there_are = options(shlex.split(command.strip("[]").replace(",", " ")))
    assert given <= there_are
    # The images' Python is one that fogline supports.
    assert set(re.findall(r"python:(\d+\.\d+)-", text)) <= {"3.11", "3.12", "3.13"}


@pytest.mark.parametrize("script", ["install.sh", "smoke.sh"])
def test_the_scripts_are_shell_and_may_be_run(script: str) -> None:
    assert os.access(DEPLOY / script, os.X_OK)
    subprocess.run(["sh", "-n", str(DEPLOY / script)], check=True)


def test_the_servers_lock_holds_the_extras_that_it_is_made_with() -> None:
    (extras,) = re.findall(r"^SERVER := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(each for name in extras.split() for each in project["optional-dependencies"][name]),
    ]
    names = {re.split(r"[\[<>=~!; ]", each)[0].lower() for each in asked}
    lock = (ROOT / "requirements-server.lock").read_text("utf-8")
    assert names <= set(re.findall(r"^([\w.-]+)==", lock, re.M))
    assert "requirements-server.lock" in (DEPLOY / "install.sh").read_text("utf-8")
    assert all(f"`{extra}`" in (ROOT / "docs" / "operating.md").read_text("utf-8") for extra in extras.split())
