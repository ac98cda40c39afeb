"""A ledger as a lake: partitioned Parquet files under a manifest that names each of them by hash (through pyarrow).

Partitions are folders ``column=value``, as Hive, DuckDB, Spark and Arrow read them. The same account gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fogline.model import Account, Document
from fogline.publish.exports import flat
from fogline.publish.exports.columns import CLAIMS, Cell, Column, column, control_columns
from fogline.publish.exports.parquet import parquet_of
from fogline.publish.rows import Row, iso, published

MANIFEST = "manifest.json"
LAYOUT = 1
"""Counts up whenever a table or column is renamed or taken away."""

PART = 100_000
"""Rows of a file at most."""

UNDATED = "undated"
"""The month of what bears no date."""

_MONTH = column(
    "month", "#date+published+month", "Month in which the document was published; undated where that is open."
)
_DAYS = (
    column("published_from", "#date+published+start", "First day on which it may have been published.", Cell.DAY),
    column("published_to", "#date+published+end", "Last such day.", Cell.DAY),
)
_DOCUMENTS = (
    column("id", "#meta+document+id", "The document's name by content.", required=True),
    column("name", "#meta+document+name", "Its file or address.", required=True),
    column("outlet", "#meta+source+outlet", "Who published it."),
    column("title", "#meta+document+title", "Its title."),
    column("url", "#meta+url", "Its address, where known."),
    column("language", "#meta+language", "Its language (ISO 639-1)."),
    column("published", "#date+published+edtf", "When it was published (EDTF)."),
    *_DAYS,
    column("sha256", "#meta+document+hash", "SHA-256 of its stored bytes.", required=True),
    column("characters", "#meta+length+num", "Length of its text.", Cell.WHOLE, required=True),
)
_FAMILIES = (
    column("id", "#meta+family+id", "The family's name by content.", required=True),
    column("root", "#meta+claim+id+root", "The claim that was first, or that the others credit.", required=True),
    column("members", "#meta+claim+id+list", "All its claims, in reading order.", Cell.TEXTS, required=True),
    column("reasons", "#description+reasons", "Why they are one voice.", Cell.TEXTS, required=True),
)
_LINKS = (
    column("id", "#meta+link+id", "The link's name by content.", required=True),
    column("relation", "#status+relation", "What claim a is to claim b.", required=True),
    column("aspect", "#status+aspect", "In what they meet.", required=True),
    column("a", "#meta+claim+id+a", "The first claim.", required=True),
    column("b", "#meta+claim+id+b", "The second claim.", required=True),
    column("reasons", "#description+reasons", "Why, each reason a sentence.", Cell.TEXTS, required=True),
)
_ANSWERS = (
    column("matter", "#meta+matter+id", "The matter's name by content.", required=True),
    column("question", "#description+question", "What is asked.", required=True),
    column("place", "#loc+name", "Of which place."),
    column("aspect", "#status+aspect", "In what the claims meet.", required=True),
    column("answer", "#status+answer", "One answer to it.", required=True),
    column("voices", "#indicator+voices+num", "Independent voices that give it.", Cell.WHOLE, required=True),
    column("first", "#date+start", "Day on which it was first published.", Cell.DAY),
    column("last", "#date+end", "Day on which it was last published.", Cell.DAY),
    column("claims", "#meta+claim+id+list", "The claims that give it.", Cell.TEXTS, required=True),
    column("families", "#meta+family+id+list", "Their families.", Cell.TEXTS, required=True),
)
_SOURCES = (
    column("name", "#contact+name", "The speaker or outlet.", required=True),
    column("type", "#contact+type", "Person, organisation, group or outlet.", required=True),
    column("side", "#group+side", "Whose side it is on.", required=True),
    column("claims", "#indicator+claims+num", "How many claims it makes.", Cell.WHOLE, required=True),
    column("reliability", "#indicator+reliability+num", "Chance that it is right, 0 to 1.", Cell.NUMBER, required=True),
    column("grade", "#severity+source+code", "The same as an Admiralty letter.", required=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a lake; ``by`` names the column that its folders tell, which is not in the files."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[Account], Iterator[Row]]
    by: Column | None = None


def tables(account: Account) -> tuple[Table, ...]:
    """The tables there are; the columns of control are a theatre's."""
    relation = next(one for one in _LINKS if one.name == "relation")
    rest = tuple(one for one in _LINKS if one is not relation)
    control = control_columns(flat.states_of(account))
    return (
        Table(name="claims", says="Who claims what.", columns=(*CLAIMS, *_DAYS), rows=_claims, by=_MONTH),
        Table(name="documents", says="Where it stands.", columns=_DOCUMENTS, rows=_documents, by=_MONTH),
        Table(name="families", says="Which claims are one voice.", columns=_FAMILIES, rows=_families),
        Table(name="links", says="How two claims stand to each other.", columns=rest, rows=_links, by=relation),
        Table(name="answers", says="What is answered to each matter.", columns=_ANSWERS, rows=_answers),
        Table(name="control", says="Who is assessed to hold what.", columns=control, rows=flat.control_rows),
        Table(name="sources", says="How reliable each voice is.", columns=_SOURCES, rows=_sources),
    )


