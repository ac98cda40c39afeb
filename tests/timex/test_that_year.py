"""The year in "of that year" is the one last named, however precisely."""

from datetime import date

from fogline.model import Precision, When
from fogline.timex import find


def test_that_year_is_the_year_last_named_though_a_day_stands_further_back():
    text = "On 3 March the road was cut. The town was occupied in February 2022 and freed in September of that year."
    day = date(2025, 3, 10)
    published = When(start=day, end=day, edtf="2025-03-10", precision=Precision.DAY)
    assert [found.when.edtf for found in find(text, published=published, anchors=())] == [
        "2025-03-03",
        "2022-02",
        "2022-09",
    ]
