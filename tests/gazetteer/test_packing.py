import gzip

from hypothesis import given
from hypothesis import strategies as st

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.packing import Pack, entries_file, names_file

WORDS = st.from_regex(r"[A-Za-z][A-Za-z ,\"'-]{0,15}[a-z]", fullmatch=True)


def _lines(raw: bytes) -> list[str]:
    return gzip.decompress(raw).decode().split("\n")[1:-1]


@given(st.lists(WORDS, min_size=1, max_size=8, unique=True))
def test_what_is_packed_is_read_back(names: list[str]) -> None:
    entries = [
        Entry(name=name, feature=Feature.SETTLEMENT, number=n, geonameid=n + 1, lat=1.5, lon=-2.25, front=True)
        for n, name in enumerate(names)
    ]
    keys = {f"name {n}": [n] for n in range(len(names))}
    pack = Pack(_lines(entries_file(entries, 5)), _lines(names_file(keys)))
    assert [pack.entry(pack.find(f"name {n}")[0]) for n in range(len(names))] == entries
    assert pack.find("name") == ()


def test_the_same_values_are_the_same_bytes() -> None:
    entry = Entry(name="Oakham", feature=Feature.SETTLEMENT, number=0)
    assert entries_file([entry], 3) == entries_file([entry], 3)
    assert names_file({"b": [1], "a": [0]}) == names_file({"a": [0], "b": [1]})


def test_a_pack_without_names_is_searched_by_its_own() -> None:
    rows = _lines(
        entries_file([Entry(name=n, feature=Feature.SETTLEMENT, number=0) for n in ("Ash", "Elm", "Elm", "Oak")], 2)
    )
    pack = Pack(rows)
    assert pack.find("elm") == (1, 2)
    assert pack.find("pine") == ()
