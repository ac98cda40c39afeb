"""What spaCy's rules make of a word, remembered: the same answers as its attribute ruler and lemmatizer, much sooner.

Both are functions of few features of a word, and running them costs a third of the parse. Each is asked once for each
combination; a document that may hold one of the ruler's rare rules for pairs of words goes to the ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc, Token

MOST = 200_000
"""Combinations remembered; past that a memory starts anew, so that it stays bounded on any input."""

ANY = -1
"""The role of a word whose role no rule asks for."""

ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""All that a rule may ask of a word for its answer to be remembered."""


class RememberedRuler:
    """Gives each word its part of speech, morphology, tag and set lemma as an attribute ruler would."""

    def __init__(self, ruler: AttributeRuler) -> None:
        """Remember what ``ruler`` does; raises ``ValueError`` where its rules ask more of a word than is remembered."""
        self._ruler = ruler
        rules: Any = ruler.patterns  # typed more loosely than they are
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        parts = [part for pattern in patterns for part in pattern]
        if unknown := {name for part in parts for name in part} - ASKED:
            raise ValueError(f"the attribute ruler asks for {', '.join(sorted(unknown))}")
        self._named = re.compile("|".join(sorted({_wording(part["LOWER"]) for part in parts if "LOWER" in part})))
        pairs = [pattern for pattern in patterns if len(pattern) > 1]
        self._second = re.compile("|".join(sorted({_wording(pattern[-1]["LOWER"]) for pattern in pairs})))
        self._first = re.compile("|".join(sorted({_wording(p[0]["LOWER"]) for p in pairs if "LOWER" in p[0]})))
        strings = ruler.vocab.strings
        self._roles = frozenset(strings[role] for part in parts for role in _listed(part.get("DEP", "")))
        self._words: dict[int, tuple[int, bool, bool]] = {}
        self._known: dict[tuple[int, int, int, bool], tuple[Any, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document in place, as every step of a spaCy pipeline does."""
        words = [self._word(token) for token in doc]
        roles = self._roles
        keys = [
            (word[0], t.tag, t.dep if t.dep in roles else ANY, t.is_space) for word, t in zip(words, doc, strict=True)
        ]
        paired = any(
            second[2] and (first[1] or token.dep_ == "expl")
            for first, second, token in zip(words, words[1:], doc, strict=False)
        )
        if paired:
            return self._ruler(doc)
        known = self._known
        if not all(key in known for key in keys):
            return self._learn(self._ruler(doc), keys)
        for key, token in zip(keys, doc, strict=True):
            token.pos, token.morph, lemma, blank = known[key]
            if lemma:
                token.lemma = lemma
            if blank:
                token.tag, token.dep = blank
        return doc

    def _learn(self, doc: Doc, keys: list[tuple[int, int, int, bool]]) -> Doc:
        if len(self._known) > MOST:
            self._known.clear()
        for key, token in zip(keys, doc, strict=True):
            blank = (token.tag, token.dep) if token.is_space else None  # of blanks alone the rules change tag and role
            self._known[key] = (token.pos, token.morph, token.lemma, blank)
        return doc

    def _word(self, token: Token) -> tuple[int, bool, bool]:
        """The word if a rule names it, else 0; and whether it may be the first or the second of a pair."""
        found = self._words.get(token.lower)
        if found is None:
            if len(self._words) > MOST:
                self._words.clear()
            text = token.lower_
            found = (
                token.lower if self._named.fullmatch(text) else 0,
                bool(self._first.fullmatch(text)),
                bool(self._second.fullmatch(text)),
            )
            self._words[token.lower] = found
        return found


class RememberedLemmatizer:
    """Gives each word its lemma as a rule lemmatizer would, which looks at the word, its part of speech and morphology."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        """Remember what ``lemmatizer`` says."""
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, int, int], int] = {}

    def exceptions(self, kind: str) -> Mapping[str, Sequence[str]]:
        """The irregular forms of a part of speech ("verb"), each with its lemmas."""
        found: Mapping[str, Sequence[str]] = self._lemmatizer.lookups.get_table("lemma_exc").get(kind, {})
        return found

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document in place, as every step of a spaCy pipeline does."""
        known = self._known
        for token in doc:
            if token.lemma:
                continue
            morph: Any = token.morph  # its key is not in spaCy's own types
            key = (token.orth, token.pos, morph.key)
            lemma = known.get(key)
            if lemma is None:
                if len(known) > MOST:
                    known.clear()
                lemma = known[key] = doc.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
            token.lemma = lemma
        return doc


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
