"""All possible attributions of a paragraph, before any is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.nominals import from_adjective, from_noun, from_tone
from fogline.extract.attribution.phrases import from_phrase
from fogline.extract.attribution.quoting import Quoted, follows, from_quotation
from fogline.extract.attribution.tree import Range, Ranges, Tree, shared, size, trim, union, without
from fogline.extract.attribution.verbs import from_verb
from fogline.extract.attribution.weights import lemmas_with, reporting, tones


def candidates(tree: Tree, quotes: Sequence[Quoted]) -> list[Candidate]:
    """The paragraph's candidates: quotations with a verb first, then triggers in text order."""
    whole = [q.span for q in quotes if q.whole]
    if is_heading(tree, quotes):
        return []
    told = _quotations(tree, whole)
    inside = _inside(tree, quotes)
    every = [q.span for q in quotes]
    found = []
    for token in range(len(tree)):
        for candidate in _triggered(tree, token):
            ready = _fit(tree, candidate, whole, every, inside)
            if ready.content:
                found.append(ready)
    return [*_joined(told, found), *(c for c in found if c.trigger not in told or not c.frame.startswith("v."))]


LONGEST_HEADING = 14
"""Words up to which a paragraph without an end mark or quotation is taken for a heading; set by hand."""


def is_heading(tree: Tree, quotes: Sequence[Quoted]) -> bool:
    """Whether the paragraph is a heading: short, with no quotation and no mark at its end."""
    last = len(tree) - 1
    while last >= 0 and tree.pos[last] == "SPACE":
        last -= 1
    if last < 0 or quotes or tree.pos[last] == "PUNCT":
        return last < 0
    return sum(1 for i in range(last + 1) if tree.alike(i)) <= LONGEST_HEADING


def _quotations(tree: Tree, whole: Sequence[Range]) -> dict[int, Candidate]:
    """Whole quotations by the verb that says them; a split quotation is one candidate with several ranges."""
    told: dict[int, Candidate] = {}
    last: Candidate | None = None
    for span in whole:
        candidate = from_quotation(tree, span, whole)
        if candidate is None and last is not None and follows(tree, _end(last), span[0]):
            candidate = replace(last, content=(span,))
        if candidate is None:
            last = None
            continue
        last = candidate
        first = told.get(candidate.trigger)
        told[candidate.trigger] = candidate if first is None else _split(first, candidate)
    return told


def _end(candidate: Candidate) -> int:
    return max(candidate.trigger + 1, *(r[1] for r in (*candidate.content, *candidate.source)))


def _split(first: Candidate, second: Candidate) -> Candidate:
    return replace(first, content=union((*first.content, *second.content)), source=first.source or second.source)


def _joined(told: dict[int, Candidate], found: Sequence[Candidate]) -> Iterator[Candidate]:
    """A quotation that is part of a longer clause of the same verb is told with the whole clause (mixed speech)."""
    for trigger, candidate in told.items():
        content = candidate.content
        for other in found:
            clause = other.trigger == trigger and other.frame.startswith("v.clause")
            apart = other.frame == "v.clause.that" and not shared(other.content, content)  # "noted that ...: “...”"
            if clause and (apart or shared(other.content, content) >= 0.9 * size(content)):
                content = union((*content, *other.content))
        yield replace(candidate, content=without(content, union((*candidate.cue, *candidate.source))))


def _triggered(tree: Tree, token: int) -> Iterator[Candidate]:
    pos = tree.pos[token]
    if pos == "VERB":
        yield from from_verb(tree, token)
    elif pos == "NOUN":
        yield from from_noun(tree, token)
    elif pos == "ADJ":
        yield from from_adjective(tree, token)
    if tree.dep[token] in ("acomp", "attr") and tree.lemma[token] in tones():
        yield from from_tone(tree, token)
    yield from from_phrase(tree, token)


def _inside(tree: Tree, quotes: Sequence[Quoted]) -> list[int]:
    """For each token the number of the quotation it stands in, or -1."""
    inside = [-1] * len(tree)
    for number, q in enumerate(quotes):
        inside[q.span[0] : q.span[1]] = [number] * (q.span[1] - q.span[0])
    return inside


def _fit(
    tree: Tree, candidate: Candidate, whole: Sequence[Range], every: Sequence[Range], inside: Sequence[int]
) -> Candidate:
    """The candidate with its content cut to, or widened by, the quotations it touches, and marked as quoted."""
    content = candidate.content
    for start, end in whole:
        common = shared(content, ((start, end),))
        if not common:
            continue
        if start <= candidate.trigger < end:
            content = without(content, ((0, start), (end, len(tree))))
        elif common * 2 >= end - start:
            content = union((*content, (start, end)))
        else:
            content = without(content, ((start, end),))
    content = _tidy(tree, _with_marks(tree, content, every))
    if not content:
        return replace(candidate, content=())
    marks: tuple[str, ...] = (
        f"in.{'quote' if inside[candidate.trigger] >= 0 else 'prose'}",
        length(tree, content),
        f"within.{_clause_of(tree, candidate.trigger)}",
        f"told.{_sort(tree, _top(tree, content[0]))}",
        f"source.{_sort(tree, _top(tree, candidate.source[0]))}" if candidate.source else "source.none",
    )
    forces = candidate.source and tree.lemma[_top(tree, candidate.source[0])] in lemmas_with("force")
    if forces and candidate.lemma not in reporting():
        marks = (*marks, "force")
    return replace(candidate, content=content, traits=(*candidate.traits, *marks))


def _top(tree: Tree, span: Range) -> int:
    """The token of the range that hangs on one outside it."""
    return next((i for i in range(*span) if not span[0] <= tree.head[i] < span[1] or tree.head[i] == i), span[0])


def _sort(tree: Tree, token: int) -> str:
    """A common noun's lemma, another word's part of speech."""
    return tree.lemma[token] if tree.pos[token] == "NOUN" else tree.pos[token]


def _clause_of(tree: Tree, token: int) -> str:
    """Whether the trigger is itself told: the first kind of subordinate clause above it."""
    for _ in range(12):
        if tree.dep[token] in ("ccomp", "relcl", "advcl", "acl", "pcomp", "csubj") and tree.head[token] != token:
            return tree.dep[token]
        if tree.head[token] == token:
            break
        token = tree.head[token]
    return "main"


def _with_marks(tree: Tree, content: Ranges, every: Sequence[Range]) -> Ranges:
    """The content with both marks of each quotation of which it holds all the words."""
    for span in every:
        inner = trim(tree, span)
        if inner != span and inner[0] < inner[1] and shared(content, (inner,)) == inner[1] - inner[0]:
            content = union((*content, span))
    return content


def _tidy(tree: Tree, content: Ranges) -> Ranges:
    """The content without loose punctuation at its ends, and without pieces that hold no word."""
    trimmed = (trim(tree, piece, marks=True) for piece in content)
    return tuple(p for p in trimmed if any(tree.alike(i) for i in range(*p)))


def length(tree: Tree, content: Ranges) -> str:
    """How long the content is, as a trait: a lone pronoun is rarely reported, a long clause often."""
    words = [i for piece in content for i in range(*piece) if tree.alike(i)]
    if len(words) == 1:
        return "length.pronoun" if tree.pos[words[0]] == "PRON" else "length.1"
    bound = next((b for b in (2, 4, 9) if len(words) <= b), 10)
    return f"length.{bound}"
