"""What spaCy's rules make of a word, remembered: the same answers as its attribute ruler and lemmatizer, much sooner.

Both are functions of few features of a word, and running them costs a third of the parse. They are asked once for each
combination; a document that may hold one of the ruler's rare rules for pairs of words goes to the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fogline.extract.syntax import Parsed, Word

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.strings import StringStore
    from spacy.tokens import Doc

MOST = 200_000
"""Combinations remembered; past that a memory starts anew, so that it stays bounded on any input."""

ANY = -1
"""The role of a word whose role no rule asks for."""

ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""All that a rule may ask of a word for its answer to be remembered."""

_COLUMNS: list[int | str] = ["ORTH", "LOWER", "TAG", "DEP", "HEAD", "IDX", "SENT_START", "SPACY"]
"""What is read of the words before the rules; one array of all is many times faster than asking word by word."""
_RULED: list[int | str] = ["POS", "LEMMA", "TAG", "DEP"]
"""What is read of them behind the rules."""

_WRAP, _HALF = 2**64, 2**63
"""The array holds the distance to a head as an unsigned number: a negative one has wrapped around."""

Named = tuple[str, str, str, str]
"""Part of speech, lemma, tag and role of a word."""


class RememberedRules:
    """Reads a parsed document as plain words, with what an attribute ruler and then a rule lemmatizer make of them."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        """Remember what the two do; raises ``ValueError`` where the ruler asks more of a word than is remembered."""
        self._ruler, self._lemmatizer = ruler, lemmatizer
        rules: Any = ruler.patterns  # typed more loosely than they are
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        parts = [part for pattern in patterns for part in pattern]
        if unknown := {name for part in parts for name in part} - ASKED:
            raise ValueError(f"the attribute ruler asks for {', '.join(sorted(unknown))}")
        pairs = [pattern for pattern in patterns if len(pattern) > 1]
        self._second = re.compile("|".join(sorted({_wording(pattern[-1]["LOWER"]) for pattern in pairs})))
        self._first = re.compile("|".join(sorted({_wording(p[0]["LOWER"]) for p in pairs if "LOWER" in p[0]})))
        strings = ruler.vocab.strings
        self._roles = frozenset(strings[role] for part in parts for role in _listed(part.get("DEP", "")))
        self._expletive = strings.add("expl")
        self._strings: dict[int, str] = _Strings(strings)
        self._pairing: dict[int, tuple[bool, bool]] = {}
        self._known: dict[tuple[int, int, int], tuple[str, str, str, str]] = {}

    def exceptions(self, kind: str) -> Mapping[str, Sequence[str]]:
        """The irregular forms of a part of speech ("verb"), each with its lemmas."""
        found: Mapping[str, Sequence[str]] = self._lemmatizer.lookups.get_table("lemma_exc").get(kind, {})
        return found

    def __call__(self, doc: Doc, text: str) -> Parsed:
        """The words of a document that was tagged and parsed and went through neither of the two.

        ``text`` is the document's own, which the parser would put together again from its words.
        """
        columns: Any = doc.to_array(_COLUMNS).T.tolist() if len(doc) else [[]] * len(_COLUMNS)
        forms, small, tags, deps, heads, places, starts, blanks = columns
        named = self._named(doc, forms, small, tags, deps)
        strings = self._strings
        found: list[Word] = []
        for i, (form, lower, place, start, blank) in enumerate(zip(forms, small, places, starts, blanks, strict=True)):
            word = Word()
            word.i, word.idx = i, place
            word.text, word.lower_ = strings[form], strings[lower]
            word.trailing = " " if blank else ""
            word.pos_, word.lemma_, word.tag_, word.dep_ = named[i]
            word.is_sent_start = start == 1
            word.children = []
            found.append(word)
        for i, (word, away) in enumerate(zip(found, heads, strict=True)):
            word.head = head = found[i + (away - _WRAP if away >= _HALF else away)]
            if head is not word:
                head.children.append(word)
        parsed = Parsed(text, found)
        for word in found:
            word.doc = parsed
        return parsed

    def _named(self, doc: Doc, forms: list[int], small: list[int], tags: list[int], deps: list[int]) -> list[Named]:
        roles, known = self._roles, self._known
        keys = [(form, tag, dep if dep in roles else ANY) for form, tag, dep in zip(forms, tags, deps, strict=True)]
        if self._is_paired(small, deps):
            return self._ruled(doc)
        if not all(key in known for key in keys):
            if len(known) > MOST:
                known.clear()
            for key, dep, (pos, lemma, tag, role) in zip(keys, deps, self._ruled(doc), strict=True):
                # Of blanks alone the rules change the role; other words keep their own.
                known[key] = (pos, lemma, tag, "" if role == self._strings[dep] else role)
        strings = self._strings
        return [
            (pos, lemma, tag, role or strings[dep])
            for (pos, lemma, tag, role), dep in zip(map(known.__getitem__, keys), deps, strict=True)
        ]

    def _ruled(self, doc: Doc) -> list[Named]:
        """What the rules themselves say."""
        columns = self._lemmatizer(self._ruler(doc)).to_array(_RULED).T.tolist()
        return [tuple(map(self._strings.__getitem__, word)) for word in zip(*columns, strict=True)]  # type: ignore[misc]

    def _is_paired(self, small: list[int], deps: list[int]) -> bool:
        """Whether two words stand together that a rule for pairs may be about."""
        pairing = [self._pairing.get(word) or self._learn(word) for word in small]
        return any(
            second[1] and (first[0] or dep == self._expletive)
            for (first, second), dep in zip(pairwise(pairing), deps, strict=False)
        )

    def _learn(self, word: int) -> tuple[bool, bool]:
        if len(self._pairing) > MOST:
            self._pairing.clear()
        text = self._strings[word]
        found = self._pairing[word] = (bool(self._first.fullmatch(text)), bool(self._second.fullmatch(text)))
        return found


class _Strings(dict[int, str]):
    """The parser's strings by number, each looked up once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        if len(self) > MOST:
            self.clear()
        self[number] = found = str(self._strings[number]) if number else ""
        return found


def _listed(asked: Any) -> list[str]:
    """The values a rule asks for, or rules out."""
    return [asked] if isinstance(asked, str) else [value for values in asked.values() for value in values]


def _wording(asked: Any) -> str:
    """The words a rule asks for, as a pattern: one, one of several, or a pattern of its own."""
    if isinstance(asked, str):
        return re.escape(asked)
    if "IN" in asked:
        return "|".join(map(re.escape, asked["IN"]))
    return str(asked["REGEX"])
