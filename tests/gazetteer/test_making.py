from pathlib import Path

import pytest
from tests.gazetteer.sources import CODIFIER, dump, line

from fogline.errors import BadGazetteer
from fogline.gazetteer import Gazetteer, making, user_file
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.theatres.loading import BESIDE, load

KUPIANSK = 703656


def with_file(path: Path, theatre: str = "ukraine") -> Gazetteer:
    return gazetteer_of(load(f"{theatre}{BESIDE}{path}"))


def made(tmp_path: Path, text: str) -> Path:
    source, target = tmp_path / "own.csv", tmp_path / "own.gazetteer"
    source.write_text(text, "utf-8")
    making.build([str(source)], target)
    return target


def test_a_new_place_is_found_in_every_spelling_and_case(tmp_path: Path) -> None:
    path = made(tmp_path, "names,lat,lon,country,region\nStara Lypka|Стара Липка,49.5,37.6,UA,Kharkiv\n")
    gazetteer = with_file(path)
    for name in ("Stara Lypka", "Staraya Lipka", "Старої Липки", "Старій Липці"):
        assert [(e.name, e.lat, e.region) for e in gazetteer.candidates(name)][:1] == [
            ("Stara Lypka", 49.5, "Kharkiv Oblast")
        ]
    assert gazetteer.find("Kupiansk").geonameid == KUPIANSK


def test_a_known_place_gets_the_new_name_and_keeps_the_old_ones(tmp_path: Path) -> None:
    path = made(tmp_path, f"names,lat,lon,geonameid\nVerbova Brama|Вербова Брама,,,{KUPIANSK}\n")
    gazetteer = with_file(path)
    shipped = gazetteer_of(load("ukraine")).entry(KUPIANSK)
    assert shipped is not None
    for name in ("Verbova Brama", "Вербовій Брамі", "Kupiansk", "Купянск"):
        assert [(e.name, e.geonameid) for e in gazetteer.candidates(name)] == [("Verbova Brama", KUPIANSK)]
    entry = gazetteer.entry(KUPIANSK)
    assert entry is not None
    assert (entry.name, entry.lat, entry.population, entry.front) == (
        "Verbova Brama",
        shipped.lat,
        shipped.population,
        shipped.front,
    )


def test_the_shipped_gazetteer_is_what_it_was(tmp_path: Path) -> None:
    before = gazetteer_of(load("ukraine"))
    path = made(tmp_path, f"names,lat,lon,geonameid\nVerbova Brama,,,{KUPIANSK}\n")
    assert with_file(path).version != before.version
    assert gazetteer_of(load("ukraine")).version == before.version
    assert gazetteer_of(load("ukraine")).candidates("Verbova Brama") == before.candidates("Verbova Brama")


def test_a_dump_gives_a_point_to_a_settlement_known_to_the_codifier_alone(tmp_path: Path, ukraine: Gazetteer) -> None:
    bare = ukraine.candidates("Stelmakhivka")
    unplaced = [e for e in bare if e.region == "Luhansk Oblast" and not e.located]
    assert len(unplaced) == 1
    source = dump(
        tmp_path / "UA.zip",
        [line(9_900_100, "Stelmakhivka", lat="49.42", lon="38.07", country="UA", admin1=unplaced[0].admin1)],
    )
    making.build([str(source)], tmp_path / "ua.gazetteer")
    found = [e for e in with_file(tmp_path / "ua.gazetteer").candidates("Stelmakhivka") if e.region == "Luhansk Oblast"]
    assert [(e.lat, e.geonameid, e.katottg) for e in found] == [(49.42, 9_900_100, unplaced[0].katottg)]


def test_the_codifier_and_a_dump_are_joined(tmp_path: Path) -> None:
    (tmp_path / "k.csv").write_text(CODIFIER, "utf-8")
    source = dump(
        tmp_path / "UA.txt", [line(9_900_200, "Vyhadanivka", lat="49.6", lon="37.2", country="UA", admin1="07")]
    )
    done = making.build([str(source), str(tmp_path / "k.csv")], tmp_path / "ua.gazetteer")
    assert done.places == 2
    places = {p.entry.name: p for p in user_file.read(tmp_path / "ua.gazetteer")}
    placed, bare = places["Vyhadanivka"], places["Testiv"]
    assert (placed.entry.katottg, placed.entry.lat, placed.entry.district) == (
        "UA63080090020099992",
        49.6,
        "Testiv Raion",
    )
    assert "GeoNames" in placed.source
    assert "KATOTTG" in placed.source
    assert (bare.entry.lat, bare.source) == (None, making.CODIFIER)
    assert "Вигаданівка" in placed.entry.names


def test_of_two_sources_the_later_list_counts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("names,lat,lon,geonameid\nWend,1,2,9900300\n", "utf-8")
    (tmp_path / "b.csv").write_text("names,lat,lon,geonameid\nWend,3,4,9900300\n", "utf-8")
    making.build([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], tmp_path / "x.gazetteer")
    assert [p.entry.lat for p in user_file.read(tmp_path / "x.gazetteer")] == [3.0]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    text = "names,lat,lon,country\nWend,1,2,GB\nOtherby,3,4,GB\n"
    first = made(tmp_path, text).read_bytes()
    assert made(tmp_path, text).read_bytes() == first
    shuffled = "names,lat,lon,country\nOtherby,3,4,GB\nWend,1,2,GB\n"
    assert made(tmp_path, shuffled).read_bytes() == first


def test_one_place_is_added_with_its_source_and_the_others_stay(tmp_path: Path) -> None:
    path = made(tmp_path, "names,lat,lon,country\nWend,1,2,GB\n")
    assert making.add({"names": "Otherby", "lat": "3", "lon": "4", "country": "GB"}, "parish map", path) == 2
    assert {p.entry.name: p.source for p in user_file.read(path)} == {"Wend": "own.csv", "Otherby": "parish map"}
    assert making.add({"names": "Otherby", "lat": "3", "lon": "4", "country": "GB"}, "parish map", path) == 2


def test_adding_makes_the_file_and_wants_a_source(tmp_path: Path) -> None:
    path = tmp_path / "new.gazetteer"
    with pytest.raises(ValueError, match="no source"):
        making.add({"names": "Wend"}, " ", path)
    assert not path.exists()
    assert making.add({"names": "Wend"}, "parish map", path) == 1


@pytest.mark.parametrize(("source", "what"), [("none.csv", "There is no file"), ("notes.docx", "no source of places")])
def test_what_is_no_source_is_refused(tmp_path: Path, source: str, what: str) -> None:
    (tmp_path / "notes.docx").write_bytes(b"PK")
    with pytest.raises(BadGazetteer, match=what):
        making.build([str(tmp_path / source)], tmp_path / "x.gazetteer")
    assert not (tmp_path / "x.gazetteer").exists()


def test_where_no_line_can_be_used_the_file_stays(tmp_path: Path) -> None:
    path = made(tmp_path, "names,lat,lon\nWend,1,2\n")
    before = path.read_bytes()
    with pytest.raises(BadGazetteer, match="no place that can be used"):
        made(tmp_path, "names,lat,lon\nWend,100,2\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda raw: b"", lambda raw: b"no archive"])
def test_a_damaged_gazetteer_file_is_refused_with_what_to_do(tmp_path: Path, damage) -> None:
    path = made(tmp_path, "names,lat,lon\nWend,1,2\n")
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BadGazetteer, match="damaged") as raised:
        with_file(path)
    assert "fogline gazetteer build" in raised.value.hint


def test_a_missing_gazetteer_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="There is no gazetteer file at"):
        with_file(tmp_path / "none.gazetteer")
