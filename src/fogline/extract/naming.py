"""From the words of a source to a name, a role and an affiliation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fogline.extract.lexicon import read
from fogline.extract.syntax import Word

CONNECTORS = frozenset({"of", "the", "for", "on", "and", "in", "'s", "’s", "at"})


_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)")
"""What tells a unit from others of its name: "24th Mechanized Brigade"."""


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists about sources."""
    return frozenset(read("speakers")[name])


@dataclass(frozen=True, slots=True)
class Naming:
    """What the words of one source say: a proper ``name`` (or ""), the ``role`` before or after it, an ``affiliation``.

    ``noun`` is the head noun where there is no name, ``text`` all the words, ``plural`` whether the head is plural.
    """

    name: str
    role: str
    affiliation: str
    noun: str
    text: str
    plural: bool
    organisation: bool


def conjuncts(tokens: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The sources joined by "and": "Petrenko and Shevchuk" are two, "the Ministry of Defence and Security" is one."""
    tokens = _speaking(tokens)
    head = _head(tokens)
    if head.tag_ == "NNS":
        named = [
            run for run in _runs(tokens) if len(run) >= 2 and not _is_organisation(run) and run[-1].pos_ == "PROPN"
        ]
        if len(named) >= 2:
            yield from named
            return
    joined = [t for t in tokens if t.dep_ == "conj" and t.head.i == head.i and _is_name_head(t)]
    if not joined or not _is_name_head(head):
        yield tuple(tokens)
        return
    border = joined[0].left_edge.i
    yield tuple(t for t in tokens if t.i < border and t.dep_ != "cc")
    yield from conjuncts([t for t in tokens if t.i >= border])


def can_speak(tokens: Sequence[Word], said: bool = False) -> bool:
    """Whether a source is somebody or a text that says something; "the visit" or "this development" says nothing.

    With ``said`` the cue is a plain verb of saying, whose subject is somebody unless it is a word for a happening.
    """
    head = _head(tokens)
    if head.pos_ != "NOUN":
        return True
    lemma = head.lemma_.lower()
    voices = ("role_nouns", "organisation", "outlet", "sayings", "texts", "titles")
    if said and lemma not in words("happenings"):
        return True
    plural = head.tag_ == "NNS" and lemma not in words("happenings")
    named = any(t.pos_ == "PROPN" and t.dep_ in ("appos", "compound") and t.head.i == head.i for t in tokens)
    return plural or named or any(lemma in words(name) for name in voices) or head.lower_ in words("group_nouns")


def naming(tokens: Sequence[Word]) -> Naming:
    """The name, role and affiliation in the words of one source."""
    runs = list(_runs(tokens))
    head = _head(tokens)
    person = _person(runs, head)
    organisation = [run for run in runs if run is not person and not _is_titles(run)]
    text = " ".join("".join(t.text_with_ws for t in tokens).split())
    noun = head.lemma_.lower() if head.pos_ == "NOUN" else ""
    plural = head.tag_ in ("NNS", "NNPS")
    if person:
        role = _role(tokens, person)
        affiliation = _text(organisation[-1]) if organisation else ""
        return Naming(_text(person), role, affiliation, noun, text, plural, False)
    named = next((run for run in organisation if head in run), None)
    if named is None and head.pos_ == "NOUN" and head.lemma_.lower() in (words("organisation") | words("outlet")):
        # "the independent project DeepMap": the name behind the word for what it is
        named = next((run for run in organisation if run[0].i == head.i + 1 and run[0].pos_ == "PROPN"), None)
    if named is None and organisation and head.pos_ == "PROPN":
        named = organisation[0]
    if named:
        counted = [t for t in tokens if t.i == named[0].i - 1 and _NUMBERED.fullmatch(t.text)]
        return Naming(_text([*counted, *named]), "", "", noun, text, plural, True)
    return Naming("", _plain(_core(tokens)), _text(organisation[-1]) if organisation else "", noun, text, plural, False)


def _core(tokens: Sequence[Word]) -> Sequence[Word]:
    """The words of a nameless source up to its first comma or relative clause: "an officer, who asked not to be named"."""
    cut = next(
        (
            n
            for n, t in enumerate(tokens)
            if n
            and (
                t.text in (",", "(", "—", "–")
                or t.lower_ in ("who", "which", "that")
                or (t.pos_ == "PRON" and t.dep_ == "nsubj" and t.head.dep_ == "relcl")  # "a soldier we met"
            )
        ),
        len(tokens),
    )
    return tokens[:cut]


def _speaking(tokens: Sequence[Word]) -> Sequence[Word]:
    """The words for whoever speaks in "the comments of two experts", "the expert's words": without the words for the words."""
    head = _head(tokens)
    if head.lemma_.lower() not in words("sayings"):
        return tokens
    owners = [c for c in head.children if c.dep_ == "poss"]
    if owners:
        inside = {t.i for t in owners[0].subtree}
        return [t for t in tokens if t.i in inside and t.tag_ != "POS"] or tokens
    following = [o for c in head.children if c.lower_ in ("of", "by", "from") for o in c.children if o.dep_ == "pobj"]
    return [t for t in tokens if following and t.i >= following[0].left_edge.i] or tokens


def _head(tokens: Sequence[Word]) -> Word:
    inside = {t.i for t in tokens}
    outward = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    nominal = [t for t in outward if t.pos_ in ("NOUN", "PROPN", "PRON")]
    return (nominal or outward or list(tokens))[0]


def _is_name_head(token: Word) -> bool:
    return token.pos_ == "PROPN" and token.lower_ not in words("organisation")


def _runs(tokens: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Stretches of capitalised words; "of", "the" and the like are inside one only between capitalised words."""
    run: list[Word] = []
    for token in tokens:
        joins = run and token.i == run[-1].i + 1
        linking = token.text == "-" or (token.lower_ in CONNECTORS and _is_organisation(run))
        if (joins and linking) or (_is_capitalised(token) and (joins or not run)):
            run.append(token)
        else:
            if run:
                yield _trimmed(run)
            run = [token] if _is_capitalised(token) else []
    if run:
        yield _trimmed(run)


def _is_organisation(run: Sequence[Word]) -> bool:
    return any(t.lower_ in words("organisation") for t in run)


def _is_capitalised(token: Word) -> bool:
    return (
        token.text[:1].isupper()
        and token.pos_ in ("PROPN", "ADJ", "NOUN", "X", "VERB")
        and token.lower_ not in ("the",)
    )


def _trimmed(run: list[Word]) -> tuple[Word, ...]:
    while run and (run[-1].lower_ in CONNECTORS or run[-1].text == "-"):
        run = run[:-1]
    return tuple(run)


def _is_titles(run: Sequence[Word]) -> bool:
    return all(t.lower_.strip(".") in words("titles") or t.pos_ == "ADJ" for t in run)


def _person(runs: list[tuple[Word, ...]], head: Word) -> tuple[Word, ...]:
    """The run that names a person, without the titles before it; () where none does."""
    names = []
    for run in runs:
        if _is_organisation(run):
            continue
        start = 0
        while start < len(run) and (
            run[start].lower_.strip(".") in words("titles") or run[start].pos_ == "ADJ" or run[start].text == "-"
        ):
            start += 1
        name = run[start:]
        if name and len(name) <= 4 and any(t.pos_ == "PROPN" for t in name):
            names.append(name)
    for name in names:
        if head in name or any(t.dep_ == "appos" and t.head.i == head.i for t in name):
            return name
    long = [name for name in names if len(name) >= 2]
    if head.pos_ == "NOUN" and head.lemma_.lower() in words("role_nouns") and long:
        return long[-1]
    return ()


def _role(tokens: Sequence[Word], person: tuple[Word, ...]) -> str:
    before = [t for t in tokens if t.i < person[0].i]
    after = [t for t in tokens if t.i > person[-1].i]
    role = _plain(before)
    if not role and after and after[0].text in (",", "(", "—", "–"):
        relative = next(
            (n for n, t in enumerate(after) if t.tag_ in ("WP", "WDT", "WRB") or t.dep_ == "relcl"), len(after)
        )
        role = _plain(after[:relative])
    return role


def _plain(tokens: Sequence[Word]) -> str:
    text = "".join(t.text_with_ws for t in tokens)
    text = " ".join(text.split()).strip(" ,;:()—–-\"“”'‘’")
    for article in ("the ", "a ", "an "):
        if text.lower().startswith(article):
            text = text[len(article) :]
    return text


def _text(run: Sequence[Word]) -> str:
    return " ".join("".join(t.text_with_ws for t in run).split()).removesuffix("'s").removesuffix("’s").strip()
