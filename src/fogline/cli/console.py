"""What a person sees: data on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fogline.errors import FoglineError
from fogline.model import Failure
from fogline.operating import logs
from fogline.ports import Progress

if TYPE_CHECKING:
    from rich.console import Console

PIPED = 160
"""Columns of a table that does not go to a terminal."""

LONGEST = 240
"""Characters of one cell on a terminal; the other formats give all."""

HIDDEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF])
"""Marks that turn the direction of text: a quotation must not be able to rewrite the line it stands in."""

CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
"""Control characters, among them the escape that commands a terminal."""


def safe(text: str) -> str:
    """Text that can do nothing to a terminal, on one line.

    >>> safe("a\\x1b[31mb")
    'a [31mb'
    """
    return " ".join(text.translate(CONTROLS).translate(HIDDEN).split())


def errors() -> Console:
    """The console on standard error; NO_COLOR and a pipe switch colours off."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A line for the person, on standard error; an event of the log where that goes there."""
    from rich.text import Text

    if logs.on_standard_error():
        logs.note("said", text=text)
        return
    errors().print(Text(text), soft_wrap=True)


def complain(message: str, hint: str = "") -> None:
    """An error: what is wrong, then what to do; nothing where the log goes to standard error, which has it already."""
    from rich.text import Text

    if logs.on_standard_error():
        return
    console = errors()
    console.print(Text.assemble(("Error: ", "bold red"), safe(message)), soft_wrap=True)
    if hint:
        console.print(Text.assemble(("Hint: ", "bold"), safe(hint)), soft_wrap=True)


def failed(failure: Failure) -> str:
    """What could not be read, why, and what to do; a problem that names its file is not headed by the name again.

    >>> failed(Failure(name="a.txt", problem="reports/a.txt: it is empty.", remedy="Leave it out."))
    'failed: reports/a.txt: it is empty. Leave it out.'
    """
    head = "" if failure.name in failure.problem else f"{failure.name}: "
    return safe(f"failed: {head}{failure.problem} {failure.remedy}")


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]], empty: str) -> str:
    """Rows as a drawn table, or the sentence for an empty one."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else int(os.environ.get("COLUMNS", PIPED)), highlight=False)
    drawn = Table(title=Text(title), title_justify="left", show_lines=True, expand=False)
    for name in head:
        drawn.add_column(Text(name.replace("_", " ")), overflow="fold")
    count = 0
    for row in rows:
        count += 1
        drawn.add_row(*(Text(_cut(safe(cell))) for cell in row))
    with console.capture() as captured:
        console.print(drawn if count else Text(empty))
    return captured.get()


def emit(pieces: Iterable[str | bytes], out: Path | None) -> None:
    """Data (text as UTF-8, bytes as they are) to standard output, or to a file that is put in place whole or not at all.

    Raises ``FoglineError`` where it cannot be written, as on a full disk.
    """
    if out is None:
        _print(pieces)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def progressing() -> Iterator[Progress]:
    """A progress bar with counts on standard error; silent where that is no terminal."""
    console = errors()
    if not console.is_terminal or logs.on_standard_error():
        yield logs.noted(lambda stage, done, total: None)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield logs.noted(advance)


def _print(pieces: Iterable[str | bytes]) -> None:
    try:
        for piece in pieces:
            if isinstance(piece, str):
                sys.stdout.write(piece)
                continue
            sys.stdout.flush()
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output has enough (`fogline claims | head`): nothing is wrong, and nothing more is written.
        _hush()
    except OSError as error:
        _hush()
        raise FoglineError(
            f"Standard output cannot be written ({error.strerror}).", "Free some space, or give another file with -o."
        ) from error


def _hush() -> None:
    """What is left in the buffer goes nowhere, or Python would try to write it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(out: Path, error: OSError) -> FoglineError:
    return FoglineError(f"{out}: cannot be written ({error.strerror}).", "Give another file with -o.")
