"""Stretches of text: cut, compare, merge."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import Span, merge

spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def test_a_stretch_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="no such stretch"):
        Span(3, 2)
    with pytest.raises(ValueError, match="no such stretch"):
        Span(-1, 2)


@given(st.lists(spans, max_size=8))
def test_merging_keeps_exactly_the_same_characters(several: list[Span]) -> None:
    before = {n for span in several for n in range(span.start, span.end)}
    merged = merge(several)
    assert {n for span in merged for n in range(span.start, span.end)} == before
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(spans, spans)
def test_overlap_is_mutual_and_means_a_shared_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) is other.overlaps(one) is bool(shared)
    assert not one.covers(other) or set(range(other.start, other.end)) <= set(range(one.start, one.end))
