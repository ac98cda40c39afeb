"""Under which keys a name is filed."""

from __future__ import annotations

from collections.abc import Iterable

from fogline.gazetteer.prefixes import SOUND, STEM
from fogline.gazetteer.spelling import is_cyrillic, key, nominative_stem, sound, stem_sound


def letters_and_stems(name: str) -> tuple[str, ...]:
    """The keys of a name outside the countries whose romanisations are folded together."""
    return (key(name), STEM + stem_sound(nominative_stem(name))) if is_cyrillic(name) else (key(name),)


def all_keys(name: str) -> tuple[str, ...]:
    """The keys of a name in a country whose romanisations are folded together, as Ukraine's are.

    >>> all_keys("Sobolivka")
    ('sobolivka', '=sobolovka')
    """
    return (*letters_and_stems(name), SOUND + sound(name))


def every_key(names: Iterable[str]) -> tuple[str, ...]:
    """All keys of all names, each once, without those of which nothing is left."""
    return tuple(dict.fromkeys(k for name in names for k in all_keys(name) if k.strip(SOUND + STEM)))
