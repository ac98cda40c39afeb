"""Quotation marks, without a parse."""

from __future__ import annotations

import pytest

from fogline.extract.attribution.quotes import quotations
from fogline.extract.parse import paragraphs


def found(text: str) -> list[str]:
    return [q.span.of(text) for own in quotations(text, list(paragraphs(text))) for q in own]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “come in” and left.", ["“come in”"]),
        ("He said ''come in'' and left.", ["''come in''"]),
        ("The soldiers' post was at the river's edge.", []),
        ("It is 7\" wide and they're gone.", []),
        ("He called it a ‘heavy blow’ to them.", ["‘heavy blow’"]),
        ("Come in,” he said.", []),
        ("Come in and sit down,” he said.", ["Come in and sit down,”"]),
        ("It rained. Come in and sit down,” he said.", ["Come in and sit down,”"]),
        ("He said “come in. “Sit down,” he said.", ["“come in. “Sit down,”"]),
        ('"Come in. "Sit down," he said.', ['"Come in.', '"Sit down,"']),
    ],
)
def test_quotations(text: str, quoted: list[str]):
    assert found(text) == quoted


def test_an_open_quotation_goes_on_where_the_next_paragraph_starts_with_a_mark():
    text = "“One thing.\n\n“Another thing,” he said.\n\n“Last.\n\nRain."
    own = [q for group in quotations(text, list(paragraphs(text))) for q in group]
    assert [(q.closed, q.goes_on) for q in own] == [(False, True), (True, False), (False, False)]
