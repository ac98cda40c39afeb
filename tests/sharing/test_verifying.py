"""A ledger is checked some documents at a time, here or on processes, and what is damaged in it is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.places import KINDS, fill, opened

from fogline.cli.main import run
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Lost
from fogline.publish.verify import Broken, Checked
from fogline.sharing import verifying
from fogline.sharing.verifying import handing_over, verified

CLAIMS = 82
DOCUMENTS = 41


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "SHARD", 7)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "made.sqlite"
    with opened(str(path)) as ledger:
        fill(ledger)
    return path


def checked(place: Path | str, workers: int = 1) -> tuple[Checked, list[tuple[str, int, int]]]:
    told: list[tuple[str, int, int]] = []
    with opened(str(place), read_only=True) as ledger:
        found = verified(ledger, Settings(workers=workers), lambda *step: told.append(step), str(place))
    return found, told


def spoilt(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute(statement).rowcount == 1
        plain.commit()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_all_of_a_ledger_holds(place: Callable[[str], str], kind: str, workers: int) -> None:
    where = place(kind)
    with opened(where) as ledger:
        fill(ledger)
        assert len(ledger.claims()) == CLAIMS
    found, told = checked(where, workers)
    assert found == Checked(documents=DOCUMENTS, claims=CLAIMS, broken=())
    assert told == [("checking", min(7 * n, DOCUMENTS), DOCUMENTS) for n in range(1, 7)]


SPOILT = (
    ("UPDATE claims SET body = replace(body, 'Word 12.', 'Wort 12.') WHERE quote = 'Word 12.'", "now read “Word 12.”", 1),
    ("UPDATE claims SET body = replace(body, 'Elm', 'Ash') WHERE quote = 'Word 13.'", "what is stored under that name", 2),
    ("UPDATE claims SET body = '{' WHERE quote = 'Word 14.'", "holds a Claim that cannot be read", 2),
    ("UPDATE documents SET text = text || '!' WHERE name = '15.txt'", "what is stored under that name", 2),
    ("UPDATE contents SET raw = CAST(raw || '!' AS BLOB) WHERE instr(raw, 'Word 16.')", "what is stored under that name", 2),
    ("DELETE FROM documents WHERE name = '17.txt'", "is not in the ledger", 2),
    ("DELETE FROM contents WHERE instr(raw, 'Word 18.')", "is not in the ledger", 2),
)  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2])
def test_all_that_was_spoilt_is_named_and_the_rest_is_checked(file: Path, workers: int) -> None:
    for statement, _, _ in SPOILT:
        spoilt(file, statement)
    found, _ = checked(file, workers)
    assert len(found.broken) == len(SPOILT)
    for _, problem, _ in SPOILT:
        assert any(problem in one.problem for one in found.broken)
    assert found.documents == DOCUMENTS
    assert found.claims == CLAIMS - sum(lost for _, _, lost in SPOILT[1:])


@pytest.mark.parametrize(("statement", "problem", "_"), SPOILT)
def test_the_command_fails_on_each(
    file: Path, capsys: pytest.CaptureFixture[str], statement: str, problem: str, _: int
) -> None:
    spoilt(file, statement)
    assert run(["verify", str(file)]) == 1
    said = capsys.readouterr()
    assert problem in said.out
    assert len(said.out.splitlines()) == 1
    assert "1 of 8" in said.err


def test_a_document_that_kills_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killing(engine, function, shards):
        first, *others = (one for shard in shards for one in shard)
        yield Lost(shard=(first,), deaths=3)
        yield function(tuple(others))

    monkeypatch.setattr(verifying, "parted", killing)
    found, told = checked(file)
    with opened(str(file), read_only=True) as ledger:
        name = ledger.current()[0]
    problem = "decoding its bytes ended the process, 3 times"
    assert found.broken == (Broken(number=0, claim="", document=name, problem=problem),)
    assert told[-1][1:] == (DOCUMENTS, DOCUMENTS)


def test_a_store_that_hands_nothing_over_is_refused() -> None:
    with pytest.raises(UsageError, match="does not hand over"):
        handing_over(object())  # type: ignore[arg-type]
