"""What all conclusions rest on, to be kept beside them when everything is concluded at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import fogline
from fogline.link import keys, matters
from fogline.model import Document, Grounds, Lessons, Link, Relation, Run, fingerprint

if TYPE_CHECKING:
    from fogline.link.comparing import Compared


def way_of(run: Run) -> str:
    """How conclusions are drawn now from what that run read: where it differs, all is concluded anew."""
    return fingerprint("way", run.id, fogline.__version__, keys.VERSION)


def grounds_of(compared: Compared, documents: Mapping[str, Document], lessons: Lessons, way: str) -> Grounds:
    """The grounds of what was compared; made as they are asked for."""
    by_id = {facet.id: facet for facet in compared.facets}
    root_of = {member: family.root for family in compared.families for member in family.members}

    def placed(link: Link) -> tuple[int | None, int | None]:
        if link.relation is Relation.REPEATS:
            return keys.of_voice(root_of[link.a]), None
        group = matters.group_of(link, by_id)
        block = compared.blocks.get((link.a, link.b, link.aspect))  # none where a person says how the two stand
        return None if block is None else keys.of_block(block), None if group is None else keys.of_matter(group)

    told = [
        documents[name] for name in sorted({facet.claim.document_id for facet in compared.facets}) if name in documents
    ]
    return Grounds(
        way=way,
        claims=((facet.id, keys.of_claim(facet, compared.origins)) for facet in compared.facets),
        documents=keys.named(told),
        links=map(placed, compared.links),
        matters=map(keys.of_matter, compared.asked),
        lessons=lessons,
        languages=frozenset(document.language for document in told) - {""},
    )
