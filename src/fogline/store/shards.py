"""Shards of readings as Parquet files: what workers write and the one writer of a ledger loads.

A file is named by what went in (the articles, the way of reading), so that a shard that was read is known by its name and
is not read again. It appears whole or not at all, and bears a digest of what it holds.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from fogline.errors import DamagedShard, UsageError
from fogline.model import Article, Claim, Document, Failure, Given, Reading, Run
from fogline.model.identity import fingerprint
from fogline.store.encoding import from_json, to_json
from fogline.store.folders import Folder

LAYOUT = 1
"""Counts up whenever the columns change."""

_TEXTS = ("id", "name", "media_type", "given", "document", "claims", "problem", "remedy")
_CLAIMS = tuple[Claim, ...]


def name_of(run: Run, articles: Iterable[Article]) -> str:
    """The name of the file of these articles, in this order, as that run reads them."""
    return fingerprint("shard", LAYOUT, run.id, *(article.id for article in articles)) + ".parquet"


def write(folder: Folder, name: str, articles: Sequence[Article], outcomes: Sequence[Reading | Failure]) -> None:
    """Write a shard: one row for each reading and each failure, in the order of the articles.

    Raises ``ShardsError`` where the folder cannot be written, ``UsageError`` where pyarrow is not installed.
    """
    arrow, parquet = _needing("pyarrow"), _needing("pyarrow.parquet")
    order = {article.id: number for number, article in enumerate(articles)}
    read = [one for one in outcomes if isinstance(one, Reading)]
    rows = [_of_reading(one) for one in sorted(read, key=lambda one: order[one.article.id])]
    rows += sorted((_of_failure(one) for one in outcomes if isinstance(one, Failure)), key=lambda row: row["name"])
    schema = _schema(arrow).with_metadata({"fogline": f"shard {LAYOUT}", "digest": _digest(rows)})
    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    folder.write(name, buffer.getvalue())


def load(folder: Folder, name: str) -> tuple[Reading | Failure, ...]:
    """What a shard holds. Raises ``ShardsError`` where it cannot be read, ``DamagedShard`` for what is none."""
    arrow, parquet = _needing("pyarrow"), _needing("pyarrow.parquet")
    raw = folder.read(name)
    try:
        table = parquet.read_table(io.BytesIO(raw))
        rows = table.to_pylist()
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _damaged(folder, name) from error
    if not table.schema.equals(_schema(arrow)) or table.schema.metadata.get(b"digest") != _digest(rows).encode():
        raise _damaged(folder, name)
    return tuple(_to_outcome(row) for row in rows)


def _schema(arrow: ModuleType) -> Any:
    return arrow.schema([*((text, arrow.string()) for text in _TEXTS), ("raw", arrow.binary())])


def _digest(rows: Iterable[dict[str, Any]]) -> str:
    """The SHA-256 of all cells, each after its length."""
    seen = hashlib.sha256()
    for row in rows:
        for column in (*_TEXTS, "raw"):
            cell = row.get(column) or b""
            raw = cell.encode() if isinstance(cell, str) else cell
            seen.update(len(raw).to_bytes(8, "big") + raw)
    return seen.hexdigest()


def _damaged(folder: Folder, name: str) -> DamagedShard:
    return DamagedShard(
        f"{folder.where(name)}: the shard is damaged.", "It was thrown away; build again to read it anew."
    )


def _of_reading(reading: Reading) -> dict[str, Any]:
    article = reading.article
    return {
        "id": article.id,
        "name": article.name,
        "media_type": article.media_type,
        "given": to_json(article.given),
        "document": to_json(reading.document),
        "claims": to_json(reading.claims),
        "problem": "",
        "remedy": "",
        "raw": article.raw,
    }


def _of_failure(failure: Failure) -> dict[str, Any]:
    return {"id": "", "name": failure.name, "problem": failure.problem, "remedy": failure.remedy}


def _to_outcome(row: dict[str, Any]) -> Reading | Failure:
    if row["problem"]:
        return Failure(name=row["name"], problem=row["problem"], remedy=row["remedy"])
    given = from_json(Given, row["given"])
    article = Article(name=row["name"], raw=row["raw"], media_type=row["media_type"], given=given)
    return Reading(
        article=article, document=from_json(Document, row["document"]), claims=from_json(_CLAIMS, row["claims"])
    )


def _needing(module: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(
            "Shards need pyarrow, which is not installed.",
            "Install it with: pip install 'fogline[shards]', or leave --shards out.",
        ) from error
