"""Which relation two statements lean to, all in all: an additive score over named features, and the chances that follow from it.

The comparators say what they are sure of and are silent on the rest. People word one thing in ways without end; so beside the
comparators stands a multinomial logistic model (D. R. Cox, "The regression analysis of binary sequences", 1958; the softmax of
the sums) over the features of ``fogline.link.features``. Its weights stand in ``leaning.toml``, a line a feature, fitted by
``python -m evals.leaning_fit`` on pairs that were written for this project. What it says is a sum of named reasons, and the
greatest are told. Asked only of two statements that a person puts side by side, in English; it makes no link of a ledger.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from fogline.link import features
from fogline.link.features import Features
from fogline.link.statement import Statement
from fogline.link.verdict import Verdict
from fogline.model import Reason, Relation

LANGUAGES = frozenset({"en", ""})
"""The language of the cues, and none told: a statement may be too short to tell its language."""
_CONTRADICTS = 0.8
"""The least chance at which two statements are said to contradict each other: nothing else costs a reader more. Where that is
likeliest and less likely, the comparators' word stands."""
_DOUBTED = 0.1
"""A contradiction that the comparators found, and that is less likely than this, is dropped."""
_OVER_SILENCE, _OVER_COMPARATOR = 0.1, 0.7
"""By how much a relation has to be likelier than that which the comparators found: where they found none, and where they found one.

These four were set on pairs of which the weights knew nothing, so that of the pairs which the comparators were tuned on as many
stay right."""
_TOLD = 4
"""How many of the reasons are told."""
_LEAST = 0.1
"""A reason that weighs less is not told."""


@dataclass(frozen=True, slots=True)
class Table:
    """For each outcome a bias, and for each feature what it adds to the sum of each outcome where it holds in full."""

    outcomes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def chances(self, found: Features) -> dict[str, float]:
        """The chance of each outcome, together 1."""
        sums = list(self.bias)
        for name, value in found.items():
            if value:
                sums = [total + value * weight for total, weight in zip(sums, self.weights[name], strict=True)]
        greatest = max(sums)
        powers = [math.exp(total - greatest) for total in sums]
        whole = math.fsum(powers)
        return {outcome: power / whole for outcome, power in zip(self.outcomes, powers, strict=True)}


def settle(told: Verdict, a: Statement, b: Statement) -> Verdict:
    """What is said of two statements: what the comparators say, unless another relation is likelier by far."""
    if not {a.document.language, b.document.language} <= LANGUAGES:
        return told
    found = features.between(a, b)
    chances = relations().chances(found)
    relation = likeliest(chances, told.relation)
    if relation is told.relation:
        return replace(told, reasons=(*told.reasons, *_unsaid(chances, told, a, b)))
    reasons = (_weighed(chances, relation, a, b), *_reasons(found, relation, a, b))
    return Verdict(relation, aspect(found, relation), reasons)


def likeliest(chances: Mapping[str, float], told: Relation) -> Relation:
    """The relation that is said, where the comparators say ``told``."""
    contradicts = chances[Relation.CONTRADICTS.value]
    best = Relation(max(chances, key=chances.__getitem__))
    if told is Relation.CONTRADICTS and contradicts < _DOUBTED:
        return best
    if best is Relation.CONTRADICTS and contradicts < _CONTRADICTS:
        return told
    margin = _OVER_SILENCE if told is Relation.UNRELATED else _OVER_COMPARATOR
    return best if chances[best.value] - chances[told.value] > margin else told


def aspect(found: Features, relation: Relation) -> str:
    """In what two statements meet that stand so to each other: the likeliest aspect; "" where they are unrelated."""
    if relation is Relation.UNRELATED:
        return ""
    chances = aspects().chances({**found, relation.value: 1.0})
    return max(chances, key=chances.__getitem__)


def _weighed(chances: Mapping[str, float], relation: Relation, a: Statement, b: Statement) -> Reason:
    ordered = sorted(chances, key=lambda name: (-chances[name], name))
    listed = ", ".join(f"{name} {chances[name]:.2f}" for name in ordered if chances[name] >= 0.05)
    detail = f"Weighed by what the statements have in common and in what they differ, {relation.value} is likeliest: {listed}."
    return Reason(name="weighed", detail=detail, claims=_claims(a, b))


def _unsaid(chances: Mapping[str, float], told: Verdict, a: Statement, b: Statement) -> tuple[Reason, ...]:
    """Where nothing is said and a contradiction is likeliest, though not likely enough: that it may be one."""
    contradicts = Relation.CONTRADICTS.value
    if told.relation is not Relation.UNRELATED or max(chances, key=chances.__getitem__) != contradicts:
        return ()
    detail = f"Weighed as wholes they may contradict each other ({chances[contradicts]:.2f}); that is said from {_CONTRADICTS:.2f} on."
    return (Reason(name="weighed", detail=detail, claims=_claims(a, b)),)


def _reasons(found: Features, relation: Relation, a: Statement, b: Statement) -> tuple[Reason, ...]:
    """The features that add most to the relation, each against what it adds to the others on the average."""
    table = relations()
    at = table.outcomes.index(relation.value)
    added = {name: value * _above(table.weights[name], at) for name, value in found.items() if value}
    most = sorted(added, key=lambda name: (-added[name], name))[:_TOLD]
    return tuple(
        Reason(
            name=name, detail=f"{name} ({found[name]:.2f}) speaks for it by {added[name]:.2f}.", claims=_claims(a, b)
        )
        for name in most
        if added[name] >= _LEAST
    )


def _above(weights: Sequence[float], at: int) -> float:
    return weights[at] - sum(weights) / len(weights)


def _claims(a: Statement, b: Statement) -> tuple[str, ...]:
    """The first claim heard in each, where one was heard."""
    return tuple(facet.id for statement in (a, b) for facet in statement.facets[:1])


@cache
def relations() -> Table:
    """The weights by which the relation is weighed."""
    return _table("relation")


@cache
def aspects() -> Table:
    """The weights by which the aspect is weighed, once the relation is settled."""
    return _table("aspect")


def _table(name: str) -> Table:
    read = tomllib.loads(files("fogline.link").joinpath("leaning.toml").read_text(encoding="utf-8"))[name]
    weights = {feature: tuple(row) for feature, row in read["weights"].items()}
    return Table(tuple(read["outcomes"]), tuple(read["bias"]), weights)
