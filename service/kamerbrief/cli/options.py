"""What the commands share: their options, the library they work with, and how they print."""

import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kamerbrief.errors import FilterError, UsageError

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief
    from kamerbrief.records.letters import Filters

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
Writer = Annotated[str | None, typer.Option(help="Who writes: model (where one is set, the default) or extractive.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the record as JSON.")]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many paragraphs to look at.")]


@contextmanager
def opened() -> Iterator["Kamerbrief"]:
    """The library over the data folder that is set."""
    from kamerbrief.library import Kamerbrief

    with Kamerbrief() as kb:
        yield kb


def complain(line: str) -> None:
    """One line on stderr, whatever the names of files in it hold."""
    from kamerbrief.cli.terminal import printable

    typer.echo(f"kamerbrief: {printable(' '.join(line.split()))}", err=True)


def filters_of(
    letter: list[str] | None,
    dossier: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    ministry: str | None,
) -> "Filters":
    from pydantic import ValidationError

    from kamerbrief.records.letters import Filters

    dates = {"since": date_of("--from", since), "until": date_of("--to", until)}
    try:
        return Filters(letters=tuple(letter or ()), dossier=dossier, kind=kind, ministry=ministry, **dates)  # type: ignore[arg-type]
    except ValidationError:
        raise FilterError(f"--kind {kind!r} is not known", "use letter, answers or other") from None


def check_writer(writer: str | None) -> None:
    if writer not in (None, "model", "extractive"):
        raise UsageError(f"--writer {writer!r} is not known", "use model or extractive")


def date_of(option: str, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise FilterError(f"{option} {value!r} is no date", "write it as 2014-09-10") from None


def print_json(value: Any) -> None:
    import json

    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    typer.echo(json.dumps(value, ensure_ascii=not unicode, indent=2))
