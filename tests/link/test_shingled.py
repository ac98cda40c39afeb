"""Shingles that are kept to be compared again."""

import tempfile
from pathlib import Path

import pytest

from fogline.errors import SpillError
from fogline.link.shingled import Shingled


@pytest.mark.parametrize("in_memory", [1_000_000, 16])
def test_texts_share_as_many_as_they_did_wherever_they_are_kept(in_memory: int) -> None:
    texts = [{f"run {n}" for n in range(first, first + 20)} for first in range(0, 200, 5)]
    with Shingled(in_memory) as kept:
        for text in texts:
            kept.add(text)
        for i, one in enumerate(texts):
            for j, other in enumerate(texts):
                assert len(kept[i] & kept[j]) == len(one & other)


def test_they_are_added_after_one_was_asked_for() -> None:
    with Shingled() as kept:
        kept.add({"a", "b"})
        assert len(kept[0]) == 2
        kept.add(())
        kept.add({"b"})
        assert kept[1] == frozenset()
        assert kept[2] < kept[0]


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with Shingled(8) as kept, pytest.raises(SpillError, match=str(tmp_path / "gone")):
        kept.add({"a", "b", "c"})
