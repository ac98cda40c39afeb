"""Candidates from nouns ("the claim that", "his call for") and adjectives ("sure that", "critical of")."""

from __future__ import annotations

from collections.abc import Iterator

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.sources import phrase, sort_of, subject
from fogline.extract.attribution.tree import Ranges, Tree, union, without
from fogline.extract.attribution.verbs import core

_OF_OTHERS = frozenset(
    {
        "answer",
        "avoid",
        "contradict",
        "deny",
        "dismiss",
        "draw",
        "face",
        "fuel",
        "ignore",
        "prompt",
        "provoke",
        "raise",
        "rebuff",
        "rebut",
        "receive",
        "refute",
        "reject",
        "spark",
        "stoke",
        "trigger",
        "undercut",
    }
)
"""Verbs whose subject does not make the claim or raise the doubt that is their object: it meets, or causes, it."""
_OWNERS = ("by", "from", "among", "between")


def from_noun(tree: Tree, noun: int) -> Iterator[Candidate]:
    """The noun's candidates: its that-clause, infinitive, participle or prepositional phrase."""
    source, owner, kind = _owner(tree, noun)
    traits = (f"by.{kind}.{sort_of(tree, owner)}" if owner >= 0 else "by.nobody", f"dep.{tree.dep[noun]}")
    lemma = tree.lemma[noun]
    for frame, content in _frames(tree, noun):
        told = without(union(content), source)
        if told:
            yield Candidate(noun, lemma, frame, source, ((noun, noun + 1),), told, traits)


def _frames(tree: Tree, noun: int) -> Iterator[tuple[str, Ranges]]:
    for c in tree.children[noun]:
        dep = tree.dep[c]
        if c < noun:
            continue
        if dep in ("acl", "ccomp", "relcl", "xcomp"):
            first = tree.lower[tree.left[c]]
            if first == "that" and tree.dep[tree.left[c]] == "mark":
                yield "n.that", (tree.subtree(c),)
            elif tree.tag[c] == "VB" and "to" in (tree.lower[k] for k in tree.children[c] if tree.dep[k] == "aux"):
                yield "n.to", (tree.subtree(c),)
        elif dep == "prep":
            what = tree.child(c, "pobj", "pcomp")
            if what >= 0 and tree.lower[c] not in _OWNERS:
                yield f"n.on.{tree.lower[c]}", (core(tree, what),)
        elif dep == "appos" and tree.lower[c - 1] in (":", "-", "—"):
            yield "n.colon", (tree.subtree(c),)
    head = tree.head[noun]
    if tree.dep[noun] == "nsubj" and tree.lemma[head] == "be":
        told = next((k for k in tree.children[head] if k > head and tree.dep[k] in ("ccomp", "xcomp", "attr")), -1)
        if told >= 0:
            yield f"n.be.{tree.dep[told]}", (tree.subtree(told),)


def _owner(tree: Tree, noun: int) -> tuple[Ranges, int, str]:
    """Who says, wants or fears it: possessive, "by" or "from" phrase, or the subject of the verb the noun serves."""
    owner = tree.child(noun, "poss")
    if owner >= 0:
        return (phrase(tree, owner),), owner, "poss"
    for c in tree.children[noun]:
        if tree.dep[c] == "prep" and tree.lower[c] in _OWNERS:
            whom = tree.child(c, "pobj")
            if whom >= 0:
                return (phrase(tree, whom),), whom, "by"
    verb = tree.head[noun]
    if tree.dep[noun] in ("dobj", "attr") and tree.pos[verb] in ("VERB", "AUX"):
        whom = subject(tree, verb)
        if whom >= 0 and tree.dep[whom] != "expl" and whom != noun and tree.lemma[verb] not in _OF_OTHERS:
            return (phrase(tree, whom),), whom, "subject"
    return (), -1, ""


def from_adjective(tree: Tree, adjective: int) -> Iterator[Candidate]:
    """An adjective of belief or feeling after its subject: "is sure that", "critical of", "eager to"."""
    whom = subject(tree, adjective)
    if whom < 0:
        whom = tree.head[adjective] if tree.dep[adjective] in ("amod", "relcl", "acl", "appos") else -1
    dummy = whom < 0 or tree.dep[whom] == "expl" or tree.lower[whom] == "it"
    source: Ranges = () if dummy or tree.within(adjective, whom) else (phrase(tree, whom),)
    traits = (f"by.{'nobody' if dummy else sort_of(tree, whom)}",)
    for place in (adjective, tree.head[adjective]) if tree.dep[adjective] == "acomp" else (adjective,):
        for c in tree.children[place]:
            frame = _adjective_frame(tree, adjective, place, c)
            if frame:
                told = without((tree.subtree(c),), source)
                yield Candidate(
                    adjective, tree.lemma[adjective], frame, source, ((adjective, adjective + 1),), told, traits
                )


def _adjective_frame(tree: Tree, adjective: int, place: int, c: int) -> str:
    if c < adjective:
        return ""
    dep, first = tree.dep[c], tree.lower[tree.left[c]]
    if dep == "prep" and place == adjective:
        return f"a.on.{tree.lower[c]}" if tree.child(c, "pobj", "pcomp") >= 0 else ""
    if dep == "ccomp" or (dep in ("advcl", "csubj") and first == "that"):
        return "a.that" if first == "that" else "a.clause"
    if dep == "xcomp":
        return "a.to"
    return ""


def from_tone(tree: Tree, word: int) -> Iterator[Candidate]:
    """How somebody puts what follows a colon: "The governor was blunter: [the town is lost]"."""
    colon = tree.right[word] + 1
    whom = tree.child(tree.head[word], "nsubj")
    if whom < 0 or colon + 2 >= len(tree) or tree.words[colon] != ":" or tree.lemma[tree.head[word]] != "be":
        return
    after = ((colon + 1, tree.sentence[colon + 1][1]),)
    traits = (f"by.{sort_of(tree, whom)}",)
    yield Candidate(word, tree.lemma[word], "a.colon", (phrase(tree, whom),), ((word, word + 1),), after, traits)
