"""What OpenAI refuses of a schema with `strict: true`.

https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
"""

from __future__ import annotations

from typing import Any

from tests.support.providers.base import schemas_in

_PERMITTED = frozenset(
    "type properties required additionalProperties items enum const anyOf $ref $defs description"
    " title pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems"
    " maxItems".split()
)
_MOST_VALUES = 1000


def strict_fault(schema: dict[str, Any]) -> str | None:
    """What is wrong with a schema, in the words of OpenAI; None if it is accepted."""
    if schema.get("type") != "object" or "anyOf" in schema:
        return f"schema must be a JSON Schema of 'type: \"object\"', got {schema.get('type')!r}."
    faults = filter(None, map(_fault, schemas_in(schema)))
    values = sum(len(each.get("enum", ())) for each in schemas_in(schema))
    if values > _MOST_VALUES:
        return (
            f"Expected at most {_MOST_VALUES} enum values in total within a schema, found {values}."
        )
    return next(faults, None)


def _fault(schema: dict[str, Any]) -> str | None:
    for keyword in schema.keys() - _PERMITTED:
        return f"In context=(), '{keyword}' is not permitted."
    if "$ref" in schema and len(schema) > 1:
        return f"In context=(), $ref cannot have keywords {set(schema) - {'$ref'}}."
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            return (
                "In context=(), 'additionalProperties' is required to be supplied and to be false."
            )
        for name in schema.get("properties", {}).keys() - set(schema.get("required", ())):
            return (
                "In context=(), 'required' is required to be supplied and to be an array including"
                f" every key in properties. Missing '{name}'."
            )
    if "type" not in schema and not {"$ref", "anyOf", "enum", "const"} & schema.keys():
        return "In context=(), schema must have a 'type' key."
    return None
