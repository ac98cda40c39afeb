"""Every engine gives the results in the order of the shards."""

import pytest

from fogline.engine.pool import PoolEngine
from fogline.engine.serial import SerialEngine
from fogline.errors import NotText
from fogline.ports import Engine

ENGINES = [SerialEngine(), PoolEngine(2)]


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    raise NotText(f"{number}: not text", "Leave it out.")


@pytest.mark.parametrize("engine", ENGINES, ids=["serial", "pool"])
def test_results_come_in_order_from_a_stream_of_shards(engine: Engine) -> None:
    assert list(engine.map(square, iter(range(9)))) == [n * n for n in range(9)]
    assert list(engine.map(square, iter(()))) == []


@pytest.mark.parametrize("engine", ENGINES, ids=["serial", "pool"])
def test_an_error_comes_back_as_it_was_raised(engine: Engine) -> None:
    with pytest.raises(NotText, match="1: not text") as caught:
        list(engine.map(refuse, [1]))
    assert caught.value.hint == "Leave it out."
