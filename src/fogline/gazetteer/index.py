"""Names to places: exact spellings, spellings folded by sound, and declined forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from fogline.errors import UnknownPlace
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.packing import Pack
from fogline.gazetteer.prefixes import DEMONYM, SOUND, STEM
from fogline.gazetteer.spelling import is_cyrillic, key, sound, stem_sound, stems
from fogline.model import Span

MOST_WORDS = 5
"""Words of the longest name that is looked for in a text."""

UNKNOWN_PEOPLE = 300
"""Added to each population: those of which none is known are villages."""

TAILS = frozenset({"region", "oblast", "province", "district", "raion", "river", "reservoir", "county"})
"""Words with which an English name of a place may end in small letters."""

MOST_REMEMBERED = 200_000
"""Looked-up keys that are remembered before all are forgotten, so that memory stays bounded on any input."""

SHORTEST_FOLDED = 4
"""Letters of the shortest name that is looked up by sound."""

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Ala|Alta|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Man|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|"
    r"Okla|Ont|Ore|Pa|Que|Sask|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.|[^\W\d_]+(?:['’ʼ‘`](?![sS]\b)[^\W\d_]+)*"
)
"""A word of a text: abbreviations with their full stops, words with apostrophes inside, without a possessive's."""

_JOINT = re.compile(r"[ \u00a0\u202f]?[-‐‑–][ \u00a0]?|[ \u00a0\u202f]+|\.[ \u00a0]?|, ?(?=D\.C)")
_LOOK = (
    "No name that is known is near it. Try another spelling, in Latin or Cyrillic letters, or the name of the larger "
    "settlement it belongs to; a theatre of your own can add places in its places.csv."
)
_NOT_SETTLED = (Feature.REGION, Feature.COUNTRY, Feature.WATER, Feature.AREA, Feature.DISTRICT)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of one theatre, looked up by any spelling.

    ``packs`` are the tables in the order in which they count; ``countries`` restricts the packs named in ``restricted``
    (by position) to these countries. ``renumbered`` are places in whose stead another one counts. ``own_entries``
    holds the places that the theatre adds by number, ``own_keys`` the
    numbers that it files under further keys.
    """

    packs: tuple[Pack, ...]
    version: str
    countries: frozenset[str] = frozenset()
    restricted: frozenset[int] = frozenset()
    renumbered: Mapping[int, int] = field(default_factory=dict)
    own_entries: Mapping[int, Entry] = field(default_factory=dict)
    own_keys: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    _numbers: dict[int, Entry] = field(default_factory=dict, repr=False, compare=False)
    _keys: dict[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False, compare=False)
    _ids: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def exact(self, name: str) -> tuple[Entry, ...]:
        """The places filed under these very letters (accents, apostrophes, hyphens and capitals aside)."""
        return self._filed(key(name))

    def demonym(self, word: str) -> tuple[Entry, ...]:
        """The countries that a word such as "Ukrainian" or "Ukrainians" belongs to."""
        return self._filed(DEMONYM + key(word))

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """The places of that name in any spelling or case: those of these very letters first, then the weightier ones.

        No place twice; empty where there is none.
        """
        found = list(self.exact(name)) if len(name) > 1 else []
        if is_cyrillic(name):
            for folded in (
                dict.fromkeys(stem_sound(stem) for stem in stems(name)) if len(name) >= SHORTEST_FOLDED else ()
            ):
                found += self._filed(STEM + folded)
        else:
            found += self._filed(SOUND + sound(name)) if len(name) >= SHORTEST_FOLDED else ()
        return tuple({entry.number: entry for entry in found}.values())

    def entry(self, geonameid: int) -> Entry | None:
        """The place of that GeoNames id, or ``None``."""
        if not self._ids:
            self._ids.update(self._all_ids())
        number = self._ids.get(geonameid)
        return None if number is None else self._entry(number)

    def units(self) -> tuple[Entry, ...]:
        """The countries and first-level units, in the order of their numbers."""
        found = self._keys.get("")
        if found is None:
            numbers = (self.renumbered.get(number, number) for number in self._unit_numbers())
            found = self._keys[""] = tuple(map(self._entry, dict.fromkeys(numbers)))
        return found

    def every(self) -> Iterator[Entry]:
        """Each place of the packs once, in the order of their numbers."""
        for number in range(sum(len(pack.rows) for pack in self.packs)):
            if number not in self.renumbered:
                yield self._parse(number)

    def find(self, name: str) -> Entry:
        """The settlement that a user most likely means: the theatre's countries, the front and large places first.

        Raises ``UnknownPlace``, with names that are near, where there is none.
        """
        settled = [e for e in self.candidates(name) if e.feature is Feature.SETTLEMENT]
        found = settled or list(self.candidates(name))
        if not found:
            near = ", ".join(self.near(name))
            raise UnknownPlace(
                f"No place called {name!r} is known.",
                f"Nearest: {near}." if near else _LOOK,
            )
        exact = {e.number for e in self._filed(key(name))}
        return max(found, key=lambda e: (*self._weight(e, e.number in exact), -e.number))

    def _weight(self, entry: Entry, exact: bool) -> tuple[bool, bool, float]:
        """What a user more likely means: in the theatre, on the map, and then the larger, at the front, spelt so."""
        size = log10(entry.population + UNKNOWN_PEOPLE)
        return (
            not self.countries or entry.country in self.countries,
            entry.located,
            size + 0.3 * entry.front + 0.3 * exact,
        )

    def near(self, name: str, limit: int = 5) -> tuple[str, ...]:
        """Names like that one, nearest first: those of the theatre's own countries before the rest of the world."""
        from rapidfuzz import fuzz, process

        asked = key(name)
        found: list[tuple[bool, float, str]] = []
        for filed in (self.own_keys, *(pack.keys() for pack in self.packs)):
            keys = [k for k in filed if k[:1] not in (SOUND, STEM, DEMONYM)]
            for like, score, _ in process.extract(asked, keys, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=70):
                found += [(e.country in self.countries, score, e.name) for e in self._filed(like)[:1]]
        found.sort(key=lambda one: (not one[0], -one[1]))
        return tuple(dict.fromkeys(named for _, _, named in found))[:limit]

    def scan(self, text: str) -> Iterator[tuple[Span, tuple[Entry, ...]]]:
        """The known names in a text, longest first where names overlap, in text order; only capitalised words count."""
        words = list(WORD.finditer(text))
        at = 0
        while at < len(words):
            found = self._longest(text, words, at) if words[at][0][:1].isupper() else None
            if found is None:
                at += 1
                continue
            length, entries = found
            yield Span(words[at].start(), words[at + length - 1].end()), entries
            at += length

    def scan_demonyms(self, text: str) -> Iterator[tuple[Span, tuple[Entry, ...]]]:
        """The words for peoples in a text ("Ukrainians", "South Korean"), with their countries."""
        words = list(WORD.finditer(text))
        at = 0
        while at < len(words):
            size = 1
            found: tuple[Entry, ...] = ()
            if words[at][0][:1].isupper():
                for size in (2, 1):
                    if at + size <= len(words):
                        found = self.demonym(text[words[at].start() : words[at + size - 1].end()])
                        if found:
                            yield Span(words[at].start(), words[at + size - 1].end()), found
                            break
            at += size if found else 1

    def _longest(self, text: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, tuple[Entry, ...]] | None:
        length = 1
        while (
            length < MOST_WORDS
            and at + length < len(words)
            and self._joined(text, words[at + length - 1], words[at + length])
        ):
            length += 1
        for size in range(length, 0, -1):
            last = words[at + size - 1][0]
            if size > 1 and not last[:1].isupper() and not is_cyrillic(last) and last not in TAILS:
                continue
            found = self.candidates(text[words[at].start() : words[at + size - 1].end()])
            if found:
                return size, found
        return None

    @staticmethod
    def _joined(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
        if right[0] == "s":  # "the Donetsk People's Republic"
            return text[left.end() : right.start()] in ("'", "’")
        return _JOINT.fullmatch(text, left.end(), right.start()) is not None

    def _filed(self, filed: str) -> tuple[Entry, ...]:
        found = self._keys.get(filed)
        if found is None:
            if len(self._keys) >= MOST_REMEMBERED:
                self._keys.clear()
            found = self._keys[filed] = self._look_up(filed)
        return found

    def _look_up(self, filed: str) -> tuple[Entry, ...]:
        entries = [self._entry(number) for number in self.own_keys.get(filed, ())]
        offset = 0
        for place, pack in enumerate(self.packs):
            own = [self._entry(row + offset) for row in pack.find(filed)]
            entries += [e for e in own if place not in self.restricted or e.country in self.countries]
            offset += len(pack.rows)
        if self.renumbered:
            entries = [self._entry(self.renumbered.get(entry.number, entry.number)) for entry in entries]
        unique = {entry.number: entry for entry in entries}.values()
        return tuple(sorted(unique, key=lambda e: (not e.front, -e.population, e.number)))

    def _entry(self, number: int) -> Entry:
        found = self._numbers.get(number)
        if found is None:
            found = self._numbers[number] = self._parse(number)
        return found

    def _parse(self, number: int) -> Entry:
        if number in self.own_entries:
            return self.own_entries[number]
        row = number
        for pack in self.packs:
            if row < len(pack.rows):
                return pack.entry(row, number - row)
            row -= len(pack.rows)
        raise IndexError(number)

    def _unit_numbers(self) -> Iterator[int]:
        offset = 0
        for pack in self.packs:
            for row, line in enumerate(pack.rows):
                if ",c," in line[:40] or ",r," in line[:40]:
                    yield row + offset
            offset += len(pack.rows)

    def _all_ids(self) -> Iterable[tuple[int, int]]:
        offset = 0
        for pack in self.packs:
            for row, line in enumerate(pack.rows):
                geonameid = line[: line.index(",")]
                if geonameid:
                    yield int(geonameid), row + offset
            offset += len(pack.rows)
        for number, entry in self.own_entries.items():
            if entry.geonameid is not None:
                yield entry.geonameid, number
