"""Notes under settlements' names, as lists and tables carry them."""

import pytest

from fogline.model import CONTESTED, AttributionType, Basis, Certainty, Kind, Modality


def ground(hear, text):
    return [c for c in hear(text) if c.kind is Kind.CONTROL]


@pytest.mark.parametrize(
    ("note", "holder", "edtf", "manner"),
    [
        ("Captured by Russia 4 March 2023.", "RU", "2023-03-04", "captured"),
        ("Captured by Russia/ LPR in late May 2024.", "RU", "2024-05-21~/2024-05-31~", "captured"),
        ("Retaken by Ukraine on 3 June 2024", "UA", "2024-06-03", "retaken"),
        ("Seized by Russia 2024.", "RU", "2024", "seized"),
        ("Control claimed by Ukraine, as of 5 May 2024", "UA", "2024-05-05", "control"),
        ("Eastern parts occupied by Russia 9 May 2024", "RU", "2024-05-09", "partly"),
        ("Partially surrounded by Russian forces as of 9 May 2024", "UA", "2024-05-09", "encircled"),
        ("Contested as of 9 May 2024", CONTESTED, "2024-05-09", "contested"),
    ],
)  # fmt: skip
def test_a_note_tells_of_the_settlement_it_stands_under(hear, note, holder, edtf, manner):
    (found,) = ground(hear, f"Vovchansk\n\n{note}")
    assert (found.holder, found.when.edtf, found.manner) == (holder, edtf, manner)
    assert [p.name for p in found.places] == ["Vovchansk"]


def test_notes_glued_together_are_told_apart(hear):
    found = ground(
        hear, "Izium: See Battle of the RiverCaptured by Russia 4 March 2023.Recaptured by Ukraine 5 May 2023."
    )
    assert [(c.holder, c.when.edtf) for c in found] == [("RU", "2023-03-04"), ("UA", "2023-05-05")]
    assert all(c.quote == c.quote.strip() for c in found)


def test_a_list_has_each_note_under_its_own_name(hear):
    found = ground(hear, "Izium: Captured by Russia 4 March 2023.\nVovchansk: Recaptured by Ukraine 5 May 2023.\n")
    assert [(c.places[0].name, c.holder) for c in found] == [("Izium", "RU"), ("Vovchansk", "UA")]


def test_what_a_side_claims_is_that_side_s_word(hear):
    (found,) = ground(hear, "Vovchansk\n\nCapture claimed by Russia 4 June 2024.")
    assert (found.attribution.type, found.speaker.side) == (AttributionType.INDIRECT, "RU")


def test_doubt_and_lack_of_proof_are_kept(hear):
    (hedged,) = ground(hear, "Vovchansk\n\nPossibly retaken by Ukraine by 25 March 2024.")
    assert hedged.certainty is Certainty.POSSIBLE
    (unproved,) = ground(hear, "Vovchansk\n\nClaimed retaken by Ukraine 3 May 2024, but not verified")
    assert unproved.modality is Modality.UNVERIFIED


def test_the_name_of_a_capture_is_no_news_of_its_day(hear):
    found = ground(hear, "Vovchansk\n\nSee Capture of Vovchansk")
    assert {c.when.basis for c in found} <= {Basis.UNKNOWN}


@pytest.mark.parametrize(
    "prose",
    [
        "Captured by Russia in 2022, the town was freed by its own army in the autumn of that year after long fighting.",
        "Captured by surprise, the garrison fled.",
        "Controlled by nobody, the ground between the rivers is mined.",
    ],
)
def test_prose_is_left_to_the_rules_for_prose(hear, prose):
    assert all(c.span.end - c.span.start >= len(prose) - 1 or c.kind is not Kind.CONTROL for c in hear(prose))


def test_a_note_without_a_name_above_it_is_about_no_place(hear):
    assert not ground(hear, "Captured by Russia 4 March 2023.")
