"""The command line. It prints, and does nothing else: the work is the library's, imported when a command needs it."""

import datetime
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kamerbrief import cli_briefings, cli_service
from kamerbrief.errors import FilterError, KamerbriefError, LetterError, UsageError
from kamerbrief.paths import exists, files_meant_by

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief
    from kamerbrief.records import Filters

app = typer.Typer(
    help="Questions to the letters that Dutch ministers send to parliament, answered with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

LetterOption = Annotated[
    list[str] | None, typer.Option("--letter", help="Only this letter; may be given more than once.")
]
Dossier = Annotated[str | None, typer.Option(help="Only letters of this dossier, as 27925.")]
Since = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only letters of this date (2014-09-10) or later.")
]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only letters of this date or earlier.")]
Kind = Annotated[str | None, typer.Option(help="Only this kind: letter, answers or other.")]
Ministry = Annotated[str | None, typer.Option(help="Only letters of this ministry, as Defensie.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the record as JSON.")]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many paragraphs to look at.")]


def main() -> None:
    """Runs a command. Exit code 0: done; 1: something of the work failed, or there is nothing to search in; 2: it was
    asked wrongly; 130: stopped by Ctrl-C. Whatever fails is told in one line; PYTHONDEVMODE=1 shows where."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character gets a question mark
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


@app.command()
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs: text, PDF, official XML.")
    ],
    as_json: AsJson = False,
) -> None:
    """Read letters and make them findable."""
    from kamerbrief.terminal import adding

    sources = list(files_meant_by(paths))
    if not sources:
        raise UsageError(f"no files in {', '.join(paths)}", "name letters, or folders that hold some")
    with _open() as kb:
        outcomes = list(adding(kb.add_all(sources), len(sources), quiet=as_json))
    if as_json:
        _print_json([o.model_dump(mode="json") for o in outcomes if not isinstance(o, LetterError)])
    failed = [(path, o) for path, o in zip(sources, outcomes, strict=True) if isinstance(o, LetterError)]
    for path, error in failed:
        _complain(str(error).replace(path.name, str(path), 1))  # in a tree of folders the name alone is too little
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
    writer: Annotated[
        str | None, typer.Option(help="Who writes: model (where one is set, the default) or extractive.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, every sentence with the paragraph that proves it."""
    from kamerbrief.records import Turn
    from kamerbrief.terminal import show_answer, waiting

    filters = _filters(letter, dossier, since, until, kind, ministry)
    if writer not in (None, "model", "extractive"):
        raise UsageError(f"--writer {writer!r} is not known", "use model or extractive")
    turns = [Turn(question=question) for question in after or ()]
    with _open() as kb:
        with waiting():
            answer = kb.ask(question, filters=filters, k=k, turns=turns, writer=writer)  # type: ignore[arg-type]
        nothing = None if answer.hits else _nothing(kb, filters)
    if as_json:
        _print_json(answer.model_dump(mode="json"))
    else:
        show_answer(answer)
    if answer.failure:
        _complain(f"{answer.failure} (answered without the model)")
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
    filters = _filters(letter, dossier, since, until, kind, ministry)
    with _open() as kb:
        hits = kb.search(question, filters=filters, k=k)
        nothing = None if hits else _nothing(kb, filters)
    if as_json:
        _print_json([hit.model_dump(mode="json") for hit in hits])
    else:
        from kamerbrief.terminal import show_hits

        show_hits(hits)
    _exit_if(nothing)


@app.command()
def brief(
    ids: cli_briefings.IdArguments = None,
    dossier: Dossier = None,
    since: Since = None,
    until: Until = None,
    ministry: Ministry = None,
    about: cli_briefings.About = None,
    length: cli_briefings.Length = "normal",
    form: cli_briefings.Form = None,
    output: cli_briefings.Output = None,
) -> None:
    """Write a briefing of letters: what was decided and promised, figures, dates; every line with its paragraph."""
    form = cli_briefings.form_of(form, output)
    if length not in cli_briefings.LENGTHS:
        raise UsageError(f"--length {length!r} is not known", f"use {', '.join(cli_briefings.LENGTHS)}")
    filters = _filters(None, dossier, since, until, None, ministry)
    with _open() as kb:
        briefing = kb.brief(ids or (), filters=filters, about=about or "", length=length)  # type: ignore[arg-type]
    content = cli_briefings.write_form(briefing, form)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        cli_briefings.save(content, output)
    if briefing.left_out:
        _complain(f"{briefing.left_out} letters more fitted, and are not in it: narrow it down by dates or a ministry")


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
    filters = _filters(None, dossier, since, until, kind, ministry)
    with _open() as kb:
        heads = kb.letters(filters)
    if as_json:
        _print_json([head.model_dump(mode="json") for head in heads])
    else:
        from kamerbrief.terminal import show_letters

        show_letters(heads)


