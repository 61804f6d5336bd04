"""The commands that fetch letters: one for each official source, those about what the service fetches, and the one
that follows a folder."""

import re
import signal
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Annotated

import typer
from pydantic import ValidationError

from kamerbrief.cli.options import AsJson, complain, filtered, opened, tell
from kamerbrief.errors import UsageError
from kamerbrief.records.fetching import FeedQuery, FetchRequest, ParliamentQuery, PublicationsQuery

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be fetched.")]
Every = Annotated[
    str | None, typer.Option(metavar="TIME", help="Let the service do it again and again, as 6h or 1d after it began.")
]
fetch_app = typer.Typer(help="Fetch letters from official sources: what is new or changed.", no_args_is_help=True)


@fetch_app.command()
@filtered(PublicationsQuery, PublicationsQuery)
def publications(
    filters: PublicationsQuery, every: Every = None, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Fetch letters and answers to members from the repository of official publications."""
    _run(FetchRequest(publications=filters, dry_run=dry_run, every_hours=_hours(every)), as_json)


@fetch_app.command()
@filtered(ParliamentQuery, ParliamentQuery)
def parliament(filters: ParliamentQuery, every: Every = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Fetch letters and answers to members from the Tweede Kamer, on the day that they are sent."""
    _run(FetchRequest(parliament=filters, dry_run=dry_run, every_hours=_hours(every)), as_json)


@fetch_app.command()
def feed(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of the feed, as https://example.org/atom.")],
    every: Every = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the letters of an Atom or RSS feed."""
    try:
        wanted = FeedQuery(address=address)
    except ValidationError:
        raise UsageError(f"{address!r} is no address", "write it as https://example.org/atom") from None
    _run(FetchRequest(feed=wanted, dry_run=dry_run, every_hours=_hours(every)), as_json)


@fetch_app.command("list")
def list_fetches(as_json: AsJson = False) -> None:
    """List what the service fetches, newest first: its id, when it is due, and what came of it last."""
    from kamerbrief.cli.terminal import show_fetches

    with opened() as kb:
        jobs = kb.fetches.newest()
    tell(jobs, show_fetches, as_json)


@fetch_app.command()
def stop(fetch_id: Annotated[str, typer.Argument(metavar="ID", help="As `kamerbrief fetch list` prints it.")]) -> None:
    """Stop the service from fetching something, now and again."""
    with opened() as kb:
        kb.fetches.remove(fetch_id)
    typer.echo(f"{fetch_id} stopped")


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="With letters in it, and in its folders.")],
    remove: Annotated[bool, typer.Option("--remove", help="Remove letters, too, whose files went.")] = False,
) -> None:
    """Follow a folder: add what is in it, and what comes into it, until it is stopped (Ctrl-C, SIGTERM)."""
    from kamerbrief.cli.terminal import show_fetched

    asked: SimpleQueue[int] = SimpleQueue()  # a signal may come at any moment, when setting an event would not be safe

    def stop(number: int, _: object) -> None:
        asked.put(number)
        signal.signal(number, signal.SIG_DFL)  # a second one does not wait

    def stopped(seconds: float) -> bool:
        with suppress(Empty):
            asked.put(asked.get(timeout=seconds))
        return not asked.empty()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with opened() as kb:
        followed = kb.watch(folder, stopped, remove=remove)
        typer.echo(f"following {folder}; Ctrl-C stops", err=True)
        for one in followed:
            if one.outcome not in ("same", "failed"):
                show_fetched(one)
            if one.reason:
                complain(f"{one.id}: {one.reason}")
    typer.echo("stopped; letters that were added stay", err=True)


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    app.add_typer(fetch_app, name="fetch")
    app.command()(watch)


def _run(wanted: FetchRequest, as_json: bool) -> None:
    """Tells of each record that is not as it was, in the end what failed, and how many there were of each kind; or
    leaves it to the service."""
    from kamerbrief.cli.progress import fetching
    from kamerbrief.cli.terminal import counts

    if wanted.every_hours:
        with opened() as kb:
            job = kb.fetches.ask(wanted)
        told = f"{job.id}: the service, while it runs, does this every {wanted.every_hours} h"
        tell(job, lambda _: typer.echo(told), as_json)
        return
    with opened() as kb, kb.fetch(wanted.query, dry_run=wanted.dry_run) as stream:
        for _ in fetching(stream, quiet=as_json):
            pass
        report = stream.result
    for one in report.failures:
        complain(f"{one.id}: {one.reason}")
    if report.failed > len(report.failures):
        complain(f"and {report.failed - len(report.failures)} more that failed")
    tell(report, lambda report: typer.echo(("would be " if wanted.dry_run else "") + counts(report)), as_json)
    if report.failed:
        raise typer.Exit(1)


def _hours(every: str | None) -> int | None:
    """What "6h" or "2d" is in hours."""
    if every is None:
        return None
    parts = re.fullmatch(r"([1-9]\d{0,2})\s?([hd])", every.strip().lower())
    if parts is None:
        raise UsageError(f"--every {every!r} is no time", "write it as 6h or 1d")
    return int(parts[1]) * (24 if parts[2] == "d" else 1)
