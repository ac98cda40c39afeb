"""The keys under which a name is filed and looked up: its letters, its sound, and its stem where words have cases.

``key`` is the name as any language writes it, without what writers leave out or vary (capitals, accents, apostrophes,
hyphens). ``sound`` folds the ways Ukrainian and Russian names are put into Latin letters, so that Kupiansk, Kupyansk
and Kupjans'k, or Sobolivka and Sobolevka, are filed together. ``stems`` undoes the case endings of both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from fogline.gazetteer.transliteration import romanise

APOSTROPHES = "'’ʼ‘`´ʹʺ′ˈ”“\""
"""Marks that stand for an apostrophe or a soft sign in names."""

_DROP = {ord(mark): "" for mark in APOSTROPHES + ".\u0301\u00ad"}
_SPACE = {ord(mark): " " for mark in "-‐‑‒–—_/,()\u00a0\u202f"}
_ASCII = str.maketrans({**{chr(k): v for k, v in _DROP.items()}, **{chr(k): v for k, v in _SPACE.items()}})
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_SPECIAL = str.maketrans({"ё": "е", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})
_SHORT_FORMS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The name without capitals, accents, apostrophes, full stops and hyphens.

    >>> key("Куп’янськ"), key("Saint-Étienne"), key("Kup'yans'k")
    ('купянськ', 'st etienne', 'kupyansk')
    """
    plain = name if name.isascii() else "".join(map(_plain, name))
    words = plain.casefold().translate(_SPECIAL).translate(_ASCII).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


def is_cyrillic(name: str) -> bool:
    """Whether the name has a Cyrillic letter."""
    return _CYRILLIC.search(name) is not None


def _plain(letter: str) -> str:
    if letter.isascii() or "Ѐ" <= letter <= "ӿ":
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſ][^\W\d_]*(?:[ '’.-]+[^\W\d_]+)*\.?$")
_FAMILIAR_CYRILLIC = re.compile(r"[А-ЯІЇЄҐЁ][а-яіїєґё'’ʼ]+(?:[ -][А-ЯІЇЄҐЁа-яіїєґё][а-яіїєґё'’ʼ]*)*$")
_CODE = re.compile(r"[A-Z]{2,5}$")


def familiar_names(names: Iterable[str]) -> tuple[str, ...]:
    """Of a place's names in all languages those that a report in English, Ukrainian or Russian may use, each once.

    >>> familiar_names(["Kupiansk", "Купянск", "KUP", "库皮扬斯克", "Kupiansk"])
    ('Kupiansk', 'Купянск')
    """
    return tuple(
        dict.fromkeys(n for n in names if (_LATIN.match(n) and not _CODE.match(n)) or _FAMILIAR_CYRILLIC.match(n))
    )


# Applied in this order to a word in Latin letters; the comment gives a pair that the rule brings together.
_FOLDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"shch|sht?sch|szcz", "4"),  # Shchastia, Szczastia
        (r"tch|tsch|cz(?=[aeiouy])", "ch"),  # Dvoritchna, Dvorichna
        (r"sch", "sh"),
        (r"zgh", "zh"),  # Zghurivka
        (r"kh|gh|g|x", "h"),  # Kharkiv, Harkiv; Horlivka, Gorlovka
        (r"ts|tz|c(?!h)", "c"),  # Lyptsi, Lypci
        (r"w", "v"),
        (r"ks", "x"),
        (r"(?<=ch|sh|zh)o", "e"),  # Chornobaivka, Chernobaevka
        (r"[jy]", "i"),  # Kupyansk, Kupjansk
        (r"amian", "amen"),  # Kamianka, Kamenka
        (r"i+", "i"),
        (r"i([aeou])", r"\1"),  # Kupiansk, Kupansk
        (r"[aeio]*[ioe]v(?=k|s|n|c|$)", "ov"),  # Sobolivka, Sobolevka; Kharkiv, Kharkov; Tabaivka, Tabaevka
        (r"(?:a[aeio]*a)$", "a"),  # Ternova, Ternovaya
        (r"(?:o?e|o)$", "e"),  # Krakhmalne, Krakhmalnoye; Zahryzove, Zagryzovo
        (r"(?:[oie]*i|e[ij])$", "i"),  # Vuzlovyi, Uzlovoy
        (r"(.)\1+", r"\1"),  # Rossosh, Rososh
    )
)


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """What is left of a Ukrainian or Russian name when the ways of writing it are folded together.

    >>> sound("Kupiansk") == sound("Kupyansk") == sound("Купянск") == sound("Куп'янськ")
    True
    >>> sound("Sobolivka") == sound("Sobolevka") == sound("Соболівка")
    True
    """
    latin = key(romanise(name) if is_cyrillic(name) else name)
    return " ".join(_fold(word) for word in latin.split())


