"""The tables of an account, and their columns, by name."""

from __future__ import annotations

from collections.abc import Iterator

from fogline.model import Account
from fogline.publish.exports import flat
from fogline.publish.exports.columns import CLAIMS, LINKS, Column, control_columns
from fogline.publish.rows import Row

SHEETS = ("claims", "links", "control")
"""The tables there are."""


def columns(sheet: str, account: Account) -> tuple[Column, ...]:
    """The columns of a table; those of control are a theatre's."""
    return {"claims": CLAIMS, "links": LINKS}.get(sheet) or control_columns(flat.states_of(account))


def unread(sheet: str, account: Account) -> Iterator[Row]:
    """A table's rows as they are before its columns take their values from them."""
    return {"claims": flat.claim_rows, "links": flat.link_rows, "control": flat.control_rows}[sheet](account)


def rows(sheet: str, account: Account) -> Iterator[Row]:
    """A table's rows, in a fixed order, each column by its name."""
    wanted = columns(sheet, account)
    for row in unread(sheet, account):
        yield {column.name: column.value(row) for column in wanted}
