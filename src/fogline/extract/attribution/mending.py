"""Who says what where the parser hung a verb or a clause on the wrong word: the commonest such errors, put right."""

from __future__ import annotations

from fogline.extract.attribution.tree import Range, Tree
from fogline.extract.attribution.weights import reporting

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_TIMES = frozenset(
    {"day", "week", "month", "year", "morning", "afternoon", "evening", "night", "hour", "weekend"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)


def stranded(tree: Tree, verb: int) -> int:
    """The relative clause's verb whose "to" the parser took for the mark of an infinitive; -1 where none.

    "An officer we spoke *to* says that ...": no infinitive has an ending.
    """
    outer = tree.head[verb]
    mark = tree.child(verb, "aux")
    wrong = tree.tag[verb] in _FINITE and mark == verb - 1 and tree.lower[mark] == "to"
    return outer if wrong and tree.dep[verb] == "xcomp" and tree.dep[outer] == "relcl" else -1


def met(tree: Tree, verb: int) -> tuple[Range, Range] | None:
    """Source and content of such a verb: the noun that the relative clause stands by, and what hangs on the verb."""
    outer = stranded(tree, verb)
    if outer < 0 or tree.lemma[verb] not in reporting():
        return None
    clause = tree.child(verb, "ccomp")
    noun = tree.head[outer]
    return ((tree.left[noun], verb), tree.subtree(clause)) if clause > verb else None


def displaced(tree: Tree, verb: int) -> int:
    """The clause that a verb of saying is followed by, where the parser hung it on a word for a time; -1 where none.

    "confirmed on the following day *that the town had been left*": no relative clause of a day begins with "that".
    """
    if tree.lemma[verb] not in reporting() or tree.child(verb, "ccomp", "dobj") >= 0:
        return -1
    for preposition in tree.children[verb]:
        time = tree.child(preposition, "pobj") if preposition > verb and tree.dep[preposition] == "prep" else -1
        time = preposition if tree.dep[preposition] == "npadvmod" and preposition > verb else time
        if time < 0 or tree.lower[time] not in _TIMES:
            continue
        clause = tree.child(time, "relcl", "acl", "ccomp")
        if clause > time and tree.lower[tree.left[clause]] == "that":
            return clause
    return -1
