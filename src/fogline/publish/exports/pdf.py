"""The brief as PDF, set by Typst (extra ``export``): its own fonts, no system font, no network, the same bytes every time."""

from __future__ import annotations

import json

from fogline.publish import wording
from fogline.publish.exports.illustrated import Illustrated
from fogline.publish.exports.needing import needing
from fogline.publish.exports.printed import LABELS, head, printable, reference
from fogline.publish.parts import Block, Clash, Listing, Prose, Ribbon, Sentence, Table

_SETUP = """\
#set page(paper: "a4", margin: 20mm, numbering: "1 / 1")
#set text(font: "Libertinus Serif", size: 10pt, lang: "en")
#set par(justify: false, leading: 0.6em)
#set heading(numbering: none)
#show link: set text(fill: rgb("#1a4f8a"))
"""


def pdf(made: Illustrated) -> bytes:
    """The brief as a PDF. Raises ``UsageError`` without typst."""
    typst = needing("typst")
    written: bytes = typst.compile(source(made).encode(), format="pdf", ignore_system_fonts=True)
    return written


def source(made: Illustrated) -> str:
    """The brief in Typst's language: every word of a report stands in a string, where nothing is markup."""
    brief = made.brief
    day = brief.as_known_on
    dated = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none"
    title = f"{brief.place}: who holds it, and who says so"
    lines = [f"#set document(title: {_text(title)}, author: {_text('fogline')}, date: {dated})", _SETUP]
    lines += [_call("heading", _text(title), level="1"), _par(_text(head(brief)))]
    lines += [_picture(svg, alt) for svg, alt in ((made.map, "Map"), (made.ribbon, "Belief by day")) if svg]
    for section in brief.sections:
        lines.append(_call("heading", _text(section.title), level="2"))
        lines += [_par(f"emph({_text(section.lead)})")] if section.lead else []
        for block in section.blocks:
            lines += _block(block)
    if brief.citations:
        lines.append(_call("heading", _text("References"), level="2"))
        for one in brief.citations:
            lines.append(f"#[{_par(_text(reference(one)))} <c{one.number}>]")
    return "\n\n".join(lines) + "\n"


def _text(words: str) -> str:
    """A string of Typst, in which only the backslash and the quotation mark mean something."""
    return json.dumps(printable(words), ensure_ascii=False)


def _call(name: str, content: str, **named: str) -> str:
    about = "".join(f"{key}: {value}, " for key, value in named.items())
    return f"#{name}({about}{content})"


def _par(content: str) -> str:
    return f"#par({content})"


def _picture(svg: str, alt: str) -> str:
    # Not through `printable`: it is our own drawing.
    return f'#image(bytes({json.dumps(svg, ensure_ascii=False)}), format: "svg", width: 100%, alt: {_text(alt)})'


def _block(block: Block) -> list[str]:
    match block:
        case Prose():
            return [_par(" + [ ] + ".join(_sentence(one) for one in block.sentences))]
        case Listing():
            lines = [_call("heading", _text(block.label), level="3")] if block.label else []
            lines += [_par(_sentence(block.lead))] if block.lead else []
            return [*lines, f"#list({', '.join(_sentence(one) for one in block.items)})", *_more(block.more)]
        case Clash():
            left, right = block.left, block.right
            cells = [_text(left.behind), _text(right.behind), _sentence(left.sentence), _sentence(right.sentence)]
            lines = [_call("heading", _text(f"Clash on {block.aspect}"), level="3"), _par(_sentence(block.why))]
            return [*lines, f"#table(columns: (1fr, 1fr), {', '.join(cells)})"]
        case Table():
            cells = [f"strong({_text(name)})" for name in block.head]
            cells += [_sentence(cell, tag=False) for row in block.rows for cell in row]
            columns = f"({'1fr, ' * len(block.head)})"
            return [
                _par(f"emph({_text(block.caption)})"),
                f"#table(columns: {columns}, {', '.join(cells)})",
                *_more(block.more),
            ]
        case Ribbon():
            return []


def _more(number: int) -> list[str]:
    return [_par(_text(f"{wording.count(number, 'more entry', 'more entries')} in the ledger."))] if number else []


def _sentence(sentence: Sentence, tag: bool = True) -> str:
    label = LABELS[sentence.standing] if tag else ""
    parts = [f"strong({_text(label)}) + [ ]"] if label else []
    parts.append(_text(sentence.text))
    parts += [f"[ ] + link(<c{number}>, {_text(f'[{number}]')})" for number in sentence.citations]
    return " + ".join(parts)
