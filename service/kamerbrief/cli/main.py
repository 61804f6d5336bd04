"""The command line. It prints, and does nothing else: the work is the library's, imported when a command needs it."""

import gc
import io
import os
import sys

import typer

from kamerbrief.cli.commands import Group
from kamerbrief.cli.paths import exists
from kamerbrief.errors import KamerbriefError, UsageError

app = typer.Typer(
    cls=Group,
    help="Questions to the letters that Dutch ministers send to parliament, answered with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # loading what draws boxes takes longer than all of `--help`
)


@app.callback()
def _nothing_before_a_command() -> None: ...


def main() -> None:
    """Runs a command. Exit code 0: done; 1: something of the work failed, or there is nothing to search in; 2: it was
    asked wrongly; 130: stopped by Ctrl-C. Whatever fails is told in one line; PYTHONDEVMODE=1 shows where."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character gets a question mark
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's: two that wait for each other take twice the processor
    gc.set_threshold(50_000)  # what is imported stays: looking through it again and again is a fifteenth of a start
    try:
        _check_arguments(sys.argv[1:])
        app()
    except KamerbriefError as error:
        _complain(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except SystemExit as end:
        if end.code == 130:
            _complain("stopped; letters that were added stay")
        raise
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        _complain(f"{type(error).__name__}: {error}: not foreseen; PYTHONDEVMODE=1 shows where it happened")
        sys.exit(1)


def _complain(line: str) -> None:
    from kamerbrief.cli.options import complain  # not before it is needed: records take longer than all of `--help`

    complain(line)


def _check_arguments(arguments: list[str]) -> None:
    """Raises UsageError for an argument that is no UTF-8; the name of a file may be any bytes."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not exists(argument):
                raise UsageError(f"the argument {argument!r} is not text", "write it in UTF-8") from None
