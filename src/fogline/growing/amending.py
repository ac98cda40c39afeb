"""What a ledger concludes of new reports, without concluding the rest again.

What a new claim can touch is known by names that it shares with others (``link.keys``), which the ledger keeps. From them follow
the families that change, the blocks in which links change, the questions that are answered anew, the grades of whom a new voice
speaks to, and the settlements whose control is worked out again. The result is what concluding everything would give,
but for what was learned of the sources: that is of all reports together, and stays as it was learned until ``SHARE`` more
claims have come (``docs/decisions/0011-growing-ledgers.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fogline import registry
from fogline.collecting import undisturbed
from fogline.growing import linking, voices, weighing
from fogline.growing.copies import Copies
from fogline.growing.loading import Loaded
from fogline.growing.translations import Translated
from fogline.link import keys
from fogline.link.independent import owners_of
from fogline.model import Amendment, Document, Growth, Judgement, Theatre
from fogline.ports import KeepsGrounds, Ledger, Translations
from fogline.review.deciding import rulings

SHARE = 0.05
"""Sources are weighed anew, and all is concluded with them, once the claims that came or went are more than this share of
those that they were weighed by."""


def grow(ledger: Ledger, theatre: Theatre, way: str) -> bool:
    """Conclude what was read since all was last concluded; ``False`` where everything has to be concluded instead.

    That is so in a ledger that keeps no grounds, where conclusions were drawn in another ``way``, where sources are to be
    weighed anew. All is written in one transaction. Raises ``LedgerError`` where the ledger cannot be written.
    """
    if not isinstance(ledger, KeepsGrounds):
        return False
    growth = ledger.growth()
    if growth is None or growth.way != way or growth.changed > SHARE * growth.learned:
        return False
    if growth.added or growth.gone:
        with undisturbed():
            ledger.amend(amendment(ledger, theatre, growth, ledger.judgements()))
    return True


def amendment(
    ledger: KeepsGrounds, theatre: Theatre, growth: Growth, judgements: Sequence[Judgement] = ()
) -> Amendment:
    """What the growth changes in what is concluded."""
    loaded = Loaded(ledger, theatre, judgements, growth)
    new = ledger.whole({claim.document_id for claim in loaded.added})
    copies = Copies(ledger, new, dict(growth.gone_documents))
    made = Amendment()
    translated = Translated(ledger, new, dict(growth.gone_documents), _proposers(growth, new, made))
    ruled = rulings(judgements)
    regrouped = voices.regroup(ledger, loaded, copies, translated, ruled.voices)
    made.families_off |= {family.root for family in regrouped.before}
    made.families += regrouped.after
    relinked = linking.relink(ledger, loaded, regrouped, ruled.links, made)
    linking.reask(ledger, loaded, regrouped, relinked, owners_of(theatre), made)
    weighing.count_sources(ledger, loaded, theatre, judgements, made)
    weighing.grade(ledger, loaded, theatre, regrouped, relinked, judgements, made)
    weighing.conclude(ledger, loaded, theatre, regrouped, made)
    made.claims += [(facet.id, keys.of_claim(facet, loaded.origins)) for facet in loaded.facets(loaded.added)]
    made.documents += [
        (name, keys.key("text", document.text), copies.names[name]) for name, document in sorted(new.items())
    ]
    return made


def _proposers(growth: Growth, new: Mapping[str, Document], amendment: Amendment) -> list[Translations]:
    """Who proposes translations: nobody where all documents are in one language. The languages are put into the amendment."""
    amendment.languages = growth.languages | {document.language for document in new.values()} - {""}
    several = len(amendment.languages) > 1
    return [registry.pick("translations", name)() for name in registry.names("translations")] if several else []
