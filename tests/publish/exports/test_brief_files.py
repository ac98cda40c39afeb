"""The brief as PDF and DOCX, with its pictures, read again by other libraries."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from tests.publish.exports.made import WORST, account
from tests.publish.world import world

from fogline.publish.exports.docx import docx
from fogline.publish.exports.illustrated import illustrated
from fogline.publish.exports.pdf import pdf, source
from fogline.publish.exports.printed import printable
from fogline.publish.locator import Spot, locator
from fogline.publish.parts import Quoted


@pytest.fixture(scope="module")
def made():
    return illustrated(world().brief(), account())


def words(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text)


def test_the_pdf_says_what_the_brief_says(made):
    from pypdf import PdfReader

    written = pdf(made)
    assert written == pdf(made)
    reader = PdfReader(io.BytesIO(written))
    told = words("".join(page.extract_text() for page in reader.pages))
    for sentence in made.brief.sentences():
        assert words(printable(sentence.text)) in told, sentence.text
    for citation in made.brief.citations:
        assert words(printable(citation.quote)) in told
    assert reader.metadata.title.startswith(made.brief.place)
    assert made.brief.as_known_on.strftime("%Y%m%d") in reader.metadata["/CreationDate"]


def test_the_docx_says_what_the_brief_says_and_has_its_pictures(made):
    import docx as library

    written = docx(made)
    assert written == docx(made)
    document = library.Document(io.BytesIO(written))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = words("".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
    for citation in made.brief.citations:
        assert words(printable(citation.quote)) in told
    for sentence in made.brief.sentences():
        assert words(printable(sentence.text)) in told, sentence.text
    assert len(document.inline_shapes) == 2
    packed = zipfile.ZipFile(io.BytesIO(written))
    assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
    xml = packed.read("word/document.xml").decode()
    assert set(re.findall(r'w:anchor="(c\d+)"', xml)) <= set(re.findall(r'w:name="(c\d+)"', xml))


@pytest.mark.parametrize("worst", [WORST, '\\", #sys.inputs #image("x") $x$ *b* _i_ <c1> @c1 // /* `', "a" * 100_000])
def test_hostile_words_are_printed_as_words(made, worst):
    from pypdf import PdfReader

    brief = made.brief
    first = brief.sections[0]
    sentence = brief.sentences()[0]
    from fogline.publish.parts import Prose

    told = replace(sentence, parts=(Quoted(1, worst),))
    hostile = replace(made, brief=replace(brief, sections=(replace(first, blocks=(Prose(sentences=(told,)),)),)))
    reader = PdfReader(io.BytesIO(pdf(hostile)))
    assert words(printable(worst))[:40] in words("".join(page.extract_text() for page in reader.pages))
    assert docx(hostile)


def test_a_brief_of_nothing_has_no_pictures(made):
    bare = replace(account(), control=())
    nothing = illustrated(made.brief, bare)
    assert (nothing.map, nothing.ribbon) == ("", "")
    assert pdf(nothing).startswith(b"%PDF")
    assert "#image" not in source(nothing)


MIDDLE = Spot(name="Dubrova", lat=49.7, lon=37.6, status="NO", belief=0.9)


def drawn(*others: Spot) -> str:
    return locator(MIDDLE, others, ("NO", "SO", "contested"), ("Norland", "Sudland", "contested"), "Around Dubrova <1>")


def test_a_map_shows_who_is_near_and_leaves_out_who_is_far():
    near = Spot(name="Lypove", lat=49.75, lon=37.65, status="contested", belief=0.6)
    far = Spot(name="Farov", lat=52.0, lon=30.0, status="SO", belief=0.6)
    svg = drawn(near, far)
    assert "Lypove" in svg
    assert "Farov" not in svg
    assert "&lt;1&gt;" in svg
    assert 'fill-opacity="0.60"' in svg


def test_names_on_a_map_do_not_cover_each_other():
    crowd = [
        Spot(name=f"Village {number}", lat=49.7 + number / 1000, lon=37.6, status="unknown", belief=0.0)
        for number in range(30)
    ]
    svg = drawn(*crowd)
    rows = [float(y) for y in re.findall(r'y="([\d.]+)" text-anchor="start"[^>]*>Village', svg)]
    assert 1 <= len(rows) < 30
    assert all(abs(a - b) >= 18 for a, b in zip(sorted(rows), sorted(rows)[1:], strict=False))


def test_the_day_of_the_brief_is_the_day_of_the_map(made):
    early = illustrated(replace(made.brief, as_known_on=date(2020, 1, 1)), account())
    assert "stroke-dasharray" in early.map.split("<title>")[1].split("legend")[0]
    assert "1 January 2020" in early.map
