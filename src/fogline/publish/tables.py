"""Rows as tables for a terminal, and as CSV: nested values flattened, columns in one order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from fogline.model import UNKNOWN_SIDE, Certainty, Claim, Modality, Polarity
from fogline.publish.rows import Row
from fogline.publish.wording import count, reports_and_voices

Columns = Mapping[str, Callable[[Row], Any]]
"""Column names to what stands in them."""

CLAIMS: Columns = {
    "id": lambda row: row["id"],
    "kind": lambda row: row["kind"],
    "holder": lambda row: row["holder"],
    "polarity": lambda row: row["polarity"],
    "certainty": lambda row: row["certainty"],
    "modality": lambda row: row["modality"],
    "speaker": lambda row: row["attribution"]["chain"][0]["name"],
    "side": lambda row: row["attribution"]["chain"][0]["side"],
    "through": lambda row: " > ".join(voice["name"] for voice in row["attribution"]["chain"][1:]),
    "places": lambda row: "; ".join(place["name"] for place in row["places"]),
    "when": lambda row: row["when"]["edtf"],
    "quantities": lambda row: "; ".join(quantity["text"] for quantity in row["quantities"]),
    "quote": lambda row: row["quote"],
    "outlet": lambda row: row["document"]["outlet"],
    "published": lambda row: row["document"]["published"],
    "document": lambda row: row["document"]["name"],
    "start": lambda row: row["start"],
    "end": lambda row: row["end"],
    "family": lambda row: row["family"],
}

DISPUTES: Columns = {
    "aspect": lambda row: row["aspect"],
    "a_speaker": lambda row: row["a"]["speaker"],
    "a_side": lambda row: row["a"]["side"],
    "a_quote": lambda row: row["a"]["quote"],
    "a_document": lambda row: row["a"]["document"],
    "a_published": lambda row: row["a"]["published"],
    "b_speaker": lambda row: row["b"]["speaker"],
    "b_side": lambda row: row["b"]["side"],
    "b_quote": lambda row: row["b"]["quote"],
    "b_document": lambda row: row["b"]["document"],
    "b_published": lambda row: row["b"]["published"],
    "why": lambda row: _told(row["reasons"]),
    "places": lambda row: "; ".join(row["places"]),
    "a": lambda row: row["a"]["id"],
    "b": lambda row: row["b"]["id"],
}
MATTERS: Columns = {
    "question": lambda row: row["question"],
    "place": lambda row: row["place"],
    "aspect": lambda row: row["aspect"],
    "answers": lambda row: "; ".join(map(_answer, row["answers"])),
    "id": lambda row: row["id"],
}
SOURCES: Columns = {
    "name": lambda row: row["name"],
    "type": lambda row: row["type"],
    "side": lambda row: row["side"],
    "claims": lambda row: row["claims"],
    "reliability": lambda row: row["reliability"],
    "grade": lambda row: row["grade"],
    "reasons": lambda row: _told(row["reasons"]),
    "forecasts": lambda row: _record(row["forecasts"]),
}
CONTROL: Columns = {
    "place": lambda row: row["place"],
    "known_by": lambda row: row["known_by"],
    "from": lambda row: row["from"],
    "to": lambda row: row["to"],
    "status": lambda row: row["status"],
    "belief": lambda row: "; ".join(f"{state}={chance}" for state, chance in row["belief"].items()),
    "claims": lambda row: "; ".join(row["claims"]),
}


def _answer(answer: Row) -> str:
    """An answer with its reports and its independent voices by side, and when it was first and last said."""
    said = [reports_and_voices(answer["reports"], answer["voices"])]
    if set(answer["sides"]) - {UNKNOWN_SIDE}:
        said.append(", ".join(f"{side} {count}" for side, count in answer["sides"].items()))
    if answer["first"]:
        last = answer["last"]
        said.append(f"said {answer['first']}" + (f" to {last}" if last != answer["first"] else ""))
    return f"{answer['value']} ({'; '.join(said)})"


def _of(columns: Columns, *names: str) -> Columns:
    return {name: columns[name] for name in names}


BRIEFLY: Mapping[str, Columns] = {
    "claims": {"says": lambda row: says(row), **_of(CLAIMS, "speaker", "side", "places", "when", "quote", "document")},
    "disputes": _of(DISPUTES, "aspect", "a_speaker", "a_quote", "b_speaker", "b_quote", "why"),
    "matters": {**_of(MATTERS, "question"), "told_of": lambda row: row["told_of"], **_of(MATTERS, "answers")},
    "sources": _of(SOURCES, "name", "type", "side", "claims", "reliability", "grade", "forecasts", "reasons"),
    "control": {**_of(CONTROL, "from", "to", "status", "belief"), "rests_on": lambda row: row["rests_on"]},
}
"""The columns that fit a terminal; ``timed`` and ``stretch_rows`` add what is not in the published rows."""

SPEAKERS = 2
"""Speakers named of those a stretch of control rests on."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula: such text is written after an apostrophe."""


