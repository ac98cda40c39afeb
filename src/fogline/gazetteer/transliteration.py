"""Ukrainian and Russian names in Latin letters, and Ukrainian names in Russian.

``national`` follows the Ukrainian system (Cabinet of Ministers resolution 55 of 27 January 2010); ``bgn_russian`` the
BGN/PCGN system of 1947 without its apostrophes. ``russian`` renders the regular endings of a Ukrainian name in Russian;
names that differ by more than that (Dvorichna, Dvurechnaya) are facts and stand in tables.
"""

from __future__ import annotations

import re

_SHARED = {
    "а": "a", "б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", 
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ь": "",
    "’": "", "'": "", "ʼ": "",
}  # fmt: skip
_UKRAINIAN = {
    **_SHARED, "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "щ": "shch",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = {
    **_SHARED, "г": "g", "е": "e", "ё": "yo", "и": "i", "й": "y", "щ": "shch", "ъ": "", "ы": "y", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_VOWELS = "аеёиоуыэюяєіїьъ"


def national(name: str) -> str:
    """The Ukrainian name by the national system.

    >>> national("Куп'янськ"), national("Згурівка"), national("Єнакієве")
    ('Kupiansk', 'Zghurivka', 'Yenakiieve')
    """
    return _WORD.sub(lambda word: _ukrainian(word[0]), name)


def bgn_russian(name: str) -> str:
    """The Russian name by BGN/PCGN, without marks for the soft and the hard sign.

    >>> bgn_russian("Купянск"), bgn_russian("Двуречная"), bgn_russian("Енакиево")
    ('Kupyansk', 'Dvurechnaya', 'Yenakiyevo')
    """
    return _WORD.sub(lambda word: _russian(word[0]), name)


def romanise(name: str) -> str:
    """The name in Latin letters, by the system of the language its letters betray.

    >>> romanise("Соболівка"), romanise("Соболевка")
    ('Sobolivka', 'Sobolevka')
    """
    return (
        bgn_russian(name) if re.search(r"[ыэёъЫЭЁЪ]", name) or not re.search(r"[іїєґІЇЄҐ'’ʼ]", name) else national(name)
    )


def _ukrainian(word: str) -> str:
    lower = word.lower().replace("зг", "з\0").replace("\0", "ґh") if "зг" in word.lower() else word.lower()
    latin = "".join(
        _UKRAINIAN_FIRST.get(letter, _UKRAINIAN.get(letter, letter)) if place == 0 else _UKRAINIAN.get(letter, letter)
        for place, letter in enumerate(lower)
    )
    return _cased(word, latin)


def _russian(word: str) -> str:
    lower = word.lower()
    latin = ""
    for place, letter in enumerate(lower):
        before = lower[place - 1] if place else ""
        if letter == "е" and (not before or before in _VOWELS):
            latin += "ye"
        else:
            latin += _RUSSIAN.get(letter, _UKRAINIAN.get(letter, letter))
    return _cased(word, latin)


def _cased(word: str, latin: str) -> str:
    if len(word) > 1 and word.isupper():
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


_RUSSIAN_ENDINGS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"([жчшщ])івк", r"\1евк"),
        (r"([аеиоуюяєії])ївк", r"\1евк"),
        (r"(?<=[аеиоу]л)івк", "евк"),  # Ковалівка: Ковалевка, but Павлівка: Павловка
        (r"івк", "овк"),
        (r"ївк", "евк"),
        (r"ськ(?=[аеиогу]|$)", "ск"),
        (r"цьк", "цк"),
        (r"ів\b", "ов"),
        (r"їв\b", "ев"),
        (r"івц", "овц"),
        (r"([бвгджзклмнпрстфхцчшщ])['’ʼ]я", r"\1ья"),
        (r"(ск|цк)ий\b", r"\1ий"),
        (r"ий\b", "ый"),
        (r"([вн])а\b(?=$)(?<=[оиі][вн]а)", r"\1ая"),
        (r"([вн])е\b(?<=[^аеиоуюяєії]не)", r"\1ое"),
        (r"(?<=ск)е\b", "ое"),
        (r"(?<=ов)е\b", "о"),
        (r"і", "и"),
        (r"ї", "и"),
        (r"є", "е"),
        (r"ґ", "г"),
        (r"['’ʼ]", ""),
    )
)


def russian(name: str) -> str:
    """The Ukrainian name with its regular endings and letters put into Russian.

    >>> russian("Соболівка"), russian("Синьківка"), russian("Берестове")
    ('Соболевка', 'Синьковка', 'Берестово')
    """
    capital = name[:1].isupper()
    text = name
    for pattern, put in _RUSSIAN_ENDINGS:
        text = pattern.sub(put, text)
    return text[:1].upper() + text[1:] if capital else text
