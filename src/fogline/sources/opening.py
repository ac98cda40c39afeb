"""From a path to its bytes, without ever hanging or reading more than was allowed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from fogline.errors import EmptyInput, InputError, NotReadable, TooLarge
from fogline.model import Failure

# Without O_NONBLOCK, opening a pipe nobody writes to waits for ever; neither flag exists on every system.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def load(path: Path, max_bytes: int) -> bytes:
    """All bytes of a file.

    Raises ``NotReadable`` for what is not there, may not be read, is no regular file or changes under the reader,
    ``TooLarge`` (before a byte is read) for a file over ``max_bytes``, ``EmptyInput`` for one of no bytes.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise unreadable(path, error) from error
    with os.fdopen(descriptor, "rb") as file:
        return _read(path, file.fileno(), max_bytes)


def unreadable(path: Path, error: OSError) -> NotReadable:
    """The system's refusal in our words, with what to do about it."""
    if isinstance(error, FileNotFoundError):
        return NotReadable(f"{path}: it is not there, or vanished before it was read.", "Check the path and run again.")
    if isinstance(error, PermissionError):
        return NotReadable(f"{path}: no permission to read it.", "Give yourself the right to read it (chmod u+r).")
    reason = error.strerror or type(error).__name__
    return NotReadable(f"{path}: it cannot be read ({reason}).", "Check the path, the disk and the link it may be.")


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as far as can be seen: one behind a closed door is not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shown(name: str | Path) -> str:
    """A file's name as text; bytes in it that are no UTF-8 become U+FFFD, so that it can be printed and stored."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def failure(name: str, error: InputError) -> Failure:
    """An input error as a value, so that the other inputs go on."""
    return Failure(name=shown(name), problem=shown(error.message), remedy=error.hint)


def _refuse_special(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe, socket or device"
        raise NotReadable(f"{path}: it is {what}, not a file.", "Save what it holds in a file first.")


def _read(path: Path, descriptor: int, max_bytes: int) -> bytes:
    try:
        before = os.fstat(descriptor)
        _refuse_special(path, before.st_mode)
        if before.st_size > max_bytes:
            raise TooLarge(
                f"{path}: it has {before.st_size:,} bytes; the limit is {max_bytes:,}.",
                "Split it, or raise the setting max_bytes.",
            )
        # One byte more than expected: a file that grows meanwhile is noticed and never read without end.
        raw = _exactly(descriptor, before.st_size + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(raw) != before.st_size:
        raise NotReadable(f"{path}: it changed while it was read.", "Run again when nothing writes to it.")
    if not raw:
        raise EmptyInput(f"{path}: it is empty.", "Leave it out, or put the report's text in it.")
    return raw


def _exactly(descriptor: int, size: int) -> bytes:
    pieces: list[bytes] = []
    while size > 0 and (piece := os.read(descriptor, min(size, 1 << 20))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def head(path: Path, size: int = 4096) -> bytes:
    """The first bytes of a file, to tell by them what it holds; nothing where they cannot be had, or for what is no file."""
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(size) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
