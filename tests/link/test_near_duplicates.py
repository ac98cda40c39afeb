from hypothesis import given
from hypothesis import strategies as st

from fogline.link.near_duplicates import akin, containment, jaccard, shingles

WORDS = [f"word{n}" for n in range(60)]


def test_a_text_of_fewer_words_than_a_shingle_is_one_shingle():
    assert shingles("Hold on.", 5) == {"hold on"}
    assert shingles("", 5) == frozenset()


def test_similarity_of_nothing_is_nothing():
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert containment(frozenset(), frozenset({"a"})) == 0.0


def test_a_text_changed_in_one_word_is_alike_and_another_is_not():
    changed = [*WORDS[:30], "other", *WORDS[31:]]
    texts = [" ".join(text) for text in (WORDS, changed, WORDS[::-1])]
    assert list(akin(texts, 5, whole=0.6).alike) == [(0, 1)]


def test_verbatim_copies_hang_together():
    assert akin([" ".join(WORDS)] * 4, 5, whole=0.9).alike == {(0, 1): 1.0, (1, 2): 1.0, (2, 3): 1.0}


def test_a_short_text_inside_a_long_one_is_carried():
    around = [f"around{n}" for n in range(300)]
    texts = [" ".join(text) for text in (WORDS, around[:150] + WORDS + around[150:], around)]
    carried = akin(texts, 5, whole=0.6, part=0.7, smallest=20).carried
    assert (0, 1) in carried
    assert (0, 2) not in carried


@given(st.lists(st.lists(st.sampled_from(WORDS[:8]), max_size=12), max_size=6))
def test_what_is_proposed_is_decided_by_the_shingles_themselves(texts: list[list[str]]):
    told = [" ".join(text) for text in texts]
    for (i, j), score in akin(told, 2, whole=0.6).alike.items():
        assert i < j
        assert score == jaccard(shingles(told[i], 2), shingles(told[j], 2)) >= 0.6
