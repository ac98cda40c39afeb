"""Whose words: the noun phrase that is the source of a verb, noun or adjective of saying."""

from __future__ import annotations

from fogline.extract.attribution.tree import Range, Ranges, Tree, trim
from fogline.extract.naming import words

SUBJECTS = ("nsubj", "csubj", "nsubjpass", "expl")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"})
_REACH = 6

RESUMING = frozenset(
    {
        "accuse", "add", "admit", "acknowledge", "believe", "caution", "concede", "deny", "doubt", "emphasise", "emphasize",
        "note", "stress", "suggest", "warn",
    }
)  # fmt: skip
"""Verbs that go on with what somebody says, and are rarely what a speaker tells that somebody else did."""

AFTER_DENYING = frozenset(
    {"say", "claim", "insist", "maintain", "declare", "state", "assure", "assert", "announce", "call"}
)
"""Verbs that go on with what somebody who denied something says himself: "denied that it had fallen and said ..."."""

_TENSE = {"VBD": ("VBD", "VBN"), "VBP": ("VBP", "VB"), "VBZ": ("VBZ",)}
"""By the tag of a verb of saying those that a verb joined to it can have: the tagger errs behind "may" and "had"."""

QUOTING = frozenset({"quote", "cite"})
"""Verbs whose object is whoever speaks: "quoted the mayor as saying"."""


def subject(tree: Tree, verb: int) -> int:
    """The token that heads the verb's subject, also where it is shared with another verb; -1 where there is none."""
    for _ in range(_REACH):
        own = tree.child(verb, *SUBJECTS)
        if own >= 0:
            return own
        dep, head = tree.dep[verb], tree.head[verb]
        if head == verb:
            return -1
        outer = resumed(tree, verb)
        if outer >= 0:
            verb = outer
            continue
        if dep == "acl" and tree.pos[head] in ("NOUN", "PROPN", "PRON"):
            return head if tree.tag[verb] != "VB" else _owner(tree, head)
        if dep == "pcomp" and tree.lower[head] == "as" and tree.lemma[tree.head[head]] in QUOTING:
            quoted = tree.child(tree.head[head], "dobj")  # "cited the general as saying": the general speaks
            if quoted >= 0:
                return quoted
        if dep in ("xcomp", "ccomp"):
            theirs = tree.child(head, "dobj") if tree.tag[verb] == "VB" and tree.pos[head] == "VERB" else -1
            if theirs >= 0 and tree.left[theirs] < verb:
                return theirs
        if dep in ("conj", "xcomp", "ccomp", "advcl", "pcomp", "prep", "acomp", "attr", "dep", "parataxis", "oprd"):
            verb = head
            continue
        return -1
    return -1


def resumed(tree: Tree, verb: int) -> int:
    """The verb of saying that a later one goes on from where the parser joined it to what was said; -1 where none.

    "They say that the army may push on, but doubt that it can": who says so doubts, not the army.
    """
    if tree.dep[verb] != "conj" or tree.child(verb, *SUBJECTS, "aux") >= 0:
        return -1
    if tree.lemma[verb] not in RESUMING | AFTER_DENYING:
        return -1
    said = tree.head[verb]
    for _ in range(_REACH):
        if tree.dep[said] != "conj":
            break
        said = tree.head[said]
    outer = tree.head[said]
    if tree.lemma[verb] not in RESUMING and tree.lemma[outer] not in words("denying"):
        return -1
    spoken = tree.dep[said] == "ccomp" and outer < said < verb and tree.pos[outer] == "VERB"
    tenses = _TENSE.get(tree.tag[outer], ())
    return outer if spoken and tree.tag[verb] in tenses and tree.child(outer, *SUBJECTS) >= 0 else -1


def _owner(tree: Tree, noun: int) -> int:
    """Who holds the plan, wish or claim that a noun names: its possessive, else the subject of the verb it serves."""
    owner = tree.child(noun, "poss")
    if owner >= 0:
        return owner
    if tree.dep[noun] in ("dobj", "attr") and tree.head[noun] != noun:
        return subject(tree, tree.head[noun])
    return -1


def phrase(tree: Tree, head: int, until: int = -1) -> Range:
    """The noun phrase of ``head``; ``until`` cuts it before a token that hangs on it (a participle's own noun)."""
    start, end = tree.subtree(head)
    if 0 <= until < end and until > head:
        end = until
    elif 0 <= until < head and until >= start:
        start = until + 1
    if tree.dep[head] == "poss":
        end = min(end, head + 1)
        if end < len(tree) and tree.lower[end - 1] in ("'s", "’s"):
            end -= 1
    return trim(tree, (start, end))


def agent(tree: Tree, verb: int) -> Ranges:
    """Who does it in the passive: the phrase after "by"."""
    by = tree.child(verb, "agent")
    whom = tree.child(by, "pobj") if by >= 0 else -1
    return (phrase(tree, whom),) if whom >= 0 else ()


