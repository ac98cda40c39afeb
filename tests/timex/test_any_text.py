import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import UNKNOWN_WHEN, AnchorEvent, Basis, Precision, When
from fogline.timex import find, latest_past, publication
from fogline.timex.lexicon import ANY_MONTH, ANY_WEEKDAY, SEASONS, UNITS
from fogline.timex.tokens import tokenise

ANCHORS = (AnchorEvent(name="war", phrases=("the full-scale war", "war"), day=date(2022, 2, 24)),)
MORE = """a an the of to from between and since until by before after into around early mid late first last next this
    that few several two twenty-five hundred days ago later 10 2022 31 1990s '90s 24 th , . - – / : war September May
    night на по"""
WORDS = sorted({*ANY_MONTH, *ANY_WEEKDAY, *SEASONS, *UNITS}) + MORE.split()
phrases = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = st.one_of(st.text(max_size=200), phrases, st.text("0123456789 -–./:,'’\n", max_size=80))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
published = st.one_of(
    st.just(UNKNOWN_WHEN),
    days.map(lambda day: When(start=day, end=day, edtf=day.isoformat(), precision=Precision.DAY, basis=Basis.STATED)),
    days.map(lambda day: When(start=day, edtf=f"{day.isoformat()}/..", precision=Precision.INTERVAL)),
)
HOSTILE = ["1", " ", "-", "–", "1-", "1 ", "1.", "1/", "\n", "'", "of the ", "10, ", "hundred ", "the start of "]


@given(texts, published)
def test_spans_cut_from_the_text_are_the_quoted_words(text: str, when: When) -> None:
    end = 0
    for timex in find(text, published=when, anchors=ANCHORS):
        assert timex.span.start >= end
        assert timex.span.of(text) == timex.when.text
        assert timex.when.text.strip()
        end = timex.span.end


@given(texts, published)
def test_a_known_value_has_an_edtf_form_that_agrees(text: str, when: When) -> None:
    for timex in find(text, published=when, anchors=ANCHORS):
        value = timex.when
        assert bool(value.edtf) or not value.known
        ends = value.edtf.split("/")
        if value.start and len(ends) == 2 and len(ends[0].rstrip("~")) == 10:
            assert ends[0].rstrip("~") == value.start.isoformat()
        if value.end and len(ends) == 2 and len(ends[1].rstrip("~")) == 10:
            assert ends[1].rstrip("~") == value.end.isoformat()


@given(texts)
def test_a_publication_line_gives_a_day_or_nothing(text: str) -> None:
    when = publication(text)
    assert when == UNKNOWN_WHEN or (when.start == when.end and when.precision is Precision.DAY)


@given(texts)
def test_the_latest_past_day_needs_no_publication(text: str) -> None:
    latest_past(find(text, published=UNKNOWN_WHEN, anchors=ANCHORS))


@given(st.text(max_size=200))
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = tokenise(text)
    for i in range(tokens.count):
        assert 0 <= tokens.starts[i] < tokens.ends[i] <= len(text)
        assert i == 0 or tokens.ends[i - 1] <= tokens.starts[i]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    began = time.process_time()
    find(text, published=UNKNOWN_WHEN, anchors=ANCHORS)
    # A fifth of a megabyte in well under a second; anything quadratic takes minutes.
    assert time.process_time() - began < 2
