"""The commands: what each is called, its file, and what it does. The file is imported when the command is wanted, so
that `kamerbrief --help` waits for none."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

COMMANDS = {
    "add": ("letters", "Read letters and make them findable."),
    "letters": ("letters", "List the letters."),
    "show": ("letters", "Print a letter with its references, one paragraph of it, or how it was read."),
    "versions": ("letters", "List the texts that a letter has had."),
    "changes": ("letters", "Print what changed in a letter from one version to the next."),
    "export": ("letters", "Write all letters as JSON Lines, which `kamerbrief add` takes elsewhere."),
    "remove": ("letters", "Remove letters, with all their versions."),
    "fetch": ("fetching", "Fetch letters from official sources: what is new or changed."),
    "watch": (
        "fetching",
        "Follow a folder: add what is in it, and what comes into it, until it is stopped (Ctrl-C, SIGTERM).",
    ),
    "ask": ("questions", "Answer a question, every sentence with the paragraph that proves it."),
    "search": ("questions", "Find the paragraphs that are nearest to a question."),
    "brief": (
        "briefings",
        "Write a briefing of letters: what was decided and promised, figures, dates; every line with its paragraph.",
    ),
    "reindex": ("upkeep", "Chunk and embed all letters anew, with the model that is set now."),
    "status": ("upkeep", "Say what the data folder holds, and whether its stores agree."),
    "doctor": (
        "upkeep",
        "Say what the data folder is like, and mend what can be mended without losing anything.",
    ),
    "backup": ("upkeep", "Write letters, log and keys into one file, while others use them."),
    "restore": ("upkeep", "Put a backup into an empty data folder."),
    "serve": ("service", "Run the service: the page at /, and the API, with its documentation at /v1/docs."),
    "mcp": ("service", "Speak MCP on standard input and output, for programs that work with a language model."),
    "keys": ("service", "Make, list and revoke the keys of the service."),
}


class Group(TyperGroup):
    """All of them, as Typer wants them."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Imported()  # type: ignore[assignment]  # nothing is added

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


class _Imported(Mapping[str, Any]):
    def __getitem__(self, name: str) -> Any:
        part = typer.Typer(rich_markup_mode=None)
        import_module(f"kamerbrief.cli.{COMMANDS[name][0]}").add_to(part)
        return get_group(part).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)