def _record(record: Row | None) -> str:
    """A track record in a few words."""
    if record is None:
        return ""
    scored = f", {record['scored']} scored, Brier {record['brier']:.2f}" if record["scored"] else ", none scored"
    return f"{record['made']}{scored}"


def says(row: Row) -> str:
    """What a claim row says in few words, so that a denial, a plan or a doubt is not read as a plain statement.

    >>> says({"kind": "control", "holder": "RU", "polarity": "negative", "modality": "actual", "certainty": "certain"})
    'not control RU'
    """
    mode = _MODES.get(row["modality"], "")
    denied = "not " if row["polarity"] == Polarity.NEGATIVE else ""
    sure = _SURE.get(row["certainty"], "")
    return f"{mode}{denied}{' '.join(filter(None, (row['kind'], row['holder'])))}{sure}"


_MODES = {
    Modality.UNVERIFIED: "unverified: ",
    Modality.INTENDED: "intended: ",
    Modality.PREDICTED: "predicted: ",
    Modality.CONDITIONAL: "conditional: ",
}
_SURE = {
    Certainty.PROBABLE: " (probable)",
    Certainty.POSSIBLE: " (possible)",
    Certainty.UNDERSPECIFIED: " (not said how sure)",
}


def timed(rows: Iterable[Row], claims: Iterable[Claim]) -> Iterator[Row]:
    """Matter rows with the time their claims tell of (``told_of``), which tells questions of one wording apart."""
    whens = {claim.id: claim.when for claim in claims}
    for row in rows:
        spoken = [whens[name] for answer in row["answers"] for name in answer["claims"] if name in whens]
        days = sorted(day for when in spoken for day in (when.start, when.end) if day is not None)
        yield {**row, "told_of": "" if not days else " to ".join(dict.fromkeys((str(days[0]), str(days[-1]))))}


def stretch_rows(control: Row, claims: Iterable[Claim] = ()) -> Iterator[Row]:
    """A control row's stretches, each with the place and the day it was known by: what a table shows of it.

    ``rests_on`` says in few words how many claims a stretch rests on, and whose, as far as ``claims`` has them.
    """
    speakers = {claim.id: claim.speaker.name for claim in claims}
    for stretch in control["timeline"]:
        heard = [speakers[name] for name in stretch["claims"] if name in speakers]
        yield {
            "place": control["place"],
            "known_by": control["known_by"],
            **stretch,
            "rests_on": _rests_on(len(stretch["claims"]), tuple(dict.fromkeys(heard))),
        }


def _rests_on(claims: int, speakers: Sequence[str]) -> str:
    if not claims or not speakers:
        return count(claims, "claim")
    first, more = "; ".join(speakers[:SPEAKERS]), len(speakers) - SPEAKERS
    return f"{count(claims, 'claim')}: {first}{f'; and {more} more' if more > 0 else ''}"


def cells(row: Row, columns: Columns) -> list[str]:
    """A row's cells as text; null is empty."""
    return [_text(value(row)) for value in columns.values()]


def csv_lines(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    """CSV (RFC 4180) line by line, header first; text that a spreadsheet would run as a formula is defused."""
    yield csv_line(list(columns))
    for row in rows:
        yield csv_line([defused(value(row)) for value in columns.values()])


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def json_array(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON array, an object a line."""
    yield "["
    separator = "\n"
    for row in rows:
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def flat(row: Row) -> Columns:
    """Columns for a row without nested objects: its own keys, lists as JSON."""

    def column(name: str) -> Callable[[Row], Any]:
        return lambda one: json.dumps(one[name]) if isinstance(one[name], list) else one[name]

    return {name: column(name) for name in row}


def _told(reasons: Iterable[Row]) -> str:
    """Reasons one after the other; each is a sentence."""
    return " ".join(reason["detail"] for reason in reasons if reason["detail"])


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def defused(value: Any) -> str:
    """A cell's text (null is empty), which no spreadsheet runs as a formula."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(DANGEROUS) else text


def csv_line(values: list[str]) -> str:
    """One line of CSV (RFC 4180)."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(values)
    return buffer.getvalue()
