"""Bottom line, who holds it, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from fogline.model import CONTESTED, UNKNOWN_STATUS, Claim, Kind, Modality, Polarity, Stretch
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY, RETAKING, TAKING
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.confidence import Confidence, confidence
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Prose, Section, Sentence, Standing, note

CHANGES = 12
"""Changes of status that are told; the rest are in the ledger."""

NEW = 8
"""New claims that are told."""

FRESH = timedelta(days=30)
"""How far back "newly claimed" reaches where no period was asked for."""

CITED = 6
"""Passages cited for one assessed sentence, the strongest first; all are in the ledger."""


def bottom_line(evidence: Evidence, citations: Citations) -> Section:
    """The answer first: who holds it, how likely, how sure, and who says otherwise."""
    stretches = evidence.stretches()
    if not stretches or evidence.today is None:
        return Section(key="bottom-line", title="Bottom line", blocks=(Prose(sentences=_too_little(evidence)),))
    last = stretches[-1]
    belief = evidence.belief(evidence.today) or last.belief
    if last.status == UNKNOWN_STATUS:
        return Section(
            key="bottom-line", title="Bottom line", blocks=(Prose(sentences=_open(evidence, citations, belief, last)),)
        )
    found = confidence(evidence, last.status, last.start, belief.get(last.status, 0.0))
    sentences = (
        _assessed(evidence, citations, last, belief, found),
        _confidence(citations, found),
        *_otherwise(evidence, citations, found, last.status),
    )
    return Section(key="bottom-line", title="Bottom line", blocks=(Prose(sentences=sentences),))


def holds(evidence: Evidence, citations: Citations) -> Section:
    """Who holds it now and since when: as each side claims it, then as assessed."""
    blocks: list[Listing] = []
    told = evidence.holding()
    sides = [*evidence.theatre.codes, *sorted({c.speaker.side for c in told} - set(evidence.theatre.codes))]
    for code in sides:
        own = [claim for claim in told if claim.speaker.side == code]
        if own:
            name = wording.side(code, evidence.theatre)
            label = f"Claimed by {name}" if evidence.theatre.side(code) else f"Said by others ({name})"
            blocks.append(Listing(label=label, items=_positions(evidence, citations, own)))
    silent = [
        wording.side(code, evidence.theatre)
        for code in evidence.theatre.codes
        if not any(c.speaker.side == code for c in told)
    ]
    if silent and told:
        blocks.append(Listing(label="No claim found", items=(note(
            f"No speaker of {wording.joined(silent, 'or')} is quoted in the ledger as saying who holds {evidence.place}."),)))  # fmt: skip
    stretches = evidence.stretches()
    assessed = (
        _since(evidence, citations, stretches) if stretches else (note("Nothing can be assessed from this evidence."),)
    )
    blocks.append(Listing(label="Assessed", items=assessed))
    return Section(
        key="holds",
        title="Who holds it, and since when",
        blocks=tuple(blocks),
        lead="What a side claims is kept apart from what the evidence of all sides supports.",
    )


def changed(evidence: Evidence, citations: Citations) -> Section:
    """What changed: in the assessment, and in what is claimed."""
    stretches = [s for s in evidence.stretches() if s.status != UNKNOWN_STATUS]
    moves = [_move(evidence, citations, before, after) for before, after in zip(stretches, stretches[1:], strict=False)]
    blocks: list[Listing] = []
    if moves:
        blocks.append(Listing(label="Assessed", items=tuple(moves[-CHANGES:]), more=max(0, len(moves) - CHANGES)))
    else:
        blocks.append(Listing(label="Assessed", items=(note("The assessed status did not change in the period."),)))
    new = _new(evidence)
    items = tuple(
        citations.told(claim, after=_copies(evidence, same), others=same[:CITED])
        for claim, same in list(evidence.folded(new))
    )
    if items:
        label = "Newly claimed" if evidence.start else "Newly claimed in the last 30 days"
        blocks.append(Listing(label=label, items=items[:NEW], more=max(0, len(items) - NEW)))
    return Section(key="changed", title="What changed", blocks=tuple(blocks))


def position(claim: Claim, evidence: Evidence) -> str:
    """What a control claim says, in a clause: "Russia took Kupiansk", "Ukraine does not hold Kupiansk"."""
    holder, place = wording.side(claim.holder, evidence.theatre), evidence.place
    if claim.polarity is Polarity.NEGATIVE:
        return f"{holder} does not hold {place}"
    if claim.holder == CONTESTED or claim.manner in DISPUTED:
        return f"{place} is contested"
    if claim.manner in ENCIRCLED:
        return f"{place} is encircled, held by {holder}"
    if claim.manner in LOSING:
        return f"{holder} lost {place}"
    if claim.manner in RETAKING:
        return f"{holder} took back {place}"
    verb = "took" if claim.manner in TAKING else "holds part of" if claim.manner in PARTLY else "holds"
    return f"{holder} {verb} {place}"


def _too_little(evidence: Evidence) -> tuple[Sentence, ...]:
    if not evidence.claims:
        return (
            note(
                f"The ledger holds no claim about {evidence.place} in this period: nothing can be said about who holds it."
            ),
        )
    return (note(
        f"The ledger holds {wording.count(len(evidence.claims), 'claim')} about {evidence.place}, but none from which it could be "
        "worked out who holds it."
    ),)  # fmt: skip


def _open(evidence: Evidence, citations: Citations, belief: Mapping[str, float], last: Stretch) -> tuple[Sentence, ...]:
    shares = wording.joined(
        [
            f"{_state(state, evidence)} {wording.likelihood(chance).number}"
            for state, chance in sorted(belief.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
    )
    cited = citations.numbers(_moved(evidence, last) or evidence.holding()[-CITED:])
    text = f"{_known(evidence)}, the evidence does not say who {_held(evidence)} {evidence.place}{_then(evidence)}: {shares}."
    return (Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited),)


def _assessed(
    evidence: Evidence, citations: Citations, last: Stretch, belief: Mapping[str, float], found: Confidence
) -> Sentence:
    clause = _clause(last.status, evidence, past=evidence.end is not None)
    chance = wording.likelihood(belief.get(last.status, 0.0))
    text = f"{_known(evidence)}, {chance.that(clause)}{_then(evidence)}, since about {wording.day(last.start)}."
    cited = _strongest(_moved(evidence, last), found.backing)
    return Sentence(parts=(text,), standing=Standing.ASSESSED, citations=citations.numbers(cited))


def _confidence(citations: Citations, found: Confidence) -> Sentence:
    text = f"Confidence in this is {found.word}: {'; '.join(found.reasons)}."
    cited = citations.numbers((*found.backing[-CITED:], *found.against[-2:]))
    return Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited)


def _otherwise(evidence: Evidence, citations: Citations, found: Confidence, status: str) -> tuple[Sentence, ...]:
    if not found.against:
        return ()
    latest = found.against[-1]
    reports, voices = evidence.voices(found.against)
    text = (
        f"Otherwise claimed, not assessed: {wording.chain(latest.attribution.chain, evidence.theatre)} says that "
        f"{position(latest, evidence)} ({wording.reports_and_voices(reports, voices)} against)."
    )
    return (Sentence(parts=(text,), standing=Standing.CLAIMED, citations=citations.numbers(found.against[-CITED:])),)


def _positions(evidence: Evidence, citations: Citations, own: list[Claim]) -> tuple[Sentence, ...]:
    """A side's latest position, and the one before where it spoke differently."""
    runs: list[list[Claim]] = []
    for claim in own:
        stance = (claim.holder, claim.polarity)
        if runs and (runs[-1][-1].holder, runs[-1][-1].polarity) == stance:
            runs[-1].append(claim)
        else:
            runs.append([claim])
    return tuple(
        _run(evidence, citations, run, "Now" if number == 0 else "Before") for number, run in enumerate(runs[:-4:-1])
    )


