"""Whose claim an event is that a noun or a verb of reporting makes of it: "the president's claim to have taken ..."."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from fogline.extract.naming import naming, words
from fogline.extract.roster import Roster
from fogline.extract.speakers import named
from fogline.extract.syntax import Word

if TYPE_CHECKING:
    from fogline.extract.speakers import Setting
    from fogline.model import Speaker

REPORTING = frozenset(
    {
        "report", "announce", "proclaim", "declare", "inform", "brief", "notify", "claim", "hail", "celebrate", "welcome",
        "congratulate", "praise", "thank",
    }
)  # fmt: skip
"""Verbs whose object is an event that their subject tells of."""

MAPPING = frozenset({"mark", "show", "list", "record", "paint", "depict", "map", "colour", "color", "designate"})
"""Verbs by which a map, or those who draw it, say how a place is held: "shows most of the town as occupied"."""

MAPS = frozenset({"map", "mapper", "project", "monitor", "cartographer"})
"""Who draws, and what is drawn, by lemma: a video shows something else. Those with a name are in the theatre's data."""

MAP_REACH = 4
"""Words up from how the place is held to the verb that says so."""


def claimant(trigger: Word, setting: Setting) -> tuple[Speaker, tuple[Word, ...]] | None:
    """Whose claim a noun makes the event: "the president's claim to have taken ...", "claims by the army of holding ...".

    The speaker and the words that name him; ``None`` where no such noun governs the trigger.
    """
    told = _reporter(trigger, setting.roster)
    if told:
        teller = naming(told)
        return (named(teller, (), setting), told) if teller.name else None
    token = trigger
    while token.dep_ in ("pcomp", "acl", "ccomp", "relcl", "prep", "xcomp") and token.head.i != token.i:
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_.lower() in words("sayings"):
            owners = [c for c in token.children if c.dep_ == "poss"]
            owners += [o for c in token.children if c.lower_ in ("by", "from") for o in c.children if o.dep_ == "pobj"]
            part = tuple(t for t in owners[0].subtree if t.tag_ != "POS") if owners else ()
            said = naming(part) if part else None
            if said and said.name and said.name.lower() not in words("plural_pronouns"):
                return named(said, (), setting), part
            return None
    return None


def _reporter(trigger: Word, roster: Roster) -> tuple[Word, ...]:
    """Who reports an event that a noun names: "the chief reported to the president on the liberation of the town"."""
    governor = trigger.head
    verb = governor.head if governor.dep_ == "prep" and governor.lower_ in ("on", "about", "of", "for") else governor
    reports = trigger.dep_ in ("pobj", "dobj") and verb.lemma_ in REPORTING and verb.pos_ == "VERB"
    if not reports:
        verb = next((t for t in islice(trigger.ancestors, MAP_REACH) if t.lemma_ in MAPPING and t.pos_ == "VERB"), verb)
        drawing = [t for c in verb.children if c.dep_ == "nsubj" for t in c.subtree]
        drawn = any(t.lemma_.lower() in MAPS for t in drawing) or bool(drawing and roster.maps(naming(drawing).name))
        reports = verb.lemma_ in MAPPING and drawn
    if not reports or any(c.dep_ in ("neg", "nsubjpass", "auxpass") for c in verb.children):
        return ()
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return tuple(subjects[0].subtree) if subjects else ()
