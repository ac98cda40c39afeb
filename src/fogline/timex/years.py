"""Years, runs of years, decades, centuries and seasons."""

from __future__ import annotations

from fogline.timex import values
from fogline.timex.absolute import counts, skip_year_word, year_number
from fogline.timex.lexicon import COUNTED, SEASONS, YEAR_WORDS, words
from fogline.timex.numbers import ORDINAL_ENDINGS, ORDINALS
from fogline.timex.reading import Fixed, Found, Partial, Shifted, To
from fogline.timex.shifts import in_year, named_season, this_season
from fogline.timex.tokens import Tokens

_BEFORE_YEAR = words("year_leads")
_OWNERS = frozenset({"the", "its", "their", "his", "her", "our", "s", "a"})
_DECADE_WORDS = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "upcoming": 1}
_NOT_SEASONS = frozenset({"fall", "spring"})
_SEASON_LEADS = words("season_leads")


def at_year(tokens: Tokens, i: int) -> Found | None:
    """A year, a run of years or a decade in digits at ``i``, where the words beside it show that it is one."""
    year = year_number(tokens, i)
    if year is None:
        return _decade(tokens, i)
    j = i + 1
    if tokens.words[j] == "s" and tokens.touches(j):
        return _decade(tokens, i)
    run = _run(tokens, i, year)
    if run is not None:
        return run
    if tokens.words[j] in YEAR_WORDS:
        return Found(i, skip_year_word(tokens, j), Partial(year=year), lone=True)
    if counts(tokens, j) or tokens.words[j] in ORDINAL_ENDINGS:
        return None
    return Found(i, j, Partial(year=year), lone=True) if _dates(tokens, i) else None


def _dates(tokens: Tokens, i: int) -> bool:
    """Whether the words around a four-digit number show a year."""
    before, after = tokens.words[i - 1], tokens.words[i + 1]
    if before in _BEFORE_YEAR:
        return True
    if before in _OWNERS:
        return after.isalpha() and after not in COUNTED
    if before == "-" and tokens.touches(i):
        return tokens.words[i - 2] in ("mid", "early", "late", "pre", "post")
    if before in ("", "\n") and after in ("", "\n"):
        return True  # alone in its line: it heads what follows
    if before in ("(", "[") and after in (")", "]", ",", ";"):
        return True
    return before in ("and", "to", "or", ",") and tokens.words[i - 2] in _BEFORE_YEAR


def _run(tokens: Tokens, i: int, year: int) -> Found | None:
    """Such as "2014-2022", "2014 to 2022" after "from", "2022-23", "2022/23"."""
    joint = tokens.words[i + 1]
    if joint in ("-", "/"):
        other = year_number(tokens, i + 2)
        if other is not None and other > year and not counts(tokens, i + 3):
            return Found(i, skip_year_word(tokens, i + 3), Partial(year=year), Partial(year=other))
        short = tokens.number(i + 2, 2)
        if short is not None and len(tokens.words[i + 2]) == 2 and tokens.touches(i + 1) and tokens.touches(i + 2):
            whole = year - year % 100 + short
            if whole > year and _unjoined(tokens, i + 3):
                return Found(i, i + 3, Partial(year=year), Partial(year=whole))
        return None
    if (joint, tokens.words[i - 1]) in (("to", "from"), ("until", "from"), ("and", "between")):
        other = year_number(tokens, i + 2)
        if other is not None and other > year:
            return Found(i, i + 3, Partial(year=year), Partial(year=other))
    return None


def _unjoined(tokens: Tokens, i: int) -> bool:
    return not (tokens.touches(i) and tokens.words[i] in ("-", "/", "."))


def _decade(tokens: Tokens, i: int) -> Found | None:
    """Such as "1990s", "'90s"."""
    word = tokens.words[i]
    number = tokens.number(i, 4)
    if number is None or number % 10 or tokens.words[i + 1] != "s" or not tokens.touches(i + 1):
        return None
    if len(word) == 4 and 1800 <= number <= 2199:
        return _years(i, i + 2, number, 10)
    if len(word) == 2 and tokens.words[i - 1] in ("'", "the"):
        first = i - 1 if tokens.words[i - 1] == "'" and tokens.touches(i) else i
        return _years(first, i + 2, number + (1900 if number >= 30 else 2000), 10)
    return None


