"""A process of its own for what would otherwise load its models first: a fork of this one, which has them loaded."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable


class Forked:
    """Runs something in a fork, as ``subprocess.Popen`` runs a program; its processes are forks too, and not spawned."""

    def __init__(self, job: Callable[[], int]) -> None:
        """``job`` gives the exit code; 1 where it raises."""
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _end_with(job)

    def poll(self) -> int | None:
        """The exit code once it has ended, negative for a signal; else nothing."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self) -> int:
        """The exit code, waited for."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def kill(self) -> None:
        """End it, whatever it does."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)


def _end_with(job: Callable[[], int]) -> None:
    code = 1
    try:
        fork = multiprocessing.get_context("fork")  # also where the program asks for "spawn", which mypy cannot know
        multiprocessing.get_context = lambda method=None: fork  # type: ignore[assignment]
        code = job()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)  # nothing of the tests goes on in here
