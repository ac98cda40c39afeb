"""The door: parses the command line, calls the flow or a view, and turns every error into a sentence and an exit code.

Exit codes: 0 all read, 1 something failed, 2 the command was put wrongly, 3 some inputs could not be read, 130 stopped.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Sequence
from typing import Annotated

import typer

from fogline import __version__
from fogline.cli import (
    areas,
    ask,
    backtest,
    backup,
    build,
    compare,
    control,
    copying,
    demo,
    doctor,
    export,
    extract,
    fetch,
    forecasts,
    gazetteer,
    hypotheses,
    mcp,
    review,
    scenarios,
    serve,
    tell,
    watch,
)
from fogline.errors import FoglineError
from fogline.operating import logs

app = typer.Typer(
    name="fogline",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="First steps: [bold]fogline demo[/bold], then [bold]fogline build REPORTS[/bold] and "
    "[bold]fogline brief PLACE -o brief.html[/bold].",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fogline {__version__}")
        raise typer.Exit


@app.callback()
def fogline(
    context: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error came from.", envvar="FOGLINE_DEBUG")
    ] = False,
    log: Annotated[
        str | None,
        typer.Option(
            "--log",
            help="Log as JSON lines to this file, or - for standard error.",
            envvar="FOGLINE_LOG",
            metavar="FILE|-",
        ),
    ] = None,
    log_level: Annotated[
        str,
        typer.Option(
            "--log-level",
            help="How much is logged: debug, info, warning or error.",
            envvar="FOGLINE_LOG_LEVEL",
            metavar="LEVEL",
        ),
    ] = "info",
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Who said what about a contested place, who says otherwise, and who most likely held it on that day."""
    if log:
        logs.configure(log, log_level)
        logs.note("command", command=context.invoked_subcommand, version=__version__)


for module in (
    demo,
    build,
    fetch,
    watch,
    ask,
    control,
    areas,
    review,
    backtest,
    scenarios,
    hypotheses,
    forecasts,
    tell,
    export,
    extract,
    compare,
    gazetteer,
    serve,
    mcp,
    copying,
    backup,
    doctor,
):
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code and prints every error as a sentence with what to do."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given or bool(os.environ.get("FOGLINE_DEBUG"))
    begun = time.monotonic()
    code = 1
    try:
        code = _run(given, debug)
    finally:
        logs.note("command done", arguments=given, exit_code=code, seconds=round(time.monotonic() - begun, 3))
        logs.close()
    return code


def _run(given: list[str], debug: bool) -> int:
    from fogline.cli.console import complain

    command = typer.main.get_command(app)
    try:
        code = command.main(args=given, prog_name="fogline", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except FoglineError as error:
        logs.note("failed", logging.ERROR, kind=type(error).__name__, problem=error.message, remedy=error.hint)
        if debug:
            raise
        complain(error.message, error.hint)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        complain("Stopped.", "Whatever was stored before is kept; the same command goes on from there.")
        return 130
    except Exception as error:
        return _other(error, debug)


def _other(error: Exception, debug: bool) -> int:
    """A wrong command line, or an error that nobody foresaw."""
    from fogline.cli.console import complain

    show, code = getattr(error, "format_message", None), getattr(error, "exit_code", None)
    if callable(show) and isinstance(code, int):
        context = getattr(error, "ctx", None)
        where = f"{context.command_path} --help" if context else "fogline --help"
        complain(str(show()), f"See: {where}")
        return code
    logs.note("fault", logging.CRITICAL, error=error)
    if debug:
        raise error
    complain(f"{type(error).__name__}: {error}", "This is a fault in fogline. Run again with --debug to see where.")
    return 1
