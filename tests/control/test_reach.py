"""Statements on a district or region reach the settlements in it, with less weight."""

from dataclasses import replace

from tests.builders import HRUSHIVKA, LYPOVE, NORTH, THEATRE, by_id, claim, document, on

from fogline.control.inferring import belief_on, infer
from fogline.control.reach import OF_ALL, OF_UNIT, reached, units
from fogline.gazetteer import Entry, Feature
from fogline.model import Control, Family, Place, PlacePrecision

WIRE = document("wire", outlet="World Wire", published="2024-05-05")
RAION = Place(name="Ridna Raion", text="Ridna district", precision=PlacePrecision.DISTRICT)
TOLD = claim(WIRE, holder=NORTH, places=(HRUSHIVKA,), when=on("2024-03-01"))
WIDE = claim(WIRE, holder=NORTH, places=(RAION,), when=on("2024-03-20"), start=40)
WITHIN = {"Ridna Raion": frozenset({HRUSHIVKA.geonameid or 0})}


def entry(place: int) -> Entry:
    return Entry(
        name="x",
        feature=Feature.SETTLEMENT,
        number=place,
        geonameid=place,
        district="Ridna Raion",
        region="Ridna Oblast",
    )


def test_units_hold_the_settlements_that_claims_of_control_name() -> None:
    assert units([TOLD, WIDE], entry) == {
        "Ridna Raion": frozenset({HRUSHIVKA.geonameid}), "Ridna Oblast": frozenset({HRUSHIVKA.geonameid}),
    }  # fmt: skip


def test_a_statement_on_the_district_is_worth_less_than_one_on_all_of_it() -> None:
    assert reached(WIDE, WITHIN) == {HRUSHIVKA.geonameid: OF_UNIT}
    assert reached(replace(WIDE, quote="All of Ridna district is held."), WITHIN) == {HRUSHIVKA.geonameid: OF_ALL}


def test_what_is_told_of_a_part_or_by_name_reaches_no_further() -> None:
    assert reached(replace(WIDE, manner="partly"), WITHIN) == {}
    assert reached(replace(WIDE, places=(RAION, HRUSHIVKA)), WITHIN) == {}


def test_belief_moves_toward_what_is_told_of_the_district_but_less_than_by_name() -> None:
    alone = replace(WIDE, document_id="b", places=(RAION,))
    named = replace(alone, places=(HRUSHIVKA,))
    early = claim(WIRE, holder=THEATRE.opponent(NORTH), places=(HRUSHIVKA,), when=on("2024-01-01"))
    documents = by_id(WIRE, document("b", outlet="Harbour Times", published="2024-05-06"))

    def north(*claims) -> float:
        (found,) = infer(claims, documents, (), (), THEATRE, places=[HRUSHIVKA.geonameid or 0], within=WITHIN)
        return belief_on(found, WIDE.when.end)[NORTH]  # type: ignore[index, arg-type]

    assert north(early) < north(early, alone) < north(early, named)


def test_other_districts_are_not_reached() -> None:
    assert reached(WIDE, {"Other Raion": frozenset({LYPOVE.geonameid or 0})}) == {}


def test_what_a_family_says_of_two_districts_is_worth_the_same_whichever_of_them_is_worked_out() -> None:
    other = Place(name="Lypa Raion", text="Lypa district", precision=PlacePrecision.DISTRICT)
    both = claim(WIRE, holder=NORTH, places=(RAION, other), when=on("2024-03-20"), quote="All of both is held.")
    later = document("later", outlet="Harbour Times", published="2024-05-06")
    again = claim(later, holder=NORTH, places=(other,), when=on("2024-03-20"))
    family = Family(root=both.id, members=(both.id, again.id))
    named = [claim(WIRE, holder=NORTH, places=(place,), when=on("2023-03-01")) for place in (HRUSHIVKA, LYPOVE)]
    ids = [HRUSHIVKA.geonameid or 0, LYPOVE.geonameid or 0]
    within = {RAION.name: frozenset(ids[:1]), other.name: frozenset(ids[1:])}

    def told(of: list[int]) -> tuple[Control, ...]:
        own = {unit: places & set(of) for unit, places in within.items()}
        return infer([*named, both, again], by_id(WIRE, later), [family], (), THEATRE, places=of, within=own)

    assert told(ids) == (*told(ids[:1]), *told(ids[1:]))
