"""Candidates from set phrases: "according to", "as per", "in his opinion", "as he said", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.sources import SUBJECTS, agent, phrase, sort_of, source_of, swallowed
from fogline.extract.attribution.tree import Range, Ranges, Tree, trim, union, without
from fogline.timex.lexicon import ANY_MONTH, ANY_WEEKDAY

VIEWS = frozenset({"opinion", "view", "words", "word", "assessment", "estimation", "estimate", "account", "telling"})
LONGEST_NAME = 8
"""Tokens before a colon that can still be the name of who speaks."""
LABELS = frozenset(
    {
        "analysis",
        "appendix",
        "axis",
        "background",
        "breaking",
        "caption",
        "conclusion",
        "context",
        "contents",
        "direction",
        "exclusive",
        "explainer",
        "fact",
        "factbox",
        "figure",
        "image",
        "indicator",
        "interpretation",
        "key",
        "live",
        "map",
        "note",
        "outlook",
        "path",
        "photo",
        "point",
        "question",
        "reason",
        "related",
        "report",
        "result",
        "risk",
        "scenario",
        "section",
        "sector",
        "signal",
        "signals",
        "source",
        "step",
        "summary",
        "table",
        "takeaway",
        "tip",
        "topic",
        "update",
        "video",
        "watch",
    }
)
"""Words of a section's label ("Risk path:"), not of a speaker's name."""
_ENDS = frozenset(".!?…\"”»'’") | {"''"}
_NAMING = ("PROPN", "NOUN", "ADJ", "DET", "ADP", "NUM", "PART", "CCONJ", "PUNCT")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_WRITTEN = frozenset({"report", "statement", "interview", "comment", "post", "update", "briefing"})


def from_phrase(tree: Tree, token: int) -> Iterator[Candidate]:
    """What a set phrase that starts at this token attributes; nothing for any other token."""
    word = tree.lower[token]
    if word == "according" and token + 1 < len(tree) and tree.lower[token + 1] == "to":
        yield from _preposition(tree, token, "according")
    elif word == "per" and (token == tree.sentence[token][0] or tree.lower[token - 1] in ("as", ",")):
        start = token - 1 if token and tree.lower[token - 1] == "as" else token
        yield from _preposition(tree, start, "per")
    elif word in ("in", "by", "to") and tree.dep[token] == "prep":
        yield from _view(tree, token)
    elif word == "as":
        yield from _as(tree, token)
    elif word == ":":
        yield from _colon(tree, token)
    elif tree.pos[token] == "ADV" and tree.dep[token] in ("advmod", "npadvmod", "dep") and word.endswith("ly"):
        yield from _adverb(tree, token)


def _preposition(tree: Tree, token: int, lemma: str) -> Iterator[Candidate]:
    """ "According to X": X is the source, the clause that it stands in the content."""
    last = token + 1
    first = last + (lemma == "according" or tree.lower[token] == "as")
    whom = next((c for c in range(first, min(len(tree), first + 12)) if tree.head[c] < first), -1)
    if whom < 0:
        return
    verb = _main_verb(tree, token, first)
    source = (_source_after(tree, first, whom, verb),)
    if source[0][0] >= source[0][1]:
        return
    cue = ((token, first),)
    around = tree.subtree(verb) if verb >= 0 else tree.sentence[token]
    content = without((around,), ((token, source[0][1]),))
    owner = tree.child(whom, "poss") if tree.lower[whom] in VIEWS else -1
    if owner >= 0:  # "as per the expert's words"
        source = (phrase(tree, owner),)
    if content:
        traits = (f"by.{sort_of(tree, whom)}",)
        yield Candidate(token, lemma, f"p.{lemma}", source, cue, content, traits)


def _main_verb(tree: Tree, token: int, first: int) -> int:
    """The verb of the clause that the phrase belongs to; not that of a relative clause on its own noun."""
    verb = tree.head[token]
    for _ in range(8):
        finite = _finite(tree, verb)
        relative = any(tree.lower[c] in ("who", "which", "whose") for c in tree.children[verb] if c < verb)
        if tree.head[verb] == verb or (finite and not (relative and token == tree.sentence[token][0])):
            break
        verb = tree.head[verb]
    return -1 if verb == token else verb


def _source_after(tree: Tree, start: int, whom: int, verb: int) -> Range:
    """The noun phrase after "according to".

    Where the clause is left without a subject the parser took it into the phrase, as an apposition: it is given back.
    """
    begin, end = phrase(tree, whom)
    counted = [t for t in range(whom + 1, end - 1) if tree.words[t] == "," and tree.pos[t + 1] == "NUM"]
    if counted and tree.pos[whom] == "PROPN" and verb > whom:
        end = min(end, counted[0])  # "According to the network, 47 people ...": a number is no apposition of a name
    glued = swallowed(tree, verb) if verb > whom else []
    if glued:
        end = min(end, tree.left[glued[-1]])
    own = tree.child(verb, *SUBJECTS) if verb >= 0 else -1
    if end < len(tree) - 1 and tree.words[end] == "," and tree.lower[end + 1] in ("who", "which") and own > end:
        end = tree.left[own]
    if end > verb > whom:
        end = verb
    return trim(tree, (max(start, begin), end))


def _view(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "In X's opinion", "by his account"."""
    noun = tree.child(token, "pobj")
    if noun < 0 or tree.lower[noun] not in VIEWS:
        return
    owner = tree.child(noun, "poss")
    if owner < 0:
        of = tree.child(noun, "prep")
        owner = tree.child(of, "pobj") if of >= 0 and tree.lower[of] == "of" else -1
    if owner < 0:
        return
    source = (phrase(tree, owner),)
    span = (token, tree.right[noun] + 1)
    content = without(clause_around(tree, token, span), (span,))
    if content:
        cue = without((span,), source)
        yield Candidate(token, tree.lemma[noun], "p.view", source, cue, content, (f"by.{sort_of(tree, owner)}",))


