"""The plain words answer as the parser's own objects do."""

from __future__ import annotations

import pytest

from fogline.extract.parse import annotated, pipeline

TEXTS = [
    "The mayor said the bridge, which he had crossed at dawn, was blown up. Nobody was hurt!",
    'On Monday, the army\'s spokesman told a local radio that "we hold the town", and left.',
    "What a day it was that the village, they say, was taken on... (by whom?)",
    "  Odd   blanks\there .\u00a0And there. ",
    "",
]


@pytest.fixture(scope="module")
def pairs():
    return list(zip(annotated(TEXTS), pipeline().pipe(TEXTS), strict=True))


def test_the_tree_is_the_same(pairs):
    def seen(token):
        return (
            [c.i for c in token.children], [t.i for t in token.subtree], [t.i for t in token.ancestors],
            token.left_edge.i, token.right_edge.i, token.is_punct, token.is_space, len(token),
        )  # fmt: skip

    for own, theirs in pairs:
        assert len(own) == len(theirs)
        assert [seen(t) for t in own] == [seen(t) for t in theirs]


def test_sentences_are_the_same(pairs):
    def seen(span):
        return (span.start, span.end, span.start_char, span.end_char, span.text, span.text_with_ws, span.root.i)

    for own, theirs in pairs:
        assert [seen(s) for s in own.sents] == [seen(s) for s in theirs.sents]
        assert [own.sentence(t.i).start for t in own] == [t.sent.start for t in theirs]


def test_every_stretch_has_the_same_root(pairs):
    for own, theirs in pairs:
        for start in range(len(own)):
            for end in range(start + 1, len(own) + 1):
                here, there = own.words[start], own.words[end - 1]
                found = own.sents[0].char_span(here.idx, there.idx + len(there)) if end <= own.sents[0].end else None
                if found is not None:
                    assert found.root.i == theirs[start:end].root.i


def test_a_stretch_between_words_is_none(pairs):
    sentence = pairs[0][0].sents[0]
    assert sentence.char_span(1, 9) is None
    assert [t.text for t in sentence.char_span(4, 14)] == ["mayor", "said"]


def test_words_touched_are_those_that_share_a_character(pairs):
    own = pairs[0][0]
    assert [t.text for t in own.touched(6, 11)] == ["mayor", "said"]
    assert own.touched(3, 4) == []


def test_neighbours_end_at_the_ends(pairs):
    first = pairs[0][0].words[0]
    assert first.nbor().text == "mayor"
    with pytest.raises(IndexError, match="no word -1"):
        first.nbor(-1)
