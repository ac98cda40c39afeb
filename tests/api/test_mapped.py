"""Places of a map: those in a box, page by page, as they are written."""

import orjson
import pytest

from fogline.api.asking import boxed
from fogline.api.mapped import Box, layer
from fogline.errors import UsageError
from fogline.publish.rows import Row

POINTS = [(30.5, 50.4), (37.6, 48.5), (179.5, 10.0), (-179.0, 11.0), None, (36.2, 50.0)]


def features() -> list[Row]:
    return [
        {
            "id": n,
            "geometry": None if point is None else {"type": "Point", "coordinates": list(point)},
            "name": "Харків",
        }
        for n, point in enumerate(POINTS)
    ]


@pytest.mark.parametrize(
    "box", [(30.5, 44.0, 37.0, 52.0), (170.0, 0.0, -170.0, 20.0), (-180.0, -90.0, 180.0, 90.0), (1, 1, 2, 2)]
)
def test_a_box_holds_the_points_in_it(box: Box) -> None:
    page, mark, many = layer(features()).page(box, "", 10)
    expected = [one for one, point in zip(features(), POINTS, strict=True) if point and boxed(*point, box)]
    assert orjson.loads(orjson.dumps(page)) == expected
    assert (mark, many) == (None, len(expected))


def test_pages_follow_each_other_within_the_box() -> None:
    every = layer(features())
    first, mark, many = every.page((30.0, 44.0, 40.0, 52.0), "", 2)
    rest, last, _ = every.page((30.0, 44.0, 40.0, 52.0), mark or "", 2)
    assert [one["id"] for one in orjson.loads(orjson.dumps([*first, *rest]))] == [0, 1, 5]
    assert (mark, last, many) == ("1", None, 3)
    for strange in ("2", "99"):  # outside the box, and nowhere
        with pytest.raises(UsageError, match="mark of a page"):
            every.page((30.0, 44.0, 40.0, 52.0), strange, 2)


def test_places_without_a_box_are_all_there_even_where_they_have_no_point() -> None:
    page, _, many = layer(features()).page(None, "", 10)
    assert orjson.dumps(page) == orjson.dumps(features())
    assert many == len(POINTS)
    assert layer([]).page((1, 1, 2, 2), "", 5) == ([], None, 0)
