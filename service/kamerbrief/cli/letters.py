"""The commands about letters: adding, listing, showing and removing them."""

from pathlib import Path
from typing import Annotated

import typer

from kamerbrief.cli.options import AsJson, complain, filtered, opened, print_json, tell
from kamerbrief.cli.paths import files_meant_by
from kamerbrief.errors import FilterError, LetterError, UsageError
from kamerbrief.records.letters import Filters, HeadFilters

LetterId = Annotated[str, typer.Argument(metavar="ID", help="As `kamerbrief letters` prints it.")]
Report = Annotated[bool, typer.Option("--report", help="Tell what was taken for something else than text, and why.")]


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders or globs: letters, e-mails, or ZIPs of them."),
    ],
    report: Report = False,
    as_json: AsJson = False,
) -> None:
    """Read letters and make them findable."""
    from kamerbrief.cli.progress import adding
    from kamerbrief.cli.terminal import show_report

    sources = list(files_meant_by(paths))
    if not sources:
        raise UsageError(f"no files in {', '.join(paths)}", "name letters, or folders that hold some")
    with opened() as kb:
        outcomes = list(adding(kb.add_each(sources), len(sources), quiet=as_json))
        added = [outcome for _, outcome in outcomes if not isinstance(outcome, LetterError)]
        read = [kb.letter(one.letter) for one in added] if report else []
    if as_json:
        reports: list[dict[str, object]] = [letter.model_dump(mode="json", include={"report"}) for letter in read]
        records = [one.model_dump(mode="json") for one in added]
        print_json([one | more for one, more in zip(records, reports or [{}] * len(records), strict=True)])
    else:
        for letter in read:
            show_report(letter)
    for source, outcome in outcomes:
        path = Path(str(source))  # in a tree of folders the name alone is too little
        if isinstance(outcome, LetterError):
            complain(str(outcome).replace(path.name, str(path), 1))
        else:
            for warning in outcome.warnings:
                complain(f"{outcome.source.replace(path.name, str(path), 1)}: {warning}")
    if len(added) < len(outcomes):
        raise typer.Exit(1)


@filtered(HeadFilters)
def letters(
    filters: Filters,
    as_json: AsJson = False,
) -> None:
    """List the letters."""
    from kamerbrief.cli.terminal import show_letters

    with opened() as kb:
        heads = kb.letters(filters)
    tell(heads, show_letters, as_json)


def show(
    letter_id: LetterId,
    paragraph: Annotated[int | None, typer.Option(min=1, help="Only this paragraph.")] = None,
    references: Annotated[
        bool, typer.Option("--references", help="Only what it refers to, and what refers to it.")
    ] = False,
    report: Report = False,
    version: Annotated[int | None, typer.Option(min=1, help="As this version has it, and not as it is now.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a letter with its references, one paragraph of it, or how it was read."""
    with opened() as kb:
        letter = kb.letter(letter_id, version)
        named = kb.references(letter)
    if paragraph is not None and paragraph > len(letter.paragraphs):
        raise FilterError(f"{letter.id} has no paragraph {paragraph}", f"it has 1 to {len(letter.paragraphs)}")
    if report and not as_json:
        from kamerbrief.cli.terminal import show_report

        show_report(letter)
    elif report:
        print_json([one.model_dump(mode="json") for one in letter.report])
    elif as_json:
        record = named if references else letter if paragraph is None else letter.paragraphs[paragraph - 1]
        print_json(record.model_dump(mode="json"))
    else:
        from kamerbrief.cli.terminal import show_letter, show_references

        if not references:
            show_letter(letter, paragraph)
        if paragraph is None:
            show_references(named, told=references)


def versions(letter_id: LetterId, as_json: AsJson = False) -> None:
    """List the texts that a letter has had."""
    from kamerbrief.cli.terminal import show_versions

    with opened() as kb:
        found = kb.versions(letter_id)
    tell(found, show_versions, as_json)


def changes(
    letter_id: LetterId,
    earlier: Annotated[int | None, typer.Option("--from", min=1, help="From this version.")] = None,
    later: Annotated[int | None, typer.Option("--to", min=1, help="To this version, else to the last.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print what changed in a letter from one version to the next."""
    from kamerbrief.cli.changes import show_changes

    with opened() as kb:
        found = kb.changes(letter_id, earlier, later)
    tell(found, show_changes, as_json)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="To write, or to replace; ends in .jsonl.")],
) -> None:
    """Write all letters as JSON Lines, which `kamerbrief add` takes elsewhere."""
    from kamerbrief.cli.terminal import count

    with opened() as kb:
        done = kb.export(file)
    typer.echo(f"{count(done, 'letter')} in {file}")


def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Letters to remove.")],
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Also the answers and briefings that name them, and every byte in the files."),
    ] = False,
) -> None:
    """Remove letters, with all their versions."""
    with opened() as kb:
        kb.remove(ids, quotes_too=forget)
    typer.echo(f"{len(set(ids))} {'forgotten' if forget else 'removed'}")


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    for command in (add, letters, show, versions, changes, export, remove):
        app.command()(command)
