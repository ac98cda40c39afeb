from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import Article, Failure, Given
from fogline.sources.metadata import iso, understand
from fogline.sources.reading import read

FULL = "name,outlet,url,title,published\na.txt,Valley Courier,https://vc.example/1,Bridge hit,2022-09-10\n"
WANTED = Given(outlet="Valley Courier", url="https://vc.example/1", title="Bridge hit", published="2022-09-10")


def load(folder: Path, meta: str | bytes, *paths: Path) -> tuple[dict[str, Given], list[str]]:
    (folder / "a.txt").write_text("The bridge was hit.")
    (folder / "meta.csv").write_bytes(meta if isinstance(meta, bytes) else meta.encode())
    found = list(read(paths or [folder], 1_000_000))
    given = {one.name: one.given for one in found if isinstance(one, Article)}
    return given, [one.problem for one in found if isinstance(one, Failure)]


@pytest.mark.parametrize(
    "meta",
    [
        FULL,
        "\ufeff" + FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace(",", ";"),
        FULL.replace(",", "\t"),
        FULL.encode("utf-16"),
        "Published, NAME ,title,url,Outlet,note\n2022-09-10, a.txt,Bridge hit,https://vc.example/1,Valley Courier,x\n",
        FULL + "\n\n,,,,\n",
    ],
)
def test_any_csv_that_a_spreadsheet_writes_is_read(tmp_path: Path, meta: str | bytes) -> None:
    assert load(tmp_path, meta) == ({"a.txt": WANTED}, [])


def test_it_counts_also_for_a_file_that_is_named(tmp_path: Path) -> None:
    given, problems = load(tmp_path, FULL, tmp_path / "a.txt", tmp_path / "meta.csv")
    assert (given, problems) == ({"a.txt": WANTED}, [])


def test_it_speaks_for_its_own_folder_only(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below/a.txt").write_text("Another bridge.")
    (tmp_path / "meta.csv").write_text(FULL)
    (tmp_path / "a.txt").write_text("A bridge.")
    found = [one for one in read([tmp_path], 1000) if isinstance(one, Article)]
    assert [one.given for one in found] == [WANTED, Given()]


@pytest.mark.parametrize(
    "meta",
    [
        "",
        "just a text",
        "outlet,url\nx,y\n",
        "name,colour\na.txt,red\n",
        b"name,title\na.txt,\xe9\xff\n",
        b"name,title\0\n",
    ],
)
def test_one_that_cannot_be_understood_is_one_failure_and_the_files_are_read(tmp_path: Path, meta: str | bytes) -> None:
    given, problems = load(tmp_path, meta)
    assert given == {"a.txt": Given()}
    assert len(problems) == 1
    assert "meta.csv" in problems[0]


def test_an_open_quotation_is_a_failure_with_its_line(tmp_path: Path) -> None:
    given, problems = load(tmp_path, 'name,title\na.txt,"Bridge\n')
    assert given == {"a.txt": Given()}
    assert "line 2" in problems[0]


def test_a_row_that_names_no_file_is_a_failure_and_the_rest_holds(tmp_path: Path) -> None:
    given, problems = load(tmp_path, FULL + "b.txt,Hill Post,,,\n")
    assert given == {"a.txt": WANTED}
    assert ["line 3" in problem and "'b.txt'" in problem for problem in problems] == [True]


def test_a_date_that_is_none_is_left_out_and_the_rest_of_the_row_holds(tmp_path: Path) -> None:
    given, problems = load(tmp_path, "name,outlet,published\na.txt,Valley Courier,last May\n")
    assert given == {"a.txt": Given(outlet="Valley Courier")}
    assert "'last May'" in problems[0]


def test_of_two_rows_for_a_file_the_first_is_kept(tmp_path: Path) -> None:
    given, problems = load(tmp_path, FULL + "a.txt,Hill Post,,,\n")
    assert given == {"a.txt": WANTED}
    assert "already" in problems[0]


def test_the_same_name_in_another_unicode_form_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "край.txt").write_text("Text.")
    (tmp_path / "meta.csv").write_text("name,outlet\nкраи\u0306.txt,Вісник\n")
    (article,) = read([tmp_path], 1000)
    assert isinstance(article, Article)
    assert article.given.outlet == "Вісник"


def test_it_wins_over_the_fields_of_a_json_line(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"text": "A bridge.", "outlet": "Hill Post", "title": "Old"}\n')
    (tmp_path / "meta.csv").write_text("name,outlet,published\nr.jsonl,Valley Courier,2022\nr.jsonl:1,,2023\n")
    (article,) = read([tmp_path], 1000)
    assert isinstance(article, Article)
    assert article.given == Given(outlet="Valley Courier", title="Old", published="2023")


@pytest.mark.parametrize("text", ["2022", "2022-09", "2022-09-10", "2022-09-10T08:00", "2022-09-10 08:00:00+03:00"])
def test_iso_dates_stay_as_they_are(text: str) -> None:
    assert iso(text) == text


@pytest.mark.parametrize(
    "text", ["", "0000", "2022-13", "2022-02-30", "10.09.2022", "yesterday", "Sat, 99 Foo 2022", "2022-09-10x"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert iso(text) == ""


@given(
    st.dictionaries(
        st.sampled_from(["outlet", "url", "title", "published", "x"]), st.none() | st.text() | st.integers()
    )
)
def test_any_row_is_understood_or_its_values_are_named(row: dict[str, object]) -> None:
    known, problems = understand(row)
    assert isinstance(known, Given)
    assert all(any(word in problem for word in ("outlet", "url", "title", "published")) for problem in problems)
