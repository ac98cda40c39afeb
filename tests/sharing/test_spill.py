"""What is spilled comes back as it was, and only what is asked for lies in memory."""

import tempfile
from pathlib import Path

import pytest
from tests.growing.worlds import readings

from fogline.errors import SpillError
from fogline.link.facets import read_all
from fogline.sharing.packing import packed, unpacked
from fogline.sharing.spill import Made, Piles, Rows, Run, aside
from fogline.theatres.loading import load

EVERY = readings(12, 4)
CLAIMS = [claim for one in EVERY for claim in one.claims]
FACETS = list(read_all(CLAIMS, {one.document.id: one.document for one in EVERY}, load("ukraine")))


def test_values_of_the_model_come_back_the_same_under_the_same_names():
    found = list(unpacked([packed(FACETS), packed(CLAIMS)]))
    assert found == FACETS + CLAIMS
    assert [one.id for one in found] == [one.id for one in FACETS + CLAIMS]


def test_what_is_shared_within_a_pile_is_one_object_again():
    twice = list(unpacked([packed([FACETS[0], FACETS[0]])]))
    assert twice[0] is twice[1]


def test_a_pile_is_read_in_the_order_in_which_it_was_laid(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("fogline.sharing.spill._HELD", 5)
    piles: Piles[int] = Piles(tmp_path / "piles")
    for number in range(40):
        piles.put(number % 3, number)
    piles.flush()
    assert [list(unpacked(piles.chunks(pile))) for pile in range(4)] == [list(range(at, 40, 3)) for at in range(3)] + [
        []
    ]


def test_any_value_of_a_run_is_found_by_its_number(tmp_path: Path):
    run: Run[str] = Run(tmp_path / "run")
    for at in range(0, 30, 3):
        run.extend([f"value {n}" for n in range(at, at + 3)])
    run.extend([])
    assert [run[n] for n in (29, 0, 17, 16, 3)] == [f"value {n}" for n in (29, 0, 17, 16, 3)]
    assert list(run) == [f"value {n}" for n in range(30)]


def test_what_is_made_anew_is_the_same_each_time():
    made = Made(3, range(3))
    assert (len(made), list(made), list(made), made[1], made[1:]) == (3, [0, 1, 2], [0, 1, 2], 1, (1, 2))


def test_a_file_for_rows_that_is_full_is_told_by_its_folder(tmp_path: Path):
    rows = Rows(tmp_path / "rows", "CREATE TABLE told (raw BLOB); PRAGMA max_page_count=20")
    with pytest.raises(SpillError) as caught:
        rows.put("INSERT INTO told VALUES (?)", ((bytes(4000),) for _ in range(40)))
    assert str(tmp_path) in caught.value.message
    assert "full" in caught.value.message
    assert "TMPDIR" in caught.value.hint
    rows.close()


def test_rows_that_were_damaged_are_told_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fogline.sharing.spill._CACHE_KB", 1)
    rows = Rows(tmp_path / "rows", "CREATE TABLE told (raw BLOB)")
    rows.put("INSERT INTO told VALUES (?)", ((bytes(4000),) for _ in range(40)))
    asked = rows.ask("SELECT raw FROM told")
    assert next(asked) == (bytes(4000),)
    (tmp_path / "rows").write_bytes(b"")
    with pytest.raises(SpillError, match="cannot be written or read"):
        list(asked)
    rows.close()


def test_piles_and_runs_that_cannot_be_written_name_their_folder(tmp_path: Path):
    gone = tmp_path / "gone"
    with pytest.raises(SpillError, match=str(gone)):
        Piles(gone / "piles")
    with pytest.raises(SpillError, match=str(gone)):
        Run(gone / "run").extend([1])
    piles: Piles[int] = Piles(tmp_path / "piles")
    (tmp_path / "piles").rmdir()
    piles.put(1, 1)
    with pytest.raises(SpillError, match=str(tmp_path)):
        piles.flush()


def test_a_disk_that_is_full_is_told_by_its_folder():
    with pytest.raises(SpillError, match=r"/dev: .*No space left"):
        Run(Path("/dev/full")).extend([1])


def test_a_folder_for_temporary_files_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = str(tmp_path / "gone")
    monkeypatch.setenv("TMPDIR", gone)
    monkeypatch.setattr(tempfile, "tempdir", gone)
    with pytest.raises(SpillError, match=gone), aside():
        pass
