"""Which layout a ledger has, and how it gets the newest one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select, text

import fogline
from fogline.errors import NewerLedger
from fogline.store import schema

_STEPS = Path(__file__).parent / "migrations"


def layout(connection: Connection) -> str:
    """The layout of the ledger behind the connection: empty where there are no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def refuse_newer(connection: Connection, found: str, path: Path | str) -> None:
    """Raise ``NewerLedger`` for a layout that this version does not know."""
    if not found or found == schema.LAYOUT or found in known_layouts():
        return
    writer = connection.execute(select(schema.about.c.value).where(schema.about.c.name == "fogline")).scalar()
    raise NewerLedger(
        f"{path} was written by fogline {writer} (layout {found}); this is fogline {fogline.__version__}, "
        f"which reads up to layout {schema.LAYOUT}.",
        f"Upgrade fogline to {writer} or later, or build a new ledger under another name.",
    )


def known_layouts() -> tuple[str, ...]:
    """Every layout there has been, oldest first."""
    from alembic.script import ScriptDirectory

    return tuple(reversed([step.revision for step in ScriptDirectory(str(_STEPS)).walk_revisions()]))


def migrate(connection: Connection, to: str = schema.LAYOUT) -> None:
    """Bring the ledger to that layout inside the open transaction, and note which fogline did it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    connection.execute(delete(schema.about).where(schema.about.c.name == "fogline"))
    connection.execute(insert(schema.about).values(name="fogline", value=fogline.__version__))
