"""A folder for files that appear whole or not at all: on this machine, or at an address that fsspec knows."""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path
from typing import Any, Protocol

from fogline.errors import ShardsError, UsageError

_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"})
"""Object stores: what is put there is seen whole or not at all. Elsewhere a file is written beside and then renamed."""

_MARK = ".fogline-can-write"

_WRITER = f"{platform.node()}-{os.getpid()}"
"""No other process writes beside under this name, on whichever machine that shares the folder."""


class Folder(Protocol):
    """Files by name."""

    def names(self) -> frozenset[str]:
        """The files there are; makes the folder where it is missing, and makes sure that it can be written."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def read(self, name: str) -> bytes:
        """A file's bytes."""

    def write(self, name: str, raw: bytes) -> None:
        """Put a file there, whole or not at all; one that is there is replaced."""

    def drop(self, name: str) -> None:
        """Take a file away."""

    def where(self, name: str) -> str:
        """The path or address of a file, to be shown."""


def folder_at(place: str) -> Folder:
    """The folder at a path or an address. Raises ``UsageError`` where the address needs what is not installed."""
    return _Remote(place) if "://" in place else _Local(Path(place))


class _Local:
    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> frozenset[str]:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._path):
                return frozenset(path.name for path in self._path.iterdir())
        except OSError as error:
            raise _unusable(str(self._path), error) from error

    def has(self, name: str) -> bool:
        return (self._path / name).exists()

    def read(self, name: str) -> bytes:
        try:
            return (self._path / name).read_bytes()
        except OSError as error:
            raise _unusable(self.where(name), error) from error

    def write(self, name: str, raw: bytes) -> None:
        try:
            beside = self._path / f".{name}.{_WRITER}.part"
            with beside.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path / name)
        except OSError as error:
            raise _unusable(self.where(name), error) from error

    def drop(self, name: str) -> None:
        try:
            (self._path / name).unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(self.where(name), error) from error

    def where(self, name: str) -> str:
        return str(self._path / name)


class _Remote:
    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        try:
            import fsspec

            self._files, self._path = fsspec.url_to_fs(self._address)
        except (ImportError, ValueError) as error:
            raise UsageError(
                f"{address}: addresses of this kind cannot be used here ({error}).",
                "Install fogline[shards] and what the message names (s3fs for s3://, gcsfs for gs://).",
            ) from error

    def names(self) -> frozenset[str]:
        def look() -> frozenset[str]:
            self._files.makedirs(self._path, exist_ok=True)
            self._files.pipe_file(f"{self._path}/{_MARK}", b"")
            self._files.invalidate_cache()
            return frozenset(str(path).rsplit("/", 1)[-1] for path in self._files.find(self._path))

        return frozenset(self._asking("", look))

    def has(self, name: str) -> bool:
        return bool(self._asking(name, lambda: self._files.exists(f"{self._path}/{name}")))

    def read(self, name: str) -> bytes:
        return bytes(self._asking(name, lambda: self._files.cat_file(f"{self._path}/{name}")))

    def write(self, name: str, raw: bytes) -> None:
        self._asking(name, lambda: self._put(f"{self._path}/{name}", raw))

    def drop(self, name: str) -> None:
        self._asking(name, lambda: self._files.rm_file(f"{self._path}/{name}"))

    def where(self, name: str) -> str:
        return f"{self._address}/{name}" if name else self._address

    def _put(self, path: str, raw: bytes) -> None:
        if _AT_ONCE & {*_protocols(self._files)}:
            self._files.pipe_file(path, raw)
            return
        beside = f"{path}.{_WRITER}.part"
        self._files.pipe_file(beside, raw)
        self._files.mv(beside, path)

    def _asking(self, name: str, ask: Any) -> Any:
        try:
            return ask()
        except Exception as error:  # each kind of address has errors of its own, which nothing unites
            raise _unusable(self.where(name), error) from error


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


def _unusable(where: str, error: Exception) -> ShardsError:
    reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    return ShardsError(
        f"{where}: shards cannot be kept there ({reason}).",
        "Name a folder or an address with --shards that can be read and written, with space left.",
    )
