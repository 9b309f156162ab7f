"""Schemas in each provider's dialect: what it refuses is left out, and bounds are said in words."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.models.json_schema import ANTHROPIC, GEMINI, UnfitSchemaError

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


@pytest.mark.parametrize(
    ("schema", "fitted"),
    [
        ({"enum": ["a", "b"], "type": "string"}, {"enum": ["a", "b"], "type": "string"}),
        ({"enum": [2, 3, 4]}, {"type": "integer", "minimum": 2, "maximum": 4}),
        (
            {"enum": [2, 9]},
            {"type": "integer", "minimum": 2, "maximum": 9, "description": "(one of 2, 9)"},
        ),
        ({"const": 7}, {"type": "integer", "minimum": 7, "maximum": 7}),
        ({"const": "a"}, {"type": "string", "enum": ["a"]}),
        ({"type": "string", "maxLength": 9}, {"type": "string", "description": "(maxLength: 9)"}),
        (
            {"type": "number", "exclusiveMinimum": 0},
            {"type": "number", "description": "(exclusiveMinimum: 0)"},
        ),
        (
            {"type": "array", "minItems": 1, "maxItems": 2},
            {"type": "array", "minItems": 1, "maxItems": 2},
        ),
        (
            {
                "$defs": {"A": {"type": "string", "title": "A"}},
                "type": "array",
                "items": {"$ref": "#/$defs/A", "description": "One."},
            },
            {
                "type": "array",
                "items": {"type": "string", "title": "A", "description": "One."},
            },
        ),
    ],
)
def test_in_the_dialect_of_gemini(schema: Schema, fitted: Schema) -> None:
    assert GEMINI.fit(schema) == fitted


def test_gemini_has_no_words_for_a_definition_within_itself() -> None:
    schema = {"$defs": {"A": an_object(child={"$ref": "#/$defs/A"})}, "$ref": "#/$defs/A"}
    with pytest.raises(UnfitSchemaError, match="#/[$]defs/A"):
        GEMINI.fit(schema)


def test_the_schema_itself_is_left_as_it_is() -> None:
    schema = an_object(a={"type": "string", "maxLength": 9})
    ANTHROPIC.fit(schema)
    assert schema == an_object(a={"type": "string", "maxLength": 9})
