"""Runs a parser of hostile bytes in a process of its own, where time and memory can kill it."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

from fogline.errors import BadFeed

SECONDS = 30
"""Of processor time for one file; a newspaper's PDF of 20 MB takes about five."""

MEMORY = 1_500_000_000
"""Bytes of address space for one file."""

_HINT = "Open it and save its text as .txt."


def confined(name: str, function: str, raw: bytes, seconds: int = SECONDS, memory: int = MEMORY) -> list[str]:
    """What ``module:function`` makes of bytes, a list of texts; raises ``BadFeed``, naming the input, where it does not.

    A parser that takes too long, takes too much memory or crashes takes nobody along.
    """
    command = [sys.executable, "-m", "fogline.sources.confined", function, str(seconds), str(memory)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=seconds * 3, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadFeed(f"{name}: it takes more than {seconds} seconds to parse.", _HINT) from error
    if done.returncode == 0:
        answer = json.loads(done.stdout)
        if isinstance(answer, list):
            return [str(text) for text in answer]
        raise BadFeed(f"{name}: {answer['problem']}.", _HINT)
    why = (
        f"takes more than {seconds} seconds or {memory:,} bytes of memory to parse"
        if done.returncode < 0
        else "crashes its parser"
    )
    raise BadFeed(f"{name}: it {why}.", _HINT)


def _inside(function: str, seconds: int, memory: int) -> None:
    _limit(seconds, memory)
    module, _, attribute = function.partition(":")
    raw = sys.stdin.buffer.read()
    answer: object
    try:
        answer = getattr(import_module(module), attribute)(raw)
    except MemoryError:
        answer = {"problem": f"it takes more than {memory:,} bytes of memory to parse"}
    except Exception as error:  # parsers fail on broken bytes in every way
        answer = {"problem": f"it cannot be parsed ({type(error).__name__}: {' '.join(str(error).split())[:120]})"}
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # a system without: the time is kept from outside
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    _inside(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
