from __future__ import annotations

import pytest
from evals.extraction_html import Page, runs, score, shared_runs


def test_runs_are_of_four_words_and_counted() -> None:
    assert runs("a b, c. d e")[("b", "c", "d", "e")] == 1
    assert runs("a b") == {("a", "b"): 1}
    assert not runs("—")


def test_shared_runs_count_repetition() -> None:
    assert shared_runs("a b c d a b c d", "a b c d") == (1, 1, 5)


def test_the_mean_is_over_pages_and_f1_of_the_means() -> None:
    pages = iter([Page("1", b"one two three four", "one two three four"), Page("2", b"", "five six seven eight")])
    result = score(pages, lambda raw: raw.decode())
    assert (result.precision, result.recall) == (1.0, 0.5)
    assert result.f1 == pytest.approx(2 / 3)
