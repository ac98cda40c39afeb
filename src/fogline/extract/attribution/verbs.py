"""Candidates from verbs: what the verb's clause, infinitive, object, preposition or passive subject says."""

from __future__ import annotations

from collections.abc import Iterator

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.mending import displaced, met, stranded
from fogline.extract.attribution.sources import SUBJECTS, agent, resumed, sort_of, source_of, subject
from fogline.extract.attribution.tails import tail
from fogline.extract.attribution.tree import Range, Ranges, Tree, union, without
from fogline.extract.naming import words

_AUXILIARY = ("aux", "auxpass", "neg", "advmod", "prt")
_WH = frozenset({"whether", "if", "what", "how", "why", "when", "where", "who", "which"})
_LOOSE_PREPOSITIONS = frozenset(
    {"in", "on", "at", "during", "after", "before", "since", "until", "last", "via", "from"}
)
_RAISING = frozenset({"seem", "appear", "look", "sound", "tend", "happen", "threaten"})
_PERSUADING = frozenset({"convince", "persuade", "concern", "worry", "alarm"})
"""Verbs in whose passive the subject is who believes or fears."""
_NOT_TRIGGERS = frozenset({"be", "have", "do"})


def from_verb(tree: Tree, verb: int) -> Iterator[Candidate]:
    """The verb's candidates; several frames of one verb compete later."""
    lemma = tree.lemma[verb]
    if lemma in _NOT_TRIGGERS or tree.dep[verb] in ("aux", "auxpass"):
        return
    hidden = hidden_speaker(tree, verb) or tail(tree, verb) or met(tree, verb)
    if hidden:
        named = ("by.name", *shape(tree, verb))
        yield Candidate(verb, lemma, "v.clause", hidden[:1], cue_of(tree, verb), hidden[1:], named)
        return
    source, head = source_of(tree, verb)
    traits = (f"by.{sort_of(tree, head)}", *shape(tree, verb))
    passive = is_passive(tree, verb)
    for frame, content in _passive(tree, verb) if passive else _active(tree, verb):
        by, marks = (agent(tree, verb), ("by.agent",)) if passive else (source, traits)
        if passive and not by and frame == "v.passive.that" and lemma in _PERSUADING:
            frame, by, marks = "v.clause.that", source, traits  # "the commander is convinced that ...": he says so
        elif passive and not by:
            marks = ("by.nobody", *shape(tree, verb))
        if frame == "v.raise":
            by, marks = (), ("by.nobody",)
        cue = cue_of(tree, verb)
        told = without(union(content), union((*by, *cue)) if frame != "v.object" else cue)
        if told:
            yield Candidate(verb, lemma, frame, by, cue, told, marks)


