"""Section heads that say what stands under them: scenario paths, and indicators to watch.

A head stands at the beginning of its paragraph ("Baseline path: ..."), or on a line of its own above those it speaks for. What
stands under one is its outlet's own, and is read as of its kind: no path is a report of what happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fogline.model import Kind, Span

_LEAD = r"^\W{0,6}(?:\d{1,2}[.)]\s*)?"
_PATHS = (
    r"(?:(?:most|least) likely|(?:base|baseline|risk|best|worst|upside|downside|alternative|central|optimistic|pessimistic"
    r"|escalation|stalemate|negotiated|reference|bull|bear)(?:[\s-]case)?)"
)
_ODDS = r"(?=\s?[(:–—-]\s?(?:about |around |roughly |some |~)?\d{1,3}(?:[–-]\d{1,3})?\s?(?:%|per ?cent\b|in \d))"
"""The chance that stands behind a path's bare name: "Downside (25%)", "Stalemate: about 1 in 3"."""
PATH = re.compile(
    _LEAD + rf"(?P<name>(?:the )?{_PATHS}(?:[\s-](?:path|case|scenario|outcome|pathway)|{_ODDS})"
    r"|(?:scenario|path) (?:\d{1,2}|one|two|three|four|[a-d])\b)",
    re.IGNORECASE,
)
INDICATOR = re.compile(
    _LEAD + r"(?P<name>(?:key |leading |warning )?indicator\s+(?:\d{1,2}|[a-d])\b|(?:signpost|warning sign)\s+\d{1,2})",
    re.IGNORECASE,
)
INDICATORS = re.compile(
    _LEAD
    + r"(?:key |leading )?(?:indicators|signposts|warning signs|signs)(?: to (?:watch|monitor))?\W*$|^\W*what to watch(?: for)?\W*$"
    r"|^\W*what (?:would|could|might) (?:(?:change|alter|shift|overturn) (?:my|our|this|the|that) \w+|prove (?:me|us|this) wrong)\W*$",
    re.IGNORECASE,
)
SHORT = 70
"""Letters up to which a line without a full stop is taken for a head."""

REACH = 6
"""Paragraphs that a head on a line of its own speaks for at most, if no other head comes before."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says of the text in ``span``: its kind, and the path's name in small letters."""

    kind: Kind
    name: str
    span: Span


def heads(text: str) -> tuple[Head, ...]:
    """The heads of a text with the stretches that they speak for, in text order.

    >>> [(head.kind.value, head.name) for head in heads("Risk path: The town falls.\\n\\nIndicator 1: Convoys.")]
    [('forecast', 'risk path'), ('indicator', 'indicator 1')]
    """
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    found: list[Head] = []
    for number, line in enumerate(lines):
        head = _named(line.group())
        if head is None:
            continue
        kind, name, alone = head
        end = lines[_last(lines, number)].end() if alone else line.end()
        found.append(Head(kind, name, Span(line.start(), end)))
    return tuple(found)


def head_at(found: Sequence[Head], position: int) -> Head | None:
    """The head that speaks for a place in the text: the nearest above it."""
    over = [head for head in found if head.span.start <= position < head.span.end]
    return over[-1] if over else None


def _named(line: str) -> tuple[Kind, str, bool] | None:
    for kind, pattern in ((Kind.INDICATOR, INDICATOR), (Kind.FORECAST, PATH)):
        match = pattern.match(line)
        if match:
            rest = line[match.end() :].strip(" :.–—-*_")
            headed = line[match.end() :].lstrip(" *_")[:1] in (":", "–", "—", "-", ".", "(", "")
            alone = not rest or (headed and len(line) <= SHORT and not line.rstrip().endswith((".", "!", "?")))
            name = " ".join(match["name"].lower().replace("-", " ").removeprefix("the ").split())
            return (kind, name, alone) if headed else None
    if INDICATORS.match(line):
        return Kind.INDICATOR, "", True
    return None


def _last(lines: Sequence[re.Match[str]], number: int) -> int:
    """The last line that a head on line ``number`` speaks for: up to the next head of any sort."""
    last = number
    for after in range(number + 1, min(len(lines), number + 1 + REACH)):
        line = lines[after].group().strip()
        bulleted = line[:1] in "•-*–·" or line[:1].isdigit()
        if _named(line) or (len(line) <= SHORT and not bulleted and line[-1] not in '.!?;,:”"'):
            break
        last = after
    return last
