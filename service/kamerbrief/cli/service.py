"""The commands about the service: running it, and who may use it."""

import datetime
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kamerbrief.cli.options import AsJson, opened, tell
from kamerbrief.errors import KamerbriefError, UsageError

ROLES = ("reader", "editor", "admin")
keys_app = typer.Typer(help="Make, list and revoke the keys of the service.", no_args_is_help=True)


def serve(
    host: Annotated[str, typer.Option(help="Where to listen; others than this machine need keys.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    watch: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Follow this folder, too.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer: at most as many as there are cores.")] = 1,
) -> None:
    """Run the service: the page at /, and the API, with its documentation at /v1/docs."""
    from kamerbrief.http.serve import serve
    from kamerbrief.http.workers import in_child
    from kamerbrief.web.app import install

    if workers > 1 and not hasattr(os, "fork"):
        raise UsageError(f"--workers {workers}: this system cannot fork processes", "leave it out")
    if workers > 1:
        in_child(_mend)
    with opened() as kb:
        serve(kb, host, port, lambda line: typer.echo(line, err=True), watch, install, workers)


def mcp() -> None:
    """Speak MCP on standard input and output, for programs that work with a language model."""
    from kamerbrief.http.mcp.door import run_stdio

    with opened() as kb:
        run_stdio(kb)


@keys_app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose it is.")],
    role: Annotated[str, typer.Option(help="reader asks, editor adds and removes, admin reads the log.")] = "reader",
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="The last day (UTC) it is valid.")] = None,
) -> None:
    """Make a key. It is shown this once."""

    if role not in ROLES:
        raise UsageError(f"--role {role!r} is not known", "use reader, editor or admin")
    if not name.strip() or not name.isprintable():
        raise UsageError("a key needs a name", "name whose it is, as `kamerbrief keys create newsroom`")
    with opened() as kb:
        typer.echo(kb.keys.create(name, role, _end_of(expires)))  # type: ignore[arg-type]


@keys_app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List the keys by name, each with its role and whether it is valid."""
    from kamerbrief.cli.terminal import show_keys

    with opened() as kb:
        keys = kb.keys.list()
    tell(keys, show_keys, as_json)


@keys_app.command()
def revoke(name: str) -> None:
    """Make a key worthless from now on."""

    with opened() as kb:
        kb.keys.revoke(name)
    typer.echo(f"{name} revoked")


def _mend() -> None:
    """What opening mends it mends with threads, which must not be there where processes are forked off."""
    with suppress(KamerbriefError), opened():
        pass


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    app.command()(serve)
    app.command()(mcp)
    app.add_typer(keys_app, name="keys")


def _end_of(day: str | None) -> datetime.datetime | None:
    """The end of that day, which must not be over."""
    if day is None:
        return None
    try:
        end = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time.max, datetime.UTC)
    except ValueError:
        raise UsageError(f"--expires {day!r} is no date", "write it as 2030-12-31") from None
    if end < datetime.datetime.now(datetime.UTC):
        raise UsageError(f"--expires {day} is in the past", "name a day to come")
    return end
