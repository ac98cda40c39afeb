"""``fogline backup`` and ``fogline restore``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fogline.cli import options
from fogline.cli.console import progressing, say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup", epilog="Example: [bold]fogline backup backups/ --ledger fogline.sqlite --keep 14[/bold]")(
        backup
    )
    app.command("restore", epilog="Example: [bold]fogline restore backup.sqlite --ledger restored.sqlite[/bold]")(
        restore
    )


def backup(
    target: Annotated[
        Path, typer.Argument(help="A new file, or a folder in which the file is named by the time.", metavar="TO")
    ],
    ledger: options.Ledger = options.LEDGER,
    keep: Annotated[
        int,
        typer.Option(
            "--keep", help="In a folder: remove all but so many of its newest; 0 removes none.", min=0, metavar="N"
        ),
    ] = 0,
) -> None:
    """Write a ledger as it stands now into one file, from SQLite or PostgreSQL, while builds and servers go on.

    The file is a ledger of its own: it is checked before it is put in place, and can be verified, served and compared.
    """
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.store.backup import backup as backed_up
    from fogline.store.backup import rotated

    into = target.is_dir()
    file = target / f"{_stem(ledger)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite" if into else target
    with reading(ledger, load()) as opened, progressing() as progress:
        size = backed_up(opened, file, progress)
    say(f"{file}: {size / 1e6:,.1f} MB. Bring it back with: fogline restore {file} --ledger NEW")
    if into and keep:
        for old in rotated(target, _stem(ledger), keep):
            say(f"{old} was removed.")


def restore(
    file: Annotated[Path, typer.Argument(help="What `fogline backup` wrote.", metavar="FILE")],
    ledger: options.Ledger = options.LEDGER,
) -> None:
    """Bring a backup back, into a new file or an empty database; nothing that is there is ever replaced.

    The backup is checked first and left as it is; one of an older fogline is brought to the newest layout on the way.
    """
    from fogline.config import load
    from fogline.store.backup import restore as restored
    from fogline.store.opening import shown

    with progressing() as progress:
        restored(file, ledger, progress, load().wait_seconds)
    say(f"{shown(ledger)} was restored from {file}. Compare: fogline verify {shown(ledger)} --against {file}")


def _stem(ledger: str) -> str:
    """What the files of a ledger's backups begin with: the name of its file or of its database."""
    bare = ledger.partition("?")[0].rstrip("/")
    return Path(bare).stem if "://" not in ledger else bare.rpartition("/")[2] or "ledger"
