"""When Python looks for objects that refer to each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Python's search for objects that refer to each other is put off: there are none here, and it takes the longer the more
    objects there are, so that a million claims would cost more each than ten thousand.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
