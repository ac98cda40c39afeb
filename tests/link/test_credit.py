"""Reports that say which agency they are from are that agency's voice; who had it first is told where it can be."""

import pytest
from tests.builders import HRUSHIVKA, NORTH, THEATRE, by_id, claim, document, on

from fogline.link.comparing import compare
from fogline.link.credit import origins


def credited(text: str, outlet: str = "Small Paper") -> str:
    one = document("a", outlet=outlet, published="2022-10-01", text=text)
    return origins([one], THEATRE)[one.id].agency


@pytest.mark.parametrize(
    "text",
    [
        "HRUSHIVKA, Oct 1 (World Wire) - The town was taken.\nMore is to follow.",
        "Hrushivka (World Wire) — The town was taken.",
        "HRUSHIVKA, October 1. /World Wire/. The town was taken.",
        "The town falls\nBy World Wire\nThe town was taken.",
        "World Wire staff\nThe town was taken.",
        "The town was taken. (World Wire)",
        "The town was taken.\nSource: World Wire",
        "The town was taken.\nWith reporting by World Wire.",
        "The town was taken. — World Wire",
    ],
)
def test_a_credit_is_read_from_dateline_by_line_and_end_line(text):
    assert credited(text) == "world wire"


@pytest.mark.parametrize(
    "text",
    [
        "Hrushivka (Northern district) - a town on the river.",
        "The brigade (the 3rd) was moved. It was late (see map)",
        "By the river\nThe town was taken, World Wire reported.",
        "",
    ],
)
def test_brackets_and_mentions_are_no_credits(text):
    assert credited(text) == ""


def test_an_agency_does_not_credit_itself():
    assert credited("HRUSHIVKA, Oct 1 (World Wire) - The town was taken.", "World Wire") == ""


def test_an_agency_in_capitals_need_not_be_known():
    assert credited("HRUSHIVKA, Oct 1 (Far Agency) - The town was taken.") == "far agency"


def told(*outlets_and_texts: tuple[str, str]):
    papers = [
        document(f"d{n}", outlet=outlet, published=f"2022-10-0{n + 1}", text=text)
        for n, (outlet, text) in enumerate(outlets_and_texts)
    ]
    claims = [claim(p, holder=NORTH, manner="captured", when=on("2022-09-30"), places=[HRUSHIVKA]) for p in papers]
    families, links, _ = compare(claims, by_id(*papers), THEATRE)
    return claims, families, links


def test_two_papers_that_credit_one_agency_are_one_voice():
    _, families, links = told(
        ("Small Paper", "The North has the town. (World Wire)"),
        ("Other Paper", "HRUSHIVKA, Oct 1 (World Wire) - Northern troops were said to be in."),
    )
    assert [len(family.members) for family in families] == [2]
    assert families[0].reasons[0].name == "credited wire copy"
    assert {link.relation for link in links} == {"repeats"}


def test_the_agency_itself_is_the_root_and_who_took_it_from_whom_is_told():
    claims, families, _ = told(
        ("Small Paper", "The North has the town. (World Wire)"), ("World Wire", "Troops of the North entered.")
    )
    assert families[0].root == claims[1].id
    assert "Small Paper credits World Wire." in families[0].reasons[0].detail + "."


def test_who_had_a_copied_passage_first_is_told_by_the_days():
    words = "Northern troops took the whole of Hrushivka after a long night of fighting in the streets by the mill"
    papers = [
        document("a", outlet="Small Paper", published="2022-10-01"),
        document("b", outlet="Other Paper", published="2022-10-03"),
    ]
    claims = [claim(p, holder=NORTH, when=on("2022-09-30"), quote=words) for p in papers]
    (family,) = compare(claims, by_id(*papers), THEATRE)[0]
    assert "Small Paper had it 2 days before Other Paper" in family.reasons[0].detail


def test_two_papers_without_a_credit_stay_two_voices():
    _, families, _ = told(("Small Paper", "The North has the town."), ("Other Paper", "Northern troops are in."))
    assert len(families) == 2
