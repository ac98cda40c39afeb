"""Alerts: what is new about chosen places in a ledger, each with the passages it rests on; and how they are written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from fogline.model import UNKNOWN_STATUS, Claim, Conclusions, Document, Relation, Theatre, fingerprint
from fogline.publish import wording

CLAIM, DISPUTE, HOLDER = "new claim", "new dispute", "assessed holder"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSource:
    """One passage an alert rests on: who says it through whom, in which words, and where that can be read."""

    claim: str
    who: str
    quote: str
    outlet: str
    name: str
    url: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that is new: ``kind``, about which place, a sentence, and its sources; ``id`` names it by what it tells."""

    id: str
    kind: str
    place: str
    text: str
    sources: tuple[AlertSource, ...]


def alerts(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    conclusions: Conclusions,
    theatre: Theatre,
    *,
    places: Collection[int] = (),
    held: Mapping[int, str] | None = None,
    known: Collection[str] = (),
) -> Iterator[Alert]:
    """All that a ledger tells of the places (GeoNames ids; none: all), claims and then disputes and then holders.

    What is ``known`` (ids) is left out. ``held`` is the status each place was last told to have: a place
    whose status differs from it is an alert. A claim is told as claimed, and never as assessed.
    """
    told = {claim.id: claim for claim in claims if not places or any(p.geonameid in places for p in claim.places)}
    every = {claim.id: claim for claim in claims}

    def made(name: str, kind: str, place: str, text: str, ids: Iterable[str]) -> Alert:
        found = (every[one] for one in ids if one in every)
        rests = tuple(_source(claim, documents[claim.document_id], theatre) for claim in found)
        return Alert(id=name, kind=kind, place=place, text=text, sources=rests)

    for claim in told.values():
        if claim.id not in known and claim.places:
            who = wording.chain(claim.attribution.chain, theatre)
            yield made(claim.id, CLAIM, _place(claim), f"{_place(claim)}: claimed by {who} ({claim.kind}).", [claim.id])
    for link in conclusions.links:
        if link.relation is Relation.CONTRADICTS and {link.a, link.b} & set(told) and link.id not in known:
            about = _place(every.get(link.a) or every[link.b])
            one, two = (wording.chain(every[c].attribution.chain, theatre) for c in (link.a, link.b))
            yield made(
                link.id,
                DISPUTE,
                about,
                f"{about}: {one} and {two} contradict each other ({link.aspect}).",
                (link.a, link.b),
            )
    yield from (made(*parts) for parts in _holders(conclusions, theatre, places, held or {}))


def _holders(
    conclusions: Conclusions, theatre: Theatre, places: Collection[int], held: Mapping[int, str]
) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    for geonameid, (place, status, claims) in statuses(conclusions).items():
        before = held.get(geonameid, UNKNOWN_STATUS)
        if (places and geonameid not in places) or status in (before, UNKNOWN_STATUS):
            continue
        was, now = wording.state(before, theatre), wording.state(status, theatre)
        name = fingerprint("alert", HOLDER, geonameid, before, status, *claims)
        yield name, HOLDER, place, f"{place}: the assessed holder is now {now}; before, {was}.", claims


def statuses(conclusions: Conclusions) -> dict[int, tuple[str, str, tuple[str, ...]]]:
    """Each place's name, its assessed status on the last day of its timeline, and the claims that moved it."""
    return {
        control.geonameid: (control.place, control.timeline[-1].status, control.timeline[-1].claims)
        for control in conclusions.control
        if control.geonameid is not None and control.timeline
    }


def text(alert: Alert) -> str:
    """An alert in lines: what is new, and under it each passage with where it can be read."""
    lines = [f"[{alert.kind}] {alert.text}"]
    for source in alert.sources:
        lines.append(f'    "{" ".join(source.quote.split())}"')
        lines.append(f"    {source.who}; {source.published}; {source.url or source.name}")
    return "\n".join(lines) + "\n"


def json_line(alert: Alert) -> str:
    """An alert as one line of JSON."""
    return json.dumps(asdict(alert), ensure_ascii=False) + "\n"


def parsed(line: str) -> Alert:
    """The alert of a line that ``json_line`` wrote."""
    fields = json.loads(line)
    return Alert(**{**fields, "sources": tuple(AlertSource(**source) for source in fields["sources"])})


def rss(told: Iterable[tuple[datetime, Alert]], title: str) -> str:
    """Alerts as an RSS 2.0 feed, in the order given; each links to the first passage that has an address."""
    entries = []
    for at, alert in told:
        link = next((s.url for s in alert.sources if s.url.startswith(("http://", "https://"))), "")
        entries.append(
            f'<item><title>{_xml(alert.text)}</title><guid isPermaLink="false">{_xml(alert.id)}</guid>'
            f"<pubDate>{format_datetime(at)}</pubDate><category>{_xml(alert.kind)}</category>"
            + (f"<link>{_xml(link)}</link>" if link else "")
            + f"<description>{_xml(text(alert))}</description></item>"
        )
    head = f"<title>{_xml(title)}</title><link>https://fogline.invalid/</link><description>{_xml(title)}</description>"
    body = "\n".join(entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}\n{body}\n</channel></rss>\n'


def letter(told: Sequence[Alert], sender: str, to: str, at: datetime) -> EmailMessage:
    """Alerts as one letter."""
    message = EmailMessage()
    places = sorted({alert.place for alert in told})
    message["Subject"] = " ".join(f"fogline: {wording.count(len(told), 'alert')}, {', '.join(places)[:120]}".split())
    message["From"], message["To"], message["Date"] = sender, to, format_datetime(at)
    message.set_content("\n".join(map(text, told)))
    return message


def _source(claim: Claim, document: Document, theatre: Theatre) -> AlertSource:
    return AlertSource(
        claim=claim.id,
        who=wording.chain(claim.attribution.chain, theatre),
        quote=claim.quote,
        outlet=document.outlet,
        name=document.name,
        url=document.url,
        published=wording.published(document.published),
    )


def _place(claim: Claim) -> str:
    return claim.places[0].name if claim.places else "no place"


_CONTROLS = {code: " " for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}


def _xml(value: str) -> str:
    return escape(value.translate(_CONTROLS))
