"""The rules of ``docs/methods/control.md``, one test each, and what must hold for any claims."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, THEATRE, by_id, claim, day, document, on

from fogline.control.inferring import belief_on, infer, status_on
from fogline.control.timeline import ASSESSED
from fogline.model import (
    CONTESTED,
    UNKNOWN_STATUS,
    Basis,
    Claim,
    Control,
    Document,
    Family,
    Kind,
    Modality,
    Outlet,
    PlacePrecision,
    Polarity,
    SourceGrade,
    SpeakerType,
    Theatre,
    When,
)

RELIABILITY = {"Harbour Times": 0.8, "World Wire": 0.85, "General Oak": 0.45, "General Elm": 0.45, "Dr Reed": 0.85}


def sources(claims: Sequence[Claim]) -> tuple[SourceGrade, ...]:
    """Grades by hand, so that these tests do not hang on the weighing."""
    heard = sorted({(c.speaker.name, c.speaker.type, c.speaker.side) for c in claims})
    return tuple(
        SourceGrade(name=n, type=t, side=s, claims=1, reliability=RELIABILITY.get(n, 0.6), grade="C", reasons=())
        for n, t, s in heard
    )


def control(
    claims: Sequence[Claim], *documents: Document, families: Sequence[Family] = (), known_by: date | None = None
) -> Control:
    (found,) = infer(claims, by_id(*documents), families, sources(claims), THEATRE, known_by=known_by)
    return found


def at(found: Control, when: str, state: str) -> float:
    return belief_on(found, day(when))[state]


COURIER = document("courier", outlet="Southern Courier", published="2023-10-20")
TIMES = document("times", outlet="Harbour Times", published="2025-12-10")
WIRE = document("wire", outlet="World Wire", published="2024-05-05")


def dated_background() -> list[Claim]:
    return [
        claim(COURIER, holder=NORTH, manner="occupied", when=on("2022-02-27")),
        claim(TIMES, holder=NORTH, manner="occupied", when=on("2022-02-24", basis=Basis.ANCHOR_RELATIVE)),
        claim(COURIER, holder=SOUTH, manner="liberated", when=on("2022-09-10"), start=50),
        claim(WIRE, holder=SOUTH, manner="liberated", when=on("2022-09-01", "2022-09-30")),
    ]


def test_dated_background_of_later_reports_is_put_at_its_date():
    found = control(dated_background(), COURIER, TIMES, WIRE)
    assert status_on(found, day("2022-02-20")) != NORTH
    assert at(found, "2022-06-01", NORTH) > 0.95
    assert at(found, "2022-12-01", SOUTH) > 0.95
    assert [s.status for s in found.timeline][:3] == [UNKNOWN_STATUS, NORTH, SOUTH]


def test_a_later_word_of_one_side_for_itself_does_not_flip_it():
    boast = claim(TIMES, holder=NORTH, manner="captured", speaker="General Oak", start=90)
    found = control([*dated_background(), boast], COURIER, TIMES, WIRE)
    assert status_on(found, day("2025-12-10")) != NORTH
    assert at(found, "2022-12-01", SOUTH) > 0.95


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(["captured", "holds", "liberated"])), min_size=1, max_size=40
    )
)
def test_a_claimed_capture_alone_is_never_assessed_control(said: list[tuple[int, str]]):
    paper = document("voice", outlet="Northern Voice", published="2023-01-01")
    claims = [
        claim(
            paper,
            holder=NORTH,
            manner=manner,
            speaker=f"Major {n}",
            side=NORTH,
            when=on((date(2022, 6, 1) + timedelta(days=after)).isoformat()),
            start=n,
        )
        for n, (after, manner) in enumerate(said)
    ]
    for known_by in (None, day("2023-06-01")):
        found = control(claims, paper, known_by=known_by)
        assert NORTH not in {s.status for s in found.timeline}
        assert max(row[0] for row in found.daily) < ASSESSED


def test_a_state_outlet_speaks_for_its_side_even_of_long_past_days():
    paper = document("voice", outlet="Northern Voice", published="2024-01-01")
    found = control([claim(paper, holder=NORTH, manner="captured", when=on("2022-06-01"))], paper)
    assert found.reasons[0].name == "own side's word"


@pytest.mark.parametrize(("standing", "role"), [("mapper", "report"), ("state", "own side's word")])
def test_who_maps_both_sides_is_weighed_by_its_record(standing: str, role: str):
    drawn = Outlet(names=("North Map",), side=NORTH, standing=standing)
    told = claim(WIRE, holder=NORTH, manner="captured", speaker="North Map", side=NORTH)
    theatre = replace(THEATRE, outlets=(*THEATRE.outlets, drawn))
    (found,) = infer([told], by_id(WIRE), (), sources([told]), theatre)
    assert found.reasons[0].name == role


def test_an_admission_weighs_more_than_a_boast():
    boast = control([claim(WIRE, holder=NORTH, speaker="General Oak")], WIRE)
    admission = control([claim(WIRE, holder=NORTH, speaker="General Elm")], WIRE)
    assert status_on(admission, day("2024-05-05")) == NORTH
    assert at(admission, "2024-05-05", NORTH) > at(boast, "2024-05-05", NORTH) + 0.2


@pytest.mark.parametrize("modality", [Modality.UNVERIFIED, Modality.CONDITIONAL, Modality.INTENDED, Modality.PREDICTED])
def test_only_what_is_put_as_having_happened_is_evidence(modality: Modality):
    found = control([claim(WIRE, holder=NORTH, modality=modality)], WIRE)
    assert {s.status for s in found.timeline} == {UNKNOWN_STATUS}
    assert found.reasons == ()


def test_what_is_near_a_settlement_says_nothing_of_it():
    near = replace(HRUSHIVKA, precision=PlacePrecision.NEAR)
    claims = [claim(WIRE, holder=NORTH, places=[near])]
    assert infer(claims, by_id(WIRE), (), sources(claims), THEATRE) == ()


def test_a_denial_lowers_what_it_denies():
    told = claim(WIRE, holder=NORTH, manner="captured")
    denied = claim(WIRE, holder=NORTH, polarity=Polarity.NEGATIVE, speaker="Dr Reed", start=60)
    alone, both = control([told], WIRE), control([told, denied], WIRE)
    assert at(both, "2024-05-05", NORTH) < at(alone, "2024-05-05", NORTH)


def test_a_part_held_is_contested():
    found = control([claim(WIRE, holder=NORTH, manner="partly")], WIRE)
    assert status_on(found, day("2024-05-05")) == CONTESTED


def test_an_encircled_town_is_not_yet_the_besiegers():
    found = control([claim(WIRE, holder=SOUTH, manner="encircled")], WIRE)
    assert at(found, "2024-05-05", NORTH) < at(found, "2024-05-05", SOUTH)
    assert status_on(found, day("2024-05-05")) == UNKNOWN_STATUS


def test_an_admitted_withdrawal_leaves_the_place_to_others():
    held = claim(COURIER, holder=NORTH, manner="captured", when=on("2022-03-01"))
    gone = claim(WIRE, kind=Kind.WITHDRAWAL, actor=NORTH, speaker="General Oak", when=on("2022-11-11"))
    found = control([held, gone], COURIER, WIRE)
    assert at(found, "2022-10-01", NORTH) > 0.65
    assert at(found, "2022-12-01", NORTH) < 0.35


def test_a_wide_date_leaves_the_day_of_change_open():
    month = control([claim(WIRE, holder=NORTH, manner="captured", when=on("2022-03-01", "2022-03-31"))], WIRE)
    assert at(month, "2022-03-08", NORTH) < at(month, "2022-03-24", NORTH) < at(month, "2022-03-31", NORTH)


def test_before_the_first_evidence_nothing_is_known():
    found = control([claim(WIRE, holder=NORTH)], WIRE)
    assert found.start == THEATRE.begins
    assert belief_on(found, day("2022-01-01")) == pytest.approx({NORTH: 1 / 3, SOUTH: 1 / 3, CONTESTED: 1 / 3})
    assert status_on(found, day("2021-01-01")) == status_on(found, day("2024-05-04")) == UNKNOWN_STATUS


def test_what_was_known_before_the_theatre_begins_holds_when_it_begins():
    old = claim(WIRE, holder=NORTH, manner="captured", when=on("2014-04-14"))
    found = control([old], WIRE)
    assert found.start == THEATRE.begins
    assert status_on(found, day("2022-01-01")) == NORTH


def test_a_claim_without_a_date_is_evidence_of_no_day():
    undated = document("undated")
    open_ended = When(start=day("2022-01-01"), basis=Basis.PUBLICATION)
    for when in (None, open_ended):
        assert control([claim(undated, holder=NORTH, when=when)], undated).reasons == ()


def test_held_since_a_day_is_held_on_it_and_taken_after_a_day_is_taken_on_none():
    since = on("2023-03-01", "-")
    assert control([claim(WIRE, holder=NORTH, manner="holds", when=since)], WIRE).reasons
    assert control([claim(WIRE, holder=NORTH, manner="captured", when=since)], WIRE).reasons == ()


def test_a_wide_date_ends_when_the_report_came_out():
    early = document("early", outlet="World Wire", published="2022-06-10")
    told = claim(early, holder=NORTH, manner="captured", when=on("2022-01-01", "2022-12-31"))
    assert control([told], early).reasons[0].detail.startswith("2022-06-10")


def test_contest_that_is_told_is_seen_at_once_and_passes():
    held = claim(COURIER, holder=SOUTH, when=on("2022-03-01"))
    fought = claim(WIRE, holder=CONTESTED, when=on("2022-06-01"))
    found = control([held, fought], COURIER, WIRE, known_by=day("2024-05-05"))
    assert status_on(found, day("2022-06-01")) == CONTESTED
    assert at(found, "2022-08-01", CONTESTED) < 0.1


def test_belief_fades_slowly_after_the_last_evidence():
    found = control(dated_background(), COURIER, TIMES, WIRE)
    last = found.timeline[-1].end
    soon, late = (belief_on(found, last + timedelta(days=n))[SOUTH] for n in (1, 4000))
    assert 0.45 < late < soon


def test_known_by_takes_what_was_published_by_then_and_never_what_bears_no_date():
    undated = document("undated")
    claims = [*dated_background(), claim(undated, holder=NORTH, when=on("2023-01-01"))]
    documents = (COURIER, TIMES, WIRE, undated)
    assert infer(claims, by_id(*documents), (), sources(claims), THEATRE, known_by=day("2023-10-19")) == ()
    found = control(claims, *documents, known_by=day("2023-10-20"))
    assert found.timeline[-1].end == day("2023-10-20")
    assert {c for reason in found.reasons for c in reason.claims} == {claims[0].id, claims[2].id}
    assert status_on(found, day("2023-10-20")) == SOUTH


def test_timeline_covers_every_day_once_and_names_what_moved_it():
    claims = dated_background()
    found = control(claims, COURIER, TIMES, WIRE)
    assert found.timeline[0].start == found.start
    for before, after in zip(found.timeline, found.timeline[1:], strict=False):
        assert after.start == before.end + timedelta(days=1)
        assert after.status != before.status
    assert sum((s.end - s.start).days + 1 for s in found.timeline) == len(found.daily)
    assert all(sum(s.belief.values()) == pytest.approx(1.0) for s in found.timeline)
    north = next(s for s in found.timeline if s.status == NORTH)
    assert {claims[0].id, claims[1].id} <= set(north.claims)
    assert all(reason.weight > 0 for reason in found.reasons)


def test_only_the_places_asked_for_are_worked_out():
    claims = [claim(WIRE, holder=NORTH), claim(WIRE, holder=NORTH, places=[LYPOVE], start=60)]
    found = infer(claims, by_id(WIRE), (), sources(claims), THEATRE, places=[2])
    assert [c.geonameid for c in found] == [2]


def test_a_theatre_without_sides_has_no_control():
    assert infer([claim(WIRE, holder=NORTH)], by_id(WIRE), (), (), Theatre(name="world")) == ()


def test_a_batch_gives_each_settlement_what_it_gets_alone():
    claims = [*dated_background(), claim(WIRE, holder=NORTH, places=[LYPOVE], start=60)]
    documents = by_id(COURIER, TIMES, WIRE)
    together = infer(claims, documents, (), sources(claims), THEATRE)
    alone = [infer(claims, documents, (), sources(claims), THEATRE, places=[p])[0] for p in (1, 2)]
    for a, b in zip(together, alone, strict=True):
        assert a.timeline[-1].end == b.timeline[-1].end
        for x, y in zip(a.daily, b.daily, strict=True):
            assert x == pytest.approx(y, abs=1e-12)


# --- what must hold for any claims

HOLDERS = st.sampled_from([NORTH, SOUTH, CONTESTED])
VOICES = st.sampled_from(["", "General Oak", "General Elm", "Dr Reed"])
OUTLETS = st.sampled_from(["World Wire", "Harbour Times", "Northern Voice", "Southern Courier"])
SAID = st.tuples(HOLDERS, VOICES, OUTLETS, st.integers(0, 300), st.booleans(), st.sampled_from(["holds", "captured"]))
HEAPS = st.lists(SAID, min_size=1, max_size=12)


def told(heap: list[tuple[str, str, str, int, bool, str]]) -> tuple[list[Claim], list[Document]]:
    claims, documents = [], []
    for n, (holder, speaker, outlet, after, denied, manner) in enumerate(heap):
        when = (date(2022, 3, 1) + timedelta(days=after)).isoformat()
        source = document(f"d{n}", outlet=outlet, published=when)
        documents.append(source)
        polarity = Polarity.NEGATIVE if denied else Polarity.POSITIVE
        claims.append(claim(source, holder=holder, speaker=speaker, manner=manner, polarity=polarity))
    return claims, documents


@given(HEAPS, st.integers(0, 300), st.sampled_from([NORTH, SOUTH]))
def test_more_independent_evidence_for_a_side_never_lowers_it(heap, after, side):
    claims, documents = told(heap)
    when = (date(2022, 3, 1) + timedelta(days=after)).isoformat()
    further = document("further", outlet="World Wire", published=when)
    before = control(claims, *documents)
    later = control([*claims, claim(further, holder=side)], *documents, further)
    for n in range(len(before.daily)):
        asked = (before.start or date.min) + timedelta(days=n)
        known = asked >= min(date(2022, 3, 1) + timedelta(days=said[3]) for said in heap)
        if known:
            assert belief_on(later, asked)[side] >= belief_on(before, asked)[side] - 1e-9


@given(HEAPS, st.integers(0, 11))
def test_a_copy_changes_nothing(heap, which):
    claims, documents = told(heap)
    original = claims[which % len(claims)]
    reprint = document("reprint", outlet="Reprint", published="2022-12-31")
    chain = (*original.attribution.chain[:-1], claim(reprint).outlet)
    copy = replace(original, document_id=reprint.id, attribution=replace(original.attribution, chain=chain))
    family = Family(root=original.id, members=(original.id, copy.id))
    end = day("2023-01-01")
    before = control(claims, *documents, families=[family], known_by=end)
    after = control([*claims, copy], *documents, reprint, families=[family], known_by=end)
    assert after.daily == before.daily


@given(HEAPS)
def test_swapping_the_sides_swaps_the_belief(heap):
    swap = {NORTH: SOUTH, SOUTH: NORTH, CONTESTED: CONTESTED}
    people = {"General Oak": "General Elm", "General Elm": "General Oak"}
    # Outlets of a side have no counterpart here, so only those of none take part.
    plain = [(h, s, "World Wire", n, d, m) for h, s, _, n, d, m in heap]
    claims, documents = told(plain)
    mirrored, others = told([(swap[h], people.get(s, s), o, n, d, m) for h, s, o, n, d, m in plain])
    one, two = control(claims, *documents), control(mirrored, *others)
    for x, y in zip(one.daily, two.daily, strict=True):
        assert x == pytest.approx((y[1], y[0], y[2]), abs=1e-12)


@given(HEAPS, st.integers(0, 300))
def test_evidence_after_known_by_has_no_effect(heap, after):
    claims, documents = told(heap)
    known_by = date(2022, 3, 1) + timedelta(days=after)
    early = [n for n, said in enumerate(heap) if said[3] <= after]
    few = infer([claims[n] for n in early], by_id(*documents), (), sources(claims), THEATRE, known_by=known_by)
    all_of_them = infer(claims, by_id(*documents), (), sources(claims), THEATRE, known_by=known_by)
    assert few == all_of_them


@given(HEAPS, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_nothing(heap, chance):
    claims, documents = told(heap)
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert control(shuffled, *documents) == control(claims, *documents)


def test_speaker_types_keep_sources_apart():
    group = claim(WIRE, holder=NORTH, speaker="World Wire", speaker_type=SpeakerType.GROUP)
    assert {s.type for s in sources([group, claim(WIRE, holder=NORTH)])} == {SpeakerType.GROUP, SpeakerType.OUTLET}


def test_a_text_tells_changes_in_their_order():
    """ "Taken in 2022. Taken back on 10 November.": the first was before the second."""
    taken = claim(TIMES, holder=NORTH, manner="captured", when=on("2025-01-01", "2025-12-31"), start=1)
    back = claim(TIMES, holder=SOUTH, manner="recaptured", when=on("2025-11-10"), start=60)
    found = control([taken, back], TIMES)
    assert at(found, "2025-11-09", NORTH) > 0.5
    assert status_on(found, day("2025-12-10")) == SOUTH


def test_an_outlet_s_last_account_of_an_event_is_its_account():
    first = document("first", outlet="Harbour Times", published="2025-06-01")
    second = document("second", outlet="Harbour Times", published="2025-06-20")
    early = claim(first, holder=NORTH, manner="captured", when=on("2025-05-20"))
    late = claim(second, holder=NORTH, manner="captured", when=on("2025-05-24"))
    family = Family(root=early.id, members=(early.id, late.id))
    found = control([early, late], first, second, families=[family])
    assert at(found, "2025-05-22", NORTH) < 0.5 < at(found, "2025-05-24", NORTH)


def test_an_outlet_that_hands_its_word_back_to_the_side_no_longer_vouches_for_it():
    first = document("first", outlet="Harbour Times", published="2025-06-01")
    second = document("second", outlet="Harbour Times", published="2025-06-20")
    vouched = claim(first, holder=NORTH, manner="captured", when=on("2025-05-20"))
    handed = claim(second, holder=NORTH, manner="captured", when=on("2025-05-20"), speaker="General Oak")
    assert status_on(control([vouched], first), day("2025-06-01")) == NORTH
    assert status_on(control([vouched, handed], first, second), day("2025-06-20")) != NORTH


def test_what_had_happened_by_a_day_changed_the_place_in_the_weeks_before():
    taken = claim(COURIER, holder=NORTH, manner="captured", when=on("2023-01-10"))
    back = claim(
        WIRE, holder=SOUTH, manner="recaptured", when=replace(on("2024-05-01"), start=None, edtf="../2024-05-01")
    )
    found = control([taken, back], COURIER, WIRE)
    assert status_on(found, day("2024-05-02")) == SOUTH
    assert status_on(found, day("2024-03-01")) == NORTH