def hidden_speaker(tree: Tree, verb: int) -> tuple[Range, Range] | None:
    """Source and content where the parser took the speaker for an apposition: "They took the town, the chief, Name, told".

    The verb of saying is joined without "and" to the clause before and has no subject of its own; what stands between
    the clause's comma and the verb is an apposition that ends right before the verb.
    """
    if (
        tree.dep[verb] not in ("conj", "ROOT", "dep")
        or tree.tag[verb] not in ("VBD", "VBZ")
        or tree.child(verb, *SUBJECTS) >= 0
    ):
        return None
    first = tree.sentence[verb][0]
    last = verb - 1 if tree.words[verb - 1] != "," else verb - 2
    if last <= first or any(tree.dep[i] == "cc" and tree.head[i] == tree.head[verb] for i in range(first, verb)):
        return None
    found = [
        i
        for i in range(first + 2, verb)
        if tree.dep[i] == "appos" and tree.words[tree.left[i] - 1] == "," and tree.head[i] < tree.left[i]
    ]
    if not found or not any(tree.right[i] >= last or i == last for i in found):
        return None
    start = tree.left[found[0]]
    if not any(tree.pos[i] == "PROPN" for i in range(start, last + 1)) or start - 1 <= first:
        return None
    return (start, last + 1), (first, start - 1)


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is passive, also as a participle alone ("asked about it, he") or joined to a passive one."""
    if tree.tag[verb] not in ("VBN", "VBD"):
        return False
    labels = {tree.dep[c] for c in tree.children[verb]}
    if "nsubjpass" in labels or "auxpass" in labels:
        return True
    if tree.tag[verb] == "VBD" and _opens(tree, verb, labels):
        return True
    if tree.tag[verb] == "VBD" or labels & {"aux", "nsubj"}:
        return False
    if tree.dep[verb] == "conj":
        return is_passive(tree, tree.head[verb])
    return tree.dep[verb] in ("acl", "amod", "advcl") and "dobj" not in labels


def _opens(tree: Tree, verb: int, labels: set[str]) -> bool:
    """Whether a form in -ed opens its sentence, or a clause after "when", without a subject: "Asked whether ..., he"."""
    first = verb == tree.sentence[verb][0] or tree.lower[verb - 1] in ("when", "if", "though", "“", '"', "``")
    return first and tree.dep[verb] in ("advcl", "ccomp", "dep") and not labels & {"nsubj", "dobj", "aux"}


def shape(tree: Tree, verb: int) -> tuple[str, ...]:
    """How the verb itself stands: finite, to-infinitive, participle; denied; asked as a condition."""
    tag = tree.tag[verb]
    auxiliaries = [tree.lower[c] for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")]
    if "to" in auxiliaries:
        form = "to"
    elif any(a in ("would", "could", "might", "should", "must", "can", "may") for a in auxiliaries):
        form = "modal"
    elif any(a in ("will", "'ll", "’ll") for a in auxiliaries):
        form = "will"
    else:
        form = {"VBD": "past", "VBG": "ing", "VBN": "perfect", "VB": "bare"}.get(tag, "present")
    return (f"form.{form}", f"dep.{tree.dep[verb]}")


def cue_of(tree: Tree, verb: int) -> Ranges:
    """The verb with its auxiliaries, negation and particles."""
    parts = [c for c in tree.children[verb] if tree.dep[c] in _AUXILIARY and abs(c - verb) <= 4]
    parts = [c for c in parts if tree.subtree(c) == (c, c + 1)]
    return union(((verb, verb + 1), *((c, c + 1) for c in parts)))


def _active(tree: Tree, verb: int) -> Iterator[tuple[str, Ranges]]:
    children = tree.children[verb]
    clauses = [c for c in children if tree.dep[c] == "ccomp" or _precedes(tree, verb, c)]
    infinitives = [c for c in children if tree.dep[c] == "xcomp" and stranded(tree, c) < 0]
    moved = displaced(tree, verb)
    if moved >= 0:
        yield "v.clause.that", (tree.subtree(moved),)
        return
    theme = tree.child(verb, "dobj")
    inserted = _inserted(tree, verb)
    if inserted:
        yield "v.clause.inserted", inserted
    for clause in clauses:
        content = union((tree.subtree(clause), *_joined(tree, verb, clause), *_declared(tree, theme, clause)))
        yield _clause_frame(tree, verb, clause), without(content, _resumed_within(tree, verb, clause))
    for open_clause in infinitives:
        if tree.lemma[verb] in _RAISING:
            whose = subject(tree, verb)
            if whose >= 0 and tree.lower[whose] != "it":
                yield "v.raise", (tree.subtree(whose), tree.subtree(open_clause))
                continue
        form = "to" if tree.child(open_clause, "aux") >= 0 else tree.pos[open_clause].lower()
        if theme >= 0 and theme < open_clause:
            yield f"v.object.{form}", (tree.subtree(open_clause),)
        else:
            yield f"v.open.{form}", (tree.subtree(open_clause),)
    if theme > verb and tree.words[tree.left[theme] - 1] == ",":
        theme = -1
    if theme >= 0 and not clauses:
        yield from _denied_word(tree, verb, theme)
        yield from _object(tree, verb, theme)
    yield from _prepositions(tree, verb, theme, bool(clauses))
    for other in children:
        if tree.dep[other] in ("acomp", "oprd") and theme < 0 and tree.lemma[verb] in _RAISING:
            whose = subject(tree, verb)
            if whose >= 0 and not clauses:
                yield "v.raise", (tree.subtree(whose), tree.subtree(other))
    if not clauses and not infinitives and theme < 0 and tree.dep[verb] == "relcl":
        noun = tree.head[verb]
        yield "v.relative", ((tree.left[noun], max(noun + 1, tree.left[verb])),)


def _inserted(tree: Tree, verb: int) -> Ranges:
    """What a parenthesis says: "The town, he said, was lost"; nothing where the verb is not set off by commas."""
    whose = tree.child(verb, *SUBJECTS)
    if whose < 0:
        return ()
    begin, end = min(tree.left[whose], verb), max(tree.right[whose], verb) + 1
    first, last = tree.sentence[verb]
    before = tree.words[begin - 1] if begin > first else ""
    after = tree.words[end] if end < last else ""
    if before != "," or after not in (",", ".") or begin - 1 == first or end - begin > 12:
        return ()
    others = (*range(first, begin - 1), *range(end, last))
    if not any(tree.dep[i] in SUBJECTS for i in others):  # what is left must be a clause itself
        return ()
    return ((first, begin - 1), (end, last))


def _joined(tree: Tree, verb: int, clause: int) -> Ranges:
    """A second clause the parser joined to the verb of saying: "said that they are few and there has been no advance"."""
    own = [c for c in tree.children[verb] if c > clause > verb and tree.dep[c] == "conj"]
    return tuple((tree.left[c], tree.right[c] + 1) for c in own if tree.child(c, "expl") >= 0)


def _precedes(tree: Tree, verb: int, clause: int) -> bool:
    """Whether a clause that the parser took for an adverbial is what is said: "The chief reported to him, the office said"."""
    whose = tree.child(verb, *SUBJECTS)
    plain = tree.dep[clause] == "advcl" and tree.tag[clause] in ("VBD", "VBZ", "VBP") and tree.child(clause, "mark") < 0
    behind = tree.right[clause] < tree.left[whose] < verb if whose >= 0 else False
    opened = any(tree.tag[c] in ("WRB", "IN") and c < clause for c in tree.children[clause] if tree.dep[c] == "advmod")
    return (
        plain and behind and not opened and subject(tree, clause) != whose and tree.words[tree.left[whose] - 1] == ","
    )


def _declared(tree: Tree, theme: int, clause: int) -> Ranges:
    """The object that a participle behind it is said of: "declared [the town] liberated"."""
    bare = tree.tag[clause] == "VBN" and tree.child(clause, *SUBJECTS, "aux", "auxpass") < 0
    return (tree.subtree(theme),) if bare and 0 <= theme < clause else ()


def _resumed_within(tree: Tree, verb: int, clause: int) -> Ranges:
    """The part of a clause in which the speaker goes on with a verb of his own: it is not told by the first verb."""
    own = [i for i in range(clause + 1, tree.right[clause] + 1) if resumed(tree, i) == verb]
    return ((own[0] - (2 if tree.words[own[0] - 2] == "," else 1), tree.right[clause] + 1),) if own else ()


def _clause_frame(tree: Tree, verb: int, clause: int) -> str:
    if clause < verb:
        return "v.clause.before"
    first = tree.left[clause]
    if tree.lower[first] == "that":
        return "v.clause.that"
    if tree.lower[first] in _WH or tree.tag[first] in ("WP", "WRB", "WDT"):
        return "v.clause.wh"
    if tree.tag[clause] == "VB" and tree.child(clause, "aux") >= 0 and tree.lower[tree.child(clause, "aux")] == "to":
        return "v.clause.to"
    if tree.tag[clause] in ("VBG", "VB"):
        return "v.clause.loose"
    return "v.clause"


def core(tree: Tree, noun: int) -> Range:
    """A noun phrase without what a comma merely adds to it: an apposition, a relative or participial clause."""
    start, end = tree.subtree(noun)
    for c in tree.children[noun]:
        if (
            c > noun
            and tree.dep[c] in ("appos", "relcl", "acl", "advcl")
            and tree.words[tree.left[c] - 1] in (",", "—", "-")
        ):
            return (start, min(end, tree.left[c] - 1))
    return (start, end)


def _object(tree: Tree, verb: int, theme: int) -> Iterator[tuple[str, Ranges]]:
    """The object with what completes it: "accuse [him of treason]", "describe [it as lost]"."""
    start, end = core(tree, theme)
    tail = ""
    for c in tree.children[verb]:
        binds = tree.lower[c] not in _LOOSE_PREPOSITIONS or _gauges(tree, verb, c)
        if c > theme and tree.dep[c] in ("prep", "oprd", "dative") and binds:
            end = max(end, tree.right[c] + 1)
            tail = tail or (tree.lower[c] if tree.dep[c] == "prep" else "as")
    inside = [i for i in range(theme + 1, end) if tree.lower[i] == "at" and _gauges(tree, verb, i)]
    tail = tail or ("at" if inside else "")
    content: tuple[Range, ...] = ((start, end),)
    if theme < verb:
        content = (tree.subtree(theme), *(((verb + 1, end),) if end > verb + 1 else ()))
    yield (
        "v.object" + (f".{tail}" if tail in ("as", "of", "for", "about", "to", "with", "against", "at") else ""),
        content,
    )


def _denied_word(tree: Tree, verb: int, theme: int) -> Iterator[tuple[str, Ranges]]:
    """What somebody denies that is told by nobody in particular: "denied rumours [that the town had fallen]"."""
    clause = tree.child(theme, "acl", "ccomp", "relcl")
    owned = tree.child(theme, "poss", "amod", "compound") >= 0
    hearsay = tree.lemma[verb] in words("denying") and tree.lemma[theme] in words("hearsay") and not owned
    if hearsay and clause > theme and tree.lower[tree.left[clause]] == "that":
        yield "v.clause.that", (tree.subtree(clause),)


def _gauges(tree: Tree, verb: int, preposition: int) -> bool:
    """For the "at" of "put the losses at 300"."""
    inside = range(*tree.subtree(preposition))
    number = any(tree.pos[i] == "NUM" for i in inside)
    return tree.lower[preposition] == "at" and tree.lemma[verb] in ("put", "estimate", "set", "place") and number


def _asks(tree: Tree, clause: int) -> bool:
    """Whether a clause that the parser took for a condition is a question: "asked if it had fallen"."""
    mark = tree.child(clause, "mark")
    asked = tree.lemma[tree.head[clause]] in ("ask", "question", "quiz", "press")
    return tree.dep[clause] == "advcl" and asked and mark == tree.left[clause] and tree.lower[mark] in ("if", "whether")


def _prepositions(tree: Tree, verb: int, theme: int, told: bool) -> Iterator[tuple[str, Ranges]]:
    if told:
        return
    for c in tree.children[verb]:
        if tree.dep[c] != "prep" or c < verb:
            continue
        what = tree.child(c, "pobj", "pcomp")
        if what < 0 and tree.children[c]:
            deeper = tree.child(c, "prep")
            what = tree.child(deeper, "pobj", "pcomp") if deeper >= 0 else -1
        if what >= 0:
            yield f"v.{'object.' if theme >= 0 else ''}on.{tree.lower[c]}", (core(tree, what),)


def _passive(tree: Tree, verb: int) -> Iterator[tuple[str, Ranges]]:
    """What is said of the passive's subject, with the clause, infinitive or "as" phrase that says it."""
    whose = tree.child(verb, "nsubjpass", "csubjpass")
    if whose < 0 and tree.dep[verb] in ("acl", "amod"):
        noun = tree.head[verb]
        own = (tree.left[noun], noun + 1)
        subjects: Ranges = without((own,), ((verb, verb + 1),)) if tree.dep[verb] == "amod" else (own,)
    elif whose < 0 and tree.dep[verb] == "advcl":
        subjects = ()  # "Asked about the losses, he": nothing is told of him
    elif whose < 0:
        shared = subject(tree, verb)
        subjects = (tree.subtree(shared),) if shared >= 0 else ()
    else:
        subjects = (tree.subtree(whose),)
    dummy = whose >= 0 and tree.lower[whose] == "it"
    clause = tree.child(verb, "ccomp", "advcl") if dummy else tree.child(verb, "ccomp")
    if clause < 0:
        clause = next((c for c in tree.children[verb] if c > verb and _asks(tree, c)), -1)
    if clause >= 0 and clause > verb:
        yield "v.passive.that", (tree.subtree(clause),)
        return
    rest = [c for c in tree.children[verb] if c > verb and tree.dep[c] in ("xcomp", "oprd", "dobj")]
    if rest:
        form = "to" if tree.dep[rest[0]] == "xcomp" and tree.child(rest[0], "aux") >= 0 else tree.dep[rest[0]]
        yield f"v.passive.{form}", (*subjects, *(tree.subtree(c) for c in rest))
        return
    joined = [
        c
        for c in tree.children[verb]
        if c > verb and tree.dep[c] == "prep" and tree.lower[c] not in _LOOSE_PREPOSITIONS
    ]
    if joined:
        name = tree.lower[joined[0]]
        yield f"v.passive.on.{name}", (*subjects, *(tree.subtree(c) for c in joined))
    elif subjects:
        yield ("v.passive" if tree.dep[verb] not in ("acl", "amod") else f"v.passive.{tree.dep[verb]}"), subjects
