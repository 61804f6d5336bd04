"""What all records of the suite have in common, and what is raised when one is wrong."""

from pydantic import BaseModel, ConfigDict, ValidationError


class EvalError(ValueError):
    """What is wrong with a set, a run file or results, in one line that names the file, the line and the field."""


class Checked(BaseModel):
    """A record that is checked and cannot change; a field it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def first_error(error: ValidationError) -> str:
    """The first complaint of pydantic as "field: what is wrong"."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