def stem_sound(stem: str) -> str:
    """The stem folded by sound, so that the Ukrainian and the Russian form of a name are filed together.

    >>> stem_sound(nominative_stem("Чорнобаївка")) == stem_sound(nominative_stem("Чернобаевка"))
    True
    """
    return " ".join(_fold(word) for word in key(romanise(stem)).split())


def _fold(word: str) -> str:
    for pattern, put in _FOLDS:
        word = pattern.sub(put, word)
    return word


_NOUN_ENDINGS = "а я у ю е є о и і ї ы ь й ою ею ей ом ем єм ам ям ах ях ами ів їв ов ев"
_ADJECTIVE_ENDINGS = "ий ій ый ой ая яя ое ее ого его ому ему ої ую юю их ых ії им ім ым ими ыми"
_ENDINGS = tuple(sorted(f"{_NOUN_ENDINGS} {_ADJECTIVE_ENDINGS}".split(), key=lambda ending: (-len(ending), ending)))
"""The endings that names of towns are declined by in Ukrainian and Russian, longest first."""
_NOMINATIVE = re.compile(r"(?:ий|ій|ый|ой|ая|яя|ое|ее|[аяеєоиіїыьй])$")
_SHORTEST_STEM = 3
"""Letters of the shortest stem of a name of one word; in longer names one less will do ("Часового Яру")."""
MOST_DECLINED = 4
"""Words of the longest name whose endings are undone."""
_ALTERNATIONS = (
    (re.compile(r"[оеє]в$"), ("ів", "їв")),  # Харкова, Києва: Харків, Київ
    (re.compile(r"ог$"), ("іг",)),  # Рогу: Ріг
    (re.compile(r"оз$"), ("іг",)),  # Розі: Ріг
    (re.compile(r"([^аеєиіїоуюяыэ])ц$"), (r"\1ець", r"\1ец", r"\1к")),  # Кременця: Кременець; Каховці: Каховка
    (re.compile(r"([аеєиіїоуюяы])з$"), (r"\1г",)),  # Празі: Прага
    (re.compile(r"([аеєиіїоуюяы])ц$"), (r"\1к", r"\1ць")),  # Кременчуці: Кременчук
    (re.compile(r"([аеєиіїоуюяы])$"), (r"\1й",)),  # Джанкоєм: Джанкой
    (re.compile(r"н$"), ("ень", "ен")),  # Ірпня: Ірпень
)


def nominative_stem(name: str) -> str:
    """The stem of a Cyrillic name given in the nominative, word by word.

    >>> nominative_stem("Нова Каховка")
    'нов каховк'
    """
    return " ".join(_nominative(word) for word in key(name).split())


def _nominative(word: str) -> str:
    stem = _NOMINATIVE.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


@lru_cache(maxsize=16384)
def stems(name: str) -> tuple[str, ...]:
    """The nominative stems that a Cyrillic name in any case may come from, likeliest first.

    >>> "харків" in stems("Харкова"), "нов каховк" in stems("Новій Каховці")
    (True, True)
    """
    words = key(name).split()
    if not words or len(words) > MOST_DECLINED:
        return ()
    shortest = _SHORTEST_STEM if len(words) == 1 else _SHORTEST_STEM - 1
    ways = [_stems(word, shortest)[:12] for word in words]
    return tuple(dict.fromkeys(" ".join(words) for words in product(*ways)))


def _stems(word: str, shortest: int) -> tuple[str, ...]:
    found = [_nominative(word), word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            stem = word[: -len(ending)]
            found.append(stem)
            for pattern, puts in _ALTERNATIONS:
                found += [pattern.sub(put, stem) for put in puts if pattern.search(stem)]
    return tuple(dict.fromkeys(_nominative(stem) if stem[-1] in "ьй" else stem for stem in found))
