"""The error tree: drawn as it is, worded, and able to cross a process border."""

import inspect
import pickle
import re

import pytest

from fogline import errors

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.FoglineError)]


def test_the_drawn_tree_is_the_real_one() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)|^    (\w+)  ", errors.__doc__ or "", re.MULTILINE))
    names = {a or b for a, b in drawn}
    assert names == {c.__name__ for c in CLASSES}


@pytest.mark.parametrize("error", CLASSES, ids=lambda c: c.__name__)
def test_an_error_survives_the_way_back_from_a_worker(error: type[errors.FoglineError]) -> None:
    back = pickle.loads(pickle.dumps(error("a.txt: is empty.", "Remove it.")))
    assert type(back) is error
    assert (back.message, back.hint, str(back)) == ("a.txt: is empty.", "Remove it.", "a.txt: is empty.")


def test_a_wrong_question_has_the_exit_code_of_usage() -> None:
    assert errors.UnknownPlace("x").exit_code == 2
    assert errors.LedgerBusy("x").exit_code == 1
