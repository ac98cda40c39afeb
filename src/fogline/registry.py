"""Names to ``"module:Class"``: what ships with fogline, and what other packages add by entry point."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from fogline.errors import UnknownName

SHIPPED: dict[str, dict[str, str]] = {
    "source": {
        "sitemap": "fogline.sources.sitemaps:SitemapSource",
        "warc": "fogline.sources.warc:WarcSource",
        "pdf": "fogline.sources.pdf:PdfSource",
        "feed": "fogline.sources.feeds:FeedSource",
        "telegram": "fogline.sources.telegram:TelegramSource",
        "table": "fogline.sources.tables:TableSource",
        "mail": "fogline.sources.mail:MailSource",
        "jsonl": "fogline.sources.json_lines:JsonLinesSource",
        "files": "fogline.sources.files:FileSource",
    },
    "store": {
        "memory": "fogline.store.memory:MemoryLedger",
        "sqlite": "fogline.store.sqlite:SqliteLedger",
        "postgresql": "fogline.store.postgres:PostgresLedger",
    },
    "export": {
        "claims.csv": "fogline.publish.exports.tabular:ClaimsCsv",
        "links.csv": "fogline.publish.exports.tabular:LinksCsv",
        "control.csv": "fogline.publish.exports.tabular:ControlCsv",
        "codebook.csv": "fogline.publish.exports.tabular:Codebook",
        "claims.jsonl": "fogline.publish.exports.tabular:ClaimsJsonLines",
        "links.jsonl": "fogline.publish.exports.tabular:LinksJsonLines",
        "control.jsonl": "fogline.publish.exports.tabular:ControlJsonLines",
        "claims.schema": "fogline.publish.exports.tabular:ClaimsSchema",
        "links.schema": "fogline.publish.exports.tabular:LinksSchema",
        "control.schema": "fogline.publish.exports.tabular:ControlSchema",
        "control.geojson": "fogline.publish.exports.geo:ControlGeoJson",
        "claims.parquet": "fogline.publish.exports.parquet:ClaimsParquet",
        "links.parquet": "fogline.publish.exports.parquet:LinksParquet",
        "control.parquet": "fogline.publish.exports.parquet:ControlParquet",
        "stix": "fogline.publish.exports.stix:Stix",
        "followthemoney": "fogline.publish.exports.followthemoney:FollowTheMoney",
        "claimreview": "fogline.publish.exports.claim_review:ClaimReview",
        "prov": "fogline.publish.exports.prov:Prov",
    },
    "translations": {"names": "fogline.link.translated:SharedNames"},
    "engine": {
        "serial": "fogline.engine.serial:SerialEngine",
        "pool": "fogline.engine.pool:PoolEngine",
        "ray": "fogline.engine.cluster:RayEngine",
    },
}
"""What ships, by seam and name."""


def names(seam: str) -> tuple[str, ...]:
    """The names there are for a seam, shipped ones first."""
    return tuple(_table(seam))


def pick(seam: str, name: str) -> Any:
    """The class registered under ``name`` for a seam.

    Raises ``UnknownName``, with what there is, for a name that is not there.

    >>> pick("engine", "serial").__name__
    'SerialEngine'
    """
    table = _table(seam)
    if name not in table:
        near = get_close_matches(name, table, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownName(f"No {seam} is named {name!r}.", f"There are: {', '.join(table)}.{guess}")
    module, _, attribute = table[name].partition(":")
    return getattr(import_module(module), attribute)


@cache
def _table(seam: str) -> dict[str, str]:
    outside = {point.name: point.value for point in entry_points(group=f"fogline.{seam}")}
    return {**SHIPPED.get(seam, {}), **outside}
