"""From claims to conclusions: compare, weigh and conclude, all of a ledger or what new reports touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from fogline import registry
from fogline.collecting import undisturbed
from fogline.engine.serial import SerialEngine
from fogline.model import Claim, Conclusions, Document, Grounds, Judgement, Run, Theatre
from fogline.nearby import units_within
from fogline.ports import Engine, KeepsGrounds, Ledger, Progress


def silent(stage: str, done: int, total: int) -> None:
    """A progress that says nothing."""


def conclude(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    theatre: Theatre,
    progress: Progress = silent,
    judgements: Sequence[Judgement] = (),
) -> Conclusions:
    """Compare, weigh and conclude: all that can be computed from the claims, and from what people decided."""
    return conclude_on(claims, documents, theatre, "", progress, judgements)[0]


def conclude_on(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    theatre: Theatre,
    way: str,
    progress: Progress = silent,
    judgements: Sequence[Judgement] = (),
) -> tuple[Conclusions, Grounds]:
    """``conclude``, with the grounds by which what is concluded in this ``way`` can grow."""
    with undisturbed():
        return _conclude_on(claims, documents, theatre, way, progress, judgements)


def _conclude_on(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    theatre: Theatre,
    way: str,
    progress: Progress,
    judgements: Sequence[Judgement],
) -> tuple[Conclusions, Grounds]:
    from fogline.appraise.weighing import weigh_and_learn
    from fogline.control.inferring import infer
    from fogline.growing.grounding import grounds_of
    from fogline.link.comparing import compare_all
    from fogline.review.deciding import graded_anew, overruled, rulings

    progress("comparing", 0, len(claims))
    proposers = [registry.pick("translations", name)() for name in registry.names("translations")]
    compared = compare_all(claims, documents, theatre, rulings(judgements), proposers)
    families, links = compared.families, compared.links
    progress("weighing", 0, len(claims))
    letters = partial(overruled, judgements=judgements)
    sources, grades, lessons = weigh_and_learn(claims, documents, families, links, theatre, letters)
    grades = graded_anew(grades, judgements)
    progress("concluding", 0, len(claims))
    control = infer(claims, documents, families, sources, theatre, within=units_within(claims, theatre))
    progress("concluding", len(claims), len(claims))
    conclusions = Conclusions(
        families=families, links=links, matters=compared.matters, sources=sources, grades=grades, control=control
    )
    return conclusions, grounds_of(compared, documents, lessons, way)


def concluded(
    ledger: Ledger, theatre: Theatre, progress: Progress = silent, more: Sequence[Judgement] = ()
) -> tuple[tuple[Claim, ...], dict[str, Document], Conclusions]:
    """The claims that count, the documents, and what is concluded anew from them; ``more`` are judgements to try out."""
    claims, documents, judgements = _counting(ledger, more)
    return claims, documents, conclude(claims, documents, theatre, progress, judgements)


BULK = 30_000
"""From so many claims on everything is concluded in shards, where the ledger tells in turn: below it one process does it at once in
some hundred megabytes, in less time than it takes to start others."""


def settle(
    ledger: Ledger,
    theatre: Theatre,
    run: Run,
    progress: Progress = silent,
    *,
    anew: bool = False,
    engine: Callable[[], Engine] = SerialEngine,
) -> Mapping[str, int]:
    """Conclude what is new in the ledger, or everything; how many of each thing there are then.

    Everything is concluded where ``anew`` says so and where ``growing`` cannot: at first, where the reports that ``run`` reads are
    many beside those there were, and where the way of concluding has changed. From ``BULK`` claims on that is done in shards, on the
    ``engine`` that is made for it then.
    """
    from fogline.growing.amending import grow
    from fogline.growing.grounding import way_of

    if isinstance(ledger, KeepsGrounds) and not anew and grow(ledger, theatre, way_of(run)):
        return ledger.tally()
    if isinstance(ledger, KeepsGrounds) and _in_bulk(ledger, theatre, way_of(run), progress, engine):
        return ledger.tally()
    conclusions = settled_anew(ledger, theatre, run, progress)
    return {
        "documents": len(ledger.documents()),
        "claims": len(conclusions.grades),
        "families": len(conclusions.families),
        "disputes": sum(link.relation == "contradicts" for link in conclusions.links),
        "places": len(conclusions.control),
        "weighed": len(conclusions.grades),
    }


def _in_bulk(ledger: Ledger, theatre: Theatre, way: str, progress: Progress, engine: Callable[[], Engine]) -> bool:
    """Conclude everything shard by shard, if there is that much and nobody says which claims are one voice or how two stand to
    each other; whether it was done.
    """
    from fogline.review.deciding import rulings
    from fogline.sharing.concluding import concluded as shared
    from fogline.sharing.taking import TellsInTurn

    if not isinstance(ledger, TellsInTurn) or ledger.size() < BULK:
        return False
    judgements = ledger.judgements()
    ruled = rulings(judgements)
    if ruled.voices or ruled.links:
        return False
    with shared(ledger, theatre, way, engine(), progress, judgements) as (conclusions, grounds):
        ledger.conclude(conclusions, grounds)
    return True


def settled_anew(ledger: Ledger, theatre: Theatre, run: Run, progress: Progress = silent) -> Conclusions:
    """Conclude everything, and keep it with its grounds."""
    from fogline.growing.grounding import way_of

    claims, documents, judgements = _counting(ledger)
    conclusions, grounds = conclude_on(claims, documents, theatre, way_of(run), progress, judgements)
    ledger.conclude(conclusions, grounds)
    return conclusions


def _counting(
    ledger: Ledger, more: Sequence[Judgement] = ()
) -> tuple[tuple[Claim, ...], dict[str, Document], tuple[Judgement, ...]]:
    """The claims that count, their documents, and the judgements by which they do."""
    from fogline.review.deciding import counted

    judgements = (*ledger.judgements(), *more)
    return counted(ledger.claims(), judgements), {document.id: document for document in ledger.documents()}, judgements
