"""The units, the container's file and the scripts: what they call is there, and they share the steps that the checks run."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.cli.test_docs import COMMANDS
from tests.deploy import container

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


def test_the_container_serves_with_options_that_there_are() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", text, re.M)
    (command,) = re.findall(r"^CMD (.+)$", text, re.M)
    assert json.loads(entry) == ["fogline"]
    _, given, there_are = options(json.loads(command))
    assert given <= there_are
    # The images' Python is one that fogline supports.
    assert set(re.findall(r"python:(\d+\.\d+)-", text)) <= {"3.11", "3.12", "3.13"}


def test_the_container_and_the_wheel_are_tried_with_every_change() -> None:
    wheel, run, makefile = ((ROOT / name).read_text("utf-8") for name in (".ci/wheel", ".ci/run", "Makefile"))
    assert "deploy/install.sh" in wheel
    assert "deploy/smoke.sh" in wheel
    assert re.search(r"^make .* container .* wheel ", run, re.M)
    assert re.search(r"^wheel: .*\n\tbash \.ci/wheel", makefile, re.M)
    assert re.search(r"^container: .*\n\t\$\(BIN\)/python -m tests\.deploy\.container$", makefile, re.M)


def test_the_container_is_not_tried_where_it_cannot_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(container.shutil, "which", lambda program: None)
    monkeypatch.setattr(container.os, "geteuid", lambda: 0)
    monkeypatch.delenv("FOGLINE_TEST_CONTAINER", raising=False)
    assert container.main() == 0
    assert capsys.readouterr().out == "container: skipped: buildah is not installed\n"
    monkeypatch.setenv("FOGLINE_TEST_CONTAINER", "required")
    assert container.main() == 1


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