def source_of(tree: Tree, verb: int) -> tuple[Ranges, int]:
    """The source of an active verb as ranges, and the token that heads it (-1 and no range: nobody)."""
    head = subject(tree, verb)
    if head < 0:
        beside = _beside(tree, verb)
        return ((beside,), beside[1] - 1) if beside[0] < beside[1] else ((), -1)
    if tree.dep[head] == "expl":
        return (), -1
    until = _cut(tree, head, verb)
    return (phrase(tree, head, until),), head


def swallowed(tree: Tree, verb: int) -> list[int]:
    """Noun phrases before a verb without a subject that the parser took for appositions of what stands before them."""
    if tree.child(verb, *SUBJECTS) >= 0:
        return []
    end = verb
    while end and (tree.pos[end - 1] in ("AUX", "ADV", "PUNCT") or tree.dep[end - 1] == "neg"):
        end -= 1
    return [
        t
        for t in range(tree.sentence[verb][0] + 1, end)
        if tree.dep[t] in ("appos", "conj", "npadvmod", "dep")
        and tree.pos[t] in ("NOUN", "PROPN", "PRON")
        and end - 1 <= tree.right[t] < verb
        and tree.words[tree.left[t] - 1] == ","
    ]


def _beside(tree: Tree, verb: int) -> Range:
    """The noun phrase right before a finite verb whose subject the parser missed; empty where there is none."""
    if tree.tag[verb] not in _FINITE and not (tree.tag[verb] == "VBN" and tree.dep[verb] == "ROOT"):
        return (verb, verb)
    cut_off = _fragment(tree, verb)
    if cut_off[0] < cut_off[1]:
        return cut_off
    glued = swallowed(tree, verb)
    if glued:
        return trim(tree, (tree.left[glued[0]], max(tree.right[glued[0]] + 1, glued[0] + 1)))
    end = verb
    first = tree.sentence[verb][0]
    while end > first and (tree.pos[end - 1] in ("AUX", "ADV") or tree.lower[end - 1] in _DAYS):
        end -= 1
    start = end
    while start > first and (
        tree.pos[start - 1] in _NOMINAL or tree.lower[start - 1] in ("of", "in", "from", "'s", "’s")
    ):
        start -= 1
    return (start, end) if end > start and tree.pos[end - 1] in ("NOUN", "PROPN", "PRON", "NUM") else (verb, verb)


def _fragment(tree: Tree, verb: int) -> Range:
    """The name that opens a sentence which the parser cut in two at a comma: "General Petro Bondar, named chief in May, said".

    Empty where the verb's sentence begins after a full stop, or what stands before is a clause of its own.
    """
    first = tree.sentence[verb][0]
    if (
        not first
        or tree.words[first - 1] in (".", "!", "?", ":", ";", '"', "”", "“", "''", "``")
        or tree.words[first - 1].isspace()
    ):
        return (verb, verb)
    before = tree.sentence[first - 1]
    heads = [i for i in range(*before) if tree.head[i] == i]
    comma = next((i for i in range(*before) if tree.words[i] == ","), -1)
    if len(heads) != 1 or tree.pos[heads[0]] != "PROPN" or comma <= heads[0] or tree.words[verb - 1] != ",":
        return (verb, verb)
    return trim(tree, (before[0], comma))


def _cut(tree: Tree, head: int, verb: int) -> int:
    """The child of ``head`` below which the verb itself hangs: the source phrase stops before it."""
    below = verb
    while tree.head[below] != below and tree.head[below] != head:
        below = tree.head[below]
    if tree.head[below] == head and below != head and below != verb:
        return tree.left[below]
    return tree.left[verb] if tree.head[verb] == head and verb != head else -1


def antecedent(tree: Tree, head: int) -> Ranges:
    """For a relative source ("who") the noun phrase it stands for, without the relative clause."""
    if head < 0 or tree.lower[head] not in _RELATIVE:
        return ()
    verb = tree.head[head]
    for _ in range(_REACH):
        if tree.dep[verb] == "relcl":
            noun = tree.head[verb]
            return (trim(tree, (tree.left[noun], max(noun + 1, tree.left[verb]))),)
        if tree.head[verb] == verb:
            return ()
        verb = tree.head[verb]
    return ()


def sort_of(tree: Tree, head: int) -> str:
    """What sort of word heads the source: a trait, as names and persons speak more often than things."""
    if head < 0:
        return "none"
    word = tree.lower[head]
    if tree.pos[head] == "PRON":
        if word in ("he", "she", "his", "her"):
            return "he"
        if word in ("i", "we", "you", "my", "our", "your"):
            return "i"
        return word if word in ("it", "they", "who", "which", "that") else "pronoun"
    if tree.pos[head] == "PROPN":
        return "name"
    return "plural" if tree.tag[head].endswith("S") else "noun"
