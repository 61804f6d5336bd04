"""What the commands share: their options, the library they work with, and how they print."""

import functools
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import typer
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kamerbrief.errors import FilterError, UsageError
from kamerbrief.records.base import Day
from kamerbrief.records.letters import FILTER_NAMES, Filters, SourceFilters

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief

R = TypeVar("R", bound=BaseModel | Sequence[BaseModel])
Writer = Annotated[str | None, typer.Option(help="Who writes: model (where one is set, the default) or extractive.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the record as JSON.")]
Follow = Annotated[
    bool, typer.Option("--follow", help="Look also into what these letters refer to, and what refers to them.")
]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many paragraphs to look at.")]


def filtered(
    among: type[SourceFilters], into: type[SourceFilters] = Filters
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an option for each of these filters, in the place of its parameter `filters`, which they become.

    What is given and cannot be is a FilterError that names the option.
    """

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**given: Any) -> None:
            named = {name: given.pop(name) for name in among.model_fields}
            command(filters=_filters(named, into), **given)

        options = [_option(name, field) for name, field in among.model_fields.items()]
        signature = inspect.signature(command, eval_str=True)
        parameters = [
            each for one in signature.parameters.values() for each in (options if one.name == "filters" else [one])
        ]
        # Typer takes both for what the command is given.
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return with_options


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


def check_writer(writer: str | None) -> None:
    if writer not in (None, "model", "extractive"):
        raise UsageError(f"--writer {writer!r} is not known", "use model or extractive")


def tell(found: R, show: Callable[[R], None], as_json: bool) -> None:
    """Prints a record or a list of them, as JSON or as `show` does."""
    if not as_json:
        show(found)
    elif isinstance(found, BaseModel):
        print_json(found.model_dump(mode="json"))
    else:
        print_json([one.model_dump(mode="json") for one in found])


def print_json(value: Any) -> None:
    import json

    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    typer.echo(json.dumps(value, ensure_ascii=not unicode, indent=2))


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    many, flag = field.default == (), field.default is False
    option = typer.Option(
        _option_name(name),
        metavar="DATE" if _is_day(field) else None,
        help=f"{field.description}{' May be given more than once.' if many else ''}",
    )
    kind: Any = bool if flag else list[str] | None if many else str | None
    place = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, place, default=False if flag else None, annotation=Annotated[kind, option])


def _option_name(name: str) -> str:
    return f"--{FILTER_NAMES.get(name, name)}"


def _is_day(field: FieldInfo) -> bool:
    return Day in get_args(field.annotation)


def _filters(given: dict[str, Any], into: type[SourceFilters]) -> SourceFilters:
    try:
        return into(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        what = f"{_option_name(name)} {given[name]!r}"
        if _is_day(into.model_fields[name]):
            raise FilterError(f"{what} is no date", "write it as 2014-09-10") from None
        raise FilterError(f"{what} is not known", fault["msg"].replace("Input should be", "use")) from None
