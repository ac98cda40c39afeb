"""PROV-JSON (W3C Member Submission, 24 April 2013; PROV-DM): what was made from what, by what, when."""

from __future__ import annotations

import json
from typing import Any

from fogline.model import Account, fingerprint
from fogline.publish.exports import speaking
from fogline.publish.rows import Row

SPACE = "urn:fogline:"


class Prov:
    """Articles were read into documents by a run, claims were heard in documents, and control concluded from claims."""

    ending, media_type = "json", "application/json"

    def write(self, account: Account) -> bytes:
        """The file's bytes, every kind of statement sorted by its id."""
        told: dict[str, dict[str, Row]] = {
            "entity": {}, "activity": {}, "agent": {}, "wasGeneratedBy": {}, "used": {},
            "wasDerivedFrom": {}, "wasAssociatedWith": {}, "wasAttributedTo": {},
        }  # fmt: skip
        _runs(account, told)
        _documents(account, told)
        _claims(account, told)
        _control(account, told)
        body: dict[str, Any] = {"prefix": {"fogline": SPACE}}
        body |= {kind: dict(sorted(rows.items())) for kind, rows in told.items() if rows}
        return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


Told = dict[str, dict[str, Row]]


def _id(name: str) -> str:
    return f"fogline:{name}"


def _say(told: Told, kind: str, **about: str) -> None:
    """A relation, named by what it says."""
    row = {f"prov:{name}": value for name, value in about.items()}
    told[kind][f"_:{fingerprint(kind, *sorted(row.values()))}"] = row


def _runs(account: Account, told: Told) -> None:
    for run, at in account.runs:
        software = fingerprint("software", run.extractor, run.version)
        told["agent"][_id(software)] = {
            "prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
            "prov:label": f"{run.extractor} {run.version}, cleaner {run.cleaner}",
        }
        told["activity"][_id(run.id)] = {
            "prov:startTime": at.isoformat(),
            "prov:label": "reading",
            "fogline:settings": run.settings,
            "fogline:theatre": account.theatre.name,
        }
        _say(told, "wasAssociatedWith", activity=_id(run.id), agent=_id(software))


def _documents(account: Account, told: Told) -> None:
    run = account.runs[-1][0].id if account.runs else ""
    for document in speaking.shown_documents(account).values():
        told["entity"][_id(document.article_id)] = {
            "prov:label": document.name,
            "fogline:sha256": account.hashes[document.id],
        }
        told["entity"][_id(document.id)] = {"prov:label": document.title or document.name}
        if document.outlet:
            outlet = fingerprint("outlet", document.outlet)
            told["agent"][_id(outlet)] = {"prov:label": document.outlet}
            _say(told, "wasAttributedTo", entity=_id(document.article_id), agent=_id(outlet))
        _say(told, "wasDerivedFrom", generatedEntity=_id(document.id), usedEntity=_id(document.article_id))
        if run:
            _say(told, "used", activity=_id(run), entity=_id(document.article_id))
            _say(told, "wasGeneratedBy", entity=_id(document.id), activity=_id(run))


def _claims(account: Account, told: Told) -> None:
    for key, voice in speaking.voices(account).items():
        told["agent"][_id(key)] = {"prov:label": voice.name, "fogline:side": voice.side}
    for claim in speaking.shown_claims(account).values():
        told["entity"][_id(claim.id)] = {
            "prov:value": claim.quote,
            "fogline:standing": "claimed",
            "fogline:start": claim.span.start,
            "fogline:end": claim.span.end,
        }
        _say(told, "wasDerivedFrom", generatedEntity=_id(claim.id), usedEntity=_id(claim.document_id))
        _say(told, "wasAttributedTo", entity=_id(claim.id), agent=_id(speaking.voice_key(claim.speaker)))


def _control(account: Account, told: Told) -> None:
    concluding = fingerprint("concluding", account.version, str(account.known_by))
    if account.control:
        told["activity"][_id(concluding)] = {
            "prov:label": f"concluding, fogline {account.version}, known by {account.known_by or 'all'}"
        }
    for control in account.control:
        name = fingerprint("control", control.geonameid or 0, control.place, str(account.known_by))
        told["entity"][_id(name)] = {"prov:label": f"control of {control.place}", "fogline:standing": "assessed"}
        _say(told, "wasGeneratedBy", entity=_id(name), activity=_id(concluding))
        moved = {claim for stretch in control.timeline for claim in stretch.claims} & account.every.keys()
        for claim in sorted(moved):
            _say(told, "wasDerivedFrom", generatedEntity=_id(name), usedEntity=_id(claim))
