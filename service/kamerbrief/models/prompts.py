"""Prompts out of files: one Markdown file a prompt and language, front matter and a Jinja2 body.

    ---
    name: answer                  the file is answer.nl.md
    language: nl
    description: what it is for
    variables: [question, today]  what the body may use, and must be given
    schema: {type: object, …}     JSON schema of the reply
    ---
    {% block system %} … {% endblock %}
    {% block user %} … {% endblock %}

The body is plain text: nothing is escaped, so whatever is put in must be harmless already.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kamerbrief.errors import PromptError

if TYPE_CHECKING:
    from jinja2 import Template

_HASH = 16  # hex digits: enough to tell any two versions of a prompt apart
_FENCE = "---\n"
_BLOCKS = ("system", "user")


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    language: str
    description: str
    variables: tuple[str, ...]
    schema_: dict[str, Any] = Field(alias="schema")


@dataclass(frozen=True)
class Prompt:
    """A prompt of one language. `hash` tells its file's content: the first 16 hex digits of its SHA-256."""

    path: Path
    variables: frozenset[str]
    schema: dict[str, Any]
    hash: str
    template: "Template"

    def render(self, **values: object) -> tuple[str, str]:
        """The system message and the user message. Raises PromptError that names a variable missing or too many."""
        for name in sorted(self.variables ^ values.keys()):
            what = "is not given" if name in self.variables else "is none of its variables"
            raise PromptError(f"{self.path}: {name!r} {what}", f"its variables are {_listed(self.variables)}")
        context = self.template.new_context(values)
        try:
            system, user = ("".join(self.template.blocks[name](context)).strip() for name in _BLOCKS)
        except Exception as error:  # a template is a program, and may fail as any other
            raise PromptError(f"{self.path}: {error}", "mend the prompt") from None
        return system, user


def load_prompt(folder: Path, name: str, language: str) -> Prompt:
    """The prompt of this name and language. Raises PromptError that names the file and what is wrong in it."""
    from jinja2 import StrictUndefined, TemplateError, meta  # only a model needs prompts, and what reads them
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    path = folder / f"{name}.{language}.md"
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read ({error})", "KAMERBRIEF_PROMPTS_DIR is the folder") from None
    front, body = _halves(path, content)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    try:
        used = meta.find_undeclared_variables(environment.parse(body))
        template = environment.from_string(body)
    except TemplateError as error:
        raise PromptError(f"{path}: {error.message}", "mend the prompt") from None
    if missing := [block for block in _BLOCKS if block not in template.blocks]:
        raise PromptError(f"{path}: has no block {missing[0]!r}", "it needs {% block system %} and {% block user %}")
    if unknown := sorted(used - set(front.variables)):
        raise PromptError(f"{path}: uses {unknown[0]!r}", f"its variables are {_listed(front.variables)}")
    if (front.name, front.language) != (name, language):
        raise PromptError(f"{path}: says it is {front.name}.{front.language}", "name the file so, or mend its head")
    digest = hashlib.sha256(content.encode()).hexdigest()[:_HASH]
    return Prompt(path, frozenset(front.variables), front.schema_, digest, template)


def _halves(path: Path, content: str) -> tuple[_Front, str]:
    import yaml

    parts = content.split(_FENCE, 2)
    if len(parts) < 3 or parts[0].strip():
        raise PromptError(f"{path}: has no front matter", 'begin it with a line "---" and end that part with another')
    try:
        return _Front.model_validate(yaml.safe_load(parts[1])), parts[2]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "it"
        raise PromptError(f"{path}: front matter: {field}: {first['msg']}", "mend the prompt") from None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise PromptError(f"{path}: front matter: {problem}", "mend the prompt") from None


def _listed(names: Mapping[str, Any] | frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "none"
