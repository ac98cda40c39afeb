"""First names that are one name in the spellings of several languages."""

from __future__ import annotations

from collections.abc import Iterable


def same_first_name(one: str, other: str) -> bool:
    """Whether two first names may be one person's: alike, an initial of the other, or one name in two spellings."""
    return (
        one == other or (one[0] == other[0] and (len(one) == 1 or one[:2] == other[:2])) or {one, other} in _NAMESAKES
    )


def _pairs(lines: Iterable[str]) -> tuple[set[str], ...]:
    return tuple(set(line.split()) for line in lines)


# First names that are one name in Ukrainian, Russian and English spelling.
_NAMESAKES = _pairs(
    [
        "oleksandr alexander",
        "oleksandr aleksandr",
        "alexander aleksandr",
        "andrii andrei",
        "andriy andrei",
        "serhii sergei",
        "serhiy sergey",
        "mykola nikolai",
        "volodymyr vladimir",
        "oleksii alexei",
        "yevhen evgeny",
        "yevgeny evgeny",
        "dmytro dmitry",
        "hanna anna",
        "ihor igor",
        "oleh oleg",
        "vitalii vitaly",
        "kyrylo kirill",
        "pavlo pavel",
        "petro pyotr",
        "yurii yuri",
        "valerii valery",
        "mykhailo mikhail",
    ]
)