def _as(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "As X said", "as reported by X": the clause that it stands in is the content."""
    verb = tree.head[token]
    if tree.dep[token] not in ("mark", "advmod", "prep") or tree.pos[verb] != "VERB":
        return
    own = [c for c in tree.children[verb] if tree.dep[c] in ("ccomp", "dobj", "xcomp", "acomp", "attr", "oprd")]
    if tree.lemma[verb] in ("put", "see"):  # "as the spokesman put it", "as she sees it"
        own = [c for c in own if tree.lower[c] != "it"]
    if own or tree.dep[verb] not in ("advcl", "prep", "pcomp"):
        return
    passive = tree.tag[verb] == "VBN" and tree.child(verb, "aux") < 0
    if passive:
        source, kind = agent(tree, verb), "agent"
    else:
        source, head = source_of(tree, verb)
        kind = sort_of(tree, head)
    span = tree.subtree(verb)
    content = without(clause_around(tree, verb, span), (span,))
    if content:
        cue = (
            (token, token + 1),
            (verb, verb + 1),
            *((c, c + 1) for c in tree.children[verb] if tree.lower[c] == "it"),
        )
        yield Candidate(token, tree.lemma[verb], "p.as", source, union(cue), content, (f"by.{kind}",))


def _colon(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "Mayor: the town holds": a short name at the head of a paragraph, and after the colon what it says."""
    if not 0 < token <= LONGEST_NAME or token + 2 >= len(tree):
        return
    before = range(token)
    if any(tree.lemma[i].lower() in LABELS for i in before) or tree.words[len(tree) - 1] not in _ENDS:
        return
    if any(tree.pos[i] not in _NAMING for i in before) or not any(tree.pos[i] in ("PROPN", "NOUN") for i in before):
        return
    if all(tree.lower[i] in ANY_MONTH or tree.lower[i] in ANY_WEEKDAY or tree.pos[i] == "NUM" for i in before):
        return  # "3 July: ...", an entry of a chronology
    end = tree.sentence[token + 1][1]
    head = next((i for i in before if not tree.head[i] < token), token - 1)
    content = ((token + 1, end),)
    yield Candidate(
        token, ":", "c.colon", ((0, token),), ((token, token + 1),), content, (f"by.{sort_of(tree, head)}",)
    )


def _adverb(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "Reportedly": the clause is the content, and nobody is named."""
    head = tree.head[token]
    verbal = tree.pos[head] in ("VERB", "AUX") and head != token
    clause = (tree.subtree(head),) if verbal else clause_around(tree, token, (token, token + 1))
    content = without(clause, ((token, token + 1), *_subordinators(tree, head)))
    if content:
        yield Candidate(token, tree.lower[token], "p.adverb", (), ((token, token + 1),), content)


def _subordinators(tree: Tree, verb: int) -> Ranges:
    """The word that joins the verb's clause to another: "when", "that", "with"."""
    return tuple(
        (c, c + 1)
        for c in tree.children[verb]
        if c < verb
        and (tree.dep[c] == "mark" or tree.tag[c] == "WRB" or (tree.dep[c] == "prep" and not tree.children[c]))
    )


def clause_around(tree: Tree, token: int, phrase_range: Range) -> Ranges:
    """The clause a phrase hangs in: up to the nearest finite verb above it, with all below that verb."""
    top = tree.head[token]
    for _ in range(8):
        if tree.head[top] == top or _finite(tree, top):
            break
        if phrase_range[0] <= tree.head[top] < phrase_range[1]:
            break
        top = tree.head[top]
    if top == token:
        return (tree.sentence[token],)
    start, end = tree.subtree(top)
    mark = tree.child(top, "mark")
    if mark >= 0 and mark == start:
        start += 1
    return ((start, end),)


def _finite(tree: Tree, token: int) -> bool:
    if tree.pos[token] not in ("VERB", "AUX") or tree.dep[token] in ("aux", "auxpass"):
        return False
    return tree.tag[token] in _FINITE or any(tree.tag[c] in _FINITE for c in tree.children[token])
