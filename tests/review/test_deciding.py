"""What people decide: applied, never edited, undone by another judgement."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, NORTH, claim, document, on

from fogline.errors import UsageError
from fogline.model import Judgement, SourceGrade, SpeakerType
from fogline.review.deciding import RELIABILITY, Decision, counted, made, overruled, source_subject, standing

WIRE = document("wire", outlet="World Wire", published="2024-05-05")
ONE = claim(WIRE, holder=NORTH, places=(HRUSHIVKA,), when=on("2024-03-01"))
TWO = claim(WIRE, holder=NORTH, places=(HRUSHIVKA,), when=on("2024-03-20"), start=40)
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
GRADE = SourceGrade(
    name="World Wire", type=SpeakerType.OUTLET, side="third", claims=2, reliability=0.84, grade="B", reasons=()
)


def judgement(decision: Decision, subject: str, value: str = "", minute: int = 0) -> Judgement:
    return made(decision, subject, value, "Koval", "read the text", NOON + timedelta(minutes=minute))


def test_a_rejected_claim_no_longer_counts_until_that_is_undone() -> None:
    rejected = judgement(Decision.REJECT, ONE.id)
    assert counted([ONE, TWO], [rejected]) == (TWO,)
    undone = judgement(Decision.UNDO, rejected.id, minute=1)
    assert counted([ONE, TWO], [rejected, undone]) == (ONE, TWO)
    again = judgement(Decision.UNDO, undone.id, minute=2)
    assert counted([ONE, TWO], [rejected, undone, again]) == (TWO,)


def test_the_later_of_two_decisions_holds() -> None:
    assert counted([ONE], [judgement(Decision.REJECT, ONE.id), judgement(Decision.ACCEPT, ONE.id, minute=1)]) == (ONE,)


def test_an_overruled_grade_says_who_and_why_first_and_keeps_what_was_learned() -> None:
    (found,) = overruled([GRADE], [judgement(Decision.REGRADE, source_subject(GRADE), "D")])
    assert (found.grade, found.reliability) == ("D", RELIABILITY["D"])
    assert "Koval set D (it was B)" in found.reasons[0].detail
    assert found.reasons[1:] == GRADE.reasons


@pytest.mark.parametrize(("by", "why", "value"), [("", "x", "B"), ("Koval", " ", "B"), ("Koval", "x", "Z")])
def test_a_judgement_needs_a_name_a_reason_and_a_grade_that_is_one(by: str, why: str, value: str) -> None:
    with pytest.raises(UsageError):
        made(Decision.REGRADE, "outlet:World Wire", value, by, why, NOON)


@given(st.lists(st.sampled_from(["reject", "accept", "undo"]), max_size=12), st.randoms(use_true_random=False))
def test_an_undone_judgement_is_as_if_it_had_never_been(words: list[str], chance) -> None:
    history: list[Judgement] = []
    for minute, word in enumerate(words):
        subject = chance.choice(history).id if word == "undo" and history else ONE.id
        history.append(judgement(Decision(word), subject, minute=minute))
    last = judgement(Decision.REJECT, TWO.id, minute=99)
    undone = judgement(Decision.UNDO, last.id, minute=100)
    assert standing([*history, last, undone]) == standing(history)
