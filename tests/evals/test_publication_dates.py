from __future__ import annotations

from pathlib import Path

from evals import publication_dates


def test_a_page_that_bears_no_day_is_right_without_one() -> None:
    pairs = publication_dates.judged()
    assert [told for told, day in pairs if not day] == ["" for _, day in pairs if not day]
    assert len(pairs) > 50


def test_without_the_benchmark_the_made_pages_are_still_measured(tmp_path: Path) -> None:
    assert set(publication_dates.figures(tmp_path)) == {"made"}
