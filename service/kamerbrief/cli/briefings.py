"""The command that writes briefings."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kamerbrief.briefings.forms.writing import write_form
from kamerbrief.cli.options import Writer, check_writer, complain, filtered, opened
from kamerbrief.errors import StoreError, UsageError
from kamerbrief.files import write_whole
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.records.letters import Filters, HeadFilters

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief
    from kamerbrief.records.briefings import Briefing, Estimate

IdArguments = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Letters, by id.")]
About = Annotated[str | None, typer.Option(help="A topic or question: of the letters that search finds.")]
Length = Annotated[str, typer.Option(help="short (half a page), normal (two pages) or long.")]
Form = Annotated[str | None, typer.Option("--format", help="md, html, docx or json; else by the file's ending.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")]
Yes = Annotated[bool, typer.Option("--yes", help="Go on whatever the model may take.")]
Language = Annotated[str, typer.Option(help="Of headings and the like, nl or en; lines are as the letters have them.")]
LENGTHS = ("short", "normal", "long")
FORMATS = ("md", "html", "docx", "json")


@filtered(HeadFilters)
def brief(
    filters: Filters,
    ids: IdArguments = None,
    about: About = None,
    length: Length = "normal",
    form: Form = None,
    output: Output = None,
    writer: Writer = None,
    language: Language = "nl",
    yes: Yes = False,
) -> None:
    """Write a briefing of letters: what was decided and promised, figures, dates; every line with its paragraph."""
    form = form_of(form, output)
    if length not in LENGTHS:
        raise UsageError(f"--length {length!r} is not known", f"use {', '.join(LENGTHS)}")
    if language not in (known := [one.code for one in lexicons()]):
        raise UsageError(f"--language {language!r} is not known", f"use {', '.join(known)}")
    check_writer(writer)
    filters = filters.model_copy(update={"letters": tuple(ids or ())})
    with opened() as kb:
        briefing = _made(kb, filters, about or "", length, writer, yes)
    content = write_form(briefing, form, lexicon_of(language))
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        save(content, output)
    for failure in briefing.failures:
        complain(f"{failure.letter} could not be used as it should be ({failure.detail or failure.reason})")
    if briefing.failure:
        complain(f"{briefing.failure} (the key points are the letters' own words)")
    if briefing.left_out:
        used, all_ = len(briefing.letters), len(briefing.letters) + briefing.left_out
        complain(f"{all_} letters fitted; the {used} newest are in it: narrow it down by dates or a ministry")


def _made(kb: "Kamerbrief", filters: Filters, about: str, length: str, writer: str | None, yes: bool) -> "Briefing":
    from kamerbrief.cli.progress import briefing_progress
    from kamerbrief.records.briefings import BriefingRequest

    wanted = BriefingRequest(filters=filters, about=about, length=length, writer=writer, confirmed=yes)  # type: ignore[arg-type]
    plan = kb.plan(wanted)
    agreed = plan.estimate is not None and _agreed(plan.estimate, kb.settings.briefing_tokens, yes)
    try:
        with briefing_progress() as show, plan.run(confirmed=agreed) as making:
            for progress in making:
                show(progress)
            return making.result
    except KeyboardInterrupt:
        if plan.estimate:
            complain("interrupted: what the model noted is kept, and the same command goes on from there")
        raise


def _agreed(estimate: "Estimate", limit: int, yes: bool) -> bool:
    """Tells what the model may take; asks where it is much, and somebody is there to be asked."""
    kept = f", the notes of {estimate.kept} kept" if estimate.kept else ""
    cost = f", {estimate.cost:.2f} at the prices set" if estimate.cost else ""
    complain(
        f"letters: {estimate.letters}{kept}; requests to the model: {estimate.requests}; "
        f"at most {estimate.tokens:,} tokens{cost}"
    )
    if yes or estimate.tokens <= limit:
        return True
    if not sys.stdin.isatty():
        return False
    return typer.confirm("Go on?", abort=True, err=True)


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
