"""The brief as Markdown, with its citations in a machine-readable list at the end."""

from __future__ import annotations

import json
import re

from fogline.publish import wording
from fogline.publish.parts import (
    Block,
    Brief,
    Citation,
    Clash,
    Listing,
    Prose,
    Quoted,
    Ribbon,
    Sentence,
    Standing,
    Table,
    quoted,
    sentences_of,
)
from fogline.publish.plain import citation_row

FENCE = "```json fogline-citations"
"""Opens the list that ``verify`` reads."""

TAGS = {Standing.ASSESSED: "**Assessed.** ", Standing.CLAIMED: "", Standing.NOTE: ""}


def markdown(brief: Brief) -> str:
    """The brief as Markdown text that ends with a newline; the same brief gives the same text."""
    lines = [f"# {escape(brief.place)}: who holds it, and who says so", "", _head(brief), ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        if section.lead:
            lines += [f"*{escape(section.lead)}*", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    lines += _references(brief)
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text in which nothing is markup, on one line.

    >>> escape("<b>*not* bold</b>")
    '&lt;b&gt;\\\\*not\\\\* bold&lt;/b&gt;'
    """
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", flat)


def _head(brief: Brief) -> str:
    known = f"As known on {wording.day(brief.as_known_on)}" if brief.as_known_on else "The newest reports bear no date"
    period = ""
    if brief.start or brief.end:
        since = f" from {wording.day(brief.start)}" if brief.start else ""
        until = f" to {wording.day(brief.end)}" if brief.end else ""
        period = f" · tells of the time{since}{until}"
    counted = f"{wording.count(brief.claims, 'claim')}, {wording.reports_and_voices(brief.reports, brief.voices)}"
    return f"{known}{period} · {counted} · {escape(brief.theatre)}"


def _block(block: Block) -> list[str]:
    match block:
        case Prose():
            return [" ".join(_sentence(sentence) for sentence in block.sentences)]
        case Listing():
            head = [f"### {escape(block.label)}", ""] if block.label else []
            head += [_sentence(block.lead), ""] if block.lead else []
            return [*head, *(f"- {_sentence(sentence)}" for sentence in block.items), *_more(block.more)]
        case Clash():
            return _clash(block)
        case Table():
            return _table(block)
        case Ribbon():
            return []


def _clash(block: Clash) -> list[str]:
    left, right = block.left, block.right
    return [
        f"### Clash on {escape(block.aspect)}",
        "",
        f"Why they clash: {_sentence(block.why)}",
        "",
        f"| {escape(left.behind)} | {escape(right.behind)} |",
        "| --- | --- |",
        f"| {_sentence(left.sentence)} | {_sentence(right.sentence)} |",
    ]


def _table(block: Table) -> list[str]:
    rows = [f"| {' | '.join(_sentence(cell, tag=False) for cell in row)} |" for row in block.rows]
    head = [f"*{escape(block.caption)}*", "", f"| {' | '.join(block.head)} |", f"|{' --- |' * len(block.head)}"]
    return [*head, *rows, *_more(block.more)]


def _more(number: int) -> list[str]:
    return ["", f"{number} more in the ledger."] if number else []


def _sentence(sentence: Sentence, tag: bool = True) -> str:
    text = "".join(escape_part(part) for part in sentence.parts)
    numbers = " ".join(f"[\\[{number}\\]](#c{number})" for number in sentence.citations)
    return f"{TAGS[sentence.standing] if tag else ''}{text}{' ' + numbers if numbers else ''}"


def escape_part(part: str | Quoted) -> str:
    """A part of a sentence in Markdown; the blank at either end of plain words is kept."""
    if isinstance(part, Quoted):
        return escape(quoted(part))
    lead, tail = part[:1].isspace(), part[-1:].isspace()
    return f"{' ' if lead else ''}{escape(part)}{' ' if tail else ''}"


def shown(brief: Brief, number: int) -> int:
    """How many times the words of a citation are shown whole in the sentences of the brief and in its references."""
    parts = [
        part
        for section in brief.sections
        for block in section.blocks
        for sentence in sentences_of(block)
        for part in sentence.parts
    ]
    return 1 + sum(isinstance(part, Quoted) and part.citation == number and part.whole for part in parts)


def _references(brief: Brief) -> list[str]:
    if not brief.citations:
        return []
    lines = ["## References", ""]
    lines += [_reference(citation) for citation in brief.citations]
    lines += ["", "<details><summary>For fogline verify</summary>", "", FENCE]
    lines.append(json.dumps({"ledger": brief.ledger, "place": brief.place}, ensure_ascii=False))
    for citation in brief.citations:
        row = {**citation_row(citation), "shown": shown(brief, citation.number)}
        # A passage may hold the fence itself; in JSON the grave accent can be written as an escape.
        lines.append(json.dumps(row, ensure_ascii=False).replace("`", "\\u0060"))
    return [*lines, "```", "", "</details>"]


def _reference(citation: Citation) -> str:
    where = f"{escape(citation.document)}, characters {citation.start}–{citation.end}"
    return (
        f'{citation.number}. <a id="c{citation.number}"></a>“{escape(citation.quote)}” — {escape(citation.told)}, '
        f"{escape(citation.dated)}. {where}, SHA-256 `{citation.sha256}`"
    )
