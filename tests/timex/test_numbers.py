import pytest

from fogline.timex.numbers import spelled
from fogline.timex.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty-five", 25),
        ("one hundred and five", 105),
        ("three hundred", 300),
        ("twenty-five thousand", 25_000),
        ("two million three hundred thousand and six", 2_300_006),
        ("hundred", 100),
    ],
)
def test_a_number_in_words(text: str, value: int) -> None:
    tokens = tokenise(text)
    assert spelled(tokens, 0) == (value, tokens.count)


@pytest.mark.parametrize(("text", "value"), [("five six", 5), ("twenty and men", 20), ("two - three", 2)])
def test_a_number_ends_where_the_words_make_no_number(text: str, value: int) -> None:
    found = spelled(tokenise(text), 0)
    assert found is not None
    assert found[0] == value
