"""The one tool that a program says must be called. Many a program asks in this way for an answer as JSON: its tool
takes the answer. No other is called here."""

from typing import Any

from pydantic import BaseModel, ValidationError

from kamerbrief.http.openai.structured import NamedSchema, ResponseFormat, Schema, UnfitError

_NONE = "no tools are called here but a single one that takes an answer: leave it out, or let it be auto or none"


class _Function(BaseModel):
    name: str
    parameters: Schema


class _Tool(BaseModel):
    function: _Function


def demanded(tools: object, choice: object) -> tuple[str, ResponseFormat] | None:
    """The tool's name, and the form of its arguments; None where none is demanded. Raises UnfitError where it is not
    one of these tools alone, or takes no answer."""
    offered = tools if isinstance(tools, list) else []
    match choice:
        case None | "auto" | "none":
            return None
        case "required":
            wanted = offered
        case {"function": {"name": name}}:
            wanted = [one for one in offered if _name(one) == name]
        case _:
            wanted = []
    if len(wanted) != 1:
        raise UnfitError("", _NONE)
    try:
        tool = _Tool.model_validate(wanted[0]).function
        form = ResponseFormat(type="json_schema", json_schema=NamedSchema(schema=tool.parameters))
        form.check()
    except UnfitError as error:
        raise UnfitError("", f"{_NONE}; {error.path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise UnfitError("", f"{_NONE}; {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    # One without parameters would be called with nothing.
    if not (tool.parameters.properties or tool.parameters.ref) or not form.tells():
        raise UnfitError("", _NONE)
    return tool.name, form


def _name(tool: Any) -> object:
    match tool:
        case {"function": {"name": name}}:
            return name
    return None