@app.command()
def show(
    letter_id: Annotated[str, typer.Argument(metavar="ID", help="As `kamerbrief letters` prints it.")],
    paragraph: Annotated[int | None, typer.Option(min=1, help="Only this paragraph.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a letter, or one paragraph of it."""
    with _open() as kb:
        letter = kb.letter(letter_id)
    if paragraph is not None and paragraph > len(letter.paragraphs):
        raise FilterError(f"{letter.id} has no paragraph {paragraph}", f"it has {len(letter.paragraphs)}")
    if as_json:
        record = letter if paragraph is None else letter.paragraphs[paragraph - 1]
        _print_json(record.model_dump(mode="json"))
    else:
        from kamerbrief.terminal import show_letter

        show_letter(letter, paragraph)


@app.command()
def remove(ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Letters to remove.")]) -> None:
    """Remove letters, leaving nothing of them behind."""
    with _open() as kb:
        kb.remove(ids)
    typer.echo(f"{len(set(ids))} removed")


@app.command()
def reindex() -> None:
    """Chunk and embed all letters anew, with the model that is set now."""
    from kamerbrief.terminal import count, reindexing

    with _open() as kb, reindexing(len(kb.letters())) as step:
        done = kb.reindex(step)
    typer.echo(f"{count(done, 'letter')} indexed anew")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say what the data folder holds, and whether its stores agree."""
    with _open() as kb:
        found = kb.status()
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        for name, value in found.model_dump(mode="json").items():
            typer.echo(f"{name:12} {value}")
    if not found.whole:
        raise typer.Exit(1)


cli_service.add_to(app)


@contextmanager
def _open() -> Iterator["Kamerbrief"]:
    from kamerbrief.library import Kamerbrief

    with Kamerbrief() as kb:
        yield kb


def _nothing(kb: "Kamerbrief", filters: "Filters") -> str | None:
    """Why nothing was found, when it is that no letter could be: none passes the filters, or none was added yet."""
    if kb.letters(filters):
        return None
    if kb.letters():
        return "no letter passes these filters: `kamerbrief letters` lists what there is"
    return "there are no letters yet: `kamerbrief add` adds some"


def _exit_if(nothing: str | None) -> None:
    if nothing:
        _complain(nothing)
        raise typer.Exit(1)


def _complain(line: str) -> None:
    """One line on stderr, whatever the names of files in it hold."""
    from kamerbrief.terminal import printable

    typer.echo(f"kamerbrief: {printable(' '.join(line.split()))}", err=True)


def _check_arguments(arguments: list[str]) -> None:
    """Raises UsageError for an argument that is no UTF-8; the name of a file may be any bytes."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not exists(argument):
                raise UsageError(f"the argument {argument!r} is not text", "write it in UTF-8") from None


def _filters(
    letter: list[str] | None,
    dossier: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    ministry: str | None,
) -> "Filters":
    from pydantic import ValidationError

    from kamerbrief.records import Filters

    dates = {"since": _date("--from", since), "until": _date("--to", until)}
    try:
        return Filters(letters=tuple(letter or ()), dossier=dossier, kind=kind, ministry=ministry, **dates)  # type: ignore[arg-type]
    except ValidationError:
        raise FilterError(f"--kind {kind!r} is not known", "use letter, answers or other") from None


def _date(option: str, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise FilterError(f"{option} {value!r} is no date", "write it as 2014-09-10") from None


def _print_json(value: Any) -> None:
    import json

    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    typer.echo(json.dumps(value, ensure_ascii=not unicode, indent=2))