def files(account: Account) -> Iterator[tuple[str, bytes]]:
    """Every file of the lake by its path within it, the manifest last. Raises ``UsageError`` without pyarrow."""
    told = []
    for table in tables(account):
        parts = []
        for path, rows in _parts(table, account):
            raw = parquet_of(table.columns, rows)
            yield path, raw
            digest = hashlib.sha256(raw).hexdigest()
            parts.append({"path": path, "rows": len(rows), "bytes": len(raw), "sha256": digest})
        told.append(_told(table, parts))
    yield MANIFEST, (json.dumps(_manifest(account, told), ensure_ascii=False, indent=1) + "\n").encode()


def _parts(table: Table, account: Account) -> Iterator[tuple[str, Sequence[Row]]]:
    """Path and rows of each file; a table without rows has one file all the same, so that it can be asked."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows(account):
        held[str(table.by.value(row)) if table.by else ""].append(row)
    for key in sorted(held) or [UNDATED if table.by else ""]:
        folder = f"{table.name}/{table.by.name}={key}" if table.by else table.name
        rows = held[key]
        for number, start in enumerate(range(0, max(1, len(rows)), PART)):
            yield f"{folder}/part-{number:04}.parquet", rows[start : start + PART]


def _told(table: Table, parts: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [*table.columns, *([table.by] if table.by else [])]
    return {
        "name": table.name,
        "about": table.says,
        "partitioned_by": table.by.name if table.by else None,
        "rows": sum(part["rows"] for part in parts),
        "columns": [{"name": c.name, "cell": c.cell.value, "about": c.says, "hxl": c.hxl} for c in columns],
        "files": parts,
    }


def _manifest(account: Account, told: list[dict[str, Any]]) -> dict[str, Any]:
    runs = [{"id": run.id, "extractor": run.extractor, "version": run.version} for run, _ in account.runs]
    return {
        "format": "fogline-lake",
        "layout": LAYOUT,
        "fogline": account.version,
        "theatre": account.theatre.name,
        "place": account.place or None,
        "known_by": iso(account.known_by),
        "runs": runs,
        "tables": told,
    }


def _when(document: Document) -> Row:
    start = document.published.start if document.published.known else None
    return {
        "published_from": iso(document.published.start),
        "published_to": iso(document.published.end),
        "month": f"{start:%Y-%m}" if start and document.published.end else UNDATED,
    }


def _claims(account: Account) -> Iterator[Row]:
    for row in flat.claim_rows(account):
        yield {**row, **_when(account.documents[row["document_id"]])}


def _documents(account: Account) -> Iterator[Row]:
    for document in sorted(account.documents.values(), key=lambda one: (one.name, one.id)):
        yield {
            "id": document.id,
            "name": document.name,
            "outlet": document.outlet or None,
            "title": document.title or None,
            "url": document.url or None,
            "language": document.language or None,
            "published": published(document.published),
            "sha256": account.hashes[document.id],
            "characters": len(document.text),
            **_when(document),
        }


def _families(account: Account) -> Iterator[Row]:
    kept = {claim.id for claim in account.claims}
    for family in account.conclusions.families:
        if kept & set(family.members):
            reasons = [reason.detail for reason in family.reasons if reason.detail]
            yield {"id": family.id, "root": family.root, "members": list(family.members), "reasons": reasons}


def _links(account: Account) -> Iterator[Row]:
    kept = {claim.id for claim in account.claims}
    for link in account.conclusions.links:
        if {link.a, link.b} & kept:
            reasons = [reason.detail for reason in link.reasons if reason.detail]
            told = {"id": link.id, "relation": link.relation.value, "aspect": link.aspect, "a": link.a, "b": link.b}
            yield {**told, "reasons": reasons}


def _answers(account: Account) -> Iterator[Row]:
    kept = {claim.id for claim in account.claims}
    for matter in account.conclusions.matters:
        if not any(kept & set(answer.claims) for answer in matter.answers):
            continue
        asked = {"matter": matter.id, "question": matter.question, "place": matter.place, "aspect": matter.aspect}
        for answer in matter.answers:
            yield {
                **asked,
                "answer": answer.value,
                "voices": answer.voices,
                "first": iso(answer.first),
                "last": iso(answer.last),
                "claims": list(answer.claims),
                "families": list(answer.families),
            }


def _sources(account: Account) -> Iterator[Row]:
    for grade in account.conclusions.sources:
        yield {
            "name": grade.name,
            "type": grade.type.value,
            "side": grade.side,
            "claims": grade.claims,
            "reliability": grade.reliability,
            "grade": grade.grade,
        }
