"""How readings are mapped to numbers and judged."""

import pytest
from evals.factuality import Mapping, Mention, crossed


def mention(label: float, half: int, polarity: str = "positive", modality: str = "actual") -> Mention:
    return Mention("", "", label, (polarity, modality, "certain"), half)


def test_a_mapping_is_nearly_the_median_of_its_mentions_where_there_are_many() -> None:
    mapping = Mapping.learned([mention(3.0, 0)] * 99 + [mention(-3.0, 0, "negative")] * 99)
    assert mapping.of(("positive", "actual", "certain")) > 2.9
    assert mapping.of(("negative", "actual", "certain")) < -2.9


def test_an_unseen_reading_takes_the_number_of_what_is_alike() -> None:
    mapping = Mapping.learned([mention(3.0, 0)] * 9 + [mention(-3.0, 0, "negative")] * 9)
    assert mapping.of(("negative", "predicted", "certain")) == mapping.of(("negative", "conditional", "possible")) < 0


def test_no_mention_is_judged_by_a_mapping_that_saw_it() -> None:
    assert crossed([mention(3.0, 0), mention(-3.0, 1)]) == pytest.approx([-3.0, 3.0])
