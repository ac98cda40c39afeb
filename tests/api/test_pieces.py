"""What is kept of answers is that of the ledger as it stands: after a judgement, and after it grew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from benchmarks.big import AT, RUN, readings, world
from benchmarks.big_concluded import conclusions
from fastapi.testclient import TestClient

from fogline.api.app import make
from fogline.api.pieces import Piece, Pieces
from fogline.config import Settings
from fogline.model import Judgement
from fogline.review.deciding import Decision
from fogline.store.memory import MemoryLedger
from fogline.store.sqlite import SqliteLedger

COUNT = 300


@dataclass
class Both:
    """One ledger twice: in tables, whose rows are kept, and in memory, where each is made when it is asked for."""

    path: Path
    tables: SqliteLedger
    memory: MemoryLedger = field(default_factory=MemoryLedger)

    def __post_init__(self) -> None:
        self.reader = SqliteLedger(self.path, read_only=True)
        self.reader.hold()
        self.clients = [
            TestClient(make(one, Settings()), base_url="http://localhost")  # type: ignore[arg-type]
            for one in (self.reader, self.memory)
        ]

    def write(self, name: str, *given: Any) -> None:
        for ledger in (self.tables, self.memory):
            getattr(ledger, name)(*given)

    def told(self, address: str) -> Any:
        """What both answer."""
        kept, made = (one.get(address) for one in self.clients)
        assert (kept.status_code, kept.content) == (made.status_code, made.content), address
        return kept.json()

    def same(self, address: str) -> list[Any]:
        """The rows that both answer."""
        rows: list[Any] = self.told(address)["rows"]
        return rows


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as tables:
        made = Both(path, tables)
        yield made
        made.reader.close()


def test_what_people_set_right_shows_in_rows_that_were_written_before(both: Both) -> None:
    both.write("add", RUN, list(readings(world(COUNT), COUNT)), AT)
    one, *others = both.same("/v1/claims?limit=40")
    assert not one["corrections"]
    both.write("judge", _set_right(one["id"], "UA"))
    now, *same = both.same("/v1/claims?limit=40")
    assert now["holder"] == "UA"
    assert now["corrections"]
    assert same == others
    words = next(word for word in one["quote"].split() if word.isalpha())
    assert both.same(f"/v1/search?q={words}&limit=500")


def test_rows_of_a_ledger_that_grew_and_was_concluded_are_new(both: Both) -> None:
    made = world(COUNT)
    told = list(readings(made, COUNT))
    both.write("add", RUN, told[:10], AT)
    assert {row["family"] for row in both.same("/v1/claims?limit=500")} == {None}
    both.write("add", RUN, told[10:], AT)
    both.write("conclude", conclusions(made))
    rows = both.same("/v1/claims?limit=500")
    assert len(rows) == COUNT
    assert any(row["family"] for row in rows)


def test_overview_and_sources_are_those_of_the_ledger_as_it_grew(both: Both) -> None:
    made = world(COUNT)
    told = list(readings(made, COUNT))
    both.write("add", RUN, told[:10], AT)
    assert both.told("/v1/overview")["claims"] == 100
    assert not both.same("/v1/sources")
    both.write("add", RUN, told[10:], AT)
    assert both.told("/v1/overview")["claims"] == COUNT
    both.write("conclude", conclusions(made))
    every = both.same("/v1/sources?limit=500")
    assert {row["side"] for row in both.same("/v1/sources?side=RU&limit=2")} == {"RU"}
    assert both.same(f"/v1/sources?limit=3&after={every[1]['type']}:{every[1]['name']}") == every[2:5]
    assert both.told("/v1/overview")["place"]


def _set_right(subject: str, holder: str) -> Judgement:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    value = f'{{"field": "holder", "to": "{holder}"}}'
    return Judgement(
        subject=subject, decision=Decision.CORRECT.value, value=value, person="Ann", reason="made", at=at
    )  # fmt: skip


def test_rows_are_made_once_a_revision_and_never_more_kept_than_agreed() -> None:
    asked: list[Sequence[str]] = []

    def made(ids: Sequence[str]) -> dict[str, Piece]:
        asked.append(ids)
        return {name: Piece(name.encode() * 500, "") for name in ids}

    kept = Pieces(made, most=5_000)
    assert [one.told[:1] for one in kept.of("1", ["a", "b"])] == [b"a", b"b"]
    assert [one.told[:1] for one in kept.of("1", ["b", "c", "a"])] == [b"b", b"c", b"a"]
    kept.of("1", ["c"])
    assert asked == [["a", "b"], ["c"]]
    kept.of("1", ["d"])
    kept.of("1", ["a", "c", "d"])
    kept.of("1", ["b"])
    assert asked[2:] == [["d"], ["b"]], "what was asked for longest ago is let go of first"
    kept.of("2", ["c"])
    kept.of("1", ["c"])
    assert asked[4:] == [["c"], ["c"]]


def test_what_was_made_of_a_revision_that_passed_meanwhile_is_not_kept() -> None:
    revisions = ["1"]

    def turning(ids: Sequence[str]) -> dict[str, Piece]:
        if revisions == ["1"]:
            revisions.append("2")
            kept.of("2", ["b"])
            return {name: Piece(f"{name} of 1".encode(), "") for name in ids}
        return {name: Piece(f"{name} of 2".encode(), "") for name in ids}

    kept = Pieces(turning)
    assert [one.told for one in kept.of("1", ["a"])] == [b"a of 1"]
    assert [one.told for one in kept.of("2", ["a", "b"])] == [b"a of 2", b"b of 2"]
