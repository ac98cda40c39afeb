"""Who took the picture, who wrote the piece, where and when it was filed: the credits in and around prose."""

from __future__ import annotations

import re
from functools import cache

from fogline.clean.lexicon import lexicon
from fogline.clean.lines import Line
from fogline.model import Furniture, FurnitureKind, Span

MAX_CAPTION = 400
"""Characters in the longest line that is a caption as a whole because it ends in a credit."""

_NAME = r"[^\W\d_a-zа-яіїєґё][\w.'’‑-]*(?: (?:[^\W\d_a-zа-яіїєґё][\w.'’‑-]*|de|van|der|von|al|el|bin|la|du|di))"
_UPPER = "A-ZА-ЯІЇЄҐЁ"
_DATE = (
    r"(?:\d{1,2}\.? ?[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2})(?:,? \d{4})?"
    r"|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{4}-\d\d-\d\d"
)
_CITY = rf"[{_UPPER}][{_UPPER}'’ʼ.-]+(?:[ /][{_UPPER}][{_UPPER}'’ʼ.-]*){{0,3}}"
_COUNTRY = rf"(?:, [{_UPPER}][\w .]{{2,25}}?)"
_DASH = r"\s{0,2}(?:[—–―]|--?|:)\s{0,2}"
_DATELINE = re.compile(
    # "(The Valley Courier)- ", "KYIV, Sept 10 (Reuters) — ", "LONDON (AP) - "
    rf"(?:{_CITY}{_COUNTRY}?(?:, (?:{_DATE}))?,? ?)?\((?P<outlet>[{_UPPER}][\w&.'’/ -]{{1,40}})\){_DASH}"
    # "KYIV, 10 September 2022 — ", "МОСКВА, 10 сен — Вестник. "
    rf"|{_CITY}{_COUNTRY}?,? (?:{_DATE})(?:\s{{0,2}}[—–―]|\s--?)\s{{0,2}}"
    rf"(?:(?P<agency>[{_UPPER}][\w-]+(?: [{_UPPER}][\w-]+){{0,2}})\.\s+(?=[\"«“]?[{_UPPER}]))?"
    # "KYIV, Ukraine — "
    rf"|{_CITY}{_COUNTRY}\s{{0,2}}[—–―]\s{{0,2}}"
)
_BYLINE = re.compile(
    r"(?:(?i:by|від|автор|автор[:,]|от|written by|story by|text by|from)\s+)"
    rf"{_NAME}{{0,3}}(?:(?:,? (?:and|та|і|и|&) |, ){_NAME}{{0,3}}){{0,4}}(?:\s?[,|/–—-]\s?[\w .,'’&:|/–—+-]{{0,80}})?"
    r"(?:,? (?:and|with) (?:our |the )?(?:staff|agencies|wires|correspondents?|wire services))?"
)
_NAMED = re.compile(rf"(?:[{_UPPER}][\w.'’&-]*(?: (?:of |the |and )?[{_UPPER}][\w.'’&-]*){{0,5}}\s?[,|•·–—]\s*){{1,2}}")
_DESK = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|edited|compiled|translated) by ", re.IGNORECASE
)
_STAMP = re.compile(
    rf"(?:(?:[^\W\d_]{{3,12}},? )?(?:{_DATE})(?:,? \d{{4}})?(?: ?(?:р|г)\.?)?[,\s|–—-]{{0,4}})?"
    r"(?:(?:at |о |в )?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?)?"
    r"(?:\s?\(?(?:UTC|GMT|EET|EEST|MSK|CET|CEST|BST|EST|EDT|ET|(?:local|Kyiv|Moscow) time)(?:[+-]\d{1,2})?\)?)?",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:(?:the )?(?:situation|status|data|information|figures?|interview|article|report|text|story|update|recorded) )?"
    r"(?:(?:is |are |was )?(?:as (?:of|at)|current as of|valid as of|published|posted|issued|released|recorded|filed)(?: on)?):? "
    r"(?:\d{1,2}[:.]\d\d(?: hours| hrs)?,? (?:on )?)?",
    re.IGNORECASE,
)
_HINT = re.compile(r"[/|©]|\bvia |, for |\b(?:[Pp]hoto|[Ii]mage|[Фф]ото)\b")
_NUMBERED_DATE = re.compile(r"\d")


