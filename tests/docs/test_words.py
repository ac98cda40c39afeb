"""One word for one thing: what the code names is in the manual, and the other words for it are nowhere."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from tests.docs.pages import MANUAL, ROOT

import fogline
from fogline import errors, registry
from fogline.config import Settings
from fogline.model import Certainty, Kind, Modality, Polarity
from fogline.theatres import loading

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ALL = "\n".join(page.read_text("utf-8") for page in MANUAL)
SOURCE = Path(fogline.__file__).parent

SYNONYMS = {
    "fact": "claim", "facts": "claims", "truth": "assessed", "record": "claim or row", "records": "claims or rows",
    "item": "entry", "items": "entries", "entity": "place or speaker",
}  # fmt: skip
"""Words that are not used for what the glossary names otherwise."""

FOREIGN = {"publish/parts.py": {"items"}, "operating/logs.py": {"record"}}
"""Words that mean something else in one file: a list on a page has items; Python's own logging hands over a record."""

PAGE_OF = {
    "source": ("reading.md", "sources.md"),
    "store": ("ledger.md",),
    "engine": ("architecture.md",),
    "export": ("exports.md",),
    "translations": ("methods/comparing.md",),
}


@pytest.mark.parametrize("word", [str(w) for kind in (Kind, Polarity, Certainty, Modality) for w in kind])
def test_the_values_of_a_claim_are_in_the_glossary(word: str):
    assert re.search(rf"\b{word}\b", GLOSSARY)


def test_the_glossary_explains_every_word_once():
    words = re.findall(r"^\| ([a-z ]+) \|", GLOSSARY, re.M)[1:]
    assert len(words) == len(set(words)) > 25


@pytest.mark.parametrize(
    ("seam", "word"), [(seam, word) for seam in registry.SHIPPED for word in registry.SHIPPED[seam]]
)
def test_what_ships_has_its_paragraph(seam: str, word: str):
    page = "\n".join((ROOT / "docs" / name).read_text("utf-8") for name in PAGE_OF[seam])
    assert re.search(rf"^### {word}$", page, re.M) or re.search(rf"`{word}`", page)


@pytest.mark.parametrize("setting", [f.name for f in fields(Settings)])
def test_a_setting_is_in_the_manual_with_its_variable(setting: str):
    row = re.search(rf"^\| `{setting}` \|.*`FOGLINE_{setting.upper()}`.*$", ALL, re.M)
    assert row, f"docs/settings.md does not tell of {setting}"


ERRORS = {
    name: error
    for name, error in vars(errors).items()
    if isinstance(error, type) and issubclass(error, errors.FoglineError)
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_in_the_manual_with_its_exit_code(name: str):
    row = re.search(rf"^\| `{name}` \| {ERRORS[name].exit_code} \|", ALL, re.M)
    assert row, f"docs/settings.md does not tell of {name}"


@pytest.mark.parametrize("theatre", loading.names())
def test_a_shipped_theatre_is_in_the_manual(theatre: str):
    assert f"`{theatre}`" in (ROOT / "docs" / "theatres.md").read_text("utf-8")


def public_names(path: Path) -> Iterator[str]:
    """The names of a module that others can use: of itself, its functions and classes, their fields and arguments."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name
            yield from (argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
        elif isinstance(node, ast.ClassDef):
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name)
            yield from (
                n.target.id for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
            )


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_other_word_is_used_for_a_thing_of_the_glossary(path: Path):
    used = {word for name in public_names(path) for word in name.lower().split("_")}
    allowed = FOREIGN.get(path.relative_to(SOURCE).as_posix(), set())
    wrong = {word: f"the word is {SYNONYMS[word]}" for word in used & set(SYNONYMS) - allowed}
    assert not wrong
