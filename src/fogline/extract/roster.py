"""Whom the theatre knows, by any of their names, and what the words of a source say of side and type."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from fogline.extract.authorship import QUOTED, signed_by
from fogline.extract.lexicon import read
from fogline.extract.namesakes import same_first_name
from fogline.extract.naming import Naming, words
from fogline.extract.parse import sentence_of
from fogline.extract.syntax import Word
from fogline.gazetteer import Gazetteer
from fogline.model import THIRD, UNKNOWN_SIDE, Actor, Outlet, Speaker, SpeakerType, Theatre

if TYPE_CHECKING:
    from fogline.extract.attribution import Speech

NAME = r"((?:the\s+)?[A-ZА-ЯІЇЄҐ][\w’'.-]*(?:\s+(?:of\s+|the\s+)*[A-ZА-ЯІЇЄҐ][\w’'.-]*){0,4})"
RELAY = re.compile(
    r"\b(?:told|to|with|by|via|through|for)\s+(?:the\s+)?(?:(?:state|news|Russian|Ukrainian|state-run|official)\s+){0,3}"
    r"(?:(?:agency|outlet|channel|newspaper|broadcaster|media)\s+)?" + NAME
)
CITING = re.compile(r"\b(?:citing|quoting|with reference to|referring to)\s+" + NAME)


_STATE_OFFICE = re.compile(
    r"(?:[Tt]he )?(?:country['’]s )?((?:(?:[Dd]efen[cs]e|[Ff]oreign|[Ii]nterior) [Mm]inistry|"
    r"[Mm]inistry of (?:[Dd]efen[cs]e|[Ff]oreign [Aa]ffairs|[Ii]nternal [Aa]ffairs)|[Gg]eneral [Ss]taff"
    r"|[Aa]rmed [Ff]orces|[Gg]eneral [Cc]ommand|[Aa]rmy [Cc]ommand|[Aa]ir [Ff]orce))"
)
"""Offices that every state has one of."""

_DRAWING = frozenset({"mapper", "researcher"})
"""Standings of outlets that publish maps of who holds what."""

_OPENS = re.compile(r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){1,4})(?:$|,|\s[|–—-]|:\s*$)")
_DATELINE = re.compile(r"^\s*([A-Z]{4,})(?:,| \(|\.? ?[—–/-])", re.MULTILINE)


@cache
def _signs(name: str) -> re.Pattern[str]:
    """One of the lists of signs by which a source shows its side."""
    return re.compile("|".join(read("sides")[name]), re.IGNORECASE if name != "outside" else 0)


class Roster:
    """The people, organisations and outlets of a theatre, found by name; made once a theatre."""

    def __init__(self, theatre: Theatre, gazetteer: Gazetteer) -> None:
        """Index every name, and every surname that only one person of the theatre has."""
        self.theatre = theatre
        self._gazetteer = gazetteer
        self._actors: dict[str, Actor] = {}
        surnames: dict[str, set[str]] = {}
        by_name: dict[str, Actor] = {}
        for actor in theatre.actors:
            by_name[actor.name] = actor
            for name in actor.names:
                self._actors[_key(name)] = actor
                if actor.type is SpeakerType.PERSON:
                    surnames.setdefault(_key(name).split()[-1], set()).add(actor.name)
        for surname, owners in surnames.items():
            if len(owners) == 1:
                self._actors.setdefault(surname, by_name[next(iter(owners))])
        self._outlets = {_key(name): outlet for outlet in theatre.outlets for name in outlet.names}
        self._maps = frozenset(name for name, outlet in self._outlets.items() if outlet.standing in _DRAWING)
        self._sides = _side_patterns(theatre)
        self._side_names: dict[str, str] = {}
        for side in theatre.sides:
            for name in (side.name, side.capital, *side.names):
                if name:
                    self._side_names.setdefault(_key(name), side.code)

    def find(self, name: str, day: date | None) -> Speaker | None:
        """The person, organisation or outlet of that name with the office held on ``day``; ``None`` where not known."""
        key = _key(name)
        outlet = self._outlets.get(key)
        if outlet:
            return outlet_speaker(outlet)
        actor = self._actors.get(key) or self._surname_with_initials(key)
        if actor:
            office = actor.office(day)
            role, affiliation = (office.role, office.affiliation) if office else ("", "")
            return Speaker(name=actor.name, role=role, affiliation=affiliation, side=actor.side, type=actor.type)
        side = self._side_names.get(key)
        return Speaker(name=name, side=side, type=SpeakerType.ORGANISATION) if side else None

    def _surname_with_initials(self, key: str) -> Actor | None:
        """An actor under a first name in another spelling ("Alexander" for "Oleksandr"): same surname, same initial or a namesake."""
        parts = key.split()
        actor = self._actors.get(parts[-1]) if len(parts) == 2 else None
        if actor is None or actor.type is not SpeakerType.PERSON:
            return None
        firsts = {_key(name).split()[0] for name in actor.names if " " in name}
        return actor if any(same_first_name(parts[0], first) for first in firsts) else None

    def known(self, name: str, day: date | None) -> Speaker:
        """The voice of that name, known to the theatre or not."""
        return self.find(name, day) or Speaker(name=name, side=self.side_of(name), type=type_of_name(name))

    def outlet(self, name: str) -> Speaker:
        """The outlet of that name as a voice."""
        outlet = self._outlets.get(_key(name))
        return outlet_speaker(outlet) if outlet else Speaker(name=name, type=SpeakerType.OUTLET)

    def newcomer(self, said: Naming, home: str) -> Speaker:
        """A named source that the theatre does not know by that name, read from the words around the name."""
        office = self._office_of_side(said.name, self.side_of(said.text)) if said.organisation else None
        if office:
            return office
        kind = SpeakerType.ORGANISATION if said.organisation else SpeakerType.PERSON
        if said.organisation and said.name.split()[-1].lower() in words("outlet"):
            kind = SpeakerType.OUTLET
        return Speaker(
            name=said.name,
            role=said.role,
            affiliation=said.affiliation,
            side=self._side_at(said.text, home, said.affiliation),
            type=kind,
        )

    def office(self, said: Naming, told_from: str) -> Speaker | None:
        """ "The Defence Ministry" without a side's name beside it: that of the side the report is told from, if of one."""
        found = _STATE_OFFICE.fullmatch(said.text)
        if not found or not self.theatre.is_party(told_from) or self.side_of(said.text) != UNKNOWN_SIDE:
            return None
        named = self._office_of_side(found[1], told_from)
        return named or Speaker(name=said.text, side=told_from, type=SpeakerType.ORGANISATION)

    def told_from(self, outlet: str, text: str) -> str:
        """The side whose outlet a report is, or in whose capital it was written by its dateline; "" for none."""
        own = self.outlet(outlet).side if outlet else ""
        if self.theatre.is_party(own):
            return own
        line = _DATELINE.search(text[:1000])
        side = self.side_of(line[1].title()) if line else ""
        return side if self.theatre.is_party(side) else ""

    def author(self, outlet: str, text: str, day: date | None, home: str) -> Speaker | None:
        """The person or office of a side whose own words a text is: its channel, or a post that its name opens.

        "Petro Hnatiuk, head of the administration" over a text in the first person, or under it; ``None`` for a report by others.
        """
        if outlet and _key(outlet) in self._actors:
            return self.find(outlet, day)
        name = _OPENS.match(text.lstrip().partition("\n")[0])
        found = self.find(name[1], day) if name else None
        own = found is not None and found.type is not SpeakerType.OUTLET and self.theatre.is_party(found.side)
        return found if own and _signs("own").search(QUOTED.sub("", text)) else self._signer(text, day, home)

    def _signer(self, text: str, day: date | None, home: str) -> Speaker | None:
        """Who signed a text in the first person or whose letterhead it bears, where they are of a side."""
        author = signed_by(text)
        if author is None:
            return None
        known = self.find(author.name, day)
        if known is not None:
            return known if self.theatre.is_party(known.side) else None
        side = self._side_at(f"{author.head} {author.role}", home)
        kind = SpeakerType.PERSON if author.person else SpeakerType.ORGANISATION
        found = Speaker(name=author.name, role=author.role, affiliation=author.head, side=side, type=kind)
        return found if self.theatre.is_party(side) else None

    def _office_of_side(self, name: str, side: str) -> Speaker | None:
        """ "Its Defence Ministry" with the side's name beside it: the organisation of that side with those words in its name."""
        asked = _plain_words(name)
        for actor in self.theatre.actors:
            named = actor.type is SpeakerType.ORGANISATION and any(asked <= _plain_words(name) for name in actor.names)
            if actor.side == side and len(asked) >= 2 and named:
                return Speaker(name=actor.name, side=side, type=actor.type)
        return None

    def unnamed(self, said: Naming, home: str) -> Speaker:
        """A source without a name: "Ukrainian authorities", "a brigade spokesman"."""
        kind = SpeakerType.PERSON if said.noun in words("role_nouns") else SpeakerType.GROUP
        if not said.plural and (said.noun in words("organisation") or said.noun in words("outlet")):
            kind = SpeakerType.ORGANISATION
        if said.plural:
            kind = SpeakerType.GROUP
        side = self._side_at(said.text, home, said.affiliation)
        return Speaker(name=said.role or said.text, affiliation=said.affiliation, side=side, type=kind)

    def side_of(self, text: str) -> str:
        """The side whose names stand in the words of a source; ``third`` for other countries; else ``unknown``.

        Where both sides are named the last one decides ("head of the Kharkiv region under Russian control").
        """
        last: tuple[int, str] = (-1, UNKNOWN_SIDE)
        for code, pattern in self._sides:
            for match in pattern.finditer(text):
                last = max(last, (match.start(), code))
        if last[0] >= 0:
            return last[1]
        foreign = _signs("outside").search(text) is not None or self._names_a_country(text)
        return THIRD if self.theatre.sides and foreign else UNKNOWN_SIDE

    def _side_at(self, text: str, home: str, affiliation: str = "") -> str:
        side = self.side_of(text)
        if side == UNKNOWN_SIDE and affiliation:
            known = self.find(affiliation, None)
            side = known.side if known else side
        return home if side == UNKNOWN_SIDE and home and _signs("civil").search(text) else side

    def sides_in(self, text: str) -> tuple[tuple[int, str], ...]:
        """Each place in a text where a side is named, with its code, in text order."""
        return tuple(sorted((m.start(), code) for code, pattern in self._sides for m in pattern.finditer(text)))

    def side_of_words(self, text: str, told_to: Collection[str] = ()) -> str:
        """The side a speaker shows by "our forces" beside the other side's name alone; else ``unknown``.

        Also by "the enemy" where ``told_to``, the sides of the outlets that the words were told to, has one party.
        """
        named = {code for _, code in self.sides_in(text)}
        if _signs("own").search(text) and len(self.theatre.sides) == 2 and len(named) == 1:
            return self.theatre.opponent(named.pop())
        hosts = {side for side in told_to if self.theatre.is_party(side)}
        return hosts.pop() if len(hosts) == 1 and _signs("foe").search(text) else UNKNOWN_SIDE

    def maps(self, name: str) -> bool:
        """Whether the theatre knows that name as one who charts who holds what."""
        return _key(name) in self._maps

    def is_place(self, name: str) -> bool:
        """Whether the gazetteer has a place of that name, so that it is no person's for want of better knowledge."""
        return bool(self._gazetteer.candidates(name))

    def is_own_town(self, name: str) -> bool:
        """Whether those very letters are a settlement in one of the theatre's countries."""
        found = self._gazetteer.exact(name)
        return any(e.country in self.theatre.countries and e.feature == "settlement" for e in found)

    def _names_a_country(self, text: str) -> bool:
        for word in re.findall(r"\b(?:[A-Z]\.){2,}|\b[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?", text):
            if any(entry.feature == "country" for entry in self._gazetteer.candidates(word)):
                return True
            first = word.split()[0]
            if self._gazetteer.demonym(first):
                return True
            if any(entry.feature == "country" for entry in self._gazetteer.candidates(first)):
                return True
        return False

    def relays(self, speech: Speech, source: Sequence[Word], cue: Sequence[Word], text: str) -> tuple[Speaker, ...]:
        """The outlets through which a speech is heard: "told CNN", "in a comment to TASS", "as cited by Interfax"."""
        sentence = sentence_of((cue or source)[0])
        start = (cue or source)[0].idx - sentence.start_char
        around = _outside(speech, text, (cue or source)[0], sentence.text, start)
        found: dict[str, Speaker] = {}
        for match in RELAY.finditer(around):
            speaker = self._as_outlet(match.group(1))
            if speaker:
                found[speaker.name] = speaker
        return tuple(found.values())

    def cited(self, speech: Speech, text: str) -> str:
        """Whom an outlet cites in a speech ("Reuters reported, citing the General Staff"); "" for nobody."""
        borders = [*speech.source, *speech.cue, *speech.content]
        stretch = text[min(s.start for s in borders) : max(s.end for s in borders) + 120]
        match = CITING.search(stretch.split("\n")[0])
        return match.group(1).removeprefix("the ").strip() if match else ""

    def _as_outlet(self, name: str) -> Speaker | None:
        parts = name.removeprefix("the ").split()
        for length in range(len(parts), 0, -1):
            outlet = self._outlets.get(_key(" ".join(parts[:length])))
            if outlet:
                return outlet_speaker(outlet)
        named = len(parts) > 1 and any(part.lower().strip(".,") in words("outlet") for part in (parts[0], parts[-1]))
        return Speaker(name=" ".join(parts).strip(".,"), type=SpeakerType.OUTLET) if named else None


