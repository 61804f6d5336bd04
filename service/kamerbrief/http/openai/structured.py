"""An answer as JSON, for programs that ask for a `response_format`: in our own form, or by a schema whose fields are
known by their names.

Nothing is made up to fill a schema: a field that must be there and is not known is an error, told before anything is
asked. A keyword that is not read here is one too, lest it goes unheeded.
"""

import json
import re
from collections.abc import Callable
from itertools import islice
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kamerbrief.records.answers import Answer, Citation

_CALLED = {  # what a schema may call what is known
    "question": ("vraag",),
    "found": ("answered",),
    "answer": ("response", "text", "antwoord"),
    "sentences": ("zinnen",),
    "citations": ("sources", "references", "quotes", "bronnen", "citaten"),
    "label": ("title", "name", "source", "bron"),
    "letter": ("document", "id", "brief"),
    "paragraph": ("alinea",),
    "footnote": ("note", "noot"),
    "field": ("veld",),
    "quote": ("text", "citaat"),
    "url": ("link",),
}
_DEEPEST = 20
_OBJECT = re.compile(r'\{\s*"')
_MOST_OBJECTS = 100  # that are looked at in a text
_DECODER = json.JSONDecoder()
_CITATION = {"label": "", "letter": "", "paragraph": 1, "quote": "", "url": ""}
_CITATIONS = [_CITATION, _CITATION | {"footnote": "", "field": ""}]
_KNOWN = {"question": "", "answer": "", "sentences": [{"text": "", "citations": _CITATIONS}], "citations": _CITATIONS}
_SAMPLES = [_KNOWN | {"status": "answered", "found": True}, _KNOWN | {"status": "not_found", "found": False}]
_MARK = "the answer"


class UnfitError(ValueError):
    """What a schema asks for is not known. `path` is where in it."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(what)
        self.path = path


class Schema(BaseModel):
    """A JSON Schema, as far as it is read here."""

    model_config = ConfigDict(extra="forbid")

    type: str | list[str] | None = None
    properties: dict[str, "Schema"] = {}
    required: frozenset[str] = frozenset()
    items: "Schema | None" = None
    any_of: list["Schema"] = Field(default=[], alias="anyOf")
    enum: list[object] | None = None
    ref: str | None = Field(default=None, alias="$ref")
    definitions: dict[str, "Schema"] = Field(default={}, alias="$defs")
    additional: object = Field(default=None, alias="additionalProperties")
    said: object = Field(default=None, alias="$schema")
    title: object = None
    description: object = None
    default: object = None
    examples: object = None


class NamedSchema(BaseModel):
    """A schema as OpenAI's clients send it."""

    of: Schema = Field(alias="schema")


