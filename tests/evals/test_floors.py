"""Floors: a breach is found, a missing figure is one, noise counts, nothing is ever lowered by the program."""

import tomllib

import pytest
from evals import floors
from evals.demonstration import Extent
from evals.floors import Floor, Floors
from hypothesis import given
from hypothesis import strategies as st

SHARES = st.floats(0, 1)
NAMES = st.sampled_from(["seeds.recall", "seeds.fields", "links.days"])
EXTENT = Extent(reports=20, claims=200, links=30, control=12, digest="a")


def test_a_figure_under_its_floor_is_a_breach():
    found = floors.breaches({"seeds.recall": 0.7}, {"seeds.recall": Floor(0.8, 0.0, "why")})
    assert found == ("seeds.recall: 0.700 is under its floor 0.800 (noise 0.000)",)


def test_a_floor_without_a_figure_is_a_breach():
    assert "no figure" in floors.breaches({}, {"seeds.recall": Floor(0.0, 0.0, "why")})[0]


def test_noise_counts():
    table = {"seeds.recall": Floor(0.8, 0.01, "why")}
    assert not floors.breaches({"seeds.recall": 0.795}, table)
    assert floors.breaches({"seeds.recall": 0.785}, table)


@pytest.mark.parametrize("figure", [1.2, -0.1, float("nan"), float("inf")])
def test_a_figure_that_is_no_share_is_a_breach(figure):
    assert "no share" in floors.breaches({"bench.words": figure}, {})[0]


@given(st.dictionaries(NAMES, SHARES), st.dictionaries(NAMES, st.builds(Floor, SHARES, st.just(0.01), st.just("why"))))
def test_pinning_never_lowers_and_never_breaches_what_was_measured(figures, before):
    after = floors.raised(figures, before)
    assert set(after) == set(before) | set(figures)
    assert all(after[name].least >= floor.least for name, floor in before.items())
    fresh = {name: figure for name, figure in figures.items() if name not in before}
    assert not floors.breaches(fresh, {name: after[name] for name in fresh})


def test_pinning_raises_to_the_figure_less_the_noise():
    assert floors.raised({"a.b": 0.9}, {"a.b": Floor(0.8, 0.02, "why")})["a.b"].least == pytest.approx(0.88)


@given(
    st.dictionaries(NAMES, st.builds(Floor, SHARES, st.floats(0, 0.5), st.sampled_from(["why", 'a "quoted" reason']))),
    st.sampled_from([None, EXTENT]),
)
def test_floors_survive_being_written(table, extent):
    written = floors.dump(Floors(table, extent))
    assert floors.parse(written) == Floors(table, extent)
    assert floors.dump(floors.parse(written)) == written


def test_a_floor_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="reason"):
        floors.parse('[floors."a.b"]\nleast = 0.5\nreason = ""\n')


def test_a_lower_floor_is_reported_and_a_new_reason_explains_it():
    before = Floors({"a.b": Floor(0.8, 0.0, "why"), "a.c": Floor(0.8, 0.0, "why"), "a.d": Floor(0.8, 0.0, "why")})
    now = Floors({"a.b": Floor(0.7, 0.0, "why"), "a.c": Floor(0.7, 0.0, "the set has grown")})
    found = floors.lowered(now, before)
    assert [(lowering.sentence[:3], lowering.explained) for lowering in found] == [
        ("a.b", False),
        ("a.c", True),
        ("a.d", False),
    ]


def test_more_noise_is_a_lower_floor():
    found = floors.lowered(Floors({"a.b": Floor(0.8, 0.1, "why")}), Floors({"a.b": Floor(0.8, 0.0, "why")}))
    assert len(found) == 1


def test_a_higher_floor_is_not_reported():
    assert not floors.lowered(Floors({"a.b": Floor(0.9, 0.0, "why")}), Floors({"a.b": Floor(0.8, 0.0, "why")}))


def test_a_set_that_shrank_shows_and_is_not_pinned():
    smaller = Extent(reports=20, claims=150, links=30, control=12, digest="b")
    assert "150 claims" in floors.extent_breaches(smaller, EXTENT)[0]
    assert floors.pin_extent(smaller, EXTENT) == EXTENT
    assert "150 claims" in floors.lowered(Floors({}, smaller), Floors({}, EXTENT))[0].sentence


def test_a_set_that_changed_is_to_be_pinned_again():
    grown = Extent(reports=20, claims=210, links=30, control=12, digest="c")
    assert "--pin" in floors.extent_breaches(grown, EXTENT)[0]
    assert floors.pin_extent(grown, EXTENT) == grown
    assert floors.extent_breaches(EXTENT, EXTENT) == ()
    assert floors.extent_breaches(EXTENT, None)


def test_the_floors_of_the_project_are_sound_and_of_known_sets():
    from evals.gate import SETS

    pinned = floors.parse(floors.FILE.read_text("utf-8"))
    assert {name.partition(".")[0] for name in pinned.floors} <= set(SETS)
    assert {"seeds.recall", "seeds.fields"} <= set(pinned.floors)
    assert "floors" in tomllib.loads(floors.FILE.read_text("utf-8"))