def outlet_speaker(outlet: Outlet) -> Speaker:
    """An outlet of the theatre as a voice."""
    return Speaker(name=outlet.name, side=outlet.side, type=SpeakerType.OUTLET)


def type_of_name(name: str) -> SpeakerType:
    """Whether a name looks like an organisation's or a person's."""
    parts = {part.lower() for part in name.split()}
    return SpeakerType.ORGANISATION if parts & words("organisation") else SpeakerType.PERSON


def _outside(speech: Speech, text: str, anchor: Word, sentence: str, offset: int) -> str:
    """The sentence of the cue with the content blanked out: relays stand around what is said, not in it."""
    base = (speech.cue or speech.source)[0].start - offset
    blanked = list(text[base : base + len(sentence)])
    for span in speech.content:
        for n in range(max(0, span.start - base), min(len(blanked), span.end - base)):
            blanked[n] = "\0"
    return "".join(blanked)


def _side_patterns(theatre: Theatre) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for side in theatre.sides:
        names = sorted(
            {n for n in (side.name, side.capital, *side.names, *side.demonyms) if n}, key=lambda n: (-len(n), n)
        )
        joined = "|".join(_opening(re.escape(name)) + ("" if name[-1] in "s." else "s?") for name in names)
        patterns.append((side.code, re.compile(rf"(?<![\w-])(?:{joined})(?!\w)")))
    return tuple(patterns)


def _opening(name: str) -> str:
    """The same where the name opens a sentence: "The army" is "the army", "Rebel fighters" are "rebel fighters"."""
    return f"[{name[0]}{name[0].upper()}]{name[1:]}" if name[:1].islower() else name


def _plain_words(name: str) -> frozenset[str]:
    plain = _key(re.sub(r"[’']s\b", "", name)).replace("defense", "defence")
    return frozenset(plain.split()) - {"of", "the", "and", "for"}


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    return " ".join(re.sub(r"[’'ʼ.]", "", name).lower().replace("-", " ").removeprefix("the ").split())
