"""The brief as DOCX (ECMA-376), by python-docx (extra ``export``); the archive's own times are fixed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from fogline.publish import wording
from fogline.publish.exports.illustrated import Illustrated
from fogline.publish.exports.needing import needing
from fogline.publish.exports.printed import LABELS, head, printable, reference
from fogline.publish.parts import Block, Clash, Listing, Prose, Ribbon, Sentence, Table
from fogline.publish.sheet import png

FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""


def docx(made: Illustrated) -> bytes:
    """The brief as a Word document. Raises ``UsageError`` without python-docx, or without resvg-py for its pictures."""
    document = needing("docx").Document()
    brief = made.brief
    _properties(document, made)
    document.add_heading(printable(f"{brief.place}: who holds it, and who says so"), 0)
    document.add_paragraph(printable(head(brief)))
    for svg, said in (
        (made.map, "Settlements around, as known on the day of this brief."),
        (made.ribbon, "Belief by day."),
    ):
        if svg:
            document.add_picture(io.BytesIO(png(svg)), width=needing("docx.shared").Mm(160))
            document.add_paragraph(said, style="Caption")
    for section in brief.sections:
        document.add_heading(printable(section.title), 1)
        if section.lead:
            document.add_paragraph().add_run(printable(section.lead)).italic = True
        for block in section.blocks:
            _block(document, block)
    if brief.citations:
        document.add_heading("References", 1)
        for one in brief.citations:
            _bookmark(document.add_paragraph(printable(reference(one))), one.number)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed(buffer.getvalue())


def _properties(document: Any, made: Illustrated) -> None:
    day = made.brief.as_known_on
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = printable(made.brief.place), "fogline", "fogline"
    about.created, about.modified, about.comments, about.revision = at, at, "", 1


def _block(document: Any, block: Block) -> None:
    match block:
        case Prose():
            paragraph = document.add_paragraph()
            for number, sentence in enumerate(block.sentences):
                paragraph.add_run(" " if number else "")
                _sentence(paragraph, sentence)
        case Listing():
            _listing(document, block)
        case Clash():
            document.add_heading(printable(f"Clash on {block.aspect}"), 2)
            _sentence(document.add_paragraph(), block.why)
            heads = (block.left.behind, block.right.behind)
            _table(document, heads, ((block.left.sentence, block.right.sentence),), tag=True)
        case Table():
            document.add_paragraph(printable(block.caption), style="Caption")
            _table(document, block.head, block.rows, tag=False)
            _more(document, block.more)
        case Ribbon():
            pass


def _listing(document: Any, block: Listing) -> None:
    if block.label:
        document.add_heading(printable(block.label), 2)
    if block.lead:
        _sentence(document.add_paragraph(), block.lead)
    for sentence in block.items:
        _sentence(document.add_paragraph(style="List Bullet"), sentence)
    _more(document, block.more)


def _table(document: Any, heads: tuple[str, ...], rows: tuple[tuple[Sentence, ...], ...], *, tag: bool) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(printable(name)).bold = True
    for row in rows:
        for cell, sentence in zip(table.add_row().cells, row, strict=True):
            _sentence(cell.paragraphs[0], sentence, tag=tag)


def _more(document: Any, number: int) -> None:
    if number:
        document.add_paragraph(f"{wording.count(number, 'more entry', 'more entries')} in the ledger.")


def _sentence(paragraph: Any, sentence: Sentence, *, tag: bool = True) -> None:
    if tag and LABELS[sentence.standing]:
        paragraph.add_run(f"{LABELS[sentence.standing]} ").bold = True
    paragraph.add_run(printable(sentence.text))
    for number in sentence.citations:
        paragraph.add_run(" ")
        _link(paragraph, number)


def _link(paragraph: Any, number: int) -> None:
    """The number of a citation, which leads to its reference."""
    oxml = needing("docx.oxml")
    qualified = needing("docx.oxml.ns").qn
    link = oxml.OxmlElement("w:hyperlink")
    link.set(qualified("w:anchor"), f"c{number}")
    link.append(paragraph.add_run(f"[{number}]")._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Any, number: int) -> None:
    oxml = needing("docx.oxml")
    qualified = needing("docx.oxml.ns").qn
    for name, about in (
        ("w:bookmarkStart", {"w:id": str(number), "w:name": f"c{number}"}),
        ("w:bookmarkEnd", {"w:id": str(number)}),
    ):
        mark = oxml.OxmlElement(name)
        for key, value in about.items():
            mark.set(qualified(key), value)
        paragraph._p.append(mark)


def _fixed(packed: bytes) -> bytes:
    """The same archive with every file's time set to the first there is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, FIRST), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
