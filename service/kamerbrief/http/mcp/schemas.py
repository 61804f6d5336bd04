"""JSON Schemas as clients of MCP can read them."""

from typing import Any


def whole(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with each of its definitions where it is used, for many a client follows no `$ref`. The definitions
    must not hold themselves."""
    definitions = schema.get("$defs", {})

    def placed(part: Any) -> Any:
        if isinstance(part, list):
            return [placed(one) for one in part]
        if not isinstance(part, dict):
            return part
        found = definitions[part["$ref"].rpartition("/")[2]] if "$ref" in part else {}
        return {name: placed(one) for name, one in {**found, **part}.items() if name not in {"$ref", "$defs"}}

    inlined: dict[str, Any] = placed(schema)
    return inlined
