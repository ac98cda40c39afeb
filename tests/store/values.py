"""Any value of the model, for property tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from fogline import model
from fogline.model import Control, Span, When

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), st.sampled_from("\r\n\"'"))
)
NUMBERS = st.floats(allow_nan=False) | st.integers(-(2**63), 2**63 - 1).map(float)
# ISO 8601 cannot say which of two hours is meant when clocks are turned back (``fold``).
_MOMENTS = st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda at: at.replace(fold=0))
SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**6)).map(lambda pair: Span(pair[0], sum(pair)))


@st.composite
def _times(draw: st.DrawFn) -> When:
    start = draw(st.none() | st.dates(max_value=date(9000, 1, 1)))
    end = draw(st.none() | st.integers(0, 9000).map(lambda days: (start or date.min) + timedelta(days)))
    rest = {name: draw(st.from_type(kind)) for name, kind in (("precision", model.Precision), ("basis", model.Basis))}
    return When(start=start, end=end, edtf=draw(TEXT), text=draw(TEXT), **rest)


@st.composite
def _controls(draw: st.DrawFn) -> Control:
    states = draw(st.lists(TEXT, max_size=4).map(tuple))
    days = st.tuples(*[NUMBERS] * len(states))
    return Control(
        place=draw(TEXT),
        geonameid=draw(st.none() | st.integers(0, 2**40)),
        known_by=draw(st.none() | st.dates()),
        states=states,
        start=draw(st.none() | st.dates()),
        daily=tuple(draw(st.lists(days, max_size=4))),
        timeline=draw(st.from_type(tuple[model.Stretch, ...])),
        reasons=draw(st.from_type(tuple[model.Reason, ...])),
    )


def register() -> None:
    """Make ``from_type`` draw values as fogline has them: no half characters, no interval that ends too soon."""
    st.register_type_strategy(str, TEXT)
    st.register_type_strategy(float, NUMBERS)
    st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
    st.register_type_strategy(
        datetime, st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda at: at.replace(fold=0))
    )
    st.register_type_strategy(Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=4))
    st.register_type_strategy(Sequence, lambda kind: st.lists(st.from_type(*get_args(kind)), max_size=4).map(tuple))
    st.register_type_strategy(Span, SPANS)
    st.register_type_strategy(When, _times())
    st.register_type_strategy(Control, _controls())


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of that type."""
    register()
    return st.from_type(kind)