def _run(evidence: Evidence, citations: Citations, run: list[Claim], label: str) -> Sentence:
    first, last = run[0], run[-1]
    reports, voices = evidence.voices(run)
    start = evidence.day(first)
    since = f", so since {wording.day(start)}" if start and len(run) > 1 else ""
    doubt = ", which the report itself calls unverified" if last.modality is Modality.UNVERIFIED else ""
    lead = (
        f"{label}: {position(last, evidence)}, {_dated(evidence, last)}{since}{doubt}; "
        f"{wording.reports_and_voices(reports, voices)}. "
    )
    return citations.told(last, before=lead, others=(first, *run[-CITED:]))


def _dated(evidence: Evidence, claim: Claim) -> str:
    if claim.when.known:
        how = wording.basis(claim.when)
        return f"{wording.on(claim.when)}{f' ({how})' if how else ''}"
    return "on a day not known"


def _since(evidence: Evidence, citations: Citations, stretches: tuple[Stretch, ...]) -> tuple[Sentence, ...]:
    last = stretches[-1]
    belief = (evidence.belief(evidence.today) if evidence.today else {}) or last.belief
    if last.status == UNKNOWN_STATUS:
        return (*_open(evidence, citations, belief, last),)
    chance = wording.likelihood(belief.get(last.status, 0.0))
    clause = _clause(last.status, evidence, past=evidence.end is not None)
    text = _capital(f"{chance.that(clause)}{_then(evidence)}, since about {wording.day(last.start)}.")
    found = confidence(evidence, last.status, last.start, belief.get(last.status, 0.0))
    cited = citations.numbers(_strongest(_moved(evidence, last), found.backing))
    return (Sentence(parts=(text,), standing=Standing.ASSESSED, citations=cited),)


