"""The command that writes briefings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kamerbrief.cli_shared import Dossier, Ministry, Since, Until, complain, filters_of, opened
from kamerbrief.errors import StoreError, UsageError
from kamerbrief.files import write_whole

if TYPE_CHECKING:
    from kamerbrief.briefing_records import Briefing

IdArguments = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Letters, by id.")]
About = Annotated[str | None, typer.Option(help="A topic or question: of the letters that search finds.")]
Length = Annotated[str, typer.Option(help="short (half a page), normal (two pages) or long.")]
Form = Annotated[str | None, typer.Option("--format", help="md, html, docx or json; else by the file's ending.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")]
LENGTHS = ("short", "normal", "long")
FORMATS = ("md", "html", "docx", "json")


def brief(
    ids: IdArguments = None,
    dossier: Dossier = None,
    since: Since = None,
    until: Until = None,
    ministry: Ministry = None,
    about: About = None,
    length: Length = "normal",
    form: Form = None,
    output: Output = None,
) -> None:
    """Write a briefing of letters: what was decided and promised, figures, dates; every line with its paragraph."""
    form = form_of(form, output)
    if length not in LENGTHS:
        raise UsageError(f"--length {length!r} is not known", f"use {', '.join(LENGTHS)}")
    filters = filters_of(None, dossier, since, until, None, ministry)
    with opened() as kb:
        briefing = kb.brief(ids or (), filters=filters, about=about or "", length=length)  # type: ignore[arg-type]
    content = write_form(briefing, form)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        save(content, output)
    if briefing.left_out:
        complain(f"{briefing.left_out} letters more fitted, and are not in it: narrow it down by dates or a ministry")


def write_form(briefing: "Briefing", form: str) -> bytes:
    """The briefing in one of the forms."""
    if form == "docx":
        from kamerbrief.briefings.docx import to_docx

        return to_docx(briefing)
    if form == "html":
        from kamerbrief.briefings.html import to_html

        return to_html(briefing).encode()
    if form == "md":
        from kamerbrief.briefings.markdown import to_markdown

        return to_markdown(briefing).encode()
    return f"{briefing.model_dump_json(indent=2)}\n".encode()


def form_of(form: str | None, output: Path | None) -> str:
    """What was asked for: by name, by the file's ending, or Markdown. Raises UsageError."""
    found = form or (output.suffix.removeprefix(".") if output else "") or "md"
    if found not in FORMATS:
        raise UsageError(f"a briefing cannot be written as {found!r}", f"use {', '.join(FORMATS)}")
    if found == "docx" and output is None:
        raise UsageError("a Word file cannot be printed", "name a file with -o")
    return found


def save(content: bytes, output: Path) -> None:
    """Writes the file whole or not at all. Raises StoreError."""
    try:
        write_whole(output, content)
    except OSError as error:
        raise StoreError(f"{output} cannot be written ({error.strerror})", "name another file with -o") from None


def add_to(app: typer.Typer) -> None:
    """Adds the command to those of the program."""
    app.command()(brief)
