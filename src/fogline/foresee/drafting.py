"""A scenario file as a first draft: the paths and indicators that documents state about a place, else who may hold it.

A draft makes no claim of its own: a stated path has no stated probability, so all get the same prior, and a stated indicator weighs
nothing (a ratio of 1) until a person says what a hit would mean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from fogline.model import CONTESTED, Claim, Kind, Theatre

FLOOR = 0.05
"""The least prior of a drafted path, so that evidence can still lift it."""
LIKELY = 0.55
"""Belief in a state that makes it likely in the words of ICD 203."""
LONGEST = timedelta(days=366)
"""How long a drafted scenario runs at most."""
SHOWN = 160
"""Letters of a passage that become a title."""
SEEN = {
    "strike": ("artillery", "sortie", "shelling", "strike", "drone", "missile", "unmanned"),
    "forces": ("mechani", "reserve", "reinforce", "troop", "unit", "mobilis", "mobiliz", "redeploy"),
    "logistics": ("convoy", "supply", "logistic", "ammunition", "bridge", "rail"),
    "diplomacy": ("negotiat", "talks", "ceasefire", "summit"),
    "advance": ("advance", "breakthrough", "front line", "foothold"),
}
"""Words of a stated indicator, and the kind of claim that would count it."""


def draft(
    place: str,
    claims: Sequence[Claim],
    belief: Mapping[str, float],
    theatre: Theatre,
    opened: date,
    closes: date,
    until: Callable[[Claim], date | None],
) -> str:
    """The text of a scenario file for a place; ``belief`` is who held it on the day it opens, ``until`` an indicator's last day.

    An indicator that is stated for longer than the scenario was to run makes it longer.
    """
    own = stating(claims)
    paths = _stated_paths(own)
    ends = [end for claim in own if claim.kind is Kind.INDICATOR and (end := until(claim)) is not None]
    closes = max([closes, *(end for end in ends if end <= opened + LONGEST)]) if len(paths) > 1 else closes
    head = [
        f"# A draft for {place}. Every prior and every ratio is yours to judge: a ratio of 1 says nothing.",
        f"title = {_quoted(f'{place} until {closes}')}",
        f"place = {_quoted(place)}",
        f"opened = {opened}",
        f"closes = {closes}",
    ]
    if len(paths) < 2:
        head.append('basis = "priors: the assessed control on the day it opens"')
        return "\n".join([*head, *_by_holder(place, belief, theatre)]) + "\n"
    head.append('basis = "paths as documents state them; no priors are stated, so all are equal"')
    shares = _shares([1.0] * len(paths))
    for number, (name, quote) in enumerate(paths):
        head += ["", "[[path]]", f"id = {_quoted(name)}", f"title = {_quoted(quote)}", f"prior = {shares[number]:.3f}"]
        if number == 0:
            head += _stated_indicators(own, opened, closes, until)
    return "\n".join(head) + "\n"


def stating(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of the one document that states most paths, if any states two: only paths that were meant as rivals are."""
    names: dict[str, set[str]] = {}
    for claim in claims:
        if _is_path(claim):
            names.setdefault(claim.document_id, set()).add(claim.manner)
    best = max(sorted(names), key=lambda name: len(names[name]), default="")
    return tuple(c for c in claims if c.document_id == best) if best and len(names[best]) > 1 else ()


def _is_path(claim: Claim) -> bool:
    return claim.kind is Kind.FORECAST and claim.manner.endswith(("path", "scenario", "case", "outcome", "pathway"))


def _stated_paths(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for claim in claims:
        if _is_path(claim):
            found.setdefault(claim.manner, _cut(claim.quote))
    return list(found.items())


def _stated_indicators(
    claims: Sequence[Claim], opened: date, closes: date, until: Callable[[Claim], date | None]
) -> list[str]:
    lines: list[str] = []
    for number, claim in enumerate((c for c in claims if c.kind is Kind.INDICATOR), start=1):
        end = until(claim)
        horizon = end if end is not None and opened <= end <= closes else closes
        kind = next((k for k, words in SEEN.items() if any(w in claim.quote.lower() for w in words)), "")
        told = f"indicator {number}"
        lines += ["", "[[path.indicator]]", f"id = {_quoted(told)}", f"title = {_quoted(_cut(claim.quote))}"]
        lines += [f"horizon = {horizon}"]
        if kind:
            lines.append(f'query = {{ measure = "change", kind = ["{kind}"], threshold = 1, window = 14 }}')
        else:
            lines.append("# The ledger cannot see this: read it yourself, in a [[path.indicator.reading]].")
        lines += ["hit = 1.0", "miss = 1.0"]
    return lines


def _by_holder(place: str, belief: Mapping[str, float], theatre: Theatre) -> list[str]:
    states = (*theatre.codes, CONTESTED)
    shares = _shares([belief.get(state, 1 / len(states) if not belief else 0.0) for state in states])
    lines: list[str] = []
    for state, share in zip(states, shares, strict=True):
        name = next((s.name for s in theatre.sides if s.code == state), "Neither side")
        verb = "holds" if state != CONTESTED else "holds all of"
        lines += [
            "",
            "[[path]]",
            f"id = {_quoted(state)}",
            f"title = {_quoted(f'{name} {verb} {place} at the end')}",
            f"prior = {share:.3f}",
            f'outcome = {{ measure = "control", side = "{state}", threshold = 0.5 }}',
        ]
        if belief.get(state, 0.0) < LIKELY:  # else the prior says so already
            lines += _turn(state)
        if state != CONTESTED:
            lines += _advance(state, name)
    return lines


def _turn(state: str) -> list[str]:
    return [
        "",
        "[[path.indicator]]",
        f"id = {_quoted(f'{state} likely')}",
        f'title = "The assessed belief in it passes {LIKELY:.0%}"',
        f'query = {{ measure = "control", side = "{state}", threshold = {LIKELY} }}',
        "hit = 2.5",
        "miss = 0.6",
    ]


def _advance(side: str, name: str) -> list[str]:
    return [
        "",
        "[[path.indicator]]",
        f"id = {_quoted(f'{side} advances')}",
        f"title = {_quoted(f'Two independent voices in two weeks tell of an advance by {name}')}",
        f'query = {{ measure = "voices", kind = ["advance"], side = "{side}", threshold = 2, window = 14, within_km = 15 }}',
        "hit = 1.5",
        "miss = 0.9",
    ]


def _shares(weights: Sequence[float]) -> list[float]:
    """Weights as priors of three digits that sum to one, none under the floor."""
    total = sum(max(weight, FLOOR) for weight in weights)
    shares = [round(max(weight, FLOOR) / total, 3) for weight in weights]
    shares[0] = round(shares[0] + 1 - sum(shares), 3)
    return shares


def _cut(text: str) -> str:
    flat = " ".join(text.split()).strip("•-*– ")
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1].rsplit(' ', 1)[0]}…"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
