"""The commands that fetch letters from official sources, one for each source."""

from typing import Annotated

import typer
from pydantic import ValidationError

from kamerbrief.cli.options import AsJson, complain, filtered, opened, print_json
from kamerbrief.errors import UsageError
from kamerbrief.records.fetching import FeedQuery, ParliamentQuery, PublicationsQuery, SourceQuery

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be fetched.")]
fetch_app = typer.Typer(help="Fetch letters from official sources: what is new or changed.", no_args_is_help=True)


@fetch_app.command()
@filtered(PublicationsQuery, PublicationsQuery)
def publications(filters: PublicationsQuery, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Fetch letters and answers to members from the repository of official publications."""
    _run(filters, dry_run, as_json)


@fetch_app.command()
@filtered(ParliamentQuery, ParliamentQuery)
def parliament(filters: ParliamentQuery, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Fetch letters and answers to members from the Tweede Kamer, on the day that they are sent."""
    _run(filters, dry_run, as_json)


@fetch_app.command()
def feed(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of the feed, as https://example.org/atom.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the letters of an Atom or RSS feed."""
    try:
        wanted = FeedQuery(address=address)
    except ValidationError:
        raise UsageError(f"{address!r} is no address", "write it as https://example.org/atom") from None
    _run(wanted, dry_run, as_json)


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    app.add_typer(fetch_app, name="fetch")


def _run(wanted: SourceQuery, dry_run: bool, as_json: bool) -> None:
    """Tells of each record that is not as it was, and in the end how many there were of each kind."""
    from kamerbrief.cli.progress import fetching

    with opened() as kb, kb.fetch(wanted, dry_run=dry_run) as stream:
        for done in fetching(stream, quiet=as_json):
            if done.outcome == "failed":
                complain(f"{done.id}: {done.reason}")
        report = stream.result
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        counts = report.model_dump(exclude={"failures"})
        typer.echo(("would be " if dry_run else "") + ", ".join(f"{count} {name}" for name, count in counts.items()))
    if report.failed:
        raise typer.Exit(1)
