"""Schemas in each provider's dialect: what it refuses is left out, and bounds are said in words."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.models.json_schema import ANTHROPIC, UnfitSchemaError

Schema = dict[str, Any]


def an_object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def closed(**properties: Schema) -> Schema:
    return an_object(**properties) | {
        "additionalProperties": False,
        "required": list(properties),
    }


@pytest.mark.parametrize(
    ("schema", "fitted"),
    [
        ({"enum": [1, 2], "type": "integer"}, {"enum": [1, 2], "type": "integer"}),
        ({"const": 1}, {"const": 1}),
        (
            {"type": "string", "maxLength": 9, "title": "T", "default": "x"},
            {"type": "string", "description": "(maxLength: 9)"},
        ),
        (
            {"type": "integer", "minimum": 1, "description": "A year."},
            {"type": "integer", "description": "A year. (minimum: 1)"},
        ),
        ({"type": "array", "minItems": 1}, {"type": "array", "minItems": 1}),
        (
            {"type": "array", "minItems": 3, "maxItems": 3},
            {"type": "array", "minItems": 1, "description": "(minItems: 3, maxItems: 3)"},
        ),
        (an_object(a={"type": "null"}), closed(a={"type": "null"})),
        ({"oneOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 1}, {"const": 2}]}),
        (
            {"$defs": {"A": {"const": 1}}, "$ref": "#/$defs/A", "description": "One."},
            {"$defs": {"A": {"const": 1}}, "$ref": "#/$defs/A"},
        ),
    ],
)
def test_in_the_dialect_of_anthropic(schema: Schema, fitted: Schema) -> None:
    assert ANTHROPIC.fit(schema) == fitted


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object"},
        {
            "$defs": {"A": an_object(child={"$ref": "#/$defs/A"})},
            "$ref": "#/$defs/A",
        },
    ],
)
def test_what_anthropic_has_no_words_for(schema: Schema) -> None:
    with pytest.raises(UnfitSchemaError):
        ANTHROPIC.fit(schema)


def test_the_schema_itself_is_left_as_it_is() -> None:
    schema = an_object(a={"type": "string", "maxLength": 9})
    ANTHROPIC.fit(schema)
    assert schema == an_object(a={"type": "string", "maxLength": 9})
