"""Libraries that only one format needs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from fogline.errors import UsageError


def needing(module: str) -> ModuleType:
    """The module of a library in the extra ``export``; raises ``UsageError`` with how to install it where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(
            f"This format needs {module.partition('.')[0]}, which is not installed.",
            "Install it with: pip install 'fogline[export]'.",
        ) from error
