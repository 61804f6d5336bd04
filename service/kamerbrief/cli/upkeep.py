"""The commands that look after the data folder."""

from pathlib import Path
from typing import Annotated

import typer

from kamerbrief.cli.options import AsJson, opened, print_json


def reindex() -> None:
    """Chunk and embed all letters anew, with the model that is set now."""
    from kamerbrief.cli.progress import reindexing
    from kamerbrief.cli.terminal import count

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


def doctor(
    use: Annotated[
        str | None, typer.Option(metavar="STORE", help="Use this generation of the stores from now on, as store-2.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the data folder is like, and mend what can be mended without losing anything."""
    from kamerbrief.settings import load
    from kamerbrief.wiring import doctor

    found = doctor(load(), use)
    if as_json:
        print_json([one._asdict() for one in found])
    else:
        for one in found:
            typer.echo(f"{'ok' if one.well else 'WRONG':6} {one.part:17} {one.told}")
    if not all(one.well for one in found):
        raise typer.Exit(1)


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A ZIP file to write, or to replace.")]) -> None:
    """Write letters, log and keys into one file, while others use them."""
    from kamerbrief.cli.terminal import count

    with opened() as kb:
        done = kb.backup(file)
    typer.echo(f"{count(done, 'letter')} in {file}, each checked")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `kamerbrief backup` wrote it.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Delete what the data folder holds.")] = False,
) -> None:
    """Put a backup into an empty data folder."""
    from kamerbrief.cli.terminal import count
    from kamerbrief.settings import load
    from kamerbrief.wiring import restore

    settings = load()
    done = restore(settings, file, overwrite=overwrite)
    typer.echo(f"{count(done, 'letter')} restored into {settings.data_dir}, each checked")


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    for command in (reindex, status, doctor, backup, restore):
        app.command()(command)
