"""Who says it at the end of a sentence, read from the words where the parser lost it.

"The bridge holds, an officer who lives there told us", "The bridge holds, said an officer of the brigade".
"""

from __future__ import annotations

from fogline.extract.attribution.sources import SUBJECTS
from fogline.extract.attribution.tree import Range, Tree, trim
from fogline.extract.attribution.weights import reporting

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENS = frozenset({"DET", "PROPN", "NUM", "ADJ", "NOUN"})
_RELATIVE = frozenset({"who", "which", "that", "whose"})
_CLOSES = frozenset(
    {"on", "in", "during", "after", "before", "by", "as", "when", "while", "via", "late", "early", "yesterday", "today"}
)
_SUBORDINATE = frozenset(
    {
        "if",
        "when",
        "while",
        "though",
        "although",
        "even",
        "as",
        "since",
        "because",
        "asked",
        "after",
        "once",
        "unless",
        "whether",
    }
)
LONGEST = 16
"""Tokens of a speaker's description; a longer stretch is no noun phrase."""
SHORTEST = 3
"""Words of what is said; less is no statement."""


def tail(tree: Tree, verb: int) -> tuple[Range, Range] | None:
    """The speaker and what is said before the comma, for a verb of saying that the parse gives no clause or no subject."""
    if tree.tag[verb] not in ("VBD", "VBZ", "VBP") or tree.lemma[verb] not in reporting():
        return None
    if tree.child(verb, "ccomp") >= 0 and tree.child(verb, *SUBJECTS) >= 0:
        return None
    found = _before(tree, verb) or _behind(tree, verb)
    if found is None:
        return None
    speaker, end = found
    content = (tree.sentence[verb][0], end)
    return (speaker, content) if _is_statement(tree, content) else None


def _before(tree: Tree, verb: int) -> tuple[Range, int] | None:
    """ ", an officer of the brigade who asked not to be named told": the noun phrase between the last comma and the verb."""
    first = tree.sentence[verb][0]
    comma = verb - 1
    while comma > first and tree.words[comma] != ",":
        comma -= 1
    start = comma + 1
    if comma <= first or not 0 < verb - start <= LONGEST or tree.pos[start] not in _OPENS:
        return None
    relative = next((i for i in range(start, verb) if tree.lower[i] in _RELATIVE), verb)
    plain = range(start, relative)
    if any(tree.tag[i] in _FINITE for i in plain) or not any(tree.pos[i] in ("NOUN", "PROPN") for i in plain):
        return None
    if (
        tree.pos[relative - 1] not in ("NOUN", "PROPN", "NUM")
        or tree.lower[verb - 1] in _RELATIVE
        or _goes_on(tree, verb)
    ):
        return None
    return trim(tree, (start, verb)), comma


def _goes_on(tree: Tree, verb: int) -> bool:
    """Whether what is said stands behind the verb: "If it holds, the mayor said, they stay" is told of nobody before it."""
    after = verb + 1
    if tree.lemma[verb] == "tell" or after >= tree.sentence[verb][1]:
        return False
    return tree.pos[after] not in ("PUNCT", "ADP", "ADV", "PROPN") or tree.lower[after] == "that"


def _behind(tree: Tree, verb: int) -> tuple[Range, int] | None:
    """ ", said an officer of the brigade on Monday": the noun phrase behind a verb that stands behind a comma."""
    first, last = tree.sentence[verb]
    if verb - 1 <= first or tree.words[verb - 1] != "," or verb + 1 >= last or tree.pos[verb + 1] not in _OPENS:
        return None
    end = verb + 1
    while end < last and not (tree.pos[end] == "PUNCT" or (end > verb + 1 and tree.lower[end] in _CLOSES)):
        end += 1
    noun = any(tree.pos[i] in ("NOUN", "PROPN") for i in range(verb + 1, end))
    return (trim(tree, (verb + 1, end)), verb - 1) if noun and end - verb <= LONGEST else None


def _is_statement(tree: Tree, content: Range) -> bool:
    """Whether the words are a sentence that nobody else is already said to say."""
    inside = range(*content)
    opening = {tree.lower[i] for i in inside[:2]}
    if opening & _SUBORDINATE:
        return False
    words = sum(1 for i in inside if tree.alike(i))
    said = any(tree.lemma[i] in reporting() and tree.tag[i] in _FINITE for i in inside)
    return words >= SHORTEST and not said and any(tree.tag[i] in _FINITE for i in inside)
