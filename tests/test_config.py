"""Settings: defaults, then a file, then the environment, then the command line; typos are errors."""

from pathlib import Path

import pytest

from fogline.config import Settings, load
from fogline.errors import BadSettings


def test_later_origins_win(tmp_path: Path) -> None:
    file = tmp_path / "fogline.toml"
    file.write_text('theatre = "sudan"\nworkers = 1\nmax_bytes = 5\n')
    settings = load(file, {"FOGLINE_WORKERS": "2", "FOGLINE_MAX_BYTES": "6"}, max_bytes=7)
    assert settings == Settings(theatre="sudan", workers=2, max_bytes=7)


def test_what_is_not_given_changes_nothing() -> None:
    assert load(None, {}, theatre=None, workers=None) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("worker = 2", "no setting 'worker'"),
        ("workers = [", "not a settings file"),
        ('workers = "two"', "cannot be 'two'"),
    ],
)
def test_a_wrong_file_is_named_with_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "fogline.toml"
    file.write_text(text)
    with pytest.raises(BadSettings, match=said) as caught:
        load(file, {})
    assert str(file) in str(caught.value)
    assert caught.value.hint


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"none\.toml"):
        load(tmp_path / "none.toml", {})


def test_values_below_zero_are_refused_all_at_once() -> None:
    with pytest.raises(BadSettings, match=r"workers is -1; wait_seconds is -2"):
        Settings(workers=-1, wait_seconds=-2.0)