def at_decade_word(tokens: Tokens, i: int) -> Found | None:
    """Such as "the nineties"."""
    first = _DECADE_WORDS.get(tokens.words[i])
    if first is None or tokens.words[i - 1] not in ("the", "early", "mid", "late", "-"):
        return None
    return _years(i, i + 1, first, 10)


def at_century(tokens: Tokens, i: int) -> Found | None:
    """Such as "the 20th century", "nineteenth-century" by its word "century"."""
    k = i - 2 if tokens.words[i - 1] == "-" else i - 1
    if tokens.words[k] in ORDINAL_ENDINGS and tokens.touches(k):
        number, first = tokens.number(k - 1, 2), k - 1
    else:
        number, first = ORDINALS.get(tokens.words[k]), k
    if number is None or not 1 <= number <= 22:
        return None
    return _years(first, i + 1, (number - 1) * 100, 100)


def _years(first: int, last: int, year: int, length: int) -> Found | None:
    edtf = f"{year // length:0{3 if length == 10 else 2}}" + ("X" if length == 10 else "XX")
    when = values.years(max(year, 2), year + length - 1, edtf)
    return None if when is None else Found(first, last, Fixed(when))


def at_season(tokens: Tokens, i: int) -> Found | None:
    """A season at ``i``: "spring 2023", "winter of 2022-23", "this winter", "in the summer", "last fall"."""
    code = SEASONS[tokens.words[i]]
    j = i + 2 if tokens.words[i + 1] == "of" else i + 1
    year = year_number(tokens, j)
    if year is not None and tokens.words[j + 1] not in COUNTED:
        end = j + 1
        if code == 24 and tokens.words[end] in ("-", "/") and tokens.number(end + 1, 4) in (year + 1, (year + 1) % 100):
            end += 2
        return Found(i, skip_year_word(tokens, end), Partial(year=year, season=code))
    beside = _beside_year(tokens, j, code)
    if beside is not None:
        return Found(i, *beside)
    return _relative_season(tokens, i, code)


def _beside_year(tokens: Tokens, j: int, code: int) -> tuple[int, Shifted] | None:
    """Such as "summer of last year", "spring next year": the token after, and the move."""
    steps = 0 if tokens.words[j] == "this" else _STEPS.get(tokens.words[j])
    if steps is None or tokens.words[j + 1] != "year":
        return None
    return j + 2, Shifted(To.PUBLICATION, in_year(steps, season=code))


def _relative_season(tokens: Tokens, i: int, code: int) -> Found | None:
    word, before = tokens.words[i], tokens.words[i - 1]
    if before in ("last", "past", "previous"):
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, named_season(code, -1)))
    if before in ("next", "coming", "upcoming"):
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, named_season(code, 1)))
    if before == "this":
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, this_season(code)))
    if not word.isascii():
        return Found(i, i + 1, Partial(season=code)) if word in _ADVERBS else None
    if word in _NOT_SEASONS and (tokens.words[i + 1] == "of" or before not in ("the", "in", "by", "early", "late")):
        return None
    lead = tokens.words[i - 2] if before == "the" else before
    if lead not in _SEASON_LEADS or (
        word in _NOT_SEASONS and before == "the" and lead not in ("in", "since", "by", "during", "until")
    ):
        return None
    if before == "of" or lead == "the" or (tokens.words[i + 1].isalpha() and tokens.words[i + 1] in _SEASON_NOUNS):
        return None
    return Found(i, i + 1, Partial(season=code))


_ADVERBS = frozenset({"навесні", "влітку", "восени", "взимку", "весной", "летом", "осенью", "зимой", "весною"})
_SEASON_NOUNS = words("season_nouns")
