"""A scenario file that makes no sense gets an error with its line and what to do."""

import re
from pathlib import Path

import pytest

from fogline.errors import BadScenario, UnknownPlace
from fogline.foresee.scenario_files import load
from fogline.gazetteer import Entry
from fogline.gazetteer.entry import Feature

GOOD = """title = "Hrushivka in winter"
place = "Hrushivka"
opened = 2022-11-01
closes = 2023-02-28

[[path]]
id = "holds"
title = "South holds on"
prior = 0.6
outcome = { measure = "control", side = "SO" }

[[path.indicator]]
id = "calm"
title = "No advance"
query = { measure = "voices", kind = ["advance"], side = "NO", threshold = 0, below = true, window = 30 }
horizon = 2022-12-31
hit = 2.0
miss = 0.5

[[path]]
id = "falls"
title = "North takes it"
prior = 0.4

[[path.indicator]]
id = "shells"
title = "Shells at the depot, seen from above"
hit = 3.0
after = ["calm"]

[[path.indicator.reading]]
day = 2022-12-05
state = "hit"
person = "A. Reader"
why = "picture of 4 December"
"""


def find(name: str) -> Entry:
    if name != "Hrushivka":
        raise UnknownPlace(f"No place called {name!r} is known.", "Did you mean Hrushivka?")
    return Entry(name=name, feature=Feature.SETTLEMENT, number=1, geonameid=1, lat=49.7, lon=37.6)


def within(name: str, box: object) -> frozenset[int] | None:
    return frozenset({1, 2}) if box or name == "North" else None


def test_an_area_is_read_as_the_places_in_it(tmp_path: Path):
    file = tmp_path / "area.toml"
    for asked in ('area = "North"', "box = [37, 49, 38, 50]"):
        file.write_text(GOOD.replace("window = 30", f"window = 30, {asked}"), "utf-8")
        query = load(file, find, ("NO", "SO"), within).paths[0].indicators[0].query
        assert query is not None
        assert (query.within, query.geonameid) == (frozenset({1, 2}), None)


JUNK = ("true", "-1", "1e400", '""', '"x"', "[]", "[1]", '["x"]', "{ a = 1 }", "2022-11-01", "nan", "[[1], [2]]")


@pytest.mark.parametrize("junk", JUNK)
def test_no_value_breaks_the_reading(tmp_path: Path, junk: str):
    file = tmp_path / "junk.toml"
    refused: list[BadScenario] = []
    for line in GOOD.splitlines():
        for match in re.finditer(r"(\w+) = (\{.*\}|\[.*?\]|[^,}\]]+)", line):
            changed = line[: match.start(2)] + junk + line[match.end(2) :]
            file.write_text(GOOD.replace(line, changed, 1), "utf-8")
            try:
                load(file, find, ("NO", "SO"), within)
            except BadScenario as error:
                refused.append(error)
    assert refused
    assert all(re.search(r"line \d+: ", error.message) and error.hint for error in refused)


def test_a_good_file_is_read_whole(tmp_path: Path):
    file = tmp_path / "good.toml"
    file.write_text(GOOD, "utf-8")
    scenario = load(file, find, ("NO", "SO"))
    assert [(p.id, p.prior, len(p.indicators)) for p in scenario.paths] == [("holds", 0.6, 1), ("falls", 0.4, 1)]
    seen, unseen = scenario.paths[0].indicators[0], scenario.paths[1].indicators[0]
    assert seen.query is not None
    assert (seen.query.below, seen.query.window) == (True, 30)
    assert unseen.query is None
    assert [m.person for m in unseen.markings] == ["A. Reader"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('place = "Hrushivka"', 'place = "Nowhere"', "No place called 'Nowhere'"),
        ("closes = 2023-02-28", "closes = 2022-10-01", "closes (2022-10-01) before it opens"),
        ("opened = 2022-11-01", 'opened = "soon"', "opened is missing or no day"),
        ("prior = 0.4", "prior = 0.5", "the priors sum to 1.100"),
        ("prior = 0.6", "prior = 1.6", "no probability"),
        ("window = 30", "window = 900", "a window of 900 days is impossible"),
        ("horizon = 2022-12-31", "horizon = 2024-12-31", "outside the scenario"),
        ('after = ["calm"]', 'after = ["shells"]', "waits for itself, in a loop"),
        ('after = ["calm"]', 'after = ["storm"]', "there is no indicator 'storm'"),
        ("hit = 2.0", "hit = 900", "says too much"),
        ('side = "NO"', 'side = "XX"', "there is no side 'XX'"),
        ('kind = ["advance"]', 'kind = ["advances"]', "there is no kind 'advances'"),
        ('id = "falls"', 'id = "holds"', "there are two paths 'holds'"),
        ('state = "hit"', 'state = "maybe"', "cannot be 'maybe'"),
        ('title = "South holds on"', 'titel = "South holds on"', "there is no 'titel'"),
        ("prior = 0.6", "prior = = 0.6", "no TOML"),
        ("threshold = 0", 'threshold = "some"', "threshold = 'some' makes no sense"),
        ("below = true", "below = 1", "neither true nor false"),
        ("window = 30", "window = 30, within_km = -4", "within_km = -4 makes no sense"),
        ("window = 30", 'window = 30, area = "Nowhere"', "there is no district or region 'Nowhere'"),
        ("window = 30", 'window = 30, area = "North", place = "Hrushivka"', "asks in one place"),
        ("window = 30", 'window = 30, area = "North", within_km = 5', "not an area"),
        ("window = 30", "window = 30, box = [38, 49, 37, 50]", "bounds nothing"),
        ("window = 30", "window = 30, box = [37, 49]", "is no box"),
        ('after = ["calm"]', 'after = "calm"', "names no indicators"),
        ('title = "Hrushivka in winter"', 'title = "Hrushivka in winter"\nid = "a:b"', "is no id"),
    ],
)
def test_an_error_names_the_line_and_the_remedy(tmp_path: Path, old: str, new: str, told: str):
    file = tmp_path / "bad.toml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(BadScenario) as caught:
        load(file, find, ("NO", "SO"), within)
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    line += "\nid = " in new  # a second line was put in
    assert f"line {line}: " in caught.value.message
    assert told in caught.value.message
    assert caught.value.hint


def test_two_indicators_that_wait_for_each_other_are_a_loop(tmp_path: Path):
    file = tmp_path / "loop.toml"
    file.write_text(GOOD.replace("miss = 0.5\n", 'miss = 0.5\nafter = ["shells"]\n', 1), "utf-8")
    with pytest.raises(BadScenario, match="in a loop"):
        load(file, find, ("NO", "SO"))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path):
    with pytest.raises(BadScenario, match="cannot be read"):
        load(tmp_path / "none.toml", find, ("NO", "SO"))
