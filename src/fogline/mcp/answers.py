"""What the tools answer: plain JSON values, every one with its citations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from fogline import exporting, flow
from fogline.ahead import NOTHING, foresight
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Account, Asked, Claim, Kind, Relation
from fogline.ports import Ledger, PagesClaims
from fogline.publish import rows
from fogline.publish.exports import flat
from fogline.publish.rows import Row

if TYPE_CHECKING:
    from fogline.publish.brief import Brief

MOST = 100
"""Rows of one answer at most: what a reader of words can take in."""
_SNAPSHOTS = 4


class Answers:
    """Answers about one ledger. ``known_by`` is a day (YEAR-MONTH-DAY), or empty for all that is known."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._kept = lru_cache(_SNAPSHOTS)(self._account)

    def search_claims(
        self, words: str, place: str = "", kind: str = "", side: str = "", known_by: str = "", limit: int = 20
    ) -> Row:
        """Claims whose quotation holds all the words: who said it, through whom, where, when, and how it is graded."""
        asked = Asked(
            words=words, place=place, side=side, kind=_kind(kind), known_by=_day(known_by),
        )  # fmt: skip
        page = cast("PagesClaims", self._ledger).page(asked, limit=_limit(limit))
        return self._claims(page.claims, self._known(known_by), more=page.after is not None)

    def claims_of_place(self, place: str, kind: str = "", known_by: str = "", limit: int = 50) -> Row:
        """What was claimed of a settlement (any spelling), the latest published first. Claimed is not assessed."""
        account = self._known(known_by, place)
        wanted = _kind(kind)
        found = [claim for claim in account.claims if wanted in (None, claim.kind)]
        found.sort(key=lambda claim: (_published(claim, account), claim.id), reverse=True)
        return self._claims(found[: _limit(limit)], account, more=len(found) > limit)

    def control_on_day(self, place: str, day: str, known_by: str = "") -> Row:
        """Who most likely held a settlement on a day, how sure that is, and the passages that moved it."""
        account = self._known(known_by, place)
        on = _day(day)
        if on is None:
            raise UsageError("No day was given.", "Write it as YEAR-MONTH-DAY.")
        there = [row for row in flat.control_rows(account) if row["valid_from"] <= on.isoformat() <= row["valid_to"]]
        if not there:
            return {
                "place": place,
                "day": day,
                "standing": "assessed",
                "status": "unknown",
                "belief": {},
                "citations": [],
            }
        row = there[0]
        told = {name: row[name] for name in ("place", "standing", "status", "belief", "doubt", "voices", "known_by")}
        held = {"since": row["valid_from"], "until": row["valid_to"]}
        return (
            told
            | held
            | {"day": day, "citations": self._cited([account.every[name] for name in row["claims"]], account)}
        )

    def disputes(self, place: str = "", known_by: str = "", limit: int = 20) -> Row:
        """Claims that contradict each other: the aspect, the reasons, and both passages."""
        account = self._known(known_by, place)
        ours = {claim.id for claim in account.claims}
        links = [
            link
            for link in account.conclusions.links
            if link.relation is Relation.CONTRADICTS
            and {link.a, link.b} & ours
            and {link.a, link.b} <= account.every.keys()
        ]
        told = [
            {
                "aspect": link.aspect,
                "reasons": [reason.detail for reason in link.reasons],
                "citations": self._cited([account.every[link.a], account.every[link.b]], account),
            }
            for link in links[: _limit(limit)]
        ]
        return {"standing": "claimed", "disputes": told, "more": len(links) > limit}

    def sources(self, side: str = "", known_by: str = "", limit: int = 50) -> Row:
        """Speakers and outlets with their reliability (Admiralty letter), the reasons, and passages they are heard in."""
        account = self._known(known_by)
        graded = [one for one in account.conclusions.sources if side in ("", one.side)]
        told = []
        for grade in graded[: _limit(limit)]:
            key = (grade.name, grade.type)
            heard = [c for c in account.claims if any((v.name, v.type) == key for v in c.attribution.chain)]
            told.append(rows.source_row(grade) | {"citations": self._cited(heard[:3], account)})
        return {"sources": told, "more": len(graded) > limit}

    def brief(self, place: str, known_by: str = "") -> Row:
        """The cited report on a settlement as Markdown, with every passage it cites."""
        from fogline.publish.markdown import markdown
        from fogline.publish.plain import citation_row

        made = self._brief(place, _day(known_by))
        return {
            "place": made.place,
            "markdown": markdown(made),
            "citations": [citation_row(one) for one in made.citations],
        }

    def _brief(self, place: str, day: date | None) -> Brief:
        followed = foresight(NOTHING, place, self._ledger, self._settings, day)
        return flow.brief(self._ledger, place, self._settings, day=day, foresight=followed)

    def _known(self, known_by: str, place: str = "") -> Account:
        revision = cast("PagesClaims", self._ledger).revision()
        return self._kept(revision, place, _day(known_by))

    def _account(self, revision: str, place: str, day: date | None) -> Account:
        return exporting.account(self._ledger, self._settings, place=place, day=day)

    def _claims(self, claims: Sequence[Claim], account: Account, *, more: bool) -> Row:
        told = [
            {
                "standing": flat.STANDING_CLAIMED, "kind": claim.kind.value, "holder": claim.holder or None,
                "polarity": claim.polarity.value, "certainty": claim.certainty.value, "modality": claim.modality.value,
                "places": [place.name for place in claim.places], "when": claim.when.edtf or None,
                "citations": cited,
            }
            for claim in claims
            if (cited := self._cited([claim], account))
        ]  # fmt: skip
        return {"claims": told, "more": more}

    def _cited(self, claims: Sequence[Claim], account: Account) -> list[Row]:
        known = flat.weights(account)
        return [
            {"claim": claim.id, **flat.passage(claim, account, known)} for claim in claims if claim.id in account.every
        ]


def _published(claim: Claim, account: Account) -> date:
    return account.documents[claim.document_id].published.start or date.min


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day.", "Write it as YEAR-MONTH-DAY.") from error


def _kind(text: str) -> Kind | None:
    try:
        return Kind(text) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no kind of claim.", f"There are: {', '.join(Kind)}.") from error


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise UsageError(f"{limit} rows cannot be asked for.", f"Ask for 1 to {MOST}.")
    return limit


TOOLS = ("search_claims", "claims_of_place", "control_on_day", "disputes", "sources", "brief")
"""The tools there are: each a method of ``Answers``."""
