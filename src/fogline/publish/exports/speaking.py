"""The voices, places and times of an account, named once for all formats that draw a graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from fogline.model import Account, Claim, Document, Place, Speaker, fingerprint

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of what has none, where a format does not take nothing."""


def voice_key(voice: Speaker) -> str:
    """A voice's name by content: the same name, sort and side is the same voice."""
    return fingerprint("voice", voice.name, voice.type.value, voice.side)


def voices(account: Account) -> dict[str, Speaker]:
    """Every voice in the chains of the claims and of what is linked to them, by its key, in the order of the keys."""
    found: dict[str, Speaker] = {}
    for claim in shown_claims(account).values():
        for voice in claim.attribution.chain:
            found.setdefault(voice_key(voice), voice)
    return dict(sorted(found.items()))


def shown_claims(account: Account) -> dict[str, Claim]:
    """The claims asked for, those at the other ends of their links, and those that control rests on."""
    found = {claim.id: claim for claim in account.claims}
    wanted = [
        name for link in account.conclusions.links if {link.a, link.b} & found.keys() for name in (link.a, link.b)
    ]
    wanted += [name for control in account.control for stretch in control.timeline for name in stretch.claims]
    for name in wanted:
        if name in account.every:
            found.setdefault(name, account.every[name])
    return dict(sorted(found.items()))


def shown_documents(account: Account) -> dict[str, Document]:
    """The documents those claims stand in, by id."""
    names = sorted({claim.document_id for claim in shown_claims(account).values()})
    return {name: account.documents[name] for name in names}


def place_key(place: Place) -> str:
    """A place's name by content: its GeoNames id where it has one."""
    return fingerprint("place", place.geonameid or 0, "" if place.geonameid else place.name)


def places(account: Account) -> dict[str, Place]:
    """Every place that those claims name or whose control is told, by key."""
    found: dict[str, Place] = {}
    for claim in shown_claims(account).values():
        for place in claim.places:
            found.setdefault(place_key(place), place)
    for control in account.control:
        place = held(account, control.place, control.geonameid)
        found.setdefault(place_key(place), place)
    return dict(sorted(found.items()))


def held(account: Account, name: str, geonameid: int | None) -> Place:
    """A settlement whose control is told, with its point where a claim has it."""
    bare = Place(name=name, text=name, geonameid=geonameid)
    return bare if geonameid is None else account.points.get(geonameid, bare)


def made_at(account: Account) -> datetime:
    """When the ledger was last read into: the time that a file bears."""
    return max((at for _, at in account.runs), default=EPOCH).astimezone(UTC)


def midnight(day: date | None) -> datetime | None:
    """The first moment of a day, in UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def links(account: Account) -> Iterator[tuple[str, str, str, str, str]]:
    """The links that ``links.csv`` has: id, relation, aspect, and the ids of both claims."""
    kept = {claim.id for claim in account.claims}
    for link in account.conclusions.links:
        if {link.a, link.b} & kept and {link.a, link.b} <= account.every.keys():
            yield link.id, link.relation.value, link.aspect, link.a, link.b