@cache
def _in_brackets() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in lexicon().credits)
    return re.compile(
        rf"[(\[](?:{words})(?: by| credit| courtesy(?: of)?)?\s?[:/–—-]\s?[^()\[\]\n]{{1,80}}[)\]]\.?", re.IGNORECASE
    )


@cache
def _at_end() -> re.Pattern[str]:
    agencies = "|".join(re.escape(name) for name in lexicon().agencies)
    return re.compile(
        rf"(?:(?:[©(\[]\s?)?{_NAME}{{1,3}}\s?(?:/|\bvia\b|\||, for)\s?(?:{agencies})"
        r"(?:\s?/\s?[\w ]{2,30}| via [\w ]{2,30})?"
        rf"|(?:{agencies})\s?/\s?{_NAME}{{0,3}}"
        rf"|(?:©|[Pp]hoto(?: by)?:|[Ii]mage(?: by)?:|[Фф]ото:)\s?[^.!?\n]{{2,60}})[)\]]?\.?$"
    )


def captions(line: Line) -> tuple[Furniture, ...]:
    """The picture captions and credits on a line.

    A short line that ends in a credit is a caption as a whole; in a longer one the sentence that the credit belongs to.
    """
    text = line.text
    found: list[Furniture] = []
    if "(" in text or "[" in text:
        last = 0
        for match in _in_brackets().finditer(text):
            found.append(_caption(line, last, match.start(), match.end()))
            last = match.end()
    tail = max(0, len(text) - 160)
    done = found[-1].span.end - line.start if found else 0
    credit = _at_end().search(text, max(tail, done)) if _HINT.search(text, max(tail, done)) else None
    if credit:
        found.append(_caption(line, done, credit.start(), credit.end()))
    return tuple(found)


def _caption(line: Line, after: int, credit: int, end: int) -> Furniture:
    """From where the credited sentence begins (not before ``after``) to the end of the credit."""
    text = line.text
    start = after
    if credit - after > MAX_CAPTION or len(re.findall(r"[.!?…][\"”’»)]?\s", text[after:credit].rstrip() + " ")) > 2:
        breaks = [m.end() for m in re.finditer(r"[.!?…][\"”’»)]?\s+", text[after:credit].rstrip())]
        start = after + breaks[-1] if breaks else credit
        if text[start:credit].strip() == "" or credit - start > MAX_CAPTION:
            start = credit
    while start < end and text[start].isspace():
        start += 1
    return Furniture(Span(line.start + start, line.start + end), FurnitureKind.CAPTION)


def byline(line: Line) -> bool:
    """Whether a line says who wrote the piece, or when it was put out, and nothing else."""
    text = line.text
    if len(text) > 250:
        return False
    if _DESK.match(text):
        return line.words <= 40
    if line.words > 16 or line.ends:
        return False
    return _BYLINE.fullmatch(text) is not None or stamp(text) or _named_and_dated(text) or _status_and_dated(text)


def _named_and_dated(text: str) -> bool:
    """Whether a line is a name or two, or a place, and a date: "Valley Courier, 3 March 2022"."""
    match = _NAMED.match(text)
    return match is not None and re.search(r"\d{4}", text) is not None and stamp(text[match.end() :])


def _status_and_dated(text: str) -> bool:
    """Whether a line says as of when it holds, or when it came out: "As of 3 March 2022", "Interview published 3 March"."""
    match = _STATUS.match(text)
    return match is not None and stamp(text[match.end() :])


def stamp(text: str) -> bool:
    """Whether a text is a date, a time of day or both, and nothing else."""
    return len(text) <= 60 and _NUMBERED_DATE.search(text) is not None and _STAMP.fullmatch(text) is not None


def dateline(text: str) -> tuple[int, str] | None:
    """Where the place, day and agency before the first words of a report end, and the agency.

    >>> dateline("KYIV, Sept 10 (Hill Post) — The bridge stands.")
    (28, 'Hill Post')
    """
    match = _DATELINE.match(text[:160])
    return (match.end(), match["outlet"] or match["agency"] or "") if match else None
