"""Every proposer of translations: pairs of documents in two languages, the same in any order; claims decide, not proposals."""

from dataclasses import replace
from datetime import date

import pytest
from tests.growing.worlds import FIRST, day, reading, readings

from fogline import registry
from fogline.concluding import conclude
from fogline.link.comparing import compare_all
from fogline.model import Basis, Document, Reading
from fogline.theatres.loading import load

UKRAINE = load("ukraine")
ENGLISH = (
    "The report of Syrskyi names Vovchansk and 40 tanks, of which 15 burnt near Lyman. Then 1,200 people left for Kharkiv, and "
    "Zelensky spoke of Dvorichna."
)
UKRAINIAN = (
    "Звіт Сирського називає Вовчанськ і 40 танків, з яких 15 згоріли біля Лимана. Потім 1 200 людей виїхали до Харкова, а "
    "Зеленський говорив про Дворічну."
)
OTHER = (
    "Мешканці Полтави чекають на потяг до Одеси, який запізнюється на 35 хвилин, каже диспетчер Петренко у Кременчуці."
)


def document(name: str, text: str, language: str, said: date = FIRST) -> Document:
    published = day(said, Basis.PUBLICATION)
    return Document(article_id=name, name=name, text=text, outlet=name, language=language, published=published)


@pytest.fixture(params=registry.names("translations"))
def proposer(request: pytest.FixtureRequest):
    return registry.pick("translations", request.param)()


def pairs(proposer, *documents: Document) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in proposer.propose(documents)}


def test_a_translation_is_proposed_and_another_text_is_not(proposer):
    one, other = document("a", ENGLISH, "en"), document("b", UKRAINIAN, "uk")
    assert pairs(proposer, one, other, document("c", OTHER, "uk")) == {frozenset((one.id, other.id))}


def test_the_order_of_documents_changes_nothing(proposer):
    told = [document("a", ENGLISH, "en"), document("b", UKRAINIAN, "uk"), document("c", OTHER, "uk")]
    assert pairs(proposer, *told) == pairs(proposer, *reversed(told))


def test_documents_of_one_language_or_of_none_are_not_proposed(proposer):
    assert pairs(proposer) == set()
    assert pairs(proposer, document("a", ENGLISH, "en"), document("b", ENGLISH, "en")) == set()
    assert pairs(proposer, document("a", ENGLISH, "en"), document("b", UKRAINIAN, "")) == set()


def test_what_came_out_months_apart_is_no_translation(proposer):
    later = date(2024, 6, 1)
    assert pairs(proposer, document("a", ENGLISH, "en"), document("b", UKRAINIAN, "uk", later)) == set()


class Everything:
    """Proposes all there is."""

    def propose(self, documents):
        return [(a.id, b.id) for n, a in enumerate(documents) for b in documents[n + 1 :]]


def test_a_proposal_joins_no_claims_that_tell_something_else():
    some = readings(14, 4)
    claims, documents = [claim for one in some for claim in one.claims], {one.document.id: one.document for one in some}
    found = compare_all(claims, documents, UKRAINE, translations=[Everything()])
    said = {facet.id: facet for facet in found.facets}
    joined = [why.claims for family in found.families for why in family.reasons if why.name == "translation"]
    assert joined
    for a, b in joined:
        one, other = said[a], said[b]
        assert (one.claim.kind, one.holder, one.denied) == (other.claim.kind, other.holder, other.denied)
        assert set(one.areas) & set(other.areas) or one.areas == other.areas


def test_a_translation_joins_the_family_of_what_it_translates():
    quote = "Ukrainian officers said that Russian forces hold Kupiansk"
    (first, *_), when = (
        [one for one in readings(30, 6) if one.claims[0].kind == "control"],
        day(FIRST, Basis.PUBLICATION),
    )
    claim = replace(first.claims[0], quote=quote, when=when)
    some = [
        in_language(reading(n, f"{t} {quote}", n, when, [(claim, quote)]), n)
        for n, t in (("en", ENGLISH), ("uk", UKRAINIAN))
    ]
    claims, documents = [one.claims[0] for one in some], {one.document.id: one.document for one in some}
    (family,) = conclude(claims, documents, UKRAINE).families
    assert [why.name for why in family.reasons] == ["translation"]


def in_language(one: Reading, language: str) -> Reading:
    """The same report, said to be in that language."""
    document = Document(
        article_id=one.article.id, name=one.document.name, text=one.document.text, outlet=one.document.outlet,
        language=language, published=one.document.published,
    )  # fmt: skip
    return replace(
        one, document=document, claims=tuple(replace(claim, document_id=document.id) for claim in one.claims)
    )
