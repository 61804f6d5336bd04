"""The commands that look after the data folder."""

import typer

from kamerbrief.cli.options import AsJson, opened, print_json


def reindex() -> None:
    """Chunk and embed all letters anew, with the model that is set now."""
    from kamerbrief.cli.terminal import count, reindexing

    with opened() as kb, reindexing(len(kb.letters())) as step:
        done = kb.reindex(step)
    typer.echo(f"{count(done, 'letter')} indexed anew")


def status(as_json: AsJson = False) -> None:
    """Say what the data folder holds, and whether its stores agree."""
    with opened() as kb:
        found = kb.status()
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        for name, value in found.model_dump(mode="json").items():
            typer.echo(f"{name:12} {value}")
    if not found.whole:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    for command in (reindex, status):
        app.command()(command)
