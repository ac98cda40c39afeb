"""Days as pages write them in their metadata and in elements for dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from fogline import timex

MAX_TEXT = 120
"""Characters in the longest text that is read as a date."""

WEST, EAST = 9, 21
"""Hours of UTC before which it is still yesterday, and from which it is tomorrow already, somewhere news is made."""

_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|er|º|°)?\s+(?:d[e']\s*)?([^\W\d_]{3,12})\.?,?\s+(?:del?\s+)?((?:19|20)\d\d)(?!\d)"
)
_CLOCK = re.compile(r"[T ](\d\d):(\d\d)(?::\d\d)?(?:\.\d+)?\s?(Z|UTC|GMT)?([+-]\d\d:?\d\d)?$")

# The months of languages that timex does not read, January first; a word of three letters or more stands for the month that
# alone has it as its beginning.
_MONTHS = (
    "januar janvier enero gennaio janeiro stycznia januari ocak ianuarie ledna jänner",
    "februar février fevrier febrero febbraio fevereiro lutego februari şubat februarie února",
    "märz maerz mars marzo março marca maart mart martie března",
    "april avril abril aprile kwietnia nisan aprilie dubna",
    "mai mayo maggio maio maja mei mayıs května",
    "juni juin junio giugno junho czerwca haziran iunie června",
    "juli juillet julio luglio julho lipca temmuz iulie července",
    "august août aout agosto sierpnia augustus ağustos srpna",
    "september septembre septiembre settembre setembro września eylül septembrie září",
    "oktober octobre octubre ottobre outubro października ekim octombrie října",
    "november novembre noviembre novembro listopada kasım noiembrie listopadu",
    "dezember décembre diciembre dicembre dezembro grudnia december aralık decembrie prosince",
)

# English of these places writes the day first; where a page says "en" alone either may be meant.
_DAY_FIRST_ENGLISH = frozenset(("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za", "en-ng", "en-ke", "en-pk"))


def day(text: str, language: str = "") -> str:
    """The ISO 8601 day that a text names, the first of several; nothing where it names none to the day.

    ``language`` is the page's own, as HTML states it: by it "03/04/2023" has its day first, or its month, or is not read.

    >>> day("5. Oktober 2018, 10 Uhr"), day("05/10/2018", "pt-br"), day("05/10/2018", "en")
    ('2018-10-05', '2018-10-05', '')
    """
    text = text.strip()
    if not text or not any(character.isdigit() for character in text):
        return ""
    if match := _ISO_DAY.search(text[:60]):
        return valid(*match.groups())
    when = timex.publication(text[:MAX_TEXT])
    if when.start and when.start == when.end:
        return when.start.isoformat()
    return _slashed(text[:MAX_TEXT], language.lower()) or _named(text[:MAX_TEXT])


def valid(year: str, month: str, number: str) -> str:
    """The ISO 8601 day, or nothing where the calendar has none such."""
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def apart(one: str, other: str) -> int:
    """How many days lie between two."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def beside(told: str, written: str) -> str:
    """The other day that it can have been where a time in UTC was written: "01:30Z" is still yesterday in America,
    "22:30Z" tomorrow already in Kyiv, Moscow and Khartoum.
    """
    match = _CLOCK.search(written)
    if match is None or (match[4] and match[4].strip("+-0:")):
        return ""
    hour = int(match[1])
    return _moved(told, -1 if hour < WEST else 1 if hour >= EAST else 0)


def in_utc(written: str) -> bool:
    """Whether a moment is written in UTC, and says so."""
    match = _CLOCK.search(written)
    return match is not None and bool(match[3] or match[4]) and offset(written) is None


def clock(written: str) -> str:
    """The time of day at the end of a moment, as hours and minutes; nothing where there is none."""
    match = _CLOCK.search(written)
    return f"{match[1]}:{match[2]}" if match else ""


def offset(written: str) -> timezone | None:
    """The time zone that a moment is written in, where that is another than UTC."""
    match = _CLOCK.search(written)
    sign = match[4] if match else None
    if not sign or not sign.strip("+-0:"):
        return None
    minutes = int(sign[1:3]) * 60 + int(sign[-2:])
    return timezone(timedelta(minutes=-minutes if sign[0] == "-" else minutes)) if minutes < 24 * 60 else None


def in_zone(told: str, written: str, zone: timezone) -> str:
    """The day in a time zone of a moment that is written in UTC; nothing where no time is."""
    match = _CLOCK.search(written)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return ""
    moment = datetime.fromisoformat(f"{told}T{match[1]}:{match[2]}").replace(tzinfo=UTC)
    try:
        return moment.astimezone(zone).date().isoformat()
    except OverflowError:
        return ""


def _moved(told: str, by: int) -> str:
    try:
        return (date.fromisoformat(told) + timedelta(days=by)).isoformat() if by else ""
    except OverflowError:
        return ""


def _slashed(text: str, language: str) -> str:
    match = _SLASHED.search(text)
    if match is None:
        return ""
    if language == "en-us":
        return valid(match[3], match[1], match[2])
    day_first = language in _DAY_FIRST_ENGLISH or (language and language.partition("-")[0] != "en")
    return valid(match[3], match[2], match[1]) if day_first else ""


def _named(text: str) -> str:
    match = _NAMED.search(text)
    month = _month(match[2].lower()) if match else 0
    return valid(match[3], str(month), match[1]) if match and month else ""


@cache
def _month(word: str) -> int:
    begun = [n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names.split())]
    return begun[0] if len(begun) == 1 else 0
