"""From bytes to text: which encoding the bytes are in."""

from __future__ import annotations

import codecs
import re

from fogline.clean.legacy import best_single_byte
from fogline.errors import NotText

_BOMS = (
    # UTF-32 first: its mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b")))

SAMPLE = 65_536
"""Bytes looked at where looking at all of them would teach nothing more."""

STRAY = 4
"""Control characters that a text of any length may have."""

MAX_CONTROLS = 0.005
"""Share of control characters over which bytes are not text: compressed data has about .1, text stray ones at most."""


def decode(raw: bytes, *, markup: bool = False, charset: str = "") -> str:
    """The text in ``raw``, newlines as they are, without a byte order mark; ``markup``: HTML, which may name a charset.

    A byte order mark decides; then strict UTF-8, whatever else is declared; then UTF-16 by the place of its zero bytes;
    then a charset that is declared or guessed. ``charset`` came with the bytes, as from a server, and goes
    before what the page says. Raises ``NotText`` for bytes that are none of these.

    >>> decode("Купʼянськ — місто".encode("utf-16"))
    'Купʼянськ — місто'
    """
    what = next((name for signature, name in _SIGNATURES if raw.startswith(signature)), "")
    if what:
        raise NotText(f"It is not text but {what}.", "Save its text as .txt, .md or .html first.")
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace")
            _refuse_controls(text[:SAMPLE].encode("utf-8", "replace"))
            return text
    if b"\0" in raw:
        return _with_zeros(raw)
    _refuse_controls(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        stated = _usable(charset), _declared(raw) if markup else ""
        return _damaged(raw) or _legacy(raw, tuple(dict.fromkeys(name for name in stated if name)))


def _with_zeros(raw: bytes) -> str:
    """UTF-16 without a mark: in any alphabet its spaces and newlines have one zero byte, all on the same side."""
    even, odd = raw[:SAMPLE:2], raw[1:SAMPLE:2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        # The high bytes of Latin, Cyrillic, Arabic or Hebrew text, and of its punctuation, are few and below 0x21.
        if high and sum(byte < 0x21 for byte in high) >= 0.9 * len(high) and low.count(0) <= 0.05 * len(low):
            text = raw[: len(raw) // 2 * 2].decode(encoding, "replace")
            _refuse_controls(text[:SAMPLE].encode("utf-8", "replace"))
            return text
    _refuse_controls(raw)
    return raw.decode("utf-8", "replace")


def _refuse_controls(raw: bytes) -> None:
    for sample in (raw[:SAMPLE], raw[-SAMPLE:]):
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        if controls > STRAY + MAX_CONTROLS * len(sample) or controls * 2 > len(sample):
            raise NotText(
                f"It is not text: {controls} of {len(sample)} bytes looked at are control characters.",
                "Save its text as .txt, .md or .html first.",
            )


def _damaged(raw: bytes) -> str:
    """UTF-8 with a few broken bytes, or cut off in a character: better than any other reading of it. Else nothing."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text[:SAMPLE]) - text[:SAMPLE].count("\ufffd")
    return text if whole >= 5 and broken <= 0.05 * whole * max(1, len(text) / SAMPLE) else ""


def _declared(raw: bytes) -> str:
    match = _DECLARED.search(raw[:SAMPLE]) or _DECLARED_XML.search(raw[:200])
    return _usable(match[1].decode("ascii", "replace")) if match else ""


def _usable(charset: str) -> str:
    """The name of a charset that is known and can be tried on bytes that are no UTF-8; else nothing."""
    try:
        name = codecs.lookup(charset).name if charset else ""
        # A name can also stand for a transformation that is no charset ("rot13", "zip").
        b"a".decode(name or "ascii", "replace")
    except (LookupError, ValueError):
        return ""
    # Strict UTF-8 failed, and UTF-16 cannot name itself in single bytes.
    return "" if name.startswith("utf") else name


def _legacy(raw: bytes, declared: tuple[str, ...]) -> str:
    # Only lines with bytes beyond ASCII tell encodings apart.
    telling = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())[:SAMPLE]
    guess = best_single_byte(telling, declared)
    if guess:
        return raw.decode(guess, "replace")
    if declared:
        return raw.decode(next((name for name in declared if _fits(raw, name)), declared[0]), "replace")
    # Imported here: it is slow to load and rarely needed.
    from charset_normalizer import from_bytes

    best = from_bytes(telling).best()
    if best is None:
        raise NotText("Its bytes are not text in any encoding that was tried.", "Save it again as UTF-8.")
    return raw.decode(best.encoding, "replace")


def _fits(raw: bytes, charset: str) -> bool:
    try:
        raw.decode(charset)
    except UnicodeDecodeError:
        return False
    return True
