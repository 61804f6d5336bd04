"""The commands that ask: answers, and what is near to a question."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kamerbrief.cli.options import AsJson, Count, Follow, Writer, check_writer, complain, filtered, opened, tell
from kamerbrief.records.letters import Filters

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief


@filtered(Filters)
def ask(
    question: Annotated[str, typer.Argument(help="The question, in Dutch or English.")],
    filters: Filters,
    k: Count = 10,
    follow: Follow = False,
    after: Annotated[
        list[str] | None, typer.Option(help="The question before, that this one follows on; more, oldest first.")
    ] = None,
    writer: Writer = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, every sentence with the paragraph that proves it."""
    from kamerbrief.cli.terminal import show_answer
    from kamerbrief.records.answers import Turn

    check_writer(writer)
    turns = [Turn(question=question) for question in after or ()]
    with opened() as kb:
        with _waiting():
            answer = kb.ask(question, filters=filters, k=k, turns=turns, writer=writer, follow=follow)  # type: ignore[arg-type]
        nothing = None if answer.hits else _nothing(kb, filters)
    tell(answer, show_answer, as_json)
    if answer.failure:
        without = " (answered without the model)" if answer.writer == "extractive" else ""
        complain(f"{answer.failure}{without}")
    _exit_if(nothing)


@filtered(Filters)
def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    filters: Filters,
    k: Count = 10,
    follow: Follow = False,
    as_json: AsJson = False,
) -> None:
    """Find the paragraphs that are nearest to a question."""
    from kamerbrief.cli.terminal import show_hits

    with opened() as kb:
        hits = kb.search(question, filters=filters, k=k, follow=follow)
        nothing = None if hits else _nothing(kb, filters)
    tell(hits, show_hits, as_json)
    _exit_if(nothing)


def add_to(app: typer.Typer) -> None:
    """Adds the commands to those of the program."""
    for command in (ask, search):
        app.command()(command)


@contextmanager
def _waiting() -> Iterator[None]:
    """Shows that something is going on, on stderr where that is a terminal: a model may take its time."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("reading the letters …"):
        yield


def _nothing(kb: "Kamerbrief", filters: Filters) -> str | None:
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
