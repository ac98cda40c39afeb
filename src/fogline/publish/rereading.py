"""Reads a written brief back: its citations, and whether the words it shows are still those of its citations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fogline.errors import InputError, NotReadable
from fogline.publish.markdown import FENCE, escape
from fogline.publish.parts import Citation
from fogline.publish.plain import voice
from fogline.publish.verify import Broken

HINT = "Give a brief that fogline wrote as .html, .md or .json, or a ledger."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a written brief rests on; ``spoilt`` are passages that the file shows otherwise than it cites them."""

    citations: tuple[Citation, ...]
    ledger: str = ""
    place: str = ""
    spoilt: tuple[Broken, ...] = ()


def reread(path: Path) -> Cited:
    """The citations of a brief on disk.

    Raises ``NotReadable`` for a file that cannot be opened and ``InputError`` for one that is no brief.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotReadable(f"{path}: cannot be read ({error.strerror}).", HINT) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not a brief (it is not UTF-8 text).", HINT) from error
    try:
        return _format(text)(text)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a brief, or its list of citations is spoilt ({error}).", HINT) from error


def _format(text: str) -> Callable[[str], Cited]:
    start = text.lstrip("\ufeff \r\n\t")[:200].casefold()
    if start.startswith(("<!doctype", "<html")):
        return _html
    return _json if start.startswith("{") else _markdown


def _markdown(text: str) -> Cited:
    body, fence, rest = text.partition(FENCE)
    if not fence:
        if "fogline-citations" not in text and "who holds it, and who says so" in text.split("\n", 1)[0]:
            return Cited(citations=())
        raise ValueError("it has no list of citations")
    lines = [line for line in rest.partition("```")[0].splitlines() if line.strip()]
    head, rows = json.loads(lines[0]), [json.loads(line) for line in lines[1:]]
    citations = tuple(_citation(row) for row in rows)
    flat = _flat(body)
    spoilt = [
        _spoilt(citation, "the text no longer shows its passage as cited")
        for citation, row in zip(citations, rows, strict=True)
        if flat.count(_flat(escape(citation.quote))) < int(row["shown"])
    ]
    return Cited(citations=citations, ledger=head["ledger"], place=head["place"], spoilt=tuple(spoilt))


def _json(text: str) -> Cited:
    row = json.loads(text)
    citations = tuple(_citation(one) for one in row["citations"])
    by_number = {citation.number: citation for citation in citations}
    spoilt = [
        _spoilt(by_number[part["citation"]], "a sentence shows other words than its passage")
        for part in _quoted(row["sections"])
        if not _shows(part["text"], by_number[part["citation"]].quote, bool(part["whole"]))
    ]
    return Cited(citations=citations, ledger=row["ledger"], place=row["place"], spoilt=tuple(spoilt))


def _quoted(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"citation", "text", "whole"}:
            return [value]
        return [found for item in value.values() for found in _quoted(item)]
    return [found for item in value for found in _quoted(item)] if isinstance(value, list) else []


def _html(text: str) -> Cited:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if "fogline-place" not in reader.meta:
        raise ValueError("it does not say that fogline wrote it")
    citations = tuple(_citation({**row, "quote": reader.passages[row["number"]]}) for row in reader.rows)
    by_number = {citation.number: citation for citation in citations}
    spoilt = [
        _spoilt(by_number[number], "a sentence shows other words than its passage")
        for number, words, whole in reader.shown
        if not _shows(words, by_number[number].quote, whole)
    ]
    meta = reader.meta
    return Cited(
        citations=citations, ledger=meta.get("fogline-ledger", ""), place=meta["fogline-place"], spoilt=tuple(spoilt)
    )


class _Reader(HTMLParser):
    """Collects the references and every passage shown from an HTML brief."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.rows: list[dict[str, Any]] = []
        self.passages: dict[int, str] = {}
        self.shown: list[tuple[int, str, bool]] = []
        self._open: dict[str, str | None] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (given.get("name") or "").startswith("fogline-"):
            self.meta[given["name"] or ""] = given.get("content") or ""
        elif tag == "li" and "data-reference" in given:
            self.rows.append(_from_attributes(given))
        elif tag == "q":
            self._open, self._words = given, []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "q" or self._open is None:
            return
        words, given = "".join(self._words), self._open
        if "data-passage" in given:
            self.passages[int(given["data-passage"] or "")] = words
        elif "data-citation" in given:
            self.shown.append((int(given["data-citation"] or ""), words, "data-cut" not in given))
        self._open = None


def _from_attributes(given: dict[str, str | None]) -> dict[str, Any]:
    def value(name: str) -> str:
        return given.get(f"data-{name}") or ""

    return {
        **{field.name: value(field.name) for field in fields(Citation)},
        "number": int(value("reference")),
        "document_id": value("document-id"),
        "start": int(value("start")),
        "end": int(value("end")),
        "chain": json.loads(value("chain")),
    }


def _citation(row: dict[str, Any]) -> Citation:
    values = {field.name: row[field.name] for field in fields(Citation)}
    values["chain"] = tuple(voice(one) for one in row["chain"])
    return Citation(**values)


def _shows(words: str, quote: str, whole: bool) -> bool:
    return words == quote if whole else bool(words) and quote.startswith(words)


def _spoilt(citation: Citation, problem: str) -> Broken:
    return Broken(number=citation.number, claim=citation.claim, document=citation.document, problem=problem)


def _flat(text: str) -> str:
    return " ".join(text.split())
