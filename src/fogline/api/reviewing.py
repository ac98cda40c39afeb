"""Reviewing over HTTP: the doubtful readings, what people decided, and deciding, by those whose role lets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field

from fogline import ahead, judging
from fogline.ahead import Shelf
from fogline.api import asking, shapes
from fogline.api.answers import Answers
from fogline.api.asking import After, Limit
from fogline.api.known import marked
from fogline.api.people import Person, Role
from fogline.api.problems import Refused
from fogline.excerpt import Doubts, Placewise
from fogline.model import Judgement
from fogline.ports import Ledger, PagesClaims
from fogline.publish.rows import Row
from fogline.review.correcting import shown
from fogline.review.deciding import AHEAD, Decision, standing
from fogline.review.doubting import EASY, Doubtful, decided, doubtful, doubts_kept, queue

MOST_TOLD = 200
"""Changes told of one judgement: what a person reads; how many more there are is said."""


@dataclass(frozen=True)
class Desk:
    """Where judgements are kept: how the ledger is opened for writing."""

    write: Callable[[], AbstractContextManager[Ledger]]


class Decided(BaseModel):
    """What somebody decides; `by` counts only where no token says who it is."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision
    subject: Annotated[
        str,
        Field(
            min_length=1,
            max_length=400,
            description="A claim's or judgement's id, a source's name, or the `subject` of an indicator, cell or forecast.",
        ),
    ]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    field: Annotated[str, Field(max_length=40, description="Of a correction: which field.")] = ""
    value: Annotated[
        str,
        Field(
            max_length=300,
            description="What is set: a correction, a grade, a relation, a letter; hit or miss, yes, no or void, with a day.",
        ),
    ] = ""
    others: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=100)]],
        Field(max_length=500, description="Claims: to merge with, to relate to, or that leave a family along with it."),
    ] = []
    by: Annotated[str, Field(max_length=200)] = ""


def register(app: FastAPI, answers: Answers, desk: Desk | None, shelf: Callable[[], Shelf]) -> None:
    """Add the addresses; without a ``desk`` all that is asked to be decided is refused.

    ``shelf`` gives the files whose indicators and cells can be decided about.
    """

    @app.get("/v1/review", responses=shapes.listed("doubtful"), response_model=None)
    def review(limit: Limit = 100, after: After = "") -> Row:
        """Readings in doubt on which nobody has decided: those first that move an assessment most."""
        page, mark = _doubtful(answers, after, limit)
        rows = answers.claim_rows([one.claim for one in page])
        made = [
            {"claim": row, "doubts": list(one.reasons), "moves": round(one.moves, 6)}
            for row, one in zip(rows, page, strict=True)
        ]
        return {"rows": made, "next": mark}

    @app.get("/v1/judgements", responses=shapes.listed("judgement"), response_model=None)
    def judgements(limit: Limit = 100, after: After = "") -> Row:
        """What people decided, oldest first, and whether it still holds."""
        every = answers.ledger.judgements()
        holds = {one.id for one in standing(every)}
        page, mark = asking.turned(every, lambda one: one.id, after, limit)
        return {"rows": [judgement_row(answers.ledger, one, one.id in holds) for one in page], "next": mark}

    @app.post("/v1/judgements/preview", responses=shapes.decided(200), response_model=None)
    def preview(wanted: Decided, request: Request) -> Row:
        """What a judgement would change in assessments, grades and disputes; nothing is kept."""
        _, person = _allowed(request, desk)
        one = _meant(answers, answers.ledger, wanted, person, shelf())
        if wanted.decision in AHEAD:
            return effect_row(answers.ledger, one, ahead.tried(shelf(), answers.ledger, one, answers.settings))
        effect = judging.tried(answers.ledger, one, answers.settings)
        return effect_row(answers.ledger, one, effect.told(), effect)

    @app.post("/v1/judgements", status_code=201, responses=shapes.decided(201), response_model=None)
    def judge(wanted: Decided, request: Request) -> Row:
        """Keep a judgement, and conclude anew; what changed is said in words."""
        there, person = _allowed(request, desk)
        with there.write() as ledger:
            one = _meant(answers, ledger, wanted, person, shelf())
            _check_own(ledger, one, person)
            if wanted.decision in AHEAD:
                told = ahead.tried(shelf(), ledger, one, answers.settings)
                ahead.keep(ledger, one)
                return effect_row(answers.ledger, one, told)
            effect = judging.kept(ledger, one, answers.settings)
            return effect_row(answers.ledger, one, effect.told(), effect)