def _move(evidence: Evidence, citations: Citations, before: Stretch, after: Stretch) -> Sentence:
    chance = wording.likelihood(after.belief.get(after.status, 0.0))
    was = wording.likelihood(before.belief.get(before.status, 0.0))
    clause = chance.that(_clause(after.status, evidence, past=True))
    text = (
        f"From about {wording.day(after.start)} {clause}; "
        f"until then {wording.state(before.status, evidence.theatre)} ({was.word}, {was.number})."
    )
    cited = citations.numbers(_strongest(_moved(evidence, after), _moved(evidence, before)))
    return Sentence(parts=(text,), standing=Standing.ASSESSED, citations=cited)


def _new(evidence: Evidence) -> list[Claim]:
    since = evidence.start or (evidence.today - FRESH if evidence.today else None)
    kinds = (Kind.CONTROL, Kind.ADVANCE, Kind.WITHDRAWAL)
    dated = [
        (day, claim)
        for claim in evidence.claims
        if claim.kind in kinds and (day := evidence.day(claim)) and since and day >= since
    ]
    return [claim for _, claim in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _copies(evidence: Evidence, same: tuple[Claim, ...]) -> str:
    reports, voices = evidence.voices(same)
    return f"({wording.reports_and_voices(reports, voices)})" if reports > 1 else ""


def _moved(evidence: Evidence, stretch: Stretch) -> tuple[Claim, ...]:
    return tuple(evidence.known[name] for name in stretch.claims if name in evidence.known)


def _strongest(moved: Iterable[Claim], backing: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in (*moved, *backing)}.values())[:CITED]


def _clause(status: str, evidence: Evidence, past: bool = False) -> str:
    if status == CONTESTED:
        return f"{evidence.place} {'was' if past else 'is'} contested"
    return f"{wording.side(status, evidence.theatre)} {'held' if past else 'holds'} {evidence.place}"


def _state(state: str, evidence: Evidence) -> str:
    return wording.state(state, evidence.theatre)


def _known(evidence: Evidence) -> str:
    return f"As known on {wording.day(evidence.known_on)}" if evidence.known_on else "From undated reports"


def _then(evidence: Evidence) -> str:
    """The day spoken of, where one was asked for."""
    return f" on {wording.day(evidence.end)}" if evidence.end else ""


def _held(evidence: Evidence) -> str:
    return "held" if evidence.end else "holds"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
