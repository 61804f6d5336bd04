"""The command line. It prints, and does nothing else: the work is the library's, imported when a command needs it."""

import io
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kamerbrief.cli import briefings, service
from kamerbrief.cli.options import (
    AsJson,
    Count,
    Dossier,
    Kind,
    LetterOption,
    Ministry,
    Since,
    Until,
    Writer,
    check_writer,
    complain,
    filters_of,
    opened,
    print_json,
)
from kamerbrief.cli.paths import exists, files_meant_by
from kamerbrief.errors import FilterError, KamerbriefError, LetterError, UsageError

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief
    from kamerbrief.records.letters import Filters

app = typer.Typer(
    help="Questions to the letters that Dutch ministers send to parliament, answered with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Runs a command. Exit code 0: done; 1: something of the work failed, or there is nothing to search in; 2: it was
    asked wrongly; 130: stopped by Ctrl-C. Whatever fails is told in one line; PYTHONDEVMODE=1 shows where."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character gets a question mark
    try:
        _check_arguments(sys.argv[1:])
        app()
    except KamerbriefError as error:
        complain(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except SystemExit as end:
        if end.code == 130:
            complain("stopped; letters that were added stay")
        raise
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        complain(f"{type(error).__name__}: {error}: not foreseen; PYTHONDEVMODE=1 shows where it happened")
        sys.exit(1)


@app.command()
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs: text, PDF, official XML.")
    ],
    as_json: AsJson = False,
) -> None:
    """Read letters and make them findable."""
    from kamerbrief.cli.terminal import adding

    sources = list(files_meant_by(paths))
    if not sources:
        raise UsageError(f"no files in {', '.join(paths)}", "name letters, or folders that hold some")
    with opened() as kb:
        outcomes = list(adding(kb.add_all(sources), len(sources), quiet=as_json))
    if as_json:
        print_json([o.model_dump(mode="json") for o in outcomes if not isinstance(o, LetterError)])
    failed = [(path, o) for path, o in zip(sources, outcomes, strict=True) if isinstance(o, LetterError)]
    for path, error in failed:
        complain(str(error).replace(path.name, str(path), 1))  # in a tree of folders the name alone is too little
    if failed:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in Dutch or English.")],
    letter: LetterOption = None,
    dossier: Dossier = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    ministry: Ministry = None,
    k: Count = 10,
    after: Annotated[
        list[str] | None, typer.Option(help="The question before, that this one follows on; more, oldest first.")
    ] = None,
    writer: Writer = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, every sentence with the paragraph that proves it."""
    from kamerbrief.cli.terminal import show_answer, waiting
    from kamerbrief.records.answers import Turn

    filters = filters_of(letter, dossier, since, until, kind, ministry)
    check_writer(writer)
    turns = [Turn(question=question) for question in after or ()]
    with opened() as kb:
        with waiting():
            answer = kb.ask(question, filters=filters, k=k, turns=turns, writer=writer)  # type: ignore[arg-type]
        nothing = None if answer.hits else _nothing(kb, filters)
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        show_answer(answer)
    if answer.failure:
        complain(f"{answer.failure} (answered without the model)")
    _exit_if(nothing)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    letter: LetterOption = None,
    dossier: Dossier = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    ministry: Ministry = None,
    k: Count = 10,
    as_json: AsJson = False,
) -> None:
    """Find the paragraphs that are nearest to a question."""
    filters = filters_of(letter, dossier, since, until, kind, ministry)
    with opened() as kb:
        hits = kb.search(question, filters=filters, k=k)
        nothing = None if hits else _nothing(kb, filters)
    if as_json:
        print_json([hit.model_dump(mode="json") for hit in hits])
    else:
        from kamerbrief.cli.terminal import show_hits

        show_hits(hits)
    _exit_if(nothing)


@app.command()
def letters(
    dossier: Dossier = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    ministry: Ministry = None,
    as_json: AsJson = False,
) -> None:
    """List the letters."""
    filters = filters_of(None, dossier, since, until, kind, ministry)
    with opened() as kb:
        heads = kb.letters(filters)
    if as_json:
        print_json([head.model_dump(mode="json") for head in heads])
    else:
        from kamerbrief.cli.terminal import show_letters

        show_letters(heads)


@app.command()
def show(
    letter_id: Annotated[str, typer.Argument(metavar="ID", help="As `kamerbrief letters` prints it.")],
    paragraph: Annotated[int | None, typer.Option(min=1, help="Only this paragraph.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a letter, or one paragraph of it."""
    with opened() as kb:
        letter = kb.letter(letter_id)
    if paragraph is not None and paragraph > len(letter.paragraphs):
        raise FilterError(f"{letter.id} has no paragraph {paragraph}", f"it has 1 to {len(letter.paragraphs)}")
    if as_json:
        record = letter if paragraph is None else letter.paragraphs[paragraph - 1]
        print_json(record.model_dump(mode="json"))
    else:
        from kamerbrief.cli.terminal import show_letter

        show_letter(letter, paragraph)


@app.command()
def remove(ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Letters to remove.")]) -> None:
    """Remove letters, leaving nothing of them behind."""
    with opened() as kb:
        kb.remove(ids)
    typer.echo(f"{len(set(ids))} removed")


@app.command()
def reindex() -> None:
    """Chunk and embed all letters anew, with the model that is set now."""
    from kamerbrief.cli.terminal import count, reindexing

    with opened() as kb, reindexing(len(kb.letters())) as step:
        done = kb.reindex(step)
    typer.echo(f"{count(done, 'letter')} indexed anew")


@app.command()
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


briefings.add_to(app)
service.add_to(app)


def _nothing(kb: "Kamerbrief", filters: "Filters") -> str | None:
    """Why nothing was found, when it is that no letter could be: none passes the filters, or none was added yet."""
    if kb.letters(filters):
        return None
    if kb.letters():
        return "no letter passes these filters: `kamerbrief letters` lists what there is"
    return "there are no letters yet: `kamerbrief add` adds some"


def _exit_if(nothing: str | None) -> None:
    if nothing:
        complain(nothing)
        raise typer.Exit(1)


def _check_arguments(arguments: list[str]) -> None:
    """Raises UsageError for an argument that is no UTF-8; the name of a file may be any bytes."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not exists(argument):
                raise UsageError(f"the argument {argument!r} is not text", "write it in UTF-8") from None
