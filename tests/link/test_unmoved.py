"""The order of claims, the names of outlets and verbatim copies change no verdict."""

import random
from dataclasses import replace

from benchmarks.claims import documents
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import by_id

from fogline.link.comparing import compare
from fogline.model import Attribution, Claim, Document, Link, Relation
from fogline.theatres.loading import load

UKRAINE = load("ukraine")
Made = list[tuple[Document, tuple[Claim, ...]]]


def made(count: int, seed: int) -> Made:
    return list(documents(count, seed))


def told(some: Made) -> tuple[list[Claim], dict[str, Document]]:
    return [claim for _, own in some for claim in own], dict(by_id(*(document for document, _ in some)))


def verdicts(links: tuple[Link, ...], names: dict[str, str]) -> set[tuple[str, str, str, str]]:
    return {(names[one.a], names[one.b], one.relation.value, one.aspect) for one in links}


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_the_order_of_claims_changes_nothing(seed: int):
    claims, sources = told(made(120, seed))
    shuffled = claims[:]
    random.Random(seed).shuffle(shuffled)
    assert compare(claims, sources, UKRAINE) == compare(shuffled, sources, UKRAINE)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_new_names_for_outlets_change_no_verdict(seed: int):
    every = made(120, seed)
    again: Made = []
    names: dict[str, str] = {}
    for document, own in every:
        other = replace(document, outlet=f"Paper {document.outlet}")
        moved = tuple(renamed(claim, other) for claim in own)
        names |= {new.id: old.id for new, old in zip(moved, own, strict=True)}
        again.append((other, moved))
    one, two = (compare(*told(some), UKRAINE)[1] for some in (every, again))
    assert verdicts(one, {claim.id: claim.id for claim in told(every)[0]}) == verdicts(two, names)


def renamed(claim: Claim, document: Document) -> Claim:
    chain = tuple(replace(s, name=document.outlet) if s.type == "outlet" else s for s in claim.attribution.chain)
    attribution = Attribution(type=claim.attribution.type, content=claim.attribution.content, chain=chain)
    return replace(claim, document_id=document.id, attribution=attribution)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_a_verbatim_copy_adds_repeats_and_no_verdict(seed: int):
    every = made(100, seed)
    document, own = max(every, key=lambda pair: max(len(claim.quote.split()) for claim in pair[1]))
    first = max(own, key=lambda claim: len(claim.quote.split()))
    if len(first.quote.split()) < 12:
        return
    mirror = replace(document, name=f"{document.name} mirrored", outlet="Mirror")
    copy = renamed(first, mirror)
    claims, sources = told(every)
    before = set(compare(claims, sources, UKRAINE)[1])
    after = set(compare([*claims, copy], {**sources, mirror.id: mirror}, UKRAINE)[1])
    added = {one for one in after - before if copy.id in (one.a, one.b)}
    assert {one.relation for one in added} <= {Relation.REPEATS}
    assert added