class ResponseFormat(BaseModel):
    """In which form a program wants its answer."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: NamedSchema | None = None

    def fill(self, known: Any) -> Any:
        """What is known, in this form. Raises UnfitError."""
        if self.type != "json_schema":
            return known
        if not self.json_schema:
            raise UnfitError("", "the schema is missing")
        return _Filler(self.json_schema.of.definitions).fill(self.json_schema.of, known, "schema")

    def check(self) -> None:
        """Raises UnfitError where no answer would fit."""
        for sample in _SAMPLES:
            self.fill(sample)

    def tells(self) -> bool:
        """Whether the answer itself is in it, and not only what is known beside it. It must be one that fits."""
        marked = {"answer": _MARK, "sentences": [{"text": _MARK, "citations": [_CITATION]}]}
        return _MARK in json.dumps(self.fill(_SAMPLES[0] | marked))


def schema_in(text: str) -> Schema | None:
    """The last JSON Schema of an object that is written in a text and that an answer fits. Programs put one in their
    orders for a `json_object`."""
    found, at = None, 0
    for mark in islice(_OBJECT.finditer(text), _MOST_OBJECTS):
        if mark.start() < at:
            continue
        try:
            read, at = _DECODER.raw_decode(text, mark.start())
            if isinstance(read.get("properties"), dict):
                named = NamedSchema(schema=Schema.model_validate(read))
                form = ResponseFormat(type="json_schema", json_schema=named)
                form.check()
                found = named.of if form.tells() else found
        except (ValueError, RecursionError):  # no JSON, no schema that is read here, or one that no answer fits
            continue
    return found


def as_known(answer: Answer, address: Callable[[Citation], str]) -> dict[str, Any]:
    """An answer as JSON. `address` gives where a citation can be read."""

    def cited(one: Citation) -> dict[str, Any]:
        known = {"label", "letter", "paragraph", "footnote", "field", "quote"}
        return one.model_dump(include=known, exclude_none=True) | {"url": address(one)}

    sentences = [{"text": one.text, "citations": [cited(each) for each in one.citations]} for one in answer.sentences]
    found = answer.status == "answered"
    return {
        "question": answer.question,
        "status": answer.status,
        "found": found,
        "answer": " ".join([*(one.text for one in answer.sentences), *filter(None, [answer.message])]),
        "sentences": sentences,
        "citations": [cited(each) for one in answer.sentences for each in one.citations],
    }


class _Filler:
    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._definitions = definitions

    def fill(self, schema: Schema, value: Any, path: str, depth: int = 0) -> Any:
        if depth > _DEEPEST:
            raise UnfitError(path, "the schema holds itself")
        if schema.ref:
            name = schema.ref.rpartition("/")[2]
            if name not in self._definitions:
                raise UnfitError(path, f"there is no {schema.ref} among its $defs")
            return self.fill(self._definitions[name], value, path, depth + 1)
        kinds = schema.type if isinstance(schema.type, list) else []
        choices = [*schema.any_of, *(schema.model_copy(update={"type": kind, "any_of": []}) for kind in kinds)]
        for choice in choices:
            try:
                return self.fill(choice, value, path, depth + 1)
            except UnfitError:
                if choice is choices[-1]:
                    raise
        filled = self._of_kind(schema, value, path, depth)
        if schema.enum is not None and filled not in schema.enum:
            raise UnfitError(path, f"it may be {value!r}, which is none of its enum")
        return filled

    def _of_kind(self, schema: Schema, value: Any, path: str, depth: int) -> Any:
        kind = str(schema.type or ("object" if schema.properties else ""))
        if not kind or (kind == "null" and value is None):
            return value
        if kind == "object" and isinstance(value, dict):
            return self._object(schema, value, path, depth)
        if kind == "array" and isinstance(value, list):
            return (
                [self.fill(schema.items, one, f"{path}.items", depth + 1) for one in value] if schema.items else value
            )
        if kind == "boolean" and isinstance(value, bool):
            return value
        if kind in {"integer", "number"} and isinstance(value, int) and not isinstance(value, bool):
            return value
        if kind == "string" and value is not None and not isinstance(value, bool):
            return _as_text(value)
        raise UnfitError(path, f"what is known here is no {kind}")

    def _object(self, schema: Schema, known: dict[str, Any], path: str, depth: int) -> dict[str, Any]:
        if not schema.properties:
            return known
        filled = {}
        for name, one in schema.properties.items():
            of = [each for each in known if each == name] or [each for each in known if name in _CALLED.get(each, ())]
            if not of and name not in schema.required:
                continue
            try:
                filled[name] = self.fill(one, known[of[0]] if of else None, f"{path}.properties.{name}", depth + 1)
            except UnfitError:
                if of:
                    raise
                what = f"nothing is known by the name {name!r}, but {', '.join(known)}: let it be null or left out"
                raise UnfitError(f"{path}.properties.{name}", what) from None
        if missing := schema.required - schema.properties.keys():
            raise UnfitError(path, f"{min(missing)!r} is required and has no schema")
        return filled


def _as_text(value: Any) -> str:
    """A citation as "label: “quote” address", a sentence as its text, of several one a line."""
    if isinstance(value, list):
        return "\n".join(map(_as_text, value))
    if isinstance(value, dict):
        return value["text"] if "text" in value else f"{value['label']}: “{value['quote']}” {value['url']}"
    return str(value)
