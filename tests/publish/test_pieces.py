from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.publish.world import NORTH, SOUTH, THEATRE, World, world

from fogline.model import Control, Polarity, Stretch
from fogline.publish.confidence import agrees, confidence, contradicts
from fogline.publish.evidence import gather, joined
from fogline.publish.parts import Mark, Ribbon
from fogline.publish.ribbon import draw
from fogline.publish.status import status_on

FIRST = date(2022, 1, 1)


def evidence(made: World, **about):
    given = {key: value for key, value in made.given().items() if key not in ("hashes", "outlook")}
    return gather("Dubrova", 7, **given | {"start": None, "end": None, "known_by": None} | about)


def test_confidence_names_its_reasons():
    found = confidence(evidence(world()), SOUTH, date(2025, 2, 20), 0.82)
    assert found.word == "moderate"
    assert found.reasons[0] == "2 independent voices in 2 reports say so"
    assert "1 voice says otherwise" in found.reasons


def test_confidence_is_low_on_one_sides_word_alone():
    found = confidence(evidence(world()), NORTH, date(2025, 2, 20), 0.9)
    assert found.word == "low"
    assert "all of them on the holder's own side" in found.reasons


def test_old_evidence_is_weak_evidence():
    made = world()
    later = evidence(made, known_by=date(2027, 1, 1))
    assert confidence(later, SOUTH, date(2025, 2, 20), 0.82).word == "low"


def test_a_claim_agrees_or_contradicts_or_neither():
    held = world().claims[2]
    assert agrees(held, SOUTH)
    assert contradicts(held, NORTH)
    denied = replace(held, polarity=Polarity.NEGATIVE)
    assert contradicts(denied, SOUTH)
    assert not agrees(denied, NORTH)
    lost = replace(held, manner="lost")
    assert contradicts(lost, SOUTH)
    partly = replace(held, manner="partly")
    assert agrees(partly, "contested")
    surrounded = replace(held, manner="encircled")
    assert not agrees(surrounded, SOUTH)
    assert not contradicts(surrounded, SOUTH)


@given(st.lists(st.tuples(st.sampled_from((NORTH, SOUTH)), st.integers(1, 40)), min_size=1, max_size=12))
def test_joined_stretches_never_repeat_a_status_and_lose_no_day(parts):
    stretches, day = [], FIRST
    for status, days in parts:
        end = day + timedelta(days=days - 1)
        belief = {NORTH: float(status == NORTH), SOUTH: float(status == SOUTH)}
        stretches.append(Stretch(start=day, end=end, belief=belief, status=status, claims=(f"c{day}",)))
        day = end + timedelta(days=1)
    merged = joined(stretches)
    assert all(a.status != b.status for a, b in pairwise(merged))
    assert sum((s.end - s.start).days + 1 for s in merged) == sum(days for _, days in parts)
    assert sum(len(s.claims) for s in merged) == len(parts)
    assert all(abs(sum(s.belief.values()) - 1) < 1e-9 for s in merged)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.integers(1, 60))
def test_the_ribbons_bands_fill_its_height_on_every_drawn_day(chances, step):
    points = tuple((FIRST + timedelta(days=n * step), (p * 0.9, 0.1, 0.9 - p * 0.9)) for n, p in enumerate(chances))
    names = ("Norland", "contested", "Sudland")
    ribbon = Ribbon(caption="x", states=(NORTH, "contested", SOUTH), names=names, points=points)
    picture = draw(ribbon)
    assert picture is not None
    assert len(picture.bands) == 3
    assert 0 < len(picture.ticks) <= 7
    for band in picture.bands:
        assert all(picture.top - 0.2 <= float(p.split(",")[1]) <= picture.bottom + 0.2 for p in band.points.split())


def test_marks_outside_the_picture_are_left_out():
    points = ((FIRST, (1.0, 0.0)), (FIRST + timedelta(days=400), (0.5, 0.5)))
    marks = (
        Mark(day=FIRST - timedelta(days=1), side=NORTH, label="before", citation=1),
        Mark(day=FIRST, side=SOUTH, label="in", citation=2),
    )
    ribbon = Ribbon(caption="x", states=(NORTH, SOUTH), names=("N", "S"), points=points, marks=marks)
    picture = draw(ribbon)
    assert picture is not None
    assert [sign.label for sign in picture.signs] == ["in"]


def test_a_status_says_the_assessment_first_and_then_each_sides_word():
    made = world()
    given = {key: value for key, value in made.given().items() if key not in ("hashes", "outlook")}
    told, cited = status_on(date(2025, 3, 1), **given)
    assert [label for label, _ in told] == ["Assessed", "Claimed by Norland", "Claimed by Sudland"]
    assert "Sudland held Dubrova on 1 March 2025" in told[0][1][0].text
    assert cited


def test_belief_after_the_last_reckoned_day_is_that_of_the_last_one():
    made = evidence(world())
    assert made.control.belief(date(2030, 1, 1)) == made.control.belief(date(2025, 3, 2))
    assert made.control.belief(date(1999, 1, 1)) == {}
    assert isinstance(made.control, Control)
    assert THEATRE.codes == (NORTH, SOUTH)
