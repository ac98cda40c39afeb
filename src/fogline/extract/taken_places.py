"""Whether what is taken, held or lost is a place: a proper name that is no person's, or a word for a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fogline.extract.lexicon import read
from fogline.extract.syntax import Word


@cache
def objects_of(name: str) -> frozenset[str]:
    """One of the lists of things that verbs are about (``lexicon/objects.toml``)."""
    return frozenset(read("objects")[name])


def _holds_out(token: Word) -> bool:
    """Whether a place is the one that holds, or will or will not: "Kupiansk holds", "the town won't hold past Christmas"."""
    kids = list(token.children)
    now = token.tag_ in ("VBZ", "VBP") and token.dep_ in ("ROOT", "ccomp", "conj")
    ahead = (now or any(c.dep_ in ("aux", "neg") for c in kids)) and not any(
        c.dep_ in ("dobj", "prt", "auxpass") for c in kids
    )
    return ahead and any(
        c.dep_ == "nsubj" and (c.pos_ == "PROPN" or c.lemma_.lower() in objects_of("places")) for c in kids
    )


def takes_place(token: Word, lemma: str) -> bool:
    """Whether the thing taken, held or lost is a place: a proper name that is no person's, or a word for a place."""
    if lemma in objects_of("expelling"):
        behind = [o for c in token.children if c.lower_ in ("from", "out") for o in c.subtree]
        return any(o.pos_ == "PROPN" or (o.lower_ in ("it", "there") and o.dep_ in ("pobj", "pcomp")) for o in behind)
    objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "oprd", "attr")]
    if lemma == "hold" and _holds_out(token):
        return True
    if lemma == "fall":
        objects = [c for c in (*token.children, *_raised(token)) if c.dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ in ("acl", "relcl", "amod"):
        objects.append(token.head)
    if token.dep_ == "conj" and not objects:
        objects = [c for c in token.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if token.head.dep_ in ("acl", "relcl"):
            objects.append(token.head.head)
    objects += [
        o for share in objects if share.lower_ in objects_of("shares") for o in share.children if o.dep_ == "conj"
    ]
    objects += [
        o
        for share in objects
        if share.lower_ in objects_of("shares") or share.pos_ == "NUM"
        for p in share.children
        if p.lower_ == "of"
        for o in p.children
    ]
    named = any(
        _is_name(o) or (lemma in _CAPTURING and _is_capital(o)) or o.lower_ in ("it", "which", "that") for o in objects
    )
    placed = any(
        o.lemma_.lower() in objects_of("places") | {"control"}
        or (any(c.pos_ == "PROPN" for c in o.children) and o.lemma_.lower() in objects_of("places"))
        for o in objects
    )
    if lemma in ("lose", "abandon") and any(o.lemma_.lower() in objects_of("lost") for o in objects):
        return False
    return named or placed or (lemma not in objects_of("needing_place") and not objects)


_CAPTURING = frozenset({"capture", "recapture", "seize", "occupy", "liberate", "retake", "overrun", "conquer"})


def _is_capital(word: Word) -> bool:
    """Whether a common noun with a capital may be a name that the tagger does not know: "Bara was captured"."""
    things = objects_of("lost") | objects_of("captives") | objects_of("troops") | objects_of("civilians")
    return (
        word.pos_ not in ("PRON", "DET", "NUM")
        and word.text[:1].isupper()
        and word.dep_ == "nsubjpass"
        and word.lemma_.lower() not in things
    )


def _is_name(word: Word) -> bool:
    """Whether a word is a proper name, also one that the tagger took for a plural ("Homs"), and nothing that a fight is about."""
    if word.pos_ == "PROPN":
        return not any(letter.isdigit() for letter in word.text)  # "a Su-34 was lost"
    things = (
        objects_of("lost")
        | objects_of("captives")
        | objects_of("troops")
        | objects_of("civilians")
        | objects_of("struck")
    )
    return (
        word.tag_ == "NNS" and word.text[:1].isupper() and word.text[1:].islower() and word.lemma_.lower() not in things
    )


def _raised(token: Word) -> Iterator[Word]:
    """The words beside an infinitive's governors, whose subject is its own: "the town *is certain* to fall"."""
    while token.dep_ == "xcomp" and token.head.i != token.i:
        token = token.head
        yield from token.children
        if token.pos_ == "ADJ" and token.dep_ == "acomp":
            yield from token.head.children


def of_place(token: Word) -> bool:
    """Whether a noun of control has a place behind "of"."""
    return any(
        child.dep_ == "prep"
        and child.lower_ == "of"  # not "inflicted losses on the brigade in the area"
        and any(o.pos_ == "PROPN" or o.lemma_ in objects_of("places") for o in child.children)
        for child in token.children
    )
