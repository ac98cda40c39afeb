from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, THEATRE, claim, day, document, on

from fogline.control.claimed import claimed_by
from fogline.model import CONTESTED, Basis, Modality, Polarity, When

JULY = document("july", published="2025-07-07")


def said(holder: str, when: str, speaker: str = "General Oak", **more):
    return claim(JULY, holder=holder, speaker=speaker, when=on(when), **more)


def test_the_last_status_and_since_when_it_is_claimed_without_a_break():
    claims = [said(SOUTH, "2025-06-01"), said(NORTH, "2025-07-01"), said(NORTH, "2025-07-05", start=40)]
    found = claimed_by(claims, THEATRE, HRUSHIVKA.geonameid or 0)[NORTH]
    assert (found.status, found.since, found.last) == (NORTH, day("2025-07-01"), day("2025-07-05"))
    assert found.claims == (claims[1].id, claims[2].id)


def test_what_is_unverified_is_claimed_and_what_is_planned_is_not():
    unverified = said(NORTH, "2025-07-06", modality=Modality.UNVERIFIED, places=[LYPOVE])
    planned = said(NORTH, "2025-07-06", modality=Modality.INTENDED)
    assert claimed_by([unverified, planned], THEATRE, "lypove")[NORTH].status == NORTH
    assert claimed_by([unverified, planned], THEATRE, "Hrushivka") == {}


def test_each_side_is_heard_for_itself_and_outsiders_not():
    claims = [
        said(NORTH, "2025-07-01"),
        said(NORTH, "2025-07-02", speaker="General Elm", polarity=Polarity.NEGATIVE),
        said(CONTESTED, "2025-07-03", speaker="Dr Reed"),
    ]
    found = claimed_by(claims, THEATRE, 1)
    assert {side: one.status for side, one in found.items()} == {NORTH: NORTH, SOUTH: f"not {NORTH}"}


def test_who_claims_a_part_claims_no_more_and_does_not_call_it_contested():
    part = said(NORTH, "2025-07-01", manner="partly")
    assert claimed_by([part], THEATRE, 1)[NORTH].status == f"{NORTH} in part"


def test_a_claim_without_a_day_is_claimed_without_one():
    undated = document("undated")
    found = claimed_by([claim(undated, holder=NORTH, speaker="General Oak")], THEATRE, 1)[NORTH]
    assert (found.status, found.since, found.last) == (NORTH, None, None)


def test_a_claim_of_a_report_without_a_date_is_of_no_day():
    undated = claim(
        JULY, holder=NORTH, speaker="General Oak", when=When(start=day("2022-02-24"), basis=Basis.PUBLICATION)
    )
    found = claimed_by([undated], THEATRE, HRUSHIVKA.geonameid or 0)[NORTH]
    assert (found.status, found.since, found.last) == (NORTH, None, None)
