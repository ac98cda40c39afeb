"""Candidates from quotations: which verb, before, after or amid it, says whose words they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.quotes import Quotation
from fogline.extract.attribution.sources import QUOTING, SUBJECTS, phrase, sort_of, source_of
from fogline.extract.attribution.tree import CLOSERS, Range, Ranges, Tree, trim
from fogline.extract.attribution.verbs import cue_of, shape

_REACH = 25
"""Tokens before or after a quotation among which its verb is looked for; set by hand."""

MIN_WORDS = 4
"""A shorter quotation without a capital and an end of its own is a quoted phrase, part of its sentence."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as a range of tokens; ``whole`` that it is an utterance rather than a quoted phrase."""

    span: Range
    whole: bool
    quotation: Quotation


def quoted(tree: Tree, quotations: Sequence[Quotation]) -> list[Quoted]:
    """The quotations of a paragraph as token ranges; empty ones are left out."""
    found = []
    for q in quotations:
        start = bisect_right(tree.end, q.span.start)
        end = bisect_left(tree.begin, q.span.end)
        if any(tree.alike(i) for i in range(start, end)):
            found.append(Quoted((start, end), _whole(tree, (start, end), q), q))
    return found


def _whole(tree: Tree, span: Range, quotation: Quotation) -> bool:
    inner = trim(tree, span)
    words = sum(1 for i in range(*inner) if tree.alike(i))
    ended = inner[1] < span[1] and any(c in ".,?!…—-–" for i in range(inner[1], span[1]) for c in tree.words[i])
    capital = tree.words[inner[0]][:1].isupper()
    verb = any(
        tree.pos[i] in ("VERB", "AUX") and tree.tag[i] in ("VBD", "VBZ", "VBP", "MD", "VB") for i in range(*inner)
    )
    if not quotation.closed or not quotation.opened:
        return words >= MIN_WORDS and verb
    if capital and ended and verb:
        return True
    if words < MIN_WORDS:
        return False
    several = any(tree.words[i] in CLOSERS for i in range(inner[0], inner[1]))
    return several or (capital and (verb or ended)) or (verb and words >= 2 * MIN_WORDS and _set_off(tree, span))


def _set_off(tree: Tree, span: Range) -> bool:
    """Whether the quotation is set off from its sentence and hangs on a verb outside itself, if on anything."""
    if span[0] and tree.words[span[0] - 1] not in (",", ":", "."):
        return False
    for i in range(*span):
        head = tree.head[i]
        if not span[0] <= head < span[1] and tree.dep[i] not in ("ccomp", "ROOT", "parataxis"):
            return False
    return True


def follows(tree: Tree, end: int, start: int) -> bool:
    """Whether a quotation that starts at ``start`` comes right after the sentence that holds the token before ``end``."""
    ends = [i for i in range(end, start) if tree.words[i] in CLOSERS]
    return not ends or not any(tree.alike(i) for i in range(ends[0], start))


def from_quotation(tree: Tree, span: Range, taken: Sequence[Range]) -> Candidate | None:
    """The candidate that attributes a quotation, or ``None`` where no verb near it does."""
    for verb, where in _verbs(tree, span, taken):
        source, head = _teller(tree, span, verb, where)
        traits = (f"by.{sort_of(tree, head)}", *shape(tree, verb)[:1])
        return Candidate(verb, tree.lemma[verb], f"q.{where}", source, cue_of(tree, verb), (span,), traits)
    return None


def _teller(tree: Tree, span: Range, verb: int, where: str) -> tuple[Ranges, int]:
    """Who says the quotation: the verb's subject outside of it, else the noun phrase that stands right beside the verb."""
    whom = tree.child(verb, "dobj") if tree.lemma[verb] in QUOTING else -1
    if whom >= 0 and not span[0] <= whom < span[1]:
        return (phrase(tree, whom),), whom  # "..., the agency quotes him as saying"
    source, head = source_of(tree, verb)
    if where == "after":
        near = _near_subject(tree, span, verb)
        if near >= 0:
            source, head = (phrase(tree, near),), near
    source = tuple(r for r in source if not (span[0] <= r[0] < span[1]))
    if source:
        return source, head
    outside = [c for c in tree.children[verb] if tree.dep[c] in SUBJECTS and not span[0] <= c < span[1]]
    if outside:
        near = min(outside, key=lambda c: abs(c - verb))
        return (phrase(tree, near),), near
    inverted = _inverted(tree, verb) if where == "after" else (verb, verb)
    return ((inverted,), inverted[1] - 1) if inverted[0] < inverted[1] else ((), head)