def _doubtful(answers: Answers, after: str, limit: int) -> tuple[Sequence[Doubtful], str | None]:
    """A page of readings in doubt; of a ledger in tables no more is read than is shown."""
    ledger, judgements = answers.ledger, answers.ledger.judgements()
    if not isinstance(ledger, Placewise):
        known = answers.whole(None)
        return asking.turned(
            queue(known.every(), known.conclusions.control, judgements), lambda one: one.claim.id, after, limit
        )
    wanted = Doubts(of=doubts_kept, easy=EASY, out=decided(judgements))
    with marked(after):
        page, more = ledger.doubtful(wanted, after, limit)
    claims = ledger.claims_by_id([name for name, _ in page])
    return [doubtful(claims[name], moves) for name, moves in page], page[-1][0] if more else None


def effect_row(ledger: PagesClaims, one: Judgement, told: Sequence[str], effect: judging.Effect | None = None) -> Row:
    """A judgement and what it changes: in sentences, and in parts to lay out."""
    changes = effect.changes if effect else ()
    return {
        "judgement": judgement_row(ledger, one, True),
        "changes": list(told[:MOST_TOLD]),
        "parts": [
            {"what": part.what, "of": part.of, "before": part.before, "after": part.after}
            for part in changes[:MOST_TOLD]
        ],
        "more": max(0, len(changes) - MOST_TOLD),
        "outdated": effect is not None and effect.outdated,
    }


def judgement_row(ledger: PagesClaims, one: Judgement, holds: bool) -> Row:
    """One judgement; an undoing neither holds nor not."""
    return {
        "id": one.id,
        "decision": one.decision,
        "subject": one.subject,
        "words": _words(ledger, one.subject),
        "value": (shown(one.value) if one.decision == Decision.CORRECT else one.value) or None,
        "by": one.person,
        "reason": one.reason,
        "at": one.at.isoformat(),
        "holds": None if one.decision == Decision.UNDO else holds,
    }


def _words(ledger: PagesClaims, subject: str) -> str | None:
    """The words of a claim that is judged; none where the subject is no claim, or none of today."""
    try:
        return ledger.claim(subject).quote if subject.startswith("claim-") else None
    except KeyError:
        return None


def _allowed(request: Request, desk: Desk | None) -> tuple[Desk, Person | None]:
    """The desk, and who asks, if anybody is known; raises ``Refused``."""
    person: Person | None = request.state.visitor.person
    if desk is None:
        raise Refused("This ledger is served for reading only.", "Serve it without --read-only.")
    check_sender(request)
    if person and person.role is Role.READER:
        raise Refused(f"{person.name} may read and not decide.", "Ask who serves this ledger for the role reviewer.")
    return desk, person


def check_sender(request: Request) -> None:
    """Raise ``Refused`` for what a page elsewhere may send unasked: forms and plain texts, but not this type."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused("What is sent comes as application/json.", "Send the header Content-Type: application/json.")


def _check_own(ledger: Ledger, one: Judgement, person: Person | None) -> None:
    if one.decision != Decision.UNDO or person is None or person.role is Role.ADMIN:
        return
    by = next(other.person for other in ledger.judgements() if other.id == one.subject)
    if by != person.name:
        raise Refused(
            f"{by} decided that, and {person.name} is a reviewer.", "Ask them, or somebody with the role admin."
        )


def _meant(answers: Answers, ledger: Ledger, wanted: Decided, person: Person | None, shelf: Shelf) -> Judgement:
    if wanted.decision in AHEAD:
        told = ahead.Wanted(
            decision=wanted.decision,
            subject=wanted.subject,
            person=person.name if person else wanted.by,
            reason=wanted.reason,
            value=wanted.value,
        )
        return ahead.judgement(shelf, ledger, told, answers.settings, datetime.now(UTC))
    meant = judging.Wanted(
        decision=wanted.decision,
        subject=wanted.subject,
        person=person.name if person else wanted.by,
        reason=wanted.reason,
        field=wanted.field,
        value=wanted.value,
        others=tuple(wanted.others),
    )
    return judging.judgement(ledger, meant, answers.settings, datetime.now(UTC))
