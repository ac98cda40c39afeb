"""Bytes made by coverage-guided mutation, read as a feed, as a sitemap and as a fragment of a page: ``python -m
tests.fuzz.feeds -runs=100000``. No exception but ours may escape, and what comes out can be stored.
"""

from __future__ import annotations

import logging
import sys
import warnings

import atheris

with atheris.instrument_imports(include=["fogline.sources", "feedparser"]):
    from fogline.sources import feeds, sitemaps
    from fogline.sources.fragments import text_of

from fogline.errors import InputError


def once(raw: bytes) -> None:
    """Read the bytes behind the first, which says as what."""
    kind, raw = raw[:1], raw[1:]
    try:
        if kind == b"s":
            told, further = sitemaps.addresses("fuzzed.xml", raw)
            assert all(address.startswith(("http://", "https://")) for address in map(str.lower, further))
        elif kind == b"h":
            text_of(raw.decode("utf-8", "replace")).encode()
            return
        else:
            told = feeds.entries("fuzzed.xml", raw)
            list(feeds.articles("fuzzed.xml", raw))
    except InputError:
        return
    for entry in told:
        assert not entry.url or entry.url.lower().startswith(("http://", "https://")), entry
        for value in (entry.text, entry.title, entry.outlet, entry.url, entry.published):
            value.encode()


if __name__ == "__main__":
    logging.disable()
    warnings.simplefilter("ignore")
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()
