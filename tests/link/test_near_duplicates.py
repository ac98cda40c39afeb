from hypothesis import given
from hypothesis import strategies as st

from fogline.link.near_duplicates import alike, carried, containment, jaccard, shingles

WORDS = [f"word{n}" for n in range(60)]


def test_a_text_of_fewer_words_than_a_shingle_is_one_shingle():
    assert shingles("Hold on.", 5) == {"hold on"}
    assert shingles("", 5) == frozenset()


def test_similarity_of_nothing_is_nothing():
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert containment(frozenset(), frozenset({"a"})) == 0.0


def test_a_text_changed_in_one_word_is_alike_and_another_is_not():
    changed = [*WORDS[:30], "other", *WORDS[31:]]
    sets = [shingles(" ".join(text), 5) for text in (WORDS, changed, WORDS[::-1])]
    assert [(i, j) for i, j, _ in alike(sets, 0.6)] == [(0, 1)]


def test_verbatim_copies_hang_together():
    sets = [shingles(" ".join(WORDS), 5)] * 4
    assert [(i, j) for i, j, score in alike(sets, 0.9) if score == 1.0] == [(0, 1), (1, 2), (2, 3)]


def test_a_short_text_inside_a_long_one_is_carried():
    around = [f"around{n}" for n in range(300)]
    sets = [shingles(" ".join(text), 5) for text in (WORDS, around[:150] + WORDS + around[150:], around)]
    assert next(carried(sets, 0.7, 20))[:2] == (0, 1)
    assert (0, 2) not in [(i, j) for i, j, _ in carried(sets, 0.7, 20)]


@given(st.lists(st.lists(st.sampled_from(WORDS[:8]), max_size=12), max_size=6))
def test_what_is_proposed_is_decided_by_the_shingles_themselves(texts: list[list[str]]):
    sets = [shingles(" ".join(text), 2) for text in texts]
    for i, j, score in alike(sets, 0.6):
        assert i < j
        assert score == jaccard(sets[i], sets[j]) >= 0.6
