"""What looks like a date, a speaker, a denial or a kind and is none: for each wide rule the sentence it must leave alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.extract.conftest import Hear


UNITS = [
    "Borova was captured by the 24th and 25th brigades.",
    "Borova was captured by the 14th, the army added.",
    "Borova was captured by soldiers from the 14th, who had crossed the river.",
    "Russian troops took Borova on the 2nd and 3rd attempts.",
    "Russian troops took Borova on the 2nd and the 3rd attempts.",
]


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_or_rank_is_no_day(hear: Hear, text: str) -> None:
    claims = hear(text, published=date(2025, 11, 21))
    assert {claim.when.edtf for claim in claims} == {"2025-11-21"}
