"""The house keeps its own rules: what the README promises is there, one version, no trace of a machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

import fogline

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fogline"
LONGEST = 350
"""Lines of a module; who needs more has two things in one."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
"""Names that say nothing about what is inside."""

MACHINE = re.compile(r"(?<![\w.~$}-])/(?:work|tmp|root|home|opt|mnt|srv|Users|private)/\w")
REGISTRY = re.compile(
    r"(?<![\w-])--(?:extra-)?index-url|(?<![\w-])--find-links|\bpypi\.org|pythonhosted|artifactory|devpi"
    r"|https?://[^\s\"'<>]*/simple\b|(?<!<!ENTITY x SYSTEM ')\bfile:///|\blocalhost:\d|\b127\.0\.0\.1",
    re.IGNORECASE,
)


@cache
def makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


@cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def targets() -> dict[str, str]:
    """What can be made, with its help."""
    found = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", makefile(), re.MULTILINE)
    return {name: rest.partition("## ")[2] for name, rest in found}


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: those under version control, and those about to be."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("needs a git checkout to know the project's files from what lies about")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(path for name in listed if name and (path := ROOT / name).is_file())


@cache
def pins(name: str) -> dict[str, str]:
    """Package and version in a lock file."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("command", ["demo", "test"])
def test_the_two_commands_of_the_readme_are_there(command: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"make {command}" in readme[:1200]
    assert targets()[command]


def test_every_target_has_help_and_is_phony() -> None:
    phony = set(re.findall(r"^\.PHONY:(.*)$", makefile(), re.MULTILINE)[0].split())
    assert {name for name, told in targets().items() if not told} == set()
    assert set(targets()) == phony


def test_every_target_named_by_a_page_or_a_script_exists() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / ".ci").iterdir()]
    code = [line for page in pages for line in _commands(page)]
    named = {name for line in code for name in re.findall(r"(?:^|[`;&(]\s*)make ([a-z]+)", line)}
    assert {"demo", "test"} <= named
    assert named <= set(targets())


def _commands(page: Path) -> list[str]:
    return [line.strip() for line in page.read_text("utf-8").splitlines()]


def test_the_whole_check_begins_with_the_tests_and_names_every_other() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    orders = re.findall(r"(?:^|; *)make (.+)$", re.sub(r"#.*", "", run), re.MULTILINE)
    called = [word for order in orders for word in order.split() if word.isalpha()]
    assert called[0] == "test"
    assert {"check", "docs", "demo", "eval", "bench", "wheel"} <= set(called)


def test_the_demonstration_is_called_with_options_that_exist() -> None:
    from typer.main import get_command

    from fogline.cli.main import app

    known = {option for parameter in get_command(app).commands["demo"].params for option in parameter.opts}  # type: ignore[attr-defined]
    for script in (makefile(), (ROOT / ".ci" / "wheel").read_text("utf-8")):
        used = {option for line in re.findall(r"fogline demo(.*)", script) for option in re.findall(r"--[a-z-]+", line)}
        assert used
        assert used <= known


def test_there_is_one_version() -> None:
    assert project()["project"]["dynamic"] == ["version"]  # type: ignore[index]
    assert "version" not in project()["project"]  # type: ignore[operator]
    holders = {path for path in SOURCE.rglob("*.py") if re.search(r"^__version__\s*=", path.read_text("utf-8"), re.M)}
    assert holders == {SOURCE / "__init__.py"}
    released = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert not released or released[0] == fogline.__version__


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["path of a machine", "address of a registry"])
def test_no_file_tells_where_it_was_made(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        if "\0" not in text[:4096]:
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_what_is_made_is_not_kept() -> None:
    kept = {path.name for path in tracked()}
    assert not {name for name in kept if name.endswith((".sqlite", ".pyc", ".whl", ".lock.new"))}
    assert not {path for path in tracked() if {"site", "demo", "dist", ".venv"} & {path.relative_to(ROOT).parts[0]}}


def test_a_module_says_by_its_name_what_is_in_it() -> None:
    named = {part for path in tracked() if path.suffix == ".py" for part in (path.stem, path.parent.name)}
    assert named & FORBIDDEN_NAMES == set()


def test_no_module_is_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py")}
    assert {str(path.relative_to(SOURCE)): length for path, length in lengths.items() if length > LONGEST} == {}


def test_what_is_public_is_explained() -> None:
    """The linter sees to it; nobody may tell it to look away from the source."""
    lint = project()["tool"]["ruff"]["lint"]  # type: ignore[index]
    assert "D1" in lint["select"]
    assert {code for code in lint["ignore"] if code.startswith("D")} <= {"D105", "D107"}
    spared = [where for where, codes in lint["per-file-ignores"].items() if {"D", "D1"} & set(codes)]
    assert {where for where in spared if where.startswith("src/")} == {"src/fogline/store/migrations/**"}


def test_every_decision_can_be_found() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "index.md").read_text("utf-8")
    contents = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = sorted(page.name for page in folder.glob("[0-9]*.md"))
    assert pages
    assert [page for page in pages if f"]({page})" not in index] == []
    assert [page for page in pages if f"decisions/{page}" not in contents] == []
    assert [int(page[:4]) for page in pages] == list(range(1, len(pages) + 1))


def test_the_lock_files_hold_all_that_is_asked_for() -> None:
    asked = [*project()["project"]["dependencies"]]  # type: ignore[index]
    groups = project()["dependency-groups"]
    tools = [entry for group in groups.values() for entry in group if isinstance(entry, str)]  # type: ignore[attr-defined]
    assert _names(asked) <= set(pins("requirements-run.lock"))
    assert _names([*asked, *tools]) <= set(pins("requirements.lock"))
    assert pins("requirements-run.lock").items() <= pins("requirements.lock").items()


def _names(asked: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", entry, maxsplit=1)[0].lower() for entry in asked}


def test_an_installation_that_follows_the_source_can_be_built_from_the_lock() -> None:
    # hatchling needs editables for it without depending on it, and `make setup` installs without build isolation.
    assert {"hatchling", "editables"} <= set(pins("requirements.lock"))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-run.lock", "requirements-server.lock"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(pins(name)) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
