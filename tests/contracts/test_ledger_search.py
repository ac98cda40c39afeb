"""The contract of every ledger that finds claims by their words or by where they point."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contracts.readings import FIRST, HRUSHIVKA, LYPOVE, NOON, NOWHERE, SECOND, reading

from fogline.model import Place, PlacePrecision
from fogline.ports import Ledger


def quotes(ledger: Ledger, words: str) -> list[str]:
    return [claim.quote for claim in ledger.search(words)]  # type: ignore[attr-defined]


def names(ledger: Ledger, *box: float) -> list[str]:
    return [claim.quote for claim in ledger.within(*box)]  # type: ignore[attr-defined]


def test_all_the_words_have_to_be_there(ledger: Ledger) -> None:
    ledger.add(FIRST, [reading("one.txt", "We hold the north bridge.", "The bridge is gone.")], NOON)
    assert sorted(quotes(ledger, "bridge")) == ["The bridge is gone.", "We hold the north bridge."]
    assert quotes(ledger, "bridge NORTH") == ["We hold the north bridge."]
    assert quotes(ledger, "bridge south") == []
    assert quotes(ledger, "bridg") == []


def test_the_best_comes_first(ledger: Ledger) -> None:
    said = reading(
        "one.txt",
        "A long sentence on other matters that names the bridge once and then goes on about the weather for a while.",
        "The bridge, the bridge.",
        *(f"Sentence {n} speaks of the river." for n in range(8)),
    )
    ledger.add(FIRST, [said], NOON)
    assert quotes(ledger, "bridge")[0] == "The bridge, the bridge."


def test_equals_stand_in_the_order_of_claims(ledger: Ledger) -> None:
    ledger.add(FIRST, [reading(f"{n}.txt", "The bridge stands.") for n in (3, 1, 2)], NOON)
    assert ledger.search("bridge") == ledger.claims()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Куп'янськ", True),
        ("куп’янськ", True),
        ("КУПʼЯНСЬК", True),
        ("Янськ", True),
        ("Купянськ", False),
        ("київ", True),
        ("киів", False),
        ("cafe", True),
        ("Café", True),
        ("km²", True),
        ("10-15", True),
        ("15-10", False),
        ("naïve", True),
    ],
)
def test_words_are_compared_as_readers_do(ledger: Ledger, words: str, found: bool) -> None:
    ledger.add(FIRST, [reading("one.txt", "Купʼянськ, Київ: a naive café, 10–15 km² a day.")], NOON)
    assert bool(quotes(ledger, words)) is found


@pytest.mark.parametrize("words", ["", "   ", "--", '"', "' ’", "*", "()", "…", "_", "\x00"])
def test_marks_alone_ask_for_nothing(ledger: Ledger, words: str) -> None:
    ledger.add(FIRST, [reading("one.txt", "We hold Hrushivka -- all of it.")], NOON)
    assert quotes(ledger, words) == []


@pytest.mark.parametrize(
    "words",
    [
        'hold "Hrushivka',
        "hold AND NOT Hrushivka",
        "hold* (Hrushivka",
        "quote:hold",
        "-hold ^Hrushivka",
        "NEAR(hold Hrushivka)",
        "hold + Hrushivka;",
        "{hold} : Hrushivka",
        "hold\x00Hrushivka",
        "'; DROP TABLE claims --",
    ],
)
def test_odd_marks_are_no_commands(ledger: Ledger, words: str) -> None:
    ledger.add(FIRST, [reading("one.txt", "We hold Hrushivka.")], NOON)
    assert quotes(ledger, words) in ([], ["We hold Hrushivka."])
    assert quotes(ledger, "hold") == ["We hold Hrushivka."]


def test_a_mark_between_words_does_no_harm(ledger: Ledger) -> None:
    ledger.add(FIRST, [reading("one.txt", "We hold Hrushivka.")], NOON)
    assert quotes(ledger, 'hold -- "Hrushivka"!') == ["We hold Hrushivka."]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_words_are_an_error(ledger: Ledger, words: str) -> None:
    quotes(ledger, words)


def test_only_the_current_reading_is_searched(ledger: Ledger) -> None:
    ledger.add(FIRST, [reading("one.txt", "The bridge stands.")], NOON)
    anew = reading("one.txt", "The bridge stands.", version="2")
    ledger.add(SECOND, [anew], NOON + timedelta(days=1))
    assert ledger.search("bridge") == anew.claims  # type: ignore[attr-defined]
    assert ledger.within(-90, -180, 90, 180) == anew.claims  # type: ignore[attr-defined]


def test_a_box_holds_what_lies_in_it_and_on_its_border(ledger: Ledger) -> None:
    here = reading("here.txt", "We hold Hrushivka.")
    there = reading("there.txt", "Nobody left Lypove.", places=(NOWHERE, LYPOVE))
    nowhere = reading("nowhere.txt", "Kaminets is quiet.", places=(NOWHERE,))
    ledger.add(FIRST, [there, nowhere, here], NOON)
    assert names(ledger, 47, 37, 50, 38) == ["We hold Hrushivka.", "Nobody left Lypove."]
    assert names(ledger, 49, 37, 50, 38) == ["We hold Hrushivka."]
    assert names(ledger, 49.71, 37.61, 49.71, 37.61) == ["We hold Hrushivka."]
    # Nearer than single precision can tell: the box must still be exact.
    assert names(ledger, 49.7100001, 37, 50, 38) == []
    assert names(ledger, 49, 37, 49.7099999, 38) == []
    assert names(ledger, 50, 37, 49, 38) == []


def test_a_claim_with_two_places_in_the_box_comes_once(ledger: Ledger) -> None:
    both = reading("both.txt", "From Hrushivka to Lypove.", places=(HRUSHIVKA, LYPOVE))
    ledger.add(FIRST, [both], NOON)
    assert names(ledger, -90, -180, 90, 180) == ["From Hrushivka to Lypove."]


def test_a_box_may_go_across_the_180th_meridian(ledger: Ledger) -> None:
    def at(name: str, lon: float) -> Place:
        return Place(name=name, text=name, geonameid=9, lat=10, lon=lon, precision=PlacePrecision.SETTLEMENT)

    ledger.add(
        FIRST,
        [
            reading("a.txt", "East of it.", places=(at("East", -179.5),)),
            reading("b.txt", "West of it.", places=(at("West", 179.5),)),
            reading("c.txt", "Far from it.", places=(at("Far", 0.0),)),
        ],
        NOON,
    )
    assert names(ledger, 0, 179, 20, -179) == ["East of it.", "West of it."]