def _inverted(tree: Tree, verb: int) -> Range:
    """The noun phrase right after a verb whose subject the parser gave to a later clause: "..., said A B, chief of C"."""
    start = verb + 1
    end = start
    while end < len(tree) and tree.pos[end] in _NAME:
        end += 1
    heads = [i for i in range(start, end) if tree.pos[i] in ("NOUN", "PROPN", "PRON", "NUM")]
    if not heads:
        return (verb, verb)
    whole = tree.subtree(heads[-1])
    return whole if whole[0] == start and whole[1] - start <= _LONGEST_SOURCE else (start, heads[-1] + 1)


_NAME = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
_LONGEST_SOURCE = 30
"""Tokens of the longest phrase for who speaks; a longer one has swallowed a clause."""


def _near_subject(tree: Tree, span: Range, verb: int) -> int:
    """The subject that stands next to the verb after a quotation, on either side of it."""
    own = tree.child(verb, *SUBJECTS)
    if own >= 0 and own >= span[1]:
        return own
    following = verb + 1
    if own < 0 or own < span[1]:
        for i in range(following, min(len(tree), following + 8)):
            if tree.pos[i] in ("NOUN", "PROPN", "PRON") and tree.dep[i] in (*SUBJECTS, "dobj", "attr", "npadvmod"):
                return i if tree.head[i] == verb else -1
            if tree.lower[i] in (",", ".", ";"):
                break
    return -1


def _verbs(tree: Tree, span: Range, taken: Sequence[Range]) -> list[tuple[int, str]]:
    """Verbs that may say the quotation, likeliest first, each with where it stands."""
    governing = [
        tree.head[i]
        for i in range(*span)
        if not span[0] <= tree.head[i] < span[1]
        and tree.dep[i] in ("ccomp", "parataxis", "dobj", "intj", "dep", "oprd")
    ]
    after, before = _after(tree, span, taken), _before(tree, span, taken)
    found = [(v, "after") for v in after if v in governing] + [(v, "before") for v in before if v in governing]
    if _ends_open(tree, span):
        found += [(v, "after") for v in after]
    if _announced(tree, span):
        found += [(v, "before") for v in before]
    return found


def _ends_open(tree: Tree, span: Range) -> bool:
    """Whether the quotation ends as one does whose verb follows: in a comma, a question or exclamation mark, a dash."""
    last = trim(tree, span)[1]
    marks = "".join(tree.words[last : span[1] + 1])
    following = tree.words[span[1]] if span[1] < len(tree) else ""
    return any(c in marks for c in ",?!—–-") or following in (",", "—", "–", "-") or following[:1].islower()


def _announced(tree: Tree, span: Range) -> bool:
    """Whether a comma, a colon, a verb or "that" leads into the quotation."""
    before = span[0] - 1
    if before < 0:
        return False
    return tree.words[before] in (",", ":", "—", "–") or tree.pos[before] == "VERB" or tree.lower[before] == "that"


def _is_verb(tree: Tree, i: int) -> bool:
    return tree.pos[i] == "VERB" and tree.dep[i] not in ("aux", "auxpass", "amod")


def _after(tree: Tree, span: Range, taken: Sequence[Range]) -> list[int]:
    found = []
    for i in range(span[1], min(len(tree), span[1] + _REACH)):
        if (
            tree.words[i] in CLOSERS
            or tree.words[i] in (";", ":")
            or any(s <= i < e for s, e in taken if (s, e) != span)
        ):
            break
        if _is_verb(tree, i):
            found.append(i)
    return found[:2]


def _before(tree: Tree, span: Range, taken: Sequence[Range]) -> list[int]:
    found = []
    for i in range(span[0] - 1, max(-1, span[0] - 1 - _REACH), -1):
        if tree.words[i] in CLOSERS or any(s <= i < e for s, e in taken if (s, e) != span):
            break
        if _is_verb(tree, i):
            found.append(i)
    return found[:3]
