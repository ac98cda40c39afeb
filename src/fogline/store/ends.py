"""Where conclusions meet claims: the ends of every link and the answers to every matter, as rows of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from fogline.store import answered, disputed, linked
from fogline.store.answered import Matters
from fogline.store.columns import Columns
from fogline.store.disputed import Disputes
from fogline.store.linked import Links


@dataclass(frozen=True, slots=True)
class Ends:
    """As they stood when it was last concluded. Rows stay what they are while columns grow."""

    concluded: int
    outdated: int
    """How many readings were outdated then: with one more, claims that were read again are other rows."""
    links: Links
    disputes: Disputes
    matters: Matters


def held(connection: Connection, columns: Columns, concluded: int, before: Ends | None) -> Ends:
    """The ends as they stand for this connection's transaction; what ``before`` has is not read again."""
    if before is None or before.concluded != concluded or before.outdated > columns.outdated:
        links, matters = linked.read(connection, columns), answered.read(connection, columns)
    elif before.outdated == columns.outdated:
        return before
    else:
        links, matters = before.links.seen_anew(columns), before.matters.seen_anew(columns)
    return Ends(
        concluded=concluded,
        outdated=columns.outdated,
        links=links,
        disputes=disputed.ordered(links, columns),
        matters=matters,
    )
